import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import type { Description, Engine, Instruction, Reading } from '../src/protocol/program';
import { native, runNotes } from './notes';
import { command, ROOT } from './run-spec';

const { classEngine } = native('../src/engines/class.ts') as typeof import('../src/engines/class');
const { EngineFailure, EngineRefusal } = native('../src/errors.ts') as typeof import('../src/errors');
const { PROMISES } = native('../src/protocol/promises.ts') as typeof import('../src/protocol/promises');
const { Closures } = require('./engines/engines.cjs');

/*
 * What an engine does not claim is not held against it; what it claims is. And a fault is never taken for something that is
 * not claimed.
 */

type Any = InstanceType<typeof Closures>;

/** An engine whose nodes are changed in something. */
function engineWith(change: (node: Any) => void, description: Partial<Description> = {}): Engine {
  class Changed extends Closures {
    constructor(...given: unknown[]) {
      super(...given);
      change(this);
    }
  }
  const engine = classEngine(Changed, 'changed');
  return { ...engine, description: { ...engine.description, ...description } };
}

/** A field that is stored and read as these functions say. */
const field = (node: Any, name: 'data' | 'grad', store: (to: number, before: number) => number) => {
  let held: number = node[name];
  Object.defineProperty(node, name, {
    get: () => held,
    set: (to: number) => {
      held = store(to, held);
    },
  });
};

/** An engine whose answers are changed in something. */
function answering(
  description: Partial<Description>,
  execute: (program: readonly Instruction[], engine: Engine) => readonly Reading[] | Promise<readonly Reading[]> = (
    program,
    engine,
  ) => engine.execute(program),
): Engine {
  const engine = classEngine(Closures, 'e');
  return {
    ...engine,
    description: { ...engine.description, ...description },
    execute: (program) => execute(program, engine),
  };
}

const endsOf = async (engine: Engine, chapters: readonly number[]) => {
  const ended = await runNotes(engine, { chapters, parameters: { engine: 'a guest', runs: 30 } });
  const failed = ended.filter(({ end }) => end === 'failed');
  return { failed, unclaimed: ended.filter(({ end }) => end === 'not claimed').map(({ why }) => why) };
};

describe('a fault is a failure, and not something that is not claimed', () => {
  const SETTERS: Readonly<Record<string, Engine>> = {
    'data that is stored rounded': engineWith((node) => field(node, 'data', (to) => Math.round(to * 100) / 100)),
    'data that stays as it was': engineWith((node) => field(node, 'data', (_, before) => before)),
    'data that is clamped': engineWith((node) => field(node, 'data', (to) => Math.min(to, 2.02))),
    'data that may not fall': engineWith((node) =>
      field(node, 'data', (to, before) => {
        if (to < before) throw new RangeError('too small');
        return to;
      }),
    ),
    'data that an engine in a process does not set': answering({}, (program, engine) =>
      engine.execute(program.filter((each) => each.do !== 'setData')),
    ),
    'data that an engine in a process refuses to set': answering({}, (program, engine) => {
      if (program.some((each) => each.do === 'setData')) throw new EngineRefusal('no');
      return engine.execute(program);
    }),
  };
  test.each(Object.entries(SETTERS))('%s', async (_, engine) => {
    const { failed, unclaimed } = await endsOf(engine, [5]);
    expect(failed.length).toBeGreaterThan(0);
    expect(unclaimed).not.toContain('that data can be set');
  });

  const ZEROING: Readonly<Record<string, Engine>> = {
    'gradients that cannot be zeroed': engineWith((node) =>
      field(node, 'grad', (to, before) => (to === 0 ? before : to)),
    ),
    'gradients that are zeroed to nearly nothing': engineWith((node) => field(node, 'grad', (to) => to || 1e-9)),
    'gradients that throw when they are zeroed after a pass': engineWith((node) =>
      field(node, 'grad', (to, before) => {
        if (to === 0 && before !== 0 && before !== 3) throw new Error('no');
        return to;
      }),
    ),
    'gradients that an engine in a process does not zero': answering({}, (program, engine) =>
      engine.execute(program.filter((each) => each.do !== 'zeroGrad')),
    ),
  };
  test.each(Object.entries(ZEROING))('%s', async (_, engine) => {
    const { failed, unclaimed } = await endsOf(engine, [7, 11]);
    expect(failed.length).toBeGreaterThan(0);
    expect(unclaimed).not.toContain('that gradients can be set to zero');
  });

  /** Changes the gradients of nodes that are no leaves. */
  const within =
    (change: (grad: number | null) => number | null) => (program: readonly Instruction[], engine: Engine) => {
      const leaves = new Set(program.flatMap((each) => (each.do === 'leaf' ? [each.to] : [])));
      const names = program.flatMap((each) => (each.do === 'read' ? each.of : []));
      const readings = engine.execute(program) as readonly Reading[];
      return readings.map((reading, i) =>
        leaves.has(names[i] ?? '') ? reading : { ...reading, grad: change(reading.grad) },
      );
    };
  const INTERIOR: Readonly<Record<string, Engine>> = {
    'gradients within that are 0': answering(
      {},
      within(() => 0),
    ),
    'gradients within that are 0, of an engine that does not say': answering(
      { interiorGradients: undefined },
      within(() => 0),
    ),
    'gradients within that are missing, though they are said to be kept': answering(
      {},
      within(() => null),
    ),
    'gradients within that are not a number': answering(
      { interiorGradients: undefined },
      within(() => Number.NaN),
    ),
  };
  test.each(Object.entries(INTERIOR))('%s', async (_, engine) => {
    const { failed } = await endsOf(engine, [3, 7]);
    expect(failed.length).toBeGreaterThan(0);
  });
});

