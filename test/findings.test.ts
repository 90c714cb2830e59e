import { describe, expect, it, test } from 'vitest';
import { GRAPHS, passes } from '../src/judge/graphs';
import { WALKS, walked } from '../src/judge/walks';
import { native } from './notes';

const { classEngine } = native('../src/engines/class.ts') as typeof import('../src/engines/class');
const { findingsOf } = native('../src/judge/findings.ts') as typeof import('../src/judge/findings');
const { told } = native('../src/judge/telling.ts') as typeof import('../src/judge/telling');

interface Fault {
  readonly level: 'core' | 'edge';
  readonly kind: string;
  readonly operation?: string;
}

const { faults, ...wrong } = native('./engines/faults.cjs') as { faults: Record<string, Fault> } & Record<
  string,
  unknown
>;
const { styles, ...right } = native('./engines/styles.cjs') as { styles: Record<string, string> } & Record<
  string,
  unknown
>;

/** Styles that the adapter reaches without more ado. */
const SOUND = [
  ...[
    'Whole',
    'Micrograd',
    'Tape',
    'Switch',
    'Statics',
    'Immutable',
    'NodesOnly',
    'Exponentials',
    'ManyNames',
    'Options',
  ],
  ...['PowValue', 'Follows', 'ResetsLeaves', 'Single'],
];

const titles = async (given: unknown, name: string) =>
  (await findingsOf(classEngine(given, name))).map((each) => told(each).split('\n')[0] ?? '');

describe('graphs that tell faults apart', () => {
  test.each(GRAPHS.map((graph, i) => [i, graph.where, graph] as const))(
    '%i, %s: has the right gradients',
    (_i, _where, graph) => {
      const { program, output, leaves } = graph.random;
      expect(walked({ cause: '' }, program, output, leaves)).toEqual(graph.right);
    },
  );

  it('tell each way of going wrong from every other one', () => {
    const answers = WALKS.map((walk) =>
      JSON.stringify(
        GRAPHS.map(({ random }) => walked(walk, random.program, random.output, random.leaves) ?? 'for ever'),
      ),
    );
    expect(answers.filter((answer, i) => answers.indexOf(answer) !== i)).toEqual([]);
  });
});

describe('a sound engine has no findings', () => {
  test.each(Object.keys(styles).filter((name) => SOUND.includes(name)))('%s', async (name) => {
    expect(await titles(right[name], name)).toEqual([]);
  });

  it('and the graphs of several passes are tried on it', () => {
    expect(passes('accumulate').length).toBeGreaterThan(passes('undefined').length);
  });
});

describe('a fault of one operation is found in no other', () => {
  const single = Object.entries(faults).filter(([, { operation }]) => operation !== undefined);
  let found = 0;

  test.each(single)('%s', async (name, { operation = '' }) => {
    const told = await titles(wrong[name], name);
    if (told.length > 0) found += 1;
    const others = told.filter(
      (title) => !title.startsWith(`${operation}: `) && !title.startsWith('a gradient is wrong'),
    );
    expect(others).toEqual([]);
  });

  it('and most of them are found by experiments alone', () => {
    expect(found / single.length).toBeGreaterThan(0.6);
  });
});

describe('two faults at once are both told', () => {
  test.each<[string, string, string]>([
    [
      'assignsAndSubSign',
      'sub: the gradient of its second operand is wrong',
      'a gradient is wrong: one node on both sides',
    ],
    ['mulSwapsAndReluOutput', 'mul: both of its gradients are wrong', 'relu: its gradient is wrong'],
    ['unreversedAndLogOutput', 'log: its gradient is wrong', 'a gradient is wrong: two sums in a row'],
    ['tanhWrongAndDivNoRule', 'tanh: its gradient is wrong', 'div: both of its gradients are wrong'],
    ['expTwiceAndLogHalf', 'exp: its gradient is wrong', 'log: its gradient is wrong'],
    ['negSignAndSubSign', 'neg: its gradient is wrong', 'sub: the gradient of its second operand is wrong'],
  ])('%s', async (name, ...both) => {
    const told = await titles(wrong[name], name);
    for (const title of both) expect(told.join('\n')).toContain(title);
  });
});
