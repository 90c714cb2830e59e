import type { Engine, Instruction, MakingInstruction } from '../protocol/program';
import { evaluate, type RandomProgram, Refused } from './alone';

/*
 * Graphs that tell mistakes of a walk apart. They are made of sums and products of leaves alone, so that what goes wrong in
 * them is the walk, if an engine does sums and products right.
 */

/** What a graph is about. */
export type About = 'reuse' | 'passes' | 'size' | 'names';

/** A graph, what is done with it, and what is right in the end. */
export interface Graph {
  readonly about: About;
  /** What is special about it, as a report says it: `where …`. */
  readonly where: string;
  readonly random: RandomProgram;
  /** Further instructions after the backward pass. */
  readonly extra: readonly Instruction[];
  /** The same in the notation of the notes. */
  readonly more: readonly string[];
  /** The right gradients of the leaves. */
  readonly right: readonly number[];
}

/** What came of a graph. */
export interface Seen extends Graph {
  readonly came: readonly number[] | undefined;
  readonly refusal?: string;
}

type Line = readonly [to: string, operation: 'add' | 'mul', x: string, y: string];

const LEAVES: Readonly<Record<string, number>> = { a: 3, b: 5, c: 2, d: 7, e: 3, o: 0 };

function graph(
  about: About,
  where: string,
  lines: readonly Line[],
  right: Readonly<Record<string, number>>,
  output?: string,
): Graph {
  const used = Object.keys(LEAVES).filter((leaf) => lines.some((line) => line.includes(leaf)) || output === leaf);
  const program: MakingInstruction[] = [
    ...used.map((to): MakingInstruction => ({ do: 'leaf', to, data: LEAVES[to] ?? 0 })),
    ...lines.map(([to, operation, x, y]): MakingInstruction => ({ do: operation, to, of: [x, y] })),
  ];
  const leaves = Object.keys(right);
  const random = { program, output: output ?? lines.at(-1)?.[0] ?? 'a', leaves };
  return { about, where, random, extra: [], more: [], right: Object.values(right) };
}

/** What happens after the first pass: gradients are set back, leaves edited, lines run again, another pass begins. */
function then(first: Graph, right: Readonly<Record<string, number>>, ...steps: readonly (Line | string)[]): Graph {
  const names = [
    ...new Set([
      ...first.random.program.map(({ to }) => to),
      ...steps.flatMap((each) => (typeof each === 'string' ? [] : [each[0]])),
    ]),
  ];
  const made = new Set(first.random.program.map(({ to }) => to));
  const extra: Instruction[] = [];
  const more: string[] = [];
  for (const step of steps) {
    if (typeof step !== 'string') {
      const [to, operation, x, y] = step;
      extra.push({ do: operation, to, of: [x, y] });
      more.push(`${to} = ${x} ${operation === 'add' ? '+' : '*'} ${y}`);
      made.add(to);
    } else if (step === 'zero') {
      extra.push({ do: 'zeroGrad', of: names.filter((name) => made.has(name)) });
      more.push('# all gradients back to 0');
    } else if (step.startsWith('zero ')) {
      extra.push({ do: 'zeroGrad', of: [step.slice(5)] });
      more.push(`${step.slice(5)}.grad = 0`);
    } else if (step.startsWith('set ')) {
      const [, of = '', data = '0'] = step.split(' ');
      extra.push({ do: 'setData', of, data: Number(data) });
      more.push(`${of}.data = ${data}`);
    } else {
      extra.push({ do: 'backward', of: step });
      more.push(`${step}.backward()`);
    }
  }
  const random = { ...first.random, leaves: Object.keys(right) };
  return { ...first, about: 'passes', random, extra, more, right: Object.values(right) };
}

const chain: readonly Line[] = [
  ['p', 'mul', 'a', 'c'],
  ['q', 'mul', 'p', 'b'],
];
const fork: readonly Line[] = [...chain, ['r', 'mul', 'p', 'd']];
const ways = (n: number): Line[] =>
  Array.from({ length: n }, (_, i): Line => [`y${i}`, 'add', i === 0 ? 'a' : `y${i - 1}`, i === 0 ? 'a' : `y${i - 1}`]);
const long = (n: number): Line[] =>
  Array.from({ length: n }, (_, i): Line => [`y${i}`, 'add', i === 0 ? 'b' : `y${i - 1}`, 'a']);

