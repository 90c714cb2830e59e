import { Decimal } from 'decimal.js';
import { EPSILON } from '../notebook/numbers';
import { apply } from '../protocol/arithmetic';
import type { MakingInstruction, Operation } from '../protocol/program';

/*
 * Independent truth about a program: what its nodes hold, how its output changes with each leaf, and how far off an
 * engine of some precision may be.
 *
 * The numbers come from an evaluation in decimal arithmetic, the gradients from central differences of it. Neither
 * shares anything with an engine. With 50 digits and a step of 1e-16 times the leaf, the difference loses 16 digits to
 * rounding and keeps about 30 of the truth: doubles have 16.
 */

const DIGITS = 50;
const Exact = Decimal.clone({ precision: DIGITS, toExpNeg: -40, toExpPos: 40, minE: -9e15, maxE: 9e15 });
const STEP = 1e-16;
/** The smallest leaf to which the step is in proportion; closer to zero, the step stays as it is. */
const SMALLEST = 1e-8;

/** The precision of an engine's numbers. */
type Precision = keyof typeof EPSILON;

/** A number that an engine is to find, and how far off it may be. */
export interface Truth {
  readonly value: number;
  /** In units of ε, the distance from 1 to the next number in the engine's precision, times the number's own unit. */
  readonly bound: number;
}

/** What a finite difference leaves out: the square of the step, about 1e-32, times how fast the slope itself bends. */
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
  const exact = evaluate(program);
  const values = new Map([...exact].map(([name, value]) => [name, value.toNumber()]));
  const forward = forwardBounds(program, values, precision);
  const backward = backwardBounds(program, values, forward, output, precision);
  const gradients = new Map<string, Truth>();
  for (const instruction of program) {
    if (instruction.do !== 'leaf') continue;
    const { to } = instruction;
    const value = slope(program, exact, to, output).toNumber();
    gradients.set(to, { value, bound: backward.get(to)?.bound ?? 0 });
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
  const values = new Map([...evaluate(program)].map(([name, value]) => [name, value.toNumber()]));
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
  const values = new Map<string, number>();
  for (const instruction of program) {
    if (instruction.do === 'leaf') values.set(instruction.to, instruction.data);
    else {
      const [x, y] = instruction.of.map((operand) => (typeof operand === 'string' ? values.get(operand) : operand));
      values.set(instruction.to, apply(instruction.do, x as number, y));
    }
  }
  const forward = forwardBounds(program, values, precision);
  return { data: together(values, forward), gradients: backwardBounds(program, values, forward, output, precision) };
}

function together(values: ReadonlyMap<string, number>, bounds: ReadonlyMap<string, number>): Map<string, Truth> {
  return new Map([...values].map(([name, value]) => [name, { value, bound: bounds.get(name) ?? 0 }]));
}

/**
 * Whether rounding alone could carry an engine over a kink or a pole, where no first-order bound holds: such a program
 * says nothing about the engine.
 *
 * @param program - the program
 * @param data - the truth about its nodes
 * @param epsilon - of the engine's precision
 */
export function isShaky(
  program: readonly MakingInstruction[],
  data: ReadonlyMap<string, Truth>,
  epsilon: number,
): boolean {
  return program.some((instruction) => {
    const [x, y] = instruction.do === 'leaf' ? [] : instruction.of;
    const near = instruction.do === 'div' ? y : ['relu', 'log', 'pow'].includes(instruction.do) ? x : undefined;
    const truth = typeof near === 'string' ? data.get(near) : undefined;
    // tanh and exp bend so fast that an error of a tenth in their operand is too much as well
    const bent = typeof x === 'string' && ['exp', 'tanh'].includes(instruction.do) ? data.get(x) : undefined;
    if (bent !== undefined && bent.bound * epsilon > 0.01) return true;
    return truth !== undefined && truth.value !== 0 && truth.bound * epsilon > 0.01 * Math.abs(truth.value);
  });
}

/** A central difference; only what lies downstream of the leaf is evaluated again. */
function slope(
  program: readonly MakingInstruction[],
  exact: Map<string, Decimal>,
  leaf: string,
  output: string,
): Decimal {
  const at = exact.get(leaf) as Decimal;
  const step = Exact.max(at.abs(), SMALLEST).times(STEP);
  const nudged = (to: Decimal) => evaluate(program, exact, leaf, to).get(output) as Decimal;
  return nudged(at.plus(step))
    .minus(nudged(at.minus(step)))
    .dividedBy(step.times(2));
}

function evaluate(
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
    nodes.set(instruction.to, EXACTLY[instruction.do](x as Decimal, y as Decimal));
    changed.add(instruction.to);
  }
  return nodes;
}

