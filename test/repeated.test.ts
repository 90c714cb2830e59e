import { beforeEach, describe, expect, it } from 'vitest';
import { bundledEngine } from '../src/engines/bundled';
import { Notebook } from '../src/notebook/notebook';
import type { Description, Engine, Instruction } from '../src/protocol/program';

/*
 * What runs again is asked again as it was, and not worked out anew: as long as nothing that it depends on has changed.
 */

interface Asked {
  readonly program: readonly Instruction[];
  readonly name: string | undefined;
}

let asked: Asked[];
beforeEach(() => {
  asked = [];
});

/** The bundled engine, which takes down what it is asked. */
function spy(says: Partial<Description> = {}): Engine {
  const engine = bundledEngine();
  return {
    ...engine,
    description: { ...engine.description, ...says },
    execute(program, name) {
      asked.push({ program, name });
      return engine.execute(program, name);
    },
  };
}

const points = Array.from(
  { length: 20 },
  (_, i) => new Map(Object.entries({ x: Math.sin(i), y: i % 2 === 0 ? 1 : -1 })),
);

/** A notebook in which a network has learned: much of it is the same in each step. */
async function learned(engine: Engine): Promise<{ notebook: Notebook; losses: number[] }> {
  const notebook = new Notebook(engine);
  notebook.network('N', { inputs: 1, layers: [8, 1], activation: 'tanh', seed: 1 });
  await notebook.expressSum('loss', 'score = N(x)\nloss = (score - y) ** 2', points);
  const losses = await notebook.learn('N', 'loss', Array(5).fill(0.01), () => {});
  return { notebook, losses };
}

const number = async (notebook: Notebook, text: string) => (await notebook.quantity(text)).number?.value;

describe('a long program', () => {
  it('is the very same list under the same name, each time', async () => {
    await learned(spy());
    const named = asked.filter(({ name }) => name !== undefined);
    expect(named).toHaveLength(6);
    expect(new Set(named.map(({ name }) => name)).size).toBe(1);
    expect(new Set(named.map(({ program }) => program)).size).toBe(1);
    expect(named[0]?.program.length).toBeGreaterThan(500);
  });

  it('is asked in pieces, without a name, of an engine that does not remember programs', async () => {
    const { losses } = await learned(spy({ again: false }));
    expect(asked.filter(({ name }) => name !== undefined)).toEqual([]);
    expect(Math.max(...asked.map(({ program }) => program.length))).toBeLessThan(600);
    expect(losses).toEqual((await learned(bundledEngine())).losses);
  });

  it('is told once where a cell says the same again and again, and anew where it does not', async () => {
    const notebook = new Notebook(spy());
    notebook.leaf('x', 1.5);
    notebook.leaf('y', 0);
    await notebook.run('y = y + x', 5001);
    const named = () => asked.filter(({ name }) => name !== undefined);
    expect(named().length).toBeGreaterThan(5);
    expect(new Set(named().map(({ program }) => program)).size).toBe(1);
    const before = named().length;
    for (let i = 0; i < 2000; i++) await notebook.run(`y = y + ${i}`);
    expect(named()).toHaveLength(before);
    expect(await number(notebook, 'y')).toBe(5001 * 1.5 + (1999 * 2000) / 2);
  });

  it('is one for all examples, where only networks take what differs', async () => {
    const notebook = new Notebook(spy());
    notebook.network('N', { inputs: 1, layers: [16, 16, 1], activation: 'tanh', seed: 1 });
    await notebook.expressSum('score', 'score = N(x)', points);
    const scores = await notebook.runEach('score = N(x)\nmargin = score * y', points, 'score');
    const named = asked.filter(({ name }) => name === '1');
    expect(named).toHaveLength(points.length);
    expect(new Set(named.map(({ program }) => program)).size).toBe(1);
    for (const [i, point] of points.entries()) {
      await notebook.run(`z = N(${point.get('x')})`);
      expect(await number(notebook, 'z')).toBe(scores[i]);
    }
  });

  it('is another for each example, where what differs is used elsewhere', async () => {
    const { notebook } = await learned(spy());
    const squares = await notebook.runEach('square = N(x) * 0 + x * x', points, 'square');
    expect(squares).toEqual(points.map((point) => (point.get('x') as number) ** 2));
  });

  it('leaves names as they were', async () => {
    const { notebook } = await learned(spy());
    await notebook.runEach('score = N(x)', points, 'score');
    expect(await number(notebook, 'x')).toBe(points.at(-1)?.get('x'));
    expect((await notebook.quantity('loss')).origin).toMatch(/^loss = /);
  });
});

