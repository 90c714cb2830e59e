import { apply, NAMES, OPERATIONS, type Operation } from '../protocol/operations';

/*
 * Mistakes that explain what an engine does with one operation. Each is a formula that stands where the right one should;
 * it explains the engine if it gives what came at every place that was tried, right or wrong. Where two formulas do, none
 * is named.
 */

/** Where an operation was tried, what is right there, and what came. */
export interface Sample {
  readonly x: number;
  readonly y: number;
  readonly out: number;
  readonly right: number;
  /** The right local derivative of the other operand, if there is one. */
  readonly other: number;
  readonly came: number;
}

/** A formula in the place of the right one, in words. */
interface Mistake {
  readonly says: string;
  readonly gives: (sample: Sample, operation: Operation) => number;
}

const IN_DERIVATIVES: readonly Mistake[] = [
  { says: 'nothing flows back: its share is 0', gives: () => 0 },
  { says: 'the sign is turned round', gives: ({ right }) => -right },
  { says: 'it looks like the one of the other operand', gives: ({ other }) => other },
  { says: 'it looks like 1', gives: () => 1 },
  { says: 'it looks like -1', gives: () => -1 },
  { says: 'it looks like the result itself', gives: ({ out }) => out },
  { says: 'it looks like x', gives: ({ x }) => x },
  { says: 'it looks like y', gives: ({ y }) => y },
  { says: 'it looks like 1/x', gives: ({ x }) => 1 / x },
  { says: 'it looks like 1/y', gives: ({ y }) => 1 / y },
  { says: 'it looks like 1 - the result', gives: ({ out }) => 1 - out },
  { says: 'it looks like 1 - x²', gives: ({ x }) => 1 - x * x },
  { says: 'it looks like 1 - the square of the result', gives: ({ out }) => 1 - out * out },
  { says: 'it looks like x·(1 - x)', gives: ({ x }) => x * (1 - x) },
  { says: 'it looks like the result times 1 - the result', gives: ({ out }) => out * (1 - out) },
  { says: 'it is twice as large as it should be', gives: ({ right }) => 2 * right },
  { says: 'it is half as large as it should be', gives: ({ right }) => right / 2 },
  { says: 'it is squared', gives: ({ right }) => right * right },
  { says: 'its magnitude is right, and its sign is lost', gives: ({ right }) => Math.abs(right) },
  { says: 'it lacks the square in -x/y²', gives: ({ x, y }) => -x / y },
  { says: 'it looks like -1/y²', gives: ({ y }) => -1 / y / y },
  { says: 'it looks like x/y', gives: ({ x, y }) => x / y },
  { says: 'it looks like y·xʸ, without the - 1 in the exponent', gives: ({ y, out }) => y * out },
  { says: 'it looks like xʸ⁻¹, without the factor y', gives: ({ x, y }) => x ** (y - 1) },
  { says: 'it looks like x·xʸ⁻¹, with x as the factor', gives: ({ x, y }) => x * x ** (y - 1) },
  { says: 'it looks like y·xʸ - 1: parentheses are missing around y - 1', gives: ({ y, out }) => y * out - 1 },
  { says: 'it looks like half the result', gives: ({ out }) => out / 2 },
  { says: 'it looks like 2·x, whatever the exponent', gives: ({ x }) => 2 * x },
  { says: 'it looks like xʸ·log y, with the logarithm of the exponent', gives: ({ y, out }) => out * Math.log(y) },
  { says: 'it has a logarithm to the base 10', gives: ({ right }) => right / Math.LN10 },
  { says: 'it looks like log x, without the factor xʸ', gives: ({ x }) => Math.log(x) },
  { says: 'it looks like the cosine of the result', gives: ({ out }) => Math.cos(out) },
  { says: 'it looks like x·e^(x - 1), the rule for powers', gives: ({ x }) => x * Math.exp(x - 1) },
  { says: 'it looks like 1/the result', gives: ({ out }) => 1 / out },
  { says: 'it looks like 1/(2·x)', gives: ({ x }) => 0.5 / x },
  { says: 'it is skipped where x is 0', gives: ({ x, right }) => (x === 0 ? 0 : right) },
  { says: 'it is 0 where x is below 0', gives: ({ x, right }) => (x < 0 ? 0 : right) },
  { says: 'its sign is turned round where x is below 0', gives: ({ x, right }) => (x < 0 ? -right : right) },
  { says: 'it is multiplied by the one of the other operand as well', gives: ({ right, other }) => right * other },
  ...[0.01, 0.1, 0.2].map((slope) => ({
    says: `below 0 it is ${slope}, as in a leaky relu`,
    gives: ({ x, right }: Sample) => (x < 0 ? slope : right),
  })),
];

