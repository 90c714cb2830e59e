import { readdirSync, statSync } from 'node:fs';
import { dirname, extname, join, normalize, relative, resolve } from 'node:path';
import type { GherkinDocument, Pickle } from '@cucumber/messages';
import { distance } from 'fastest-levenshtein';

/** What was asked for, and what was found. */
export interface Paths {
  /** As on the command line: files, folders or globs, perhaps with lines: `features/05.feature:12:40`. */
  readonly asked: readonly string[];
  /** The feature files that were found. */
  readonly found: readonly string[];
  /** Where relative paths begin. */
  readonly folder: string;
}

/**
 * What was asked for and is not there. If something else was asked for as well, Cucumber runs that without a word.
 *
 * @param paths - what was asked for
 * @param documents - the feature files, parsed
 * @param pickles - all scenarios in them
 * @returns a sentence for each fault
 */
export function faultsOfPaths(
  { asked, found, folder }: Paths,
  documents: readonly GherkinDocument[],
  pickles: readonly Pickle[],
): string[] {
  const places = placesOf(documents, pickles);
  const files = found.map((file) => relative(folder, resolve(folder, file)));
  // A single path that was found is right as it is, and need not be looked up again.
  const isOne = asked.length === 1 && files.length > 0;
  return asked.flatMap((path) => {
    const [, file = path, lines] = /^(.*?)((?::\d+)+)?$/.exec(path) ?? [];
    const name = relative(folder, resolve(folder, file));
    const isFound =
      isOne || matches(file, folder).some((match) => files.some((each) => each === match || isWithin(each, match)));
    if (!isFound) return [`${path}: there is no such feature file, or no feature file in it`];
    const strange = (lines ?? '').split(':').filter((line) => line !== '' && !places.has(`${name}:${line}`));
    return strange.map((line) => `${name}:${line}: no scenario begins in this line`);
  });
}

/** The files and folders that a path or a pattern means. */
function matches(pattern: string, folder: string): string[] {
  const { globSync } = require('glob') as typeof import('glob');
  return globSync(pattern, { cwd: folder, absolute: true }).map((each) => relative(folder, each));
}

function isWithin(file: string, folder: string): boolean {
  return folder === '' || file.startsWith(join(folder, '/'));
}

/** The lines that scenarios, or the rows of their examples, stand in. */
function placesOf(documents: readonly GherkinDocument[], pickles: readonly Pickle[]): Set<string> {
  const lines = new Map<string, number>();
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    const { id, location } = part as { id?: string; location?: { line: number } };
    if (id !== undefined && location !== undefined) lines.set(id, location.line);
    for (const inner of Object.values(part)) visit(inner);
  };
  documents.forEach(visit);
  return new Set(
    pickles.flatMap(({ uri, astNodeIds }) => astNodeIds.map((id) => `${normalize(uri)}:${lines.get(id)}`)),
  );
}

/**
 * Files beside the feature files whose ending is mistyped: `.featur` is no feature file, and nobody says so.
 *
 * @param paths - what was found
 * @returns a sentence for each
 */
export function faultsOfEndings({ asked, found, folder }: Paths): string[] {
  const files = found.map((file) => resolve(folder, file));
  const folders = [...files.map(dirname), ...asked.map((path) => resolve(folder, path))];
  const beside = [...new Set(folders)]
    .filter((each) => statSync(each, { throwIfNoEntry: false })?.isDirectory())
    .flatMap((each) =>
      readdirSync(each, { recursive: asked.includes(relative(folder, each)), encoding: 'utf8' }).map((name) =>
        join(each, name),
      ),
    );
  return [...new Set(beside)]
    .filter((file) => !files.includes(file) && looksLikeFeature(extname(file), file))
    .map((file) => `${relative(folder, file)} does not end in .feature, and so is not run`);
}

/** A mistyped `.feature`, or one with something after it, as `.feature.txt`. */
function looksLikeFeature(ending: string, file: string): boolean {
  if (ending === '.feature') return false;
  const isMistyped = /^\.[a-z]+$/i.test(ending) && distance(ending.toLowerCase(), '.feature') <= 2;
  return isMistyped || /\.feature\.[a-z]+$/i.test(file);
}
