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
 */
export function cucumber(args: string[]): Promise<Outcome> {
  const bin = join(ROOT, 'node_modules', '@cucumber', 'cucumber', 'bin', 'cucumber.js');
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, ...args], { cwd: ROOT }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
    });
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
