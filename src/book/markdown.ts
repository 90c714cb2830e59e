/*
 * The small Markdown that the notes are written in: paragraphs, lists, tables, code, drawings, and a few marks within a
 * line. Whatever else there is in a text stays text.
 */

/** What a text is rendered with. */
export interface Rendering {
  /** Where a link leads to; undefined for one that leads out of the book, of which the words stay. */
  readonly link: (to: string) => string | undefined;
  /** Where a term is explained, given the words in bold; without this, bold is bold. */
  readonly term?: (words: string) => string;
}

/**
 * Text as HTML, in which it can only ever be text.
 *
 * @param text - any text
 */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/**
 * Renders a text of the notes.
 *
 * @param text - in the notes' Markdown
 * @param rendering - where its links and terms lead
 * @returns HTML
 */
export function markdown(text: string, rendering: Rendering): string {
  const lines = dedented(text.split('\n'));
  const html: string[] = [];
  for (let i = 0; i < lines.length; ) {
    const [block, length] = blockAt(lines, i, rendering);
    if (block !== '') html.push(block);
    i += length;
  }
  return html.join('\n');
}

function dedented(lines: readonly string[]): string[] {
  const full = lines.filter((line) => line.trim() !== '');
  const margin = Math.min(...full.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(margin).trimEnd());
}

/** The block that begins at a line, and how many lines it has. */
function blockAt(lines: readonly string[], from: number, rendering: Rendering): [html: string, length: number] {
  const line = lines[from] ?? '';
  if (line === '') return ['', 1];
  const fence = /^\s*```(\w*)/.exec(line);
  if (fence) {
    const end = lines.findIndex((each, i) => i > from && /^\s*```\s*$/.test(each));
    const inner = lines.slice(from + 1, end < 0 ? lines.length : end);
    return [codeBlock(dedented(inner).join('\n'), fence[1] ?? ''), inner.length + 2];
  }
  const heading = /^(#{1,4}) (.*)$/.exec(line);
  if (heading) {
    const level = heading[1]?.length ?? 1;
    return [`<h${level}>${inline(heading[2] ?? '', rendering)}</h${level}>`, 1];
  }
  if (/^ {4}/.test(line)) return drawingAt(lines, from);
  if (/^[-*] /.test(line)) return listAt(lines, from, rendering);
  if (line.startsWith('|')) return tableAt(lines, from, rendering);
  const length = lengthWhile(lines, from, (each) => each !== '' && !/^(?:[-*] |\||#|\s*```)/.test(each));
  const words = lines.slice(from, from + Math.max(1, length)).join(' ');
  return [`<p>${inline(words.replace(/\s+/g, ' '), rendering)}</p>`, Math.max(1, length)];
}

function lengthWhile(lines: readonly string[], from: number, is: (line: string) => boolean): number {
  const end = lines.findIndex((line, i) => i >= from && !is(line));
  return (end < 0 ? lines.length : end) - from;
}

function drawingAt(lines: readonly string[], from: number): [string, number] {
  const length = lengthWhile(lines, from, (line) => line === '' || line.startsWith('    '));
  const text = dedented(lines.slice(from, from + length))
    .join('\n')
    .trimEnd();
  return [`<pre class="drawing" tabindex="0">${escaped(text)}</pre>`, length];
}

function listAt(lines: readonly string[], from: number, rendering: Rendering): [string, number] {
  const length = lengthWhile(lines, from, (line) => /^(?:[-*] | {2})/.test(line));
  const items: string[] = [];
  for (const line of lines.slice(from, from + length)) {
    if (/^[-*] /.test(line)) items.push(line.slice(2));
    else items.push(`${items.pop() ?? ''} ${line.trim()}`);
  }
  return [`<ul>\n${items.map((item) => `<li>${inline(item, rendering)}</li>`).join('\n')}\n</ul>`, length];
}

function tableAt(lines: readonly string[], from: number, rendering: Rendering): [string, number] {
  const length = lengthWhile(lines, from, (line) => line.startsWith('|'));
  const rows = lines
    .slice(from, from + length)
    .filter((line) => !/^\|[\s|:-]+\|$/.test(line))
    .map((line) => line.slice(1, line.lastIndexOf('|')).split('|'));
  const cells = (row: readonly string[], tag: string) =>
    row.map((cell) => `<${tag}>${inline(cell.trim(), rendering)}</${tag}>`).join('');
  const [header = [], ...rest] = rows;
  const body = rest.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('\n');
  const head = header.some((cell) => cell.trim() !== '') ? `<thead><tr>${cells(header, 'th')}</tr></thead>` : '';
  return [`<div class="scroll" tabindex="0"><table>${head}<tbody>\n${body}\n</tbody></table></div>`, length];
}

/**
 * Code as it is shown: its comments are set back.
 *
 * @param text - the code
 */
export function code(text: string): string {
  return escaped(text).replace(/(?<=^|\s)(?:#|\/\/).*$|^\s*\/\*\*?[\s\S]*?\*\//gm, (comment) => `<i>${comment}</i>`);
}

function codeBlock(text: string, language: string): string {
  const shown = language === '' ? escaped(text) : code(text);
  return `<pre class="code" tabindex="0"><code>${shown}</code></pre>`;
}

/** The marks within a line. Code comes first: in it there are no others. */
function inline(text: string, { link, term }: Rendering): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part) => {
      if (/^`[^`]+`$/.test(part)) return `<code>${escaped(part.slice(1, -1))}</code>`;
      return escaped(part)
        .replace(/\[([^\]]*)\]\(([^)]*)\)/g, (_, words: string, to: string) => {
          const where = link(to);
          return where === undefined ? words : `<a href="${where}">${words}</a>`;
        })
        .replace(/\*\*([^*]+)\*\*/g, (_, words: string) =>
          term === undefined ? `<strong>${words}</strong>` : `<dfn><a href="${term(words)}">${words}</a></dfn>`,
        )
        .replace(/\*(\S(?:[^*]*\S)?)\*/g, '<em>$1</em>');
    })
    .join('');
}
