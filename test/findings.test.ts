import { describe, expect, it, test } from 'vitest';
import { GRAPHS, passes } from '../src/judge/graphs';
import { WALKS, walked } from '../src/judge/walks';
import { native } from './notes';
import { ROOT } from './run-spec';

const { moduleEngine } = native('../src/node/module.ts') as typeof import('../src/node/module');
const { findingsOf } = native('../src/judge/findings.ts') as typeof import('../src/judge/findings');

interface Fault {
  readonly level: 'core' | 'edge';
  readonly kind: string;
  readonly operation?: string;
}

const { faults } = native('./engines/faults.cjs') as { faults: Record<string, Fault> };
const { styles } = native('./engines/styles.cjs') as { styles: Record<string, string> };

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

const titles = async (reference: string) => {
  const engine = await moduleEngine(reference, ROOT, 20);
  return (await findingsOf(engine)).map(({ text }) => text.split('\n')[0] ?? '');
};

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
    expect(await titles(`./test/engines/styles.cjs#${name}`)).toEqual([]);
  });

  it('and the graphs of several passes are tried on it', () => {
    expect(passes('accumulate').length).toBeGreaterThan(passes('undefined').length);
  });
});

describe('a fault of one operation is found in no other', () => {
  const single = Object.entries(faults).filter(([, { operation }]) => operation !== undefined);

  test.each(single)('%s', async (name, { operation = '' }) => {
    const found = await titles(`./test/engines/faults.cjs#${name}`);
    const others = found.filter(
      (title) => !title.startsWith(`${operation}: `) && !title.startsWith('a gradient is wrong'),
    );
    expect(others).toEqual([]);
  });

  it('and most of them are found by experiments alone', async () => {
    let found = 0;
    for (const [name] of single) if ((await titles(`./test/engines/faults.cjs#${name}`)).length > 0) found += 1;
    expect(found / single.length).toBeGreaterThan(0.6);
  });
});
