import { answerOf, lastLine, run } from '../measuring/children';
import { inRounds, type Rounds } from '../measuring/rounds';
import { type Spread, spreadOf } from '../measuring/statistics';
import type { Ratio } from '../ratios';
import { requireAgreement } from './answers';
import type { LongChain } from './chains';
import { CONTENDERS, type ContenderName, GROWING, type GraphShape, KNOWN, type Workload } from './contender';
import { GIVEN } from './given';
import { type Cost, NODES } from './graphs';
import type { Answers } from './task';

/** How the engines are measured. */
export interface EngineOptions {
  readonly rounds: number;
  readonly seconds: number;
  /** Whether the long chain is left to `Value`, and graphs of all sizes are measured once only. */
  readonly isShort: boolean;
  readonly isAlone: boolean;
  readonly python: string;
  readonly tell: (what: string) => void;
}

/** What a node costs in a graph of some size, over the rounds. */
export interface Costs {
  readonly engine: (typeof GROWING)[number];
  readonly shape: GraphShape;
  readonly size: number;
  readonly time: Spread;
  readonly memory: Spread;
}

/** What came of it. */
export interface EngineResult {
  /** Times, in nanoseconds: a running example, an operation of the chain, a training step. */
  readonly times: Readonly<Record<Workload, Rounds<ContenderName>>>;
  readonly long: ReadonlyMap<ContenderName, LongChain>;
  readonly costs: readonly Costs[];
  /** Who took part. */
  readonly present: readonly ContenderName[];
  /** Who did not, and why. */
  readonly absent: ReadonlyMap<ContenderName, string>;
  /** The version of PyTorch, if there is one. */
  readonly pytorch: string | undefined;
}

const TIMEOUT = 300;

/**
 * Measures the engines: first all of them answer, then they are timed, in rounds, each for each workload in a process of
 * its own that is started anew in each round.
 *
 * @param options - how much
 * @throws SpecError if an engine answers differently, or fails
 */
export async function measureEngines(options: EngineOptions): Promise<EngineResult> {
  const { rounds, seconds, isShort, isAlone, python, tell } = options;
  const absent = new Map<ContenderName, string>();
  const pytorch = await versionOfPytorch(python);
  if (pytorch === undefined) absent.set('pytorch', 'the Python that was used has no PyTorch');
  for (const name of CONTENDERS) {
    if (isAlone && KNOWN[name].from !== 'project') absent.set(name, 'the engines of others were left out');
  }
  const present = CONTENDERS.filter((name) => !absent.has(name));
  const ask = <T>(name: ContenderName, task: string, time = seconds) => asked<T>(name, task, time, python);

  const answers = new Map<ContenderName, Answers>();
  for (const name of present) {
    tell(`answers: ${name}`);
    answers.set(name, await ask<Answers>(name, 'answers'));
  }
  requireAgreement(answers);

  const time = (work: Workload) => {
    const turns = present.filter((name) => KNOWN[name].work.includes(work));
    return inRounds(
      turns.map((name) => ({ name, measure: () => ask<number>(name, work) })),
      rounds,
      (what) => tell(`${work}: ${what}`),
    );
  };
  const times = { example: await time('example'), chain: await time('chain'), training: await time('training') };

  const long = new Map<ContenderName, LongChain>();
  for (const name of present.filter((each) => (isShort ? each === 'value' : KNOWN[each].work.includes('chain')))) {
    tell(`long chain: ${name}`);
    long.set(name, await ask<LongChain>(name, 'long chain'));
  }
  const costs = await measureCosts(isShort ? 1 : Math.min(rounds, 5), (engine, shape) =>
    ask<Cost[]>(engine, `graphs ${shape}`, seconds / 2),
  );
  return { times, long, costs, present, absent, pytorch };

  async function measureCosts(
    times: number,
    measure: (engine: Costs['engine'], shape: GraphShape) => Promise<Cost[]>,
  ): Promise<Costs[]> {
    const all = GROWING.flatMap((engine) =>
      (['network', 'chain'] as const).map((shape) => ({ engine, shape, came: [] as Cost[] })),
    );
    for (let round = 0; round < times; round++) {
      for (const { engine, shape, came } of all) {
        tell(`nodes: round ${round + 1} of ${times}: ${engine}, ${shape}`);
        came.push(...(await measure(engine, shape)));
      }
    }
    return all.flatMap(({ engine, shape, came }) =>
      NODES.flatMap((size): Costs[] => {
        const some = came.filter((each) => each.size === size);
        if (some.length === 0) return [];
        const of = (what: 'time' | 'memory') => spreadOf(some.map((each) => each[what]));
        return [{ engine, shape, size, time: of('time'), memory: of('memory') }];
      }),
    );
  }
}

/** Asks an engine, in a process of its own. */
async function asked<T>(name: ContenderName, task: string, seconds: number, python: string): Promise<T> {
  if (name !== 'pytorch') {
    const options = { timeout: TIMEOUT, node: ['--expose-gc'] };
    return answerOf<T>('bench/engine/task.ts', [name, task, String(seconds)], options);
  }
  const args = ['bench/engine/contenders/pytorch.py', task, String(seconds)];
  const { output } = await run({ file: python, args, input: GIVEN, timeout: TIMEOUT });
  return lastLine<T>(output);
}

/** The version of PyTorch; undefined if there is none. */
async function versionOfPytorch(python: string): Promise<string | undefined> {
  try {
    return await asked<string>('pytorch', 'version', 1, python);
  } catch {
    return undefined;
  }
}

const WORK = {
  example: 'the running example',
  chain: 'an operation of a chain',
  training: 'a training step',
} as const satisfies Record<Workload, string>;

/**
 * The ratios that are kept: every engine's times over those of `Value`, what a node costs in a large graph, and what a node
 * holds in memory.
 *
 * @param result - what came of the measurement
 */
export function ratiosOfEngines({ times, costs }: EngineResult): Ratio[] {
  const found: Ratio[] = [];
  for (const work of ['example', 'chain', 'training'] as const) {
    for (const name of CONTENDERS) {
      if (name === 'value' || !times[work].has(name)) continue;
      const { title, from } = KNOWN[name];
      const needs = name === 'pytorch' ? 'pytorch' : from === 'packages' ? 'packages' : undefined;
      found.push({
        part: 'engine',
        name: `${WORK[work]}: ${title.replaceAll('`', '')} over Value`,
        spread: times[work].ratio(name, 'value'),
        good: 'large',
        ...(needs === undefined ? {} : { needs }),
      });
    }
  }
  const [one, other] = [1e4, 1e6].map((size) => costs.find((each) => isLikeThis(each, 'value', size)));
  const closure = costs.find((each) => isLikeThis(each, 'closure', 1e6));
  if (one !== undefined && other !== undefined) {
    found.push({
      part: 'engine',
      name: 'a node of Value: its time among a million over its time among ten thousand',
      spread: over(other.time, one.time),
      good: 'small',
    });
  }
  if (closure !== undefined && other !== undefined) {
    found.push({
      part: 'engine',
      name: 'a node in memory: a closure for each operation over Value',
      spread: over(closure.memory, other.memory),
      good: 'large',
    });
  }
  return found;
}

function isLikeThis({ engine, shape, size }: Costs, wanted: Costs['engine'], of: number): boolean {
  return engine === wanted && shape === 'network' && size === of;
}

/** How many times one is the other, where the two were not measured in rounds: the widest that the quartiles allow. */
function over(x: Spread, y: Spread): Spread {
  return { median: x.median / y.median, low: x.low / y.high, high: x.high / y.low };
}
