/** A number that was measured several times: the middle one, and the quartiles on either side of it. */
export interface Spread {
  readonly median: number;
  /** A quarter of the numbers are below. */
  readonly low: number;
  /** A quarter of the numbers are above. */
  readonly high: number;
}

/**
 * The middle one of some numbers.
 *
 * @param numbers - at least one
 */
export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

/**
 * The middle one of some numbers, and their quartiles.
 *
 * @param numbers - at least one
 */
export function spreadOf(numbers: readonly number[]): Spread {
  return { median: median(numbers), low: quantile(numbers, 0.25), high: quantile(numbers, 0.75) };
}

/** The number below which a share of the others lies; between two of them, in proportion. */
function quantile(numbers: readonly number[], share: number): number {
  if (numbers.length === 0) throw new RangeError('no numbers: there is no middle one');
  const sorted = [...numbers].sort((x, y) => x - y);
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] as number;
  const above = sorted[Math.ceil(at)] as number;
  return below + (at - Math.floor(at)) * (above - below);
}
