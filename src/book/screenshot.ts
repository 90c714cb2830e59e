import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../node/place';

/*
 * Takes the picture of the book that the README shows, in both themes: `npm run picture`, after `npm run book`. It needs a
 * browser, as the tests of the book do.
 */

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** What is shown: a scenario that is being changed, and the curve that it walks along. */
const SCENARIO = '.outline:has-text("leads along this curve")';

async function main(): Promise<void> {
  const page = join(ROOT, 'book', '5.html');
  if (!existsSync(page)) throw new Error(`there is no ${page}: npm run book writes it`);
  const { chromium } = createRequire(__filename)('playwright-core');
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  try {
    for (const colorScheme of ['light', 'dark']) {
      const tab = await browser.newPage({ colorScheme, viewport: { width: 900, height: 900 }, deviceScaleFactor: 1.5 });
      await tab.goto(String(pathToFileURL(page)));
      const scenario = tab.locator(SCENARIO).first();
      await scenario.getByRole('button', { name: 'Change it' }).click();
      await scenario.locator('.slider input[type=number]').fill('0.01');
      await scenario.getByText('L comes as −7.286496').waitFor();
      await tab.evaluate('document.activeElement.blur()');
      await scenario.screenshot({ path: join(ROOT, 'docs', `book-${colorScheme}.png`) });
    }
  } finally {
    await browser.close();
  }
}

void main();
