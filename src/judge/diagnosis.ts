import { apply, NAMES, OPERATIONS, type Operation } from '../protocol/operations';
import type { MakingInstruction, Reading } from '../protocol/program';

/*
 * What may be wrong with an engine? For each bug that published engines have had, a small engine that has it too. If
 * its numbers are those of the engine under test, that is the likely cause.
 */

/** A node of the small engine. */
interface Node {
  readonly operation: Operation | 'leaf';
  readonly operands: readonly Node[];
  readonly isNumber: boolean;
  readonly data: number;
  grad: number;
}

/** In what the small engine differs from a right one. */
interface Bug {
  readonly cause: string;
  /** Computes an operation otherwise; undefined for the right number. */
  readonly forward?: (operation: Operation, x: number, y: number, leftIsNumber: boolean) => number | undefined;
  /** Differentiates an operation otherwise; undefined for the right derivatives. */
  readonly derivatives?: (operation: Operation, x: number, y: number, out: number) => readonly number[] | undefined;
  /** Writes a share of a gradient down. */
  readonly take?: (grad: number, share: number) => number;
  /** The order in which nodes hand on; each may come more than once. */
  readonly order?: (output: Node) => Iterable<Node>;
}

/** The longest program that is looked at: beyond that, recursion without an order takes too long. */
const LONGEST = 60;
/** How many visits of a node such a recursion is allowed. */
const VISITS = 100_000;

const BUGS: readonly Bug[] = [
  { cause: 'gradients look assigned, not added: = where += belongs; see chapter 9', take: (_, share) => share },
  { cause: 'nodes hand on before all their users have: the order is not topological; see chapter 8', order: asMet },
  { cause: 'a node that is reached twice hands on twice what it had the first time; see chapter 8', order: recursive },
  ruleBug('the gradient of the second operand of - has the wrong sign; see chapter 7', 'sub', () => [1, 1]),
  {
    cause: 'the operands of - look swapped; see chapter 7',
    forward: (operation, x, y) => (operation === 'sub' ? y - x : undefined),
    derivatives: (operation) => (operation === 'sub' ? [-1, 1] : undefined),
  },
  {
    cause: 'the operands of - or / look swapped where a number stands on the left; see chapter 7',
    forward: (operation, x, y, leftIsNumber) => {
      if (!leftIsNumber) return undefined;
      return operation === 'sub' ? y - x : operation === 'div' ? y / x : undefined;
    },
  },
  ruleBug('negation cuts the graph: nothing flows back through -x; see chapter 7', 'neg', () => [0]),
  ruleBug('subtraction cuts the graph: nothing flows back to its second operand; see chapter 7', 'sub', () => [1, 0]),
  ruleBug('the gradient of a power is skipped where its base is 0; see chapter 7', 'pow', (x) =>
    x === 0 ? [0, 0] : undefined,
  ),
  ruleBug('0 ** 0 must be flat: its gradient comes out as 0 times infinity; see chapter 7', 'pow', (x, y) =>
    x === 0 && y === 0 ? [Number.NaN, 0] : undefined,
  ),
  ruleBug('a node as exponent gets no gradient; see chapter 7', 'pow', (x, y) => [y * x ** (y - 1), 0]),
  ruleBug('the local derivative of a power looks like n·xⁿ, without the - 1; see chapter 7', 'pow', (x, y) => [
    y * x ** y,
    0,
  ]),
  ruleBug("tanh's local derivative is 1 - tanh², and looks like 1 - tanh; see chapter 7", 'tanh', (_x, _y, out) => [
    1 - out,
  ]),
  ruleBug("tanh's local derivative is 1 - tanh², and looks like 1 - x²; see chapter 7", 'tanh', (x) => [1 - x * x]),
  ruleBug("relu's local derivative is 1 or 0, and looks like its output; see chapter 7", 'relu', (_x, _y, out) => [
    out,
  ]),
  ruleBug("relu's local derivative looks like 1 everywhere; see chapter 7", 'relu', () => [1]),
  ruleBug("log's local derivative is 1/x, and looks like its output; see chapter 7", 'log', (_x, _y, out) => [out]),
  ruleBug("exp's local derivative is its output, and looks like x; see chapter 7", 'exp', (x) => [x]),
  {
    cause: 'tanh is computed from exponentials that grow beyond all bounds; see chapter 10',
    forward: (operation, x) => (operation === 'tanh' ? (Math.exp(2 * x) - 1) / (Math.exp(2 * x) + 1) : undefined),
  },
  ...NAMES.map((operation) =>
    ruleBug(`${operation} has no backward rule: nothing flows back through it; see chapter 7`, operation, () => [0, 0]),
  ),
];

