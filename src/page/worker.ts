import { bundledEngine } from '../engines/bundled';
import type { Answer, Request, Result } from './exchange';
import { FAULTS, faultyEngine } from './faults';
import { runWanted } from './runner';

/*
 * What runs beside the page, so that the page stays free and a loop without end can be ended.
 */

const say = (answer: Answer) => postMessage(answer);
/** How often it is told how far long work has come, in milliseconds. */
const OFTEN = 100;

let waiting: Promise<void> = Promise.resolve();
/** The last request: what was asked for before it is left. */
let last = 0;

addEventListener('message', ({ data }: MessageEvent<Request>) => {
  last = data.id;
  waiting = waiting.then(() => answer(data));
});

async function answer({ id, wanted, fault }: Request): Promise<void> {
  const found = FAULTS.find(({ name }) => name === fault);
  const engine = found === undefined ? bundledEngine() : faultyEngine(found.deviation);
  let told = 0;
  const tell = (tells: string) => {
    if (Date.now() - told < OFTEN) return;
    told = Date.now();
    say({ id, tells });
  };
  for (const [at, each] of wanted.entries()) {
    if (last !== id) return;
    const result = await runWanted(each, engine, tell, (seen) => say({ id, at, seen })).catch(
      (error): Result => ({ steps: [], why: error instanceof Error ? error.message : String(error) }),
    );
    say({ id, at, result });
    // lets a request come in that has overtaken this one
    if (at % 8 === 7) await new Promise((go) => setTimeout(go));
  }
}
