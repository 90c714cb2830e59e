import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { EngineFailure, SpecError } from '../errors';
import { groundOf } from '../judge/ground';
import { LAWS } from '../judge/laws';
import type { Law } from '../judge/property';
import { type Came, type Choice, type Places, prepare, tryCases } from '../judge/trying';
import type { Engine } from '../protocol/program';
import type { EngineChoice } from '../settings';
import { ownScript } from './child';
import type { Answer, Question } from './helping';
import { closeFirst, sharedEngine } from './open';
import { addressOf } from './relay';

/*
 * Helpers: processes that try cases of a law on engines of their own, so that a long run takes all cores. What a case is
 * depends on the seed and its place alone, so it does not matter who tries it.
 */

/** A helper takes a while to start: each is to have so many cases of a law at least. */
const WORTH = 2500;
/** Each helper gets its cases in so many blocks: when one is done, it takes the next. */
const BLOCKS = 2;
/** How much of what a helper wrote last is shown when it ends. */
const LAST_WORDS = 2000;

/** Cases of a law, tried by helpers. */
export type Spread = (count: number, progress?: (tried: number) => void) => Promise<Came>;

/**
 * How the cases of a law are spread over helpers.
 *
 * @param choice - the engine under test
 * @param runs - how many cases each law tries
 * @param asked - the law, and which cases
 * @returns undefined where they are better tried here: where there are few of them, or one core, or where the engine is
 *   a command, of which nobody knows whether it can be run twice at a time, or lives in a process that is there once
 */
export function spreadOver(
  choice: EngineChoice,
  runs: number,
  asked: Choice & { readonly law: string },
): Spread | undefined {
  const helpers = Math.min(availableParallelism(), Math.floor(runs / WORTH));
  const isOne = choice.engineCommand !== undefined || addressOf(choice.engine) !== undefined;
  if (helpers < 2 || isOne) return undefined;
  return (count, progress) => tryWithHelpers(choice, helpers, asked, count, progress);
}

/**
 * Tries cases of a law with helpers.
 *
 * @param choice - the engine under test
 * @param count - how many helpers
 * @param asked - the law, and which cases
 * @param cases - how many cases
 * @param progress - is told how many were tried
 * @returns what would have come of them one after the other
 * @throws SpecError if a helper ends, or has not tried all that it was told to
 */
export async function tryWithHelpers(
  choice: EngineChoice,
  count: number,
  asked: Choice & { readonly law: string },
  cases: number,
  progress?: (tried: number) => void,
): Promise<Came> {
  const engine = await sharedEngine(choice);
  const helpers = helpersFor(choice, count);
  const blocks = blocksOf(cases, BLOCKS * count);
  const came: Came[] = [];
  let next = 0;
  let isOver = false;
  const work = helpers.map(async (helper) => {
    await helper.open(choice, engine);
    for (let i = next++; i < blocks.length && !isOver; i = next++) {
      const block = blocks[i] as Places;
      const found = await tryBlock(helper, engine, { ...asked, ...block });
      if (found.wrong === undefined && found.tried !== block.count) {
        throw new SpecError(`a helper was to try ${block.count} expressions, and has tried ${found.tried}`);
      }
      came[i] = found;
      isOver ||= found.wrong !== undefined;
      progress?.(came.reduce((sum, { tried }) => sum + tried, 0));
    }
  });
  const ends = await Promise.allSettled(work);
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return inOrder(came, blocks.length);
}

/** What comes of all blocks, up to the first case that the engine gets wrong. */
function inOrder(came: readonly Came[], count: number): Came {
  let tried = 0;
  let discarded = 0;
  for (let i = 0; i < count; i++) {
    const block = came[i];
    if (block === undefined) throw new SpecError('some expressions were not tried by any helper');
    tried += block.tried;
    discarded += block.discarded;
    if (block.wrong !== undefined) return { tried, discarded, wrong: block.wrong };
  }
  return { tried, discarded };
}

