import { type Command, InvalidArgumentError } from 'commander';
import { list, SpecError } from '../errors';
import { isRequirable, REQUIRABLE } from '../protocol/promises';

/** Options that may be given more than once: all that they are given counts. */
const REPEATABLE = ['require'];

/**
 * Has each option of a command looked at before it is read. Given twice, the first would be lost. An empty value is most
 * likely a variable of a script that was never set. And a value that begins like an option is one: its own was forgotten.
 *
 * @param command - the command, with all its options
 */
export function strict(command: Command): void {
  for (const option of command.options.filter(({ required }) => required)) {
    const { parseArg } = option;
    let isGiven = false;
    option.argParser((text: string, earlier: unknown) => {
      const fault = faultOfValue(option.name(), text, isGiven);
      if (fault !== undefined) throw new InvalidArgumentError(fault);
      isGiven = true;
      return parseArg === undefined ? text : parseArg(text, earlier);
    });
  }
}

function faultOfValue(name: string, text: string, isGiven: boolean): string | undefined {
  if (isGiven && !REPEATABLE.includes(name)) return 'It is given twice.';
  if (text.trim() === '') return `Here the ${name === 'engine' ? 'engine' : 'value'} is empty.`;
  if (/^[-\p{Pd}\u2212]{1,2}\p{L}/u.test(text)) return 'It begins like an option, where a value was expected.';
  return undefined;
}

/**
 * Checks what is given besides options. Nothing is not a path, and a dash that a word processor has lengthened makes no
 * option.
 *
 * @param given - chapters, or paths
 * @throws SpecError if one of them was most likely meant otherwise
 */
export function checkArguments(given: readonly string[]): void {
  if (given.some((text) => text.trim() === '')) {
    throw new SpecError('expected a chapter or a file, and got an empty word: is a variable of a script not set?');
  }
  const dashed = given.find((text) => /^[\p{Pd}\u2212]/u.test(text));
  if (dashed === undefined) return;
  const option = dashed.replace(/^[\p{Pd}\u2212]+/u, '--');
  throw new SpecError(
    `expected a chapter or a file, and got "${dashed}": write ${option}, with two hyphens, before any "--"`,
  );
}

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
