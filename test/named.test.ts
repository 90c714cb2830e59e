import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { findNamed, linesOf } from '../src/command/named';
import { featurePath } from '../src/command/selection';
import { entriesOf, entriesOfChapters, namesOf, read } from '../src/gate/entries';
import { writtenIds } from '../src/gate/ids';
import { ROOT, run } from './run-spec';

/* A rule, a scenario, or a row of an outline is named by its id, wherever something is named. */

const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-named-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The command, from a folder of somebody else's. */
const elsewhere = (...args: string[]) =>
  run(
    process.execPath,
    ['-r', join(ROOT, 'steps', 'typescript.cjs'), join(ROOT, 'src', 'command', 'cli.ts'), ...args],
    folder,
  );

/** What begins in the lines that a path ends with. */
const beginnings = (path: string) => {
  const [, file = '', lines = ''] = /^(.*?)((?::\d+)*)$/.exec(path) ?? [];
  const text = readFileSync(join(ROOT, file), 'utf8').split('\n');
  return lines.split(':').flatMap((line) => (line === '' ? [] : [(text[Number(line) - 1] ?? '').trim()]));
};

describe('an id', () => {
  test.each<[string, string[]]>([
    ['7.both-sides-of-one-sum', ['Scenario: Both sides of one sum']],
    ['5.the-curve', ['Scenario Outline: A step of <step> leads along this curve to <output>']],
    ['5.the-curve/2', ['| 0.325  | 5.3445000  |']],
    ['9.same-seed-same-network', ['Scenario: Two networks from one seed agree, and from another they do not']],
    ['16.first-expression', ['Scenario: One leaf, and y = −20']],
  ])('leads to where it begins: %s', (id, lines) => {
    expect(beginnings(featurePath(id))).toEqual(lines);
  });

  it('of a rule leads to all of its scenarios', () => {
    const lines = beginnings(featurePath('7.shares-add-up'));
    expect(lines).toEqual([
      'Scenario: Both sides of one sum',
      'Scenario: Both sides of one product',
      'Scenario: Overwriting, by hand, gives 1 for the sum',
    ]);
  });

  it('that was used earlier leads to what it is called now, and says so', () => {
    const written = { ...writtenIds(), earlier: { '7.a-plus-a': '7.both-sides-of-one-sum', '5.curve': '5.the-curve' } };
    const told: string[] = [];
    const named = findNamed('7.a-plus-a', (line) => told.push(line), written);
    expect([named?.entry.title, named?.now]).toEqual(['Both sides of one sum', '7.both-sides-of-one-sum']);
    expect(findNamed('5.curve/3', (line) => told.push(line), written)?.now).toBe('5.the-curve/3');
    expect(findNamed('5.the-curve/3', (line) => told.push(line), written)?.now).toBeUndefined();
    expect(told).toEqual(['7.a-plus-a is called 7.both-sides-of-one-sum now', '5.curve/3 is called 5.the-curve/3 now']);
  });

  test.each([
    [
      '9.both-sides-of-one-sum',
      'there is no rule or scenario 9.both-sides-of-one-sum; the nearest are 7.both-sides-of-one-sum',
    ],
    ['7.both-sides', 'the nearest are 7.both-sides-of-one-sum'],
    ['both-sides-of-one-sum', 'the nearest are 7.both-sides-of-one-sum'],
    ['5.the-curv', 'the nearest are 5.the-curve'],
    ['5.The_Curve/2', 'the nearest are 5.the-curve'],
    ['5.the-curve/9', '5.the-curve/9: there is no such row; 5.the-curve has the rows 1 to 3'],
    ['5.the-curve/0', 'there is no such row'],
    [
      '5.output-rises/1',
      '5.output-rises/1: expected a row of an outline, and 5.output-rises is a scenario without rows',
    ],
    ['7.shares-add-up/1', '7.shares-add-up is a rule without rows'],
    ['5.feature', 'there is no feature file 5.feature'],
  ])('that is mistyped gets the nearest ones: %s', (id, message) => {
    expect(() => featurePath(id)).toThrow(message);
  });

  it('is that of every rule, scenario and row, and leads there', () => {
    const all = entriesOfChapters();
    expect(all.length).toBeGreaterThan(280);
    for (const { id, line, kind, rows } of all.filter((each) => each.id.startsWith('13.'))) {
      const named = findNamed(id);
      if (named === undefined) throw new Error(id);
      if (kind === 'scenario') expect(linesOf(named)).toEqual([line]);
      for (const row of rows) expect(linesOf({ entry: named.entry, row: rows.indexOf(row) + 1 })).toEqual([row.line]);
    }
  });
});

