import { FULL, SOON, type Way } from './reference';

/*
 * Judged soon, if all is well; and judged in full, if not.
 */

/**
 * Checks something against the truth that is sooner found. If all is well, it is; anything else is checked again against
 * the full one, which has the last word.
 *
 * @param check - checks it: undefined if nothing is wrong
 */
export async function inTurn<T>(check: (way: Way) => Promise<T | undefined>): Promise<T | undefined> {
  return (await check(SOON)) === undefined ? undefined : check(FULL);
}

/**
 * Asks an engine at most once, however often the answer is looked at: the next one could be another.
 *
 * @param ask - asks it
 */
export function once<Given extends unknown[], T>(ask: (...given: Given) => Promise<T>): typeof ask {
  let answer: Promise<T> | undefined;
  return (...given) => {
    answer ??= ask(...given);
    return answer;
  };
}
