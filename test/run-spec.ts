import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The project's own folder. */
export const ROOT = dirname(__dirname);

/** How a run of the spec ended. */
export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/**
 * Runs feature text through Cucumber, as a user would, in a process of its own.
 *
 * @param text - a whole feature
 * @param args - further arguments of Cucumber
 */
export async function runSpec(text: string, ...args: string[]): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'micrograd-spec-'));
  try {
    const feature = join(folder, 'changed.feature');
    await writeFile(feature, text);
    return await cucumber(['--config', 'test/plain.cjs', feature, ...args]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * Runs Cucumber with these arguments.
 *
 * @param args - as on its command line
 * @param env - variables of its environment, besides those of this process
 */
export function cucumber(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  const file = join(ROOT, 'node_modules', '@cucumber', 'cucumber', 'bin', 'cucumber.js');
  return run(process.execPath, [file, ...args], ROOT, env);
}

/**
 * Runs the project's own command with these arguments, from the project's folder.
 *
 * @param args - as on its command line
 */
export function command(...args: string[]): Promise<Outcome> {
  return commandIn({}, ...args);
}

/**
 * Runs the project's own command, in an environment of its own.
 *
 * @param env - variables of its environment, besides those of this process
 * @param args - as on its command line
 */
export function commandIn(env: Readonly<Record<string, string>>, ...args: string[]): Promise<Outcome> {
  const file = join(ROOT, 'src', 'command', 'cli.ts');
  return run(process.execPath, ['-r', './steps/typescript.cjs', file, ...args], ROOT, env);
}

/** In CI the runs of a test are not to be told to whoever looks at the tests. */
const NOWHERE = { GITHUB_ACTIONS: '', GITHUB_STEP_SUMMARY: '' };

/**
 * Runs a program.
 *
 * @param file - the program
 * @param args - its arguments
 * @param cwd - where
 * @param env - variables of its environment, besides those of this process
 */
export function run(
  file: string,
  args: readonly string[],
  cwd = ROOT,
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(
      file,
      args,
      { cwd, env: { ...process.env, ...NOWHERE, ...env }, maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => {
        // whoever was ended by a signal has no code
        resolve({ code: error === null ? 0 : Number(error.code ?? 128), output: stderr + stdout });
      },
    );
  });
}

/**
 * The text of a chapter.
 *
 * @param name - its file name without the ending
 */
export function chapter(name: string): Promise<string> {
  return readFile(join(ROOT, 'features', `${name}.feature`), 'utf8');
}
