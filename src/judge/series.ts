/*
 * The exponential, the logarithm and the cosine of numbers with a fixed point: whole numbers of units of 2⁻³²⁰. What they
 * give is off by less than 2⁻²⁹⁰, or by that share of itself if it is larger than 1. Whoever keeps 256 bits behind the
 * point has 77 places of it.
 */

/** How many bits stand behind the point. */
export const BITS = 320n;
const ONE = 1n << BITS;

/** Two numbers multiplied: the product of their units has twice as many bits behind the point. */
const times = (x: bigint, y: bigint): bigint => (x * y) >> BITS;

/** More bits, for what is multiplied by a large number of steps. */
const MORE = BITS + 128n;

/** A factor times 1/n + 1/3n³ + 1/5n⁵ + …; `sign` is −1 if every second term is subtracted. */
function series(factor: bigint, n: bigint, sign: 1n | -1n): bigint {
  let power = (factor << MORE) / n;
  let sum = 0n;
  for (let k = 1n; power !== 0n; k += 2n) {
    sum += power / k;
    power /= sign * n * n;
  }
  return sum;
}

const LOG_2 = series(18n, 26n, 1n) - series(2n, 4801n, 1n) + series(8n, 8749n, 1n);
const TURN = 2n * (series(16n, 5n, -1n) - series(4n, 239n, -1n)); // 2π

/** 1/n! for each n, as far as they count. */
const FACTORS: readonly bigint[] = (() => {
  const all: bigint[] = [];
  for (let k = 1n, factor = ONE; factor !== 0n; factor /= k++) all.push(factor);
  return all;
})();

/** A number as the nearest double. */
const double = (x: bigint): number => Number(x) * 2 ** -Number(BITS);

/** About how many steps a number is, up to some 2⁵⁰ of them, and what is left: hardly more than half a step. */
function apart(x: bigint, step: bigint): readonly [steps: bigint, rest: bigint] {
  const steps = BigInt(Math.round(Number(x << (MORE - BITS)) / Number(step)));
  return [steps, x - ((steps * step) >> (MORE - BITS))];
}

/** An argument is halved so often before its series is summed up, and so many terms count then. */
const EXP = { halved: 9, terms: 23 } as const;
const COS = { halved: 8, terms: 15 } as const;

/**
 * e to the power of x.
 *
 * @param x - in units of 2⁻³²⁰
 * @returns in the same unit
 */
export function exp(x: bigint): bigint {
  const [doublings, rest] = apart(x, LOG_2);
  const small = rest >> BigInt(EXP.halved);
  let sum = 0n;
  for (let k = EXP.terms; k >= 0; k--) sum = (FACTORS[k] as bigint) + times(sum, small);
  for (let i = 0; i < EXP.halved; i++) sum = times(sum, sum);
  return doublings < 0n ? sum >> -doublings : sum << doublings;
}

/**
 * The natural logarithm. A double begins: how far its exponential is off says how far it is off itself.
 *
 * @param x - in units of 2⁻³²⁰, above 0, and with a double nearby
 * @returns in the same unit
 */
export function log(x: bigint): bigint {
  const doublings = BigInt(Math.round(Math.log2(double(x))));
  const about1 = doublings < 0n ? x << -doublings : x >> doublings;
  const near = BigInt(Math.round(Math.log(double(about1)) * 2 ** 60)) << (BITS - 60n);
  const off = times(about1, exp(-near)) - ONE; // less than 2⁻⁴⁵, so that seven terms of its series are enough
  let power = off;
  let sum = near + ((doublings * LOG_2) >> (MORE - BITS));
  for (let k = 1n; k <= 7n; k++) {
    sum += power / k;
    power = -times(power, off);
  }
  return sum;
}

/**
 * The cosine. In what follows v is 1 − cos: it can be doubled without a loss.
 *
 * @param x - in units of 2⁻³²⁰
 * @returns in the same unit
 */
export function cos(x: bigint): bigint {
  const [, rest] = apart(x, TURN);
  const small = rest >> BigInt(COS.halved);
  const square = times(small, small);
  let v = 0n;
  for (let k = COS.terms; k > 0; k--) v = times(square, (FACTORS[2 * k] as bigint) - v);
  for (let i = 0; i < COS.halved; i++) v = (v << 2n) - 2n * times(v, v);
  return ONE - v;
}

/**
 * The sine.
 *
 * @param x - in units of 2⁻³²⁰
 * @returns in the same unit
 */
export function sin(x: bigint): bigint {
  return cos(x - (TURN >> (MORE - BITS + 2n)));
}
