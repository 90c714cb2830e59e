import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { afterAll, describe, expect, it, test } from 'vitest';
import { badge } from '../src/command/badge';
import { diff } from '../src/command/diff';
import { readResults } from '../src/command/read-results';
import { compare } from '../src/command/side-by-side';
import type { Results } from '../src/gate/results';
import { command, ROOT } from './run-spec';
import { finding, results, scenario } from './sample-results';

/* What reads results: engines side by side, and one engine over time. */

const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-several-'));
afterAll(() => rmSync(folder, { recursive: true }));
const put = (name: string, data: unknown) => {
  const file = join(folder, name);
  writeFileSync(file, typeof data === 'string' ? data : JSON.stringify(data));
  return file;
};
const engine = (name: string, of: Results): Results => ({
  ...of,
  run: of.run && { ...of.run, engine: { ...of.run.engine, engine: name } },
});

const GOOD = engine(
  'Good',
  results([
    scenario('5.a'),
    scenario('7.b'),
    scenario('7.c', { status: 'not claimed', reason: 'tanh' }),
    scenario('17.d', { status: 'edge differs', edge: true, reason: 'NaN came' }),
  ]),
);
const BAD = engine(
  'Bad',
  results([scenario('5.a', { status: 'failed', findings: [0] }), scenario('7.b'), scenario('17.d', { edge: true })], {
    findings: [finding('a gradient is wrong', { cause: '= for +=' })],
  }),
);

describe('results that are read', () => {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(join(ROOT, 'docs', 'results.schema.json'), 'utf8')),
  );
  /** The same with one thing changed. */
  const changed = (change: (data: Record<string, never>) => void) => {
    const data = JSON.parse(JSON.stringify(GOOD));
    change(data);
    return data;
  };

  it('are what a run has written', () => {
    expect(readResults(put('good.json', GOOD))).toEqual(GOOD);
    for (const each of [GOOD, BAD, { ...GOOD, run: null }]) {
      expect(ajv(each), JSON.stringify(ajv.errors)).toBe(true);
      expect(readResults(put('each.json', each))).toEqual(each);
    }
  });

  // biome-ignore lint/suspicious/noExplicitAny: data of any form
  test.each<[string, (data: any) => void, string]>([
    ['a field that is missing', (data) => delete data.verdict.counts.failed, 'verdict.counts.failed: it is missing'],
    ['a field too many', (data) => Object.assign(data, { more: 1 }), 'more: nothing is called so'],
    ['a text for a list', (data) => Object.assign(data, { findings: 'x' }), 'findings: expected array, and got'],
    ['another status', (data) => Object.assign(data.scenarios[1], { status: 'ok' }), 'scenarios[1].status: expected'],
    ['half a count', (data) => Object.assign(data.verdict.counts, { passed: 0.5 }), 'counts.passed: expected integer'],
    ['less than none', (data) => Object.assign(data.verdict.counts, { failed: -1 }), 'expected 0 or more'],
    ['a finding by name', (data) => data.scenarios[0].findings.push('x'), 'scenarios[0].findings[0]: expected integer'],
    ['a precision of none', (data) => Object.assign(data.run.engine, { precision: 'half' }), 'precision: expected one'],
    ['no run', (data) => delete data.run, 'run: it is missing'],
    [
      'a time in words',
      (data) => Object.assign(data.time, { seconds: 'ten' }),
      'time.seconds: expected number or null',
    ],
  ])('are refused with %s', (_, change, says) => {
    const data = changed(change);
    expect(ajv(data)).toBe(false);
    const read = () => readResults(put('x.json', data));
    expect(read).toThrow(/^\S*x\.json: expected results .*, and they are not whole: /);
    expect(read).toThrow(says);
  });

  test.each<[string, unknown, string]>([
    ['nothing', '', 'this is no JSON: it is empty'],
    ['text', 'hello', 'this is no JSON'],
    ['other JSON', { name: 'x' }, 'not whole: schema: it is missing'],
    ['a list', [], 'not whole: the whole: expected object, and got an array of 0'],
    ['results of another form', { ...GOOD, schema: 2 }, 'expected results in form 1, and these are in form 2'],
    [
      'a finding that is not there',
      results([scenario('5.a', { findings: [0] })]),
      '5.a names a finding that is not there',
    ],
  ])('are not %s', (_, data, says) => expect(() => readResults(put('x.json', data))).toThrow(says));

  it('are files', () => {
    expect(() => readResults(join(folder, 'none.json'))).toThrow('none.json cannot be read');
    expect(() => readResults(folder)).toThrow('cannot be read');
  });
});

