/*
 * The table of operations: one entry holds all that the spec knows of an operation. Notation, claims, random
 * expressions, error bounds, diagnosis, and the names that a class is searched for all follow from it.
 *
 * The engine, `micrograd/value.ts`, has derivatives of its own: it must not be its own witness.
 */

/** A corner of an operation, where sound engines differ, or give up. */
export interface Corner {
  readonly name: string;
  /** Whether some operands are in it. */
  readonly isAt: (x: number, y: number) => boolean;
  /** Some operands in it, with which an engine shows whether it holds it. */
  readonly examples: readonly (readonly number[])[];
}

/** A number with many digits, in whatever arithmetic: with these an operation is computed exactly. */
export interface Digits<N> {
  plus(y: N | number): N;
  minus(y: N | number): N;
  times(y: N | number): N;
  dividedBy(y: N | number): N;
  toPower(y: N | number): N;
  negated(): N;
  abs(): N;
  exp(): N;
  ln(): N;
  tanh(): N;
  sin(): N;
  cos(): N;
  squareRoot(): N;
  isNegative(): boolean;
  lessThan(y: N | number): boolean;
}

/** What the spec knows of an operation on x, or on x and y. */
export interface Entry {
  readonly operands: 1 | 2;
  /** How the notes write it, between its operands or before its only one; null for a function of its own name. */
  readonly sign: string | null;
  /** How tightly that binds: a tighter operation needs no parentheses within a looser one. */
  readonly tightness: number;
  /** What it computes, and its local derivatives, as a reader would write them. */
  readonly text: { readonly result: string; readonly derivatives: readonly string[] };
  /** What it computes. */
  readonly value: (x: number, y: number) => number;
  /** The same with many digits. */
  readonly exactly: <N extends Digits<N>>(x: N, y: N) => N;
  /** The local derivatives, one for each operand, in units of result per unit of operand. */
  readonly slopes: (x: number, y: number, out: number) => readonly number[];
  /** How each local derivative changes with each operand: the second derivatives, shape [operands, operands]. */
  readonly bends: (x: number, y: number, out: number) => readonly (readonly number[])[];
  /**
   * How far each operand may move before the operation is no longer what its slopes say: the distance to the nearest
   * kink, pole or end of the domain, or how soon it bends; infinite where it never does, and below 0 outside the domain.
   *
   * @param isNumber - whether y is a plain number, and nobody asks how the result changes with it
   */
  readonly room: (x: number, y: number, isNumber: boolean) => readonly number[];
  /** How far off the result of a sound engine may be by the operation's own rounding, in units of ε. */
  readonly rounding: (x: number, y: number, out: number) => number;
  /** The same for its local derivatives, where that is not in proportion to them. */
  readonly roundingOfSlope: number;
  /** Where sound engines differ, or give up. */
  readonly corners: readonly Corner[];
  /** The names that engines give to its method. */
  readonly names: readonly string[];
  /** Other names for the same where the second operand is a node. */
  readonly namesForNodes?: readonly string[];
  /** What scenarios are tagged with that need it; null where every engine has it. */
  readonly tag: string | null;
  /** Whether the sum of a neuron may be bent by it. */
  readonly isActivation: boolean;
}

/** How many roundings a result may carry: a quotient may be computed as a·b⁻¹, a library's exp may be off by two. */
export const ROUNDINGS = 4;

const FUNCTION = { operands: 1, sign: null, tightness: 5 } as const;
const FUNCTION_OF_TWO = { operands: 2, sign: null, tightness: 5 } as const;
const ANYWHERE = Number.POSITIVE_INFINITY;
const FLAT = [[0]] as const;
const FLAT_BOTH = [
  [0, 0],
  [0, 0],
] as const;
const once = (_x: number, _y: number, out: number) => Math.abs(out);
const several = (_x: number, _y: number, out: number) => ROUNDINGS * Math.abs(out);
const exact = () => 0;
/** The roundings of a power that is computed as e^(y·log x), whose exponent is rounded first. */
const asPower = (x: number, y: number) => ROUNDINGS + 2 * Math.abs(y * Math.log(Math.abs(x) || 1));

/** An angle so large that its sine depends on digits that no double has says nothing, and would take very long. */
function near<N extends Digits<N>>(x: N): N {
  return x.abs().lessThan(1e15) ? x : x.times(Number.NaN);
}

