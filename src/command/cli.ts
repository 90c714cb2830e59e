#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { list, SpecError } from '../errors';
import { hiding } from '../gate/flags';
import type { GateOptions } from '../gate/gate';
import { lostOutput, watchOutput } from '../gate/output';
import { faultsOfReplay, isLaw } from '../gate/told';
import { closeEngines, sharedEngine } from '../node/open';
import { IS_SOURCE, ROOT, VERSION, VERSIONS } from '../node/place';
import type { Engine } from '../protocol/program';
import { isOffered, REQUIRABLE } from '../protocol/promises';
import { describeRun, isRequired, type Parameters, TIMEOUT, typed } from '../settings';
import { describeEngine } from './describe';
import { checkArguments, operations, place, seconds, shard, strict, whole } from './options';
import { checkReadable } from './readable';
import { faultsOfReports, prepare, type Report } from './reports';
import { checkTags, featurePath, readSkipList } from './selection';
import { removeOld } from './stale';

/** What the command was told. */
interface Options {
  readonly engine?: string;
  readonly engineCommand?: string;
  readonly tags?: string;
  readonly seed?: number;
  readonly runs?: number;
  readonly path?: string;
  readonly edges?: boolean;
  readonly demonstration?: boolean;
  readonly shard?: string;
  readonly html?: string;
  readonly junit?: string;
  readonly messages?: string;
  readonly timeout?: number;
  readonly require?: string[];
  readonly skipList?: string;
  readonly describe?: boolean;
}

/** Something failed. */
const FAILED = 1;
/** The command or the engine could not be used. */
const UNUSABLE = 2;

// Until there is a verdict, there is none, however the process ends.
process.exitCode = UNUSABLE;

const program = new Command('micrograd-spec')
  .description('Runs the executable specification of scalar autograd on an engine.')
  .version(VERSION)
  .enablePositionalOptions() // what stands after `merge` is for it
  .argument('[features...]', 'feature files, or numbers of chapters; all chapters if none is given')
  .option('--engine <module>', 'a module: ./my-engine.mjs#Value, a class of nodes or a function execute(program)')
  .option('--engine-command <command>', 'a process that speaks the engine protocol: "python3 my_adapter.py"')
  .option('--describe', 'says what was found of the engine and how it is reached, and runs nothing')
  .option('--tags <expression>', 'only scenarios with these tags: "@tanh and not @network"')
  .option('--require <list>', `what the engine must offer, of ${list(REQUIRABLE)} and depth-1000`, operations)
  .option('--skip-list <file>', 'scenarios that are known to fail, one a line: name # reason')
  .option('--seed <n>', 'seeds the random expressions', whole)
  .option('--runs <n>', 'how many random expressions each law tries', whole)
  .option('--path <path>', 'replays the failure of a law, together with --seed and one law by its line', place)
  .option('--shard <i/n>', 'runs one of n parts', shard)
  .option('--timeout <seconds>', 'how long an engine may take for an answer', seconds, TIMEOUT)
  .option('--edges', 'an edge at which the engine differs is a failure')
  .option(
    '--demonstration',
    'chapter 16 too: a training that takes long, and asks nothing that chapters 12 to 14 do not',
  )
  .option('--html <file>', 'writes a report to read')
  .option('--junit <file>', 'writes a report for a CI server')
  .option('--messages <file>', 'writes the messages of the run, to be merged')
  .configureOutput({ outputError: (text, write) => write(text) })
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : UNUSABLE))
  .action(async (features: string[], options: Options) => {
    let isJudged = false;
    process.once('exit', () => {
      if (!isJudged) process.stderr.write('The run ended before there was a verdict.\n');
    });
    let code = UNUSABLE;
    try {
      refuseCircumstances(program);
      code = await run(features, options);
      await closeEngines();
    } catch (error) {
      code = UNUSABLE;
      process.stderr.write(`${sentence(error)}\n`);
    } finally {
      isJudged = true;
      await closeEngines().catch(() => {}); // why the run is over has been told
      process.exitCode = code;
    }
  });

program
  .command('merge')
  .description('Puts the parts of a run together that were run apart, each with --shard and --messages.')
  .argument('<files...>', 'the message files, one for each part')
  .option('--html <file>', 'writes a report to read')
  .action(async (files: string[], { html }: { html?: string }, command: Command) => {
    if (Object.keys(program.opts()).some((name) => program.getOptionValueSource(name) === 'cli')) {
      return command.error('options of a merge stand after the word "merge"');
    }
    process.exitCode = UNUSABLE;
    try {
      refuseCircumstances(command);
      process.exitCode = await mergeParts(files, html);
    } catch (error) {
      process.stderr.write(`${sentence(error)}\n`);
    }
  });

async function mergeParts(files: readonly string[], html: string | undefined): Promise<number> {
  checkArguments(files);
  const reports = prepare({ html }, files);
  const { merge, writeHtml } = require('../gate/merge') as typeof import('../gate/merge');
  const { messages, text, isPassed } = merge(files);
  process.stdout.write(`${text}\n`);
  for (const { given, file } of reports) {
    await writeHtml(messages, file).catch((error) => {
      throw new SpecError(`${given} cannot be written: ${(error as Error).message}`);
    });
  }
  return isPassed && (await areWhole(reports)) ? 0 : FAILED;
}