describe('compare', () => {
  const text = compare([
    { file: 'good.json', results: GOOD },
    { file: 'bad.json', results: BAD },
  ]);
  const row = (of: string, name: string) =>
    of
      .split('\n')
      .find((line) => line.startsWith(`| ${name}`))
      ?.split('|')
      .slice(2, -1)
      .map((each) => each.trim());

  it('shows chapters by engines', () => {
    expect(row(text, 'chapter')).toEqual(['Good', 'Bad']);
    expect(row(text, '5. Chapter 5')).toEqual(['ok 1', 'FAIL 1 of 1']);
    expect(row(text, '7. Chapter 7')).toEqual(['ok 1, – 1', 'ok 1']);
    expect(row(text, 'verdict')).toEqual(['passed', 'not passed']);
    const lengths = new Set(
      text
        .split('\n')
        .slice(0, 7)
        .map(({ length }) => length),
    );
    expect(lengths.size).toBe(1);
  });

  it('shows the edges at which one differs, and what was found', () => {
    expect(row(text, 'The title of 17.d')).toEqual(['differs', 'as the spec']);
    expect(text).toContain('found in Bad:\n  a gradient is wrong\n    likely cause: = for +=\n');
    expect(text).not.toContain('found in Good');
  });

  it('never shows what is not claimed as failed', () => {
    const none = engine('None', results([scenario('5.a', { status: 'not claimed' })]));
    const shown = compare([
      { file: 'good.json', results: GOOD },
      { file: 'none.json', results: none },
    ]);
    expect(row(shown, '5. Chapter 5')).toEqual(['ok 1', '– 1']);
    expect(shown.replace(/\n.*$/, '')).not.toContain('FAIL');
  });

  it('tells engines of one name apart by their files', () => {
    const both = ['1.json', '2.json'].map((file) => ({ file, results: GOOD }));
    expect(row(compare(both), 'chapter')).toEqual(['Good (1.json)', 'Good (2.json)']);
  });
});

describe('diff', () => {
  const of = (...scenarios: Parameters<typeof results>[0]) => results(scenarios);
  const failed = { status: 'failed' } as const;

  test.each<[string, Results, Results, boolean, string]>([
    [
      'nothing',
      of(scenario('5.a')),
      of(scenario('5.a')),
      false,
      '0 broke, 0 fixed, 0 not asked any more, 0 new, 0 gone',
    ],
    [
      'what broke',
      of(scenario('5.a')),
      of(scenario('5.a', failed)),
      true,
      'broke:\n  5.a: The title of 5.a: passed, now failed',
    ],
    ['what was fixed', of(scenario('5.a', failed)), of(scenario('5.a')), false, 'fixed:\n  5.a: '],
    ['what fails still', of(scenario('5.a', failed)), of(scenario('5.a', failed)), false, '0 broke, 0 fixed'],
    [
      'what is new, and fails',
      of(scenario('5.a')),
      of(scenario('5.a'), scenario('5.b', failed)),
      false,
      'new:\n  5.b: ',
    ],
    ['what is left out', of(scenario('5.a'), scenario('5.b')), of(scenario('5.a')), true, 'gone:\n  5.b: '],
    [
      'what another version of the spec has not',
      of(scenario('5.a'), scenario('5.b')),
      { ...of(scenario('5.a')), edition: 2 },
      false,
      'gone:\n  5.b: ',
    ],
    [
      'what is not claimed any more',
      of(scenario('5.a')),
      of(scenario('5.a', { status: 'not claimed' })),
      true,
      'held, and is not asked any more:\n  5.a: ',
    ],
    [
      'an edge that differs now',
      of(scenario('17.a', { edge: true })),
      of(scenario('17.a', { edge: true, status: 'edge differs' })),
      false,
      'changed otherwise:\n  17.a: ',
    ],
    [
      'what was not checked',
      of(scenario('5.a')),
      { ...of(scenario('5.a')), verdict: { ...of().verdict, problems: ['The run was parallel'] } },
      true,
      'not checked now:\n  The run was parallel',
    ],
    ['what was found', GOOD, { ...GOOD, findings: [finding('a fault')] }, false, 'found now:\n  a fault'],
  ])('tells %s', (_, before, after, isWorse, says) => {
    const found = diff(before, after);
    expect(found.text).toContain(says);
    expect(found.isWorse).toBe(isWorse);
  });
});

describe('badge', () => {
  const known = results([scenario('5.a'), scenario('5.b', { status: 'expected failure' })]);
  const empty = results([], { verdict: { ...results([]).verdict, passed: false } });
  test.each<[string, Results, string, string]>([
    ['all is well', GOOD, '2 passed', 'brightgreen'],
    ['something failed', BAD, '1 of 2 failed', 'red'],
    ['failures are expected', known, '1 passed, 1 known to fail', 'yellow'],
    ['nothing was checked', empty, 'not checked', 'red'],
  ])('says that %s, as shields.io wants it', (_, of, message, color) => {
    expect(JSON.parse(badge(of))).toEqual({ schemaVersion: 1, label: 'micrograd-spec edition 1', message, color });
  });
});

describe('the command', () => {
  it('compares, tells differences, makes a badge, and refuses other files', async () => {
    const [good, bad] = [put('good.json', GOOD), put('bad.json', BAD)];
    const compared = await command('compare', good, bad);
    expect([compared.code, compared.output]).toEqual([0, expect.stringContaining('| Good ')]);
    const worse = await command('diff', good, bad);
    expect([worse.code, worse.output]).toEqual([1, expect.stringContaining('broke:')]);
    expect((await command('diff', bad, bad)).code).toBe(0);
    const made = await command('badge', good);
    expect([made.code, JSON.parse(made.output).color]).toEqual([0, 'brightgreen']);
    const refused = await command('compare', good, 'package.json');
    expect([refused.code, refused.output]).toEqual([
      2,
      'package.json: expected results that were written with --json, and they are not whole: schema: it is missing\n',
    ]);
  }, 120_000);
});
