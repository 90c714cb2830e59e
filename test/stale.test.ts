import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command } from './run-spec';

const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-'));
const at = (name: string) => join(folder, name);
let old = '';

beforeAll(async () => {
  await command('1', '--messages', at('1.ndjson'));
  old = readFileSync(at('1.ndjson'), 'utf8');
  writeFileSync(at('2.ndjson'), old);
  writeFileSync(at('notes.txt'), 'no report');
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('a run that is refused', () => {
  it.each<[string, string[]]>([
    ['a mistyped tag', ['1', '--tags', '@tahn']],
    ['a mistyped option', ['1', '--sead', '2']],
    ['an option without its value', ['1', '--seed']],
    ['an option that is given twice', ['1', '--tags', '@exp', '--tags', '@tanh']],
    ['an option of a wrong value', ['1', '--runs', 'many']],
    ['an engine that is not there', ['1', '--engine', './no-such-engine.mjs']],
    ['a skip list that is not there', ['1', '--skip-list', 'no-such-list.txt']],
    ['two engines', ['1', '--engine', 'a', '--engine-command', 'b']],
    ['a chapter that is not there', ['99']],
  ])('leaves no part of an earlier run behind: %s', async (_, args) => {
    for (const given of [['--messages', at('old.ndjson')], [`--messages=${at('old.ndjson')}`]]) {
      writeFileSync(at('old.ndjson'), old);
      const { code } = await command(...given, ...args);
      expect(code).toBe(2);
      expect(existsSync(at('old.ndjson'))).toBe(false);
    }
  });

  it('leaves no report of an earlier run behind', async () => {
    const files = ['old.html', 'old.xml', 'old.json'];
    const reports = files.flatMap((name) => [`--${name.replace('old.', '').replace('xml', 'junit')}`, at(name)]);
    await command('1', ...reports);
    expect(files.filter((name) => existsSync(at(name)))).toEqual(files);
    await command('1', '--tags', '@tahn', ...reports);
    expect(files.filter((name) => existsSync(at(name)))).toEqual([]);
  });

  it.each<[string, string[]]>([
    ['what is no report', ['1', '--tags', '@tahn', '--messages', at('notes.txt')]],
    ['a report of another kind', ['1', '--tags', '@tahn', '--html', at('1.ndjson')]],
    ['what is to be merged', ['merge', at('1.ndjson'), '--messages', at('2.ndjson')]],
    ['anything, where only help is asked for', ['--help', '--messages', at('1.ndjson')]],
  ])('does not take away %s', async (_, args) => {
    await command(...args);
    expect(['notes.txt', '1.ndjson', '2.ndjson'].filter((name) => !existsSync(at(name)))).toEqual([]);
  });
});
