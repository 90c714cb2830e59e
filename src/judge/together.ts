import type { Engine, Instruction, Reading } from '../protocol/program';
import { countReadings } from '../protocol/readings';

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

  async function send(): Promise<void> {
    const batch = waiting;
    waiting = [];
    try {
      const readings = await engine.execute(batch.flatMap(({ program }) => program));
      let from = 0;
      for (const { program, resolve } of batch) {
        const count = countReadings(program);
        resolve(readings.slice(from, from + count));
        from += count;
      }
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error);
      else for (const each of batch) await alone(each);
    }
  }

  async function alone({ program, resolve, reject }: Waiting): Promise<void> {
    try {
      resolve(await engine.execute(program));
    } catch (error) {
      reject(error);
    }
  }

  return {
    ...engine,
    execute: (program) =>
      new Promise((resolve, reject) => {
        waiting.push({ program, resolve, reject });
        // Whoever asks at this moment does so before the next one begins.
        if (waiting.length === 1) queueMicrotask(send);
      }),
  };
}
