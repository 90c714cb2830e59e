import { list, Mismatch, SpecError } from '../errors';
import type { Quantity } from '../notebook/notebook';
import { type Computed, is, isAbout, isBareZero, type Numeral, tolerance } from '../notebook/numbers';
import type { Description } from '../protocol/program';
import { notOffered } from '../protocol/promises';

/** The two ways to compare a number with one that is written down. */
export type Comparison = 'is' | 'is about';

const HOLDS = { is, 'is about': isAbout } as const;

/**
 * Compares a number with one that is written down.
 *
 * @param quantity - the number that was computed
 * @param comparison - `is`: equal but for rounding; `is about`: equal to the digits shown
 * @param expected - the number as written
 * @param epsilon - of the engine's precision
 * @returns what is wrong, or undefined if nothing is
 */
export function mismatch(
  { text, number, origin }: Quantity,
  comparison: Comparison,
  expected: Numeral,
  epsilon: number,
): string | undefined {
  if (number === null || HOLDS[comparison](number, expected, epsilon)) return undefined;
  return [
    `${text} ${comparison === 'is' ? 'is not' : 'is not about'} ${expected.text}`,
    `    expected  ${expected.text}`,
    `    came      ${String(number.value)}${distance(number, expected, comparison, epsilon)}`,
    `    where     ${origin}`,
  ].join('\n');
}

/**
 * Checks that the digits of a number say something of what *is about* it. In `1e3` the last digit stands for 1000, so
 * that anything from 500 to 1500 would do.
 *
 * @param text - what is compared
 * @param expected - the number as written
 * @throws SpecError if they do not
 */
export function requireDigits(text: string, expected: Numeral): void {
  const { value, lastPlace } = expected;
  if (lastPlace <= 1 || lastPlace < Math.abs(value)) return;
  const [from, to] = [value - lastPlace / 2, value + lastPlace / 2];
  throw new SpecError(
    `${text} is about ${expected.text}: these digits would let anything from ${from} to ${to} pass; write more of them`,
  );
}

/**
 * Checks that a number can be a bound: every number is less than ∞, and none is less than NaN.
 *
 * @param text - what is compared
 * @param bound - the number as written
 * @throws SpecError if it cannot
 */
export function requireBound(text: string, bound: Numeral): void {
  if (Number.isFinite(bound.value)) return;
  throw new SpecError(`${bound.text} is no bound for ${text}: the comparison would always hold, or never; write "is"`);
}

/**
 * Fails if an engine has no number where it is asked for one.
 *
 * @param quantities - what was asked
 * @param description - what the engine says of itself
 * @throws NotClaimed if a gradient is missing: engines need not keep those of nodes that are not leaves
 * @throws SpecError if the engine says that it keeps them
 */
export function requireNumbers(quantities: readonly Quantity[], { engine, interiorGradients }: Description): void {
  const missing = quantities.find(({ number }) => number === null);
  if (missing === undefined) return;
  if (interiorGradients === 'kept') {
    throw new SpecError(`${missing.text}: the engine says that it keeps the gradients of all nodes, and has none here`);
  }
  throw notOffered('interior-gradients', engine);
}

function distance(number: Computed, expected: Numeral, comparison: Comparison, epsilon: number): string {
  const off = Math.abs(number.value - expected.value);
  if (!Number.isFinite(off)) return '';
  const isRounded = comparison === 'is' || isBareZero(expected);
  const allowed = isRounded ? tolerance(number, expected.value, epsilon) : expected.lastPlace / 2;
  const why = isRounded ? 'rounding explains' : 'the digits shown allow';
  const isLost = isRounded && epsilon * number.error() > allowed;
  const lost = isLost ? '; rounding may have taken nearly all of its digits, so it says nothing' : '';
  return `   (off by ${off.toPrecision(2)}; ${why} ${allowed.toPrecision(2)}${lost})`;
}

/**
 * Fails with all that is wrong, if anything is.
 *
 * @param problems - what was found; undefined where nothing was
 * @throws Mismatch that lists them
 */
export function report(problems: readonly (string | undefined)[]): void {
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length > 0) throw new Mismatch(found.join('\n'));
}

/**
 * Checks that a table has the columns that a sentence needs, and something below them.
 *
 * @param table - its rows, the header first
 * @param required - the title that must be there
 * @param optional - titles of which at least one must be there
 * @throws SpecError that names what is missing, or not known, or there twice: a title, or what stands below the
 *   required one
 */
export function checkColumns(table: readonly string[][], required: string, optional: readonly string[]): void {
  const [header = [], ...rows] = table;
  const known = [required, ...optional];
  const wrong = header.filter((title, i) => !known.includes(title) || header.indexOf(title) !== i);
  if (wrong.length > 0 || !header.includes(required) || header.length < 2) {
    const needed = `${required}, and ${optional.join(' or ')} or both`;
    throw new SpecError(`this table needs the columns ${needed}, and has ${list(header.map((title) => `"${title}"`))}`);
  }
  if (rows.length === 0) throw new SpecError('this table has no rows below its header: nothing would be compared');
  const firsts = rows.map((row) => row[header.indexOf(required)]);
  const twice = firsts.find((first, i) => firsts.indexOf(first) !== i);
  if (twice !== undefined) throw new SpecError(`this table has two rows for the ${required} "${twice}"`);
}
