import { apply, OPERATIONS, ROUNDINGS } from './operations';
import { EPSILON, type MakingInstruction, type Operand } from './program';

/*
 * How far off may an engine be that makes no mistake but rounding? To first order, errors travel along the graph:
 *
 *   forward:    an operation adds its own rounding to the errors of its operands times its local derivatives
 *   backward:   a share g·d of a gradient has the error of g times d, that of d times g, and a rounding of its own
 *
 * and the error of a local derivative d comes from the operands that it is computed from: its second derivatives times
 * their errors. All of these are bounds, so they add up as magnitudes. The unit is ε throughout.
 */

/** The precision of an engine's numbers. */
export type Precision = keyof typeof EPSILON;

/** A number that an engine is to find, and how far off it may be. */
export interface Truth {
  readonly value: number;
  /** In units of ε, the distance from 1 to the next number in the engine's precision, times the number's own unit. */
  readonly bound: number;
}

/** What a finite difference leaves out: the square of the step, times how fast the slope itself bends. */
const DOUBT = 1e-28;

/**
 * How far off a number may be from a truth.
 *
 * @param truth - the truth
 * @param epsilon - of the engine's precision
 * @returns a distance, in the unit of the number
 */
export function allowance({ value, bound }: Truth, epsilon: number): number {
  return bound * epsilon + DOUBT * (1 + Math.abs(value));
}

/** How far off an engine may have the numbers that it is given, in ε: doubles travel unchanged, singles are rounded. */
const GIVEN = { double: 0, single: 1 } as const;

/** An instruction that makes a node from others. */
type Applied = Exclude<MakingInstruction, { do: 'leaf' }>;

/** What an operation does with errors, at the true operands and at operands that are off: whichever is worse. */
interface Sensitivity {
  /** The errors of the operands. */
  readonly errors: readonly number[];
  /** The local derivatives at the true operands, with their signs. */
  readonly slopes: readonly number[];
  /** The magnitudes of the local derivatives, one for each operand. */
  readonly d: readonly number[];
  /** The magnitudes of the second derivatives: how each local derivative changes with each operand. */
  readonly dd: readonly (readonly number[])[];
  /** The operation's own rounding. */
  readonly own: number;
}

function numberOf(operand: Operand, values: ReadonlyMap<string, number>): number {
  return typeof operand === 'string' ? (values.get(operand) ?? Number.NaN) : operand;
}

function errorsOf({ of }: Applied, bounds: ReadonlyMap<string, number>, precision: Precision): number[] {
  return of.map((operand) =>
    typeof operand === 'string' ? (bounds.get(operand) ?? 0) : GIVEN[precision] * Math.abs(operand),
  );
}

/*
 * Where a derivative happens to be 0, the first order says that no error passes, and that is too good to be true: if
 * x should be 0 and comes as 1e-8, x·x comes as 1e-16. So the derivatives are taken a second time, as far off as the
 * operands may be.
 */
function sensitivity(
  instruction: Applied,
  values: ReadonlyMap<string, number>,
  bounds: ReadonlyMap<string, number>,
  precision: Precision,
): Sensitivity {
  const { slopes, bends, rounding } = OPERATIONS[instruction.do];
  const operands = instruction.of.map((operand) => numberOf(operand, values));
  const errors = errorsOf(instruction, bounds, precision);
  const [x = Number.NaN, y = 0] = operands;
  const out = numberOf(instruction.to, values);
  const here = slopes(x, y, out);
  const epsilon = EPSILON[precision];
  const [x2 = Number.NaN, y2 = 0] = operands.map((operand, k) => {
    return operand + (operand < 0 ? -1 : 1) * (errors[k] ?? 0) * epsilon;
  });
  const moved = here.reduce((sum, d, k) => sum + Math.abs(d) * (errors[k] ?? 0), 0) * epsilon;
  const out2 = out + (out < 0 ? -moved : moved);
  const worse = (a: number, b = 0) => Math.max(Math.abs(a), Number.isFinite(b) ? Math.abs(b) : 0);
  const [off, bendsOff] = [slopes(x2, y2, out2), bends(x2, y2, out2)];
  return {
    errors,
    slopes: here,
    d: here.map((d, k) => worse(d, off[k])),
    dd: bends(x, y, out).map((row, k) => row.map((dd, l) => worse(dd, bendsOff[k]?.[l]))),
    own: worse(rounding(x, y, out), rounding(x2, y2, out2)),
  };
}

/**
 * Whether rounding alone could carry an engine over a kink or a pole, where no first-order bound holds: such a program
 * says nothing about the engine.
 *
 * @param program - the program
 * @param data - the truth about its nodes
 * @param epsilon - of the engine's precision
 */
