import { closeSync, openSync, readdirSync, readSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { distance } from 'fastest-levenshtein';
import { TITLES } from './words';

/*
 * Which files below a folder somebody will take for features that were run, though they were not.
 */

/** A file that was come upon below a folder. */
interface Met {
  readonly file: string;
  /** Whether its name or that of a folder on the way begins with a dot: no pattern finds it. */
  readonly isHidden: boolean;
  /** Whether a folder on the way is a link, which is not followed. */
  readonly isLinked: boolean;
}

/** What was run, by its real path: a file may be reached in several ways. */
export type Run = ReadonlySet<string>;

/** Folders that hold other people's files. */
const NOT_OURS = ['node_modules', '.git', '.hg', '.svn'];
/** What an editor keeps beside a file as long as it is open. */
const OF_EDITORS = /^\.#|^#.*#$|\.sw[a-p]$/;
/** Endings of programs, of reports and the like, which may have the word in their name: `login.feature.ts`. */
const OF_PROGRAMS = /\.([cm]?[jt]sx?|py|rb|java|kt|cs|go|rs|php|html|json|xml|css|map|snap|ndjson)$/i;
/** How much of a file is looked at: what a feature begins with stands in its first lines. */
const BEGINNING = 2048;

/**
 * The features below a folder that were not run.
 *
 * @param top - the folder
 * @param run - what was run
 * @param from - what the files are named from
 * @param read - reads the names in a folder; it throws if it cannot
 * @returns a sentence for each, and for each folder that cannot be looked into
 */
export function faultsBelow(top: string, run: Run, from: string, read = readFolder): string[] {
  const faults: string[] = [];
  const complain = (folder: string, why: string) =>
    faults.push(`${nameOf(folder, from)} cannot be looked into (${why}), so nobody knows what in it is not run`);
  for (const met of walk(top, complain, read)) {
    const { file } = met;
    const why = isNamedFeature(file)
      ? reason(met)
      : beginsAsFeature(file)
        ? `begins as a feature does, and ${ENDING}`
        : '';
    if (why !== '' && !run.has(realpathSync(file))) faults.push(`${nameOf(file, from)} ${why}, and so is not run`);
  }
  return faults;
}

/**
 * Files in a folder, and not below it, whose ending is mistyped. The other features there were not asked for, nor was the
 * copy that an editor keeps of one.
 *
 * @param folder - the folder
 * @param run - what was run
 * @param from - what the files are named from
 * @returns a sentence for each
 */
export function faultsBeside(folder: string, run: Run, from: string): string[] {
  const names = namesIn(folder, () => {});
  const isCopy = (name: string) => names.includes(name.replace(/~$|\.(bak|orig)$/, ''));
  return names
    .filter((name) => isNamedFeature(name) && !isRight(name) && !(/(~|\.bak|\.orig)$/.test(name) && isCopy(name)))
    .map((name) => join(folder, name))
    .filter((file) => look(file)?.isFile() && !run.has(realpathSync(file)))
    .map((file) => `${nameOf(file, from)} ${ENDING}, and so is not run`);
}

const ENDING = 'does not end in .feature';

function isRight(file: string): boolean {
  return file.endsWith('.feature');
}

function reason({ file, isHidden, isLinked }: Met): string {
  if (!isRight(file)) return ENDING;
  if (isLinked) return 'is reached through a link';
  return isHidden ? 'is hidden' : 'was not found by what was asked for';
}

/** All files below a folder, each once: links are followed, and may lead in circles. */
function walk(top: string, complain: (folder: string, why: string) => void, read: typeof readFolder): Met[] {
  const found: Met[] = [];
  const seen = new Set<string>();
  const waiting: Met[] = [{ file: top, isHidden: false, isLinked: false }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const real = realpathSync(next.file);
    if (seen.has(real)) continue;
    seen.add(real);
    for (const name of namesIn(next.file, complain, read)) {
      const file = join(next.file, name);
      const isHidden = next.isHidden || name.startsWith('.');
      const stats = look(file);
      if (stats?.isFile()) found.push({ file, isHidden, isLinked: next.isLinked });
      if (!stats?.isDirectory() || NOT_OURS.includes(name)) continue;
      // what is reached without a link comes first, and is named so
      const isLinked = next.isLinked || isLink(next.file, name);
      if (isLinked) waiting.push({ file, isHidden, isLinked });
      else waiting.unshift({ file, isHidden, isLinked });
    }
  }
  return found;
}

function isLink(folder: string, name: string): boolean {
  return realpathSync(join(folder, name)) !== join(realpathSync(folder), name);
}

/** The names in a folder, in order; none, if it cannot be read. */
function namesIn(folder: string, complain: (folder: string, why: string) => void, read = readFolder): string[] {
  try {
    return [...read(folder)].sort();
  } catch (error) {
    complain(folder, (error as NodeJS.ErrnoException).code ?? String(error));
    return [];
  }
}

function readFolder(folder: string): readonly string[] {
  return readdirSync(folder);
}

/** What is there; nothing, if a link leads nowhere or to itself. */
function look(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** A `.feature`, a mistyped one, or one with something after it, as `.feature.txt`. */
function isNamedFeature(file: string): boolean {
  const name = basename(file);
  if (OF_EDITORS.test(name) || OF_PROGRAMS.test(name)) return false;
  const [, ending] = /(\.[a-z]+)[^a-z]*$/i.exec(name) ?? [];
  return /\.feature(?![a-z])/i.test(name) || distance((ending ?? '').toLowerCase(), '.feature') <= 2;
}

/** Whether a file of any name begins with tags, comments, and `Feature:`, in whatever language. */
function beginsAsFeature(file: string): boolean {
  if (OF_EDITORS.test(basename(file))) return false;
  const lines = beginningOf(file)
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  const first = lines.map((line) => line.trim()).find((line) => line !== '' && !/^[#@]/.test(line)) ?? '';
  return TITLES.has((/^([^:]{1,40}):/.exec(first)?.[1] ?? '').trim().toLowerCase());
}

function beginningOf(file: string): string {
  try {
    const descriptor = openSync(file, 'r');
    const bytes = Buffer.alloc(BEGINNING);
    const length = readSync(descriptor, bytes, 0, BEGINNING, 0);
    closeSync(descriptor);
    return bytes.toString('utf8', 0, length);
  } catch {
    return ''; // what cannot be read cannot be taken for run either
  }
}

function nameOf(file: string, from: string): string {
  return relative(from, file) || '.';
}
