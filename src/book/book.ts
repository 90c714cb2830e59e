import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Envelope } from '@cucumber/messages';
import { SpecError } from '../errors';
import { Gate, type GateOptions } from '../gate/gate';
import { writtenIds } from '../gate/ids';
import { bundles } from './bundle';
import { type Chapter, chapterOf } from './chapter';
import { framed, type Listed, type Page } from './frame';
import type { Rendering } from './markdown';
import { readRun } from './model';
import { enginePage, overview, rendering, termId, terms, textPage, verdictPage } from './pages';

/*
 * Writes the book of a run: a folder of pages that need no server.
 */

/** What is in every folder that a book was written to, so that nothing else is ever taken away. */
const SIGN = 'book.json';

/**
 * Finds out whether a book can be written to a folder, and takes an earlier one away.
 *
 * @param given - the folder
 * @returns where it really is
 * @throws SpecError if something else is there
 */
export function prepareBook(given: string): string {
  const folder = resolve(given);
  try {
    if (existsSync(folder) && readdirSync(folder).length > 0) {
      if (!existsSync(join(folder, SIGN))) {
        throw new SpecError(`--book ${given}: this folder has something else in it; name one that is empty, or new`);
      }
      const { files } = JSON.parse(readFileSync(join(folder, SIGN), 'utf8')) as { files: string[] };
      for (const file of files.filter((name) => /^[\w-][\w.-]*$/.test(name)))
        rmSync(join(folder, file), { force: true });
    }
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    if (error instanceof SpecError) throw error;
    throw new SpecError(`--book ${given}: cannot be written: ${(error as Error).message}`);
  }
  return folder;
}

/** What a book is written of. */
export interface Written {
  readonly folder: string;
  /** All messages of the run, in order. */
  readonly messages: readonly Envelope[];
  readonly gate: GateOptions;
  /** What the run was, in a line. */
  readonly what: string;
  readonly isGuest: boolean;
}

/**
 * Writes a book.
 *
 * @param written - of what, and where
 */
export async function writeBook({ folder, messages, gate: options, what, isGuest }: Written): Promise<void> {
  const gate = new Gate({ ...options, seal: undefined });
  for (const message of messages) gate.take(message);
  const judged = { isPassed: gate.isPassed, text: gate.text() };
  const run = readRun(messages);
  const known = new Map(terms().map((word) => [word, `glossary.html#${termId(word)}`]));
  const withTerms: Rendering = { ...rendering, term: (words) => known.get(singular(words, known)) ?? 'glossary.html' };
  const ids = writtenIds();
  const chapters: Chapter[] = [];
  for (const document of run.documents.filter(({ feature }) => feature !== undefined)) {
    chapters.push(await chapterOf(document, run, ids, withTerms));
  }
  chapters.sort((x, y) => Number(x.number) - Number(y.number) || 0);
  const others = [enginePage(chapters), textPage('glossary'), textPage('pytorch'), verdictPage(judged, run, chapters)];
  const pages: Page[] = [
    overview(judged, run, isGuest),
    ...chapters.map(({ file, number, title, html, rules }) => ({
      ...{ file, isLive: true, contents: rules, title: Number(number) > 0 ? `${number}. ${title}` : title },
      main: html,
    })),
    ...others.filter((page) => page !== undefined),
  ];
  const all: Listed[] = pages.map(({ file, title }) => ({ file, title }));
  const files: Record<string, string> = Object.fromEntries(pages.map((page) => [page.file, framed(page, all, what)]));
  const index = chapters.flatMap(({ entries }) => entries);
  Object.assign(files, await bundles());
  files['search.js'] =
    `globalThis.bookIndex=${JSON.stringify(index.map(({ title, url, text }) => [title, url, text.replace(/[*`]/g, '').replace(/\s+/g, ' ').trim()]))};\n`;
  files['graphviz.js'] = readFileSync(join(require.resolve('@viz-js/viz'), '..', 'viz-global.js'), 'utf8');
  files[SIGN] = JSON.stringify({ files: Object.keys(files) });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

/** A term as the glossary has it: the notes explain *operands*, and the glossary has *operand*. */
function singular(words: string, known: ReadonlyMap<string, string>): string {
  const lower = words.toLowerCase();
  return [words, lower, lower.replace(/s$/, '')].find((each) => known.has(each)) ?? lower;
}
