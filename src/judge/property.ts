import fc from 'fast-check';
import { LawBroken, SpecError } from '../errors';
import type { Claim, Engine } from '../protocol/program';
import type { PromiseName } from '../protocol/promises';
import { askedIn, evaluate, lines, type RandomProgram, Refused, smallest, wrongAlone } from './alone';
import { Budget, type Limits } from './budget';
import type { Ground } from './ground';
import { type Came, type Choice, prepare, tryCases } from './trying';

/** How a law is run. */
export interface LawOptions extends Choice {
  /** How many random expressions are tried. */
  readonly runs: number;
  /** Where in the random expressions to begin: replays a failure. */
  readonly path?: string;
  /** The command that replays a failure, as it is typed: from a place in the random expressions, if one is given. */
  readonly again?: (path: string | undefined) => string;
  /** What may be spent on looking for a smaller expression, once one is found; and as much again on its lines. */
  readonly limits?: Limits;
  /** Is told how far a long run has come. */
  readonly progress?: (tried: number, of: number) => void;
  /** Tries so many cases, from the first on, in several places at once; without it, they are tried here. */
  readonly spread?: (count: number, progress?: (tried: number) => void) => Promise<Came>;
}

/** What an engine does wrong, on which programs. */
export interface Problem {
  readonly message: string;
  /** The programs that show it. */
  readonly programs: readonly RandomProgram[];
  /** What else was done after their backward pass. */
  readonly more?: readonly string[];
  /** Whether the engine did not carry it out, rather than get it wrong. */
  readonly isCrash?: boolean;
}

/** A law that every engine keeps. */
export interface Law<T> {
  /** What the law says, as the notes put it. */
  readonly name: string;
  /** What the law needs, and an engine may leave out, by the name under which it can be required. */
  readonly needs?: readonly (Claim | PromiseName)[];
  /** Makes cases. */
  readonly cases: (ground: Ground) => fc.Arbitrary<T>;
  /** Cases that are always tried, before the random ones. */
  readonly examples?: (ground: Ground) => readonly T[];
  /**
   * Tries one case.
   *
   * @returns what is wrong; undefined if nothing is; `discarded` if the case says nothing about the engine
   */
  readonly check: (engine: Engine, given: T, ground: Ground) => Promise<Problem | 'discarded' | undefined>;
}

/** How much was tried. */
export interface Tried {
  readonly tried: number;
  readonly discarded: number;
  readonly milliseconds: number;
  /** The corners that the expressions stayed out of, since the engine does not hold them. */
  readonly avoided: readonly string[];
}

/** If more than this share is discarded, too little was tried. */
const TOO_MANY = 0.2;

/**
 * Tries a law on random cases.
 *
 * @param engine - the engine under test
 * @param law - the law
 * @param options - how many cases, and from which seed
 * @returns how much was tried
 * @throws SpecError with the smallest case that breaks the law, or if too many cases were discarded
 * @throws NotClaimed if the engine does not offer what the law is about, or nothing to make expressions with
 */
