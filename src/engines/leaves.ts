import { EngineFailure, list, quote } from '../errors';
import { attempt, isNode, type SomeClass, type SomeNode, thrown } from './nodes';

/** How leaves are made, and where they keep what. */
export interface Leaves {
  /** How a leaf is made, as one would write it. */
  readonly text: string;
  readonly make: (data: number) => SomeNode;
  /** The field that holds a node's number. */
  readonly data: string;
  /** The field that holds its gradient. */
  readonly grad: string;
}

/** The names that ports of micrograd have really given to the parts of a node. */
const DATA = ['data', 'value', 'Data', 'val'];
const GRAD = ['grad', 'Grad', 'gradient'];

/** The ways in which ports make a leaf, the plainest first. The later ones ask for a gradient, which some do without. */
const ARGUMENTS: readonly (readonly [text: string, of: (data: number) => unknown[]])[] = [
  ['2', (data) => [data]],
  ['{ data: 2, value: 2 }', (data) => [{ data, value: data }]],
  ['2, []', (data) => [data, []]],
  ["2, [], ''", (data) => [data, [], '']],
  ['2, true', (data) => [data, true]],
  ['2, { requiresGrad: true }', (data) => [data, { requiresGrad: true, requires_grad: true }]],
  [
    '{ data: 2, value: 2, requiresGrad: true }',
    (data) => [{ data, value: data, requiresGrad: true, requires_grad: true }],
  ],
  ["2, '', true", (data) => [data, '', true]],
];

/** What to do if nodes are other than they must be. */
export const ADVICE =
  'give the class a getter that gives a number, or export a function execute(program): see docs/engine-protocol.md';

/**
 * The ways of making a leaf that a class understands, the plainest first.
 *
 * @param Value - the class
 * @param name - what to call it in messages
 * @returns at least one
 * @throws EngineFailure if it is no class of nodes that hold a number and have a gradient
 */
export function leavesOf(Value: SomeClass, name: string): [Leaves, ...Leaves[]] {
  const found: Leaves[] = [];
  const what = `expected a class of nodes; new ${Value.name}(2)`;
  let failure: string | undefined;
  for (const [text, of] of ARGUMENTS) {
    const make = (data: number) => new Value(...of(data));
    try {
      const node = make(2);
      const data = DATA.find((field) => node[field] === 2);
      if (data === undefined) {
        failure ??= `${what} ${complaint(node)}`;
        continue;
      }
      const grad = GRAD.find((field) => field in node);
      if (grad !== undefined) found.push({ text: `new ${Value.name}(${text})`, make, data, grad });
      else
        failure ??= `its nodes have none of ${GRAD.join(', ')}; they have ${list(Object.keys(node), 'no fields of their own')}`;
    } catch (error) {
      failure ??= `${what} threw ${thrown(error)}`;
    }
  }
  const [plainest, ...others] = found;
  if (plainest !== undefined) return [plainest, ...others];
  if (typeof Value.prototype !== 'object') {
    throw new EngineFailure(
      `${name}: expected a class of nodes, and got a function; of functions without a class, make a function execute(program): see docs/engine-protocol.md`,
    );
  }
  throw new EngineFailure(`${name}: ${failure}`);
}

/** Why a node does not seem to hold the 2 that it was given. */
function complaint(node: SomeNode): string {
  for (const field of DATA) {
    const held = attempt(() => node[field]);
    const isTwo = (typeof held === 'string' || typeof held === 'bigint') && Number(held) === 2;
    const isWrapped = isNode(held) && Object.values(held).includes(2);
    if (isTwo || isWrapped) return `has as its ${field} ${quote(held)}, where a number is expected; ${ADVICE}`;
  }
  return `has none of ${DATA.join(', ')} that is 2`;
}
