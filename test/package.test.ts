import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, run } from './run-spec';

/*
 * What users get: the tarball, installed into an empty folder.
 */

const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-package-'));
const project = join(folder, 'project');
const LONG = 300_000;
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const installed = (...args: string[]) => run(process.execPath, [bin(), ...args], project);

function bin(): string {
  const root = join(project, 'node_modules', 'micrograd-spec');
  const { bin: bins } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return join(root, bins['micrograd-spec']);
}

let files: string[] = [];

beforeAll(async () => {
  // Packing compiles, into a folder that someone else may be using: so it is a copy that is packed.
  const copy = join(folder, 'copy');
  const left = ['node_modules', '.git', 'dist', 'reports', 'book', 'bench/node_modules'].map((name) =>
    join(ROOT, name),
  );
  cpSync(ROOT, copy, { recursive: true, filter: (path) => !left.includes(path) });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');
  const packed = await run(npm, ['pack', '--json', '--pack-destination', folder], copy);
  expect(packed.code, packed.output).toBe(0);
  const [{ filename, files: inside }] = JSON.parse(
    packed.output.slice(packed.output.indexOf('[\n')).replace(/\]\s*\n[^\]]*$/, ']'),
  );
  files = inside.map(({ path }: { path: string }) => path);
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "name": "user", "private": true }');
  const install = await run(
    npm,
    ['install', '--no-audit', '--no-fund', '--prefer-offline', join(folder, filename)],
    project,
  );
  expect(install.code, install.output).toBe(0);
}, LONG);
afterAll(() => rmSync(folder, { recursive: true }));

describe('the package', () => {
  it('has what users need, and nothing else', () => {
    const places = new Set(
      files.map((path) =>
        path.includes('/')
          ? path
              .split('/')
              .slice(0, path.startsWith('dist') ? 2 : 1)
              .join('/')
          : path,
      ),
    );
    expect([...places].sort()).toEqual(
      [
        'LICENSE',
        'README.md',
        'dist/page',
        'dist/src',
        'dist/steps',
        'docs',
        'examples',
        'features',
        'package.json',
        'steps',
      ].sort(),
    );
    expect(files.filter((path) => /test|\.tsbuildinfo|\.map$/.test(path))).toEqual([]);
  });

  it('can be required and imported', async () => {
    const code =
      'const a = new Value(2); const y = a.mul(a); y.backward(); console.log(String(y), a.grad, typeof MLP);';
    writeFileSync(join(project, 'required.cjs'), `const { Value, MLP } = require('micrograd-spec'); ${code}`);
    writeFileSync(join(project, 'imported.mjs'), `import { Value, MLP } from 'micrograd-spec'; ${code}`);
    for (const file of ['required.cjs', 'imported.mjs']) {
      const { output } = await run(process.execPath, [file], project);
      expect(output.trim()).toBe('Value(data=4, grad=1, mul) 4 function');
    }
  });

  it(
    'tries a class from a program, in modules of both kinds',
    async () => {
      const code = `class Mine extends Value {}
        conform({ engine: Mine, only: ['1', '5'] }).then(({ failed, run, verdict }) =>
          console.log(JSON.stringify([failed, run.engine.engine, verdict.counts.passed > 10])));`;
      writeFileSync(join(project, 'conform.cjs'), `const { conform, Value } = require('micrograd-spec'); ${code}`);
      writeFileSync(join(project, 'conform.mjs'), `import { conform, Value } from 'micrograd-spec'; ${code}`);
      for (const file of ['conform.cjs', 'conform.mjs']) {
        const { output } = await run(process.execPath, [file], project);
        expect(output.trim()).toBe('[[],"Mine",true]');
      }
    },
    LONG,
  );

  it(
    'tries a class from a test of vitest, in TypeScript, with types',
    async () => {
      symlinkSync(join(ROOT, 'node_modules', 'vitest'), join(project, 'node_modules', 'vitest'), 'junction');
      writeFileSync(
        join(project, 'mine.test.ts'),
        `import { conform, type Results, Value } from 'micrograd-spec';
         import { expect, it } from 'vitest';
         class Right extends Value {}
         class Wrong extends Value { tanh(): Value { return super.tanh().mul(2); } }
         it('conforms', async () => {
           const results: Results & { failed: readonly string[] } = await conform({ engine: Right, only: ['5'] });
           expect(results.failed).toEqual([]);
         }, 120_000);
         it('does not conform', async () => {
           const { failed, findings } = await conform({ engine: Wrong, only: [5, '13'] });
           expect(failed.length).toBeGreaterThan(1);
           expect(findings[0]?.title).toContain('tanh');
         }, 120_000);`,
      );
      const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
      const tested = await run(process.execPath, [vitest, 'run', '--root', project, 'mine.test.ts'], project);
      expect(tested.code, tested.output).toBe(0);
      expect(tested.output).toContain('2 passed');
      const typed = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext', '--skipLibCheck'];
      const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
      const compiled = await run(process.execPath, [tsc, ...typed, 'mine.test.ts'], project);
      expect(compiled.code, compiled.output).toBe(0);
    },
    LONG,
  );

  it(
    'runs the spec on its own engine, with reports',
    async () => {
      const reports = ['--html', 'out/spec.html', '--junit', 'out/spec.xml', '--messages', 'out/spec.ndjson'];
      const most = ['--tags', 'not @demonstration', '--seed', '7', '--runs', '5'];
      const { code, output } = await installed(...reports, ...most);
      expect(output.trim().split('\n').at(-1)).toMatch(
        /^\d{3} passed, 0 failed, 0 not claimed; 0 of \d+ edges differ$/,
      );
      expect(code).toBe(0);
      expect(output).toContain("No engine was named, so this tries the project's own.");
      for (const file of ['spec.html', 'spec.xml', 'spec.ndjson']) {
        expect(readFileSync(join(project, 'out', file), 'utf8').length).toBeGreaterThan(1000);
      }
    },
    LONG,
  );

  it(
    'writes the book of a run, with what its pages need',
    async () => {
      const { code, output } = await installed('5', '--book', 'out/book');
      expect(code, output).toBe(0);
      const page = readFileSync(join(project, 'out/book/5.html'), 'utf8');
      expect(page).toContain('id="5.background"');
      for (const file of ['page.js', 'runner.js', 'laws.js', 'style.css']) {
        expect(readFileSync(join(project, 'out/book', file), 'utf8').length, file).toBeGreaterThan(1000);
      }
    },
    LONG,
  );

  it(
    'takes an engine, a chapter and a feature of the user',
    async () => {
      writeFileSync(
        join(project, 'mine.mjs'),
        `export class Value {
        constructor(data) { this.data = data; this.grad = 0; this.back = () => {}; this.made = []; }
        add(y) {
          const b = y instanceof Value ? y : new Value(y);
          const out = new Value(this.data + b.data);
          out.made = [this, b];
          out.back = () => { this.grad += out.grad; b.grad += out.grad; };
          return out;
        }
        mul(y) {
          const b = y instanceof Value ? y : new Value(y);
          const out = new Value(this.data * b.data);
          out.made = [this, b];
          out.back = () => { this.grad += b.data * out.grad; b.grad += this.data * out.grad; };
          return out;
        }
        backward() {
          const order = [];
          const visit = (node) => { if (!order.includes(node)) { node.made.forEach(visit); order.push(node); } };
          visit(this);
          this.grad = 1;
          order.reverse().forEach((node) => node.back());
        }
      }`,
      );
      writeFileSync(
        join(project, 'mine.feature'),
        'Feature: mine\n  Scenario: five\n    Given the leaves\n      | a |\n      | 2 |\n    When this code runs\n      """\n      y = a + 3\n      """\n    Then y is 5\n',
      );
      const { code, output } = await installed('7', 'mine.feature', '--engine', './mine.mjs#Value');
      expect(output).toContain('engine ./mine.mjs#Value: double precision, add');
      expect(output.trim().split('\n').at(-1)).toMatch(/^\d\d passed, 0 failed, \d+ not claimed$/);
      expect(code).toBe(0);
    },
    LONG,
  );
});

