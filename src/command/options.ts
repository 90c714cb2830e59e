import { InvalidArgumentError } from 'commander';
import { list } from '../errors';
import { isRequirable, REQUIRABLE } from '../protocol/promises';

/*
 * What the options of the command accept. Each of these reads the text of one option; if it does not fit, it throws
 * InvalidArgumentError, which says what was expected.
 */

/**
 * A whole number, from 1 on.
 *
 * @param text - of the option
 */
export function whole(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Expected a whole number, from 1 on.');
  return Number(text);
}

/**
 * An option that is given once. Twice is most likely a mistake: the first would be lost.
 *
 * @param text - of the option
 * @param earlier - what it was given before
 */
export function once(text: string, earlier?: string): string {
  if (earlier !== undefined) throw new InvalidArgumentError('It is given twice.');
  return text;
}

/**
 * A place among random expressions, as a failure prints it.
 *
 * @param text - of the option
 */
export function place(text: string): string {
  if (!/^\d+(:\d+)*$/.test(text))
    throw new InvalidArgumentError('Expected a path as a failure prints it, such as 17:0:3.');
  return text;
}

/**
 * A part of a run, and how many there are: `1/3`.
 *
 * @param text - of the option
 */
export function shard(text: string): string {
  const [, i, n] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? [];
  if (i === undefined || Number(i) > Number(n)) {
    throw new InvalidArgumentError('Expected a part and how many there are, such as 1/3.');
  }
  return text;
}

/**
 * A time in seconds.
 *
 * @param text - of the option
 */
export function seconds(text: string): number {
  const number = Number(text);
  if (!(number > 0 && number <= 3600)) throw new InvalidArgumentError('Expected a number of seconds, up to 3600.');
  return number;
}

/**
 * A list of what an engine must offer; given twice, both lists count.
 *
 * @param text - of the option
 * @param earlier - what it was given before
 */
export function operations(text: string, earlier: readonly string[] = []): string[] {
  const names = text.split(',').map((name) => name.trim());
  const strange = names.filter((name) => !isRequirable(name));
  if (strange.length > 0) {
    const there = [...REQUIRABLE, 'depth-1000 (or another number)'];
    throw new InvalidArgumentError(
      `Nothing can be required that is called ${list(strange)}; there are ${list(there)}.`,
    );
  }
  return [...earlier, ...names];
}
