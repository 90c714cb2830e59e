import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, normalize, relative, resolve } from 'node:path';
import type { GherkinDocument, Pickle } from '@cucumber/messages';
import { faultsBelow, faultsBeside } from './files';

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
  const [whole, byLines] = [new Set<string>(), new Set<string>()];
  const faults = asked.flatMap((path) => {
    const [, file = path, lines] = /^(.*?)((?::\d+)+)?$/.exec(path) ?? [];
    const name = relative(folder, resolve(folder, file));
    if (isOne) whole.add(name);
    else {
      const meant = matches(file, folder).map((match) => real(match, folder));
      const those = files.filter((each) => meant.some((match) => isWithin(real(each, folder), match)));
      if (those.length === 0) return [`${path}: there is no such feature file, or no feature file in it`];
      for (const each of those) (lines === undefined ? whole : byLines).add(real(each, folder));
    }
    const strange = (lines ?? '').split(':').filter((line) => line !== '' && !places.has(`${name}:${line}`));
    return strange.map((line) => `${name}:${line}: no scenario begins in this line`);
  });
  const both = [...byLines].filter((file) => whole.has(file));
  return [...faults, ...both.map((file) => `${file} is asked for as a whole and by its lines: only its lines are run`)];
}

/** A file or a folder under its own name, from the folder on: links are followed. */
function real(path: string, folder: string): string {
  const file = resolve(folder, path);
  return relative(folder, existsSync(file) ? realpathSync(file) : file);
}

/** The files and folders that a path or a pattern means. */
function matches(pattern: string, folder: string): string[] {
  const { globSync } = require('glob') as typeof import('glob');
  return globSync(pattern, { cwd: folder, absolute: true }).map((each) => relative(folder, each));
}

function isWithin(file: string, folder: string): boolean {
  return folder === '' || file === folder || file.startsWith(join(folder, '/'));
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
 * Features that were asked for, or look as if, and are not run: in a folder below, under another ending, hidden. Who asks
 * for a folder, or for all features in it, asks for all below it; who asks for one file asks for nothing else, and is
 * told of mistyped endings beside it.
 *
 * @param paths - what was asked for, and what was found
 * @returns a sentence for each
 */
export function faultsOfFiles({ asked, found, folder }: Paths): string[] {
  const files = found.map((file) => resolve(folder, file));
  const folders = files.filter(isFolder);
  const run = new Set(files.filter((file) => existsSync(file)).map((file) => realpathSync(file)));
  const deep = new Set(asked.flatMap((path) => foldersAsked(withoutLines(path), folder)));
  const beside = new Set(files.map(dirname));
  return [
    ...new Set([
      ...folders.map((each) => `${relative(folder, each)} is a folder with a dot in its name, and was read as a file`),
      ...asked.flatMap((path) => faultsOfPattern(withoutLines(path), run, folder)),
      ...[...deep].flatMap((each) => faultsBelow(each, run, folder)),
      ...[...beside].flatMap((each) => faultsBeside(each, run, folder)),
    ]),
  ];
}

/** A path that is there, and that Cucumber takes for a pattern: it may mean another file, or none. */
function faultsOfPattern(path: string, run: ReadonlySet<string>, folder: string): string[] {
  const there = resolve(folder, path);
  if (!mayBePattern(path) || !existsSync(there) || isFolder(there) || run.has(realpathSync(there))) return [];
  return [`${path} is there, but is read as a pattern, because of its brackets or stars, and so is not run`];
}

/** The folders of which all features were asked for. */
function foldersAsked(path: string, folder: string): string[] {
  const there = resolve(folder, path);
  if (isFolder(there)) return [there];
  if (!mayBePattern(path)) return [];
  const { Glob } = require('glob') as typeof import('glob');
  const options = { cwd: folder, absolute: true, windowsPathsNoEscape: true } as const;
  const whole = new Glob(path, options).patterns.map((pattern) => pattern.globString()).filter(takesAll);
  const holders = whole.map((pattern) => dirname(pattern).replace(/(^|\/)\*\*$/, '') || '.');
  return [path, ...holders].flatMap((pattern) => new Glob(pattern, options).walkSync()).filter(isFolder);
}

/** Whether a pattern takes every feature of a folder, whatever its name: `*.feature`, `*`, `**`. */
function takesAll(pattern: string): boolean {
  const last = basename(pattern);
  return (
    /^\*+(\.[\w*]+)?$/.test(last) &&
    new RegExp(`^${last.replaceAll('.', '\\.').replace(/\*+/g, '.*')}$`).test('a.feature')
  );
}

function mayBePattern(path: string): boolean {
  return /[*?[{]|[!+@]\(/.test(path);
}

function withoutLines(path: string): string {
  return path.replace(/(:\d+)+$/, '');
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