const IN_NUMBERS: readonly Mistake[] = [
  { says: 'the operands are swapped', gives: ({ x, y }, operation) => apply(operation, y, x) },
  { says: 'the sign is turned round', gives: ({ right }) => -right },
  { says: 'the fraction is cut off', gives: ({ right }) => Math.trunc(right) },
  { says: 'it is rounded down', gives: ({ right }) => Math.floor(right) },
  { says: 'it is rounded to a whole number', gives: ({ right }) => Math.round(right) },
  { says: 'it is the first operand, unchanged', gives: ({ x }) => x },
  { says: 'it is the second operand, unchanged', gives: ({ y }) => y },
  { says: 'its sign is lost', gives: ({ right }) => Math.abs(right) },
  { says: 'it is twice as large as it should be', gives: ({ right }) => 2 * right },
  { says: 'it is half as large as it should be', gives: ({ right }) => right / 2 },
  { says: 'it is a logarithm to the base 10', gives: ({ x }) => Math.log10(x) },
  { says: 'it is a logarithm to the base 2', gives: ({ x }) => Math.log2(x) },
  { says: 'it is log(1 + x)', gives: ({ x }) => Math.log1p(x) },
  { says: 'it is eˣ - 1', gives: ({ x }) => Math.expm1(x) },
  { says: 'it is 2ˣ', gives: ({ x }) => 2 ** x },
  { says: 'it is 10ˣ', gives: ({ x }) => 10 ** x },
  { says: 'it takes degrees for radians', gives: ({ x, y }, operation) => apply(operation, (x * Math.PI) / 180, y) },
  { says: 'it is computed at x/2', gives: ({ x, y }, operation) => apply(operation, x / 2, y) },
  { says: 'it is computed at 2·x', gives: ({ x, y }, operation) => apply(operation, 2 * x, y) },
  { says: 'it is computed at -x', gives: ({ x, y }, operation) => apply(operation, -x, y) },
  { says: 'it is e^(y·log x), which is "not a number" below 0', gives: ({ x, y }) => Math.exp(y * Math.log(x)) },
  { says: 'it is computed from the magnitude of x', gives: ({ x, y }, operation) => apply(operation, Math.abs(x), y) },
  { says: 'it is computed from the magnitude of y', gives: ({ x, y }, operation) => apply(operation, x, Math.abs(y)) },
  { says: 'the fraction of y is cut off', gives: ({ x, y }, operation) => apply(operation, x, Math.trunc(y)) },
  { says: 'y is rounded to a whole number', gives: ({ x, y }, operation) => apply(operation, x, Math.round(y)) },
  { says: 'y is rounded down', gives: ({ x, y }, operation) => apply(operation, x, Math.floor(y)) },
  { says: 'a y below 0 is taken for 0', gives: ({ x, y }, operation) => apply(operation, x, Math.max(0, y)) },
  { says: 'a y of 0 is taken for 1', gives: ({ x, y }, operation) => apply(operation, x, y === 0 ? 1 : y) },
  ...[1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3].flatMap((small) => [
    {
      says: `${small} is added to x first`,
      gives: ({ x, y }: Sample, operation: Operation) => apply(operation, x + small, y),
    },
    {
      says: `${small} is added to y first`,
      gives: ({ x, y }: Sample, operation: Operation) => apply(operation, x, y + small),
    },
  ]),
  { says: 'it is x·y, a product', gives: ({ x, y }) => x * y },
  ...[1, 6].map((most) => ({
    says: `it never exceeds ${most}`,
    gives: ({ right }: Sample) => Math.min(most, right),
  })),
  ...[0.01, 0.1].map((slope) => ({
    says: `below 0 it goes on with a slope of ${slope}`,
    gives: ({ x, right }: Sample) => (x < 0 ? slope * x : right),
  })),
];