/** A double with all its digits; Decimal alone would take the shortest text that reads back as the same double. */
function exactly(x: number): Decimal {
  return new Exact(x.toPrecision(DIGITS));
}

const EXACTLY: Readonly<Record<Operation, (x: Decimal, y: Decimal) => Decimal>> = {
  add: (x, y) => x.plus(y),
  sub: (x, y) => x.minus(y),
  mul: (x, y) => x.times(y),
  div: (x, y) => x.dividedBy(y),
  pow: (x, y) => x.toPower(y),
  neg: (x) => x.negated(),
  exp: (x) => x.exp(),
  log: (x) => x.ln(),
  tanh: hyperbolicTangent,
  relu: (x) => (x.isNegative() ? new Exact(0) : x),
};

/** (1 − e⁻²ˣ)/(1 + e⁻²ˣ), which for a small x would lose the digits that 1 and e⁻²ˣ share: there, a series. */
function hyperbolicTangent(x: Decimal): Decimal {
  if (x.abs().lessThan(0.01)) {
    const square = x.times(x);
    // Lambert's continued fraction: x/(1 + x²/(3 + x²/(5 + …))), from the inside out
    let fraction = new Exact(31);
    for (let odd = 29; odd >= 1; odd -= 2) fraction = new Exact(odd).plus(square.dividedBy(fraction));
    return x.dividedBy(fraction);
  }
  const e = x.abs().times(-2).exp();
  const size = new Exact(1).minus(e).dividedBy(e.plus(1));
  return x.isNegative() ? size.negated() : size;
}

/*
 * How far off may an engine be that makes no mistake but rounding? To first order, errors travel along the graph:
 *
 *   forward:    an operation adds its own rounding to the errors of its operands times its local derivatives
 *   backward:   a share g·d of a gradient has the error of g times d, that of d times g, and a rounding of its own
 *
 * and the error of a local derivative d comes from the operands that it is computed from: its second derivatives times
 * their errors. All of these are bounds, so they add up as magnitudes. The unit is ε throughout.
 */

/** What an operation's result and its local derivatives do with errors. All in doubles: a bound needs no more. */
interface Sensitivity {
  /** The local derivatives, one for each operand. */
  readonly d: readonly number[];
  /** The second derivatives: how each local derivative changes with each operand. */
  readonly dd: readonly (readonly number[])[];
  /** The operation's own rounding. */
  readonly own: number;
  /** The own rounding of the local derivatives, where it is not in proportion to them. */
  readonly ownOfD?: number;
}

/** How many roundings a result may carry: a quotient may be computed as a·b⁻¹, a library's exp may be off by two. */
const ROUNDINGS = 4;

const SENSITIVITY: Readonly<Record<Operation, (x: number, y: number, out: number) => Sensitivity>> = {
  add: (_x, _y, out) => ({
    d: [1, 1],
    dd: [
      [0, 0],
      [0, 0],
    ],
    own: Math.abs(out),
  }),
  sub: (_x, _y, out) => ({
    d: [1, -1],
    dd: [
      [0, 0],
      [0, 0],
    ],
    own: Math.abs(out),
  }),
  mul: (x, y, out) => ({
    d: [y, x],
    dd: [
      [0, 1],
      [1, 0],
    ],
    own: Math.abs(out),
  }),
  div: (x, y, out) => ({
    d: [1 / y, -x / y / y],
    dd: [
      [0, -1 / y / y],
      [-1 / y / y, (2 * x) / y / y / y],
    ],
    own: ROUNDINGS * Math.abs(out),
  }),
  pow: (x, y, out) => {
    const log = x > 0 ? Math.log(x) : 0;
    const mixed = x === 0 ? 0 : (out / x) * (1 + y * log);
    return {
      d: [y === 0 ? 0 : y * x ** (y - 1), out * log],
      dd: [
        [y === 0 || y === 1 ? 0 : y * (y - 1) * x ** (y - 2), mixed],
        [mixed, out * log * log],
      ],
      // a power may be computed as e^(y·log x), whose exponent is rounded first
      own: (ROUNDINGS + 2 * Math.abs(y * Math.log(Math.abs(x) || 1))) * Math.abs(out),
    };
  },
  neg: () => ({ d: [-1], dd: [[0]], own: 0 }),
  exp: (_x, _y, out) => ({ d: [out], dd: [[out]], own: ROUNDINGS * Math.abs(out) }),
  log: (x, _y, out) => ({ d: [1 / x], dd: [[-1 / x / x]], own: ROUNDINGS * Math.abs(out) }),
  // tanh may be computed from exponentials near 1, and its derivative as 1 − tanh²
  tanh: (_x, _y, out) => ({
    d: [1 - out * out],
    dd: [[-2 * out * (1 - out * out)]],
    own: ROUNDINGS,
    ownOfD: 3 * ROUNDINGS,
  }),
  relu: (x) => ({ d: [x > 0 ? 1 : 0], dd: [[0]], own: 0 }),
};

