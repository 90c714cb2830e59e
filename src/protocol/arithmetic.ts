import type { Computed } from '../notebook/numbers';
import type { Operation } from './program';

/*
 * The reader's own arithmetic: what `0.01 * a.grad` means, where no node is made and no engine is asked.
 */

interface Rule {
  readonly forward: (x: number, y: number) => number;
  /** How an error of each operand shows in the result: the magnitudes of the local derivatives. */
  readonly passes: (x: number, y: number) => readonly [number, number?];
}

const RULES: Readonly<Record<Operation, Rule>> = {
  add: { forward: (x, y) => x + y, passes: () => [1, 1] },
  sub: { forward: (x, y) => x - y, passes: () => [1, 1] },
  mul: { forward: (x, y) => x * y, passes: (x, y) => [y, x] },
  div: { forward: (x, y) => x / y, passes: (x, y) => [1 / y, x / y / y] },
  pow: { forward: (x, y) => x ** y, passes: (x, y) => [y * x ** (y - 1), x ** y * Math.log(Math.abs(x))] },
  neg: { forward: (x) => -x, passes: () => [1] },
  exp: { forward: Math.exp, passes: (x) => [Math.exp(x)] },
  log: { forward: Math.log, passes: (x) => [1 / x] },
  tanh: { forward: Math.tanh, passes: (x) => [1 - Math.tanh(x) ** 2] },
  relu: { forward: (x) => Math.max(0, x), passes: () => [1] },
};

/**
 * Applies an operation to plain numbers.
 *
 * @param operation - which
 * @param x - the first operand
 * @param y - the second operand, if there are two
 */
export function apply(operation: Operation, x: number, y = 0): number {
  return RULES[operation].forward(x, y);
}

/**
 * Computes an operation on numbers that remember where they come from.
 *
 * What came from an engine carries the engine's rounding errors, which are in proportion to the largest quantity
 * involved; through the operation they pass as its local derivatives say.
 *
 * @param operation - which
 * @param operands - one number, or two
 */
export function compute(operation: Operation, operands: readonly Computed[]): Computed {
  const [x, y] = operands.map(({ value }) => value) as [number, number?];
  const factors = RULES[operation].passes(x, y ?? 0);
  const sizes = operands.map(({ largest }, k) => (largest === 0 ? 0 : largest * Math.abs(factors[k] ?? 0)));
  return { value: apply(operation, x, y), largest: Math.max(...sizes) };
}
