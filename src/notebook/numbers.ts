import { SpecError } from '../errors';
import { apply, OPERATIONS, type Operation } from '../protocol/operations';

/** A number as the notes write it. */
export interface Numeral {
  /** As it was written: `-7.286496`, `1e-6`, `∞`. */
  readonly text: string;
  readonly value: number;
  /** The place value of its last digit: 0.01 for `3.14`, 1 for `14`. */
  readonly lastPlace: number;
}

/** What a {@link Numeral} looks like: `-7.286496`, `−8`, `1e-6`, `∞`, `Infinity`, `NaN`. */
export const NUMERAL = /[-−]?(?:\d+(?:\.\d+)?(?:e[-+−]?\d+)?|∞|Infinity)|NaN/;
const WHOLE = new RegExp(`^(?:${NUMERAL.source})$`);

/**
 * Reads a number as the notes write it.
 *
 * @param text - one number and nothing else
 * @param what - what the number is for, as an error names it
 * @throws SpecError if it is none, or none that a double can hold, see {@link double}
 * @example
 * ```ts
 * numeral('−7.29'); // { text: '−7.29', value: -7.29, lastPlace: 0.01 }
 * ```
 */
export function numeral(text: string, what = ''): Numeral {
  if (!WHOLE.test(text)) {
    const got = text === '' ? 'nothing' : `"${text}"`;
    throw new SpecError(`${what && `${what}: `}expected a number, such as -7.286496, 1e-6 or ∞, and got ${got}`);
  }
  const plain = text.replaceAll('−', '-').replace('∞', 'Infinity');
  const [digits = '', exponent = '0'] = plain.split('e');
  const decimals = digits.split('.')[1]?.length ?? 0;
  const value = /\d/.test(plain) ? double(plain) : Number(plain);
  return { text, value, lastPlace: 10 ** (Number(exponent) - decimals) };
}

/** From here on, doubles are farther apart than whole numbers. */
const FAR = 2 ** 53;

/**
 * Reads the digits of a number as a double.
 *
 * A fraction such as 0.1 is no double, and everybody means the nearest one. But a number that would become infinite, or 0,
 * is another number than the one that is written; and so is a large whole number of which the last digits are lost.
 *
 * @param text - digits, as the notes and their code write them: `-7.286496`, `1e-6`, `.5`
 * @throws SpecError if a comparison with the double would be one with another number
 */
export function double(text: string): number {
  const plain = text.replaceAll('_', '');
  const value = Number(plain);
  const read = readDigits(/^0[box]/i.test(plain) ? String(BigInt(plain)) : plain);
  if (read === undefined) return value;
  if (!Number.isFinite(value)) throw new SpecError(`${text} is larger than any double: it would be read as infinite`);
  if (value === 0 && read.digits !== '') {
    throw new SpecError(`${text} is nearer to 0 than any double: it would be read as 0`);
  }
  if (Math.abs(value) < FAR || isSame(read, value)) return value;
  const shown = String(value).includes('e') ? value : BigInt(value);
  throw new SpecError(`${text} has more digits than a double can tell: it would be read as ${shown}`);
}

/** Digits without zeros at their ends, and the power of ten that their last one stands for. */
interface Digits {
  readonly digits: string;
  readonly exponent: number;
}

/** The digits of a number, without its sign; undefined if it is not written in tens. */
function readDigits(text: string): Digits | undefined {
  const [, whole, fraction = '', exponent = '0'] = /^[-+]?(\d*)(?:\.(\d*))?(?:e([-+]?\d+))?$/i.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const all = `${whole}${fraction}`.replace(/^0+/, '');
  const digits = all.replace(/0+$/, '');
  return { digits, exponent: Number(exponent) - fraction.length + (all.length - digits.length) };
}

/** Whether digits say exactly what a large double holds, or what is written for it everywhere: 1e23 is no double. */
function isSame({ digits, exponent }: Digits, value: number): boolean {
  const written = readDigits(String(value));
  if (digits === written?.digits && exponent === written.exponent) return true;
  const size = value < 0 ? -value : value;
  return exponent >= 0 && BigInt(digits) * 10n ** BigInt(exponent) === BigInt(size);
}

