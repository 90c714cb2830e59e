import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { processEngine } from '../src/node/process';
import { command } from './run-spec';

const SERVER = 'node test/engines/server.cjs';
const LONG = 60_000;
/** Where each engine, and each of its children, writes its number down. */
const PIDS = join(mkdtempSync(join(tmpdir(), 'micrograd-spec-')), 'pids');
process.env.PIDS = PIDS;

describe('a fault of the engine fails the scenario, says what happened, and spoils nothing else', () => {
  // Chapter 6 has four scenarios, in all of which the fault shows; chapter 15 has two, in which it does not.
  test.concurrent.each<[string, string]>([
    ['crashes', 'the engine exited with code 3\n'],
    ['hangs', 'the engine did not answer within 1 second'],
    ['strayLine', 'expected a reply in JSON, and the engine wrote: "debug: here I am"'],
    ['halfALine', 'the engine exited with code 0, after half a line: "{\\"id\\": 1, \\"readi"'],
    ['wrongId', 'expected the reply to request 2, and got that to the number 9'],
    ['tooFew', 'expected 10 readings, one for each name, and got 9'],
    ['badJson', 'expected a reply in JSON, and the engine wrote'],
    ['textForNumber', 'x1.data: expected a number, or "NaN"'],
    ['tenMegabytes', 'the engine wrote more than 4 megabytes'],
    ['tenMegabytesInALine', 'the engine wrote more than 4 megabytes'],
    ['error', 'leaf to x1: the engine says: out of cheese'],
    ['refusesToDie', 'the engine did not answer within 1 second'],
    ['floods', 'the last words'],
  ])(
    '%s',
    async (fault, message) => {
      const html = join(mkdtempSync(join(tmpdir(), 'micrograd-spec-')), 'report.html');
      const { code, output } = await command(
        '6',
        '15',
        '--timeout',
        '1',
        '--engine-command',
        `${SERVER} ${fault}`,
        '--html',
        html,
      );
      expect(output).toContain(message);
      expect(output.trim().split('\n').at(-1)).toBe('2 passed, 4 failed, 0 not claimed');
      expect(code).toBe(1);
      const report = readFileSync(html, 'utf8');
      expect(report).toContain('testRunFinished');
      expect(report.trim()).toMatch(/<\/html>$/);
    },
    LONG,
  );

  it(
    'shows what the engine said last',
    async () => {
      const { output } = await command('6', '--engine-command', `${SERVER} crashes`);
      expect(output).toMatch(/The engine's last words:\n +something broke in line 42/);
    },
    LONG,
  );

  it.each([
    ['describesNothing', 'expected "protocol" to be 1, and got undefined'],
    ['exitsAtOnce', 'the engine exited with code 4'],
    ['neverAnswers', 'the engine did not answer within 1 second'],
  ])(
    'an engine that %s cannot be used',
    async (fault, message) => {
      const { code, output } = await command('--timeout', '1', '--engine-command', `${SERVER} ${fault}`);
      expect(output).toContain(message);
      expect(code).toBe(2);
    },
    LONG,
  );

  it('a line that nobody asked for is told in the step that follows', async () => {
    const engine = await processEngine(`${SERVER} answersTwice`, 5);
    await engine.execute([{ do: 'reset' }, { do: 'leaf', to: 'x1', data: 1 }]);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await expect(engine.execute([{ do: 'read', of: ['x1'] }])).rejects.toThrow('a line that nobody asked for');
    await engine.close();
  });
});

it(
  'a right engine in a process passes, and ends with the spec',
  async () => {
    const { code, output } = await command('6', '15', '--engine-command', `${SERVER} right`);
    expect(output).toContain('6 passed, 0 failed, 0 not claimed');
    expect(code).toBe(0);
  },
  LONG,
);

it(
  'a command is split into words, and reaches no shell',
  async () => {
    const { output } = await command('--engine-command', `${SERVER} 'two words; echo $HOME' && echo no`, '15');
    expect(output).toContain('engine two words; echo $HOME: double precision');
  },
  LONG,
);

it('numbers that JSON has not travel as text', async () => {
  const engine = await processEngine(`${SERVER} right`, 5);
  const numbers = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e-300, 0.1];
  const names = numbers.map((_, i) => `a${i}`);
  const leaves = numbers.map((data, i) => ({ do: 'leaf', to: `a${i}`, data }) as const);
  const readings = await engine.execute([{ do: 'reset' }, ...leaves, { do: 'read', of: names }]);
  expect(readings.map(({ data }) => data)).toEqual(numbers);
  await engine.close();
});

afterAll(() => {
  const pids = readFileSync(PIDS, 'utf8').trim().split('\n').map(Number);
  expect(pids.length).toBeGreaterThan(20);
  const alive = pids.filter((pid) => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  });
  expect(alive, 'nothing is left running').toEqual([]);
});
