import { LAWS } from '../judge/laws';
import { type Came, type Choice, type Places, prepare, tryCases } from '../judge/trying';
import type { Description, Engine } from '../protocol/program';
import type { EngineChoice } from '../settings';
import { openEngine } from './open';

/*
 * What runs in a helper's process: it opens the engine under test for itself, and tries the cases that it is told to.
 */

/** What a helper is asked. */
export type Question =
  | { readonly do: 'open'; readonly choice: EngineChoice }
  | ({ readonly do: 'try'; readonly law: string } & Choice & Places)
  | { readonly do: 'close' };

/** What it answers. */
export type Answer =
  | { readonly description: Description }
  | { readonly came: Came; readonly avoided: readonly string[] }
  | { readonly isClosed: true }
  | { readonly error: string };

let engine: Engine | undefined;

async function answer(question: Question): Promise<Answer> {
  if (question.do === 'open') {
    engine = await openEngine(question.choice);
    return { description: engine.description };
  }
  if (question.do === 'close') {
    await engine?.close();
    return { isClosed: true };
  }
  const law = LAWS.get(question.law);
  if (engine === undefined || law === undefined) throw new Error('a helper was asked what it cannot know');
  const trial = await prepare(engine, law, question);
  const came = await tryCases(trial, question, listen);
  return { came, avoided: trial.ground.avoided.map(({ name }) => name) };
}

/** Gives way to what has happened meanwhile: a signal, or the end of whoever has asked. */
function listen(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

process.on('message', (question: Question) => {
  answer(question)
    .catch((error): Answer => ({ error: error instanceof Error ? error.message : String(error) }))
    .then((said) => process.send?.(said))
    .catch(() => process.exit(1)); // nobody listens any more
});
// whoever has asked is gone, or has no more questions
process.on('disconnect', () => process.exit());
