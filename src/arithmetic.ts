import type { Computed } from './numbers';
import type { Operation } from './program';

/*
 * The reader's own arithmetic: what `0.01 * a.grad` means, where no node is made and no engine is asked.
 */

const FORWARD: Readonly<Record<Operation, (x: number, y: number) => number>> = {
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  div: (x, y) => x / y,
  pow: (x, y) => x ** y,
  neg: (x) => -x,
  exp: Math.exp,
  log: Math.log,
  tanh: Math.tanh,
  relu: (x) => Math.max(0, x),
};

/**
 * Computes an operation on numbers.
 *
 * @param operation - which
 * @param operands - one number, or two
 */
export function compute(operation: Operation, operands: readonly Computed[]): Computed {
  const [x, y = x] = operands as [Computed, Computed?];
  const value = FORWARD[operation](x.value, (y as Computed).value);
  return { value, largest: Math.max(Math.abs(value), ...operands.map(({ largest }) => largest)) };
}
