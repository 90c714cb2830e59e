import type { Link } from './workloads';

/*
 * What an engine must be able to do to take part. Each runs in a process of its own, and answers before it is timed.
 */

/** An engine that takes part, for whatever of the work it can do. */
export interface Contender {
  /**
   * The running example: builds (a·b + c)·f and differentiates it, both afresh.
   *
   * @returns the number, and its gradients by a, b, c and f
   */
  readonly example?: () => ArrayLike<number> & Iterable<number>;
  /**
   * Builds one long chain and differentiates it, both afresh.
   *
   * @param operations - how long; an even number
   * @param link - what is done again and again
   * @returns the number at its end, and the gradient of its beginning
   */
  readonly chain?: (operations: number, link: Link) => readonly number[];
  /**
   * Training steps on the two moons, one for each batch, from the same weights each time.
   *
   * @returns the loss before each step
   */
  readonly training?: () => readonly number[] | Promise<readonly number[]>;
  /** A graph of about so many nodes, as it grows with the number of points or with the length of a chain. */
  readonly graphs?: Readonly<Record<GraphShape, (nodes: number) => Graph>>;
}

/** A network on ever more points, or one ever longer chain. */
export type GraphShape = 'network' | 'chain';

/** A graph that has been built. */
export interface Graph {
  /** Counts its nodes. */
  readonly count: () => number;
  /** Its last node, which keeps all of it in memory. */
  readonly root: { backward(): void };
  /** Whether it is computed again where it stands, and not built each time. */
  readonly isReplayed?: boolean;
}

/** Whose graphs are measured in all sizes, and what to call their nodes in tables; each has a colour in the picture. */
export const GROWN = { value: ['`Value`', 1], closure: ['closures', 2], replay: ['replayed', 3] } as const;

export const GROWING = ['value', 'replay', 'closure'] as const satisfies (keyof typeof GROWN)[];

/** Who takes part, by the name of its module. */
export const CONTENDERS = [
  'value',
  'replay',
  'batch',
  'closure',
  'tensorflow-cpu',
  'tensorflow-wasm',
  'jax',
  'pytorch',
  'loops',
] as const;

export type ContenderName = (typeof CONTENDERS)[number];

/** What is known of each of them beforehand. */
export interface Known {
  /** What to call it in tables. */
  readonly title: string;
  readonly precision: 'double' | 'single';
  /** Whether it is installed with the bench's own packages, or comes with Python, or is the project's own. */
  readonly from: 'project' | 'packages' | 'python';
  /** The workloads that it has a part in. */
  readonly work: readonly Workload[];
}

/** What is timed. */
export type Workload = 'example' | 'chain' | 'training';

const ALL = ['example', 'chain', 'training'] as const;

/** What is known of each of those who take part. */
export const KNOWN: Readonly<Record<ContenderName, Known>> = {
  value: { title: '`Value`', precision: 'double', from: 'project', work: ALL },
  replay: {
    title: '`Value`, recorded and replayed',
    precision: 'double',
    from: 'project',
    work: ['example', 'training'],
  },
  batch: {
    title: '`Value`, recorded for one point, code made for all',
    precision: 'double',
    from: 'project',
    work: ['training'],
  },
  closure: { title: 'a closure for each operation', precision: 'double', from: 'project', work: ALL },
  'tensorflow-cpu': { title: 'TensorFlow.js, cpu', precision: 'single', from: 'packages', work: ALL },
  'tensorflow-wasm': { title: 'TensorFlow.js, wasm', precision: 'single', from: 'packages', work: ALL },
  jax: { title: 'jax-js, wasm', precision: 'single', from: 'packages', work: ALL },
  pytorch: { title: 'PyTorch, one thread', precision: 'double', from: 'python', work: ALL },
  loops: { title: 'loops written by hand: the limit', precision: 'double', from: 'project', work: ALL },
};
