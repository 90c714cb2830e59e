import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { wrongLine } from '../protocol-schema';
import { command, ROOT, run } from '../run-spec';

/*
 * The adapters in other languages, all of the spec with each, and all that is said held against the schema. They need a
 * compiler or an interpreter each, and so they are not among the unit tests: `npm run examples` runs them.
 */

const LONG = 300_000;
const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-examples-'));
afterAll(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);

/** Of each language: what builds its adapter, as strictly as it can be built, what starts it, and its odd edges. */
const EXAMPLES: readonly [language: string, build: string[], start: string, edges: number][] = [
  ['python', [], 'python3 examples/python/adapter.py', 2],
  ['cpp', ['c++', '-O2', '-Wall', '-Werror', '-o', at('cpp'), 'examples/cpp/adapter.cpp'], at('cpp'), 0],
  [
    'rust',
    ['rustc', '--edition', '2021', '-O', '-D', 'warnings', '-o', at('rust'), 'examples/rust/adapter.rs'],
    at('rust'),
    0,
  ],
  ['go', ['go', 'build', '-o', at('go'), 'examples/go/adapter.go', 'examples/go/engine.go'], at('go'), 0],
  [
    'java',
    ['javac', '-Xlint:all', '-Werror', '-d', at('java'), '-sourcepath', 'examples/java', 'examples/java/Adapter.java'],
    `java -cp ${at('java')} Adapter`,
    0,
  ],
  ['ruby', [], 'ruby -w examples/ruby/adapter.rb', 0],
  ['lua', [], 'lua examples/lua/adapter.lua', 0],
];

test.each(EXAMPLES)(
  '%s',
  async (language, [compiler, ...args], start, edges) => {
    if (compiler !== undefined) expect(await run(compiler, args)).toEqual({ code: 0, output: '' });
    const said = at(`${language}.lines`);
    const tapped = `${process.execPath} ${join(ROOT, 'test', 'stage', 'tap.cjs')} ${said} ${start}`;
    const { code, output } = await command('--engine-command', tapped);
    expect(output.trim().split('\n').at(-1)).toMatch(
      new RegExp(`^\\d{3} passed, 0 failed, 0 not claimed; ${edges} of \\d+ edges differ; chapter 12 left out`),
    );
    expect(code).toBe(0);
    const lines = readFileSync(said, 'utf8').trim().split('\n');
    expect(lines.length).toBeGreaterThan(3000);
    expect(lines.flatMap((line) => wrongLine(line) ?? [])).toEqual([]);
    expect((await command('check', '--engine-command', start)).output).toContain('\n54 right, 0 wrong, 0 other ways');
  },
  LONG,
);
