import type { GherkinDocument } from '@cucumber/messages';
import type { Chosen } from './gather';
import { chapterOfFile, idsOf, titlesOf, writtenIds } from './ids';

/** What a scenario is called, and where it belongs. */
export interface Titled {
  /** Its id, see ids.ts; of an outline, with the row: `5.the-curve/2`. */
  readonly id: string;
  /** The number of its chapter, or the name of its file. */
  readonly chapter: string;
  /** Scenarios stand in the order of these. */
  readonly order: number;
}

/** A chapter: a feature file. */
export interface Named {
  readonly chapter: string;
  readonly title: string;
}

/**
 * Finds out what the scenarios of a run are called.
 *
 * @param documents - the feature files, in order
 * @returns the chapters, in order, and what says of a scenario how it is called
 */
export function titled(documents: readonly GherkinDocument[]): {
  readonly chapters: readonly Named[];
  readonly of: (scenario: Chosen) => Titled;
} {
  const written = writtenIds();
  const found = new Map<string, Titled>();
  const chapters: Named[] = [];
  for (const { uri = '?', feature } of documents) {
    if (feature === undefined) continue;
    const chapter = chapterOfFile(uri);
    chapters.push({ chapter, title: feature.name });
    const ids = idsOf(chapter, titlesOf(feature), written);
    const put = (node: string, id: string) => found.set(node, { id, chapter, order: found.size });
    for (const { scenario, rule } of feature.children) {
      for (const each of [scenario, ...(rule?.children ?? []).map((child) => child.scenario)]) {
        if (each === undefined) continue;
        const id = `${chapter}.${ids.get(each.name) ?? '?'}`;
        put(each.id, id);
        const rows = each.examples.flatMap(({ tableBody }) => tableBody);
        for (const [i, row] of rows.entries()) put(row.id, `${id}/${i + 1}`);
      }
    }
  }
  const of = ({ nodes, uri }: Chosen) =>
    found.get(nodes.at(-1) ?? '') ?? { id: `${chapterOfFile(uri)}.?`, chapter: chapterOfFile(uri), order: found.size };
  return { chapters, of };
}
