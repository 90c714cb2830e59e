import { beforeEach, describe, expect, it, test } from 'vitest';
import { bundledEngine } from '../src/engines/bundled';
import { Notebook } from '../src/notebook/notebook';
import type { Engine, Instruction } from '../src/protocol/program';

let notebook: Notebook;
const number = async (text: string) => (await notebook.quantity(text)).number?.value;

beforeEach(async () => {
  notebook = new Notebook(bundledEngine());
  for (const [name, data] of Object.entries({ a: 2, b: -3, c: 10, f: -2 })) notebook.leaf(name, data);
  await notebook.express('e = a * b\nd = e + c\nL = d * f');
});

describe('nodes', () => {
  it('are computed by the engine', async () => {
    expect([await number('L'), await number('L.data'), await number('L.grad')]).toEqual([-8, -8, 0]);
    notebook.backward('L');
    expect([await number('L.grad'), await number('a.grad'), await number('b.grad')]).toEqual([1, 6, -4]);
  });

  it('keep their data when a leaf moves, until the expressions run again', async () => {
    await notebook.run('a.data += 1');
    expect([await number('a'), await number('L')]).toEqual([3, -8]);
    await notebook.expressAgain();
    expect(await number('L')).toBe(-2);
  });

  it('that are bound again leave the old one in place for those made from it', async () => {
    await notebook.run('a = a + 1\na = a * a\ny = a + e');
    expect([await number('a'), await number('y')]).toEqual([9, 3]);
    notebook.backward('y');
    expect(notebook.leavesOf('y')).toEqual(['a', 'b']);
    expect(await number('b.grad')).toBe(2);
  });

  it('that have no name are called by their expression', async () => {
    await notebook.run('y = (a + b) * (a + b)\ny.backward()');
    expect([await number('y'), await number('a + b.grad'), await number('a + b #2.grad')]).toEqual([1, -1, -1]);
    expect(await number('a.grad')).toBe(-2);
  });

  it('say how they were made', async () => {
    await notebook.run('n = tanh(a * b + 2 * c) - 1');
    expect((await notebook.quantity('n')).origin).toBe('n = tanh(a * b + 2 * c) - 1');
    expect((await notebook.quantity('a')).origin).toBe('a is a leaf');
  });

  it('can be leaves', async () => {
    await notebook.run('h = 1 / 4\nx = Value(h * 2)\ny = x + Value(3)');
    expect([await number('x'), await number('y')]).toEqual([0.5, 3.5]);
    expect(notebook.leavesOf('y')).toEqual(['x', 'Value(3)']);
  });
});

describe('numbers', () => {
  it('are computed by the notebook, and no engine is asked', async () => {
    await notebook.run('x = 2/3\ny = 3*x**2 - 4*x + 5\nz = -y + tanh(0) + exp(0) + log(1) + relu(-2)');
    expect(await number('y')).toBeCloseTo(3.6666666666666665, 15);
    expect(await number('z')).toBeCloseTo(-2.6666666666666665, 15);
  });

  it('know how far off the quantities of the engine may be that they came from', async () => {
    await notebook.run('y = (d.data - 3.5) / 0.25\nz = 9.5 * 2');
    const [y, z] = [(await notebook.quantity('y')).number, (await notebook.quantity('z')).number];
    // d is -6 + 10, each rounded once: off by 6 ε and by 4 ε, and a quarter divides
    expect(y?.value).toBe(2);
    expect(y?.error()).toBeCloseTo(40, 10);
    expect([z?.value, z?.error()]).toEqual([19, 0]);
  });

  it('run as often as asked', async () => {
    await notebook.run('a.data *= 2', 10);
    expect(await number('a')).toBe(2048);
  });
});

describe('gradients written by hand', () => {
  it("are the notebook's own, and the engine never sees them", async () => {
    const seen: Instruction[] = [];
    const inner = bundledEngine();
    const spy: Engine = {
      ...inner,
      execute(program) {
        seen.push(...program);
        return inner.execute(program);
      },
    };
    notebook = new Notebook(spy);
    notebook.leaf('a', 2);
    await notebook.run('y = a * 3\ny.grad = 1\na.grad = 3 * y.grad');
    expect([await number('a.grad'), await number('y.grad')]).toEqual([3, 1]);
    expect(new Set(seen.map(({ do: what }) => what))).toEqual(new Set(['reset', 'leaf', 'mul', 'read']));
  });

  it('give way to those of a backward pass', async () => {
    await notebook.run('a.grad = 100');
    expect((await notebook.quantity('a.grad')).origin).toBe('written by hand');
    notebook.backward('L');
    expect(await number('a.grad')).toBe(6);
  });

  it('belong to the node, not to the name', async () => {
    await notebook.run('e.grad = 100');
    await notebook.expressAgain();
    expect(await number('e.grad')).toBe(0);
  });
});

describe('zeroing', () => {
  test.each([
    ['all gradients', async () => notebook.zeroGradients()],
    ['one gradient, by a line of code', () => notebook.run('a.grad = 0')],
  ])('%s', async (_, zero) => {
    notebook.backward('L');
    await zero();
    expect(await number('a.grad')).toBe(0);
    notebook.backward('L');
    expect(await number('a.grad')).toBe(6);
  });

  it('is needed: without it, gradients of leaves add up', async () => {
    notebook.backward('L');
    notebook.backward('L');
    expect(await number('a.grad')).toBe(12);
  });
});

describe('what cannot be run', () => {
  test.each([
    ['y = q * 2', 'there is nothing named "q" here; the names so far: a, b, c, f, e, d and L', 'column 5'],
    ['q.data = 1', 'there is nothing named "q" here', 'column 1'],
    ['q.backward()', 'there is nothing named "q" here', 'column 1'],
    [
      'y = sinh(a)',
      'there is no function or network "sinh" here; there are exp(x), log(x), tanh(x), relu(x), sigmoid(x), ',
      'column 5',
    ],
    ['y = constructor + a', 'there is nothing named "constructor" here', 'column 5'],
    ['y = __proto__.data', 'there is nothing named "__proto__" here', 'column 5'],
    ['y = a', '"a" has a name already', 'column 1'],
    ['a.data = b', 'a number is expected here; of the node "b" take .data or .grad', 'column 10'],
    ['a.data += b * 2', 'a number is expected here', 'column 1'],
    ['h = 0.1\ny = h.data', '"h" is a number, where a node is needed', 'line 2, column 5'],
    ['y = Value(a)', 'a leaf is made from a number', 'column 11'],
  ])('%s', async (source, message, place) => {
    await expect(notebook.run(source)).rejects.toThrow(message);
    await expect(notebook.run(source)).rejects.toThrow(place);
  });

  it('a look at a name that is not there, or a field that a number has not', async () => {
    await expect(number('q')).rejects.toThrow('there is nothing named "q" here');
    await notebook.run('h = 1');
    await expect(number('h.grad')).rejects.toThrow('"h" is a number, and has neither .data nor .grad');
  });

  it('a leaf whose name no code could use', () => {
    expect(() => notebook.leaf('a b', 1)).toThrow('"a b" is none');
  });

  it('expressions that were never given', async () => {
    await expect(new Notebook(bundledEngine()).expressAgain()).rejects.toThrow('no expressions to run again');
  });
});
