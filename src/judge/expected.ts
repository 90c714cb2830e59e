import { LawBroken, NotSo, SpecError } from '../errors';

/*
 * Failures that are expected: somebody knows of them, and says why. What is said of one is a text, in which a few words
 * have a meaning:
 *
 *     we assign, see https://… until 2027-01-31      from the day after, the scenario fails
 *     crashes: exp of a large number                 the engine may refuse it, stop or never answer, too
 */

/** What is expected of a scenario that fails. */
export interface Expected {
  /** The whole text. */
  readonly reason: string;
  /** The last day on which it may fail, as 2027-01-31. */
  readonly until?: string;
  /** Whether it may fail by something else than a wrong number. */
  readonly mayCrash: boolean;
}

/**
 * Reads what is said of a scenario that fails.
 *
 * @param text - why it fails
 * @throws SpecError if a day is none: it would never come
 */
export function readExpected(text: string): Expected {
  const given = /\buntil\s+(\d\S*)/.exec(text)?.[1]?.replace(/[,.;:)]+$/, '');
  if (given !== undefined && !isDay(given)) {
    throw new SpecError(`expected a day behind "until", such as 2027-01-31, and got "${given}"`);
  }
  return { reason: text, mayCrash: /^crashes:/.test(text), ...(given === undefined ? {} : { until: given }) };
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/**
 * Whether the last day is over on which a scenario may fail. Days are those of UTC, so that machines
 * agree.
 *
 * @param expected - what is expected of it
 * @param now - what time it is
 */
export function isOver({ until }: Expected, now = Date.now()): boolean {
  return until !== undefined && new Date(now).toISOString().slice(0, 10) > until;
}

/**
 * Whether a failure is something else than a number that does not hold: the engine has refused, has stopped, or has not
 * answered.
 *
 * @param error - the failure
 */
export function isCrash(error: unknown): boolean {
  return error instanceof LawBroken ? error.more.isCrash === true : !(error instanceof NotSo);
}

/**
 * What is expected of a scenario.
 *
 * @param skips - the texts, by what scenarios are called
 * @param names - what the scenario is called, the narrowest name first: it counts
 */
export function expectedOf(skips: Readonly<Record<string, string>>, names: readonly string[]): Expected | undefined {
  const name = names.find((each) => Object.hasOwn(skips, each));
  return name === undefined ? undefined : readExpected(skips[name] ?? '');
}

/**
 * Why a failure is not the one that was expected.
 *
 * @param expected - what was expected
 * @param error - the failure
 * @returns a sentence; undefined if it is the one
 */
export function otherThan(expected: Expected, error: unknown): string | undefined {
  if (isOver(expected))
    return `this was expected to fail until ${expected.until}, and that day is over: ${expected.reason}`;
  if (expected.mayCrash || !isCrash(error)) return undefined;
  return `expected was a wrong number, and this is none ("crashes:" before the reason allows it): ${expected.reason}`;
}