function blocksOf(cases: number, count: number): Places[] {
  const bounds = Array.from({ length: count + 1 }, (_, i) => Math.round((i * cases) / count));
  return bounds.slice(1).map((to, i) => ({ from: bounds[i] as number, count: to - (bounds[i] as number) }));
}

async function tryBlock(helper: Helper, engine: Engine, block: Choice & Places & { law: string }): Promise<Came> {
  const said = await helper.ask({ do: 'try', ...block });
  if ('came' in said) {
    const { avoided } = await oneAtATime(() => groundOf(engine));
    const here = avoided.map(({ name }) => name);
    if (isDeepStrictEqual(said.avoided, here)) return said.came;
    throw new SpecError('the engine is not the same in two processes: it holds other corners of its operations');
  }
  // What goes wrong there, and is nothing that a law finds, is tried again here, so that it is told as it always is.
  const came = await oneAtATime(async () =>
    tryCases(await prepare(engine, LAWS.get(block.law) as Law<unknown>, block), block),
  );
  if (came.wrong !== undefined) return came;
  throw new EngineFailure(`in one of two processes: ${'error' in said ? said.error : 'no answer'}`);
}

let last: Promise<unknown> = Promise.resolve();

/** What asks the engine of this process has to wait for its turn: two helpers may fail at the same time. */
function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const now = last.then(work);
  last = now.catch(() => {});
  return now;
}

/** A process that tries cases. */
class Helper {
  private readonly child: ChildProcess;
  private opened: Promise<void> | undefined;
  private waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;
  private end: string | undefined;
  private lastWords = '';

  constructor() {
    const { script, options } = ownScript('helping');
    const stdio = ['ignore', 'ignore', 'pipe', 'ipc'] as const;
    this.child = fork(script, { execArgv: [...options], serialization: 'advanced', stdio: [...stdio] });
    this.child.on('message', (answer: Answer) => this.take()?.resolve(answer));
    this.child.on('error', ({ message }) => this.over(message));
    this.child.on('exit', (code, signal) => this.over(signal === null ? `with code ${code}` : `on ${signal}`));
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.lastWords = (this.lastWords + text).slice(-LAST_WORDS);
    });
    running.add(this);
  }

  /** Opens the engine, which has to be the same as it is here. */
  open(choice: EngineChoice, { description }: Engine): Promise<void> {
    this.opened ??= this.ask({ do: 'open', choice }).then((said) => {
      if ('error' in said) throw new EngineFailure(said.error);
      if ('description' in said && isDeepStrictEqual(said.description, description)) return;
      throw new SpecError('the engine is not the same in two processes: it says different things of itself');
    });
    return this.opened;
  }

  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      if (this.end !== undefined) this.over(this.end);
      else this.child.send(question);
    });
  }

  /** Closes the engine, and ends the process. */
  async close(): Promise<void> {
    running.delete(this);
    try {
      const said = await this.ask({ do: 'close' });
      if ('error' in said) throw new EngineFailure(said.error);
    } finally {
      this.child.kill();
    }
  }

  /** Ends the process at once. */
  kill(): void {
    this.child.kill();
  }

  private over(how: string): void {
    this.end = how;
    const words = this.lastWords.trim() === '' ? '' : `\n${this.lastWords.trim()}`;
    this.take()?.reject(new SpecError(`a process that tried random expressions has ended ${how}${words}`));
  }

  private take() {
    const waiting = this.waiting;
    this.waiting = undefined;
    return waiting;
  }
}

/** Helpers that are running now. Whatever ends the spec ends them too. */
const running = new Set<Helper>();
process.on('exit', () => {
  for (const helper of running) helper.kill();
});

const known = new Map<string, Helper[]>();

function helpersFor(choice: EngineChoice, count: number): readonly Helper[] {
  const key = JSON.stringify(choice);
  const helpers = known.get(key) ?? [];
  while (helpers.length < count) helpers.push(new Helper());
  known.set(key, helpers);
  return helpers.slice(0, count);
}

closeFirst(async () => {
  const all = [...known.values()].flat();
  known.clear();
  const ends = await Promise.allSettled(all.map((helper) => helper.close()));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
});
