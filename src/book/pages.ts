import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../node/place';
import { type Chapter, pageOf } from './chapter';
import type { Page } from './frame';
import { code, escaped, markdown, type Rendering } from './markdown';
import { endOf, type Run } from './model';

/*
 * The pages that are not chapters.
 */

/** What can be done with these pages, for whoever has not tried it. */
const HOW_TO = `<p class="needs-script">These pages run. <em>Change it</em>, or a click on a line, turns a scenario into fields: whatever you write, the whole
scenario runs again, and says beside each check what came. Up and down keys move a number. Where a table has a column of numbers,
there is a slider and a curve. What you change is kept in this browser, and <em>Copy a link</em> makes an address of it. Above each
chapter you can give the engine a fault, and see which scenarios catch it. The exercises at the end are answered in the page.</p>
`;

/** The verdict, as the gate gives it. */
export interface Judged {
  readonly isPassed: boolean;
  /** All that the gate prints in the end. */
  readonly text: string;
}

/** Where the links of the notes lead in the book. */
export const rendering: Rendering = {
  link(to) {
    if (/^(?:https?:|#)/.test(to)) return to;
    const [path = '', hash = ''] = to.split(/(?=#)/);
    if (path.endsWith('.feature')) return `${pageOf(path).file}${hash}`;
    const name = /(?:^|\/)(glossary|pytorch)\.md$/.exec(path)?.[1];
    if (name !== undefined) return `${name}.html${hash}`;
    return /(?:^|\/)README\.md$/.test(path) ? `index.html${hash}` : undefined;
  },
};

/**
 * A text of the notes as a page of its own; undefined if it is not there.
 *
 * @param name - of the file, without its ending
 */
export function textPage(name: string): Page | undefined {
  const file = join(ROOT, 'features', `${name}.md`);
  if (!existsSync(file)) return undefined;
  const [, title = name, text = ''] = /^# (.*)\n([\s\S]*)$/.exec(readFileSync(file, 'utf8')) ?? [];
  const html = markdown(text, rendering);
  const main = name === 'glossary' ? html.replace(/<tr><td>([^<]*)<\/td>/g, (_, word) => termRow(word)) : html;
  return { file: `${name}.html`, title, main: `<div class="prose">${main}</div>` };
}

function termRow(word: string): string {
  return `<tr id="${termId(word)}"><td>${word}</td>`;
}

/**
 * Where a term stands in the glossary.
 *
 * @param words - the term, in singular or plural
 */
export function termId(words: string): string {
  return words.toLowerCase().replace(/\s+/g, '-');
}

/** The terms of the glossary, as they stand there. */
export function terms(): string[] {
  const file = join(ROOT, 'features', 'glossary.md');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return [...text.matchAll(/^\| ([^|]+?) \| /gm)].map(([, word = '']) => word);
}

/**
 * The first page: what the notes are, and how the run ended.
 *
 * @param judged - the verdict
 * @param run - the run
 * @param isGuest - whether somebody else's engine was tried: then what was found comes first
 */
export function overview(judged: Judged, run: Run, isGuest: boolean): Page {
  const file = join(ROOT, 'features', 'README.md');
  const [, , text = ''] = /^# (.*)\n([\s\S]*)$/.exec(existsSync(file) ? readFileSync(file, 'utf8') : '') ?? [];
  const unread = run.unreadable.map(
    ({ uri, message }) =>
      `<p>${escaped(uri)} cannot be read, so nothing was run:</p><pre class="why">${escaped(message)}</pre>`,
  );
  const last = judged.text.trim().split('\n').at(-1) ?? '';
  const said = isGuest || !judged.isPassed ? `<pre class="verdict" tabindex="0">${escaped(judged.text)}</pre>` : '';
  const box = `<section class="verdict ${judged.isPassed ? 'holds' : 'fails'}">
<p>${judged.isPassed ? 'Every number that a scenario of these pages checks was computed in the run that printed them.' : 'Not everything holds in the run that printed these pages.'}
<a href="verdict.html">${escaped(last)}</a></p>
${unread.join('\n')}
${said}
</section>`;
  return {
    file: 'index.html',
    title: 'micrograd, step by step',
    main: `${box}\n<div class="prose">${HOW_TO}${markdown(text, rendering)}</div>`,
  };
}

/**
 * The verdict: how each chapter ended, and all that the gate said.
 *
 * @param judged - the verdict
 * @param run - the run
 * @param chapters - the chapters, in order
 */
export function verdictPage(judged: Judged, run: Run, chapters: readonly Chapter[]): Page {
  const rows = chapters.map(({ number, title, file }) => {
    const went = [...run.went.values()].filter(({ pickle }) => pageOf(pickle.uri).number === number);
    const count = (end: string) => went.filter((each) => endOf(each) === end).length;
    const counts = ['holds', 'fails', 'not asked'].map((end) => `<td class="number">${count(end) || '–'}</td>`);
    return `<tr><td><a href="${file}">${escaped(`${number}. ${title}`)}</a></td>${counts.join('')}</tr>`;
  });
  const failed = [...run.went.values()].filter((each) => endOf(each) === 'fails');
  const list = failed.map(({ pickle }) => `<li><a href="${pageOf(pickle.uri).file}">${escaped(pickle.name)}</a></li>`);
  const main = `<div class="scroll" tabindex="0"><table><thead><tr><th>chapter</th><th>scenarios that hold</th><th>fail</th><th>not asked</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div>
${list.length === 0 ? '' : `<h2>What fails</h2><ul>${list.join('\n')}</ul>`}
<h2>In the words of the run</h2>
<pre class="verdict" tabindex="0">${escaped(judged.text.trim())}</pre>`;
  return { file: 'verdict.html', title: 'The verdict of the run', main: `<div class="prose">${main}</div>` };
}

/**
 * The engine as it grows: what each chapter shows of it, and in the end the whole.
 *
 * @param chapters - the chapters, in order
 */
export function enginePage(chapters: readonly Chapter[]): Page | undefined {
  const shown = chapters.filter(({ quotes }) => quotes.length > 0);
  if (shown.length === 0) return undefined;
  const parts = shown.map(({ number, title, file, quotes }) => {
    const heading = `<h2 id="from-${number}"><a href="${file}">Chapter ${number}. ${escaped(title)}</a></h2>`;
    return `${heading}\n${quotes.map((quote) => markdown(quote, rendering)).join('\n')}`;
  });
  const files = ['value.ts', 'network.ts'].flatMap((name) => {
    const path = join(ROOT, 'src', 'micrograd', name);
    if (!existsSync(path)) return [];
    const text = readFileSync(path, 'utf8').trimEnd();
    return [`<h2 id="${name}">${name}, whole</h2>\n<pre class="code" tabindex="0"><code>${code(text)}</code></pre>`];
  });
  const lead =
    '<p>The notes show the engine that they run on, a part at a time. Here are those parts in the order in which they come, each with the chapter that explains it.</p>';
  return {
    file: 'engine.html',
    title: 'The engine as it grows',
    main: `<div class="prose">${lead}\n${[...parts, ...files].join('\n')}</div>`,
    contents: shown.map(({ number, title }) => ({ id: `from-${number}`, title: `${number}. ${title}` })),
  };
}
