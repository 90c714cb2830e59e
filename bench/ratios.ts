import type { Spread } from './measuring/statistics';
import type { Part } from './options';

/*
 * What is kept of a measurement, to be compared with a later one. Times differ from machine to machine, and from minute to
 * minute; how many times one thing is another differs much less.
 */

/** How many times one thing is another. */
export interface Ratio {
  /** The part of the measurement that it belongs to. */
  readonly part: Part;
  /** What over what. */
  readonly name: string;
  readonly spread: Spread;
  /** Which is good news for the project. */
  readonly good: 'small' | 'large';
  /** What it cannot be measured without: the packages of others, Python, PyTorch, or a C++ compiler. */
  readonly needs?: 'packages' | 'python' | 'pytorch' | 'c++';
  /** Whether it is left out of a short measurement. */
  readonly isLong?: true;
}

/** A ratio as it is kept. */
export interface Kept {
  readonly part: Part;
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly good: Ratio['good'];
  readonly needs?: Ratio['needs'];
  readonly isLong?: true;
}

/** What a comparison gives. */
export interface Compared {
  /** A sentence for each ratio that fails. */
  readonly failures: readonly string[];
  /** The names of the ratios that were compared, and fail. */
  readonly failed: readonly string[];
  /** What was not compared, and why: the names, by the reason. */
  readonly left: ReadonlyMap<string, readonly string[]>;
  /** How many ratios were compared. */
  readonly count: number;
}

/** A ratio that is so many times worse fails. */
export const FACTOR = 2;

/**
 * Compares ratios with those that were kept.
 *
 * @param now - what was measured now
 * @param before - what was kept, by name
 * @param without - what there was not, so that ratios which need it could not be measured
 */
export function compare(
  now: readonly Ratio[],
  before: Readonly<Record<string, Kept>>,
  without: ReadonlySet<Ratio['needs']>,
): Compared {
  const failures: string[] = [];
  const failed: string[] = [];
  const left = new Map<string, string[]>();
  const leave = (name: string, why: string) => void left.set(why, [...(left.get(why) ?? []), name]);
  let count = 0;
  for (const [name, kept] of Object.entries(before)) {
    const found = now.find((each) => each.name === name);
    if (found === undefined) {
      if (kept.isLong) leave(name, 'which takes too long');
      else if (without.has(kept.needs)) leave(name, `for want of ${WANT[kept.needs ?? 'packages']}`);
      else failures.push(`was not measured, though it was before: ${name}`);
      continue;
    }
    count += 1;
    const { median } = found.spread;
    const worse = kept.good === 'small' ? median / kept.ratio : kept.ratio / median;
    if (worse <= FACTOR) continue;
    failed.push(name);
    failures.push(
      `${name}: ${shown(median)}, and it was ${shown(kept.ratio)}; that is ${shown(worse)} times worse, and more than ${FACTOR} times fails`,
    );
  }
  for (const { name } of now) if (!Object.hasOwn(before, name)) leave(name, 'which was not measured before');
  return { failures, failed, left, count };
}

/**
 * Of two measurements of the same, the better one for each ratio.
 *
 * @param first - all ratios
 * @param second - some of them, measured once more
 */
export function better(first: readonly Ratio[], second: readonly Ratio[]): Ratio[] {
  return first.map((one) => {
    const other = second.find(({ name }) => name === one.name);
    if (other === undefined) return one;
    const isSmaller = other.spread.median < one.spread.median;
    return isSmaller === (one.good === 'small') ? other : one;
  });
}

const WANT = {
  packages: 'the engines of others',
  python: 'Python',
  pytorch: 'PyTorch',
  'c++': 'a C++ compiler',
} as const;

/**
 * Ratios as they are kept.
 *
 * @param ratios - the ratios
 */
export function keep(ratios: readonly Ratio[]): Record<string, Kept> {
  return Object.fromEntries(
    ratios.map(({ part, name, spread, good, needs, isLong }) => {
      const { median, low, high } = spread;
      const numbers = { ratio: rounded(median), low: rounded(low), high: rounded(high) };
      return [name, { part, ...numbers, good, ...(needs && { needs }), ...(isLong && { isLong }) }];
    }),
  );
}

function rounded(x: number): number {
  return Number(x.toPrecision(3));
}

/**
 * A number with as many digits as are worth reading.
 *
 * @param x - the number
 */
export function shown(x: number): string {
  const digits = Math.abs(x) < 100 ? 2 : 3;
  return x.toLocaleString('en', { minimumSignificantDigits: digits, maximumSignificantDigits: digits });
}
