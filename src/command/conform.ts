import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SpecError } from '../errors';
import type { Results, ScenarioResult } from '../gate/results';

/** Which engine is tried, and on what. One of `engine`, `module` and `command` names the engine. */
export interface ConformOptions {
  /** A class of nodes in this process, in the shape of micrograd's `Value`. */
  readonly engine?: abstract new (
    ...given: never[]
  ) => object;
  /** A module, as of `--engine`: `./my-engine.mjs#Value`. */
  readonly module?: string;
  /** A command that starts an engine, as of `--engine-command`: `python3 my_adapter.py`. */
  readonly command?: string;
  /** What is run, as it is named on the command line: chapters, scenarios, feature files. All chapters if it is left out. */
  readonly only?: readonly (string | number)[];
  /** Only scenarios with these tags: `@tanh and not @network`. */
  readonly tags?: string;
  /** Seeds the random expressions. */
  readonly seed?: number;
  /** How many random expressions each law tries. */
  readonly runs?: number;
  /** Which scenarios count: those of an edition, or "next". */
  readonly edition?: number | 'next';
  /** Whether an edge at which the engine differs is a failure. */
  readonly edges?: boolean;
  /** What the engine must offer. */
  readonly require?: readonly string[];
  /** How long the engine may take for an answer, in seconds. */
  readonly timeout?: number;
}

/** What came of it. */
export interface Conformity extends Results {
  /**
   * All that keeps the verdict from being "passed": what was not checked, and each scenario that has failed, with the
   * reason. It is empty if, and only if, the engine conforms.
   */
  readonly failed: readonly string[];
  /** What the command prints. */
  readonly text: string;
}

// Who wants the engine of this package need not wait for the rest: it is loaded when something is to be tried.

/** What stands in the place of a module whose name is not known. */
const UNKNOWN = 'YOUR-MODULE';

/**
 * Runs the spec on an engine, in processes of its own, and gives the results that `--json` writes.
 *
 * An engine that is a class in this process stays here: it is asked from there. So it must answer in the end; one that
 * may hang is better named as a module.
 *
 * @param options - which engine, and what is run
 * @returns the results, whether the engine conforms or not
 * @throws SpecError if the options or the engine cannot be used
 * @example
 * ```ts
 * const results = await conform({ engine: Value });
 * expect(results.failed).toEqual([]);
 * ```
 */
export async function conform(options: ConformOptions): Promise<Conformity> {
  const { engine, module, command } = options;
  const named = [engine, module, command].filter((each) => each !== undefined);
  if (named.length !== 1) {
    throw new SpecError(`conform: expected one of "engine", "module" and "command", and got ${named.length} of them`);
  }
  if (engine === undefined) return runCommand(module, options);
  const { classEngine } = require('../engines/class') as typeof import('../engines/class');
  const { typed } = require('../settings') as typeof import('../settings');
  const { offer } = require('../node/relay') as typeof import('../node/relay');
  const name = engine.name || 'Value';
  classEngine(engine, name); // throws if it is none
  const { reference, close } = await offer(() => classEngine(engine, name));
  try {
    const found = await runCommand(reference, options);
    // a socket is nothing that can be typed
    return replaced(found, typed({ engine: reference }), ` --engine ${UNKNOWN}#${name}`);
  } finally {
    close();
  }
}

async function runCommand(module: string | undefined, options: ConformOptions): Promise<Conformity> {
  const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-'));
  try {
    const file = join(folder, 'results.json');
    const { stdout, stderr } = await ended(start([...argumentsOf(module, options), '--json', file]));
    let results: Results;
    try {
      results = JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      throw new SpecError(`conform: there are no results: ${stderr.trim() || stdout.trim()}`);
    }
    return { ...results, failed: failedIn(results), text: stdout.trim() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function argumentsOf(
  module: string | undefined,
  { command, only = [], tags, seed, runs, edition, edges, require, timeout }: ConformOptions,
): string[] {
  const given = {
    engine: module,
    'engine-command': command,
    tags,
    seed,
    runs,
    edition,
    timeout,
    require: require?.join(),
  };
  return [
    ...Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`])),
    ...(edges ? ['--edges'] : []),
    ...only.map(String),
  ];
}

/** Options of Node.js that say how modules are loaded: an engine in TypeScript may need them. Others are for this process. */
const LOADING = /^(?:--import|--require|-r|--loader|--experimental-loader|--conditions|-C)$/;
const LOADING_WHOLE = /^--(?:import|require|loader|experimental-[\w-]+|conditions|enable-source-maps)(?:=.*)?$/;

function start(args: readonly string[]): ChildProcess {
  const loading = process.execArgv.filter(
    (each, i, all) => LOADING.test(each) || LOADING.test(all[i - 1] ?? '') || LOADING_WHOLE.test(each),
  );
  const { IS_SOURCE, ROOT } = require('../node/place') as typeof import('../node/place');
  const compiler = IS_SOURCE ? ['-r', join(ROOT, 'steps', 'typescript.cjs')] : [];
  const cli = join(__dirname, IS_SOURCE ? 'cli.ts' : 'cli.js');
  // whoever runs the tests tells how they went, and what npm was told is not meant for this command
  const env = { ...process.env, GITHUB_ACTIONS: '', npm_command: undefined, npm_lifecycle_event: undefined };
  return spawn(process.execPath, [...loading, ...compiler, cli, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

function ended(child: ChildProcess): Promise<{ stdout: string; stderr: string }> {
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve(said));
  });
}

function failedIn({ verdict, scenarios }: Results): string[] {
  const failed = scenarios.filter(({ status }) => status === 'failed');
  const texts = [...verdict.problems, ...failed.map(sentence)];
  return texts.length > 0 || verdict.passed ? texts : [verdict.line];
}

function sentence({ id, title, message }: ScenarioResult): string {
  return `${id}: ${title}\n${message}`;
}

/** The same with another text in the place of one, wherever it stands. */
function replaced<T>(found: T, text: string, by: string): T {
  return JSON.parse(JSON.stringify(found), (_, value) =>
    typeof value === 'string' ? value.replaceAll(text, by) : value,
  );
}