/**
 * What is likely to be wrong with an engine.
 *
 * @param program - a program that it gets wrong; each name is bound once
 * @param output - the node that the backward pass began at
 * @param readings - what it said of some of the nodes
 * @returns the cause in words, or undefined if no known bug explains its numbers
 */
export function likelyCause(
  program: readonly MakingInstruction[],
  output: string,
  readings: ReadonlyMap<string, Reading>,
): string | undefined {
  if (program.length > LONGEST || explains({ cause: '' }, program, output, readings)) return undefined;
  return BUGS.find((bug) => explains(bug, program, output, readings))?.cause;
}

function explains(
  bug: Bug,
  program: readonly MakingInstruction[],
  output: string,
  readings: ReadonlyMap<string, Reading>,
): boolean {
  const nodes = run(bug, program, output);
  if (nodes === undefined) return false;
  return [...readings].every(([name, { data, grad }]) => {
    const node = nodes.get(name);
    if (node === undefined) return true;
    return near(node.data, data) && (grad === null || node.operation !== 'leaf' || near(node.grad, grad));
  });
}

/** Near enough to be the same computation, in single precision too. */
function near(x: number, y: number): boolean {
  return Object.is(x, y) || x === y || Math.abs(x - y) <= 1e-5 * Math.max(Math.abs(x), Math.abs(y));
}

function run(bug: Bug, program: readonly MakingInstruction[], output: string): Map<string, Node> | undefined {
  const nodes = new Map<string, Node>();
  const leaf = (data: number, isNumber: boolean): Node => ({
    operation: 'leaf',
    operands: [],
    isNumber,
    data,
    grad: 0,
  });
  for (const instruction of program) {
    if (instruction.do === 'leaf') {
      nodes.set(instruction.to, leaf(instruction.data, false));
      continue;
    }
    const operation = instruction.do;
    const operands = instruction.of.map((operand) =>
      typeof operand === 'number' ? leaf(operand, true) : (nodes.get(operand) as Node),
    );
    const [x, y] = operands;
    if (x === undefined) return undefined;
    const data = bug.forward?.(operation, x.data, y?.data ?? 0, x.isNumber) ?? apply(operation, x.data, y?.data);
    nodes.set(instruction.to, { operation, operands, isNumber: false, data, grad: 0 });
  }
  const root = nodes.get(output);
  if (root === undefined) return undefined;
  root.grad = 1;
  let visits = 0;
  for (const node of (bug.order ?? topological)(root)) {
    visits += 1;
    if (visits > VISITS) return undefined;
    const [x, y] = node.operands;
    if (x === undefined || node.operation === 'leaf') continue;
    const { operation, data, grad } = node;
    const at = [x.data, y?.data ?? 0, data] as const;
    const d = bug.derivatives?.(operation, ...at) ?? OPERATIONS[operation].slopes(...at);
    for (const [k, operand] of node.operands.entries()) {
      operand.grad = (bug.take ?? add)(operand.grad, (d[k] ?? 0) * grad);
    }
  }
  return nodes;
}

function add(grad: number, share: number): number {
  return grad + share;
}

function ruleBug(
  cause: string,
  operation: Operation,
  wrong: (x: number, y: number, out: number) => readonly number[] | undefined,
): Bug {
  return { cause, derivatives: (each, x, y, out) => (each === operation ? wrong(x, y, out) : undefined) };
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

/** Each node once, as it is met. */
function asMet(output: Node): Iterable<Node> {
  const seen = new Set([output]);
  for (const node of seen) for (const operand of node.operands) seen.add(operand);
  return seen;
}

/** Each node as often as it is reached, and at once all that lies behind it. */
function* recursive(output: Node): Iterable<Node> {
  yield output;
  for (const operand of new Set(output.operands)) yield* recursive(operand);
}