/** Graphs of a single pass. */
export const GRAPHS: readonly Graph[] = [
  graph('reuse', 'a chain, in which each node is used once', chain, { a: 10, b: 6, c: 15 }),
  graph('reuse', 'one node on both sides of one sum', [['z', 'add', 'a', 'a']], { a: 2 }),
  graph('reuse', 'one node on both sides of one product', [['z', 'mul', 'a', 'a']], { a: 6 }),
  graph(
    'reuse',
    'a leaf that two nodes use',
    [
      ['p', 'mul', 'a', 'c'],
      ['q', 'mul', 'a', 'b'],
      ['z', 'add', 'p', 'q'],
    ],
    { a: 7, b: 3, c: 3 },
  ),
  graph(
    'reuse',
    'a leaf that is used again further on',
    [
      ['p', 'mul', 'a', 'c'],
      ['z', 'add', 'p', 'a'],
    ],
    { a: 3, c: 3 },
  ),
  graph(
    'reuse',
    'a leaf that is used again further on',
    [
      ['p', 'mul', 'a', 'c'],
      ['z', 'add', 'a', 'p'],
    ],
    { a: 3, c: 3 },
  ),
  graph(
    'reuse',
    'two sums in a row',
    [
      ['p', 'add', 'a', 'a'],
      ['z', 'add', 'p', 'p'],
    ],
    { a: 4 },
  ),
  graph('reuse', 'a node in between that two nodes use', [...fork, ['z', 'add', 'q', 'r']], { a: 24, c: 36 }),
  graph('reuse', 'a node that is used again further on', [...chain, ['z', 'add', 'p', 'q']], { a: 12, c: 18 }),
  graph('reuse', 'a node that is used again further on', [...chain, ['z', 'add', 'q', 'p']], { a: 12, c: 18 }),
  graph(
    'reuse',
    'sums and products of the same nodes',
    [
      ['p', 'add', 'a', 'b'],
      ['q', 'mul', 'a', 'b'],
      ['r', 'mul', 'p', 'q'],
      ['s', 'add', 'p', 'q'],
      ['z', 'add', 's', 'r'],
    ],
    { a: 61, b: 43 },
  ),
  graph(
    'reuse',
    'two leaves that hold the same number',
    [
      ['p', 'mul', 'a', 'a'],
      ['z', 'add', 'p', 'e'],
    ],
    { a: 6, e: 1 },
  ),
  graph(
    'reuse',
    'a node that is used by what the output was not made from',
    [
      ['p', 'mul', 'a', 'c'],
      ['q', 'mul', 'p', 'p'],
      ['z', 'mul', 'p', 'b'],
    ],
    { a: 10, c: 15 },
  ),
  graph(
    'reuse',
    'a leaf that is the second operand of two nodes',
    [
      ['p', 'mul', 'c', 'a'],
      ['q', 'mul', 'b', 'a'],
      ['z', 'add', 'p', 'q'],
    ],
    { a: 7, b: 3, c: 3 },
  ),
  graph(
    'reuse',
    'two nodes that hold the same number',
    [
      ['p', 'mul', 'a', 'c'],
      ['q', 'mul', 'e', 'c'],
      ['z', 'add', 'p', 'q'],
    ],
    { a: 2, e: 2, c: 6 },
  ),
  graph(
    'reuse',
    'a node whose gradient is 0 on the way',
    [
      ['p', 'mul', 'b', 'c'],
      ['q', 'mul', 'b', 'd'],
      ['r', 'mul', 'o', 'q'],
      ['z', 'add', 'p', 'r'],
    ],
    { o: 35, b: 2 },
  ),
  graph(
    'names',
    'a name that moves on',
    [
      ['p', 'mul', 'a', 'c'],
      ['p', 'add', 'p', 'a'],
      ['p', 'mul', 'p', 'b'],
    ],
    { a: 15, c: 15 },
  ),
  graph('size', 'twelve uses of one leaf', long(12), { a: 12 }),
  graph('size', 'a chain of 120 operations', long(120), { a: 120 }),
  graph('size', 'sixteen doublings, with 65536 ways through them', ways(16), { a: 65536 }),
  graph('passes', 'the output is a leaf', [['p', 'mul', 'a', 'c']], { a: 1 }, 'a'),
];

/**
 * Graphs of several passes, in each of which nodes are used once.
 *
 * @param newGraph - what the engine says of a pass over another graph
 */
export function passes(newGraph: string): Graph[] {
  const first = (output: string) => graph('passes', '', fork, {}, output);
  const at = (where: string, each: Graph): Graph => ({ ...each, where });
  return [
    at('two outputs over a node in between, all gradients zeroed', then(first('q'), { a: 14 }, 'zero', 'r')),
    at('two outputs over a node in between, all gradients zeroed', then(first('r'), { a: 10 }, 'zero', 'q')),
    at('an output behind another one, all gradients zeroed', then(first('p'), { a: 10 }, 'zero', 'q')),
    at('an output within the graph of another one, all gradients zeroed', then(first('q'), { a: 2 }, 'zero', 'p')),
    at('an output within the graph of another one, only its leaf zeroed', then(first('q'), { a: 2 }, 'zero a', 'p')),
    at('the same output once more, all gradients zeroed', then(first('q'), { a: 10 }, 'zero', 'q')),
    at(
      'an output that is used further after its pass',
      then(graph('passes', '', chain.slice(0, 1), {}), { a: 4 }, 'zero', ['q', 'mul', 'p', 'c'], 'q'),
    ),
    at(
      'three outputs, one after the other, all gradients zeroed',
      then(first('q'), { a: 10 }, 'zero', 'r', 'zero', 'q'),
    ),
    at('the same lines again after an edit', then(first('q'), { a: 10, c: 20 }, 'zero', 'set a 4', ...chain, 'q')),
    ...(newGraph === 'accumulate'
      ? [
          at(
            'two graphs on one leaf, without zeroing',
            then(graph('passes', '', chain.slice(0, 1), {}), { a: 4 }, ['q', 'mul', 'a', 'c'], 'q'),
          ),
        ]
      : []),
  ];
}

/**
 * Tries a graph.
 *
 * @param engine - the engine under test
 * @param graph - the graph
 */
export async function see(engine: Engine, graph: Graph): Promise<Seen> {
  try {
    const readings = await evaluate(engine, graph.random, graph.extra);
    return { ...graph, came: graph.random.leaves.map((leaf) => readings.get(leaf)?.grad ?? 0) };
  } catch (error) {
    if (error instanceof Refused) return { ...graph, came: undefined, refusal: error.message };
    throw error;
  }
}
