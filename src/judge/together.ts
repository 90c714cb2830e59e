import type { Engine, Instruction, Reading } from '../protocol/program';
import { namesRead } from '../protocol/readings';

/** A program that waits to be sent, and who waits for its readings. */
interface Waiting {
  readonly program: readonly Instruction[];
  readonly resolve: (readings: readonly Reading[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The same engine, but what is asked of it at one moment travels together: to ask takes longer than to answer where an
 * engine lives in another process. Each program begins with `reset`, so that the engine forgets what came before.
 *
 * If something is refused, each program is asked by itself, so that the refusal finds the one that it is about.
 *
 * @param engine - the engine
 */
export function together(engine: Engine): Engine {
  let waiting: Waiting[] = [];
  /** Only one thing is asked at a time. */
  let last: Promise<void> = Promise.resolve();

  async function send(): Promise<void> {
    const batch = waiting;
    waiting = [];
    try {
      const readings = await engine.execute(batch.flatMap(({ program }) => program));
      let from = 0;
      for (const { program, resolve } of batch) {
        const count = namesRead(program).length;
        resolve(readings.slice(from, from + count));
        from += count;
      }
    } catch (error) {
      await alone(batch, error);
    }
  }

  /** Asks each program by itself. If all is well then, what went wrong with them together has gone wrong all the same. */
  async function alone(batch: readonly Waiting[], reason: unknown): Promise<void> {
    const answers: (readonly Reading[] | { readonly error: unknown })[] = [];
    for (const { program } of batch) {
      try {
        answers.push(batch.length === 1 ? { error: reason } : await engine.execute(program));
      } catch (error) {
        answers.push({ error });
      }
    }
    if (!answers.some((answer) => 'error' in answer)) answers[0] = { error: reason };
    for (const [i, { resolve, reject }] of batch.entries()) {
      const answer = answers[i] ?? { error: reason };
      if ('error' in answer) reject(answer.error);
      else resolve(answer);
    }
  }

  return {
    ...engine,
    execute: (program) =>
      new Promise((resolve, reject) => {
        waiting.push({ program, resolve, reject });
        if (waiting.length > 1) return;
        // Whoever asks at this moment does so before the next one begins.
        last = last.then(send);
      }),
  };
}
