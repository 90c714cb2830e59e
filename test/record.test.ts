import fc from 'fast-check';
import { describe, expect, it, test, vi } from 'vitest';
import type { RandomProgram } from '../src/judge/alone';
import { programs } from '../src/judge/programs';
import { Batch } from '../src/micrograd/batch';
import { twoMoons } from '../src/micrograd/moons';
import { MLP } from '../src/micrograd/network';
import { inOrder, type Recording, record } from '../src/micrograd/record';
import { Value } from '../src/micrograd/value';
import { NAMES, type Operation } from '../src/protocol/operations';

const CLAIMS = [...NAMES, 'pow-of-nodes'] as const;
const ground = { claims: CLAIMS, avoided: [], repeatedBackward: 'accumulate' } as const;

/** Builds a program of the laws, from leaves that hold what they are given. */
function built({ program, output }: RandomProgram, leaves: ReadonlyMap<string, Value>): Value {
  const nodes = new Map<string, Value>(leaves);
  for (const each of program) {
    if (each.do === 'leaf') continue;
    const operands = each.of.map((operand) => (typeof operand === 'number' ? operand : (nodes.get(operand) as Value)));
    const [x, y] = operands as [Value, Value];
    const first = typeof x === 'number' ? new Value(x) : x;
    nodes.set(each.to, y === undefined ? (first[each.do] as () => Value)() : first[each.do as 'add'](y));
  }
  return nodes.get(output) as Value;
}

function leavesOf({ program }: RandomProgram, times = 1): Map<string, Value> {
  return new Map(program.flatMap((each) => (each.do === 'leaf' ? [[each.to, new Value(times * each.data)]] : [])));
}

const numbers = (root: Value) => inOrder(root).map(({ data, grad }) => [data, grad]);
const replayed = ({ data, grad }: Recording) => [...data].map((each, i) => [each, grad[i]]);

describe('a replay is what building it again would be, to the last bit', () => {
  it('for random expressions, whose leaves have moved', () => {
    fc.assert(
      fc.property(programs(ground), fc.constantFrom(1, 0.5, 1.25, -1, 1e-9, 0, Number.NaN), (random, times) => {
        const leaves = leavesOf(random);
        const recording = record(built(random, leaves));
        const anew = leavesOf(random, times);
        const root = built(random, anew);
        root.backward();
        for (const [name, leaf] of leaves) leaf.data = (anew.get(name) as Value).data;
        expect(recording.forward()).toBe(root.data);
        recording.backward();
        expect(replayed(recording)).toEqual(numbers(root));
        expect([...leaves.values()].map(({ grad }) => grad)).toEqual([...anew.values()].map(({ grad }) => grad));
        // leaves accumulate, and the nodes between start afresh
        root.backward();
        recording.backward();
        expect(replayed(recording)).toEqual(numbers(root));
      }),
      { numRuns: 500 },
    );
  });

  const EDGES = [0, -0, 1, -1, 0.5, -2, 3, 700, -700, 1e-300, 1e300, Infinity, -Infinity, Number.NaN];
  test.each(NAMES)('%s, at the edges too, in a batch with code that is made for it, and without', (name: Operation) => {
    const isBinary = Value[name as 'add'] !== undefined;
    const pairs = isBinary ? EDGES.flatMap((x) => EDGES.map((y) => [x, y])) : EDGES.map((x) => [x, 0]);
    const of = (x: Value, y: Value, w: Value) => {
      const out = isBinary ? x[name as 'add'](y) : (x[name] as () => Value)();
      return out.mul(w).add(isBinary ? w[name as 'add'](w) : (w[name] as () => Value)());
    };
    const [x, y, w] = [new Value(0), new Value(0), new Value(1.5)];
    const leaf = new Value(1.5);
    const roots = pairs.map(([x = 0, y = 0]) => {
      const [a, b] = [new Value(x), new Value(y)];
      return { a, b, root: of(a, b, leaf) };
    });
    for (const { root } of [...roots].reverse()) root.backward();
    const columns = [pairs.map(([x = 0]) => x), pairs.map(([, y = 0]) => y)];
    const recording = record(isBinary ? of(x, y, w) : of(x, y, w).add(y.mul(0)), [x, y]);
    if (isBinary) {
      for (const [i, [p = 0, q = 0]] of pairs.entries()) {
        Object.assign(x, { data: p, grad: 0 });
        Object.assign(y, { data: q, grad: 0 });
        expect(recording.forward()).toBe(roots[i]?.root.data);
        recording.backward();
        expect([x.grad, y.grad]).toEqual([roots[i]?.a.grad, roots[i]?.b.grad]);
      }
    }
    for (const mayGenerate of [true, false]) {
      w.grad = 0;
      const batch = new Batch(recording, columns, { mayGenerate });
      expect(batch.isGenerated).toBe(mayGenerate);
      batch.pass();
      if (isBinary) expect([...batch.roots]).toEqual(roots.map(({ root }) => root.data));
      expect(w.grad).toBe(leaf.grad);
    }
  });

  it('where the root is a leaf, or an input, or each of its operands is itself', () => {
    const leaf = new Value(3);
    const alone = record(leaf);
    expect(alone.forward()).toBe(3);
    alone.backward();
    alone.backward();
    expect([leaf.grad, alone.grad[0]]).toEqual([2, 2]);

    for (const mayGenerate of [true, false]) {
      expect(new Batch(record(leaf, [leaf]), [[1, 2, 3]], { mayGenerate }).pass()).toBe(6);
      expect([leaf.data, leaf.grad]).toEqual([3, 2]);
      const x = new Value(0);
      const w = new Value(2);
      expect(new Batch(record(x.mul(x).add(w.mul(w)), [x]), [[1, 2]], { mayGenerate }).pass(0.5)).toBe(13);
      expect(w.grad).toBe(4);
      expect([x.data, x.grad]).toEqual([0, 0]); // an input is given back as it was
    }
  });
});

