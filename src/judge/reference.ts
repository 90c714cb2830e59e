import { Decimal } from 'decimal.js';
import { backwardBounds, evaluate, forwardBounds, type Precision, type Truth } from '../protocol/bounds';
import { OPERATIONS } from '../protocol/operations';
import { EPSILON, type MakingInstruction } from '../protocol/program';

/*
 * Independent truth about a program: what its nodes hold, how its output changes with each leaf, and how far off an
 * engine of some precision may be.
 *
 * The numbers come from an evaluation in decimal arithmetic, the gradients from central differences of it. Neither
 * shares anything with an engine. With 60 digits and a step of 1e-20 times the leaf, the difference loses 20 digits to
 * rounding and keeps about 40 of the truth: doubles have 16.
 */

const DIGITS = 60;
const Exact = Decimal.clone({ precision: DIGITS, toExpNeg: -40, toExpPos: 40, minE: -9e15, maxE: 9e15 });
const STEP = 1e-20;
/** The smallest leaf to which the step is in proportion; closer to zero, the step stays as it is. */
const SMALLEST = 1e-8;

/** The truth about a program. */
export interface Truths {
  /** What each name holds in the end. */
  readonly data: ReadonlyMap<string, Truth>;
  /** How the output changes with each leaf, in units of output per unit of leaf. */
  readonly gradients: ReadonlyMap<string, Truth>;
}

/**
 * Works out the truth about a program.
 *
 * @param program - makes the nodes; each name is bound once
 * @param output - the name of the node whose gradients are wanted
 * @param precision - of the engine's numbers
 */
export function truths(program: readonly MakingInstruction[], output: string, precision: Precision = 'double'): Truths {
  const exact = evaluateExactly(program);
  const values = new Map([...exact].map(([name, value]) => [name, value.toNumber()]));
  const forward = forwardBounds(program, values, precision);
  const backward = backwardBounds(program, values, forward, output, precision);
  const gradients = new Map<string, Truth>();
  for (const instruction of program) {
    if (instruction.do !== 'leaf') continue;
    const { to } = instruction;
    const value = slope(program, exact, to, output).toNumber();
    // what the difference leaves out is in proportion to the square of the step
    const doubt = (100 * stepAt(instruction.data) ** 2) / EPSILON[precision];
    gradients.set(to, { value, bound: (backward.get(to)?.bound ?? 0) + doubt });
  }
  return { data: together(values, forward), gradients };
}

/**
 * The truth about what the nodes hold, alone.
 *
 * @param program - makes the nodes; each name is bound once
 * @param precision - of the engine's numbers
 */
export function dataTruths(program: readonly MakingInstruction[], precision: Precision = 'double'): Map<string, Truth> {
  const values = new Map([...evaluateExactly(program)].map(([name, value]) => [name, value.toNumber()]));
  return together(values, forwardBounds(program, values, precision));
}

/**
 * The same in doubles: good enough to say how far off an engine may be, and much cheaper. It is no truth: use it where
 * the answers of an engine are compared with each other.
 *
 * @param program - makes the nodes; each name is bound once
 * @param output - the name of the node whose gradients are wanted
 * @param precision - of the engine's numbers
 */
export function estimates(
  program: readonly MakingInstruction[],
  output: string,
  precision: Precision = 'double',
): Truths {
  const values = evaluate(program);
  const forward = forwardBounds(program, values, precision);
  return { data: together(values, forward), gradients: backwardBounds(program, values, forward, output, precision) };
}

function together(values: ReadonlyMap<string, number>, bounds: ReadonlyMap<string, number>): Map<string, Truth> {
  return new Map([...values].map(([name, value]) => [name, { value, bound: bounds.get(name) ?? 0 }]));
}

function stepAt(leaf: number): number {
  return STEP * Math.max(Math.abs(leaf), SMALLEST);
}

/** A central difference; only what lies downstream of the leaf is evaluated again. */
function slope(
  program: readonly MakingInstruction[],
  exact: Map<string, Decimal>,
  leaf: string,
  output: string,
): Decimal {
  const at = exact.get(leaf) as Decimal;
  const step = new Exact(stepAt(at.toNumber()));
  const nudged = (to: Decimal) => evaluateExactly(program, exact, leaf, to).get(output) as Decimal;
  return nudged(at.plus(step))
    .minus(nudged(at.minus(step)))
    .dividedBy(step.times(2));
}

function evaluateExactly(
  program: readonly MakingInstruction[],
  before?: Map<string, Decimal>,
  leaf?: string,
  moved?: Decimal,
): Map<string, Decimal> {
  const nodes = new Map(before);
  const changed = new Set<string>();
  if (leaf !== undefined && moved !== undefined) {
    nodes.set(leaf, moved);
    changed.add(leaf);
  }
  for (const instruction of program) {
    if (before === undefined && instruction.do === 'leaf') nodes.set(instruction.to, exactly(instruction.data));
    if (instruction.do === 'leaf') continue;
    const of: readonly (string | number)[] = instruction.of;
    if (before !== undefined && !of.some((operand) => typeof operand === 'string' && changed.has(operand))) continue;
    const [x, y] = of.map((operand) =>
      typeof operand === 'string' ? (nodes.get(operand) as Decimal) : exactly(operand),
    );
    nodes.set(instruction.to, OPERATIONS[instruction.do].exactly(x as Decimal, y as Decimal));
    changed.add(instruction.to);
  }
  return nodes;
}

/** A double with all its digits; Decimal alone would take the shortest text that reads back as the same double. */
function exactly(x: number): Decimal {
  return new Exact(x.toPrecision(DIGITS));
}