/** Numbers that are cut off at a limit: the largest, or the smallest, that came. */
function limits(samples: readonly Sample[]): Mistake[] {
  const came = samples.map((sample) => sample.came).filter(Number.isFinite);
  const [most, least] = [Math.max(...came), Math.min(...came)];
  const size = Math.max(...came.map(Math.abs));
  const cut = (says: string, gives: (right: number) => number): Mistake => ({
    says,
    gives: ({ right }) => gives(right),
  });
  return [
    cut(`it is cut off at ${most}`, (right) => Math.min(most, right)),
    cut(`it is cut off at ${least}`, (right) => Math.max(least, right)),
    cut(`it is cut off at ${size} and at -${size}`, (right) => Math.max(-size, Math.min(size, right))),
  ];
}

/** Another operation's result, in the place of this one's. */
function others(operation: Operation): Mistake[] {
  const { operands } = OPERATIONS[operation];
  return NAMES.filter((name) => name !== operation && OPERATIONS[name].operands === operands).map((name) => ({
    says: `it is what ${name} gives`,
    gives: ({ x, y }) => apply(name, x, y),
  }));
}

/**
 * The mistake that explains what came.
 *
 * @param what - the number of an operation, or one of its local derivatives
 * @param operation - the operation
 * @param samples - every place that was tried
 * @param isNear - whether two numbers are the same but for rounding
 * @returns the mistake in words; undefined if none explains every place, or if more than one does
 */
export function explain(
  what: 'number' | 'derivative',
  operation: Operation,
  samples: readonly Sample[],
  isNear: (x: number, y: number) => boolean,
): string | undefined {
  const wrong = samples.filter(({ right, came }) => !isNear(right, came));
  if (wrong.length < 2) return undefined;
  const all = what === 'number' ? [...IN_NUMBERS, ...others(operation)] : IN_DERIVATIVES;
  // of an operation of x alone, a formula with y says nothing
  const known = OPERATIONS[operation].operands === 1 ? all.filter(({ says }) => !/\by\b|ʸ/.test(says)) : all;
  const found = [...known, ...limits(samples)].filter(({ gives }) =>
    samples.every((sample) => isNear(gives(sample, operation), sample.came)),
  );
  // two formulas that give the same everywhere are one mistake in two wordings; the first says it best
  const [first, ...more] = found;
  if (first === undefined) return undefined;
  const same = (one: Mistake) =>
    PROBES.every(([x, y]) => {
      const sample = probe(operation, x, y, what, samples);
      return isNear(one.gives(sample, operation), first.gives(sample, operation));
    });
  return more.every(same) ? first.says : undefined;
}

const PROBES = [
  [0.7, 1.9],
  [2.3, 0.6],
  [1.1, 3.2],
] as const;

function probe(operation: Operation, x: number, y: number, what: string, [first]: readonly Sample[]): Sample {
  const out = apply(operation, x, y);
  const [dx = 0, dy = 0] = OPERATIONS[operation].slopes(x, y, out);
  const isSecond =
    first !== undefined &&
    what === 'derivative' &&
    OPERATIONS[operation].operands === 2 &&
    isOfSecond(first, operation);
  const [right, other] = what === 'number' ? [out, out] : isSecond ? [dy, dx] : [dx, dy];
  return { x, y, out, right, other, came: 0 };
}

function isOfSecond({ x, y, out, right }: Sample, operation: Operation): boolean {
  const [dx, dy] = OPERATIONS[operation].slopes(x, y, out);
  return dx !== right && dy === right;
}
