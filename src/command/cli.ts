#!/usr/bin/env node
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import { list, SpecError } from '../errors';
import type { GateOptions } from '../gate/gate';
import { closeEngines, sharedEngine } from '../node/open';
import { IS_SOURCE, ROOT, VERSION, VERSIONS } from '../node/place';
import type { Engine } from '../protocol/program';
import { isOffered, REQUIRABLE } from '../protocol/promises';
import { describeRun, isRequired, type Parameters, TIMEOUT } from '../settings';
import { describeEngine } from './describe';
import { once, operations, place, seconds, shard, whole } from './options';
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
  .option('--engine <module>', 'a module: ./my-engine.mjs#Value, a class of nodes or a function execute(program)', once)
  .option('--engine-command <command>', 'a process that speaks the engine protocol: "python3 my_adapter.py"', once)
  .option('--describe', 'says what was found of the engine and how it is reached, and runs nothing')
  .option('--tags <expression>', 'only scenarios with these tags: "@tanh and not @network"', once)
  .option('--require <list>', `what the engine must offer, of ${list(REQUIRABLE)} and depth-1000`, operations)
  .option('--skip-list <file>', 'scenarios that are known to fail, one a line: name # reason', once)
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
      refuseSwallowed();
      code = await run(features, options);
      await closeEngines();
    } catch (error) {
      code = UNUSABLE;
      if (!(error instanceof SpecError)) throw error;
      process.stderr.write(`${error.message}\n`);
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
    const { merge, writeHtml } = require('../gate/merge') as typeof import('../gate/merge');
    const { messages, text, isPassed } = merge(files);
    process.stdout.write(`${text}\n`);
    process.exitCode = isPassed ? 0 : FAILED;
    if (html !== undefined)
      await writeHtml(messages, html).catch((error) => command.error(`${html}: ${error.message}`));
  });

async function run(features: readonly string[], options: Options): Promise<number> {
  if (options.engine !== undefined && options.engineCommand !== undefined) {
    throw new SpecError('expected one engine, and got both --engine and --engine-command');
  }
  if (options.engine === '') throw new SpecError('the engine is empty');
  const paths = features.length === 0 ? ['features/*.feature'] : features.map(featurePath);
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
    return 0;
  }
  const reports = formats(options);
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
  const gate: GateOptions = {
    skips: Object.keys(skips ?? {}),
    missing,
    again: againOptions(options),
    isLeftOut,
    isPart: options.shard !== undefined,
    seal: options.messages === undefined ? undefined : await sealed(engine, options.messages, part, what, parameters),
  };
  const { loadConfiguration, loadSources, runCucumber } = await loading;
  const { runConfiguration } = await loadConfiguration(
    {
      file: false,
      provided: {
        paths,
        require: [IS_SOURCE ? 'steps/**/*.ts' : 'dist/steps/**/*.js'],
        format: [join(ROOT, IS_SOURCE ? 'steps/dots.cjs' : 'dist/src/gate/dots.js'), ...reports],
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
  const { success } = await runCucumber(runConfiguration, { cwd: ROOT });
  return success ? 0 : FAILED; // the gate sees to the rest
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

/** The options with which a finding is shown again, as they are typed. */
function againOptions({ engine, engineCommand, seed, runs }: Options): string {
  const given = Object.entries({ engine, 'engine-command': engineCommand, seed, runs });
  return given.map(([name, value]) => (value === undefined ? '' : ` --${name} ${quoted(String(value))}`)).join('');
}

/** A word as a shell takes it for one. */
function quoted(text: string): string {
  return /^[\w./#:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
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

/** The reports that are wanted. Those of an earlier run are taken away: they must not be taken for those of this one. */
function formats({ html, junit, messages }: Options): [string, string][] {
  const wanted = Object.entries({ html, junit, message: messages });
  return wanted.flatMap(([format, file]): [string, string][] => {
    if (file === undefined) return [];
    try {
      mkdirSync(dirname(resolve(file)), { recursive: true });
      rmSync(resolve(file), { force: true });
    } catch (error) {
      throw new SpecError(`${file} cannot be written: ${(error as Error).message}`);
    }
    return [[format, resolve(file)]];
  });
}

/** The same without what is undefined: Cucumber takes JSON. */
function plain(object: object) {
  return JSON.parse(JSON.stringify(object));
}

/** Without `--` between its own options and ours, npm keeps ours, and the run would not be what was asked for. */
function refuseSwallowed(): void {
  const names = program.options.flatMap(({ long }) => long?.slice(2) ?? []);
  const swallowed = names.find((name) => process.env[`npm_config_${name.replaceAll('-', '_')}`] !== undefined);
  if (swallowed === undefined) return;
  throw new SpecError(
    `npm has taken --${swallowed} for an option of its own: write "npm run spec -- --${swallowed} …"`,
  );
}

removeOld(process.argv.slice(2));
void program.parseAsync();
