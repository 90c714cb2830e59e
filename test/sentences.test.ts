import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import type { Engine } from '../src/protocol/program';
import { native, runNotes, sentences } from './notes';
import { ROOT } from './run-spec';

/*
 * A sentence that does nothing would be a sentence that nobody misses. So each one has a scenario here in which it counts:
 * with the sentence the scenario ends one way, and with a sentence that does nothing in its place, the other way.
 */

const { bundledEngine } = native('../src/engines/bundled.ts') as typeof import('../src/engines/bundled');

/** The bundled engine, but its gradients are a little off. */
function inexact(): Engine {
  const engine = bundledEngine();
  return {
    ...engine,
    execute: async (program) =>
      (await engine.execute(program)).map(({ data, grad }) => ({ data, grad: (grad ?? 0) * (1 + 1e-9) })),
  };
}

const code = (keyword: string, text: string, sentence: string) =>
  `${keyword} ${sentence}\n      """\n      ${text.replaceAll('\n', '\n      ')}\n      """`;
const run = (text: string) => code('When', text, 'this code runs');
const expressions = (text: string) => code('Given', text, 'the expressions');
const LEAF = 'Given the leaves\n      | a |\n      | 2 |';
const NETWORK = 'Given a tanh network N of 1 input and layers 2, 1 from seed 1';
const EXAMPLES = 'Given the examples\n      | x | y |\n      | 1 | 1 |\n      | 2 | -1 |';
const SUM = code('And', 'score = N(x)\nloss = (score - y) ** 2', 'the loss summed over the examples');

/** For each sentence the steps of a scenario in which it counts, and how that scenario ends. */
const COUNTS: Readonly<Record<string, readonly [end: 'passed' | 'failed', ...steps: string[]]>> = {
  'the leaves': ['passed', LEAF, run('b = a * 3'), 'Then b is 6'],
  'the expressions': ['passed', LEAF, expressions('b = a * 3'), 'Then b is 6'],
  'the expressions run again': [
    'passed',
    LEAF,
    expressions('b = a * 3'),
    run('a.data = 1'),
    'And the expressions run again',
    'Then b is 3',
  ],
  '{quantity} is ?': ['failed', run('y = 1 + 1'), 'Then y is ?'],
  '{quantity} is about ?': ['failed', run('y = 1 + 1'), 'Then y is about ?'],
  'this code runs': ['passed', run('y = 1 + 1'), 'Then y is 2'],
  'this code runs {int} times': [
    'passed',
    run('y = 2'),
    code('When', 'y = y * 2', 'this code runs 3 times'),
    'Then y is 16',
  ],
  'the backward pass runs from {name}': [
    'passed',
    LEAF,
    expressions('b = a * 3'),
    'When the backward pass runs from b',
    'Then a.grad is 3',
  ],
  'the gradients are zeroed': [
    'passed',
    LEAF,
    run('b = a * 3\nb.backward()'),
    'When the gradients are zeroed',
    'Then a.grad is 0',
  ],
  '{quantity} is {number}': ['failed', run('y = 2'), 'Then y is 2.0000000001'],
  '{quantity} is about {number}': ['failed', run('y = 2.06'), 'Then y is about 2.0'],
  '{quantity} is greater than {number}': ['failed', run('y = 2'), 'Then y is greater than 2'],
  '{quantity} is less than {number}': ['failed', run('y = 2'), 'Then y is less than 2'],
  'the nodes hold': ['failed', LEAF, 'Then the nodes hold\n      | node | data |\n      | a | 2.0000000001 |'],
  'the nodes hold about': ['failed', LEAF, 'Then the nodes hold about\n      | node | gradient |\n      | a | 0.1 |'],
  'this code gives no finite number': ['failed', LEAF, code('Then', 'b = 1 / a', 'this code gives no finite number')],
  'the leaves of {name} are {names}': [
    'failed',
    LEAF,
    run('b = a + 1\nc = Value(1)'),
    'Then the leaves of b are a and c',
  ],
  'every gradient of {name} matches its finite difference': [
    'failed',
    LEAF,
    expressions('b = a * 3'),
    'When the backward pass runs from b',
    'Then every gradient of b matches its finite difference',
  ],
  '/^in random expressions, (.+)$/': [
    'failed',
    'Then in random expressions, every gradient matches its finite difference',
  ],
  'a {activation} network {name} of {int} input(s) and layers {ints} from seed {int}': [
    'passed',
    NETWORK,
    'Then N has 7 parameters',
  ],
  '{name} has {int} parameter(s)': ['failed', NETWORK, 'Then N has 8 parameters'],
  'the examples': ['passed', EXAMPLES, NETWORK, SUM, 'Then loss is greater than 0'],
  'two moons of {int} points from seed {int}': [
    'passed',
    'Given two moons of 4 points from seed 1',
    NETWORK,
    SUM,
    'Then loss is greater than 0',
  ],
  'the {name} summed over the examples': ['passed', EXAMPLES, NETWORK, SUM, 'Then loss is greater than 0'],
  'the sum {name} of the squares of the parameters of {name}': [
    'passed',
    NETWORK,
    'And the sum S of the squares of the parameters of N',
    'Then S is greater than 0',
  ],
  'each parameter of {name} moves by {number} times its gradient': [
    'failed',
    NETWORK,
    expressions('y = N(1)'),
    run('before = y.data'),
    'When the backward pass runs from y',
    'And each parameter of N moves by 1 times its gradient',
    'And the expressions run again',
    run('rise = y.data - before'),
    'Then rise is 0',
  ],
  '{name} learns to lower {name} in {int} steps of {number}': [
    'failed',
    EXAMPLES,
    NETWORK,
    SUM,
    run('before = loss.data'),
    'When N learns to lower loss in 5 steps of 0.1',
    run('fall = loss.data - before'),
    'Then fall is 0',
  ],
  '{name} learns to lower {name} in {int} steps from {number} down to {number}': [
    'failed',
    EXAMPLES,
    NETWORK,
    SUM,
    run('before = loss.data'),
    'When N learns to lower loss in 5 steps from 0.1 down to 0.05',
    run('fall = loss.data - before'),
    'Then fall is 0',
  ],
  '{name} has the sign of {name} in {int} of {int} examples': [
    'failed',
    EXAMPLES,
    NETWORK,
    SUM,
    'Then score has the sign of y in 0 of 3 examples',
  ],
};

it('each sentence has a scenario in which it counts', () => {
  expect(Object.keys(COUNTS).sort()).toEqual(sentences.map(({ pattern }) => pattern).sort());
  const overview = readFileSync(join(ROOT, 'features', 'README.md'), 'utf8');
  const listed = [...overview.matchAll(/^\| `([^`]+)` \|/gm)].map(([, sentence]) => sentence);
  expect(listed).toHaveLength(sentences.length);
});

describe('a sentence counts', () => {
  test.each(Object.entries(COUNTS))('%s', async (sentence, [end, ...steps]) => {
    const text = `Feature: F\n  Scenario: S\n    ${steps.join('\n    ')}\n`;
    const engine = /every gradient|random expressions/.test(sentence) ? inexact() : bundledEngine();
    const endOf = async (blind?: string) =>
      (await runNotes(engine, { features: [text], blind, parameters: { runs: 20 } }))[0];
    expect(await endOf()).toMatchObject({ end });
    expect((await endOf(sentence))?.end).not.toBe(end);
  });
});
