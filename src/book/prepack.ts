import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../node/place';
import { bundles } from './bundle';

/*
 * Writes what the pages of a book need into the package: whoever installs it has no bundler.
 */

async function main(): Promise<void> {
  const folder = join(ROOT, 'dist', 'page');
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(await bundles())) writeFileSync(join(folder, name), text);
}

void main();
