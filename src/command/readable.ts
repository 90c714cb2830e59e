import { accessSync, constants, readdirSync, type Stats, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SpecError } from '../errors';
import { ROOT } from '../node/place';

/**
 * Sees to it that what a run is to read can be read: a pipe would be waited for without end, and of a folder that is
 * called like a feature file the system says no more than that it is one.
 *
 * @param paths - feature files, perhaps with lines, and folders of them; patterns are left to Cucumber
 * @throws SpecError that names the first that cannot be read
 */
export function checkReadable(paths: readonly string[]): void {
  for (const path of paths) {
    const file = resolve(ROOT, path.replace(/(:\d+)+$/, ''));
    const stats = statOf(file);
    if (stats?.isDirectory() && !file.endsWith('.feature')) checkFolder(file);
    else if (stats !== undefined) checkFile(file, stats);
  }
}

function checkFolder(folder: string): void {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch (error) {
    throw new SpecError(`${folder} cannot be read: ${(error as Error).message}`);
  }
  for (const name of names.filter((each) => each.endsWith('.feature'))) {
    const file = join(folder, name);
    checkFile(file, statOf(file));
  }
}

function checkFile(file: string, stats: Stats | undefined): void {
  if (stats === undefined) throw new SpecError(`${file} cannot be read: this is a link that leads nowhere`);
  if (stats.isDirectory()) throw new SpecError(`${file} cannot be read: expected a feature file, and this is a folder`);
  if (!stats.isFile())
    throw new SpecError(`${file} cannot be read: expected a feature file, and this is a device or a pipe`);
  try {
    accessSync(file, constants.R_OK);
  } catch (error) {
    throw new SpecError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

function statOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined; // a circle of links
  }
}
