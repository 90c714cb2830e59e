import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { counting } from '../src/gate/editions';
import { inOrderOfRun } from '../src/gate/order';
import { command, cucumber } from './run-spec';

const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-editions-'));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, ...scenarios: string[]) =>
  writeFileSync(join(folder, `${name}.json`), JSON.stringify({ rules: [], scenarios }));
write('2', '1.b');
write('10', '1.c');
write('1', '1.a');
write('next', '1.d', '1.e');

describe('what counts', () => {
  it('is the last edition, and what came later is announced', () => {
    expect(counting(undefined, folder)).toEqual({ edition: 10, announced: ['1.d', '1.e'] });
  });

  it('is an earlier edition, or the next one, where that is asked for', () => {
    expect(counting('2', folder)).toEqual({ edition: 2, announced: ['1.c', '1.d', '1.e'] });
    expect(counting('next', folder)).toEqual({ edition: 11, announced: [] });
  });

  it.each(['3', 'last', '1.0', ''])('is no edition "%s"', (wanted) => {
    expect(() => counting(wanted, folder)).toThrow(/there is no edition .*; there are 1, 2, 10 and next/);
  });
});

it('what is announced is run last: an engine may die of it', () => {
  const all = ['features/01-a.feature 1.d', 'features/01-a.feature 1.a', 'features/13-b.feature 13.c'];
  const order = (isSoon: boolean) =>
    inOrderOfRun(
      all,
      { isSoon, announced: ['1.d'] },
      (each) => each.split(' ')[0] ?? '',
      (each) => each.split(' ').slice(1),
    ).map((each) => each.split(' ')[1]);
  expect(order(false)).toEqual(['1.a', '13.c', '1.d']);
  expect(order(true)).toEqual(['13.c', '1.a', '1.d']);
});

describe('a scenario that is announced', () => {
  const engine = './test/engines/engines.cjs#assigns';
  const run = (announced: string[]) =>
    cucumber([
      ...['--config', 'test/plain.cjs', 'features/07-a-node-used-more-than-once.feature'],
      ...['--name', 'sides of one (sum|product)$', '--world-parameters', JSON.stringify({ engine, announced })],
    ]);

  it('is told where it fails, and does not count', async () => {
    const { output, code } = await run(['7.both-sides-of-one-sum', '7.both-sides-of-one-product']);
    expect(output).toContain('announced for the next edition, so that nothing counts yet');
    expect(output).toContain('    7.both-sides-of-one-sum: a.grad is not 2');
    expect(output).toMatch(/0 failed, .*; 2 announced for the next edition do not hold$/m);
    // that nothing was run to its end is another matter
    expect([code, output]).toEqual([1, expect.stringContaining('No scenario was run to its end')]);
  }, 30_000);

  it('leaves the others as they are', async () => {
    const { output, code } = await run(['7.both-sides-of-one-sum']);
    expect(output).toMatch(/ 1 failed, .*; 1 announced for the next edition does not hold$/m);
    expect(code).toBe(1);
  }, 30_000);
});

it('an edition that there is not is refused', async () => {
  const { output, code } = await command('1', '--edition', '99');
  expect([code, output.trim()]).toEqual([2, 'there is no edition 99; there are 1 and next']);
});
