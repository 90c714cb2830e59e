import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classEngine } from '../src/engines/class';
import { Replays } from '../src/engines/replays';
import { twoMoons } from '../src/micrograd/moons';
import { Value } from '../src/micrograd/value';
import { Notebook } from '../src/notebook/notebook';
import type { Engine, Instruction, Reading } from '../src/protocol/program';

/** An engine that replays, and how often it has; and one that carries out each program that it is told. */
function both() {
  let replays: Replays | undefined;
  const replaying = classEngine(Value, 'replays', {
    shortcut: (slots, carryOut) => {
      replays = new Replays(slots, carryOut);
      return replays;
    },
  });
  return { replaying, plain: classEngine(Value, 'plain'), count: () => replays?.count ?? 0 };
}

const points = twoMoons(20, 1).map((point) => new Map(Object.entries(point)));

async function notebook(engine: Engine): Promise<Notebook> {
  const made = new Notebook(engine);
  made.network('N', { inputs: 2, layers: [8, 1], activation: 'tanh', seed: 1 });
  await made.expressSum('shortfall', 'score = N(x, y)\nshortfall = relu(1 - label * score) / 20', points);
  await made.expressSquares('S', 'N');
  await made.express('loss = shortfall + 0.001 * S');
  return made;
}

const number = async (from: Notebook, text: string) => (await from.quantity(text)).number?.value;

describe('a training of the bundled engine is replayed', () => {
  it('and all that is said of it is the same, during it and after it', async () => {
    const { replaying, plain, count } = both();
    const said = [];
    for (const engine of [replaying, plain]) {
      const made = await notebook(engine);
      const losses = await made.learn('N', 'loss', Array(10).fill(0.1), () => {});
      const after = ['loss', 'loss.grad', 'shortfall.grad', 'score', 'S', 'S.grad'];
      const numbers = [];
      for (const text of after) numbers.push(await number(made, text));
      made.backward('loss');
      for (const text of after) numbers.push(await number(made, text));
      await made.move('N', -0.1);
      numbers.push(await number(made, 'loss'));
      await made.expressAgain();
      for (const text of after) numbers.push(await number(made, text));
      said.push({ losses, numbers, more: await made.learn('N', 'loss', Array(5).fill(0.1), () => {}) });
    }
    expect(said[0]).toEqual(said[1]);
    expect(said[0]?.losses[9]).toBeLessThan(said[0]?.losses[0] as number);
    expect(count()).toBeGreaterThanOrEqual(8);
  });

  it('and a node that was made from one of an earlier step keeps its numbers', async () => {
    const { replaying, plain, count } = both();
    const said = [];
    for (const engine of [replaying, plain]) {
      const made = await notebook(engine);
      await made.learn('N', 'loss', Array(5).fill(0.1), () => {});
      const before = count();
      await made.run('old = S * S');
      await made.learn('N', 'loss', Array(5).fill(0.1), () => {});
      await made.run('old.backward()');
      said.push([
        await number(made, 'old'),
        await number(made, 'old.grad'),
        await number(made, 'S'),
        await number(made, 'S.grad'),
      ]);
      if (engine === replaying) expect(count()).toBe(before);
    }
    expect(said[0]).toEqual(said[1]);
  });
});

describe('whatever is told in whatever order', () => {
  const P: Instruction[] = [
    { do: 'mul', to: 'p', of: ['a', 'b'] },
    { do: 'add', to: 'h', of: ['p', 2] },
    { do: 'mul', to: 'p', of: ['h', 'a'] },
  ];
  const Q: Instruction[] = [{ do: 'mul', to: 'q', of: ['b', 'b'] }];
  const LOOK: Instruction[] = [
    { do: 'add', to: 'l', of: ['p', 'q'] },
    { do: 'zeroGrad', of: ['a', 'b'] },
    { do: 'backward', of: 'l' },
    { do: 'read', of: ['a', 'b', 'l', 'h'] },
  ];
  const NAMES = ['a', 'b', 'p', 'h', 'q', 'l', 'z'];
  const name = fc.constantFrom(...NAMES);
  const data = fc.integer({ min: -3, max: 3 });
  type Asked = readonly [readonly Instruction[], string?];
  const step: readonly Asked[] = [
    [P, 'P'],
    [Q, 'Q'],
    [LOOK, 'look'],
  ];
  const single = (arbitrary: fc.Arbitrary<Instruction>) => arbitrary.map((each): Asked[] => [[[each]]]);
  const edit = (data: number): Asked[] => [[[{ do: 'setData', of: 'a', data }]]];
  const asked: fc.Arbitrary<readonly Asked[]> = fc.oneof(
    { weight: 8, arbitrary: data.map((each) => [...edit(each), ...step]) },
    {
      weight: 2,
      arbitrary: data.map((each) => [...edit(each), [[{ do: 'leaf', to: 'l', data: 0 }]], ...step] as Asked[]),
    },
    { weight: 1, arbitrary: fc.constantFrom(...step).map((each) => [each]) },
    single(fc.record({ do: fc.constant('setData'), of: name, data })),
    single(fc.record({ do: fc.constant('leaf'), to: name, data })),
    single(fc.record({ do: fc.constantFrom('add', 'mul'), to: name, of: fc.tuple(name, name) })),
    single(fc.record({ do: fc.constant('backward'), of: name })),
    single(fc.record({ do: fc.constant('zeroGrad'), of: fc.tuple(name) })),
    single(fc.constant({ do: 'read', of: NAMES } as const)),
  ) as fc.Arbitrary<readonly Asked[]>;

  const begin: Instruction[] = [
    { do: 'reset' },
    ...NAMES.map((to, i): Instruction => ({ do: 'leaf', to, data: i + 1 })),
  ];
  const say = (engine: Engine, all: readonly Asked[]) =>
    all.map(([program, name]) => engine.execute(program, name) as Reading[]);

  it('an engine that replays says what one says that does not', () => {
    let count = 0;
    fc.assert(
      fc.property(fc.array(asked, { minLength: 3, maxLength: 14 }), (parts) => {
        const { replaying, plain, count: replayed } = both();
        const all: Asked[] = [[begin], ...parts.flat(), [[{ do: 'read', of: NAMES }]]];
        expect(say(replaying, all)).toEqual(say(plain, all));
        count += replayed();
      }),
      { numRuns: 3000 },
    );
    expect(count).toBeGreaterThan(3000);
  });
});