/** A number that was computed, with how far off rounding may have made it. */
export interface Computed {
  readonly value: number;
  /**
   * How far off it may be, in units of ε times its own unit; 0 if no engine took part. It is worked out when it is asked
   * for: most numbers are right at once.
   */
  readonly error: () => number;
  /** Whether it was computed: a number that was only written down is what it is. */
  readonly isMade: boolean;
}

/**
 * A number of the reader's own, which no engine has computed.
 *
 * @param value - the number
 */
export function exact(value: number): Computed {
  return { value, error: none, isMade: false };
}

const none = () => 0;

/**
 * Whether one number could stand in the place of another: equal, and of the same origin.
 *
 * @param x - the one
 * @param y - the other
 */
export function isEqual(x: Computed, y: Computed): boolean {
  return Object.is(x.value, y.value) && x.error === y.error && x.isMade === y.isMade;
}

/** How many last places a number may be off and still be what it *is*: each of the few operations may round once. */
const FEW = 8;
/** This share of the digits must be left of a number that rounding has worked on: three of sixteen. */
const LEAST_LEFT = 0.2;

/**
 * How far off a number may be that *is* another: a few units in its last place, or what rounding may have done to it on
 * the way through the graph.
 *
 * @param computed - the number
 * @param expected - what it is compared with
 * @param epsilon - of the precision that it was computed in
 * @returns a distance, in units of the number itself
 */
export function tolerance({ value, error }: Computed, expected: number, epsilon: number): number {
  const few = FEW * Math.abs(value);
  const most = error();
  if (!Number.isFinite(most)) return epsilon * few;
  // Where rounding may have taken all digits but a few, it explains nearly any number, and so it explains nothing.
  const largest = epsilon ** LEAST_LEFT * (expected === 0 ? 1 : Math.abs(expected));
  return Math.max(epsilon * few, Math.min(epsilon * most, largest));
}

/**
 * Whether a number *is* what was written: equal, but for the rounding of a few operations.
 *
 * NaN is NaN, an infinity is that infinity, and -0 is not 0 where the spec says -0.
 *
 * @param computed - the number that came
 * @param expected - the number as written
 * @param epsilon - of the precision that it was computed in
 */
export function is(computed: Computed, expected: Numeral, epsilon: number): boolean {
  const { value } = computed;
  if (Object.is(value, expected.value)) return true;
  if (!Number.isFinite(value) || !Number.isFinite(expected.value) || Object.is(expected.value, -0)) return false;
  return Math.abs(value - expected.value) <= tolerance(computed, expected.value, epsilon);
}

/**
 * Whether a number *is about* what was written: equal to the digits shown.
 *
 * @param computed - the number that came
 * @param expected - the number as written; how many digits it shows is how closely it is meant
 * @param epsilon - of the precision that it was computed in
 */
export function isAbout(computed: Computed, expected: Numeral, epsilon: number): boolean {
  if (is(computed, expected, epsilon)) return true;
  if (isBareZero(expected)) return false;
  return Math.abs(computed.value - expected.value) <= expected.lastPlace / 2;
}

/**
 * Whether a number is a 0 of which no decimals are shown. Taken for digits, it would stand for anything from -0.5 to 0.5.
 *
 * @param numeral - the number as written
 */
export function isBareZero({ value, lastPlace }: Numeral): boolean {
  return value === 0 && lastPlace >= 1;
}

/**
 * Computes an operation on numbers that remember where they come from: what `0.01 * a.grad` means, where no node is made
 * and no engine is asked.
 *
 * What came from an engine carries the engine's rounding errors; through the operation they pass as its local derivatives
 * say.
 *
 * @param operation - which
 * @param operands - one number, or two
 */
export function compute(operation: Operation, operands: readonly Computed[]): Computed {
  const [x, y] = operands;
  if (x === undefined) throw new Error(`${operation} needs an operand`);
  const value = apply(operation, x.value, y?.value);
  const error = () => {
    const slopes = OPERATIONS[operation].slopes(x.value, y?.value ?? 0, value);
    const errors = operands.map((operand) => operand.error());
    return errors.reduce((sum, each, k) => sum + (each === 0 ? 0 : each * Math.abs(slopes[k] ?? 0)), 0);
  };
  return { value, error, isMade: true };
}
