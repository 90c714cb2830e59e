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
  readonly at: Place;
  /** As far off as the errors may take it; the same place, if there are none. */
  readonly off: Place;
  /** The errors of x and y. */
  readonly e: number;
  readonly f: number;
  /** The local derivatives at the true operands, with their signs. */
  readonly slopes: readonly number[];
  /** The magnitudes of the local derivatives, one for each operand. */
  readonly d: readonly number[];
  /** The operation's own rounding. */
  readonly own: number;
}

/** The operands of an operation, and its result. */
interface Place {
  readonly x: number;
  readonly y: number;
  readonly out: number;
}

function numberOf(operand: Operand, values: ReadonlyMap<string, number>): number {
  return typeof operand === 'string' ? (values.get(operand) ?? Number.NaN) : operand;
}

function errorOf(operand: Operand, bounds: ReadonlyMap<string, number>, precision: Precision): number {
  return typeof operand === 'string' ? (bounds.get(operand) ?? 0) : GIVEN[precision] * Math.abs(operand);
}

/** The larger magnitude; one that is not finite says nothing. */
function worse(a: number, b = 0): number {
  return Math.max(Math.abs(a), Number.isFinite(b) ? Math.abs(b) : 0);
}

/** As far away from 0 as an error may take a number. */
function outward(x: number, by: number): number {
  return x + (x < 0 ? -1 : 1) * by;
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
  const { slopes: slopesAt, rounding } = OPERATIONS[instruction.do];
  const [first = Number.NaN, second] = instruction.of;
  const x = numberOf(first, values);
  const y = second === undefined ? 0 : numberOf(second, values);
  const out = numberOf(instruction.to, values);
  const e = errorOf(first, bounds, precision);
  const f = second === undefined ? 0 : errorOf(second, bounds, precision);
  const at = { x, y, out };
  const slopes = slopesAt(x, y, out);
  const own = rounding(x, y, out);
  if (e === 0 && f === 0) return { at, off: at, e, f, slopes, d: bothWorse(slopes, slopes), own: worse(own) };
  const epsilon = EPSILON[precision];
  const moved = (Math.abs(slopes[0] ?? 0) * e + Math.abs(slopes[1] ?? 0) * f) * epsilon;
  const off = {
    x: outward(x, e * epsilon),
    y: second === undefined ? 0 : outward(y, f * epsilon),
    out: outward(out, moved),
  };
  const d = bothWorse(slopes, slopesAt(off.x, off.y, off.out));
  return { at, off, e, f, slopes, d, own: worse(own, rounding(off.x, off.y, off.out)) };
}

function bothWorse(here: readonly number[], there: readonly number[]): number[] {
  const first = worse(here[0] ?? 0, there[0]);
  return here.length === 1 ? [first] : [first, worse(here[1] ?? 0, there[1])];
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
    const [first = Number.NaN, second = 0] = instruction.of;
    const x = truthOf(first, data);
    const y = truthOf(second, data);
    const room = OPERATIONS[instruction.do].room(x.value, y.value, typeof instruction.of[1] === 'number');
    return room.some((distance, k) => distance <= 0 || (k === 0 ? x : y).bound * epsilon > 0.01 * distance);
  });
}

function truthOf(operand: Operand, data: ReadonlyMap<string, Truth>): Truth {
  return (typeof operand === 'string' ? data.get(operand) : undefined) ?? { value: Number(operand), bound: 0 };
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
      const [x = Number.NaN, y = 0] = instruction.of;
      values.set(instruction.to, apply(instruction.do, numberOf(x, values), numberOf(y, values)));
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
  return forwardOf(program, values, precision).bounds;
}

function forwardOf(program: readonly MakingInstruction[], values: ReadonlyMap<string, number>, precision: Precision) {
  const bounds = new Map<string, number>();
  const sensitivities = program.map((instruction) => {
    if (instruction.do === 'leaf') {
      bounds.set(instruction.to, GIVEN[precision] * Math.abs(instruction.data));
      return undefined;
    }
    const found = sensitivity(instruction, values, bounds, precision);
    const { e, f, d, own } = found;
    bounds.set(instruction.to, own + (e * (d[0] ?? 0) + f * (d[1] ?? 0)));
    return found;
  });
  return { bounds, sensitivities };
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
  const sensitivities = program.map((each) =>
    each.do === 'leaf' ? undefined : sensitivity(each, values, forward, precision),
  );
  return backwardOf(program, sensitivities, output, precision);
}

/**
 * How far off a sound engine may be, forward and backward.
 *
 * @param program - makes the nodes; each name is bound once
 * @param values - what they hold
 * @param output - the node whose gradients are wanted
 * @param precision - of the engine's numbers
 * @returns see {@link forwardBounds} and {@link backwardBounds}
 */
export function boundsOf(
  program: readonly MakingInstruction[],
  values: ReadonlyMap<string, number>,
  output: string,
  precision: Precision,
): { readonly forward: Map<string, number>; readonly backward: Map<string, Truth> } {
  const { bounds, sensitivities } = forwardOf(program, values, precision);
  return { forward: bounds, backward: backwardOf(program, sensitivities, output, precision) };
}

function backwardOf(
  program: readonly MakingInstruction[],
  sensitivities: readonly (Sensitivity | undefined)[],
  output: string,
  precision: Precision,
): Map<string, Truth> {
  const nodes = new Map<string, Shares>();
  for (const { to } of program) nodes.set(to, { gradient: 0, size: 0, error: 0, shares: 0 });
  const root = nodes.get(output);
  if (root !== undefined) root.gradient = 1;
  for (let i = program.length - 1; i >= 0; i--) {
    const [instruction, found] = [program[i] as MakingInstruction, sensitivities[i]];
    const from = nodes.get(instruction.to);
    if (instruction.do === 'leaf' || from === undefined || found === undefined) continue;
    const { at, off, e, f, slopes, d, own } = found;
    const { bends, roundingOfSlope } = OPERATIONS[instruction.do];
    const here = bends(at.x, at.y, at.out);
    const there = off === at ? here : bends(off.x, off.y, off.out);
    const { gradient, size, error, shares } = from;
    const summed = error + shares * size;
    const relative = roundingOfSlope > 0 ? 0 : own / (Math.abs(off.out) || 1);
    for (let k = 0; k < instruction.of.length; k++) {
      const operand = instruction.of[k];
      const node = typeof operand === 'string' ? nodes.get(operand) : undefined;
      if (node === undefined) continue;
      // each local derivative changes with each operand, as the second derivatives say
      const byX = e * worse(here[k]?.[0] ?? 0, there[k]?.[0]);
      const byY = f * worse(here[k]?.[1] ?? 0, there[k]?.[1]);
      const errorOfD = roundingOfSlope + (byX + byY);
      const share = gradient * (slopes[k] ?? 0);
      node.gradient += share;
      node.size += Math.abs(share);
      node.error += summed * ((d[k] ?? 0) + errorOfD * EPSILON[precision]) + Math.abs(gradient) * errorOfD;
      node.error += (ROUNDINGS + relative) * Math.abs(share);
      node.shares += 1;
    }
  }
  const bounds = new Map<string, Truth>();
  for (const [name, { gradient, size, error, shares }] of nodes) {
    bounds.set(name, { value: gradient, bound: error + shares * size });
  }
  return bounds;
}
