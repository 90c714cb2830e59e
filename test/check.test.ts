import { describe, expect, it, test } from 'vitest';
import { checkAdapter, requireAdapter } from '../src/command/check';
import { bundledEngine } from '../src/engines/bundled';
import { EngineRefusal } from '../src/errors';
import { askAdapter } from '../src/judge/adapter';
import { processEngine } from '../src/node/process';
import type { Engine, Instruction, Reading } from '../src/protocol/program';
import { command } from './run-spec';

type Program = readonly Instruction[];

/** The project's own engine behind an adapter that does something wrong. */
function behind(change: (program: Program, name: string | undefined) => Program): Engine {
  const engine = bundledEngine();
  return { ...engine, execute: (program, name) => engine.execute(change(program, name), name) };
}

const each = (change: (instruction: Instruction) => Instruction | readonly Instruction[]) =>
  behind((program) => program.flatMap(change));

const swapped = (of: readonly (string | number)[]) => [...of].reverse();

describe('an adapter that is wrong', () => {
  const kept = new Map<string, readonly Reading[]>();
  const plain = bundledEngine();
  test.each<[string, Engine, string[]]>([
    [
      'forgets nothing',
      each((one) => (one.do === 'reset' ? [] : one)),
      ['`reset` forgets all nodes, and their names are refused after it'],
    ],
    [
      'takes the operands in the wrong order',
      each((one) => ('of' in one && 'to' in one ? { ...one, of: swapped(one.of) } : one) as Instruction),
      [
        'the left operand is the first',
        'a quotient is the first operand over the second',
        'the exponent is the second operand',
        'a number on the left of a difference stays on the left',
        'a number on the left of a quotient stays on the left',
        'a number on the left of a power stays on the left',
      ],
    ],
    [
      'takes a number on the left for one on the right',
      each((one) => {
        const isLeft = one.do === 'sub' && typeof one.of[0] === 'number';
        return isLeft ? { ...one, of: swapped(one.of) } : one;
      }),
      ['a number on the left of a difference stays on the left'],
    ],
    [
      'reads in the order of the alphabet',
      each((one) => (one.do === 'read' ? { ...one, of: [...one.of].sort() } : one)),
      ['readings come in the order of the names, a name twice if it stands there twice'],
    ],
    [
      'forgets with each request',
      behind((program) => [{ do: 'reset' }, ...program]),
      [
        'nodes live on from one request to the next',
        'a name that is given again means the new node',
        '`setData` leaves the node where it is: what was made of it still hands its gradient on to it',
        '`zeroGrad` sets the gradients to zero that are named, and no other',
        'a program that is told again by its name is carried out on what the names mean now',
      ],
    ],
    [
      'zeroes all gradients at once',
      each((one) => (one.do === 'zeroGrad' ? { ...one, of: ['a', 'b', 'c'] } : one)),
      ['`zeroGrad` sets the gradients to zero that are named, and no other'],
    ],
    [
      'sets nothing',
      each((one) => (one.do === 'setData' ? [] : one)),
      [
        '`setData` overwrites the number of a node, and of no other',
        '`setData` leaves the node where it is: what was made of it still hands its gradient on to it',
      ],
    ],
    [
      'says the same when it is told again',
      {
        ...plain,
        async execute(program, name) {
          const known = name === undefined ? undefined : kept.get(name);
          const readings = known ?? (await plain.execute(program));
          if (name !== undefined) kept.set(name, readings);
          return readings;
        },
      },
      [
        'a program that is told again by its name is carried out on what the names mean now',
        'a program that is told under a name takes the place of the one before',
      ],
    ],
    [
      'loses digits',
      each((one) => (one.do === 'leaf' ? { ...one, data: Number(one.data.toPrecision(9)) } : one)),
      ['0.3333333333333333 arrives and comes back with all its digits'],
    ],
    [
      'makes nodes of names that nobody has given',
      {
        ...plain,
        async execute(program) {
          try {
            return await plain.execute(program);
          } catch (error) {
            if (error instanceof EngineRefusal) return [{ data: 0, grad: 0 }];
            throw error;
          }
        },
      },
      [
        '`reset` forgets all nodes, and their names are refused after it',
        'a name that nobody has given is refused, as a reading',
        'a name that nobody has given is refused, as an operand',
        'a name that nobody has given is refused, even if the language has something of that name',
      ],
    ],
  ])('%s', async (_, engine, expected) => {
    const { wrong } = await askAdapter(engine);
    expect(wrong.filter(({ isOdd }) => !isOdd).map(({ says }) => says)).toEqual(expected);
    for (const { requests, expected, came } of wrong) {
      expect(requests.length).toBeGreaterThan(0);
      expect(came).not.toBe(expected);
    }
  });

  it('is none, behind which nothing is wrong', async () => {
    const { asked, wrong } = await askAdapter(bundledEngine());
    expect(wrong).toEqual([]);
    expect(asked.length).toBeGreaterThan(25);
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('is not blamed before a run for saying 0 of what it does not know', async () => {
    const plain = bundledEngine();
    const forgiving: Engine = {
      ...plain,
      async execute(program) {
        try {
          return await plain.execute(program);
        } catch {
          return [{ data: 0, grad: 0 }];
        }
      },
    };
    expect((await askAdapter(forgiving, 'grave')).wrong.filter(({ isGrave }) => isGrave)).toEqual([]);
    const faithful = each((one) => (one.do === 'reset' ? [] : one));
    expect((await askAdapter(faithful, 'grave')).wrong.filter(({ isGrave }) => isGrave)).toHaveLength(1);
  });

  it('is not blamed before a run for what may be the fault of the engine', async () => {
    const noSense = each((one) => {
      if (one.do === 'sub') return { ...one, do: 'add' };
      return one.do === 'setData' || one.do === 'zeroGrad' ? [] : one;
    });
    expect((await askAdapter(noSense, 'grave')).wrong).toEqual([]);
    expect((await askAdapter(noSense)).wrong.length).toBeGreaterThan(2);
  });
});

describe('an adapter in a process', () => {
  const through = (fault: string) => processEngine(`node test/engines/adapters.cjs ${fault}`, 60);

  // Of each: whether it is a fault or a way of its own, what is said, and what came; then, whether a run is refused.
  test.each<[string, 'wrong' | 'other', string, string, boolean]>([
    [
      'forgetsNothing',
      'wrong',
      '`reset` forgets all nodes, and their names are refused after it',
      '[{"data":7.25,"grad":0}]',
      true,
    ],
    ['swaps', 'wrong', 'the left operand is the first', '[{"data":-5,"grad":0}]', false],
    ['tanhForExp', 'wrong', '`exp` of 0 is 1', '[{"data":0,"grad":0}]', false],
    [
      'sixDigits',
      'wrong',
      '0.3333333333333333 arrives and comes back with all its digits',
      '[{"data":0.333333,"grad":0}]',
      false,
    ],
    [
      'singles',
      'wrong',
      '0.1 arrives and comes back with all its digits',
      '[{"data":0.10000000149011612,"grad":0}]',
      false,
    ],
    ['losesMinusZero', 'other', '-0 arrives and comes back as it is', '[{"data":0,"grad":0}]', false],
    [
      'nanIsNull',
      'wrong',
      'NaN arrives and comes back as it is',
      'a.data: expected a number, or "NaN", "Infinity", "-Infinity" or "-0", and got null',
      false,
    ],
    [
      'plainObject',
      'wrong',
      'a name that nobody has given is refused, even if the language has something of that name',
      'toString.data: expected a number, or "NaN", "Infinity", "-Infinity" or "-0", and got the string "undefined"',
      false,
    ],
    [
      'zeroesData',
      'wrong',
      '`zeroGrad` sets the gradients to zero that are named, and no other',
      '[{"data":0,"grad":0},{"data":5,"grad":2}]',
      false,
    ],
    [
      'setDataReplaces',
      'wrong',
      '`setData` leaves the node where it is: what was made of it still hands its gradient on to it',
      '[{"data":5,"grad":0},{"data":2,"grad":1}]',
      false,
    ],
    [
      'readsSorted',
      'wrong',
      'readings come in the order of the names, a name twice if it stands there twice',
      '[{"data":1,"grad":0},{"data":2,"grad":0},{"data":2,"grad":0}]',
      true,
    ],
    ['unknownIsZero', 'wrong', 'a name that nobody has given is refused, as a reading', '[{"data":0,"grad":0}]', false],
    [
      'keepsTheFirst',
      'wrong',
      'a program that is told under a name takes the place of the one before',
      'expected 1 readings, one for each name, and got 2',
      false,
    ],
    [
      'nullForNothing',
      'wrong',
      'numbers arrive and come back as they are',
      'expected a list of readings, and got null',
      false,
    ],
  ])(
    '%s, is told with what was sent and what came, and in a line before a run',
    async (fault, mark, says, came, isRefused) => {
      const engine = await through(fault);
      const { text, isRight } = await checkAdapter(engine);
      expect(text).toContain(`  ${mark}  ${says}\n           sent      [{"do":`);
      const [, told = ''] = text.split(`  ${mark}  ${says}\n`);
      expect(told.slice(told.indexOf('came      '))).toContain(`came      ${came}\n`);
      expect(isRight).toBe(mark === 'other');
      await engine.close();
      const anew = await through(fault);
      const line = await requireAdapter(anew, true).catch((error: Error) => {
        expect(error.name).toBe('SpecError');
        return `refused: ${error.message}`;
      });
      const start = isRefused ? `refused: the adapter of ${fault} is wrong, and so nothing can be said` : `${fault} `;
      expect(line).toMatch(new RegExp(`^${start}.*: expected that .*; came .*\\. See: micrograd-spec check$`));
      await anew.close();
    },
  );

  it('is right, and nothing is told', async () => {
    const engine = await through('none');
    const { text, isRight } = await checkAdapter(engine);
    expect(text).toMatch(/\n\n\d+ right, 0 wrong, 0 other ways with odd numbers$/);
    expect(isRight).toBe(true);
    expect(await requireAdapter(engine, true)).toBeUndefined();
    await engine.close();
  });

  it('may not claim what it cannot do, and single precision is a claim like any other', async () => {
    const single = (await through('singles')) as Engine;
    const { wrong } = await askAdapter({ ...single, description: { ...single.description, precision: 'single' } });
    expect(wrong).toEqual([]);
    await single.close();
  });

  it('is told before a run by the command, which then decides', async () => {
    const { code, output } = await command('6', '--engine-command', 'node test/engines/adapters.cjs unknownIsZero');
    expect(output.split('\n')[0]).toBe(
      'unknownIsZero is wrong, or its adapter is: expected that `reset` forgets all nodes, and their names are refused after it; came [{"data":0,"grad":0}]. See: micrograd-spec check',
    );
    expect(code).toBe(0);
  });
});

describe('the command', () => {
  const SERVER = 'node test/engines/server.cjs';

  it('says what is right, and what was sent where something is not', async () => {
    const { code, output } = await command('check', '--engine-command', `${SERVER} forgetsNothing`);
    expect(output).toContain(
      [
        '  wrong  `reset` forgets all nodes, and their names are refused after it',
        '           sent      [{"do":"leaf","to":"a","data":7.25}]',
        '           sent      [{"do":"reset"}]',
        '           sent      [{"do":"read","of":["a"]}]',
        '           expected  an error',
        '           came      [{"data":7.25,"grad":0}]',
      ].join('\n'),
    );
    expect(output).toMatch(/^\d+ right, \d wrong, \d other ways with odd numbers$/m);
    expect(code).toBe(1);
  });

  it('passes the examples', async () => {
    const { code, output } = await command('check', '--engine', './src/index.ts#Value');
    expect(output).toContain('54 right, 0 wrong, 0 other ways with odd numbers');
    expect(code).toBe(0);
  });

  it('says it in a line before a run, of which nothing can be believed', async () => {
    const { code, output } = await command('6', '--engine-command', `${SERVER} forgetsNothing`);
    expect(output.trim()).toBe(
      'the adapter of forgetsNothing is wrong, and so nothing can be said of the engine: expected that `reset` forgets all nodes, and their names are refused after it; came [{"data":7.25,"grad":0}]. See: micrograd-spec check',
    );
    expect(code).toBe(2);
  });

  it('cannot be used without an engine that answers', async () => {
    const { code, output } = await command('check', '--engine-command', `${SERVER} exitsAtOnce`);
    expect(output).toContain('the engine exited with code 4');
    expect(code).toBe(2);
  });
});
