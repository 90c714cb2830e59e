import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { readExpectedList } from '../src/command/selection';
import { EngineRefusal, LawBroken, Mismatch } from '../src/errors';
import { listed } from '../src/gate/expectations';
import { expectedOf, isOver, otherThan, readExpected } from '../src/judge/expected';
import { command } from './run-spec';

/* Failures that are expected: by id, with a reason, until a day, and of a kind. */

const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-expected-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
const list = (...lines: string[]) => {
  count += 1;
  const file = join(folder, `${count}.txt`);
  writeFileSync(file, `# ours\n\n${lines.join('\n')}\n`);
  return file;
};
const wrong = new Mismatch('z is not 2');
const refused = new EngineRefusal('the engine threw');

describe('what is said of an expected failure', () => {
  test.each([
    ['we assign', { reason: 'we assign', mayCrash: false }],
    ['see https://x.org/1 until 2027-01-31', { until: '2027-01-31', mayCrash: false }],
    ['until 2028-02-29, then we have exp', { until: '2028-02-29' }],
    ['crashes: no exp', { mayCrash: true }],
    ['it never crashes: it is wrong until we add', { mayCrash: false }],
  ])('%s', (text, read) => expect(readExpected(text)).toMatchObject(read));

  test.each(['2027-02-29', '2027-1-3', '31.1.2027', '2027-13-01', '2027', '2027-01-31T10:00'])(
    'names a day that there is, and not %s',
    (day) => expect(() => readExpected(`we assign until ${day}`)).toThrow('expected a day behind "until"'),
  );

  it('holds up to the end of the day', () => {
    const expected = readExpected('until 2027-01-31');
    expect(isOver(expected, Date.parse('2027-01-31T23:59:59Z'))).toBe(false);
    expect(isOver(expected, Date.parse('2027-02-01T00:00:00Z'))).toBe(true);
    expect(isOver(readExpected('for ever'))).toBe(false);
  });

  it('is that of the narrowest name', () => {
    const skips = { '5.curves': 'rule', '5.the-curve/2': 'row', '5.the-curve': 'outline' };
    expect(expectedOf(skips, ['5.the-curve/2', '5.the-curve', '5.curves'])?.reason).toBe('row');
    expect(expectedOf(skips, ['5.the-curve/1', '5.the-curve', '5.curves'])?.reason).toBe('outline');
    expect(expectedOf(skips, ['5.other'])).toBeUndefined();
  });
});

describe('a wrong number that was expected', () => {
  const law = (isCrash: boolean) => new LawBroken('y = x', undefined, 'found', { isCrash });

  test.each([
    ['is no crash', 'wrong', refused, 'expected was a wrong number, and this is none'],
    ['is no crash in a law', 'wrong', law(true), 'expected was a wrong number'],
    ['is no failure of another kind', 'wrong', new Error('?'), 'expected was a wrong number'],
    [
      'is none after its day',
      'until 2020-01-31',
      wrong,
      'this was expected to fail until 2020-01-31, and that day is over',
    ],
  ])('%s', (_, text, error, why) => expect(otherThan(readExpected(text), error)).toContain(why));

  test.each([
    ['a number', 'wrong', wrong],
    ['a law', 'wrong', law(false)],
    ['a crash, where it may crash', 'crashes: no exp', refused],
    ['a number, where it may crash', 'crashes: no exp', wrong],
  ])('is %s', (_, text, error) => expect(otherThan(readExpected(text), error)).toBeUndefined());
});

