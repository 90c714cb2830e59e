import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Envelope } from '@cucumber/messages';
import { SpecError } from '../errors';
import { counting } from '../gate/editions';
import { placeOf } from '../gate/entries';
import { failedFile } from '../gate/failed';
import type { GateOptions } from '../gate/gate';
import { lostOutput } from '../gate/output';
import { faultsOfReplay, isLaw } from '../gate/told';
import { isOnGitHub } from '../gate/workflow-commands';
import { sharedEngine } from '../node/open';
import { IS_SOURCE, ROOT, VERSION, VERSIONS } from '../node/place';
import type { Engine } from '../protocol/program';
import { isOffered, REQUIRABLE } from '../protocol/promises';
import { describeRun, type EngineChoice, isRequired, type Parameters, RUNS, SEED } from '../settings';
import { checkArguments } from './options';
import { checkReadable } from './readable';
import { faultsOfReports, prepare, type Report } from './reports';
import { checkExpected, checkTags, failedBefore, featurePath, readExpectedList } from './selection';

/** What the command was told. */
export interface Options {
  readonly engine?: string;
  readonly engineCommand?: string;
  readonly tags?: string;
  readonly seed?: number;
  readonly runs?: number;
  readonly path?: string;
  readonly edges?: boolean;
  readonly edition?: string;
  readonly demonstration?: boolean;
  readonly shard?: string;
  readonly html?: string;
  readonly junit?: string;
  readonly json?: string;
  readonly markdown?: string;
  readonly messages?: string;
  readonly book?: string;
  readonly timeout?: number;
  readonly require?: string[];
  readonly expected?: string;
  /** What `expected` was called earlier. */
  readonly skipList?: string;
  readonly writeExpected?: string;
  readonly maxFailures?: number;
  readonly describe?: boolean;
  readonly failed?: boolean;
}

/** What whoever has installed the package has most likely not meant. */
const NO_ENGINE =
  "No engine was named, so this tries the project's own. Yours: --engine ./my-engine.mjs#Value, or --engine-command …";

/** Something failed. */
export const FAILED = 1;
/** The command or the engine could not be used. */
export const UNUSABLE = 2;

/**
 * Runs the spec.
 *
 * @param named - chapters, ids, or feature files; all chapters if there are none
 * @param options - what the command was told
 * @returns what to exit with, as far as is known before the gate has looked
 * @throws SpecError if something cannot be used
 */