/** The two moons, as chapter 12 has them. */
function moons(count: number) {
  const points = twoMoons(count, 1);
  const network = new MLP(2, [16, 16, 1]);
  const parameters = network.parameters();
  const shortfall = (x: Value | number, y: Value | number, label: Value | number) => {
    const [score] = network.call([x, y]) as [Value];
    return Value.sub(1, Value.mul(label, score)).relu();
  };
  const squares = () => parameters.map((each) => each.pow(2)).reduce((sum, each) => sum.add(each));
  return { points, network, parameters, shortfall, squares };
}

describe('the two moons, a hundred steps', () => {
  function descend({ network, parameters }: ReturnType<typeof moons>, pass: () => number): number[] {
    return Array.from({ length: 100 }, () => {
      network.zeroGrad();
      const loss = pass();
      for (const each of parameters) each.data -= 0.1 * each.grad;
      return loss;
    });
  }

  function buildAnew(): number[] {
    const all = moons(100);
    return descend(all, () => {
      const sum = all.points.map(({ x, y, label }) => all.shortfall(x, y, label)).reduce((sum, each) => sum.add(each));
      const loss = sum.mul(0.01).add(all.squares().mul(1e-4));
      loss.backward();
      return loss.data;
    });
  }

  const expected = buildAnew();

  it('has the same losses when the whole graph is replayed', () => {
    const all = moons(100);
    const sum = all.points.map(({ x, y, label }) => all.shortfall(x, y, label)).reduce((sum, each) => sum.add(each));
    const recording = record(sum.mul(0.01).add(all.squares().mul(1e-4)));
    const losses = descend(all, () => {
      const loss = recording.forward();
      recording.backward();
      return loss;
    });
    expect(losses).toEqual(expected);
    expect(expected[99]).toBeLessThan(0.5 * (expected[0] as number));
  });

  test.each([true, false])(
    'has the same losses for one example in a batch, with code made for it: %s',
    (mayGenerate) => {
      const all = moons(100);
      const [x, y, label] = [new Value(0), new Value(0), new Value(0)];
      const columns = (['x', 'y', 'label'] as const).map((name) => all.points.map((point) => point[name]));
      const batch = new Batch(record(all.shortfall(x, y, label), [x, y, label]), columns, { mayGenerate });
      const squares = record(all.squares());
      expect(batch.isGenerated).toBe(mayGenerate);
      const losses = descend(all, () => {
        const decay = squares.forward() * 1e-4;
        squares.backward(1e-4);
        return batch.pass(0.01) * 0.01 + decay;
      });
      expect(losses).toEqual(expected);
    },
  );
});

