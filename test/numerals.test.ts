import { describe, expect, it, test } from 'vitest';
import { bundledEngine } from '../src/engines/bundled';
import { runNotes } from './notes';

/*
 * Numbers that no double can hold, and comparisons that would hold whatever came: in all places in which a number can
 * stand in a feature.
 */

/** How a scenario of these steps ends. */
async function ends(...steps: string[]): Promise<string> {
  const text = `Feature: F\n  Scenario: S\n    ${steps.join('\n    ')}\n`;
  const [ended] = await runNotes(bundledEngine(), { features: [text] });
  return `${ended?.end}: ${ended?.why.split('\n')[0]}`;
}

const code = (keyword: string, lines: string, sentence = 'this code runs') =>
  `${keyword} ${sentence}\n      """\n      ${lines}\n      """`;
const LEAF = 'Given the leaves\n      | a |\n      | 2 |';

describe.each([
  ['1e999', 'larger than any double'],
  ['-1e400', 'larger than any double'],
  ['1e-999', 'nearer to 0 than any double'],
  ['9007199254740993', 'more digits than a double can tell'],
])('%s is refused', (number, why) => {
  test.each<[string, string[]]>([
    ['in a leaf', [`Given the leaves\n      | a |\n      | ${number} |`, 'Then a is ∞']],
    ['in code', [code('When', `y = ${number}`), 'Then y is 3']],
    ['in an expression', [LEAF, code('Given', `b = a * (${number})`, 'the expressions'), 'Then b is 3']],
    ['in a sentence', [code('When', 'y = 3'), `Then y is ${number}`]],
    ['as digits', [code('When', 'y = 3'), `Then y is about ${number}`]],
    ['as a bound', [code('When', 'y = 3'), `Then y is less than ${number}`]],
    ['in a table', [LEAF, `Then the nodes hold\n      | node | data |\n      | a | ${number} |`]],
    ['in a table of digits', [LEAF, `Then the nodes hold about\n      | node | gradient |\n      | a | ${number} |`]],
    ['in an example', [`Given the examples\n      | x |\n      | ${number} |`]],
    [
      'as a rate',
      [
        'Given a tanh network N of 1 input and layers 1 from seed 1',
        `When each parameter of N moves by ${number} times its gradient`,
      ],
    ],
  ])('%s', async (_, steps) => {
    expect(await ends(...steps)).toMatch(new RegExp(`^failed: .*${why}`));
  });
});

test.each([
  ['Given a tanh network N of 1 input and layers 1 from seed 9007199254740993'],
  ['Given a tanh network N of 1 input and layers 1, 9007199254740993 from seed 1'],
  [code('When', 'y = 3', 'this code runs 99999999999999999999 times')],
])('%j counts too far', async (step) => {
  expect(await ends(step)).toMatch(/^failed: \d+ is too large to be counted/);
});

describe('in code', () => {
  test.each(['010', '9_007_199_254_740_993', '1e999', '.1e-999', '0x20000000000001'])(
    '%s is refused',
    async (number) => {
      expect(await ends(code('When', `y = ${number}`))).toMatch(/^failed/);
    },
  );

  test.each(['1_000', '.5', '5.', '0.1', '1e23', '1e-300'])('%s is read', async (number) => {
    expect(await ends(code('When', `y = 1 * ${number}`), `Then y is ${Number(number.replace('_', ''))}`)).toMatch(
      /^passed/,
    );
  });
});

test.each([
  ['y is less than ∞', 'no bound'],
  ['y is greater than -∞', 'no bound'],
  ['y is greater than NaN', 'no bound'],
  ['y is about 1e3', 'these digits would let anything'],
  ['y is about 0e9', 'these digits would let anything'],
  ['y is about 0', 'y is not about 0'],
])('%s is refused', async (sentence, why) => {
  expect(await ends(code('When', 'y = 0.4'), `Then ${sentence}`)).toMatch(new RegExp(`^failed: .*${why}`));
});

it('the same in a table', async () => {
  const table = (number: string) => `Then the nodes hold about\n      | node | data |\n      | a | ${number} |`;
  expect(await ends(LEAF, table('1e1'))).toContain('these digits would let anything from 5 to 15 pass');
  expect(await ends(LEAF, code('Given', 'b = a / 5', 'the expressions'), table('0').replace('| a', '| b'))).toContain(
    'b.data is not about 0',
  );
  expect(await ends(LEAF, code('Given', 'b = a * 1', 'the expressions'), table('2').replace('| a', '| b'))).toMatch(
    /^passed/,
  );
});

it('a leaf stands in a table once', async () => {
  expect(await ends('Given the leaves\n      | a | a |\n      | 1 | 2 |', 'Then a is 2')).toContain(
    'this table has two leaves "a"',
  );
});

it('NaN and ∞ are what they are', async () => {
  expect(await ends(code('When', 'y = log(-1)'), 'Then y is NaN')).toMatch(/^passed/);
  expect(await ends(code('When', 'y = 3'), 'Then y is NaN')).toMatch(/^failed/);
  expect(await ends(code('When', 'y = exp(1000)'), 'Then y is ∞', 'And y is about ∞')).toMatch(/^passed/);
});
