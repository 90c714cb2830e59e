import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { command, cucumber, ROOT, run } from './run-spec';

/*
 * Engines that harm the process in which they run. Of each there is one that is wrong besides, which must fail, and of
 * those that break off, one that is right, which must fail as well.
 */

const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a module does while it is loaded. */
const HARM: Readonly<Record<string, string>> = {
  'ends the process whenever it exits': "process.on('exit', () => process.exit());",
  'ends it with 0, whatever came before': "process.on('exit', () => { process.exitCode = 0; process.exit(0); });",
  'ends it in a moment': 'setTimeout(() => process.exit(0), 100);',
  'ends it when nothing else is left': "process.on('beforeExit', () => process.exit(0));",
  'lets nobody end it otherwise':
    'process.exit = process.reallyExit.bind(process, 0); process.abort = () => process.exit();',
  'says that it failed in nothing': "Object.defineProperty(process, 'exitCode', { get: () => 0, set() {} });",
  'catches every error': "process.on('uncaughtException', () => {}); process.on('unhandledRejection', () => {});",
  'takes away what listens': 'process.removeAllListeners(); process.emit = () => true;',
  'keeps a timer': 'setInterval(() => {}, 1000);',
  'filters nothing': 'Array.prototype.filter = () => []; Array.prototype.find = () => undefined;',
  'has no lists': "for (const name of ['map', 'some', 'every', 'flatMap', 'push']) Array.prototype[name] = () => [];",
  'writes JSON of its own': `JSON.stringify = () => '{"readings":[]}'; JSON.parse = () => ({});`,
  'has promises of its own':
    'Promise.prototype.then = function (f) { f && f(); return this; }; globalThis.Promise = class {};',
  'has timers of its own':
    'globalThis.setTimeout = globalThis.setImmediate = (run) => { run(); return { unref() {} }; };',
  'has mathematics of its own':
    'Math.abs = () => 0; Math.max = () => 1e9; Number.isFinite = () => true; Object.is = () => true;',
  'prints a verdict': "process.on('exit', () => console.log('9 passed, 0 failed, 0 not claimed'));",
  'prints without end, for a while':
    "const t = setInterval(() => process.stdout.write('x'.repeat(1e5)), 1); t.unref();",
  'writes where answers are written': 'require(\'fs\').writeSync(3, \'{"id":1,"readings":[]}\\n\');',
  'closes what it finds open': "for (let i = 3; i < 40; i++) { try { require('fs').closeSync(i); } catch {} }",
  'ends its parent': 'setTimeout(() => process.kill(process.ppid, "SIGTERM"), 300);',
};

const FEATURE = join(folder, 'a.feature');
writeFileSync(
  FEATURE,
  'Feature: F\n\n  Scenario: S\n    Given the leaves\n      | a | b |\n      | 5 | 3 |\n    And the expressions\n      """\n      y = a - b\n      """\n    When the backward pass runs from y\n    Then b.grad is -1\n',
);

/** Writes a module. */
function engineThat(harms: string, quirk = 'subSign'): string {
  const file = join(folder, `e${Math.abs(hash(harms + quirk))}.cjs`);
  const engines = join(ROOT, 'test', 'engines', 'engines.cjs');
  writeFileSync(file, `module.exports = require(${JSON.stringify(engines)}).${quirk};\n${harms}\n`);
  return file;
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0, 7);
}

/** What a run that has failed says: that the engine is wrong, or that there is none to speak to. */
const SAYS = /, 1 failed,|the engine (exited|did not|wrote|closed)|expected |cannot |The run was ended by SIGTERM/;

describe('a wrong engine fails, even if it', () => {
  test.concurrent.each(Object.entries(HARM))('%s', async (_, harms) => {
    const { code, output } = await command(FEATURE, '--engine', engineThat(harms), '--timeout', '5');
    expect(code, output).not.toBe(0);
    expect(output).toMatch(SAYS);
    expect(output).not.toMatch(/ 0 failed, 0 not claimed\n*$/);
    expect(output).not.toMatch(/^ {4}at /m); // where in the spec's own code is nobody's business
  });

  test.concurrent.each([
    'ends the process whenever it exits',
    'filters nothing',
    'keeps a timer',
    'takes away what listens',
  ])('%s, in plain Cucumber and through npm', async (name) => {
    const engine = engineThat(HARM[name] ?? '');
    const parameters = ['--world-parameters', JSON.stringify({ engine })];
    const plain = await cucumber(['--config', 'test/plain.cjs', FEATURE, ...parameters]);
    expect(plain.output).toMatch(SAYS);
    expect(plain.code, plain.output).toBe(1);
    const npm = await run('npm', ['run', '-s', 'spec', '--', FEATURE, '--engine', engine]);
    expect(npm.output).toMatch(SAYS);
    expect(npm.code).toBeGreaterThan(0);
  });
});

