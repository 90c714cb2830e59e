import { backwardBounds, evaluate, forwardBounds, type Precision } from '../protocol/bounds';
import type { Operation } from '../protocol/operations';
import type { MakingInstruction } from '../protocol/program';
import { type GraphNode, heldAt, madeFrom, nameOf, type Pass, reachable } from './graph';

/*
 * How far off the numbers of a notebook may be because of rounding. What counts is what a number was made from, at the time
 * when it was made: not what a leaf was set to later, and not what stands beside it.
 */

/** Where a network took part, whose inside is not kept: so many last places of the largest quantity involved. */
const ROUGHLY = 8;

/** A program that makes each node from what the leaves held then: a leaf that was edited is there once for each number. */
interface Made {
  readonly program: readonly MakingInstruction[];
  /** The leaves, by the names that they have in the program. */
  readonly leaves: ReadonlyMap<string, GraphNode>;
}

/**
 * How far off the number of a leaf may be, whatever it is set to later.
 *
 * @param data - the number
 * @param precision - of the engine
 * @returns a distance, in ε times the number's own unit
 */
export function leafError(data: number, precision: Precision): number {
  const program = [{ do: 'leaf', to: 'leaf', data }] as const;
  return forwardBounds(program, evaluate(program), precision).get('leaf') ?? 0;
}

/**
 * How far off the number of a node may be that was made from others.
 *
 * @param node - the node
 * @param precision - of the engine
 * @returns a distance, in ε times the number's own unit
 */
export function dataError(node: GraphNode, precision: Precision): number {
  const made = asMade(node);
  if (made === undefined) return ROUGHLY * largest(reachable([node]), node.index);
  const bounds = forwardBounds(made.program, evaluate(made.program), precision);
  return bounds.get(made.program.at(-1)?.to ?? '') ?? 0;
}

/**
 * How far off the gradient of a node may be.
 *
 * Engines take the local derivatives at what a leaf held when a node was made from it, or at what it holds during the
 * backward pass. Either is allowed for.
 *
 * @param node - the node
 * @param pass - the backward pass that reached it last
 * @param precision - of the engine
 * @returns a distance, in ε times the gradient's own unit
 */
export function gradientError(node: GraphNode, { output, at }: Pass, precision: Precision): number {
  const made = asMade(output);
  if (made === undefined) return ROUGHLY * largestTerm(node, output, at);
  const { program, leaves } = made;
  const then = evaluate(program);
  const forward = forwardBounds(program, then, precision);
  const later = new Map(
    [...then].map(([name, value]) => {
      const leaf = leaves.get(name);
      return [name, leaf === undefined ? value : heldAt(leaf, at)];
    }),
  );
  const names =
    node.operation === 'leaf' ? [...leaves].filter(([, leaf]) => leaf === node).map(([name]) => name) : [nameOf(node)];
  const [first = 0, second = 0] = [then, later].map((values) => {
    const bounds = backwardBounds(program, values, forward, program.at(-1)?.to ?? '', precision);
    // what comes together from several times is added up, too
    return names.length * names.reduce((sum, name) => sum + (bounds.get(name)?.bound ?? 0), 0);
  });
  return Math.max(first, second);
}

/** @returns undefined if a network took part */
function asMade(root: GraphNode): Made | undefined {
  const program: MakingInstruction[] = [];
  const leaves = new Map<string, GraphNode>();
  const nameAt = (node: GraphNode, at: number) => {
    if (node.operation !== 'leaf') return nameOf(node);
    const data = heldAt(node, at);
    const name = `${nameOf(node)} = ${Object.is(data, -0) ? '-0' : data}`;
    if (!leaves.has(name)) program.push({ do: 'leaf', to: name, data });
    leaves.set(name, node);
    return name;
  };
  for (const node of madeFrom([root])) {
    const { operation, operands, index } = node;
    if (operation === 'network') return undefined;
    if (operation === 'leaf') continue;
    const of = operands.map((operand) => (typeof operand === 'number' ? operand : nameAt(operand, index)));
    program.push({ do: operation, to: nameOf(node), of });
  }
  return { program, leaves };
}

/** Operations whose local derivatives are the same whatever the operands are. */
const STEADY: readonly (Operation | 'leaf' | 'network')[] = ['add', 'sub', 'neg', 'leaf'];

/** The largest number that the local derivatives between an output and a node are made from; the pass begins with 1. */
function largestTerm(node: GraphNode, output: GraphNode, at: number): number {
  const depending = new Set([node]);
  const terms: GraphNode[] = [];
  for (const each of madeFrom([output])) {
    const operands = each.operands.filter((operand) => typeof operand !== 'number');
    if (!operands.some((operand) => depending.has(operand))) continue;
    depending.add(each);
    if (!STEADY.includes(each.operation)) terms.push(each, ...operands);
  }
  return Math.max(1, largest(terms, at));
}

/** The largest number, in magnitude, that some nodes held at a time: what rounding errors are in proportion to. */
function largest(nodes: Iterable<GraphNode>, at: number): number {
  let most = 0;
  for (const node of nodes) {
    const size = Math.abs(node.operation === 'leaf' ? heldAt(node, at) : (node.reading?.data ?? 0));
    if (size > most && size < Number.POSITIVE_INFINITY) most = size;
  }
  return most;
}
