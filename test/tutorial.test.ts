import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ROOT } from './run-spec';
import { isInstalled, typed } from './typed';

/*
 * The tutorial, step by step in an empty folder: each command is run, what is shown is what comes, what is to be changed is
 * changed. Only the package is not installed: test/package.test.ts does that.
 */

const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-tutorial-'));
afterAll(() => rmSync(folder, { recursive: true }));

const [, ...steps] = readFileSync(join(ROOT, 'docs', 'tutorial.md'), 'utf8').split(/^## /m);
const at = (file: string) => join(folder, file);

/** The file that the prose before a block names last. */
const namedIn = (prose: string) => [...prose.matchAll(/`(micrograd-spec\/[\w.-]+)`/g)].at(-1)?.[1] ?? 'no file';

function change(file: string, diff: string): void {
  const [, before = '', after = ''] = /^-(.*)\n\+(.*)\n$/.exec(diff) ?? [];
  const text = readFileSync(at(file), 'utf8');
  expect(text.split(before)).toHaveLength(2);
  writeFileSync(
    at(file),
    text.replace(before, () => after),
  );
}

const why = isInstalled('python3') ? undefined : 'there is no python3';
if (why !== undefined) process.stderr.write(`The tutorial is not tried: ${why}\n`);

it.runIf(process.env.CI)('the tutorial can be tried', () => {
  expect(why).toBeUndefined();
});

it.skipIf(why !== undefined)(
  'what the tutorial shows is what comes',
  async () => {
    expect(steps).toHaveLength(6);
    let output = '';
    let code = 0;
    let commands = 0;
    for (const step of steps) {
      for (const [, prose = '', kind, text = ''] of step.matchAll(/([\s\S]*?)^```(\w*)\n([\s\S]*?)^```$/gm)) {
        if (kind === 'sh') {
          ({ code, output } = await typed(text.trim(), folder));
          commands += 1;
        } else if (kind === '') {
          expect(`${output}\n`).toContain(text);
          expect(code).toBe(/finding|[1-9] failed/.test(text) ? 1 : 0);
        } else if (kind === 'diff') change(namedIn(prose), text);
        else if (kind === 'text') writeFileSync(at(namedIn(prose)), text);
        else if (kind === 'yaml')
          expect(readFileSync(at('.github/workflows/micrograd-spec.yml'), 'utf8')).toContain(text);
        else expect(kind).toBe('a kind of block that is tried');
      }
    }
    expect(commands).toBe(6);
  },
  600_000,
);
