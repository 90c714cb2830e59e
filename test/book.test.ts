import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bundles, bundles } from '../src/book/bundle';
import { markdown } from '../src/book/markdown';
import { native, runNotes } from './notes';
import { chapter, command } from './run-spec';

const { FAULTS, faultyEngine } = native('../src/page/faults.ts') as typeof import('../src/page/faults');

/*
 * The book: that its pages are whole, and say what the run has said.
 */

const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-book-'));
afterAll(() => rmSync(folder, { recursive: true }));
const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');

describe('what a page needs', () => {
  let made: Bundles = {};
  beforeAll(async () => {
    made = await bundles();
  }, 60_000);

  it('is bundled without anything of Node.js', () => {
    expect(Object.keys(made).sort()).toEqual(['laws.js', 'page.js', 'runner.js', 'style.css']);
    for (const text of Object.values(made)) expect(text).not.toMatch(/\brequire\(|from"node:/);
  });

  it('leaves the laws for later', () => {
    expect(made['laws.js']?.length).toBeGreaterThan(1.3 * (made['runner.js']?.length ?? Infinity));
  });
});

describe('the book of a run', () => {
  it('has each chapter that was run, and what came', async () => {
    const { code, output } = await command('5', '15', '--runs', '3', '--book', join(folder, 'good'));
    expect(code, output).toBe(0);
    const page = read('good', '5.html');
    expect(page.match(/class="cell background"/g)).toHaveLength(2); // of the chapter, and of its exercises
    expect(page).toContain('e, made by * of a and b: data −6, gradient 0;');
    expect(page.match(/<span class="came holds">holds<\/span>/g)?.length).toBeGreaterThan(20);
    expect(page).not.toMatch(/(?:src|href)="(?:https?:|\/)/);
    expect(read('good', 'verdict.html')).toContain('0 failed');
    expect(JSON.parse(read('good', 'book.json')).files).toContain('15.html');
  }, 60_000);

  it('shows a failure where the reader is, and exits as the run does', async () => {
    const text = await chapter('05-using-gradients-to-change-the-output');
    const file = join(folder, 'wrong.feature');
    writeFileSync(file, text.replace('And L is -7.286496\n', 'And L is -7.286497\n'));
    const { code } = await command(file, '--book', join(folder, 'bad'));
    expect(code).toBe(1);
    expect(read('bad', 'wrong.html')).toMatch(/<pre class="why"[^>]*>L is not -7\.286497\n/);
    expect(read('bad', 'index.html')).toContain('Not everything holds');
  }, 60_000);

  it('says so where a file cannot be read', async () => {
    const file = join(folder, 'broken.feature');
    writeFileSync(file, 'Feature: broken\n  Scenario: this\n    Given the leaves\n  and so on\n');
    const { code } = await command(file, '--book', join(folder, 'unread'));
    expect(code).toBe(1);
    expect(read('unread', 'index.html')).toContain('cannot be read, so nothing was run');
  }, 60_000);

  it('takes nothing away that is no book', async () => {
    const other = join(folder, 'other');
    await command('1', '--book', other);
    rmSync(join(other, 'book.json'));
    const { code, output } = await command('1', '--book', other);
    expect([code, output]).toEqual([2, expect.stringContaining('has something else in it')]);
    expect(existsSync(join(other, '1.html'))).toBe(true);
  }, 60_000);
});

describe('the small Markdown of the notes', () => {
  const rendering = { link: () => undefined };

  it.each([
    ['one\ntwo\n\nthree', '<p>one two</p>\n<p>three</p>'],
    ['- a\n  b\n- c', '<ul>\n<li>a b</li>\n<li>c</li>\n</ul>'],
    ['*em* and **bold**, 2 * 3 * 4', '<p><em>em</em> and <strong>bold</strong>, 2 * 3 * 4</p>'],
    ['`*not*` <b>', '<p><code>*not*</code> &lt;b&gt;</p>'],
    ['text\n\n    │ drawn', '<p>text</p>\n<pre class="drawing" tabindex="0">│ drawn</pre>'],
  ])('reads %j', (text, html) => expect(markdown(text, rendering)).toBe(html));
});

describe('a broken engine of the page', () => {
  it('is right, if nothing is broken', async () => {
    const ended = await runNotes(faultyEngine({}), { chapters: [3, 4, 5, 6, 7, 8, 9, 10, 11] });
    expect(ended.filter(({ end }) => end === 'failed')).toEqual([]);
  });

  it.each(FAULTS)('is caught by the chapter that warns of it: $says', async ({ deviation, chapter }) => {
    const ended = await runNotes(faultyEngine(deviation), { chapters: [chapter] });
    expect(ended.filter(({ end }) => end === 'failed').length).toBeGreaterThan(0);
  });
});
