import { describe, expect, test } from 'vitest';
import { native, runNotes } from './notes';

const { bundledEngine } = native('../src/engines/bundled.ts') as typeof import('../src/engines/bundled');

/** A scenario in which all steps pass. */
async function endOf(steps: string, background = '') {
  const text = `Feature: F\n${background && `  Background:\n${background}\n`}  Scenario: S\n${steps}`;
  const [ended] = await runNotes(bundledEngine(), { features: [text] });
  return ended;
}

const LEAVES = '    Given the leaves\n      | a | b |\n      | 2 | 3 |\n';
const code = (text: string, sentence = 'When this code runs') =>
  `    ${sentence}\n      """\n      ${text.replaceAll('\n', '\n      ')}\n      """\n`;
const GRAPH = `${LEAVES}${code('y = a * b', 'And the expressions')}`;
const WALKED = `${GRAPH}    When the backward pass runs from y\n`;

describe('a scenario checks nothing', () => {
  test.each<[string, string, background?: string]>([
    ['if it has no check', GRAPH],
    ['with an action behind Then', `${WALKED}    Then the gradients are zeroed\n`],
    [
      'with an action behind Then, and another behind And',
      `${WALKED}    Then the gradients are zeroed\n${code('z = y + 1', 'And this code runs')}`,
    ],
    ['with an action behind *', `${GRAPH}    * the backward pass runs from y\n`],
    ['with expressions behind Then', `${LEAVES}${code('y = a * b', 'Then the expressions')}`],
    ['if the check stands in its Background', '    When the backward pass runs from y\n', `${GRAPH}    Then y is 6`],
    [
      'if the only check of its own is an action',
      '    Then the gradients are zeroed\n',
      `${WALKED}    Then a.grad is 3`,
    ],
    ['if it compares leaves that are as they were given', `${GRAPH}    Then a is 2\n`],
    [
      'if its table does',
      `${GRAPH}    Then the nodes hold\n      | node | data |\n      | a    | 2    |\n      | b    | 3    |\n`,
    ],
    ['if it compares a number with itself', `${code('y = 2')}    Then y is 2\n`],
    ['the same under another name', `${code('y = 2\nz = y')}    Then z is about 2.0\n`],
    ['if it compares what was written by hand', `${GRAPH}${code('a.grad = 3')}    Then a.grad is 3\n`],
    ['if it bounds what was written down', `${code('y = 2')}    Then y is greater than 1\n    And y is less than 3\n`],
    ['if a leaf is its own leaf', `${GRAPH}    Then the leaves of a are a\n`],
  ])('%s', async (_, steps, background) => {
    const ended = await endOf(steps, background);
    expect(ended?.end).toBe('failed');
    expect(ended?.why).toBe('this scenario checks nothing: no sentence of its own compares a number that it has made');
  });
});

describe('a scenario checks something', () => {
  test.each<[string, string, background?: string]>([
    ['behind *', `${GRAPH}    * y is 6\n`],
    ['behind When', `${GRAPH}    When y is 6\n`],
    ['before its last action', `${GRAPH}    Then y is 6\n    When the backward pass runs from y\n`],
    ['on what a Background made', '    Then y is 6\n', GRAPH],
    [
      'beside a leaf',
      `${GRAPH}    Then the nodes hold\n      | node | data |\n      | a    | 2    |\n      | y    | 6    |\n`,
    ],
    ['a gradient', `${WALKED}    Then a.grad is 3\n`],
    ['a gradient that is 0 from the beginning', `${GRAPH}    Then y.grad is 0\n`],
    ['a leaf that was edited', `${GRAPH}${code('a.data = 5')}    Then a is 5\n`],
    ['what the notes compute', `${code('y = 1 + 1')}    Then y is 2\n`],
    ['an error', `${code('x = Value(0)\nz = 1 / x', 'Then this code gives no finite number')}`],
    ['which leaves there are', `${GRAPH}    Then the leaves of y are a and b\n`],
    [
      'how many parameters there are',
      '    Given a tanh network N of 1 input and layers 1 from seed 1\n    Then N has 2 parameters\n',
    ],
    ['all gradients', `${WALKED}    Then every gradient of y matches its finite difference\n`],
  ])('%s', async (_, steps, background) => {
    expect(await endOf(steps, background)).toMatchObject({ end: 'passed', why: '' });
  });
});