export function isIllConditioned(
  program: readonly MakingInstruction[],
  data: ReadonlyMap<string, Truth>,
  epsilon: number,
): boolean {
  return program.some((instruction) => {
    if (instruction.do === 'leaf') return false;
    const truths = instruction.of.map((operand) =>
      typeof operand === 'string' ? data.get(operand) : { value: operand, bound: 0 },
    );
    const [x, y] = truths;
    const isNumber = typeof instruction.of[1] === 'number';
    const room = OPERATIONS[instruction.do].room(x?.value ?? Number.NaN, y?.value ?? 0, isNumber);
    const error = (k: number) => (truths[k]?.bound ?? 0) * epsilon;
    return room.some((distance, k) => distance <= 0 || error(k) > 0.01 * distance);
  });
}

/**
 * What the nodes of a program hold, worked out in doubles: good enough to say how far off an engine may be.
 *
 * @param program - makes the nodes; each name is bound once
 * @returns the numbers by name
 */
export function evaluate(program: readonly MakingInstruction[]): Map<string, number> {
  const values = new Map<string, number>();
  for (const instruction of program) {
    if (instruction.do === 'leaf') values.set(instruction.to, instruction.data);
    else {
      const [x = Number.NaN, y] = instruction.of.map((operand) => numberOf(operand, values));
      values.set(instruction.to, apply(instruction.do, x, y));
    }
  }
  return values;
}

/**
 * How far off the numbers of a sound engine may be.
 *
 * @param program - makes the nodes; each name is bound once
 * @param values - what they hold
 * @param precision - of the engine's numbers
 * @returns bounds by name, in ε
 */
export function forwardBounds(
  program: readonly MakingInstruction[],
  values: ReadonlyMap<string, number>,
  precision: Precision,
): Map<string, number> {
  const bounds = new Map<string, number>();
  for (const instruction of program) {
    if (instruction.do === 'leaf') {
      bounds.set(instruction.to, GIVEN[precision] * Math.abs(instruction.data));
      continue;
    }
    const { errors, d, own } = sensitivity(instruction, values, bounds, precision);
    bounds.set(instruction.to, own + errors.reduce((sum, error, k) => sum + error * (d[k] ?? 0), 0));
  }
  return bounds;
}

/** What has come together at a node in the backward pass. */
interface Shares {
  /** Their sum. */
  gradient: number;
  /** The sum of their magnitudes. */
  size: number;
  /** The sum of their errors. */
  error: number;
  /** How many there are. */
  shares: number;
}

/**
 * How far off the gradients of a sound engine may be.
 *
 * @param program - makes the nodes; each name is bound once
 * @param values - what they hold
 * @param forward - how far off these may be, see {@link forwardBounds}
 * @param output - the node whose gradients are wanted
 * @param precision - of the engine's numbers
 * @returns for each name its gradient, worked out in doubles, and how far off it may be
 */
export function backwardBounds(
  program: readonly MakingInstruction[],
  values: ReadonlyMap<string, number>,
  forward: ReadonlyMap<string, number>,
  output: string,
  precision: Precision,
): Map<string, Truth> {
  const nodes = new Map<string, Shares>(program.map(({ to }) => [to, { gradient: 0, size: 0, error: 0, shares: 0 }]));
  const root = nodes.get(output);
  if (root !== undefined) root.gradient = 1;
  for (const instruction of [...program].reverse()) {
    const from = nodes.get(instruction.to);
    if (instruction.do === 'leaf' || from === undefined) continue;
    const { errors, slopes, d, dd, own } = sensitivity(instruction, values, forward, precision);
    const { roundingOfSlope } = OPERATIONS[instruction.do];
    const { gradient, size, error, shares } = from;
    const summed = error + shares * size;
    const relative = roundingOfSlope > 0 ? 0 : own / (Math.abs(numberOf(instruction.to, values)) || 1);
    for (const [k, operand] of instruction.of.entries()) {
      const node = typeof operand === 'string' ? nodes.get(operand) : undefined;
      if (node === undefined) continue;
      const errorOfD = roundingOfSlope + errors.reduce((sum, e, j) => sum + e * (dd[k]?.[j] ?? 0), 0);
      const share = gradient * (slopes[k] ?? 0);
      node.gradient += share;
      node.size += Math.abs(share);
      node.error += summed * ((d[k] ?? 0) + errorOfD * EPSILON[precision]) + Math.abs(gradient) * errorOfD;
      node.error += (ROUNDINGS + relative) * Math.abs(share);
      node.shares += 1;
    }
  }
  return new Map(
    [...nodes].map(([name, { gradient, size, error, shares }]) => [
      name,
      { value: gradient, bound: error + shares * size },
    ]),
  );
}
