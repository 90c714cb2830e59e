import { EngineFailure, quote } from '../errors';
import { ADVICE, type Leaves, leavesOf } from './leaves';
import { attempt, isNode, type SomeClass, type SomeNode } from './nodes';
import { Trial } from './trial';
import { type Beside, type Reached, reach } from './ways';

/** How the backward pass is called. */
export interface Walk {
  /** As one would write it: `y.backward()`. */
  readonly text: string;
  readonly run: (node: SomeNode) => void;
}

/** All that it takes to make a graph and to walk through it. */
export interface Connection {
  readonly leaves: Leaves;
  readonly reached: Reached;
  readonly walk: Walk;
  readonly trial: Trial;
}

/** The names that ports have really given to the backward pass. */
const NAMES = [
  ...['backward', 'Backward', 'backprop', 'backProp', 'backpropagate', 'backPropagate'],
  ...['backpropagation', 'backPropagation', 'backwards', 'runBackward'],
];

/**
 * Tries every way of making leaves with every way of calling the backward pass, the plainest first, and takes the first
 * after which a leaf two steps down has a gradient that is a number and not 0. Whether it is the right number is not
 * asked. If there is none, it takes the plainest: then something is wrong, and this is for others to see.
 *
 * @param Value - a class of nodes
 * @param name - what to call it in messages
 * @param beside - what stands beside the class, by name
 * @throws EngineFailure if it is no such class, or has no backward pass, or its gradients are no numbers
 */
export function connect(Value: SomeClass, name: string, beside: Beside): Connection {
  let plainest: Connection | undefined;
  let strange: string | undefined;
  for (const leaves of leavesOf(Value, name)) {
    const reached = reach(Value, leaves, beside);
    const trial = new Trial(leaves, reached);
    const { output } = attempt(() => trial.chain()) ?? { output: leaves.make(2) };
    for (const walk of walksOf(Value, output, beside)) {
      const connection = { leaves, reached, walk, trial };
      plainest ??= connection;
      const gradient = gradientAfter(connection);
      if (typeof gradient === 'number' && Number.isFinite(gradient) && gradient !== 0) return connection;
      const isNumber = gradient === undefined || gradient === null || typeof gradient === 'number';
      if (!isNumber) strange ??= complaint(gradient, leaves);
    }
  }
  if (strange !== undefined) throw new EngineFailure(`${name}: ${strange}`);
  if (plainest === undefined) {
    throw new EngineFailure(`${name}: its nodes have no method backward(), nor is there such a function beside it`);
  }
  return plainest;
}

function walksOf(Value: SomeClass, node: SomeNode, beside: Beside): Walk[] {
  type Callable = Record<string, (...given: unknown[]) => void>;
  const isFunction = (on: SomeNode | SomeClass | Beside) => (name: string) =>
    attempt(() => typeof on[name] === 'function');
  return [
    ...NAMES.filter(isFunction(node)).flatMap((name): Walk[] => [
      { text: `y.${name}()`, run: (each) => (each as Callable)[name]?.() },
      { text: `y.${name}(1)`, run: (each) => (each as Callable)[name]?.(1) },
    ]),
    ...NAMES.filter(isFunction(Value)).map(
      (name): Walk => ({ text: `${Value.name}.${name}(y)`, run: (each) => (Value as Callable)[name]?.(each) }),
    ),
    ...NAMES.filter(isFunction(beside)).map(
      (name): Walk => ({ text: `${name}(y)`, run: (each) => (beside as Callable)[name]?.(each) }),
    ),
  ];
}

/** The gradient of the leaf after a pass over a small graph. */
function gradientAfter({ leaves, walk, trial }: Connection): unknown {
  return attempt(() => {
    const { leaf, output } = trial.chain();
    attempt(() => walk.run(output));
    return leaf[leaves.grad];
  });
}

function complaint(gradient: unknown, { data, grad }: Leaves): string {
  const isItselfNode = isNode(gradient) && typeof gradient[data] === 'number';
  const where = isItselfNode ? `, with its number in x.${grad}.${data}` : '';
  return `the gradient of a leaf is ${quote(gradient)}${where}, where a number is expected; ${ADVICE}`;
}
