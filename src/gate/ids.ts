import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Feature } from '@cucumber/messages';
import { ROOT } from '../node/place';

/*
 * Every rule and every scenario has an id that stays: it is written down beside the title, in features/ids.json. Made from
 * the title alone it would change with each word of it, and made from its place, with each rule that comes in before it.
 * So whoever rewords a title changes it there as well, and the id remains. An id that was ever published is never taken
 * away: it goes to "earlier", with the one that it stands for now. So that none vanishes unseen, all are listed once more
 * in features/editions, from which nothing is ever taken out.
 *
 *     5.one-step-along-the-gradient      a rule, or a scenario; of an outline, all its rows
 *     5.the-curve/2                      its second row
 */

/** What is written down. */
export interface Ids {
  /** By the number of a chapter: its ids, without the number, each with the title that it stands for. */
  readonly chapters: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Ids as they were once, whole, each with the one that it stands for now. */
  readonly earlier: Readonly<Record<string, string>>;
}

/** Where they are written down. */
export const IDS = join(ROOT, 'features', 'ids.json');

/** What is written down. */
export function writtenIds(): Ids {
  return existsSync(IDS) ? JSON.parse(readFileSync(IDS, 'utf8')) : { chapters: {}, earlier: {} };
}

/**
 * What stands before the point in the ids of a feature file: the number of the chapter, or else the name of the file.
 *
 * @param uri - the file
 */
export function chapterOfFile(uri: string): string {
  const name = basename(uri.replaceAll('\\', '/'), '.feature');
  const number = /^\d+(?=-)/.exec(name)?.[0];
  return number === undefined ? name.replace(/[^\w-]/g, '-') : String(Number(number));
}

/**
 * Gives the titles of a chapter their ids: those that are written down, and new ones for the others.
 *
 * @param chapter - see {@link chapterOfFile}
 * @param titles - in order
 * @param written - what is written down
 * @returns an id for each title, without the chapter
 */
export function idsOf(chapter: string, titles: readonly string[], { chapters }: Ids): Map<string, string> {
  const known = new Map(Object.entries(chapters[chapter] ?? {}).map(([id, title]) => [title, id]));
  const taken = new Set(Object.keys(chapters[chapter] ?? {}));
  const found = new Map<string, string>();
  for (const title of titles) {
    const id = found.get(title) ?? known.get(title) ?? free(title, taken);
    taken.add(id);
    found.set(title, id);
  }
  return found;
}

/**
 * The titles of a feature, of rules and of scenarios, in order.
 *
 * @param feature - the feature
 */
export function titlesOf(feature: Feature): string[] {
  return feature.children.flatMap(({ scenario, rule }) => [
    ...(scenario ? [scenario.name] : []),
    ...(rule ? [rule.name, ...rule.children.flatMap((child) => child.scenario?.name ?? [])] : []),
  ]);
}

/** So many words of a title make an id. */
const WORDS = 7;

function free(title: string, taken: ReadonlySet<string>): string {
  const words = title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .filter((word) => /^[a-z0-9]+$/.test(word));
  const name = words.slice(0, WORDS).join('-') || 'here';
  for (let i = 1; ; i++) {
    const candidate = i === 1 ? name : `${name}-${i}`;
    if (!taken.has(candidate)) return candidate;
  }
}
