import { parse } from '../notebook/notation';
import type { Engine, Instruction, MakingInstruction } from '../protocol/program';
import { evaluate, type RandomProgram, Refused } from './alone';

/*
 * Graphs that tell mistakes of a walk apart. They are made of sums and products of leaves alone, so that what goes wrong in
 * them is the walk, if an engine does sums and products right.
 */

/** What a graph is about: nodes that are used again, or several passes. */
export type About = 'reuse' | 'passes';

/** A graph, what is done with it, and what is right in the end. */
export interface Graph {
  readonly about: About;
  /** What is special about it, as a report says it. */
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

const LEAVES = { a: 3, b: 5, c: 2, d: 7, e: 3, o: 0 } as const;

/** The gradients of some leaves. */
type Gradients = Partial<Record<keyof typeof LEAVES, number>>;

/** Reads `p = a * c; z = p + a`. */
function made(lines: string): Exclude<MakingInstruction, { do: 'leaf' }>[] {
  return parse(lines.replaceAll(';', '\n')).statements.flatMap((statement) => {
    if (statement.kind !== 'bind' || statement.value.kind !== 'operation') return [];
    const of = statement.value.operands.flatMap((operand) => (operand.kind === 'name' ? [operand.name] : []));
    return [{ do: statement.value.operation, to: statement.name, of }];
  });
}

function graph(where: string, lines: string, right: Gradients, output?: string): Graph {
  const nodes = made(lines);
  const leaves = Object.entries(LEAVES).flatMap(([to, data]): MakingInstruction[] =>
    nodes.some(({ of }) => of.includes(to)) ? [{ do: 'leaf', to, data }] : [],
  );
  const random = {
    program: [...leaves, ...nodes],
    output: output ?? nodes.at(-1)?.to ?? 'a',
    leaves: Object.keys(right),
  };
  return { about: 'reuse', where, random, extra: [], more: [], right: Object.values(right) };
}

/**
 * The same graph, and what happens after its first pass.
 *
 * @param steps - `zero`: all gradients back to 0; `a.grad = 0`; `a.data = 4`; `q.backward()`; or lines that make nodes
 */
function then(where: string, first: Graph, right: Gradients, ...steps: readonly string[]): Graph {
  const names = new Set(first.random.program.map(({ to }) => to));
  const extra = steps.flatMap((step): Instruction[] => {
    const [, of = '', field, data] = /^(\w+)\.(grad|data|backward)(?: = (\d+)|\(\))$/.exec(step) ?? [];
    if (step === 'zero') return [{ do: 'zeroGrad', of: [...names] }];
    if (field === 'backward') return [{ do: 'backward', of }];
    if (field === 'grad') return [{ do: 'zeroGrad', of: [of] }];
    if (field === 'data') return [{ do: 'setData', of, data: Number(data) }];
    const nodes = made(step);
    for (const { to } of nodes) names.add(to);
    return nodes;
  });
  const more = steps.flatMap((step) => (step === 'zero' ? '# all gradients back to 0' : step.split('; ')));
  const random = { ...first.random, leaves: Object.keys(right) };
  return { ...first, about: 'passes', where, random, extra, more, right: Object.values(right) };
}

/** So many lines, each from the one before. */
function repeated(count: number, line: (before: string, to: string) => string): string {
  return Array.from({ length: count }, (_, i) => line(i === 0 ? 'a' : `y${i - 1}`, `y${i}`)).join(';');
}

const CHAIN = 'p = a * c; q = p * b';
const FORK = `${CHAIN}; r = p * d`;

/** Graphs of a single pass. */
export const GRAPHS: readonly Graph[] = [
  graph('a chain, in which each node is used once', CHAIN, { a: 10, b: 6, c: 15 }),
  graph('one node on both sides of one sum', 'z = a + a', { a: 2 }),
  graph('one node on both sides of one product', 'z = a * a', { a: 6 }),
  graph('a leaf that two nodes use', 'p = a * c; q = a * b; z = p + q', { a: 7, b: 3, c: 3 }),
  graph('a leaf that is the second operand of two nodes', 'p = c * a; q = b * a; z = p + q', { a: 7, b: 3, c: 3 }),
  graph('a leaf that is used again further on', 'p = a * c; z = p + a', { a: 3, c: 3 }),
  graph('a leaf that is used again further on', 'p = a * c; z = a + p', { a: 3, c: 3 }),
  graph('two sums in a row', 'p = a + a; z = p + p', { a: 4 }),
  graph('a node in between that two nodes use', `${FORK}; z = q + r`, { a: 24, c: 36 }),
  graph('a node that is used again further on', `${CHAIN}; z = p + q`, { a: 12, c: 18 }),
  graph('a node that is used again further on', `${CHAIN}; z = q + p`, { a: 12, c: 18 }),
  graph('sums and products of the same nodes', 'p = a + b; q = a * b; r = p * q; s = p + q; z = s + r', {
    a: 61,
    b: 43,
  }),
  graph('two leaves that hold the same number', 'p = a * a; z = p + e', { a: 6, e: 1 }),
  graph('two nodes that hold the same number', 'p = a * c; q = e * c; z = p + q', { a: 2, e: 2, c: 6 }),
  graph('a node whose gradient is 0 on the way', 'p = b * c; q = b * d; r = o * q; z = p + r', { o: 35, b: 2 }),
  graph('a node that is used by what the output was not made from', 'p = a * c; q = p * p; z = p * b', {
    a: 10,
    c: 15,
  }),
  graph('a name that moves on', 'p = a * c; p = p + a; p = p * b', { a: 15, c: 15 }),
  graph(
    'twelve uses of one leaf',
    repeated(11, (y, to) => `${to} = ${y} + a`),
    { a: 12 },
  ),
  graph(
    'a chain of 120 operations',
    repeated(120, (y, to) => `${to} = ${y} + b`),
    { a: 1, b: 120 },
  ),
  graph(
    'sixteen doublings, with 65536 ways through them',
    repeated(16, (y, to) => `${to} = ${y} + ${y}`),
    { a: 65536 },
  ),
];

/** A leaf that is an output. */
export const LEAF: Graph = { ...graph('the output is a leaf', 'p = a * c', { a: 1 }, 'a'), about: 'passes' };

/**
 * Graphs of several passes, in each of which nodes are used once.
 *
 * @param newGraph - what the engine says of a pass over another graph
 */
export function passes(newGraph: string): Graph[] {
  const from = (output: string) => graph('', FORK, {}, output);
  const one = graph('', 'p = a * c', {});
  const all = 'all gradients zeroed';
  return [
    then(`two outputs over a node in between, ${all}`, from('q'), { a: 14 }, 'zero', 'r.backward()'),
    then(`two outputs over a node in between, ${all}`, from('r'), { a: 10 }, 'zero', 'q.backward()'),
    then(`an output behind another one, ${all}`, from('p'), { a: 10 }, 'zero', 'q.backward()'),
    then(`an output within the graph of another one, ${all}`, from('q'), { a: 2 }, 'zero', 'p.backward()'),
    then(
      'an output within the graph of another one, only its leaf zeroed',
      from('q'),
      { a: 2 },
      'a.grad = 0',
      'p.backward()',
    ),
    then(`the same output once more, ${all}`, from('q'), { a: 10 }, 'zero', 'q.backward()'),
    then('an output that is used further after its pass', one, { a: 4 }, 'zero', 'q = p * c', 'q.backward()'),
    then(
      `three outputs, one after the other, ${all}`,
      from('q'),
      { a: 10 },
      'zero',
      'r.backward()',
      'zero',
      'q.backward()',
    ),
    then(
      'the same lines again after an edit',
      from('q'),
      { a: 10, c: 20 },
      'zero',
      'a.data = 4',
      CHAIN,
      'q.backward()',
    ),
    then('a node that is made after the pass, and of which nothing is asked', one, { a: 2 }, 'q = a * c'),
    ...(newGraph === 'accumulate'
      ? [then('two graphs on one leaf, without zeroing', one, { a: 4 }, 'q = a * c', 'q.backward()')]
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
