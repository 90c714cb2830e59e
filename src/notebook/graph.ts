import type { Operation } from '../protocol/operations';
import type { MakingInstruction, Reading } from '../protocol/program';
import { type Expression, write } from './notation';
import type { Computed } from './numbers';

/** A number that a leaf was given. */
export interface Held {
  /** The index from which on nodes are made from it. */
  readonly since: number;
  readonly data: number;
}

/** A backward pass. */
export interface Pass {
  /** The node that it began at. */
  readonly output: GraphNode;
  /** The index that the next node will have. */
  readonly at: number;
}

/** What the notebook remembers of a node: how it was made, and what the engine last said of it. */
export interface GraphNode {
  /** Counts the nodes of a notebook in the order in which they were made: operands come before what is made of them. */
  readonly index: number;
  /** The name that it was made under. A later node may have taken the name since. */
  readonly name: string;
  /** How it was made: by an operation, by nobody, or by a whole network, whose inside is not kept. */
  readonly operation: Operation | 'leaf' | 'network';
  /** What it was made from: nothing, for a leaf; the inputs and the parameters, for a network. */
  readonly operands: readonly (GraphNode | number)[];
  /** How it was made by a network: `N(x, y)`. */
  readonly call?: string;
  /** What the engine last said; undefined before it was asked. */
  reading?: Reading;
  /** What a leaf has held, the latest last. */
  readonly held?: Held[];
  /** The backward pass that reached it last; undefined if none did since its gradient was zeroed. */
  pass?: Pass;
  /** A gradient that the reader worked out and wrote down, in units of output per unit of data. */
  byHand?: Computed;
  /** Whether its number was overwritten since it was made. */
  isEdited?: boolean;
}

/**
 * What a leaf held at some time.
 *
 * @param leaf - the leaf
 * @param at - the index that a node had that was made then
 */
export function heldAt({ held = [] }: GraphNode, at: number): number {
  return held.filter(({ since }) => since <= at).at(-1)?.data ?? Number.NaN;
}

/**
 * Some nodes and all that they were made from, each once, in no particular order.
 *
 * @param roots - where to start
 * @param most - how many to find; if there are more, the search ends early, and some are missing
 */
export function reachable(roots: readonly GraphNode[], most = Number.POSITIVE_INFINITY): GraphNode[] {
  const found: GraphNode[] = [];
  // Nothing was made from what came later, so the last root has the largest index.
  const isFound = new Uint8Array(1 + roots.reduce((last, { index }) => Math.max(last, index), 0));
  const find = (node: GraphNode | number) => {
    if (typeof node === 'number' || isFound[node.index] === 1) return;
    isFound[node.index] = 1;
    found.push(node);
  };
  roots.forEach(find);
  for (let i = 0; i < found.length && found.length <= most; i++) found[i]?.operands.forEach(find);
  return found;
}

/**
 * The same, operands before what is made of them.
 *
 * @param roots - where to start
 * @param most - how many to find
 */
export function madeFrom(roots: readonly GraphNode[], most?: number): GraphNode[] {
  return reachable(roots, most).sort((x, y) => x.index - y.index);
}

/**
 * How a node was made, in the notation of the notes: `n = x1 * w1 + b`.
 *
 * @param node - the node
 */
export function howMade(node: GraphNode): string {
  if (node.operation === 'leaf') return `${node.name} is a leaf`;
  return `${node.name} = ${node.call ?? write(expressionOf(node, node.operation as Operation))}`;
}

function expressionOf({ operands }: GraphNode, operation: Operation): Expression {
  const written = operands.map((operand): Expression => {
    if (typeof operand === 'number') return { kind: 'number', value: operand, at: 0 };
    const inner = operand.operation;
    const known = inner === 'leaf' || inner === 'network' || /^#|^\w+$/.test(operand.name);
    return known ? { kind: 'name', name: operand.name, at: 0 } : expressionOf(operand, inner);
  });
  return { kind: 'operation', operation, operands: written, at: 0 };
}

/**
 * The name of a node that no other node has.
 *
 * @param node - the node
 */
export function nameOf({ index }: GraphNode): string {
  return `n${index}`;
}

/**
 * The program that made a node, with what the leaves hold now, and each node under its {@link nameOf}.
 *
 * @param node - the node
 * @returns undefined if a network took part, whose inside is not kept
 */
export function programOf(node: GraphNode): MakingInstruction[] | undefined {
  const nodes = madeFrom([node]);
  const program = nodes.flatMap((each): MakingInstruction[] => {
    const { operation, operands, reading } = each;
    if (operation === 'network') return [];
    if (operation === 'leaf') return [{ do: 'leaf', to: nameOf(each), data: reading?.data ?? Number.NaN }];
    const of = operands.map((operand) => (typeof operand === 'number' ? operand : nameOf(operand)));
    return [{ do: operation, to: nameOf(each), of }];
  });
  return program.length === nodes.length ? program : undefined;
}