/** How far off an engine may have the numbers that it is given, in ε: doubles travel unchanged, singles are rounded. */
const GIVEN = { double: 0, single: 1 } as const;

/** What an operation does with errors, at the true operands and at operands that are off: whichever is worse. */
interface Worst extends Sensitivity {
  /** The errors of the operands. */
  readonly errors: readonly number[];
  /** The local derivatives at the true operands, with their signs. */
  readonly slopes: readonly number[];
}

/*
 * Where a derivative happens to be 0, the first order says that no error passes, and that is too good to be true: if
 * x should be 0 and comes as 1e-8, x·x comes as 1e-16. So the derivatives are taken a second time, as far off as the
 * operands may be.
 */
function sensitivity(
  instruction: Exclude<MakingInstruction, { do: 'leaf' }>,
  values: ReadonlyMap<string, number>,
  bounds: ReadonlyMap<string, number>,
  precision: Precision,
): Worst {
  const rule = SENSITIVITY[instruction.do];
  const of: readonly (string | number)[] = instruction.of;
  const operands = of.map((operand) => (typeof operand === 'string' ? (values.get(operand) as number) : operand));
  const errors = of.map((operand, k) => {
    return typeof operand === 'string'
      ? (bounds.get(operand) ?? 0)
      : GIVEN[precision] * Math.abs(operands[k] as number);
  });
  const [x, y = 0] = operands as [number, number?];
  const out = values.get(instruction.to) as number;
  const here = rule(x, y, out);
  const [x2, y2 = 0] = operands.map((operand, k) => {
    return operand + (operand < 0 ? -1 : 1) * (errors[k] as number) * EPSILON[precision];
  }) as [number, number?];
  const moved = here.d.reduce((sum, d, k) => sum + Math.abs(d) * (errors[k] as number), 0) * EPSILON[precision];
  const off = rule(x2, y2, out + (out < 0 ? -moved : moved));
  const worse = (a: number, b: number) => Math.max(Math.abs(a), Number.isFinite(b) ? Math.abs(b) : 0);
  return {
    errors,
    slopes: here.d,
    d: here.d.map((d, k) => worse(d, off.d[k] as number)),
    dd: here.dd.map((row, k) => row.map((dd, l) => worse(dd, off.dd[k]?.[l] as number))),
    own: worse(here.own, off.own),
    ownOfD: here.ownOfD ?? 0,
  };
}

function forwardBounds(
  program: readonly MakingInstruction[],
  values: ReadonlyMap<string, number>,
  precision: Precision,
): Map<string, number> {
  const bounds = new Map<string, number>();
  for (const instruction of program) {
    if (instruction.do === 'leaf') {
      bounds.set(instruction.to, GIVEN[precision] * Math.abs(values.get(instruction.to) as number));
      continue;
    }
    const { errors, d, own } = sensitivity(instruction, values, bounds, precision);
    bounds.set(instruction.to, own + errors.reduce((sum, error, k) => sum + error * (d[k] as number), 0));
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

function backwardBounds(
  program: readonly MakingInstruction[],
  values: ReadonlyMap<string, number>,
  forward: ReadonlyMap<string, number>,
  output: string,
  precision: Precision,
): Map<string, Truth> {
  const nodes = new Map<string, Shares>(program.map(({ to }) => [to, { gradient: 0, size: 0, error: 0, shares: 0 }]));
  (nodes.get(output) as Shares).gradient = 1;
  for (const instruction of [...program].reverse()) {
    if (instruction.do === 'leaf') continue;
    const { errors, slopes, d, dd, own, ownOfD = 0 } = sensitivity(instruction, values, forward, precision);
    const { gradient, size, error, shares } = nodes.get(instruction.to) as Shares;
    const summed = error + shares * size;
    const relative = own / (Math.abs(values.get(instruction.to) as number) || 1);
    for (const [k, operand] of instruction.of.entries()) {
      const node = typeof operand === 'string' ? nodes.get(operand) : undefined;
      if (node === undefined) continue;
      const errorOfD = ownOfD + errors.reduce((sum, e, j) => sum + e * (dd[k]?.[j] as number), 0);
      const share = gradient * (slopes[k] as number);
      node.gradient += share;
      node.size += Math.abs(share);
      node.error += summed * ((d[k] as number) + errorOfD * EPSILON[precision]) + Math.abs(gradient) * errorOfD;
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
