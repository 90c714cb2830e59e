import { describe, expect, it, test } from 'vitest';
import { Value } from '../src/micrograd/value';

const v = (data: number) => new Value(data);

/** Runs an operation on leaves, and returns its data and the leaves' gradients. */
function both(operation: (...leaves: Value[]) => Value, ...numbers: number[]) {
  const leaves = numbers.map(v);
  const out = operation(...leaves);
  out.backward();
  return [out.data, ...leaves.map(({ grad }) => grad)];
}

describe('each operation has its value and its local derivatives', () => {
  test.each<[string, (...leaves: Value[]) => Value, number[], number[]]>([
    ['x + y', (x, y) => x!.add(y!), [3, 4], [7, 1, 1]],
    ['x - y', (x, y) => x!.sub(y!), [5, 3], [2, 1, -1]],
    ['x · y', (x, y) => x!.mul(y!), [3, 4], [12, 4, 3]],
    ['x / y', (x, y) => x!.div(y!), [3, 4], [0.75, 0.25, -3 / 16]],
    ['x ** 3', (x) => x!.pow(3), [2], [8, 12]],
    ['x ** -1', (x) => x!.pow(-1), [4], [0.25, -1 / 16]],
    ['x ** y', (x, y) => x!.pow(y!), [2, 3], [8, 12, 8 * Math.LN2]],
    ['-x', (x) => x!.neg(), [3], [-3, -1]],
    ['exp x', (x) => x!.exp(), [1], [Math.E, Math.E]],
    ['log x', (x) => x!.log(), [2], [Math.LN2, 0.5]],
    ['tanh x', (x) => x!.tanh(), [0.5], [Math.tanh(0.5), 1 - Math.tanh(0.5) ** 2]],
    ['relu x', (x) => x!.relu(), [2.5], [2.5, 1]],
    ['relu -x', (x) => x!.relu(), [-2.5], [0, 0]],
    ['sigmoid x', (x) => x!.sigmoid(), [0], [0.5, 0.25]],
    ['√x', (x) => x!.sqrt(), [4], [2, 0.25]],
    ['|x|', (x) => x!.abs(), [2.5], [2.5, 1]],
    ['|-x|', (x) => x!.abs(), [-2.5], [2.5, -1]],
    ['sin x', (x) => x!.sin(), [2], [Math.sin(2), Math.cos(2)]],
    ['cos x', (x) => x!.cos(), [2], [Math.cos(2), -Math.sin(2)]],
    ['max of the larger first', (x, y) => x!.max(y!), [3, -5], [3, 1, 0]],
    ['max of the larger last', (x, y) => x!.max(y!), [-3, 5], [5, 0, 1]],
    ['min of the smaller first', (x, y) => x!.min(y!), [-3, 5], [-3, 1, 0]],
    ['min of the smaller last', (x, y) => x!.min(y!), [3, -5], [-5, 0, 1]],
  ])('%s', (_, operation, leaves, expected) => {
    expect(both(operation, ...leaves)).toEqual(expected);
  });
});

describe('a plain number stands on either side', () => {
  test.each<[string, (x: Value) => Value, number, number]>([
    ['x + 2', (x) => x.add(2), 5, 1],
    ['2 + x', (x) => Value.add(2, x), 5, 1],
    ['x - 2', (x) => x.sub(2), 1, 1],
    ['2 - x', (x) => Value.sub(2, x), -1, -1],
    ['x * 2', (x) => x.mul(2), 6, 2],
    ['2 * x', (x) => Value.mul(2, x), 6, 2],
    ['x / 2', (x) => x.div(2), 1.5, 0.5],
    ['2 / x', (x) => Value.div(2, x), 2 / 3, -2 / 9],
    ['2 ** x', (x) => Value.pow(2, x), 8, 8 * Math.LN2],
  ])('%s at 3', (_, operation, data, grad) => {
    const [actualData, actualGrad] = both((x) => operation(x as Value), 3);
    expect(actualData).toBeCloseTo(data, 14);
    expect(actualGrad).toBeCloseTo(grad, 14);
  });
});

describe('edges', () => {
  test.each<[string, (x: Value) => Value, number, number, number]>([
    ['x ** 0 at 0', (x) => x.pow(0), 0, 1, 0],
    ['x ** 1 at 0', (x) => x.pow(1), 0, 0, 1],
    ['tanh at 400', (x) => x.tanh(), 400, 1, 0],
    ['1 / x at 0', (x) => Value.div(1, x), 0, Infinity, -Infinity],
    ['exp at 1000', (x) => x.exp(), 1000, Infinity, Infinity],
    ['log at 0', (x) => x.log(), 0, -Infinity, Infinity],
    ['log at -1', (x) => x.log(), -1, NaN, -1],
    ['0 ** x at 2', (x) => Value.pow(0, x), 2, 0, 0],
    ['0 ** x at 0', (x) => Value.pow(0, x), 0, 1, -Infinity],
    ['0 ** x at -1', (x) => Value.pow(0, x), -1, Infinity, -Infinity],
    ['relu at 0', (x) => x.relu(), 0, 0, 0],
    ['(-2) ** x at 2', (x) => Value.pow(-2, x), 2, 4, NaN],
  ])('%s', (_, operation, at, data, grad) => {
    expect(both((x) => operation(x as Value), at)).toEqual([data, grad]);
  });

  it('lets NaN through', () => {
    expect(both((x) => x!.mul(2).relu(), NaN)[0]).toBeNaN();
  });
});

