import { list, SpecError } from '../errors';
import type { Network, NetworkNode } from '../micrograd/network';
import type { Precision } from '../protocol/bounds';
import type { Activation } from '../protocol/operations';
import type { Description } from '../protocol/program';
import type { GraphNode } from './graph';
import { FUNCTIONS } from './notation';
import { type Computed, exact, isEqual } from './numbers';
import { dataError, gradientError, leafError } from './rounding';

/** A node of the engine under test, as a network computes with it: each operation becomes an instruction. */
export interface TracedNode extends NetworkNode<TracedNode> {
  /** What the engine calls it. */
  readonly name: string;
}

/** A network of the notes. */
export interface TracedNetwork {
  readonly network: Network<TracedNode>;
  /** Its parameters, in order. */
  readonly parameters: readonly GraphNode[];
}

/** What a name stands for. */
type Thing = GraphNode | Computed;

/** What became of names while something was run. */
export interface Trace {
  /** What those names stood for that were found, and not given before. */
  readonly found: ReadonlyMap<string, Thing>;
  /** The networks that were found. */
  readonly networks: ReadonlyMap<string, TracedNetwork>;
  /** What those names stand for since that were given. */
  readonly given: ReadonlyMap<string, Thing>;
}

function emptyTrace() {
  return {
    found: new Map<string, Thing>(),
    networks: new Map<string, TracedNetwork>(),
    given: new Map<string, Thing>(),
  } satisfies Trace;
}

/** What the names of a notebook stand for: nodes, plain numbers, and networks. */
export class Scope {
  private readonly names = new Map<string, Thing>();
  private readonly networks = new Map<string, TracedNetwork>();
  private readonly precision: Precision;
  private readonly keepsInterior: boolean;
  private trace: ReturnType<typeof emptyTrace> | undefined;

  /** @param description - what the engine says of itself */
  constructor({ precision, interiorGradients }: Description) {
    this.precision = precision;
    this.keepsInterior = interiorGradients !== 'none';
  }

  /**
   * Binds a name; whatever it stood for is forgotten.
   *
   * @param name - any text; names of nodes without a name are their expressions
   * @param thing - a node, or a number
   */
  bind(name: string, thing: Thing): void {
    this.names.set(name, thing);
    this.trace?.given.set(name, thing);
  }

  /** Binds the name of a network. */
  bindNetwork(name: string, network: TracedNetwork): void {
    this.networks.set(name, network);
  }

  /**
   * What a name stands for.
   *
   * @param name - the name
   * @throws SpecError, which says which names there are, if it stands for nothing
   */
  find(name: string): Thing {
    const found = this.names.get(name);
    if (found === undefined) {
      throw new SpecError(`there is nothing named "${name}" here; the names so far: ${list(this.names.keys())}`);
    }
    if (this.trace?.given.has(name) === false) this.trace.found.set(name, found);
    return found;
  }

  /**
   * The node that a name stands for.
   *
   * @param name - the name
   * @throws SpecError if it stands for none
   */
  node(name: string): GraphNode {
    const found = this.find(name);
    if (!isNode(found)) throw new SpecError(`"${name}" is a number, where a node is needed`);
    return found;
  }

  /**
   * The network of that name.
   *
   * @param name - the name
   * @throws SpecError if there is none
   */
  network(name: string): TracedNetwork {
    const network = this.networks.get(name);
    if (network === undefined) {
      const there = [...FUNCTIONS, ...this.networks.keys()];
      throw new SpecError(`there is no function or network "${name}" here; there are ${list(there)}`);
    }
    this.trace?.networks.set(name, network);
    return network;
  }

  /**
   * Runs something, and takes down what becomes of names.
   *
   * @param run - runs it
   * @returns that, and what it gave
   */
  async takeDown<T>(run: () => Promise<T>): Promise<[Trace, T]> {
    const trace = emptyTrace();
    this.trace = trace;
    try {
      return [trace, await run()];
    } finally {
      this.trace = undefined;
    }
  }

  /**
   * Whether all that was found in a run would be found again: numbers and networks that are the same, and nodes that the
   * engine knows by the same names.
   *
   * @param trace - of that run
   * @returns for each node that was found the one that stands there now; undefined if something else does
   */
  retrace({ found, networks }: Trace): Map<GraphNode, GraphNode> | undefined {
    const nodes = new Map<GraphNode, GraphNode>();
    for (const [name, then] of found) {
      const now = this.names.get(name);
      if (now === undefined) return undefined;
      if (isNode(then) && isNode(now) && then.name === now.name) nodes.set(then, now);
      else if (isNode(then) || isNode(now) || !isEqual(then, now)) return undefined;
    }
    for (const [name, then] of networks) if (this.networks.get(name) !== then) return undefined;
    return nodes;
  }

  /**
   * Gives all names again that were given in a run.
   *
   * @param trace - of that run
   * @param nodes - for each node that was found or made in it the one that stands there now
   */
  rename({ given }: Trace, nodes: ReadonlyMap<GraphNode, GraphNode>): void {
    for (const [name, thing] of given) this.names.set(name, isNode(thing) ? (nodes.get(thing) ?? thing) : thing);
  }

  /** All nodes that a name stands for. */
  nodes(): GraphNode[] {
    return [...this.names.values()].filter(isNode);
  }

  /** The parameters of all networks. */
  parameters(): GraphNode[] {
    return [...this.networks.values()].flatMap(({ parameters }) => parameters);
  }

  /** The number that a node holds, as it was last read. */
  value(node: GraphNode): number {
    return node.reading?.data ?? Number.NaN;
  }

  /** The same, with how far off an engine may be that makes no mistake but rounding. */
  data(node: GraphNode): Computed {
    const value = this.value(node);
    if (node.operation === 'leaf') {
      return { value, error: () => leafError(value, this.precision), isMade: node.isEdited === true };
    }
    return { value, error: () => dataError(node, this.precision), isMade: true };
  }

  /**
   * A node's gradient: what the reader wrote there since the last backward pass, or else what the engine last said.
   *
   * @returns null if the engine keeps none for this node
   */
  gradient(node: GraphNode): Computed | null {
    if (node.byHand !== undefined) return node.byHand;
    // what an engine has there that says that it keeps none is no gradient
    const isKept = this.keepsInterior || node.operation === 'leaf';
    const grad = isKept ? (node.reading?.grad ?? null) : null;
    // Engines are free to have no gradient, rather than 0, on a leaf that no backward pass has reached.
    if (grad === null) return node.operation === 'leaf' ? { ...exact(0), isMade: true } : null;
    const { pass } = node;
    const error = pass === undefined ? () => 0 : () => gradientError(node, pass, this.precision);
    return { value: grad, error, isMade: true };
  }
}

/** How a network is made within the notes. */
export interface NetworkPlan {
  readonly inputs: number;
  /** How many neurons each layer has. */
  readonly layers: readonly number[];
  readonly activation: Activation;
  /** Of the initial weights. */
  readonly seed: number;
}

/**
 * Whether a name stands for a node, rather than for a plain number.
 *
 * @param x - what it stands for
 */
export function isNode(x: Thing): x is GraphNode {
  return 'operation' in x;
}
