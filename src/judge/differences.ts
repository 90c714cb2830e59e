import { type Digits, OPERATIONS } from '../protocol/operations';
import type { MakingInstruction } from '../protocol/program';

/*
 * Programs evaluated with many digits, in whatever arithmetic, and finite differences of what comes.
 */

/** A number with many digits, which can be rounded to a double. */
export interface Long<N> extends Digits<N> {
  toNumber(): number;
}

/** Makes such numbers of doubles. */
export interface Arithmetic<N> {
  /** The number with all the digits that the double has. */
  readonly of: (x: number) => N;
  /** A number near it, to be added to others: the fewer digits it has, the fewer are lost. */
  readonly near: (x: number) => N;
}

/**
 * Evaluates a program.
 *
 * @param arithmetic - makes its numbers
 * @param program - makes the nodes; each name is bound once
 * @param before - what they held before something has moved; without it, all of them are evaluated
 * @param moved - what has moved; what lies downstream of it is added
 * @returns what the nodes hold that were evaluated
 */
export function evaluateExactly<N extends Long<N>>(
  arithmetic: Arithmetic<N>,
  program: readonly MakingInstruction[],
  before?: ReadonlyMap<string, N>,
  moved = new Map<string, N>(),
): Map<string, N> {
  const exactlyOf = (operand: string | number) =>
    typeof operand === 'number' ? arithmetic.of(operand) : (moved.get(operand) ?? (before?.get(operand) as N));
  const hasMoved = (operand: string | number) => typeof operand === 'string' && moved.has(operand);
  for (const instruction of program) {
    if (before === undefined && instruction.do === 'leaf') moved.set(instruction.to, arithmetic.of(instruction.data));
    if (instruction.do === 'leaf') continue;
    const [first = Number.NaN, second = first] = instruction.of;
    if (before !== undefined && !hasMoved(first) && !hasMoved(second)) continue;
    moved.set(instruction.to, OPERATIONS[instruction.do].exactly(exactlyOf(first), exactlyOf(second)));
  }
  return moved;
}

/**
 * A central difference, divided by how far the leaf was moved; only what lies downstream of it is evaluated again.
 *
 * @param arithmetic - makes numbers
 * @param program - makes the nodes; each name is bound once
 * @param exact - what they hold
 * @param of - the leaf, the output, and how far the leaf is moved to either side
 */
export function slope<N extends Long<N>>(
  arithmetic: Arithmetic<N>,
  program: readonly MakingInstruction[],
  exact: ReadonlyMap<string, N>,
  of: { readonly leaf: string; readonly output: string; readonly step: number },
): N {
  const at = exact.get(of.leaf) as N;
  const step = arithmetic.near(of.step);
  const nudged = (to: N): N => {
    const moved = evaluateExactly(arithmetic, program, exact, new Map([[of.leaf, to]]));
    return moved.get(of.output) ?? (exact.get(of.output) as N);
  };
  return nudged(at.plus(step))
    .minus(nudged(at.minus(step)))
    .dividedBy(step.times(2));
}