describe('the backward pass', () => {
  it('adds up the shares of a node that is used more than once', () => {
    expect(both((a) => a!.add(a!), 3)).toEqual([6, 2]);
    expect(both((a) => a!.mul(a!).mul(a!), 2)).toEqual([8, 12]);
    expect(both((a, b) => a!.mul(b!).mul(a!.add(b!)), -2, 3)).toEqual([-6, -3, -8]);
  });

  it('takes every node after all that use it', () => {
    expect(
      both(
        (a, b) => {
          const c = a!.add(b!);
          const d = a!.mul(b!);
          return c.add(d).add(c.mul(d));
        },
        2,
        3,
      ),
    ).toEqual([41, 25, 19]);
  });

  it('reaches the end of a chain of a million operations', () => {
    const x = v(1);
    let y = x;
    for (let i = 0; i < 1e6; i++) y = y.add(1);
    y.backward();
    expect([y.data, x.grad]).toEqual([1_000_001, 1]);
  });

  it('visits a node once, however many paths lead to it', () => {
    const x = v(1);
    let y = x;
    for (let i = 0; i < 100; i++) y = y.add(y);
    y.backward();
    expect(x.grad).toBe(2 ** 100);
  });

  it('leaves alone what the output was not made from', () => {
    const [a, b] = [v(1), v(2)];
    const other = b.mul(3);
    a.mul(2).backward();
    expect([b.grad, other.grad]).toEqual([0, 0]);
  });

  it('adds to leaves exactly as much again when it runs again', () => {
    const [a, b] = [v(2), v(-3)];
    const e = a.mul(b);
    const L = e.mul(e);
    L.backward();
    const once = [a.grad, b.grad];
    expect(once).toEqual([36, -24]);
    L.backward();
    expect([a.grad, b.grad, L.grad]).toEqual([72, -48, 1]);
    a.zeroGrad();
    b.zeroGrad();
    L.backward();
    expect([a.grad, b.grad]).toEqual(once);
  });

  it('works on two outputs that share nodes', () => {
    const a = v(3);
    const square = a.mul(a);
    square.add(1).backward();
    square.mul(2).backward();
    expect(a.grad).toBe(6 + 12);
  });

  it('gives a leaf that is its own output the gradient 1', () => {
    const a = v(5);
    a.backward();
    expect(a.grad).toBe(1);
    a.backward();
    expect(a.grad).toBe(2);
  });
});

describe('what is no number', () => {
  const a = v(1);
  test.each<[string, () => unknown, string]>([
    ['a string', () => a.mul('3' as never), 'mul: expected a Value or a number, got the string "3"'],
    ['nothing', () => a.add(undefined as never), 'add: expected a Value or a number, got undefined'],
    ['null', () => a.sub(null as never), 'sub: expected a Value or a number, got null'],
    ['another object', () => a.div({ data: 2 } as never), 'div: expected a Value or a number, got an object (Object)'],
    ['a string exponent', () => a.pow('2' as never), 'pow: expected a Value or a number, got the string "2"'],
    ['a left operand', () => Value.sub(1n as never, a), 'sub: expected a Value or a number, got the bigint 1n'],
    ['the data of a leaf', () => new Value('2' as never), 'new Value: expected a number, got the string "2"'],
  ])('%s', (_, act, message) => {
    expect(act).toThrow(new TypeError(message));
  });
});

test.each<[string, (x: Value) => Value]>([
  ['leaf', (x) => x],
  ['add', (x) => x.add(1)],
  ['sub', (x) => x.sub(1)],
  ['mul', (x) => x.mul(1)],
  ['div', (x) => x.div(1)],
  ['pow', (x) => x.pow(1)],
  ['neg', (x) => x.neg()],
  ['exp', (x) => x.exp()],
  ['log', (x) => x.log()],
  ['tanh', (x) => x.tanh()],
  ['relu', (x) => x.relu()],
  ['sigmoid', (x) => x.sigmoid()],
  ['sqrt', (x) => x.sqrt()],
  ['abs', (x) => x.abs()],
  ['sin', (x) => x.sin()],
  ['cos', (x) => x.cos()],
  ['max', (x) => x.max(1)],
  ['min', (x) => x.min(1)],
])('a node reads as text, with how it was made: %s', (name, make) => {
  const node = make(v(2));
  expect(String(node)).toBe(`Value(data=${node.data}, grad=0, ${name})`);
});