async function run(features: readonly string[], options: Options): Promise<number> {
  if (options.engine !== undefined && options.engineCommand !== undefined) {
    throw new SpecError('expected one engine, and got both --engine and --engine-command');
  }
  checkArguments(features);
  const paths = features.length === 0 ? ['features/*.feature'] : features.map(featurePath);
  if (features.length > 0) checkReadable(paths);
  if (options.tags !== undefined) checkTags(options.tags, features.length === 0 ? [] : paths);
  const skips = options.skipList === undefined ? undefined : readSkipList(options.skipList);
  const choice = {
    engine: options.engine,
    engineCommand: options.engineCommand,
    timeout: options.timeout,
    folder: process.cwd(),
  };
  if (options.describe) {
    process.stdout.write(`${describeEngine(await sharedEngine(choice))}\n`);
    return lostOutput() === undefined ? 0 : FAILED;
  }
  const { html, junit, messages } = options;
  const reports = prepare({ html, junit, messages }, inputs(paths, options));
  const opening = sharedEngine(choice);
  opening.catch(() => {}); // told below
  const loading = import('@cucumber/cucumber/api'); // while the engine starts
  const engine = await opening;
  const { description } = engine;
  const parameters: Parameters = {
    ...choice,
    require: options.require,
    skips,
    seed: options.seed,
    runs: options.runs,
    path: options.path,
    edges: options.edges,
    chosen: chosen(features, options),
  };
  const what = describeRun(description, parameters, VERSIONS);
  const part = options.shard ?? '1/1';
  process.stdout.write(`${options.shard === undefined ? '' : `Part ${part} of: `}${what}\n\n`);
  const missing = [...REQUIRABLE].filter((name) => isRequired(name, parameters) && !isOffered(name, description));

  // A guest waits for a verdict, and the demonstration adds nothing to it.
  const isGuest = options.engine !== undefined || options.engineCommand !== undefined;
  const isLeftOut = isGuest && !options.demonstration && features.length === 0;
  const written = reports.find(({ option }) => option === 'messages');
  const gate: GateOptions = {
    skips: Object.keys(skips ?? {}),
    missing,
    again: typed({ ...options, path: undefined }),
    isLeftOut,
    isPart: options.shard !== undefined,
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
          ...reports.map(({ format, file }): [string, string] => [format, file]),
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
    const names = new Set(plan.map(({ name }) => name));
    const strange = Object.keys(skips).filter((name) => !names.has(name));
    if (strange.length > 0) throw new SpecError(`the skip list names scenarios that there are not: ${list(strange)}`);
  }
  if (options.path !== undefined) {
    const { errors, plan } = await loadSources(runConfiguration.sources, { cwd: ROOT });
    const laws = plan.filter(({ uri, location }) => isLaw(readFileSync(resolve(ROOT, uri), 'utf8'), location.line));
    const [fault] = faultsOfReplay(laws.length);
    if (errors.length === 0 && fault !== undefined) throw new SpecError(fault);
  }
  let failure: unknown;
  const { success } = await runCucumber(runConfiguration, { cwd: ROOT }).catch((error) => {
    failure = error;
    return { success: false };
  });
  const isWhole = await areWhole(reports);
  if (failure !== undefined && isWhole) throw failure; // a report that cannot be written has been told already
  return isWhole && success ? 0 : FAILED; // the gate sees to the rest
}

/** Whether all that the run had to say was written; what was not is told. */
async function areWhole(reports: readonly Report[]): Promise<boolean> {
  const faults = await faultsOfReports(reports);
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  return faults.length === 0 && lostOutput() === undefined;
}

/** The files that a run reads. */
function inputs(paths: readonly string[], { engine, engineCommand = '', skipList }: Options): (string | undefined)[] {
  const features = paths.map((path) => resolve(ROOT, path.replace(/(:\d+)+$/, '')));
  return [...features, skipList, engine?.replace(/#[^#]*$/, ''), ...engineCommand.split(/\s+/)];
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
  { tags, require, skipList, path, edges, demonstration }: Options,
): string | undefined {
  const options = Object.entries({ tags, require: require?.join(), 'skip-list': skipList, path });
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

/** What stands in the way before anything is read. */
function refuseCircumstances(command: Command): void {
  watchOutput();
  const hidden = hiding();
  if (hidden !== undefined) throw new SpecError(hidden);
  if (process.env.npm_command === undefined && process.env.npm_lifecycle_event === undefined) return;
  const { swallowed } = require('./environment') as typeof import('./environment');
  const missing = swallowed(command, process.env);
  if (missing !== undefined) throw new SpecError(missing);
}

/** What the system says, of a file or of a pipe: no fault of this program, and no use for a trace of its code. */
function isOfSystem(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

/** An error as a sentence. */
function sentence(error: unknown): string {
  if (error instanceof SpecError) return error.message;
  if (isOfSystem(error)) return `something cannot be read or written: ${(error as Error).message}`;
  throw error;
}

removeOld(process.argv.slice(2));
for (const command of [program, ...program.commands]) strict(command);
void program.parseAsync();
