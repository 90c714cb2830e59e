import { describe, expect, it, test } from 'vitest';
import { chapter, runSpec } from './run-spec';

/** Chapter 5 with something replaced, once. */
async function changed(from: string, to: string): Promise<string> {
  const text = await chapter('05-using-gradients-to-change-the-output');
  expect(text).toContain(from);
  return text.replace(from, to);
}

describe('a chapter that has been changed fails, and says what to do', () => {
  test.concurrent.each<[string, string, string, string[]]>([
    [
      'a digit of the new output',
      'L is -7.286496',
      'L is -7.286497',
      ['L is not -7.286497', 'expected  -7.286497', 'came      -7.28649', 'where     L = d * f'],
    ],
    ['the sign of a step', 'a.data += 0.01', 'a.data -= 0.01', ['a.data is not 2.06', 'came      1.94', 'a is a leaf']],
    [
      'a sentence that is not defined',
      'L is -7.286496',
      'L becomes -7.286496',
      ['No sentence of this spec reads so', '{quantity} is {number}', 'features/README.md lists them all'],
    ],
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
    const { code, output } = await runSpec(await changed(from, to));
    expect(code).toBe(1);
    for (const message of messages) expect(output).toContain(message);
    expect(output, "no trace of the spec's own code").not.toMatch(/^\s+at /m);
  });
});

describe('a sentence without what belongs below it', () => {
  test.concurrent.each([
    ['no table', 'Given the leaves', 'below this sentence belongs a table'],
    ['no code', 'Given the expressions', 'below this sentence belongs a table, or code'],
    ['a table with one row', 'Given the leaves\n      | a |', 'a row of names and a row of numbers, and got 1 rows'],
    ['a table without rows', 'Then the nodes hold\n      | node | data |', 'nothing would be compared'],
  ])('%s', async (_, step, message) => {
    const { code, output } = await runSpec(`Feature: x\n  Scenario: x\n    ${step}\n`);
    expect(code).toBe(1);
    expect(output).toContain(message);
  });
});

it('an unchanged chapter passes', async () => {
  const { code, output } = await runSpec(await chapter('05-using-gradients-to-change-the-output'));
  expect(output).toMatch(/^(\d+) scenarios \(\1 passed\)$/m);
  expect(code).toBe(0);
});
