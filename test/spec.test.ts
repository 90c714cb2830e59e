import { describe, expect, it, test } from 'vitest';
import { native, runNotes } from './notes';
import { chapter, runSpec } from './run-spec';

const { bundledEngine } = native('../src/engines/bundled.ts') as typeof import('../src/engines/bundled');

/** Chapter 5 with something replaced, once. */
async function changed(from: string, to: string): Promise<string> {
  const text = await chapter('05-using-gradients-to-change-the-output');
  expect(text).toContain(from);
  return text.replace(from, to);
}

/** Runs a feature in this process, and returns all that is said of its failures. */
async function failures(text: string): Promise<string> {
  const ended = await runNotes(bundledEngine(), { features: [text] });
  return ended.flatMap(({ end, why }) => (end === 'failed' ? [why] : [])).join('\n');
}

const TRACE = /^\s+at /m;

describe('a chapter that has been changed fails, and says what to do', () => {
  test.each<[string, string, string, string[]]>([
    ['the sign of a step', 'a.data += 0.01', 'a.data -= 0.01', ['a.data is not 2.06', 'came      1.94', 'a is a leaf']],
    [
      'a mistyped name in the code',
      'a.data += 0.01 * a.grad',
      'a.data += 0.01 * aa.grad',
      ['there is nothing named "aa" here; the names so far: a, b, c, f, e, d and L', '^ line 1, column 18'],
    ],
    ['code that is not in the notation', 'e = a * b', 'e = a × b', ['I do not understand "×" here', 'column 7']],
    [
      'a mistyped column',
      '| node | data  | gradient |',
      '| node | data  | gradent  |',
      ['this table needs the columns node, and data or gradient or both, and has "node", "data" and "gradent"'],
    ],
    [
      'an empty cell',
      '| a    | 2.06  | 6        |',
      '| a    | 2.06  |          |',
      ['gradient of a: expected a number'],
    ],
    [
      'a name in a table that is not there',
      '| a    | 2.06  |',
      '| aa   | 2.06  |',
      ['there is nothing named "aa" here'],
    ],
    ['a leaf that is no number', '| 2 | -3 | 10 | -2 |', '| 2 | -3 | x  | -2 |', ['the leaf c: expected a number']],
    ['an output that is not there', 'runs from L', 'runs from Q', ['there is nothing named "Q" here']],
    ['wrong leaves', 'are a, b, c and f', 'are a, b and c', ['to be a, b and c; they are a, b, c and f']],
    ['greater, where it is less', 'L is greater than -8', 'L is less than -8', ['which is not less than -8']],
  ])('%s', async (_, from, to, messages) => {
    const said = await failures(await changed(from, to));
    for (const message of messages) expect(said).toContain(message);
    expect(said, "no trace of the spec's own code").not.toMatch(TRACE);
  });

  // What Cucumber itself makes of a failure, and of a sentence that it does not know.
  test.concurrent.each<[string, string, string, string[]]>([
    [
      'a digit of the new output',
      'L is -7.286496',
      'L is -7.286497',
      ['L is not -7.286497', 'expected  -7.286497', 'came      -7.28649', 'where     L = d * f'],
    ],
    [
      'a sentence that is not defined',
      'L is -7.286496',
      'L becomes -7.286496',
      ['No sentence of this spec reads so', '{quantity} is {number}', 'features/README.md lists them all'],
    ],
  ])('%s, as Cucumber tells it', async (_, from, to, messages) => {
    const { code, output } = await runSpec(await changed(from, to));
    expect(code).toBe(1);
    for (const message of messages) expect(output).toContain(message);
    expect(output, "no trace of the spec's own code").not.toMatch(TRACE);
  });
});

describe('a sentence without what belongs below it', () => {
  test.each([
    ['no table', 'Given the leaves', 'below this sentence belongs a table'],
    ['no code', 'Given the expressions', 'below this sentence belongs a table, or code'],
    ['a table with one row', 'Given the leaves\n      | a |', 'a row of names and a row of numbers, and got 1 rows'],
    ['a table without rows', 'Then the nodes hold\n      | node | data |', 'nothing would be compared'],
  ])('%s', async (_, step, message) => {
    const said = await failures(`Feature: x\n  Scenario: x\n    ${step}\n`);
    expect(said).toContain(message);
    expect(said, "no trace of the spec's own code").not.toMatch(TRACE);
  });
});

it('an unchanged chapter passes', async () => {
  const text = await chapter('05-using-gradients-to-change-the-output');
  expect(await failures(text)).toBe('');
  const { code, output } = await runSpec(text);
  expect(output).toMatch(/^(\d+) scenarios \(\1 passed\)$/m);
  expect(code).toBe(0);
});

it('where a slope jumps, no gradient is compared with a difference', async () => {
  const at = (x: number) => `Feature: a corner
  Scenario: a corner
    Given the leaves
      | x |
      | ${x} |
    And the expressions
      """
      z = 3 * max(x, 2)
      """
    When the backward pass runs from z
    Then every gradient of z matches its finite difference
`;
  expect(await failures(at(2))).toContain('max(x, 2) stands at a corner');
  expect(await failures(at(2.5))).toBe('');
});
