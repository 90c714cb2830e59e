#!/usr/bin/env node
import { Command, Option } from 'commander';
import { list, SpecError } from '../errors';
import { hiding } from '../gate/flags';
import { lostOutput, watchOutput } from '../gate/output';
import type { Results } from '../gate/results';
import { isOnGitHub } from '../gate/workflow-commands';
import { closeEngines, sharedEngine } from '../node/open';
import { VERSION } from '../node/place';
import { REQUIRABLE } from '../protocol/promises';
import { TIMEOUT } from '../settings';
import { checkArguments, operations, place, seconds, shard, strict, whole } from './options';
import { prepare } from './reports';
import { areWhole, FAILED, type Options, run, UNUSABLE } from './run';
import { removeOld } from './stale';

// Until there is a verdict, there is none, however the process ends.
process.exitCode = UNUSABLE;

const program = new Command('micrograd-spec')
  .description('Runs the executable specification of scalar autograd on an engine.')
  .version(VERSION)
  .enablePositionalOptions() // what stands after `merge` is for it
  .argument(
    '[features...]',
    'chapters, ids, or feature files: 5 7.both-sides-of-one-sum 9:14 my.feature; all chapters if none is given',
  )
  .optionsGroup('The engine:')
  .option('--engine <module>', 'a module: ./my-engine.mjs#Value, a class of nodes or a function execute(program)')
  .option('--engine-command <command>', 'a process that speaks the engine protocol: "python3 my_adapter.py"')
  .option('--describe', 'says what was found of the engine and how it is reached, and runs nothing')
  .option('--require <list>', `what the engine must offer, of ${list(REQUIRABLE)} and depth-1000`, operations)
  .option('--timeout <seconds>', 'how long an engine may take for an answer', seconds, TIMEOUT)
  .optionsGroup('What is run:')
  .option('--tags <expression>', 'only scenarios with these tags: "@tanh and not @network"')
  .option('--expected <file>', 'what is known to fail, one a line: 7.both-sides-of-one-sum # reason')
  .addOption(new Option('--skip-list <file>', 'an earlier name of --expected').hideHelp())
  .option('--failed', 'what has failed when it was last run, with this engine and from this folder')
  .option('--seed <n>', 'seeds the random expressions', whole)
  .option('--runs <n>', 'how many random expressions each law tries', whole)
  .option('--path <path>', 'replays the failure of a law, together with --seed and the one law', place)
  .option('--shard <i/n>', 'runs one of n parts', shard)
  .option('--max-failures <n>', 'runs no further scenario after so many failures', whole)
  .option('--edition <which>', 'which scenarios count: those of an edition, or "next", with what is announced for it')
  .option('--edges', 'an edge at which the engine differs is a failure')
  .option(
    '--demonstration',
    'chapter 12 too: a training that takes long, and asks nothing that chapters 9 to 11 do not',
  )
  .optionsGroup('Reports:')
  .option('--html <file>', 'writes a report to read')
  .option('--book <folder>', 'writes the notes as pages that show how the run went, and run themselves')
  .option('--junit <file>', 'writes a report for a CI server')
  .option('--json <file>', 'writes the results, for programs: docs/results.md')
  .option('--markdown <file>', 'writes a summary, for a pull request')
  .option('--messages <file>', 'writes the messages of the run, to be merged')
  .option('--write-expected <file>', 'begins a list for --expected: what has failed, and what was found to be why')
  .addHelpText(
    'after',
    `
Without an engine, the project's own is run.

Examples:
  micrograd-spec 4 5                                          two chapters, on the project's own engine
  micrograd-spec --engine ./my-engine.mjs#Value               all that gates, on a class of nodes
  micrograd-spec check --engine-command "python3 adapter.py"  is the adapter right?
  micrograd-spec 5.the-curve --engine ./my-engine.mjs         one scenario; micrograd-spec list tells which there are
  micrograd-spec 13 --engine-command ./adapter --timeout 60   one chapter, on a slow engine

It exits with 0 if nothing has failed, with ${FAILED} if something has, and with ${UNUSABLE} if there is no verdict.
What has failed is kept in node_modules/.cache/micrograd-spec, or in the folder that MICROGRAD_SPEC_CACHE names.
How an engine in any language is connected: docs/engine-protocol.md`,
  )
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
  .option('--junit <file>', 'writes a report for a CI server')
  .option('--json <file>', 'writes the results, for programs')
  .option('--markdown <file>', 'writes a summary, for a pull request')
  .action((files: string[], wanted: Record<string, string>, command: Command) =>
    carryOut(command, () => mergeParts(files, wanted)),
  );

program
  .command('compare')
  .description('Shows the results of several engines side by side, as --json has written them.')
  .argument('<files...>', 'the results, one file for each engine')
  .action((files: string[], _: object, command: Command) =>
    carryOut(command, async () => {
      const { compare } = require('./side-by-side') as typeof import('./side-by-side');
      return say(compare(resultsIn(files).map((results, i) => ({ file: files[i] ?? '', results }))));
    }),
  );