/** A bend that is flat from some distance on, to either side. */
function farOut(name: string, from: number): Corner[] {
  const examples = [from + 5, 400, 999];
  return [
    { name: `${name} far to the right`, isAt: (x) => x > from, examples: examples.map((x) => [x]) },
    { name: `${name} far to the left`, isAt: (x) => x < -from, examples: examples.map((x) => [-x]) },
  ];
}

/** The library's own takes ever longer the further out x is; there, 1 − 2/(e²ˣ + 1) loses nothing. */
function hyperbolicTangent<N extends Digits<N>>(x: N): N {
  if (x.abs().lessThan(1)) return x.tanh();
  const size = x.abs().times(2).exp().plus(1).toPower(-1).times(-2).plus(1);
  return x.isNegative() ? size.negated() : size;
}

const TABLE = {
  add: {
    operands: 2,
    sign: '+',
    tightness: 1,
    text: { result: 'x + y', derivatives: ['1', '1'] },
    value: (x, y) => x + y,
    exactly: (x, y) => x.plus(y),
    slopes: () => [1, 1],
    bends: () => FLAT_BOTH,
    room: () => [ANYWHERE, ANYWHERE],
    rounding: once,
    roundingOfSlope: 0,
    corners: [],
    names: ['add', 'plus', 'Add', 'addition'],
    tag: null,
    isActivation: false,
  },
  sub: {
    operands: 2,
    sign: '-',
    tightness: 1,
    text: { result: 'x − y', derivatives: ['1', '−1'] },
    value: (x, y) => x - y,
    exactly: (x, y) => x.minus(y),
    slopes: () => [1, -1],
    bends: () => FLAT_BOTH,
    room: () => [ANYWHERE, ANYWHERE],
    rounding: once,
    roundingOfSlope: 0,
    corners: [],
    names: ['sub', 'subtract', 'minus', 'Sub', 'subtraction'],
    tag: null,
    isActivation: false,
  },
  mul: {
    operands: 2,
    sign: '*',
    tightness: 2,
    text: { result: 'x·y', derivatives: ['y', 'x'] },
    value: (x, y) => x * y,
    exactly: (x, y) => x.times(y),
    slopes: (x, y) => [y, x],
    bends: () => [
      [0, 1],
      [1, 0],
    ],
    room: () => [ANYWHERE, ANYWHERE],
    rounding: once,
    roundingOfSlope: 0,
    corners: [],
    names: ['mul', 'multiply', 'mult', 'times', 'Mul', 'multiplication'],
    tag: null,
    isActivation: false,
  },
  div: {
    operands: 2,
    sign: '/',
    tightness: 2,
    text: { result: 'x/y', derivatives: ['1/y', '−x/y²'] },
    value: (x, y) => x / y,
    exactly: (x, y) => x.dividedBy(y),
    slopes: (x, y) => [1 / y, -x / y / y],
    bends: (x, y) => [
      [0, -1 / y / y],
      [-1 / y / y, (2 * x) / y / y / y],
    ],
    room: (_x, y) => [ANYWHERE, Math.abs(y)],
    rounding: (_x, y, out) => asPower(y, 1) * Math.abs(out),
    roundingOfSlope: 0,
    corners: [],
    names: ['div', 'divide', 'truediv', 'Div', 'dividedBy', 'divideBy', 'division'],
    tag: null,
    isActivation: false,
  },
  pow: {
    operands: 2,
    sign: '**',
    tightness: 4,
    text: { result: 'xʸ', derivatives: ['y·xʸ⁻¹', 'xʸ·log x'] },
    value: (x, y) => x ** y,
    exactly: (x, y) => x.toPower(y),
    slopes: (x, y, out) => [y === 0 ? 0 : y * x ** (y - 1), x > 0 ? out * Math.log(x) : 0],
    bends: (x, y, out) => {
      const log = x > 0 ? Math.log(x) : 0;
      const mixed = x === 0 ? 0 : (out / x) * (1 + y * log);
      return [
        [y === 0 || y === 1 ? 0 : y * (y - 1) * x ** (y - 2), mixed],
        [mixed, out * log * log],
      ];
    },
    // with a whole number n, xⁿ is smooth everywhere, or away from 0 if n is negative; else x must be positive
    room: (x, y, isNumber) => {
      if (!isNumber || !Number.isInteger(y)) return [x, ANYWHERE];
      return [y >= 0 ? ANYWHERE : Math.abs(x), ANYWHERE];
    },
    rounding: (x, y, out) => asPower(x, y) * Math.abs(out),
    roundingOfSlope: 0,
    corners: [{ name: 'x ** 0 at 0', isAt: (x, y) => x === 0 && y === 0, examples: [[0, 0]] }],
    names: ['pow', 'power', 'Pow', 'toPower', 'powScalar'],
    namesForNodes: ['powValue', 'powNode', 'powerNode', 'powOf'],
    tag: null,
    isActivation: false,
  },
  neg: {
    operands: 1,
    sign: '-',
    tightness: 3,
    text: { result: '−x', derivatives: ['−1'] },
    value: (x) => -x,
    exactly: (x) => x.negated(),
    slopes: () => [-1],
    bends: () => FLAT,
    room: () => [ANYWHERE],
    rounding: exact,
    roundingOfSlope: 0,
    corners: [],
    names: ['neg', 'negate', 'negative', 'Neg', 'negated', 'unaryMinus'],
    tag: null,
    isActivation: false,
  },
  exp: {
    ...FUNCTION,
    text: { result: 'eˣ', derivatives: ['eˣ'] },
    value: (x) => Math.exp(x),
    exactly: (x) => x.exp(),
    slopes: (_x, _y, out) => [out],
    bends: (_x, _y, out) => [[out]],
    room: () => [1],
    rounding: several,
    roundingOfSlope: 0,
    corners: [],
    names: ['exp', 'Exp', 'exponential'],
    tag: '@exp',
    isActivation: false,
  },
  log: {
    ...FUNCTION,
    text: { result: 'log x', derivatives: ['1/x'] },
    value: (x) => Math.log(x),
    exactly: (x) => x.ln(),
    slopes: (x) => [1 / x],
    bends: (x) => [[-1 / x / x]],
    room: (x) => [x],
    rounding: several,
    roundingOfSlope: 0,
    corners: [],
    names: ['log', 'ln', 'Log', 'Ln'],
    tag: '@log',
    isActivation: false,
  },
  tanh: {
    ...FUNCTION,
    text: { result: 'tanh x', derivatives: ['1 − tanh² x'] },
    value: (x) => Math.tanh(x),
    exactly: hyperbolicTangent,
    slopes: (_x, _y, out) => [1 - out * out],
    bends: (_x, _y, out) => [[-2 * out * (1 - out * out)]],
    room: () => [1],
    // it may be computed from exponentials near 1, and its derivative as 1 − tanh²
    rounding: () => ROUNDINGS,
    roundingOfSlope: 3 * ROUNDINGS,
    corners: farOut('tanh', 20),
    names: ['tanh', 'Tanh', 'tanH'],
    tag: '@tanh',
    isActivation: true,
  },
  relu: {
    ...FUNCTION,
    text: { result: 'x, or 0 if x < 0', derivatives: ['1, or 0 if x < 0'] },
    value: (x) => Math.max(0, x),
    exactly: (x) => (x.isNegative() ? x.times(0) : x),
    slopes: (x) => [x > 0 ? 1 : 0],
    bends: () => FLAT,
    room: (x) => [Math.abs(x)],
    rounding: exact,
    roundingOfSlope: 0,
    corners: [],
    names: ['relu', 'reLU', 'ReLU', 'Relu'],
    tag: '@relu',
    isActivation: true,
  },
  sigmoid: {
    ...FUNCTION,
    text: { result: '1/(1 + e⁻ˣ)', derivatives: ['σ·(1 − σ), where σ is the result'] },
    value: (x) => 1 / (1 + Math.exp(-x)),
    exactly: (x) => x.negated().exp().plus(1).toPower(-1),
    slopes: (_x, _y, out) => [out * (1 - out)],
    bends: (_x, _y, out) => [[out * (1 - out) * (1 - 2 * out)]],
    room: () => [1],
    // it may be computed as (1 + tanh(x/2))/2, and its derivative from that
    rounding: () => ROUNDINGS,
    roundingOfSlope: 3 * ROUNDINGS,
    corners: farOut('sigmoid', 30),
    names: ['sigmoid', 'Sigmoid', 'logistic'],
    tag: '@sigmoid',
    isActivation: true,
  },
  sqrt: {
    ...FUNCTION,
    text: { result: '√x', derivatives: ['1/(2·√x)'] },
    value: (x) => Math.sqrt(x),
    exactly: (x) => x.squareRoot(),
    slopes: (_x, _y, out) => [0.5 / out],
    bends: (x, _y, out) => [[-0.25 / (x * out)]],
    room: (x) => [x],
    rounding: (x, _y, out) => asPower(x, 0.5) * Math.abs(out),
    roundingOfSlope: 0,
    corners: [],
    names: ['sqrt', 'Sqrt', 'squareRoot'],
    tag: '@sqrt',
    isActivation: false,
  },
  abs: {
    ...FUNCTION,
    text: { result: '|x|', derivatives: ['1, or −1 if x < 0'] },
    value: (x) => Math.abs(x),
    exactly: (x) => x.abs(),
    slopes: (x) => [Math.sign(x)],
    bends: () => FLAT,
    room: (x) => [Math.abs(x)],
    rounding: exact,
    roundingOfSlope: 0,
    corners: [],
    names: ['abs', 'Abs', 'absolute'],
    tag: '@abs',
    isActivation: false,
  },
  sin: {
    ...FUNCTION,
    text: { result: 'sin x', derivatives: ['cos x'] },
    value: (x) => Math.sin(x),
    exactly: (x) => near(x).sin(),
    slopes: (x) => [Math.cos(x)],
    bends: (x) => [[-Math.sin(x)]],
    room: () => [1],
    rounding: several,
    roundingOfSlope: ROUNDINGS,
    corners: [],
    names: ['sin', 'Sin'],
    tag: '@sin',
    isActivation: false,
  },
  cos: {
    ...FUNCTION,
    text: { result: 'cos x', derivatives: ['−sin x'] },
    value: (x) => Math.cos(x),
    exactly: (x) => near(x).cos(),
    slopes: (x) => [-Math.sin(x)],
    bends: (x) => [[-Math.cos(x)]],
    room: () => [1],
    rounding: several,
    roundingOfSlope: ROUNDINGS,
    corners: [],
    names: ['cos', 'Cos'],
    tag: '@cos',
    isActivation: false,
  },
  max: {
    ...FUNCTION_OF_TWO,
    text: { result: 'the larger of x and y', derivatives: ['1, or 0 if x < y', '1, or 0 if y < x'] },
    value: (x, y) => Math.max(x, y),
    exactly: (x, y) => (x.lessThan(y) ? y : x),
    slopes: (x, y) => [x > y ? 1 : 0, x > y ? 0 : 1],
    bends: () => FLAT_BOTH,
    room: (x, y) => [Math.abs(x - y), Math.abs(x - y)],
    rounding: exact,
    roundingOfSlope: 0,
    corners: [],
    names: ['max', 'maximum', 'Max', 'Maximum'],
    tag: '@max',
    isActivation: false,
  },
  min: {
    ...FUNCTION_OF_TWO,
    text: { result: 'the smaller of x and y', derivatives: ['1, or 0 if x > y', '1, or 0 if y > x'] },
    value: (x, y) => Math.min(x, y),
    exactly: (x, y) => (x.lessThan(y) ? x : y),
    slopes: (x, y) => [x < y ? 1 : 0, x < y ? 0 : 1],
    bends: () => FLAT_BOTH,
    room: (x, y) => [Math.abs(x - y), Math.abs(x - y)],
    rounding: exact,
    roundingOfSlope: 0,
    corners: [],
    names: ['min', 'minimum', 'Min', 'Minimum'],
    tag: '@min',
    isActivation: false,
  },
} as const satisfies Readonly<Record<string, Entry>>;

/** An operation, by name. */
export type Operation = keyof typeof TABLE;

/** The operations that bend the sum of a neuron, by name. */
export type Activation = { [O in Operation]: (typeof TABLE)[O]['isActivation'] extends true ? O : never }[Operation];

/** All that the spec knows of each operation. */
export const OPERATIONS: Readonly<Record<Operation, Entry>> = TABLE;

/** The names of all operations. */
export const NAMES = Object.keys(TABLE) as readonly Operation[];

/**
 * Whether a word names an operation.
 *
 * @param word - any text
 */
export function isOperation(word: string): word is Operation {
  return Object.hasOwn(TABLE, word);
}

/**
 * Applies an operation to plain numbers.
 *
 * @param operation - which
 * @param x - the first operand
 * @param y - the second operand, if there are two
 */
export function apply(operation: Operation, x: number, y = 0): number {
  return OPERATIONS[operation].value(x, y);
}
