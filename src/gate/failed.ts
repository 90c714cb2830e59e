import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cache } from '../node/place';
import type { EngineChoice } from '../settings';

/*
 * What has failed, by id, is kept between runs, for --failed: in the folder of caches, in a file for each engine and each
 * folder from which it is run. A scenario stays there until it is run again and does not fail.
 */

/**
 * The file in which is kept what has failed.
 *
 * @param choice - the engine, and the folder from which it is run
 */
export function failedFile({ engine, engineCommand, folder }: EngineChoice): string {
  const of = createHash('sha256').update(JSON.stringify([engine ?? null, engineCommand ?? null, folder ?? null]));
  return join(cache(), `failed-${of.digest('hex').slice(0, 16)}.json`);
}

/**
 * What has failed when it was last run.
 *
 * @param file - where it is kept
 * @returns what the scenarios are called
 */
export function readFailed(file: string): string[] {
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(kept) ? kept.filter((each) => typeof each === 'string') : [];
  } catch {
    return []; // nothing has failed, or another run is writing
  }
}

/**
 * Keeps what has failed in a run, and forgets what has not.
 *
 * @param file - where it is kept
 * @param ran - all scenarios that were run, and whether they have failed
 */
export function keepFailed(file: string, ran: ReadonlyMap<string, boolean>): void {
  const before = readFailed(file).filter((name) => !ran.has(name));
  const now = [...before, ...[...ran].flatMap(([name, hasFailed]) => (hasFailed ? [name] : []))];
  try {
    if (now.length === 0) {
      rmSync(file, { force: true });
      return;
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(now));
    renameSync(`${file}.${process.pid}`, file); // whole, or not at all
  } catch {
    // a folder that cannot be written to: --failed will say that nothing is kept
  }
}
