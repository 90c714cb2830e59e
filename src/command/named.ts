import { distance } from 'fastest-levenshtein';
import { list, SpecError } from '../errors';
import { type Entry, entriesOfChapters } from '../gate/entries';
import { type Ids, writtenIds } from '../gate/ids';

/*
 * What somebody means who names a rule, a scenario or a row by its id: `7.both-sides-of-one-sum`, `5.the-curve/2`.
 */

/** What an id stands for now. */
export interface Named {
  readonly entry: Entry;
  /** Which row of it, from 1 on; all that it has otherwise. */
  readonly row?: number;
  /** What it is called now, if that is not what was given. */
  readonly now?: string;
}

/**
 * Finds what an id stands for.
 *
 * @param given - the id, perhaps an earlier one, perhaps with the number of a row behind a slash
 * @param tell - is told what an earlier id is called now
 * @param written - the ids that are written down
 * @returns undefined if there is no such id
 * @throws SpecError if there is, and it has no such row
 */
export function findNamed(
  given: string,
  tell: (line: string) => void = () => {},
  written: Ids = writtenIds(),
): Named | undefined {
  const [, old, row] = /^(\d+\.[\w-]+?)(?:\/(\d+))?$/.exec(given) ?? [];
  if (old === undefined) return undefined;
  const id = Object.hasOwn(written.earlier, old) ? (written.earlier[old] ?? old) : old;
  const entry = entriesOfChapters(Number.parseInt(id, 10)).find((each) => each.id === id);
  if (entry === undefined) return undefined;
  const now = id === old ? {} : { now: row === undefined ? id : `${id}/${row}` };
  if ('now' in now) tell(`${given} is called ${now.now} now`);
  if (row === undefined) return { entry, ...now };
  if (entry.rows.length === 0) {
    throw new SpecError(`${given}: expected a row of an outline, and ${id} is a ${entry.kind} without rows`);
  }
  if (entry.rows[Number(row) - 1] === undefined) {
    throw new SpecError(`${given}: there is no such row; ${id} has the rows 1 to ${entry.rows.length}`);
  }
  return { entry, row: Number(row), ...now };
}

/**
 * The scenarios of a rule; none, of anything else.
 *
 * @param entry - the rule
 */
export function scenariosOf(entry: Entry): Entry[] {
  if (entry.kind !== 'rule') return [];
  return entriesOfChapters(Number.parseInt(entry.id, 10)).filter(({ rule }) => rule === entry.id);
}

/**
 * The lines of a chapter in which that begins which was named.
 *
 * @param named - a rule, a scenario or a row
 */
export function linesOf({ entry, row }: Named): number[] {
  if (row !== undefined) return [entry.rows[row - 1]?.line ?? entry.line];
  return (entry.kind === 'rule' ? scenariosOf(entry) : [entry]).map(({ line }) => line);
}

/** So many are named that could have been meant. */
const FEW = 3;

/**
 * Says which ids are the nearest to one that there is not.
 *
 * @param given - what was typed
 * @param written - the ids that are written down
 */
export function nearest(given: string, { chapters, earlier }: Ids = writtenIds()): string {
  const now = Object.entries(chapters).flatMap(([number, ids]) => Object.keys(ids).map((id) => `${number}.${id}`));
  const typed = given
    .replace(/\/\d+$/, '')
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  const name = typed.replace(/^\d+\./, '');
  // the beginning of an id is nearer than its length says, and so is an id under the number of another chapter
  const off = (id: string) => {
    if (id.startsWith(typed)) return 0;
    const own = id.replace(/^\d+\./, '');
    return own.startsWith(name) ? 1 : 1 + Math.min(distance(id, typed), 1 + distance(own, name));
  };
  const near = [...now, ...Object.keys(earlier)].map((id) => ({ id, off: off(id) }));
  near.sort((one, other) => one.off - other.off);
  return list(near.slice(0, FEW).map(({ id }) => id));
}

/** Whether a word was most likely meant for an id, and for no path. */
export function looksLikeId(given: string): boolean {
  return /^(?:\d+\.)?[\p{L}\d_-]*\p{L}[\p{L}\d_-]*(?:\/\d+)?$/u.test(given) && !given.endsWith('.feature');
}
