import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { entriesNamed } from '../src/command/listing';
import { writtenIds } from '../src/gate/ids';
import { command, commandIn } from './run-spec';

/* What there is to be run, and what has failed. */

const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-listing-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FAILS = ['--engine', './test/engines/engines.cjs#subSign'];

describe('micrograd-spec list', () => {
  const ids = (...what: string[]) => entriesNamed(what, () => {}).map(({ id }) => id);

  it('tells all that has an id', () => {
    const written = Object.entries(writtenIds().chapters).flatMap(([n, all]) =>
      Object.keys(all).map((id) => `${n}.${id}`),
    );
    expect(ids()).toEqual(written);
  });

  it('says of each what it is called, where it stands, its title and its tags', async () => {
    const { code, output } = await command('list', '7.shares-add-up', '5.the-curve/2', '17.x-to-the-zero');
    expect(output).toMatch(
      /^7\.shares-add-up +7:\d+ +The shares from all uses add up\n {2}7\.both-sides-of-one-sum +7:\d+ /,
    );
    expect(output).toMatch(
      /\n {2}5\.the-curve +5:\d+ .*<output>\n {4}5\.the-curve\/2 +5:\d+ +A step of 0\.325 leads along this curve to 5\.3445000\n/,
    );
    expect(output).toMatch(/17\.x-to-the-zero .* {2}@edge\n$/);
    expect(output).not.toContain('5.the-curve/1');
    expect(code).toBe(0);
  });

  it('says the same to machines', async () => {
    const { output } = await command('list', '--json', '5');
    const all = JSON.parse(output);
    expect(all.find(({ id }: { id: string }) => id === '5.output-rises')).toEqual({
      kind: 'scenario',
      id: '5.output-rises',
      title: 'L rises from −8 to −7.286496',
      place: expect.stringMatching(/^5:\d+$/),
      tags: [],
      rule: '5.run-again-for-the-output',
      rows: [],
    });
    const { rows } = all.find(({ id }: { id: string }) => id === '5.the-curve');
    expect(rows.map(({ id }: { id: string }) => id)).toEqual(['5.the-curve/1', '5.the-curve/2', '5.the-curve/3']);
    // a row has the tags of its Examples as well
    const [outline] = entriesNamed(['7.operation-plus-both-operands'], () => {});
    expect([outline?.tags, outline?.rows.at(-1)?.tags]).toEqual([[], ['@min']]);
  });

  it('calls what is in other files by file and line', () => {
    const mine = join(folder, 'mine.feature');
    writeFileSync(mine, 'Feature: Mine\n\n  Scenario: One\n    Then y is 3\n');
    const [entry] = entriesNamed([`${mine}:3`], () => {});
    expect(entry).toMatchObject({ title: 'One', line: 3, place: expect.stringMatching(/mine\.feature:3$/) });
    expect(entry?.id).toBe(entry?.place);
  });

  test.each([
    ['7.shares', 'the nearest are 7.shares-add-up'],
    ['9:2', '9:2: no scenario begins in this line'],
    ['99', 'there is no chapter 99'],
  ])('says what is not there: %s', (what, message) => expect(() => ids(what)).toThrow(message));
});

describe('--failed', () => {
  const run = (...args: string[]) => commandIn({ MICROGRAD_SPEC_CACHE: join(folder, 'cache') }, ...args);

  it('runs what has failed when it was last run, with this engine', async () => {
    const none = await run('--failed');
    expect(none.output).toContain('--failed: nothing is kept that has failed with this engine, run from this folder');
    expect(none.code).toBe(2);

    const first = await run(...FAILS, '13.four-operations', '2');
    expect(first.output).toMatch(/\n\d+ passed, 1 failed/);
    // a part that is run in between, and passes, changes nothing for the others
    await run(...FAILS, '3');
    const again = await run(...FAILS, '--failed');
    expect(again.output).toContain('chosen: --failed; engine');
    expect(again.output).toMatch(/could be why 1 scenario failed: 13\.two-local-derivatives\/2\n/);
    expect(again.output).toMatch(/\n0 passed, 1 failed, 0 not claimed\n$/);
    expect(again.code).toBe(1);

    // what another engine has failed in is not kept with it, and what is known to fail has not failed
    expect((await run('--failed')).code).toBe(2);
    const expected = join(folder, 'expected.txt');
    writeFileSync(expected, '13.two-local-derivatives/2 # the sign\n');
    await run(...FAILS, '--failed', '--expected', expected);
    expect((await run(...FAILS, '--failed')).code).toBe(2);
  }, 60_000);

  it('is instead of names', async () => {
    const { code, output } = await run('--failed', '3');
    expect(output).toContain('--failed runs what has failed: expected nothing besides, and got 3');
    expect(code).toBe(2);
  });
});