program
  .command('diff')
  .description('Says what was fixed, and what broke, from one run to another; exits with 1 if something broke.')
  .argument('<before>', 'the results of the earlier run, as --json has written them')
  .argument('<after>', 'those of the later one')
  .action((before: string, after: string, _: object, command: Command) =>
    carryOut(command, async () => {
      const { diff } = require('./diff') as typeof import('./diff');
      const [then, now] = resultsIn([before, after]) as [Results, Results];
      const { text, isWorse } = diff(then, now);
      return Math.max(say(text), isWorse ? FAILED : 0);
    }),
  );

program
  .command('badge')
  .description('Makes a badge of results, as shields.io reads it from an address.')
  .argument('<file>', 'the results, as --json has written them')
  .action((file: string, _: object, command: Command) =>
    carryOut(command, async () => {
      const { badge } = require('./badge') as typeof import('./badge');
      return say(resultsIn([file]).map(badge).join(''));
    }),
  );

program
  .command('list')
  .description('Says what there is: rules and scenarios, their ids, where they stand, and their tags.')
  .argument('[what...]', 'chapters, ids or feature files, as for a run; all chapters if none is given')
  .option('--json', 'the same for machines')
  .action((what: string[], { json }: { json?: boolean }, command: Command) =>
    carryOut(command, async () => {
      checkArguments(what);
      const { asJson, asText, entriesNamed } = require('./listing') as typeof import('./listing');
      const entries = entriesNamed(what, (line) => process.stderr.write(`${line}\n`));
      return say(json ? asJson(entries) : asText(entries));
    }),
  );

program
  .command('check')
  .description('Says whether an adapter is right: each instruction by itself, with plain numbers.')
  .option('--engine <module>', 'a module, as for a run')
  .option('--engine-command <command>', 'a process that speaks the engine protocol')
  .option('--timeout <seconds>', 'how long an engine may take for an answer', seconds, TIMEOUT)
  .action((options: Options, command: Command) => carryOut(command, () => check(options)));

program
  .command('init')
  .description('Writes an adapter to fill in, a list of expected failures, and a workflow, into this folder.')
  .argument('<language>', 'that of your engine: javascript, python, cpp, rust, go, java, ruby or lua')
  .action((language: string, _: object, command: Command) =>
    carryOut(command, async () => {
      const { init } = require('./init') as typeof import('./init');
      return say(init(language, process.cwd()));
    }),
  );

/** Carries out what a word of the command stands for: it gives what to exit with. */
async function carryOut(command: Command, work: () => Promise<number>): Promise<void> {
  if (Object.keys(program.opts()).some((name) => program.getOptionValueSource(name) === 'cli')) {
    const name = command.name();
    command.error(`options of ${name === 'init' ? 'an' : 'a'} ${name} stand after the word "${name}"`);
  }
  let code = UNUSABLE;
  try {
    refuseCircumstances(command);
    code = await work();
    await closeEngines();
  } catch (error) {
    code = UNUSABLE;
    process.stderr.write(`${sentence(error)}\n`);
  } finally {
    await closeEngines().catch(() => {}); // why it is over has been told
    process.exitCode = code;
  }
}

/** Reads the results that are in files. */
function resultsIn(files: readonly string[]): Results[] {
  const { readResults } = require('./read-results') as typeof import('./read-results');
  return files.map(readResults);
}

/** Prints something; says what to exit with. */
function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return lostOutput() === undefined ? 0 : FAILED;
}

async function check(options: Options): Promise<number> {
  const { checkAdapter } = require('./check') as typeof import('./check');
  const { text, isRight } = await checkAdapter(await sharedEngine({ ...options, folder: process.cwd() }));
  process.stdout.write(`${text}\n`);
  return isRight ? 0 : FAILED;
}

async function mergeParts(files: readonly string[], wanted: Readonly<Record<string, string>>): Promise<number> {
  checkArguments(files);
  const reports = prepare(wanted, files);
  const { merge, writeHtml } = require('../gate/merge') as typeof import('../gate/merge');
  const { messages, text, engineFile, results, isPassed } = merge(files);
  if (isOnGitHub()) {
    const { tellGitHub } = require('../gate/github') as typeof import('../gate/github');
    tellGitHub(results(), engineFile);
  }
  process.stdout.write(`${text}\n`);
  for (const { given, file } of reports.filter(({ option }) => option === 'html')) {
    await writeHtml(messages, file).catch((error) => {
      throw new SpecError(`${given} cannot be written: ${(error as Error).message}`);
    });
  }
  const { writeReports } = require('../gate/written') as typeof import('../gate/written');
  const faults = reports.length === 0 ? [] : writeReports(results(), reports);
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  return isPassed && (await areWhole(reports)) && faults.length === 0 ? 0 : FAILED;
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
