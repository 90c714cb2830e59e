import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../node/place';

/*
 * Every rule and every scenario has an address that stays: it is written down beside the title, in docs/anchors.json.
 * Made from the title alone it would change with each word of it, and made from its place, with each rule that comes in
 * before it. So whoever rewords a title changes it there as well, and the address remains.
 */

/** The addresses of a chapter: for each the title that it stands for. */
export type Anchors = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Where they are written down. */
export const ANCHORS = join(ROOT, 'docs', 'anchors.json');

/** What is written down. */
export function writtenAnchors(): Anchors {
  return existsSync(ANCHORS) ? JSON.parse(readFileSync(ANCHORS, 'utf8')) : {};
}

/**
 * Gives the titles of a chapter their addresses: those that are written down, and new ones for the others.
 *
 * @param chapter - its number, or another word for the file
 * @param titles - in order
 * @param written - what is written down
 * @returns an address for each title, without the chapter
 */
export function anchorsOf(chapter: string, titles: readonly string[], written: Anchors): Map<string, string> {
  const known = new Map(Object.entries(written[chapter] ?? {}).map(([anchor, title]) => [title, anchor]));
  const taken = new Set(Object.keys(written[chapter] ?? {}));
  const found = new Map<string, string>();
  for (const title of titles) {
    const anchor = found.get(title) ?? known.get(title) ?? free(title, taken);
    taken.add(anchor);
    found.set(title, anchor);
  }
  return found;
}

/** So many words of a title make an address. */
const WORDS = 7;

function free(title: string, taken: ReadonlySet<string>): string {
  const words = title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .filter((word) => !/^(?:a|an|the|is|are)$/.test(word) && /^[a-z0-9]+$/.test(word));
  const name = words.slice(0, WORDS).join('-') || 'here';
  for (let i = 1; ; i++) {
    const candidate = i === 1 ? name : `${name}-${i}`;
    if (!taken.has(candidate)) return candidate;
  }
}
