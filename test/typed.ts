import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Outcome, ROOT, run } from './run-spec';

/**
 * Runs a command as an author would who has installed the package, but with the code of this project. No shell sees it.
 *
 * @param line - the command
 * @param folder - where
 * @param more - further arguments
 */
export async function typed(line: string, folder: string, ...more: string[]): Promise<Outcome> {
  const { parseArgsStringToArgv } = await import('string-argv');
  const [file = '', ...args] = parseArgsStringToArgv(line);
  if (file !== 'npx') return run(file, [...args, ...more], folder);
  const own = ['-r', join(ROOT, 'steps', 'typescript.cjs'), join(ROOT, 'src', 'command', 'cli.ts')];
  return run(process.execPath, [...own, ...args.slice(1), ...more], folder);
}

/** Whether there is a program of this name. */
export function isInstalled(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}