describe('what a replay cannot see', () => {
  /** |x|, by a branch. */
  const size = (x: Value) => (x.data < 0 ? x.neg() : x.mul(1));

  it('is a branch: it goes the way that was recorded, and requireSame tells', () => {
    const x = new Value(-3);
    const recording = record(size(x));
    expect(recording.forward()).toBe(3);
    x.data = 2;
    expect(recording.forward()).toBe(-2); // and not 2
    expect(() => recording.requireSame(size(x))).toThrow('the graph has 3 nodes, and 2 are replayed');
    x.data = -1;
    expect(() => recording.requireSame(size(x))).not.toThrow();
    expect(() => recording.requireSame(x.exp())).toThrow('the node at place 1 is made in another way');
  });

  it('is a leaf that another has replaced, which requireSame tells if it holds another number', () => {
    let a = new Value(2);
    const b = new Value(5);
    const recording = record(a.mul(b));
    a = new Value(4);
    expect(recording.forward()).toBe(10); // and not 20
    expect(() => recording.requireSame(a.mul(b))).toThrow(
      'the leaf at place 0 is another one: it holds 4, and the one replayed 2',
    );
    expect(() => recording.requireSame(new Value(2).mul(b))).not.toThrow();
  });

  it('is a leaf that stands where another did, even if both hold the same number', () => {
    const [x, p, q] = [new Value(3), new Value(0), new Value(0)];
    const recording = record(x.mul(p).add(q));
    expect(() => recording.requireSame(x.mul(p).add(q))).not.toThrow();
    expect(() => recording.requireSame(x.mul(q).add(p))).toThrow(
      'the leaf at place 1 is one that stands elsewhere in the graph replayed',
    );
  });

  it('is no input, which may hold anything', () => {
    const [x, w] = [new Value(1), new Value(2)];
    expect(() => record(w.mul(x), [x]).requireSame(w.mul(7))).not.toThrow();
    expect(() => record(w.mul(x)).requireSame(w.mul(7))).toThrow('it holds 7, and the one replayed 1');
  });

  it('is no exponent: it is a leaf like any other', () => {
    const [x, y] = [new Value(3), new Value(2)];
    const recording = record(x.pow(y));
    y.data = 3;
    expect(recording.forward()).toBe(27);
    recording.backward();
    expect(x.grad).toBe(27);
  });
});

it('records nothing but a graph', () => {
  const network = new MLP(2, [1]);
  expect(() => record(network.call([1, 2]) as unknown as Value)).toThrow(TypeError);
  expect(() => record(network.call([1, 2]) as unknown as Value)).toThrow('record: expected a Value, got ');
});

it('a batch keeps its examples, whatever becomes of the list', () => {
  const [x, w] = [new Value(1), new Value(2)];
  for (const mayGenerate of [true, false]) {
    const column = [1, 2, 3];
    const batch = new Batch(record(w.mul(x), [x]), [column], { mayGenerate });
    column[0] = 100;
    expect(batch.pass()).toBe(12);
  }
});

describe('what does not fit', () => {
  const [x, w] = [new Value(1), new Value(2)];
  test.each<[() => unknown, string]>([
    [() => record(x.mul(w), [x, new Value(1)]), 'input 1 is no leaf that the graph was made from'],
    [() => record(w.exp(), [w.exp()]), 'input 0 is no leaf that the graph was made from'],
    [() => record(x.mul(w), [x, x]), 'an input is given twice'],
    [() => new Batch(record(x.mul(w)), []), 'the graph was recorded without inputs, so that all examples are the same'],
    [() => new Batch(record(x.mul(w), [x]), []), 'expected 1 columns, one for each input, and got 0'],
    [
      () => new Batch(record(x.mul(w), [x, w]), [[1, 2], [1]]),
      'expected 2 examples in each column, and got 1 in column 1',
    ],
  ])('%#', (run, message) => {
    expect(run).toThrow(RangeError);
    expect(run).toThrow(message);
  });
});

describe('code that is made for a batch', () => {
  it('is not needed: where it may not be made, the graph is replayed', () => {
    const [x, w] = [new Value(1), new Value(2)];
    const recording = record(x.mul(w), [x]);
    vi.stubGlobal('WebAssembly', {
      ...WebAssembly,
      Memory: WebAssembly.Memory,
      Module: class {
        constructor() {
          throw new EvalError('forbidden by the content security policy');
        }
      },
    });
    const batch = new Batch(recording, [[1, 2, 3]]);
    vi.unstubAllGlobals();
    expect(batch.isGenerated).toBe(false);
    expect(batch.pass()).toBe(12);
    expect(w.grad).toBe(6);
  });

  it('is made where it may be: what is wrong with it is not hidden', () => {
    const [x, w] = [new Value(1), new Value(2)];
    const { LinkError } = WebAssembly;
    vi.stubGlobal('WebAssembly', {
      Memory: WebAssembly.Memory,
      Module: WebAssembly.Module,
      Instance: class {
        constructor() {
          throw new LinkError('an import is missing');
        }
      },
    });
    expect(() => new Batch(record(x.mul(w), [x]), [[1]])).toThrow('an import is missing');
    vi.unstubAllGlobals();
  });

  it('is not made for a very large graph, which is replayed', () => {
    const [x, w] = [new Value(1), new Value(1)];
    let root = x;
    for (let i = 0; i < 25_000; i++) root = root.mul(w);
    const batch = new Batch(record(root, [x]), [[1, 2]]);
    expect(batch.isGenerated).toBe(false);
    expect(batch.pass()).toBe(3);
    expect(w.grad).toBe(75_000);
  });
});
