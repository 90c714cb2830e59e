import { timedEach } from '../measuring/timed';
import type { Graph } from './contender';

/** The sizes of graphs that are compared, in nodes. */
export const NODES = [1e3, 1e4, 1e5, 1e6] as const;

/** So many nodes tell what one of them holds: of fewer, what else the process holds would be seen. */
const ENOUGH = 1e5;

/** What a node costs in a graph of some size. */
export interface Cost {
  /** How large the graph was to be. */
  readonly size: number;
  /** To build it, or to compute it again, and to differentiate it, in nanoseconds a node. */
  readonly time: number;
  /** What a node holds in memory while the graph is there, in bytes. */
  readonly memory: number;
}

/**
 * What a node costs, in ever larger graphs.
 *
 * @param build - builds a graph of about so many nodes
 * @param seconds - how long to measure each size
 * @returns a cost for each size, up to the first at which the engine overflows the stack
 */
export async function costsOf(build: (nodes: number) => Graph, seconds: number): Promise<Cost[]> {
  const costs: Cost[] = [];
  for (const size of NODES) {
    try {
      costs.push(await costOf(() => build(size), size, seconds));
    } catch (error) {
      if (error instanceof RangeError) break;
      throw error;
    }
  }
  return costs;
}

async function costOf(build: () => Graph, size: number, seconds: number): Promise<Cost> {
  const nodes = countOf(build);
  const memory = memoryOf(build, Math.max(1, Math.round(ENOUGH / nodes))) / nodes;
  const replayed = replayedBy(build);
  const time = (await timedEach(replayed ?? (() => differentiate(build)), seconds)) / nodes;
  return { size, time, memory };
}

// Each of these is a function of its own, so that no graph outlives its call in some place of the caller's.

function countOf(build: () => Graph): number {
  return build().count();
}

/** The passes over a graph that is there already; undefined if it is built each time. */
function replayedBy(build: () => Graph): (() => void) | undefined {
  const { isReplayed, root } = build();
  return isReplayed ? () => root.backward() : undefined;
}

/** Gives no graph back: one that is kept while the next is built makes the garbage collector copy both. */
function differentiate(build: () => Graph): void {
  build().root.backward();
}

/** What a graph holds in memory, in bytes: the mean of some of them, which are there at the same time. */
function memoryOf(build: () => Graph, count: number): number {
  const graphs = new Array<Graph | undefined>(count).fill(undefined);
  const before = inUse();
  for (let i = 0; i < count; i++) {
    const graph = build();
    graph.root.backward();
    graphs[i] = graph;
  }
  const held = inUse() - before;
  if (graphs.includes(undefined)) throw new Error('the graphs must be there while what they hold is measured');
  return held / count;
}

/** How many bytes are in use, once what is not needed any more has been cleared away. */
function inUse(): number {
  if (gc === undefined) throw new Error('run this with --expose-gc');
  gc();
  gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
