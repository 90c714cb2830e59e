import { spawn } from 'node:child_process';
import { SpecError } from '../../src/errors';
import { ROOT } from '../../src/node/place';

/** What is measured runs in processes of its own, from the project's folder. This starts them. */
export interface Child {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly folder?: string;
  /** What is written to its standard input. */
  readonly input?: string;
  /** How long it may take, in seconds. */
  readonly timeout: number;
  /** Is told what it prints, as it comes, and how long after the start, in seconds. */
  readonly heard?: (text: string, after: number) => void;
}

/** How a process ended. */
export interface Ended {
  /** From the moment it was started until all of its output had come, in seconds. */
  readonly seconds: number;
  readonly code: number | null;
  readonly output: string;
}

/** As many characters of a failure are shown. */
const SHOWN = 2000;

/**
 * Runs a program to its end.
 *
 * @param child - which, and how
 * @param expected - the exit code that it is to have
 * @throws SpecError if it takes too long, or ends in another way than expected
 */
export function run(child: Child, expected = 0): Promise<Ended> {
  const { file, args, env = {}, folder = ROOT, input = '', timeout, heard } = child;
  const shown = [file, ...args].join(' ');
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const since = () => (performance.now() - began) / 1000;
    const started = spawn(file, args, { cwd: folder, env: { ...inherited(), ...env }, stdio: 'pipe' });
    let output = '';
    let errors = '';
    let isLate = false;
    const alarm = setTimeout(() => {
      isLate = true;
      started.kill('SIGKILL');
    }, timeout * 1000);
    started.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      heard?.(text, since());
    });
    started.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    started.stdin.on('error', () => {}); // it has ended without reading: its exit code says why
    started.stdin.end(input);
    started.on('error', (error) => {
      clearTimeout(alarm);
      reject(new SpecError(`${file} cannot be started: ${error.message}`));
    });
    started.on('close', (code) => {
      clearTimeout(alarm);
      const seconds = since();
      if (isLate) return reject(new SpecError(`${shown}\ntook more than ${timeout} seconds`));
      if (code === expected) return resolve({ seconds, code, output });
      const end = `${output}\n${errors}`.trim().slice(-SHOWN);
      reject(new SpecError(`${shown}\nended with ${code}, and not with ${expected}:\n${end}`));
    });
  });
}

/**
 * Runs one of the project's own scripts, which prints JSON in its last line.
 *
 * @param script - the script
 * @param args - its arguments
 * @param options - as for any other program, and options of Node.js itself
 * @returns what the last line says
 * @throws SpecError if it fails, takes too long, or prints something else
 */
export async function answerOf<T>(
  script: string,
  args: readonly string[],
  { node = [], ...options }: Pick<Child, 'timeout' | 'env' | 'input'> & { node?: readonly string[] },
): Promise<T> {
  const { output } = await run({ ...options, file: process.execPath, args: [...node, ...TYPESCRIPT, script, ...args] });
  return lastLine<T>(output);
}

/** The options with which Node.js runs TypeScript. */
export const TYPESCRIPT = ['-r', './steps/typescript.cjs'];

/**
 * What the last line of some output says, as JSON.
 *
 * @param output - what a process has printed
 * @throws SpecError if that is no JSON
 */
export function lastLine<T>(output: string): T {
  const last = output.trim().split('\n').at(-1) ?? '';
  try {
    return JSON.parse(last) as T;
  } catch {
    throw new SpecError(`expected JSON in the last line, and got "${last.slice(0, SHOWN)}"`);
  }
}

/** The environment without what npm adds to it: the spec looks there for options that npm has swallowed. */
function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith('npm_')));
}
