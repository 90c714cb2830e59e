import { describe, expect, it, test } from 'vitest';
import { bundledEngine } from '../src/engines/bundled';
import { EngineRefusal } from '../src/errors';
import { askAdapter } from '../src/judge/adapter';
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
    ['forgets nothing', each((one) => (one.do === 'reset' ? [] : one)), ['`reset` forgets all nodes']],
    [
      'takes the operands in the wrong order',
      each((one) => ('of' in one && 'to' in one ? { ...one, of: swapped(one.of) } : one) as Instruction),
      [
        'the left operand is the first',
        'a quotient is the first operand over the second',
        'the exponent is the second operand',
        'a number on the left of a difference stays on the left',
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
      ['`setData` overwrites the number of a node, and of no other'],
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
      ['a program that is told again by its name is carried out on what the names mean now'],
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
        '`reset` forgets all nodes',
        'a name that nobody has given is refused, as a reading',
        'a name that nobody has given is refused, as an operand',
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
    expect((await askAdapter(forgiving, true)).wrong.filter(({ isGrave }) => isGrave)).toEqual([]);
    const faithful = each((one) => (one.do === 'reset' ? [] : one));
    expect((await askAdapter(faithful, true)).wrong.filter(({ isGrave }) => isGrave)).toHaveLength(1);
  });

  it('is not blamed before a run for what may be the fault of the engine', async () => {
    const noSense = each((one) => {
      if (one.do === 'sub') return { ...one, do: 'add' };
      return one.do === 'setData' || one.do === 'zeroGrad' ? [] : one;
    });
    expect((await askAdapter(noSense, true)).wrong).toEqual([]);
    expect((await askAdapter(noSense)).wrong.length).toBeGreaterThan(2);
  });
});

describe('the command', () => {
  const SERVER = 'node test/engines/server.cjs';

  it('says what is right, and what was sent where something is not', async () => {
    const { code, output } = await command('check', '--engine-command', `${SERVER} forgetsNothing`);
    expect(output).toContain(
      [
        '  wrong  `reset` forgets all nodes',
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
    expect(output).toContain('33 right, 0 wrong, 0 other ways with odd numbers');
    expect(code).toBe(0);
  });

  it('says it in a line before a run, of which nothing can be believed', async () => {
    const { code, output } = await command('6', '--engine-command', `${SERVER} forgetsNothing`);
    expect(output.trim()).toBe(
      'the adapter of forgetsNothing is wrong, and so nothing can be said of the engine: expected that `reset` forgets all nodes; came [{"data":7.25,"grad":0}]. See: micrograd-spec check',
    );
    expect(code).toBe(2);
  });

  it('cannot be used without an engine that answers', async () => {
    const { code, output } = await command('check', '--engine-command', `${SERVER} exitsAtOnce`);
    expect(output).toContain('the engine exited with code 4');
    expect(code).toBe(2);
  });
});
