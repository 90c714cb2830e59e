import { Decimal } from 'decimal.js';
import { compute } from './arithmetic';
import type { MakingInstruction, Operation } from './program';

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
 * @param given - how far off an engine may have the numbers that it is given, in ε: 0 for doubles, which travel
 *   unchanged, and 1 for an engine that rounds them to single precision first
 */
export function truths(program: readonly MakingInstruction[], output: string, given: 0 | 1 = 0): Truths {
  const exact = evaluate(program);
  const values = new Map([...exact].map(([name, value]) => [name, value.toNumber()]));
  const forward = forwardBounds(program, values, given);
  const backward = backwardBounds(program, values, forward, output, given);
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
 * @param given - see {@link truths}
 */
export function dataTruths(program: readonly MakingInstruction[], given: 0 | 1 = 0): Map<string, Truth> {
  const values = new Map([...evaluate(program)].map(([name, value]) => [name, value.toNumber()]));
  return together(values, forwardBounds(program, values, given));
}

/**
 * The same in doubles: good enough to say how far off an engine may be, and much cheaper. It is no truth: use it where
 * the answers of an engine are compared with each other.
 *
 * @param program - makes the nodes; each name is bound once
 * @param output - the name of the node whose gradients are wanted
 * @param given - see {@link truths}
 */
export function estimates(program: readonly MakingInstruction[], output: string, given: 0 | 1 = 0): Truths {
  const values = new Map<string, number>();
  for (const instruction of program) {
    if (instruction.do === 'leaf') values.set(instruction.to, instruction.data);
    else {
      const operands = instruction.of.map((operand) => (typeof operand === 'string' ? values.get(operand) : operand));
      const given = operands.map((value) => ({ value: value as number, largest: 0 }));
      values.set(instruction.to, compute(instruction.do, given).value);
    }
  }
  const forward = forwardBounds(program, values, given);
  return { data: together(values, forward), gradients: backwardBounds(program, values, forward, output, given) };
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

function sensitivity(instruction: MakingInstruction, values: ReadonlyMap<string, number>): Sensitivity | undefined {
  if (instruction.do === 'leaf') return undefined;
  const [x, y] = instruction.of.map((operand) =>
    typeof operand === 'string' ? (values.get(operand) as number) : operand,
  );
  return SENSITIVITY[instruction.do](x as number, y ?? 0, values.get(instruction.to) as number);
}

/** The errors of an instruction's operands. */
function operandErrors(of: readonly (string | number)[], bounds: ReadonlyMap<string, number>, given: number): number[] {
  return of.map((operand) => (typeof operand === 'string' ? (bounds.get(operand) ?? 0) : given * Math.abs(operand)));
}

function forwardBounds(
  program: readonly MakingInstruction[],
  values: ReadonlyMap<string, number>,
  given: number,
): Map<string, number> {
  const bounds = new Map<string, number>();
  for (const instruction of program) {
    const how = sensitivity(instruction, values);
    if (how === undefined || instruction.do === 'leaf') {
      bounds.set(instruction.to, given * Math.abs(values.get(instruction.to) as number));
      continue;
    }
    const errors = operandErrors(instruction.of, bounds, given);
    const carried = errors.reduce((sum, error, k) => sum + error * Math.abs(how.d[k] as number), 0);
    bounds.set(instruction.to, carried + how.own);
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
  given: number,
): Map<string, Truth> {
  const nodes = new Map<string, Shares>(program.map(({ to }) => [to, { gradient: 0, size: 0, error: 0, shares: 0 }]));
  (nodes.get(output) as Shares).gradient = 1;
  for (const instruction of [...program].reverse()) {
    const how = sensitivity(instruction, values);
    if (how === undefined || instruction.do === 'leaf') continue;
    const { gradient, size, error, shares } = nodes.get(instruction.to) as Shares;
    const summed = error + shares * size;
    const errors = operandErrors(instruction.of, forward, given);
    const relative = how.own / (Math.abs(values.get(instruction.to) as number) || 1);
    for (const [k, operand] of instruction.of.entries()) {
      const node = typeof operand === 'string' ? nodes.get(operand) : undefined;
      if (node === undefined) continue;
      const d = how.d[k] as number;
      const errorOfD = errors.reduce((sum, e, j) => sum + e * Math.abs((how.dd[k] as number[])[j] as number), 0);
      const share = gradient * d;
      node.gradient += share;
      node.size += Math.abs(share);
      node.error += summed * Math.abs(d) + Math.abs(gradient) * (errorOfD + (how.ownOfD ?? 0));
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