describe('the gate of the package', () => {
  it(
    'closes',
    async () => {
      const { code, output } = await installed('1', '--shard', '99/99');
      expect(output).toContain('No scenario was chosen');
      expect(code).toBe(1);
    },
    LONG,
  );

  it(
    'merges parts',
    async () => {
      for (const i of [1, 2]) await installed('1', '--shard', `${i}/2`, '--messages', `parts/${i}.ndjson`);
      const { code, output } = await installed(
        'merge',
        'parts/1.ndjson',
        'parts/2.ndjson',
        '--html',
        'out/merged.html',
      );
      expect(output.trim().split('\n').at(-1)).toMatch(/^\d+ passed, 0 failed, 0 not claimed$/);
      expect(code).toBe(0);
      expect(readFileSync(join(project, 'out/merged.html'), 'utf8').length).toBeGreaterThan(1000);
    },
    LONG,
  );
});

describe('a failure after the last step', () => {
  it(
    'is told in the message file, and so to a merge',
    async () => {
      const late = `export { Value } from 'micrograd-spec';
      process.on('beforeExit', () => Promise.reject(new Error('late')));`;
      writeFileSync(join(project, 'late.mjs'), late);
      const part = await installed('7', '--engine', './late.mjs#Value', '--messages', 'parts/late.ndjson');
      expect(part.code).toBe(1);
      const merged = await installed('merge', 'parts/late.ndjson');
      expect(merged.output).toContain('the engine exited with code 1, when nothing more was asked of it');
      expect(merged.code).toBe(1);
    },
    LONG,
  );
});

describe('how it is published', () => {
  it(
    'has types that every way of importing finds',
    async () => {
      const [tarball] = [join(folder, 'micrograd-spec-0.1.0.tgz')];
      const attw = await run(process.execPath, [
        join(ROOT, 'node_modules/@arethetypeswrong/cli/dist/index.js'),
        tarball,
      ]);
      expect(attw.output).toContain('No problems found');
      const publint = await run(process.execPath, [join(ROOT, 'node_modules/publint/src/cli.js'), tarball]);
      expect(publint.output).toContain('All good!');
    },
    LONG,
  );
});
