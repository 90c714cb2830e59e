import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { annotationsOf, engineFile } from '../src/gate/github';
import { commandLine, Harmless } from '../src/gate/workflow-commands';
import { commandIn, ROOT } from './run-spec';
import { finding, results, scenario } from './sample-results';

/* What GitHub Actions is told, and what it is kept from. */

const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-github-'));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

/** Lines that GitHub's runner would carry out. */
const commands = (text: string) => text.split(/\r\n|\r|\n/).filter((line) => /^[\s\u0085]*::|##\[/.test(line));

describe('what is printed', () => {
  test.each<[string, string[], string]>([
    ['at the beginning of a line', ['a\n::error::x'], 'a\n: :error::x'],
    ['behind space', ['\t  ::error::x'], '\t  : :error::x'],
    ['behind the end of a line of another kind', ['a\r::error::x'], 'a\r: :error::x'],
    ['in two pieces', ['a\n  ', ':', ':error::x'], 'a\n  : :error::x'],
    ['letter by letter', [...'::x\n##[x]'], ': :x\n## [x]'],
    ['of the older kind, within a line', ['a ##[error]x ##[y]'], 'a ## [error]x ## [y]'],
    ['of the older kind, in two pieces', ['a #', '#[error]x'], 'a ## [error]x'],
  ])('has no command in it: %s', (_, pieces, expected) => {
    const harmless = new Harmless();
    expect(pieces.map((piece) => harmless.take(piece)).join('')).toBe(expected);
    expect(commands(expected)).toEqual([]);
  });

  it('stays as it is otherwise', () => {
    const harmless = new Harmless();
    const text = 'a::b ::c\n:d: :e\n# [f] #[g] ##h\n\n  : \n';
    for (const pieces of [[text], [...text]]) expect(pieces.map((piece) => harmless.take(piece)).join('')).toBe(text);
  });
});

describe('an annotation', () => {
  it('is escaped as GitHub wants it', () => {
    expect(commandLine('error', { file: 'a,b:c%.mjs', title: 'x\ny' }, '50%:\r\n::error::,')).toBe(
      '::error file=a%2Cb%3Ac%25.mjs,title=x%0Ay::50%25:%0D%0A::error::,',
    );
  });

  it('is made for each finding, ten at most; or for a failure of which nothing was found', () => {
    const failed = results([scenario('5.a', { status: 'failed' })]);
    const findings = Array.from({ length: 12 }, (_, i) => finding(`fault ${i}`, { lines: ['expected 2, came 1'] }));
    const lines = annotationsOf({ ...failed, findings }, 'src/x.mjs');
    expect(lines).toHaveLength(10);
    expect(lines[0]).toBe(
      '::error file=src/x.mjs,line=1,title=fault 0::expected 2, came 1%0Aagain: npx micrograd-spec 5',
    );
    expect(annotationsOf(failed, undefined)).toEqual(['::error title=micrograd-spec::0 passed, …']);
    expect(annotationsOf(results([scenario('5.a')]), 'x.mjs')).toEqual([]);
  });
});

describe('the engine’s own file', () => {
  mkdirSync(at('repo/sub'), { recursive: true });
  for (const name of ['x.mjs', 'sub/adapter.py', 'run']) writeFileSync(at(`repo/${name}`), '');
  writeFileSync(at('other.mjs'), '');
  const of = (choice: object, from = 'repo') => engineFile({ folder: at(from), ...choice }, at('repo'));

  test.each<[object, string | undefined, string?]>([
    [{ engine: './x.mjs#Value' }, 'x.mjs'],
    [{ engine: '../x.mjs' }, 'x.mjs', 'repo/sub'],
    [{ engine: '../other.mjs#Value' }, undefined],
    [{ engine: 'a-package' }, undefined],
    [{ engineCommand: 'python3 -u sub/adapter.py --fast' }, 'sub/adapter.py'],
    [{ engineCommand: './run x.mjs' }, 'x.mjs'],
    [{ engineCommand: './run --fast' }, 'run'],
    [{ engineCommand: 'node' }, undefined],
    [{}, undefined],
  ])('of %j is %s', async (choice, file, from) => expect(await of(choice, from)).toBe(file));
});

/** An engine that tries to command GitHub Actions, wherever it is heard. */
const EVIL = `import { createRequire } from 'node:module';
const { Closures } = createRequire(${JSON.stringify(join(ROOT, 'test', 'x.js'))})('./engines/engines.cjs');
console.log('::error::printed');
export default class extends Closures {
  mul(y) {
    if (y?.data !== -3) return super.mul(y);
    console.log('::warning::printed');
    console.error('  ::add-mask::printed');
    throw new Error('no\\n::error::thrown\\n  ::add-path::thrown\\n##[error]thrown\\r::debug::thrown');
  }
}`;

describe('under GitHub Actions', () => {
  const env = (name: string) => ({
    GITHUB_ACTIONS: 'true',
    GITHUB_STEP_SUMMARY: at(`${name}.md`),
    GITHUB_WORKSPACE: folder,
  });

  it('a run tells it each finding once, on the engine’s file, and lets no engine speak for it', async () => {
    writeFileSync(at('evil.mjs'), EVIL);
    writeFileSync(at('run.md'), 'what another step said\n');
    const { code, output } = await commandIn(env('run'), '--engine', at('evil.mjs'), '5', '7');
    expect(code).toBe(1);
    expect(output).toContain(': :error::thrown');
    const told = commands(output);
    expect(told.length).toBeGreaterThan(0);
    for (const line of told) expect(line).toMatch(/^::error file=evil\.mjs,line=1,title=[^:]+::/);
    expect(told.length).toBe(output.match(/^finding \d+ of \d+/gm)?.length ?? 1);
    expect(output.trim().split('\n').at(-1)).toMatch(/^\d+ passed, \d+ failed, /);
    const summary = readFileSync(at('run.md'), 'utf8');
    expect(summary).toMatch(/^what another step said\n<!-- micrograd-spec: summary -->\n/);
    expect(summary).toContain('**Not passed:**');
  }, 60_000);

  it('what cannot be used speaks for itself, and not for GitHub', async () => {
    writeFileSync(at('broken.mjs'), "throw new Error('x\\n::error::thrown\\n##[error]thrown')");
    const { code, output } = await commandIn(env('broken'), '--engine', at('broken.mjs'), '5');
    expect(code).toBe(2);
    expect(output).toContain(': :error::thrown');
    expect(commands(output)).toEqual([]);
  }, 60_000);

  it('a part says nothing, and the merge says it for all', async () => {
    writeFileSync(
      at('engine.mjs'),
      `import { createRequire } from 'node:module';
       export default createRequire(${JSON.stringify(join(ROOT, 'test', 'x.js'))})('./engines/engines.cjs').subSign;`,
    );
    const part = (i: number) =>
      commandIn(env('part'), '--engine', at('engine.mjs'), '7', '--shard', `${i}/2`, '--messages', at(`${i}.ndjson`));
    for (const i of [1, 2]) expect(commands((await part(i)).output)).toEqual([]);
    expect(() => readFileSync(at('part.md'))).toThrow();
    const { output } = await commandIn(env('whole'), 'merge', at('1.ndjson'), at('2.ndjson'));
    expect(commands(output).length).toBeGreaterThan(0);
    for (const line of commands(output)) expect(line).toMatch(/^::error file=engine\.mjs,line=1,/);
    expect(readFileSync(at('whole.md'), 'utf8')).toContain('### Finding 1 of ');
  }, 120_000);
});