export async function checkLaw<T>(engine: Engine, law: Law<T>, options: LawOptions): Promise<Tried> {
  const { runs, seed, path, progress, without, again, limits, spread } = options;
  const trial = await prepare(engine, law, options);
  const began = performance.now();
  const { ground, cases, parameters, attempt } = trial;
  const numRuns = Math.max(runs, parameters.examples.length);
  let tried = 0;
  let discarded = 0;
  let first: Came['wrong'];
  if (path === undefined) {
    const tell = progress && ((now: number) => progress(now, numRuns));
    const came = await (spread?.(numRuns, tell) ?? tryCases(trial, { from: 0, count: numRuns }, tell));
    ({ tried, discarded, wrong: first } = came);
  }
  const begin = first === undefined ? path : String(first.place);
  if (begin !== undefined) {
    let last = first?.problem;
    const budget = new Budget(limits);
    const single = fc.asyncProperty(cases, async (given) => {
      // once one is found, the others are to be smaller; when there may be no more tries, they are taken for right
      if (last !== undefined && !budget.take()) return;
      const problem = await attempt(given);
      tried += 1;
      if (problem === 'discarded') discarded += 1;
      else if (problem !== undefined) {
        last = problem;
        throw new SpecError(problem.message);
      }
    });
    const count = tried + 1;
    const result = await fc.check(single, { ...parameters, numRuns, path: begin });
    // What was thrown last need not belong to the smallest case: that one is tried once more.
    const [least] = result.counterexample ?? [];
    const anew = least === undefined ? undefined : await attempt(least);
    const problem = (anew === 'discarded' ? undefined : anew) ?? last;
    if (problem !== undefined) {
      // where operations were left out, the places are others than those of a run that begins with all of them
      const from = without === undefined ? (result.counterexamplePath ?? begin) : undefined;
      const replay = `--seed ${seed}${from === undefined ? '' : ` --path "${from}"`}`;
      const command = again === undefined ? '' : `: ${again(from)}`;
      const found = `found after ${count} expressions; replay with ${replay}${command}`;
      throw await broken(engine, problem, { found, path: from }, [budget, new Budget(limits)]);
    }
    if (result.failed) throw result.errorInstance;
  }
  if (tried === 0 && path !== undefined) throw new SpecError(`the path "${path}" leads to no expression of this law`);
  if (tried === 0 || discarded > TOO_MANY * tried) {
    throw new SpecError(`${discarded} of ${tried} expressions said nothing about the engine: too little was tried`);
  }
  const avoided = ground.avoided.map((corner) => corner.name);
  return { tried, discarded, milliseconds: performance.now() - began, avoided };
}

/**
 * What is wrong, on the smallest program that shows it. Most laws compare two programs; but where one of them is wrong by
 * itself, that says more.
 */
async function broken(
  engine: Engine,
  { message, programs, more = [], isCrash }: Problem,
  { found, path }: { readonly found: string; readonly path?: string },
  [budget, ofLines]: readonly [Budget, Budget],
): Promise<LawBroken> {
  for (const program of programs) {
    if ((await wrongAlone(engine, program)) === undefined) continue;
    const least = await smallest(engine, program, ofLines);
    const again = [await wrongAlone(engine, least), await wrongAlone(engine, least), await wrongAlone(engine, program)];
    const [wrong] = again;
    if (wrong !== undefined && !again.includes(undefined)) {
      const of = { isCrash: await refuses(engine, least), path };
      return new LawBroken(said([least], [], wrong, budget, ofLines), askedIn([least]), found, of);
    }
    const unsteady =
      'wrong now and right then: something of earlier graphs is left in the engine, and gets into later ones';
    const inShort = said([program], [], `${message}\n${unsteady}`, budget, ofLines);
    return new LawBroken(inShort, askedIn([program]), found, { path });
  }
  const asked = askedIn(programs, more.length > 0 ? 2 : 1);
  return new LawBroken(said(programs, more, message, budget), asked, found, { isCrash, path });
}

/** Whether an engine does not carry a program out. */
async function refuses(engine: Engine, random: RandomProgram): Promise<boolean> {
  try {
    await evaluate(engine, random);
    return false;
  } catch (error) {
    return error instanceof Refused;
  }
}

function said(
  programs: readonly RandomProgram[],
  more: readonly string[],
  message: string,
  ...budgets: readonly Budget[]
): string {
  const shown = new Set(programs.map((program) => lines(program).join('\n')));
  const code = [...shown].join('\n\n').split('\n').concat(more);
  const tries = budgets.reduce((sum, each) => sum + each.tries, 0);
  const inTries = `in ${tries === 1 ? 'one try' : `${tries} tries`}; there may be a smaller one`;
  const early = budgets.some(({ hasEnded }) => hasEnded) ? ` ${inTries}` : '';
  return [
    `the smallest expression that was found to be wrong${early}:`,
    ...code.map((each) => (each === '' ? '' : `    ${each}`)),
    message,
  ].join('\n');
}