describe('--write-expected', () => {
  const WRONG = ['--engine', './test/engines/engines.cjs#subSign', '13.four-operations', '1'];
  const file = join(folder, 'written.txt');

  it('begins a list with what has failed, and with that list nothing fails', async () => {
    await command(...WRONG, '--write-expected', file);
    const text = readFileSync(file, 'utf8');
    const why = 'sub: the gradient of its second operand is wrong';
    expect(text.split('\n').slice(2)).toEqual([
      `13.two-local-derivatives/2 # ${why}`,
      `1.slope-by-the-engine # ${why}`,
      `1.engine-beside-a-nudge # ${why}`,
      '# 3 entries',
      '',
    ]);
    const { code, output } = await command(...WRONG, '--expected', file);
    expect(output).toMatch(/ 0 failed, .*, 5 known to fail\n$/);
    expect(code).toBe(0);
  }, 30_000);

  it('says of a crash that it is one', async () => {
    const args = ['--engine', './test/engines/faults.cjs#leftMulThrows', '13.number-beside-a-node'];
    await command(...args, '--write-expected', file);
    expect(readFileSync(file, 'utf8')).toContain('\n13.number-beside-a-node/5 # crashes: mul: the engine does not');
    expect((await command(...args, '--expected', file)).code).toBe(0);
  }, 30_000);

  it('takes the place of a list without entries, and of none that has one', async () => {
    const begun = join(folder, 'begun.txt');
    const comments = '# What is known to fail\n#\n\n#   1.a # an example\n';
    writeFileSync(begun, `${comments}2.b # mine\n`);
    expect((await command(...WRONG, '--write-expected', begun)).code).toBe(2);
    writeFileSync(begun, `${comments}${'# and so on\n'.repeat(400)}`); // who knows what comes behind
    expect((await command(...WRONG, '--write-expected', begun)).code).toBe(2);
    writeFileSync(begun, comments);
    expect((await command(...WRONG, '--write-expected', begun)).code).toBe(1);
    expect(readFileSync(begun, 'utf8')).toMatch(/\n# 3 entries\n$/);
  }, 30_000);

  it('takes the place of no file that somebody has changed, nor of one that the run reads', async () => {
    writeFileSync(file, readFileSync(file, 'utf8').split('\n').slice(1).join('\n'));
    const { code, output } = await command('2', '--write-expected', file);
    expect(output).toContain('this file is there, and is no report of this kind');
    expect(code).toBe(2);
    const read = await command('2', '--write-expected', file, '--expected', file);
    expect(read.code).toBe(2);
  });

  it('writes an outline once, if all of its rows have failed in one way', () => {
    const failed = (called: string, why = 'wrong') => ({ called, why, isCrash: false });
    const ran = new Map(['5.a/1', '5.a/2', '5.b/1', '5.b/2', '5.c/1', '5.c/2', '5.d'].map((called) => [called, true]));
    const rows = [failed('5.a/1'), failed('5.a/2'), failed('5.b/1'), failed('5.c/1'), failed('5.c/2', 'other')];
    expect(
      listed([...rows, failed('5.d')], ran)
        .split('\n')
        .slice(2, -2),
    ).toEqual([...['5.a # wrong', '5.b/1 # wrong', '5.c/1 # wrong', '5.c/2 # other', '5.d # wrong']]);
  });
});

describe('a list of expected failures', () => {
  const ASSIGNS = ['--engine', './test/engines/engines.cjs#assigns'];
  const THROWS = ['--engine', './test/engines/faults.cjs#leftMulThrows'];

  it('names rules, scenarios and rows by id, and scenarios by title', async () => {
    const entries = [
      '7.shares-add-up # a rule',
      '7.two-nodes-two-paths # a scenario, https://example.org/12 until 2999-12-31',
      '7.operation-plus-both-operands/1 # a row',
      'Two leaves, and g = 24.70408163265306 # a title',
    ];
    const chosen = ['7.shares-add-up', '7.two-nodes-two-paths', '7.operation-plus-both-operands/1', '16.two-leaves'];
    const { code, output } = await command(...chosen, '2', ...ASSIGNS, '--expected', list(...entries));
    expect(output).toContain('known failure: a rule\n    Both sides of one sum\n    Both sides of one product\n');
    expect(output).toContain('until 2999-12-31\n    Two nodes, two paths each\n');
    expect(output).toMatch(/ 0 failed, .*, 5 known to fail\n$/);
    expect(code).toBe(0);
  }, 30_000);

  it('is no excuse after its day, for another row, or for a crash', async () => {
    const file = list('7.two-nodes-two-paths # late until 2020-01-31', '7.operation-plus-both-operands/1 # one row');
    const chosen = ['7.two-nodes-two-paths', '7.operation-plus-both-operands/1', '7.operation-plus-both-operands/2'];
    const { code, output } = await command(...chosen, ...ASSIGNS, '--expected', file);
    expect(output).toContain(
      'expected to fail, but not so:\n    7.two-nodes-two-paths: this was expected to fail until 2020-01-31, and that day is over: late',
    );
    expect(output).toMatch(/ 2 failed, .*, 1 known to fail\n$/);
    expect(code).toBe(1);
    const one = ['13.number-beside-a-node/5', ...THROWS, '--expected'];
    const crash = await command(...one, list('13.number-beside-a-node/5 # wrong'));
    expect(crash.output).toContain('13.number-beside-a-node/5: expected was a wrong number, and this is none');
    expect(crash.code).toBe(1);
    const allowed = await command(
      '13.number-beside-a-node',
      ...one.slice(1),
      list('13.number-beside-a-node/5 # crashes: no'),
    );
    expect(allowed.output).toContain(', 1 known to fail');
    expect(allowed.code).toBe(0);
  }, 60_000);

  it('may not have what passes, under whatever name', async () => {
    const file = list('5.the-curve # a', '5.output-rises # b', '5.old-nodes-keep-old-values # c');
    const { code, output } = await command('5', '--expected', file);
    expect(output).toContain(
      'Expected to fail, and passing; take out of the list: 5.the-curve, 5.output-rises and 5.old-nodes-keep-old-values',
    );
    expect(code).toBe(1);
  });

  it('must name what there is', async () => {
    const { code, output } = await command('5', '--expected', list('7.both-sides-of-a-sum # x'));
    expect(output).toContain(
      'there are not: 7.both-sides-of-a-sum; nearest to 7.both-sides-of-a-sum are 7.both-sides-of-one-sum',
    );
    expect(code).toBe(2);
  });

  test.each([
    [
      ['5.the-curve'],
      'line 3: expected an id, or the title of a scenario, then # and the reason, and got "5.the-curve"',
    ],
    [
      ['5.the-curve # until 2027-02-30'],
      'line 3: expected a day behind "until", such as 2027-01-31, and got "2027-02-30"',
    ],
    [['5.the-curve # a', '5.the-curve # b'], 'line 4: 5.the-curve stands in the list already'],
  ])('must be written as one: %j', (lines, message) => {
    expect(() => readExpectedList(list(...lines))).toThrow(message);
  });

  it('was called a skip list earlier', async () => {
    const file = list('5.the-curve # a');
    const { output } = await command('5', '--skip-list', file);
    expect(output).toContain('take out of the list: 5.the-curve');
    const both = await command('5', '--skip-list', file, '--expected', file);
    expect(both.output).toContain('--skip-list is an earlier name of --expected');
    expect(both.code).toBe(2);
  });
});
