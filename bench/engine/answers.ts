import { SpecError } from '../../src/errors';
import { type ContenderName, KNOWN } from './contender';
import type { Answers } from './task';

/** How far an answer may be off, relative to the project's own engine, by precision. */
export const TOLERANCE = { double: 1e-12, single: 1e-5 } as const;

/**
 * Sees to it that all engines answer the same, so that nobody is timed for something else: the running example and its
 * gradients, a chain and its gradient, and the loss before each training step, which the gradients of the steps
 * before have led to.
 *
 * @param answers - by engine
 * @throws SpecError that names the engine and the number
 */
export function requireAgreement(answers: ReadonlyMap<ContenderName, Answers>): void {
  const expected = answers.get('value');
  if (expected === undefined) throw new SpecError('there are no answers to compare with');
  for (const [name, given] of answers) {
    for (const work of KNOWN[name].work) {
      const came = given[work] ?? [];
      const wanted = expected[work] ?? [];
      const tolerance = TOLERANCE[KNOWN[name].precision];
      const wrong = wanted.findIndex((x, i) => !(Math.abs((came[i] ?? Number.NaN) - x) <= tolerance * Math.abs(x)));
      if (wrong < 0 && came.length === wanted.length) continue;
      const at = Math.max(0, wrong);
      throw new SpecError(
        `${KNOWN[name].title}, ${work}: number ${at + 1} of ${wanted.length} is to be ${wanted[at]} to ${tolerance}; ${came[at]} came`,
      );
    }
  }
}