export async function run(named: readonly string[], options: Options): Promise<number> {
  if (options.engine !== undefined && options.engineCommand !== undefined) {
    throw new SpecError('expected one engine, and got both --engine and --engine-command');
  }
  checkArguments(named);
  const tell = (line: string) => void process.stderr.write(`${line}\n`);
  const choice = {
    engine: options.engine,
    engineCommand: options.engineCommand,
    timeout: options.timeout,
    folder: process.cwd(),
  };
  const features = options.failed ? failedBefore(named, failedFile(choice)) : named;
  const paths = features.length === 0 ? ['features/*.feature'] : features.map((what) => featurePath(what, tell));
  if (features.length > 0) checkReadable(paths);
  if (options.tags !== undefined) checkTags(options.tags, features.length === 0 ? [] : paths);
  if (options.expected !== undefined && options.skipList !== undefined) {
    throw new SpecError('--skip-list is an earlier name of --expected: expected one of them, and got both');
  }
  const expected = options.expected ?? options.skipList;
  const { edition, announced } = counting(options.edition);
  const skips = expected === undefined ? undefined : readExpectedList(expected);
  const { html, junit, json, markdown, messages, writeExpected } = options;
  const wanted = { html, junit, json, markdown, messages, 'write-expected': writeExpected };
  if (options.describe) {
    if (Object.values(wanted).some((file) => file !== undefined))
      throw new SpecError('--describe runs nothing, so there is nothing to report');
    const { describeEngine } = require('./describe') as typeof import('./describe');
    process.stdout.write(`${describeEngine(await sharedEngine(choice))}\n`);
    return lostOutput() === undefined ? 0 : FAILED;
  }
  const reports = prepare(wanted, inputs(paths, options));
  const ofCucumber = reports.filter(({ format }) => format !== undefined);
  const book = options.book === undefined ? undefined : openBook(options.book, options);
  const opening = sharedEngine(choice);
  opening.catch(() => {}); // told below
  const loading = import('@cucumber/cucumber/api'); // while the engine starts
  const engine = await opening;
  const isGuest = options.engine !== undefined || options.engineCommand !== undefined;
  if (isGuest) {
    const { requireAdapter } = require('./check') as typeof import('./check');
    const doubt = await requireAdapter(engine, options.engineCommand !== undefined);
    if (doubt !== undefined) process.stdout.write(`${doubt}\n\n`);
  }
  const { description } = engine;
  const parameters: Parameters = {
    ...choice,
    require: options.require,
    skips,
    seed: options.seed,
    runs: options.runs,
    path: options.path,
    edges: options.edges,
    announced: isGuest || options.edition !== undefined ? announced : undefined,
    edition: options.edition,
    maxFailures: options.maxFailures,
    chosen: chosen(options.failed ? ['--failed'] : features, options),
    pictures: book === undefined ? undefined : 'data',
  };
  const what = describeRun(description, parameters, VERSIONS);
  const part = options.shard ?? '1/1';
  if (!isGuest && !IS_SOURCE) process.stdout.write(`${NO_ENGINE}\n`);
  process.stdout.write(`${options.shard === undefined ? '' : `Part ${part} of: `}${what}\n\n`);
  const missing = [...REQUIRABLE].filter((name) => isRequired(name, parameters) && !isOffered(name, description));

  // A guest waits for a verdict, and the demonstration adds nothing to it.
  const isLeftOut = isGuest && !options.demonstration && features.length === 0;
  const written = reports.find(({ option }) => option === 'messages');
  const gate: GateOptions = {
    skips: Object.keys(skips ?? {}),
    missing,
    isLeftOut,
    isPart: options.shard !== undefined,
    isSoon: isGuest && features.length === 0,
    announced: parameters.announced,
    about: reports.length === 0 && !isOnGitHub() ? undefined : about(description, parameters, edition),
    // of a part, those are told who merge it
    isOnGitHub: isOnGitHub() && options.shard === undefined,
    engineFile: isOnGitHub() ? await ownFile(choice) : undefined,
    reports: reports.filter(({ format }) => format === undefined),
    failed: options.shard === undefined ? failedFile(choice) : undefined,
    seal: written === undefined ? undefined : await sealed(engine, written.file, part, what, parameters),
  };
  const { loadConfiguration, loadSources, runCucumber } = await loading;
  const { runConfiguration } = await loadConfiguration(
    {
      file: false,
      provided: {
        paths,
        require: [IS_SOURCE ? 'steps/**/*.ts' : 'dist/steps/**/*.js'],
        format: [
          join(ROOT, IS_SOURCE ? 'steps/dots.cjs' : 'dist/src/gate/dots.js'),
          ...ofCucumber.map(({ format = '', file }): [string, string] => [format, file]),
        ],
        formatOptions: { snippetSyntax: './steps/no-such-sentence.cjs', printAttachments: false },
        tags: isLeftOut ? without('@demonstration', options.tags) : (options.tags ?? ''),
        ...(options.shard === undefined ? {} : { shard: options.shard }),
        publish: false,
        plugin: [IS_SOURCE ? './steps/gate.cjs' : './dist/src/gate/plugin.js'],
        pluginOptions: { gate: plain(gate) },
        worldParameters: plain(parameters),
      },
    },
    { cwd: ROOT },
  );
  if (skips !== undefined) {
    const all = { defaultDialect: 'en', order: 'defined' as const, names: [], tagExpression: '' };
    const { plan } = await loadSources({ ...all, paths: ['features/*.feature', ...paths] }, { cwd: ROOT });
    const own = plan.flatMap(({ name, uri, location }) => [name, placeOf({ uri, location })]);
    checkExpected(Object.keys(skips), own, tell);
  }
  if (options.path !== undefined) {
    const { errors, plan } = await loadSources(runConfiguration.sources, { cwd: ROOT });
    const laws = plan.filter(({ uri, location }) => isLaw(readFileSync(resolve(ROOT, uri), 'utf8'), location.line));
    const [fault] = faultsOfReplay(laws.length);
    if (errors.length === 0 && fault !== undefined) throw new SpecError(fault);
  }
  let failure: unknown;
  const { success } = await runCucumber(runConfiguration, { cwd: ROOT }, book?.take).catch((error) => {
    failure = error;
    return { success: false };
  });
  await book?.write({ gate, what, isGuest });
  const isWhole = await areWhole(ofCucumber); // the others are written when all is over
  if (failure !== undefined && isWhole) throw failure; // a report that cannot be written has been told already
  return isWhole && success ? 0 : FAILED; // the gate sees to the rest
}

