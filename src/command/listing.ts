import { SpecError } from '../errors';
import { type Entry, entriesOf, entriesOfChapters, read } from '../gate/entries';
import { findNamed, scenariosOf } from './named';
import { checkReadable } from './readable';
import { featurePath } from './selection';

/*
 * What there is: the rules and scenarios of the chapters, or of what is named, with what they are called.
 */

/**
 * Finds what there is.
 *
 * @param what - chapters, ids, places or feature files, as for a run; all chapters if there is none
 * @param tell - is told what an earlier id is called now
 * @returns rules and scenarios, in the order in which they stand; of an outline with the rows that were named
 * @throws SpecError if something is not there
 */
export function entriesNamed(what: readonly string[], tell: (line: string) => void): Entry[] {
  return what.length === 0 ? entriesOfChapters() : what.flatMap((each) => ofId(each, tell) ?? ofPath(each, tell));
}

/** What an id stands for: a rule with its scenarios, a scenario, or an outline with one row. */
function ofId(given: string, tell: (line: string) => void): Entry[] | undefined {
  const named = findNamed(given, tell);
  if (named === undefined) return undefined;
  const { entry, row } = named;
  if (row !== undefined) return [{ ...entry, rows: entry.rows.slice(row - 1, row) }];
  return [entry, ...scenariosOf(entry)];
}

function ofPath(given: string, tell: (line: string) => void): Entry[] {
  const path = featurePath(given, tell);
  checkReadable([path]);
  const [, uri = path, tail = ''] = /^(.*?)((?::\d+)*)$/.exec(path) ?? [];
  const all = entriesOf(parsed(uri));
  if (tail === '') return all;
  const lines = tail.split(':').filter(Boolean).map(Number);
  const found = all.flatMap((entry) => chosen(entry, lines));
  if (found.length === 0) throw new SpecError(`${given}: no scenario begins in this line`);
  return found;
}

/** A scenario, if it begins in one of these lines; of an outline, the rows that do. */
function chosen(entry: Entry, lines: readonly number[]): Entry[] {
  if (entry.kind === 'rule') return [];
  if (lines.includes(entry.line)) return [entry];
  const rows = entry.rows.filter(({ line }) => lines.includes(line));
  return rows.length === 0 ? [] : [{ ...entry, rows }];
}

function parsed(uri: string) {
  try {
    return read(uri);
  } catch (error) {
    throw new SpecError(`${uri} is not understood: ${(error as Error).message}`);
  }
}

/**
 * What there is, to be read: a line for each, a rule before its scenarios, which are indented, as the rows of an outline
 * are below it.
 *
 * @param entries - what there is
 */
export function asText(entries: readonly Entry[]): string {
  const lines = entries.flatMap(({ kind, id, place, title, tags, rows }) => [
    { indent: kind === 'rule' ? 0 : 1, id, place, title, tags },
    ...rows.map((row) => ({ ...row, indent: 2, tags: row.tags.filter((tag) => !tags.includes(tag)) })),
  ]);
  const width = Math.max(0, ...lines.map(({ id, indent }) => 2 * indent + id.length));
  const ofPlace = Math.max(0, ...lines.map(({ place }) => place.length));
  return lines
    .map(({ indent, id, place, title, tags }) => {
      const called = `${'  '.repeat(indent)}${id}`.padEnd(width);
      // what is called by its place has no other name
      const where = id === place ? '' : `  ${place.padEnd(ofPlace)}`;
      return `${called}${where}  ${[title, ...tags].join('  ')}`;
    })
    .join('\n');
}

/**
 * What there is, for machines.
 *
 * @param entries - what there is
 */
export function asJson(entries: readonly Entry[]): string {
  const shown = entries.map(({ kind, id, title, place, tags, rule, rows }) => ({
    ...{ kind, id, title, place, tags, rule },
    rows: rows.map((row) => ({ id: row.id, title: row.title, place: row.place, tags: row.tags })),
  }));
  return JSON.stringify(shown, null, 2);
}
