import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ROOT, run } from './run-spec';

/*
 * What most runs do without is loaded late: whoever loads it for all of them makes each start slower, and nothing fails.
 */

const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The files that a run has loaded, with slashes. */
async function loadedBy(...args: string[]): Promise<string[]> {
  const [list, probe] = [join(folder, 'list'), join(folder, 'probe.cjs')];
  const write = `require('fs').writeFileSync(${JSON.stringify(list)}, Object.keys(require.cache).join('\\n'))`;
  writeFileSync(probe, `process.on('exit', () => ${write});\n`);
  const file = join(ROOT, 'src', 'command', 'cli.ts');
  const { code, output } = await run(process.execPath, ['-r', './steps/typescript.cjs', '-r', probe, file, ...args]);
  expect(code, output).toBe(0);
  return readFileSync(list, 'utf8').replaceAll('\\', '/').split('\n');
}

const some = (files: readonly string[], pattern: RegExp) => files.filter((file) => pattern.test(file));

it('a run without laws loads neither the book nor the laws', async () => {
  const files = await loadedBy('5');
  expect(some(files, /\/src\/micrograd\/value\.ts$/)).toHaveLength(1);
  expect(some(files, /\/src\/(?:book|page)\/|\/node_modules\/(?:vite|fast-check|decimal\.js|@viz-js)\//)).toEqual([]);
});

it('a run with a book loads what writes it', async () => {
  expect(some(await loadedBy('5', '--book', join(folder, 'book')), /\/src\/book\/book\.ts$/)).toHaveLength(1);
});