/**
 * Whether all that the run had to say was written; what was not is told.
 *
 * @param reports - what was to be written
 */
export async function areWhole(reports: readonly Report[]): Promise<boolean> {
  const faults = await faultsOfReports(reports);
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  return faults.length === 0 && lostOutput() === undefined;
}

/** A book that will be written of the run, whichever way that ends; its code is loaded for nothing else. */
function openBook(given: string, { html, junit, json, markdown, messages, shard }: Options) {
  if (html ?? junit ?? json ?? markdown ?? messages ?? shard) {
    throw new SpecError('--book is for a run of its own, without other reports and parts: their pictures are drawn');
  }
  const { prepareBook, writeBook } = require('../book/book') as typeof import('../book/book');
  const folder = prepareBook(given);
  const taken: Envelope[] = [];
  return {
    take: (message: Envelope) => void taken.push(message),
    write: (of: { gate: GateOptions; what: string; isGuest: boolean }) => writeBook({ folder, messages: taken, ...of }),
  };
}

/** The engine's own file in the repository. */
function ownFile(choice: EngineChoice): Promise<string | undefined> {
  const { engineFile } = require('../gate/github') as typeof import('../gate/github');
  return engineFile(choice, process.env.GITHUB_WORKSPACE || process.cwd());
}

/** What the run is, for its results. */
function about(description: Engine['description'], parameters: Parameters, edition: number): GateOptions['about'] {
  const { plainDescription } = require('../gate/results') as typeof import('../gate/results');
  const { seed = SEED, runs = RUNS, path, chosen } = parameters;
  const engine = plainDescription(description);
  return { spec: VERSION, edition, node: process.versions.node, seed, runs, path, chosen, engine };
}

/** The files that a run reads. */
function inputs(
  paths: readonly string[],
  { engine, engineCommand = '', expected, skipList }: Options,
): (string | undefined)[] {
  const features = paths.map((path) => resolve(ROOT, path.replace(/(:\d+)+$/, '')));
  return [...features, expected ?? skipList, engine?.replace(/#[^#]*$/, ''), ...engineCommand.split(/\s+/)];
}

/** What the message file is sealed with. */
async function sealed(engine: Engine, file: string, part: string, what: string, parameters: Parameters) {
  const { originOf } = require('../gate/origin') as typeof import('../gate/origin');
  return { file: resolve(file), part, run: what, origin: await originOf(engine, parameters) };
}

/** An expression of tags, and one tag less. */
function without(tag: string, tags = ''): string {
  return tags.trim() === '' ? `not ${tag}` : `(${tags}) and not ${tag}`;
}

/** What was chosen of the whole, and what was asked of the engine; undefined if it is everything, and nothing. */
function chosen(
  features: readonly string[],
  { tags, require, expected, skipList, path, maxFailures, edition, edges, demonstration }: Options,
): string | undefined {
  const options = Object.entries({
    ...{ tags, require: require?.join(), expected: expected ?? skipList, path, edition },
    'max-failures': maxFailures?.toString(),
  });
  const given = options.flatMap(([name, value]) => (value === undefined ? [] : [`--${name} ${JSON.stringify(value)}`]));
  return (
    [...features, ...given, ...(edges ? ['--edges'] : []), ...(demonstration ? ['--demonstration'] : [])].join(' ') ||
    undefined
  );
}

/** The same without what is undefined: Cucumber takes JSON. */
function plain(object: object) {
  return JSON.parse(JSON.stringify(object));
}