describe('what an engine says of a further pass, it has to do', () => {
  const second = (program: readonly Instruction[]) => program.filter((each) => each.do === 'backward').length > 1;
  const throws = (error: Error) => (program: readonly Instruction[], engine: Engine) => {
    if (second(program)) throw error;
    return engine.execute(program);
  };
  const SAYS: Readonly<Record<string, [Engine, isRight: boolean]>> = {
    'that it adds': [answering({ repeatedBackward: 'accumulate' }), true],
    'that it begins anew, and it adds': [answering({ repeatedBackward: 'reset' }), false],
    'that it is an error, and it is none': [answering({ repeatedBackward: 'error' }), false],
    'that it is an error, and so it is': [
      answering({ repeatedBackward: 'error' }, throws(new EngineRefusal('no'))),
      true,
    ],
    'that it is an error, and it is a crash': [
      answering({ repeatedBackward: 'error' }, throws(new EngineFailure('the engine exited with code 3'))),
      false,
    ],
    'that it is an error, and it does not answer': [
      answering({ repeatedBackward: 'error' }, throws(new EngineFailure('the engine did not answer'))),
      false,
    ],
  };
  test.each(Object.entries(SAYS))('%s', async (_, [engine, isRight]) => {
    const ended = await runNotes(engine, { chapters: [15], parameters: { engine: 'a guest', runs: 30 } });
    const [law] = ended.filter(({ scenario }) => scenario === 'Two passes over one graph');
    expect(law?.end).toBe(isRight ? 'passed' : 'failed');
  });

  it('over another graph as well', async () => {
    const lawOf = async (engine: Engine) => {
      const ended = await runNotes(engine, { chapters: [15], parameters: { engine: 'a guest', runs: 30 } });
      return ended.find(({ scenario }) => scenario === 'Two graphs on the same leaves, without zeroing')?.end;
    };
    const { Resets } = require('./engines/engines.cjs');
    const resets = classEngine(Resets, 'resets');
    expect(await lawOf(answering({ newGraph: 'accumulate' }))).toBe('passed');
    expect(await lawOf(answering({ newGraph: 'reset' }))).toBe('failed');
    expect(await lawOf(answering({ newGraph: 'undefined' }))).toBe('not claimed');
    expect(await lawOf({ ...resets, description: { ...resets.description, newGraph: 'reset' } })).toBe('passed');
    expect(await lawOf({ ...resets, description: { ...resets.description, newGraph: 'accumulate' } })).toBe('failed');
  });
});

