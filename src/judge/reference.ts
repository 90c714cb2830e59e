import { Decimal } from 'decimal.js';
import { boundsOf, evaluate, forwardBounds, type Precision, type Truth } from '../protocol/bounds';
import { EPSILON, type MakingInstruction } from '../protocol/program';
import { type Arithmetic, evaluateExactly, type Long, slope } from './differences';
import { Fixed, OutOfReach, requireReach } from './fixed';

/*
 * Independent truth about a program: what its nodes hold, how its output changes with each leaf, and how far off an
 * engine of some precision may be.
 *
 * The numbers come from an evaluation in decimal arithmetic, the gradients from central differences of it. Neither
 * shares anything with an engine. With 60 digits and a step of 1e-20 times the leaf, the difference loses 20 digits to
 * rounding and keeps about 40 of the truth: doubles have 16.
 *
 * A law tries hundreds of programs, nearly all of which an engine gets right. So they are evaluated in a fixed point
 * first, which is done far sooner, with as many digits; what is not right there is judged anew in decimal arithmetic,
 * and only that is told.
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

/** Works out what is to be expected of an engine on a program; undefined if it cannot be told in this way. */
export type Work = (program: readonly MakingInstruction[], output: string, precision?: Precision) => Truths | undefined;

/** Decimal alone takes the shortest text that reads back as the same double. */
const DECIMAL: Arithmetic<Decimal> = { of: (x) => new Exact(x.toPrecision(DIGITS)), near: (x) => new Exact(x) };
const FIXED: Arithmetic<Fixed> = { of: Fixed.of, near: Fixed.of };

/**
 * Works out the truth about a program.
 *
 * @param program - makes the nodes; each name is bound once
 * @param output - the name of the node whose gradients are wanted
 * @param precision - of the engine's numbers
 */
export function truths(program: readonly MakingInstruction[], output: string, precision: Precision = 'double'): Truths {
  return truthsIn(DECIMAL, program, output, precision);
}

function truthsIn<N extends Long<N>>(
  arithmetic: Arithmetic<N>,
  program: readonly MakingInstruction[],
  output: string,
  precision: Precision,
): Truths {
  const exact = evaluateExactly(arithmetic, program);
  const values = new Map([...exact].map(([name, value]) => [name, value.toNumber()]));
  const { forward, backward } = boundsOf(program, values, output, precision);
  const gradients = new Map<string, Truth>();
  for (const instruction of program) {
    if (instruction.do !== 'leaf') continue;
    const { to } = instruction;
    const value = slope(arithmetic, program, exact, { leaf: to, output, step: stepAt(instruction.data) }).toNumber();
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
  return dataTruthsIn(DECIMAL, program, precision);
}

function dataTruthsIn<N extends Long<N>>(
  arithmetic: Arithmetic<N>,
  program: readonly MakingInstruction[],
  precision: Precision,
): Map<string, Truth> {
  const values = new Map([...evaluateExactly(arithmetic, program)].map(([name, value]) => [name, value.toNumber()]));
  return together(values, forwardBounds(program, values, precision));
}

function dataOnly(program: readonly MakingInstruction[], _output: string, precision?: Precision): Truths {
  return { data: dataTruths(program, precision), gradients: new Map() };
}

/** A way to the truth. */
export interface Way {
  /** About the nodes' numbers, and the gradients of the leaves. */
  readonly truths: Work;
  /** About the nodes' numbers alone. */
  readonly dataOnly: Work;
}

/** In decimal arithmetic: what is told comes from here. */
export const FULL: Way = { truths, dataOnly };

/** In a fixed point: with as many digits, and far sooner, but not for every program. */
export const SOON: Way = {
  truths: withinReach((program, output, precision = 'double') => truthsIn(FIXED, program, output, precision)),
  dataOnly: withinReach((program, _, precision = 'double') => ({
    data: dataTruthsIn(FIXED, program, precision),
    gradients: new Map(),
  })),
};

function withinReach(work: Work): Work {
  return (program, output, precision) => {
    try {
      const found = work(program, output, precision);
      for (const { value } of found?.data.values() ?? []) requireReach(value);
      return found;
    } catch (error) {
      if (error instanceof OutOfReach) return undefined;
      throw error;
    }
  };
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
  const { forward, backward } = boundsOf(program, values, output, precision);
  return { data: together(values, forward), gradients: backward };
}

function together(values: ReadonlyMap<string, number>, bounds: ReadonlyMap<string, number>): Map<string, Truth> {
  const truths = new Map<string, Truth>();
  for (const [name, value] of values) truths.set(name, { value, bound: bounds.get(name) ?? 0 });
  return truths;
}

function stepAt(leaf: number): number {
  return STEP * Math.max(Math.abs(leaf), SMALLEST);
}
