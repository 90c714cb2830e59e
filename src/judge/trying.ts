import fc from 'fast-check';
import { NotClaimed, SpecError } from '../errors';
import { isOperation, type Operation } from '../protocol/operations';
import type { Engine } from '../protocol/program';
import { isOffered, notOffered } from '../protocol/promises';
import { Refused } from './alone';
import { type Ground, groundOf, lessened } from './ground';
import type { Law, Problem } from './property';
import { together } from './together';

/*
 * The random cases of a law, one after the other. Each has a place, and what a case is depends on the seed and its place
 * alone, not on where it is tried, or what is tried before it.
 */

/** Which cases of a law are meant. */
export interface Choice {
  readonly seed: number;
  /** Operations that are left out: what is wrong with them is known. */
  readonly without?: ReadonlySet<Operation>;
}

/** Some cases of a law, in a row. */
export interface Places {
  /** The place of the first; the first of all has the place 0. */
  readonly from: number;
  readonly count: number;
}

/** What came of some cases. */
export interface Came {
  /** How many said nothing against the engine, before one did. */
  readonly tried: number;
  /** How many of these said nothing at all. */
  readonly discarded: number;
  /** The first that the engine has got wrong, and its place. */
  readonly wrong?: { readonly problem: Problem; readonly place: number };
}

/** A law that is ready to be tried on an engine. */
export interface Trial<T> {
  readonly ground: Ground;
  /** Makes cases. */
  readonly cases: fc.Arbitrary<T>;
  /** What fast-check has to know, besides how many cases it is to make. */
  readonly parameters: { readonly examples: [T][]; readonly seed: number };
  /** Tries one case. */
  readonly attempt: (given: T) => Promise<Problem | 'discarded' | undefined>;
}

/** So many cases are tried at once. */
const AT_ONCE = 25;

/**
 * Makes a law ready to be tried.
 *
 * @param engine - the engine under test
 * @param law - the law
 * @param choice - which cases
 * @throws NotClaimed if the engine does not offer what the law is about, or nothing to make expressions with
 */
export async function prepare<T>(engine: Engine, law: Law<T>, { seed, without }: Choice): Promise<Trial<T>> {
  const { operations, engine: name } = engine.description;
  const missing = law.needs?.find((need) => !isOffered(need, engine.description));
  if (missing !== undefined) throw notOffered(missing, name);
  if (!operations.some(isOperation))
    throw new NotClaimed('an operation that random expressions can be made with', name);
  const whole = await groundOf(engine);
  const ground = without === undefined ? whole : lessened(whole, without);
  if (!ground.claims.some(isOperation)) throw new NotClaimed('any other operation', name);
  const asked = engine.isAway ? together(engine) : engine;
  const examples = (law.examples?.(ground) ?? []).map((each): [T] => [each]);
  return {
    ground,
    cases: law.cases(ground),
    parameters: { examples, seed: streamOf(law.name, seed) },
    async attempt(given) {
      try {
        return await law.check(asked, given, ground);
      } catch (error) {
        if (error instanceof Refused) return { message: error.message, programs: [error.random], isCrash: true };
        throw error;
      }
    },
  };
}

/**
 * Tries some cases, up to the first that the engine gets wrong.
 *
 * @param trial - the law
 * @param places - which cases
 * @param progress - is told now and then how many were tried, and waited for
 */
export async function tryCases<T>(
  { cases, parameters, attempt }: Trial<T>,
  { from, count }: Places,
  progress?: (tried: number) => void | Promise<void>,
): Promise<Came> {
  let tried = 0;
  let discarded = 0;
  let wrong: Came['wrong'];
  let waiting: T[] = [];
  /** What the engine was asked for the batch before, and what it has said so far. */
  let asked: Promise<readonly (Problem | 'discarded' | undefined)[]> = Promise.resolve([]);
  /**
   * Tries what waits. Many cases are tried at once, since an engine in another process is better asked so; and while it
   * answers for one batch, the next one is made.
   */
  async function tryAll(): Promise<void> {
    const before = asked;
    asked = Promise.all(waiting.map(attempt));
    asked.catch(() => {}); // told when its turn comes
    waiting = [];
    for (const problem of await before) {
      if (problem === 'discarded') discarded += 1;
      else if (problem !== undefined) {
        wrong = { problem, place: from + tried };
        throw new SpecError(problem.message);
      }
      tried += 1;
    }
    await progress?.(tried);
  }
  const many = fc.asyncProperty(cases, async (given) => {
    waiting.push(given);
    if (waiting.length === AT_ONCE) await tryAll();
  });
  const path = from === 0 ? undefined : String(from);
  const { failed, errorInstance } = await fc.check(many, { ...parameters, numRuns: count, path, endOnFailure: true });
  try {
    if (failed) throw errorInstance;
    await tryAll();
    await tryAll(); // and what was asked last
  } catch (error) {
    if (wrong === undefined) throw error; // nothing that a law has found
  } finally {
    await asked.catch(() => {}); // whoever asks next must not do so while something is asked
  }
  return { tried, discarded, wrong };
}

/** The seed of a law's own expressions: two laws that drew the same ones would try only half as many. */
function streamOf(law: string, seed: number): number {
  let hash = seed | 0;
  for (const letter of law) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return hash;
}
