import type { Operation } from '../protocol/operations';
import type { Leaves } from './leaves';
import { isNode, type SomeNode, settle } from './nodes';
import type { Reached, Way } from './ways';

/** A leaf at 2, a node made from it, and a node made from that. */
export interface Chain {
  readonly leaf: SomeNode;
  readonly inner: SomeNode;
  readonly output: SomeNode;
}

/** The operations that small graphs are made with, the first that there is. */
const SLOPES = {
  /** At 2: how fast x·3·5, x·x and (x·3)·(x·3) change with x. */
  mul: { chain: 15, twice: 4, innerTwice: 36 },
  add: { chain: 1, twice: 2, innerTwice: 2 },
  sub: { chain: 1, twice: 0, innerTwice: 0 },
} as const;

/** Small graphs of an engine, on which it is found out what its backward pass does. */
export class Trial {
  private readonly operation: keyof typeof SLOPES | undefined;
  private readonly way: Way | undefined;
  private readonly single: Way | undefined;

  /**
   * @param leaves - how leaves are made
   * @param reached - how operations are reached
   */
  constructor(
    private readonly leaves: Leaves,
    reached: Reached,
  ) {
    this.operation = (['mul', 'add', 'sub'] as const).find((name) => reached.get(name)?.nodes !== undefined);
    this.way = this.operation && reached.get(this.operation)?.nodes;
    this.single = reached.get([...reached.keys()].find((name: Operation) => reached.get(name)?.nodes) ?? 'neg')?.nodes;
  }

  /** What the slopes should be; undefined if there is nothing to make these graphs with. */
  get slopes(): (typeof SLOPES)[keyof typeof SLOPES] | undefined {
    return this.operation && SLOPES[this.operation];
  }

  /** x·3·5, or what comes nearest to it. */
  chain(): Chain {
    const leaf = this.leaves.make(2);
    const inner = this.make(leaf, 3);
    return { leaf, inner, output: this.make(inner, 5) };
  }

  /**
   * A node made from a node twice: x·x.
   *
   * @param x - the node
   */
  twice(x: SomeNode): SomeNode {
    return this.settled(this.way?.call(x, x));
  }

  private make(x: SomeNode, y: number): SomeNode {
    return this.settled(this.way ? this.way.call(x, this.leaves.make(y)) : this.single?.call(x, x));
  }

  private settled(made: unknown): SomeNode {
    if (!isNode(made)) throw new Error('no node');
    if (typeof made[this.leaves.data] !== 'number') settle(made);
    return made;
  }
}
