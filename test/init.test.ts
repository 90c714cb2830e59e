import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { init, LANGUAGES } from '../src/command/init';
import { command, ROOT } from './run-spec';

const empty = () => mkdtempSync(join(tmpdir(), 'micrograd-spec-init-'));
const read = (...path: string[]) => readFileSync(join(...path), 'utf8');

describe('an author begins', () => {
  test.each(LANGUAGES)('in %s, with an adapter, a list of expected failures, and a workflow', (language) => {
    const folder = empty();
    const said = init(language, folder);
    const written = readdirSync(join(folder, 'micrograd-spec'));
    expect(written).toContain('expected-failures.txt');
    expect(written.length).toBeGreaterThan(1);
    for (const name of written.filter((each) => each !== 'expected-failures.txt')) {
      expect(read(folder, 'micrograd-spec', name)).toBe(read(ROOT, 'examples', language, name));
    }
    const workflow = read(folder, '.github', 'workflows', 'micrograd-spec.yml');
    const commands = said.split('\n').filter((line) => /^ {2}(npx|c\+\+) /.test(line));
    expect(commands.length).toBeGreaterThan(1);
    for (const line of commands.filter((each) => !each.includes(' check '))) {
      expect(workflow).toContain(line.trim().replace('npx micrograd-spec', 'npx --yes micrograd-spec'));
    }
  });

  it('and what stands there runs at once', async () => {
    const folder = empty();
    init('javascript', folder);
    const engine = ['--engine', `${join(folder, 'micrograd-spec', 'engine.mjs')}#Value`];
    const skips = ['--expected', join(folder, 'micrograd-spec', 'expected-failures.txt')];
    const { code, output } = await command('4', '7', ...engine, ...skips);
    expect(output).toMatch(/^\d+ passed, 0 failed, \d+ not claimed$/m);
    expect(code).toBe(0);
    expect((await command('check', ...engine)).output).toContain('29 right, 0 wrong');
  });

  it('and loses nothing that is there', () => {
    const folder = empty();
    init('python', folder);
    expect(() => init('python', folder)).toThrow(/^there is already .*adapter\.py.*: nothing was written$/);
    const before = readdirSync(join(folder, 'micrograd-spec'));
    // the workflow is there already, so nothing else is written either
    expect(() => init('cpp', folder)).toThrow('nothing was written');
    expect(readdirSync(join(folder, 'micrograd-spec'))).toEqual(before);
  });

  it('in a language that is not known, with the protocol', async () => {
    const { code, output } = await command('init', 'cobol');
    expect(output).toContain('there is nothing to begin with for "cobol", but for javascript, python and cpp');
    expect(code).toBe(2);
  });
});
