import { Network } from '../../src/micrograd/network';
import type { Contender, Graph } from './contender';
import { BATCHES, CHAIN, DECAY, LEAVES, type Link, RATE, SHAPE, WEIGHTS } from './workloads';

/** What the workloads need of a node of an engine of scalars. */
export interface ScalarNode<T> {
  data: number;
  grad: number;
  add(y: T | number): T;
  mul(y: T | number): T;
  pow(y: number): T;
  relu(): T;
  backward(): void;
}

/** How an engine of scalars is reached. */
export interface Scalars<T extends ScalarNode<T>> {
  /** Makes a leaf. */
  readonly leaf: (data: number) => T;
  /** What a node was made from; a leaf may have itself, or nothing. */
  readonly madeFrom: (node: T) => readonly T[];
}

/**
 * The workloads on an engine whose nodes are single numbers: the same lines for each of them.
 *
 * @param engine - how it is reached
 */
export function scalars<T extends ScalarNode<T>>({ leaf, madeFrom }: Scalars<T>): Contender {
  const network = new Network<T>(SHAPE.inputs, SHAPE.layers, { leaf, bend: (sum) => sum.relu() });
  const parameters = network.parameters();

  const answer = new Float64Array(5); // always the same, so that nothing but the graph is allocated
  const [first, second, third, fourth] = LEAVES;
  function example(): Float64Array {
    const a = leaf(first);
    const b = leaf(second);
    const c = leaf(third);
    const f = leaf(fourth);
    const out = a.mul(b).add(c).mul(f);
    out.backward();
    answer[0] = out.data;
    answer[1] = a.grad;
    answer[2] = b.grad;
    answer[3] = c.grad;
    answer[4] = f.grad;
    return answer;
  }

  function chained(operations: number, { times, plus }: Link): { begin: T; end: T } {
    const begin = leaf(1);
    let end = begin;
    for (let i = 0; i < operations; i += 2) end = end.mul(times).add(plus);
    return { begin, end };
  }

  function chain(operations: number, link: Link): readonly number[] {
    const { begin, end } = chained(operations, link);
    end.backward();
    return [end.data, begin.grad];
  }

  /** How far the points are from being told apart, on average. */
  function margin(points: (typeof BATCHES)[number]): T {
    let sum = leaf(0);
    for (const { x, y, label } of points) {
      const [score] = network.call([x, y]) as [T];
      sum = sum.add(
        score
          .mul(-label)
          .add(1)
          .relu()
          .mul(1 / points.length),
      );
    }
    return sum;
  }

  function step(points: (typeof BATCHES)[number]): number {
    let loss = margin(points);
    for (const parameter of parameters) loss = loss.add(parameter.pow(2).mul(DECAY));
    for (const parameter of parameters) parameter.grad = 0;
    loss.backward();
    for (const parameter of parameters) parameter.data -= RATE * parameter.grad;
    return loss.data;
  }

  function training(): readonly number[] {
    for (const [i, parameter] of parameters.entries()) parameter.data = WEIGHTS[i] as number;
    return BATCHES.map(step);
  }

  function counted(root: T): Graph {
    return { count: () => count(root, madeFrom), root };
  }

  const some = BATCHES.flat();
  const one = BATCHES[0]?.slice(0, 1) ?? [];
  const perPoint = count(margin([...one, ...one]), madeFrom) - count(margin(one), madeFrom);

  return {
    example,
    chain,
    training,
    graphs: {
      network: (nodes) => {
        const points = Math.ceil(nodes / perPoint);
        return counted(
          margin(Array.from({ length: points }, (_, i) => some[i % some.length] as (typeof some)[number])),
        );
      },
      chain: (nodes) => counted(chained(nodes / 2, CHAIN).end), // each operation takes a plain number, which becomes a leaf
    },
  };
}

/** How many nodes a graph has. */
function count<T>(root: T, madeFrom: (node: T) => readonly T[]): number {
  const seen = new Set([root]);
  for (const node of seen) for (const each of madeFrom(node)) seen.add(each);
  return seen.size;
}