describe('a scenario that is run', () => {
  const document = read('features/05-using-gradients-to-change-the-output.feature');
  const pickle = (line: number, name: string) => ({ uri: document.uri, location: { line }, name }) as never;

  it('is called by its id, and may be named by its rule, its place and its title as well', () => {
    const { line = 0 } = entriesOf(document).find(({ id }) => id === '5.output-rises') ?? {};
    expect(namesOf(pickle(line, 'L rises'), document)).toEqual([
      '5.output-rises',
      '5.run-again-for-the-output',
      `5:${line}`,
      'L rises',
    ]);
  });

  it('is called by the row that it is', () => {
    const { rows = [], line = 0 } = entriesOf(document).find(({ id }) => id === '5.the-curve') ?? {};
    expect(namesOf(pickle(rows[1]?.line ?? 0, 'x'), document)).toEqual([
      '5.the-curve/2',
      '5.the-curve',
      '5.leaves-move-together',
      `5:${rows[1]?.line}`,
      `5:${line}`,
      'x',
    ]);
  });
});

describe('a scenario whose id was another one earlier', () => {
  it('may still be named by that', () => {
    const document = read('features/05-using-gradients-to-change-the-output.feature');
    const earlier = { '5.curve': '5.the-curve', '5.together': '5.leaves-move-together' };
    const { rows = [] } = entriesOf(document).find(({ id }) => id === '5.the-curve') ?? {};
    const pickle = { uri: document.uri, location: { line: rows[1]?.line }, name: 'x' } as never;
    const names = namesOf(pickle, document, { ...writtenIds(), earlier });
    expect(names[0]).toBe('5.the-curve/2');
    for (const name of ['5.curve', '5.curve/2', '5.together']) expect(names).toContain(name);
  });
});

describe('the command', () => {
  it('takes ids, and a location as a failure prints it, in any folder', async () => {
    const feature = 'features/09-a-small-network.feature';
    const line =
      readFileSync(join(ROOT, feature), 'utf8')
        .split('\n')
        .findIndex((each) => /Scenario:/.test(each)) + 1;
    const { code, output } = await elsewhere('7.shares-add-up', '5.the-curve/2', `${feature}:${line}`);
    expect(output).toMatch(/\n5 passed, 0 failed, 0 not claimed\n$/);
    expect(code).toBe(0);
  });

  it('prints of a failure what its scenario is called', async () => {
    const mine = join(folder, 'my own.feature');
    writeFileSync(
      mine,
      'Feature: Mine\n\n  Scenario: Wrong\n    When this code runs\n      """\n      y = 1 + 1\n      """\n    Then y is 3\n',
    );
    const { output } = await elsewhere('my own.feature');
    expect(output).toContain('1) Scenario: Wrong # my own.feature:3\n');
    expect(output).toContain("again: npx micrograd-spec 'my own.feature:3'\n");
    const engine = join(ROOT, 'test', 'engines', 'engines.cjs');
    const of = await elsewhere('--engine', `${engine}#Few`, '--require', 'tanh', '6.middle-of-the-bend');
    expect(of.output).toMatch(
      /1\) Scenario: In the middle of the bend # 6\.middle-of-the-bend, \S*features\/06\S*:\d+\n/,
    );
    expect(of.output).toContain(
      `again: npx micrograd-spec --engine ${engine}#Few --require tanh 6.middle-of-the-bend\n`,
    );
  });

  it('names the nearest ids, where one is mistyped', async () => {
    const { code, output } = await elsewhere('7.both-side-of-one-sum');
    expect(output).toContain(
      'there is no rule or scenario 7.both-side-of-one-sum; the nearest are 7.both-sides-of-one-sum',
    );
    expect(code).toBe(2);
  });
});
