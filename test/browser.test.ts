import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../src/page/exchange';
import { command } from './run-spec';

/*
 * The book in a real browser, Debian's Chromium, from a server under a path of its own and from the disk.
 */

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const load = createRequire(__filename);
const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-browser-'));
const THEMES = ['light', 'dark'] as const;
const WIDTHS = [1280, 390];

function missing(): string | undefined {
  if (!existsSync(CHROMIUM))
    return `there is no browser at ${CHROMIUM}: apt-get install chromium, or name one in CHROMIUM`;
  try {
    load.resolve('playwright-core');
    return undefined;
  } catch {
    return 'playwright-core is not installed: npm ci';
  }
}

const why = missing();
if (why !== undefined) process.stderr.write(`The book is not tried in a browser: ${why}\n`);

// Where all must be tried, a browser that is missing is a fault.
it.runIf(process.env.CI)('there is a browser', () => {
  expect(why).toBeUndefined();
});

describe.skipIf(why !== undefined)('the book in a browser', () => {
  // biome-ignore lint/suspicious/noExplicitAny: the types come with a package that need not be there
  let browser: any;
  let server: Server;
  let address = '';
  let files: string[] = [];
  const found: string[] = [];
  /** The files that pages have asked for. */
  const asked = new Set<string>();

  // biome-ignore lint/suspicious/noExplicitAny: see above
  async function open(url: string, options: object = {}): Promise<any> {
    const page = await browser.newPage(options);
    page.on('console', (message: { type(): string; text(): string }) => {
      if (message.type() === 'error' || message.type() === 'warning') found.push(`${url}: ${message.text()}`);
    });
    page.on('pageerror', (error: Error) => found.push(`${url}: ${error.message}`));
    page.on('request', (request: { url(): string }) => {
      asked.add(request.url().split(/[/?#]/).at(-1) ?? '');
      if (!/^(?:blob:|data:|file:)/.test(request.url()) && !request.url().startsWith(address)) {
        found.push(`${url} asks for ${request.url()}`);
      }
    });
    await page.goto(url);
    return page;
  }

  /** Goes through files in two pages, which is quicker than a page for each. */
  // biome-ignore lint/suspicious/noExplicitAny: see above
  async function through(names: readonly string[], look: (page: any, file: string) => Promise<void>): Promise<void> {
    const left = [...names];
    const lane = async () => {
      const page = await open(`${address}index.html`);
      for (let file = left.shift(); file !== undefined; file = left.shift()) {
        await page.goto(address + file);
        await look(page, file);
      }
      await page.close();
    };
    await Promise.all([lane(), lane()]);
    expect(found).toEqual([]);
  }

  beforeAll(async () => {
    const { code, output } = await command('--runs', '3', '--book', folder);
    expect(code, output).toBe(0);
    files = readdirSync(folder).filter((name) => name.endsWith('.html'));
    server = createServer(({ url = '' }, response) => {
      const name = /^\/some\/path\/([\w.-]+)$/.exec(url)?.[1] ?? '';
      if (!existsSync(join(folder, name)) || name === '') return response.writeHead(404).end();
      const types: Record<string, string> = { html: 'text/html', css: 'text/css', js: 'text/javascript' };
      response.writeHead(200, { 'content-type': types[name.split('.').at(-1) ?? ''] ?? 'application/json' });
      return response.end(readFileSync(join(folder, name)));
    });
    await new Promise<void>((listens) => server.listen(0, '127.0.0.1', listens));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/some/path/`;
    browser = await load('playwright-core').chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
    rmSync(folder, { recursive: true });
  });

  it('has pages without errors, requests to elsewhere, sideways scroll, and empty pictures', async () => {
    await through(files, async (page, file) => {
      // the next file is loaded as narrow as this one was left
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        for (const colorScheme of THEMES) {
          await page.emulateMedia({ colorScheme });
          const { sideways, empty } = await page.evaluate(() => ({
            sideways: document.documentElement.scrollWidth - innerWidth,
            empty: [...document.querySelectorAll('.picture[open] svg')].filter(
              (svg) => svg.querySelector('text, circle, polyline') === null || svg.getBoundingClientRect().width < 20,
            ).length,
          }));
          expect([file, width, sideways > 0, empty]).toEqual([file, width, false, 0]);
        }
      }
    });
  }, 300_000);

  it('has pages that are light: with all that makes them run, they travel as 120 KB at most', () => {
    const bytes = (name: string) => gzipSync(readFileSync(join(folder, name)), { level: 9 }).length;
    const live = ['page.js', 'runner.js', 'style.css'].reduce((sum, name) => sum + bytes(name), 0);
    const heavy = files.filter((name) => live + bytes(name) > 120_000);
    expect(heavy).toEqual([]);
  });

  it.each(['a server', 'the disk'])('runs a scenario again while it is changed, from %s', async (from) => {
    const base = from === 'the disk' ? `${pathToFileURL(folder)}/` : address;
    const page = await open(`${base}5.html`);
    const cell = page.locator('[id="5.one-step-along-the-gradient"]');
    // by keyboard alone
    await cell.getByRole('button', { name: 'Change it' }).focus();
    await page.keyboard.press('Enter');
    const check = cell.locator('.text .field').last();
    await check.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('7');
    await cell.getByText('came −7.286496').waitFor();
    await cell.getByRole('button', { name: 'Reset' }).click();
    await cell.locator('.came.holds').last().waitFor();
    await page.close();
    expect(found).toEqual([]);
    // a graph that keeps its shape was laid out when the book was made
    expect([...asked]).toContain(from === 'the disk' ? 'page.js' : 'runner.js');
    expect([...asked]).not.toContain('graphviz.js');
  });

  it('has a slider for the step, and what comes at 0.01', async () => {
    const page = await open(`${address}5.html`);
    const cell = page.locator('.outline', { hasText: 'leads along this curve' });
    await cell.getByRole('button', { name: 'Change it' }).click();
    await cell.locator('.slider input[type=number]').fill('0.01');
    await cell.getByText('L comes as −7.286496').waitFor();
    await page.close();
  });

  it('opens an experiment by its address, and stops a loop without end', async () => {
    const edits = encodeURIComponent(JSON.stringify({ 1: 'a.data += 1' }));
    const page = await open(`${address}5.html#5.one-step-along-the-gradient~${edits}`);
    const cell = page.locator('[id="5.one-step-along-the-gradient"]');
    await cell.getByText('came −2').waitFor();
    await cell.locator('.text .field').first().fill('this code runs 1000000000 times');
    await cell.locator('.text .field').first().fill('this code runs');
    await cell.getByText('came −2').waitFor();
    await page.close();
  });

  it('shows the loss and the boundary while a network learns, and stops when it is told to', async () => {
    const page = await open(`${address}12.html`);
    const cell = page.locator('.scenario').first();
    await cell.getByRole('button', { name: 'Change it' }).click();
    const steps = 'N learns to lower loss in 20000 steps from 0.5 down to 0.05'; // so long that it is seen
    await cell.locator('.text .field').nth(8).fill(steps);
    await cell
      .getByText(/step \d+ of 20000/)
      .first()
      .waitFor();
    const seen = new Set<string>();
    for (let i = 0; seen.size < 3 && i < 600; i++) {
      const moving = cell.locator('.picture.now svg');
      if ((await moving.count()) === 2) seen.add(await moving.nth(1).innerHTML());
      await page.waitForTimeout(20);
    }
    expect(seen.size).toBe(3);
    const said = await cell.locator('.long output').textContent();
    await cell.getByRole('button', { name: 'Stop' }).click();
    expect(said).toMatch(/^N learns: step \d+ of 20000/);
    expect(await cell.locator('.long').count()).toBe(0);
    // nothing is left that could be taken for what comes of what stands there
    await page.waitForTimeout(300);
    expect(await cell.locator('.picture, .came').count()).toBe(0);
    await page.close();
    expect(found).toEqual([]);
  }, 60_000);

  it('says which scenarios catch a fault', async () => {
    const page = await open(`${address}7.html`);
    await page.locator('.engine select').selectOption('assign');
    await page.getByText(/[1-9]\d* of \d+ scenarios of this page catch it/).waitFor();
    await page.close();
  });

  it('tells what Node.js told: all scenarios of all chapters hold', async () => {
    const chapters = files.filter((name) => /^\d/.test(name));
    await through(chapters, async (page, file) => {
      const ended: Record<string, Result[]> = await page.evaluate('book.runAll()');
      const wrong = Object.entries(ended).flatMap(([id, results]) =>
        results.flatMap(({ steps, why }) => {
          const off = steps.find(({ end }) => end !== 'done' && end !== 'holds');
          return off === undefined && why === undefined && steps.length > 0 ? [] : [`${id}: ${off?.why ?? why}`];
        }),
      );
      expect([file, wrong]).toEqual([file, []]);
      expect(Object.keys(ended).length).toBeGreaterThan(0);
    });
  }, 300_000);

  it.each(['index.html', '5.html', '13.html'])(
    'has nothing serious in the way of anybody, on %s',
    async (file) => {
      const page = await open(address + file);
      await page.addScriptTag({ content: readFileSync(load.resolve('axe-core/axe.min.js'), 'utf8') });
      for (const colorScheme of THEMES) {
        await page.emulateMedia({ colorScheme });
        const { violations } = await page.evaluate('axe.run()');
        const serious = violations.filter(({ impact }: { impact: string }) => /serious|critical/.test(impact));
        const said = serious.map(
          ({ id, nodes }: { id: string; nodes: { html: string }[] }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`,
        );
        expect([colorScheme, said]).toEqual([colorScheme, []]);
      }
      await page.close();
    },
    60_000,
  );
});
