import { apply, OPERATIONS, type Operation } from '../protocol/operations';
import type { MakingInstruction } from '../protocol/program';

/*
 * Small engines that walk a graph otherwise than they should: one for each way in which published engines have gone wrong.
 * If such an engine gives what came on every graph that was tried, right or wrong, it names the cause.
 */

/** A node of a small engine. */
export interface Node {
  readonly operation: Operation | 'leaf';
  readonly operands: readonly Node[];
  readonly data: number;
  /** Counts the nodes in the order in which they were made. */
  readonly made: number;
  grad: number;
}

/** In what a small engine differs from a right one. */
export interface Walk {
  readonly cause: string;
  /** Writes a share of a gradient down. */
  readonly take?: (grad: number, share: number, place: number) => number;
  /** The order in which nodes hand on; each may come more than once. */
  readonly order?: (output: Node) => Iterable<Node>;
  /** The operands that get a share, by place; all if nothing is said. */
  readonly served?: (node: Node) => readonly number[];
  /** Which of the nodes that were made already stands in the place of a new leaf. */
  readonly leaf?: (data: number, made: readonly Node[]) => Node | undefined;
}

/** How many visits of a node a walk is allowed: some go every way there is. */
const VISITS = 300_000;

/** The ways in which engines have been seen to go wrong. */
export const WALKS: readonly Walk[] = [
  { cause: 'gradients look assigned, not added: = where += belongs; see chapter 7', take: (_, share) => share },
  {
    cause: 'the gradient of the second operand looks assigned, not added: = where += belongs; see chapter 7',
    take: (grad, share, place) => (place === 1 ? share : grad + share),
  },
  {
    cause: 'the gradient of the first operand looks assigned, not added: = where += belongs; see chapter 7',
    take: (grad, share, place) => (place === 0 ? share : grad + share),
  },
  {
    cause:
      'nodes hand on as soon as they are met, and not after all their users: the order is not topological; see chapter 8',
    order: asMet,
  },
  {
    cause: 'nodes hand on as the walk goes down, each once, before all their users have: see chapter 8',
    order: preorder,
  },
  { cause: 'a node that is reached twice hands on twice what it had the first time; see chapter 8', order: everyTime },
  {
    cause:
      'each node hands on as often as it is reached, to each operand in turn: recursion without an order; see chapter 8',
    order: everyWay,
  },
  {
    cause: 'the topological order is walked from the wrong end: the leaves come first; see chapter 8',
    order: backwards,
  },
  {
    cause:
      'a node on both sides of one operation gets one share, and should get two: are the operands kept as a set? see chapter 7',
    served: ({ operands }) => (operands[0] === operands[1] ? [0] : operands.map((_, k) => k)),
  },
  { cause: 'only the first operand of a node gets a share; see chapter 13', served: () => [0] },
  { cause: 'the walk goes down into first operands alone; see chapter 8', order: firstOnly },
  { cause: 'nodes that hold the same number are taken for one when they are visited; see chapter 7', order: byNumber },
  {
    cause: 'the walk stops at a node whose gradient is 0, although others are still to come; see chapter 8',
    order: untilZero,
  },
  {
    cause: 'leaves that hold the same number are taken for one node; see chapter 7',
    leaf: (data, made) => made.find((node) => node.operation === 'leaf' && node.data === data),
  },
];

/**
 * What a small engine gives for the gradients of a program's leaves.
 *
 * @param walk - in what it differs from a right one
 * @param program - makes the nodes; names may be bound again
 * @param output - where the pass begins
 * @param leaves - whose gradients are wanted
 * @returns undefined if the walk takes too long
 */
export function walked(
  walk: Walk,
  program: readonly MakingInstruction[],
  output: string,
  leaves: readonly string[],
): number[] | undefined {
  const names = new Map<string, Node>();
  const made: Node[] = [];
  for (const instruction of program) {
    if (instruction.do === 'leaf') {
      const same = walk.leaf?.(instruction.data, made);
      names.set(instruction.to, same ?? make('leaf', [], instruction.data, made));
      continue;
    }
    const operands = instruction.of.map((operand) =>
      typeof operand === 'number' ? make('leaf', [], operand, made) : names.get(operand),
    );
    const [x, y] = operands;
    if (x === undefined) return undefined;
    const known = operands.flatMap((operand) => operand ?? []);
    names.set(instruction.to, make(instruction.do, known, apply(instruction.do, x.data, y?.data), made));
  }
  const root = names.get(output);
  if (root === undefined) return undefined;
  root.grad = 1;
  let visits = 0;
  for (const node of (walk.order ?? topological)(root)) {
    visits += 1;
    if (visits > VISITS) return undefined;
    const [x, y] = node.operands;
    if (x === undefined || node.operation === 'leaf') continue;
    const slopes = OPERATIONS[node.operation].slopes(x.data, y?.data ?? 0, node.data);
    for (const k of walk.served?.(node) ?? node.operands.keys()) {
      const operand = node.operands[k];
      if (operand === undefined) continue;
      const share = (slopes[k] ?? 0) * node.grad;
      operand.grad = walk.take?.(operand.grad, share, k) ?? operand.grad + share;
    }
  }
  return leaves.map((leaf) => names.get(leaf)?.grad ?? 0);
}

function make(operation: Node['operation'], operands: readonly Node[], data: number, made: Node[]): Node {
  const node = { operation, operands, data, made: made.length, grad: 0 };
  made.push(node);
  return node;
}

function topological(output: Node): Node[] {
  const seen = new Set<Node>();
  const order: Node[] = [];
  const visit = (node: Node) => {
    if (seen.has(node)) return;
    seen.add(node);
    node.operands.forEach(visit);
    order.push(node);
  };
  visit(output);
  return order.reverse();
}

function backwards(output: Node): Node[] {
  return topological(output).reverse();
}

/** Each node once, as it is met, the near ones before the far ones. */
function asMet(output: Node): Iterable<Node> {
  const seen = new Set([output]);
  for (const node of seen) for (const operand of node.operands) seen.add(operand);
  return seen;
}

/** Each node once, as it is met, the first operand with all that lies behind it before the second. */
function preorder(output: Node): Iterable<Node> {
  const seen = new Set<Node>();
  const visit = (node: Node) => {
    if (seen.has(node)) return;
    seen.add(node);
    node.operands.forEach(visit);
  };
  visit(output);
  return seen;
}

/** Each node as often as it is reached, and at once all that lies behind it. */
function* everyTime(output: Node): Iterable<Node> {
  yield output;
  for (const operand of new Set(output.operands)) yield* everyTime(operand);
}

/** The same, but a node on both sides of one operation is walked to twice. */
function* everyWay(output: Node): Iterable<Node> {
  yield output;
  for (const operand of output.operands) yield* everyWay(operand);
}

function* firstOnly(output: Node): Iterable<Node> {
  yield output;
  const [first] = output.operands;
  if (first !== undefined) yield* firstOnly(first);
}

/** Each node once, told apart by the number that it holds. */
function byNumber(output: Node): Node[] {
  const seen = new Set<number>();
  const order: Node[] = [];
  const visit = (node: Node) => {
    if (seen.has(node.data)) return;
    seen.add(node.data);
    node.operands.forEach(visit);
    order.push(node);
  };
  visit(output);
  return order.reverse();
}

function* untilZero(output: Node): Iterable<Node> {
  for (const node of topological(output)) {
    if (node.grad === 0) return;
    yield node;
  }
}