describe('an engine that is right fails if, after its last answer, it', () => {
  const AFTER: Readonly<Record<string, [harms: string, says: string]>> = {
    'exits with an error': [
      "process.on('exit', () => process.exit(3));",
      'the engine exited with code 3, when nothing',
    ],
    'says that it has failed': ['process.exitCode = 5;', 'the engine exited with code 5, when nothing more'],
    aborts: ["process.on('exit', () => process.abort());", 'the engine exited on SIGABRT, when nothing more'],
    throws: [
      "process.on('beforeExit', () => { throw new Error('too late'); });",
      'the engine exited with code 1, when nothing more was asked of it',
    ],
    'rejects a promise': [
      "setTimeout(() => Promise.reject(new Error('too late')), 600);",
      'the engine exited with code 1',
    ],
  };

  test.concurrent.each(Object.entries(AFTER))('%s', async (_, [harms, says]) => {
    const engine = engineThat(harms, 'Closures');
    const { code, output } = await command(FEATURE, '--engine', engine);
    expect(output).toContain(says);
    expect(code).toBe(1);
    const plain = await cucumber([
      '--config',
      'test/plain.cjs',
      FEATURE,
      '--world-parameters',
      JSON.stringify({ engine }),
    ]);
    expect(plain.output).toContain(says);
    expect(plain.code).toBe(1);
  });

  test('ended between two answers', async () => {
    const ends = `const { backward } = module.exports.prototype;
      module.exports.prototype.backward = function () { backward.call(this); if (this.data === 2) setTimeout(() => process.exit(0), 0); };`;
    const text = ['S', 'T', 'U'].map(
      (name) =>
        `  Scenario: ${name}\n    Given the leaves\n      | a | b |\n      | 5 | 3 |\n    When this code runs\n      """\n      y = a - b\n      """\n    When the backward pass runs from y\n    Then b.grad is -1\n`,
    );
    const feature = join(folder, 'three.feature');
    writeFileSync(feature, `Feature: Three\n${text.join('\n')}`);
    const { code, output } = await command(feature, '--engine', engineThat(ends, 'Closures'));
    expect(output).toContain('the engine exited with code 0');
    expect(code).toBe(1);
  });
});

describe('an engine that breaks off within a law fails, and the run comes to its end', () => {
  const WITHIN: Readonly<Record<string, string>> = {
    'by an error of no kind':
      'const { tanh } = module.exports.prototype; let n = 0; module.exports.prototype.tanh = function () { if (++n % 50 === 0) throw null; return tanh.call(this); };',
    'by its end':
      'const { backward } = module.exports.prototype; let n = 0; module.exports.prototype.backward = function () { backward.call(this); if (++n === 250) process.abort(); };',
    'by a late error':
      "const { backward } = module.exports.prototype; let n = 0; module.exports.prototype.backward = function () { backward.call(this); if (++n === 200) Promise.reject(new Error('late')); };",
  };
  test.concurrent.each(Object.entries(WITHIN))('%s', async (_, harms) => {
    const chapter = readFileSync(join(ROOT, 'features', '15-gradients-match-finite-differences.feature'), 'utf8');
    const line = chapter.split('\n').findIndex((each) => each.includes('every gradient matches its finite difference'));
    const { code, output } = await command(`15:${line}`, '--engine', engineThat(harms, 'Closures'));
    expect(output).toMatch(/\b0 passed, 1 failed, 0 not claimed$/m);
    expect(code).toBe(1);
  });
});

test('an engine that is right passes, whatever timers and handlers it has', async () => {
  const harms = ['keeps a timer', 'ends the process whenever it exits', 'catches every error'].map(
    (name) => HARM[name],
  );
  const { code, output } = await command(FEATURE, '--engine', engineThat(harms.join('\n'), 'Closures'));
  expect(output.trim().split('\n').at(-1)).toBe('1 passed, 0 failed, 0 not claimed');
  expect(code).toBe(0);
});