it('what is read is asked by name only if nothing has changed', async () => {
  const notebook = new Notebook(spy());
  for (let i = 0; i < 120; i++) notebook.leaf(`a${i}`, i);
  await number(notebook, 'a0');
  for (const [data, expected] of [
    ['1', 1],
    ['1', 1],
    ['0 / 0', Number.NaN],
    ['1 / 0', Number.POSITIVE_INFINITY],
    ['-1 / 0', Number.NEGATIVE_INFINITY],
    ['0', 0],
    ['-0', -0],
  ] as const) {
    await notebook.run(`a0.data = ${data}`);
    expect(await number(notebook, 'a0')).toBe(expected);
  }
  const looks = asked.filter(({ name }) => name === 'look').map(({ program }) => program);
  expect([looks.length, new Set(looks).size]).toEqual([7, 6]);
});

describe('what has changed is worked out anew', () => {
  let notebook: Notebook;
  beforeEach(async () => {
    notebook = new Notebook(bundledEngine());
    notebook.leaf('a', 2);
    await notebook.run('h = 3');
  });
  const again = async (change: string) => {
    await notebook.expressAgain();
    await notebook.run(change);
    await notebook.expressAgain();
  };

  it('but not a list of examples that was changed meanwhile', async () => {
    const examples = [1, 2].map((x) => new Map([['x', x]]));
    for (const code of ['s = a * x', 's = a * (x + 0 * a.data)']) {
      const list = [...examples];
      notebook = new Notebook(bundledEngine());
      notebook.leaf('a', 2);
      await notebook.expressSum('s', code, list);
      list.pop();
      await notebook.expressAgain();
      expect(await number(notebook, 's')).toBe(6);
    }
  });

  it('a number', async () => {
    await notebook.express('y = a * h');
    await again('h = 5');
    expect(await number(notebook, 'y')).toBe(10);
  });

  it('a name that stands for a node now, or for another', async () => {
    await notebook.express('y = a * h');
    await again('h = a + 1');
    expect(await number(notebook, 'y')).toBe(6);
    await again('a = a + 5');
    expect(await number(notebook, 'y')).toBe(21);
    notebook.backward('y');
    expect(notebook.leavesOf('y')).toEqual(['a']);
  });

  it('a node that the expressions themselves name anew', async () => {
    await notebook.express('a = a + 1');
    await again('h = 0');
    expect(await number(notebook, 'a')).toBe(5);
  });

  it('a network', async () => {
    const plan = { inputs: 1, activation: 'relu', seed: 1 } as const;
    notebook.network('N', { ...plan, layers: [1] });
    await notebook.express('y = N(a)');
    const before = await number(notebook, 'y');
    notebook.network('N', { ...plan, layers: [3, 1] });
    await notebook.expressAgain();
    expect(await number(notebook, 'y')).not.toBe(before);
    await notebook.run('z = N(a)');
    expect(await number(notebook, 'y')).toBe(await number(notebook, 'z'));
  });

  it('what nodes hold', async () => {
    await notebook.express('k = 10 * a.data\ny = a * k');
    await again('a.data = 3');
    expect(await number(notebook, 'y')).toBe(90);
  });

  it('a leaf that the expressions make', async () => {
    await notebook.express('x = Value(3)\ny = x * a');
    await again('x.data = 100');
    expect([await number(notebook, 'x'), await number(notebook, 'y')]).toEqual([3, 6]);
    notebook.backward('y');
    expect(await number(notebook, 'x.grad')).toBe(2);
  });
});

it('what has run again is known as well as what has run once', async () => {
  const [once, thrice] = [new Notebook(bundledEngine()), new Notebook(bundledEngine())];
  for (const notebook of [once, thrice]) {
    notebook.leaf('a', 0.1);
    await notebook.express('b = a * 3\ny = (b - 0.3) * b + Value(7)');
    if (notebook === thrice)
      for (const data of [0.2, 0.1]) await notebook.run(`a.data = ${data}`).then(() => notebook.expressAgain());
    notebook.backward('y');
  }
  for (const text of ['y', 'b', 'a.grad', 'b.grad', 'Value(7).grad']) {
    const [x, y] = [await once.quantity(text), await thrice.quantity(text)];
    expect([text, y.origin, y.number?.value, y.number?.error()]).toEqual([
      text,
      x.origin,
      x.number?.value,
      x.number?.error(),
    ]);
  }
  const { program } = await once.programOf('y');
  const made = (await thrice.programOf('y')).program;
  expect(made.map(({ do: what }) => what)).toEqual(program.map(({ do: what }) => what));
  expect(thrice.asked.forms).toEqual(once.asked.forms);
});
