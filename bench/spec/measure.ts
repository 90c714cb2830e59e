import { join } from 'node:path';
import { SpecError } from '../../src/errors';
import { ROOT } from '../../src/node/place';
import { run, TYPESCRIPT } from '../measuring/children';
import { inRounds, type Rounds, type Turn } from '../measuring/rounds';
import type { Ratio } from '../ratios';
import { Places } from './places';

/** How the spec is measured. */
export interface SpecOptions {
  readonly rounds: number;
  /** Whether runs that take long and say little are left out. */
  readonly isShort: boolean;
  readonly python: string;
  readonly tell: (what: string) => void;
}

/** What is timed. */
export type Run =
  | 'empty'
  | 'smallest'
  | 'smallest, first'
  | 'whole'
  | 'whole, first'
  | 'short'
  | 'chapters'
  | 'guest in this process'
  | 'guest in Node.js'
  | 'guest in Python'
  | 'wrong'
  | 'wrong, until a scenario fails'
  | 'wrong, until a finding';

/** What came of it: times, in seconds. */
export type SpecResult = Rounds<Run>;

/** What each of them is, in words. */
export const RUNS: Readonly<Record<Run, string>> = {
  empty: "Cucumber's empty run: one feature with nothing in it, no steps",
  smallest: 'cold start: one scenario with one sum',
  'smallest, first': 'the same, with nothing compiled yet',
  whole: 'the whole run, with its report',
  'whole, first': 'the same, with nothing compiled and nothing drawn yet',
  short: 'the whole run without laws and demonstration',
  chapters: 'chapters 4 and 5 alone',
  'guest in this process': 'all but the demonstration: the engine in the process of the spec',
  'guest in Node.js': 'the same engine, as a module in a process of its own',
  'guest in Python': 'the example in Python, through its adapter',
  wrong: 'a wrong engine, which assigns gradients: its whole run',
  'wrong, until a scenario fails': 'until the first scenario is seen to fail',
  'wrong, until a finding': 'until the first finding is told',
};

const TIMEOUT = 600;
const CUCUMBER = join(ROOT, 'node_modules', '@cucumber', 'cucumber', 'bin', 'cucumber.js');
const FAILED = 1;

/**
 * Measures the spec, each run in a process of its own, from its start to its end, beside a run of Cucumber that has
 * nothing to do.
 *
 * @param options - how much
 */
export async function measureSpec({ rounds, isShort, python, tell }: SpecOptions): Promise<SpecResult> {
  const places = new Places();
  try {
    const turns = turnsOf(places, python).filter(({ name }) => !(isShort && LONG.includes(name)));
    // what is kept between runs is there before a run is timed
    tell('spec: what is kept between runs');
    for (const { name, measure } of turns) if (WARMS.includes(name)) await measure(() => {});
    return await inRounds(turns, rounds, (what) => tell(`spec: ${what}`));
  } finally {
    places.remove();
  }
}

/** What a short measurement leaves out. */
const LONG: readonly Run[] = ['whole, first'];

/** These leave behind all that the others find. */
const WARMS: readonly Run[] = ['whole', 'guest in Node.js', 'wrong'];

function turnsOf(places: Places, python: string): Turn<Run>[] {
  const spec = async (args: readonly string[], folder = places.kept): Promise<number> => {
    const file = process.execPath;
    const all = [...TYPESCRIPT, 'src/command/cli.ts', ...args];
    return (await run({ file, args: all, env: { MICROGRAD_SPEC_CACHE: folder }, timeout: TIMEOUT })).seconds;
  };
  const report = ['--html', places.report];
  const guest = ['--tags', 'not @demonstration'];
  return [
    { name: 'empty', measure: () => emptyRun(places) },
    { name: 'smallest', measure: () => spec([places.smallest, ...report]) },
    { name: 'smallest, first', measure: () => spec([places.smallest, ...report], places.fresh()) },
    { name: 'whole', measure: () => spec(report) },
    { name: 'whole, first', measure: () => spec(report, places.fresh()) },
    { name: 'short', measure: () => spec(['--tags', 'not @laws and not @demonstration', ...report]) },
    { name: 'chapters', measure: () => spec(['4', '5', ...report]) },
    { name: 'guest in this process', measure: () => spec(guest) },
    { name: 'guest in Node.js', measure: () => spec([...guest, '--engine', './src/index.ts#Value']) },
    {
      name: 'guest in Python',
      measure: async () => {
        if (!(await isThere(python))) return { why: 'there is no Python' };
        return spec([...guest, '--engine-command', `"${python}" examples/python/adapter.py`]);
      },
    },
    { name: 'wrong', measure: (aside) => wrongRun(places, aside) },
  ];
}

