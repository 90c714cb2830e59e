import { EngineFailure, EngineGivenUp, EngineRefusal } from '../errors';
import type { Engine, Reading } from '../protocol/program';
import { encode } from '../protocol/readings';
import { type Question, questionsFor, REMEMBERED } from './questions';

/*
 * Is the adapter right? Each thing that an adapter does is asked by itself, with numbers so plain that no engine is wrong
 * about them. What is wrong here would show later as something else: a `reset` that forgets nothing, as a gradient that is
 * too large.
 */

/** An answer that is not the right one. */
export interface Wrong {
  readonly says: string;
  /** What was sent, a line for each request. */
  readonly requests: readonly string[];
  readonly expected: string;
  readonly came: string;
  /** Whether an engine may have its own ways with that: what breaks off, or is no answer, is no way. */
  readonly isOdd: boolean;
  /** Whether nothing that an engine says through such an adapter is to be believed. */
  readonly isGrave: boolean;
}

/** What came of the questions. */
export interface Answers {
  /** What was asked, in words. */
  readonly asked: readonly string[];
  readonly wrong: readonly Wrong[];
}

/**
 * What to ask, and when to leave it at that.
 *
 * `all` asks everything. `before` a run it is the same, what is grave first, but it ends with the first answer that breaks
 * off, since more of them take time. `grave` asks only for what no engine, but only an adapter, can get wrong.
 */
export type Extent = 'all' | 'before' | 'grave';

/**
 * Asks an engine what its adapter can get wrong.
 *
 * @param engine - the engine
 * @param extent - how much to ask
 * @returns what was asked, up to the answer after which the engine is given up
 */
export async function askAdapter(engine: Engine, extent: Extent = 'all'): Promise<Answers> {
  const all = questionsFor(engine.description);
  const grave = all.filter(({ needs, isOdd, isRare }) => needs === undefined && !isOdd && !isRare);
  const others = all.filter((question) => !grave.includes(question));
  const questions = { all, before: [...grave, ...others], grave }[extent];
  const asked: string[] = [];
  const wrong: Wrong[] = [];
  for (const question of questions) {
    const { says, requests, answer, isOdd = false } = question;
    const came = await ask(engine, requests);
    if (came instanceof EngineGivenUp) break;
    asked.push(says);
    if (isRight(came, answer)) continue;
    const isBroken = came instanceof Error && !(came instanceof EngineRefusal);
    if (extent === 'grave' && isBroken) break;
    const expected = answer === 'refused' ? 'an error' : shown(answer);
    // What breaks off, or refuses what it should not, shows in the run. And who says 0 of a name that nobody has given
    // may be right in all that a run asks.
    const isOther = answer === 'refused' && !(came instanceof Error) && came[0]?.data !== REMEMBERED;
    const isGrave = grave.includes(question) && !(came instanceof Error) && !isOther;
    const isOwnWay = isOdd && !isBroken;
    wrong.push({ says, requests: requests.map(encode), expected, came: shown(came), isOdd: isOwnWay, isGrave });
    if (extent === 'before' && isBroken) break;
  }
  return { asked, wrong };
}

/** Asks after a `reset`; the same list of instructions is the same program, which may be told again by a name. */
async function ask(engine: Engine, requests: Question['requests']): Promise<readonly Reading[] | Error> {
  let last: readonly Reading[] = [];
  try {
    await engine.execute([{ do: 'reset' }]);
    for (const program of requests) {
      const isRepeated = requests.filter((each) => each === program).length > 1;
      last = await engine.execute(program, isRepeated ? 'again' : undefined);
    }
    return last;
  } catch (error) {
    if (error instanceof EngineFailure) return error;
    throw error;
  }
}

/** A gradient that is not asked for may be whatever it is. An engine that breaks off has not refused anything. */
function isRight(came: readonly Reading[] | Error, answer: Question['answer']): boolean {
  if (answer === 'refused') return came instanceof EngineRefusal;
  if (came instanceof Error) return false;
  return (
    came.length === answer.length &&
    answer.every(({ data, grad }, i) => {
      return Object.is(came[i]?.data, data) && (grad === null || came[i]?.grad === grad);
    })
  );
}

function shown(came: readonly Reading[] | Error): string {
  return came instanceof Error ? came.message : encode(came);
}