describe('an engine that claims hardly anything', () => {
  const limited = (...operations: Description['operations']) => answering({ operations });

  test.each([
    [['add'], true],
    [['mul'], true],
    [['tanh'], true],
    [['add', 'neg'], true],
    [['mul', 'relu'], true],
    [['add', 'mul'], false],
    [['add', 'sub', 'mul', 'div'], false],
  ] as [Description['operations'], boolean][])('%s', async (operations, isLittle) => {
    const ended = await runNotes(limited(...operations), {
      without: ({ tags }) => tags.some((tag) => ['@demonstration', '@laws', '@edge'].includes(tag)),
      parameters: { engine: 'a guest' },
    });
    const asked = ended.filter(({ end }) => end !== 'not claimed').length;
    expect(asked < ended.length / 4).toBe(isLittle);
  });

  it('is not green', async () => {
    const { code, output } = await command('--engine', './test/engines/engines.cjs#AddOnly', '--runs', '5');
    expect(output).toMatch(/Hardly anything was asked: only \d+ of \d+ scenarios need no more than this engine claims/);
    expect(output).toMatch(/ 0 failed, /);
    expect(code).toBe(1);
  });
});

describe('whatever an engine may leave out can be required of it', () => {
  test.each<[string, Partial<Description>, number]>([
    ['set-data', { fixed: ['data'] }, 5],
    ['set-gradients', { fixed: ['grad'] }, 7],
    ['accumulation', { newGraph: 'undefined' }, 11],
    ['repeated-backward', { repeatedBackward: 'undefined' }, 15],
    ['new-graph', { newGraph: 'undefined' }, 15],
    ['interior-gradients', { interiorGradients: 'none' }, 7],
    ['kept-data', { follows: true }, 5],
    ['numbers', { throughLeaves: ['add left', 'mul left'] }, 13],
    ['tanh', { operations: ['add', 'mul'] }, 6],
  ])('%s', async (name, description, chapter) => {
    const engine = answering(description);
    const choice = { chapters: [chapter] };
    const left = await runNotes(engine, { ...choice, parameters: { engine: 'a guest', runs: 5 } });
    const asked = await runNotes(engine, { ...choice, parameters: { engine: 'a guest', runs: 5, require: [name] } });
    const isRequired = ({ why }: { why: string }) => /does not claim .*, and it is required/.test(why);
    expect(left.filter(({ end }) => end === 'failed')).toEqual([]);
    expect(left.filter(({ end }) => end === 'not claimed')).not.toEqual([]);
    expect(asked.filter(isRequired)).not.toEqual([]);
  });

  it('and is documented', () => {
    const page = readFileSync(join(ROOT, 'docs', 'engine-protocol.md'), 'utf8');
    for (const name of Object.keys(PROMISES)) expect(page).toContain(`\`${name}\``);
  });

  it('depth, which is tried', async () => {
    let made = 0;
    const deep: Engine = answering({}, (program, engine) => {
      made = program[0]?.do === 'reset' ? program.length : made + program.length;
      if (made > 9000 && program.some((each) => each.do === 'backward')) throw new EngineRefusal('too deep');
      return engine.execute(program);
    });
    const endOf = async (...require: string[]) => {
      const ended = await runNotes(deep, { chapters: [17], parameters: { engine: 'a guest', require } });
      return ended
        .filter(({ scenario }) => /A long chain that uses x 1\d{4,} times/.test(scenario))
        .map(({ end }) => end);
    };
    expect(await endOf()).toEqual(['differs', 'differs']);
    expect(await endOf('depth-9999')).toEqual(['differs', 'differs']);
    expect(await endOf('depth-10000')).toEqual(['failed', 'differs']);
    expect(await endOf('depth-100000')).toEqual(['failed', 'failed']);
  });

  it('by the command, whatever was chosen', async () => {
    const { code, output } = await command(
      ...['--engine', './test/engines/engines.cjs#Single', '1'],
      ...['--require', 'double,set-data,accumulation,sigmoid'],
    );
    expect(output).toContain('Required, and not offered by this engine: sigmoid and double');
    expect(code).toBe(1);
  });
});