/** Cucumber with nothing to do, with the reporters that the spec has. */
async function emptyRun({ empty }: Places): Promise<number> {
  const args = [CUCUMBER, '--format', 'progress', '--format', 'html:report.html'];
  return (await run({ file: process.execPath, args, folder: empty, timeout: TIMEOUT })).seconds;
}

/** A wrong engine: when something is first seen of its fault, and when all is over. */
async function wrongRun({ kept }: Places, aside: (name: Run, seconds: number) => void): Promise<number> {
  const signs: { readonly name: Run; readonly sign: RegExp }[] = [
    { name: 'wrong, until a scenario fails', sign: /^[.-]*F/m },
    { name: 'wrong, until a finding', sign: /^found: /m },
  ];
  const seen = new Map<Run, number>();
  let output = '';
  const args = [...TYPESCRIPT, 'src/command/cli.ts', '--engine', './test/engines/engines.cjs#assigns'];
  const heard = (text: string, after: number) => {
    output += text;
    for (const { name, sign } of signs) if (!seen.has(name) && sign.test(output)) seen.set(name, after);
  };
  const env = { MICROGRAD_SPEC_CACHE: kept };
  const { seconds } = await run({ file: process.execPath, args, env, timeout: TIMEOUT, heard }, FAILED);
  for (const { name } of signs) {
    const after = seen.get(name);
    if (after === undefined) throw new SpecError(`a wrong engine was run, and this was not seen: ${RUNS[name]}`);
    aside(name, after);
  }
  return seconds;
}

async function isThere(python: string): Promise<boolean> {
  try {
    await run({ file: python, args: ['--version'], timeout: 10 });
    return true;
  } catch {
    return false;
  }
}

/**
 * The ratios that are kept.
 *
 * @param result - what came of the measurement
 */
export function ratiosOfSpec(result: SpecResult): Ratio[] {
  const small = (name: string, what: Run, to: Run, needs?: Ratio['needs']): Ratio[] => {
    if (!result.has(what)) return [];
    const ratio: Ratio = { part: 'spec', name, spread: result.ratio(what, to), good: 'small' };
    return [{ ...ratio, ...(needs && { needs }), ...(LONG.includes(what) && { isLong: true }) }];
  };
  return [
    ...small("cold start over Cucumber's empty run", 'smallest', 'empty'),
    ...small("cold start, first, over Cucumber's empty run", 'smallest, first', 'empty'),
    ...small("the whole run over Cucumber's empty run", 'whole', 'empty'),
    ...small("the whole run, first, over Cucumber's empty run", 'whole, first', 'empty'),
    ...small("the run without laws and demonstration over Cucumber's empty run", 'short', 'empty'),
    ...small("chapters 4 and 5 over Cucumber's empty run", 'chapters', 'empty'),
    ...small(
      'an engine in a process of its own over one in the process of the spec',
      'guest in Node.js',
      'guest in this process',
    ),
    ...small(
      'the example in Python over an engine in the process of the spec',
      'guest in Python',
      'guest in this process',
      'python',
    ),
    ...small('a wrong engine: the first failure over the whole run', 'wrong, until a scenario fails', 'wrong'),
    ...small('a wrong engine: the first finding over the whole run', 'wrong, until a finding', 'wrong'),
  ];
}
