import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Value } from '../src/value';

/*
 * Random expressions as lists of steps: each takes two of the nodes made before it, leaves or not, equal or not, so
 * that nodes between are used again and again. They are evaluated twice: by the engine, and here in plain numbers.
 */

interface Step {
  readonly operation: keyof typeof PLAIN;
  readonly x: number;
  readonly y: number;
}

const PLAIN = {
  add: (x: number, y: number) => x + y,
  sub: (x: number, y: number) => x - y,
  mul: (x: number, y: number) => x * y,
  neg: (x: number) => -x,
  tanh: (x: number) => Math.tanh(x),
  // a pole and a kink are kept away from: the denominator and the argument of log are at least 1
  div: (x: number, y: number) => x / (y * y + 1),
  log: (x: number) => Math.log(x * x + 1),
  exp: (x: number) => Math.exp(Math.tanh(x)),
  pow: (x: number) => x ** 3,
};

const ON_NODES: Record<keyof typeof PLAIN, (x: Value, y: Value) => Value> = {
  add: (x, y) => x.add(y),
  sub: (x, y) => x.sub(y),
  mul: (x, y) => x.mul(y),
  neg: (x) => x.neg(),
  tanh: (x) => x.tanh(),
  div: (x, y) => x.div(y.mul(y).add(1)),
  log: (x) => Value.add(x.mul(x), 1).log(),
  exp: (x) => x.tanh().exp(),
  pow: (x) => x.pow(3),
};

function evaluate<T>(leaves: readonly T[], steps: readonly Step[], on: Record<string, (x: T, y: T) => T>): T {
  const nodes = [...leaves];
  for (const { operation, x, y } of steps) {
    nodes.push((on[operation] as (x: T, y: T) => T)(nodes[x % nodes.length] as T, nodes[y % nodes.length] as T));
  }
  return nodes.at(-1) as T;
}

const leaves = fc.array(fc.double({ min: -1.5, max: 1.5, noNaN: true }), { minLength: 1, maxLength: 4 });
const steps = fc.array(
  fc.record<Step>({
    operation: fc.constantFrom(...(Object.keys(PLAIN) as Step['operation'][])),
    x: fc.nat(20),
    y: fc.nat(20),
  }),
  { minLength: 1, maxLength: 12 },
);

/** Where an expression bends fast, finite differences in doubles are no judge of it. */
const TAME = 1e3;

it('gradients match finite differences', () => {
  let compared = 0;
  fc.assert(
    fc.property(leaves, steps, (numbers, recipe) => {
      const f = (at: readonly number[]) => evaluate(at, recipe, PLAIN);
      const nodes = numbers.map((x) => new Value(x));
      const out = evaluate(nodes, recipe, ON_NODES);
      out.backward();
      fc.pre(Math.abs(out.data) < TAME);
      expect(out.data).toBeCloseTo(f(numbers), 9);
      for (const [i, node] of nodes.entries()) {
        const nudged = (h: number) => f(numbers.map((x, j) => (j === i ? x + h : x)));
        const slope = (h: number) => (nudged(h) - nudged(-h)) / (2 * h);
        // Two steps, one half the other, tell how far the finite difference itself is from the truth.
        const [coarse, fine] = [slope(2e-5), slope(1e-5)];
        const doubt = Math.abs(coarse - fine) + 1e-10 * (TAME + Math.abs(fine));
        if (doubt > 1e-6 * (1 + Math.abs(fine))) continue;
        compared += 1;
        expect(Math.abs(node.grad - fine), `gradient ${node.grad}, finite difference ${fine}`).toBeLessThanOrEqual(
          doubt,
        );
      }
    }),
    { numRuns: 2000 },
  );
  expect(compared).toBeGreaterThan(2000);
});
