import { NAMES, OPERATIONS, type Operation } from '../protocol/operations';
import type { Leaves } from './leaves';
import { attempt, numberOf, type SomeClass, type SomeNode } from './nodes';

/** A way to carry out an operation. */
export interface Way {
  /** As one would write it: `x.add(y)`. */
  readonly text: string;
  readonly kind: 'method' | 'static' | 'function' | 'reversed';
  readonly call: (x: unknown, y?: unknown) => unknown;
  /** Whether it refuses plain numbers on that side, though others of its kind take them there. */
  readonly isRefusing?: boolean;
}

/** How an operation is reached, depending on where a plain number stands. Where there is no way, a leaf is needed. */
export interface Ways {
  /** Between nodes, or of a single one. */
  readonly nodes?: Way;
  readonly left?: Way;
  readonly right?: Way;
}

/** What a module exports beside a class of nodes: its operations may be functions there. */
export type Beside = Readonly<Record<string, unknown>>;

/** How the operations of a class are reached. */
export type Reached = ReadonlyMap<Operation, Ways>;

/** Ordinary operands. An operation that gives a finite number for one of these pairs is there, right or wrong. */
const POINTS = [
  [2, 3],
  [3, 2],
  [0.5, 2],
  [2, 0.5],
] as const;

const BINARY = NAMES.filter((name) => OPERATIONS[name].operands === 2);
/** Whether an engine takes plain numbers is told by these: a `max` that only compares may seem to. */
const TELLING: readonly Operation[] = ['add', 'sub', 'mul', 'div'];

/**
 * Looks for each operation, as a method of the nodes, as a static method, and as a function beside the class, by calling what
 * is found. Whether an operation is there is asked here, and never whether it is right.
 *
 * @param Value - the class
 * @param leaves - how its leaves are made
 * @param beside - what stands beside the class, by name
 */
export function reach(Value: SomeClass, leaves: Leaves, beside: Beside): Reached {
  const example = leaves.make(2);
  const gives = ({ call, kind }: Way, x: unknown, y?: unknown) => {
    const out = attempt(() => call(x, y));
    // a function that gives back what it was given may be one for plain numbers, such as x > 0 ? x : 0
    if (kind === 'function' && (out === x || out === y)) return false;
    return numberOf(out, leaves.data) !== undefined;
  };
  const takes = {
    one: (way: Way) => POINTS.some(([x]) => gives(way, leaves.make(x))),
    nodes: (way: Way) => POINTS.some(([x, y]) => gives(way, leaves.make(x), leaves.make(y))),
    left: (way: Way) => POINTS.some(([x, y]) => gives(way, x, leaves.make(y))),
    right: (way: Way) => POINTS.some(([x, y]) => gives(way, leaves.make(x), y)),
  };
  const waysNamed = (names: readonly string[]): Way[] => [
    ...names.filter((name) => isFunction(example, name)).map((name) => methodOf(name)),
    ...names.filter((name) => isFunction(Value, name)).map((name) => staticOf(Value, name)),
    ...names.filter((name) => isFunction(beside, name)).map((name) => functionOf(beside, name)),
  ];

  const ways = new Map<Operation, Ways>();
  const rights = new Map<Operation, readonly Way[]>();
  const lefts = new Map<Operation, readonly Way[]>();
  for (const operation of NAMES) {
    const { names, namesForNodes = [], operands } = OPERATIONS[operation];
    const named = waysNamed(names);
    const nodes = [...waysNamed(namesForNodes), ...named].find(operands === 1 ? takes.one : takes.nodes);
    if (nodes !== undefined) ways.set(operation, { nodes });
    if (operands === 1) continue;
    rights.set(operation, [...(nodes && operation !== 'pow' ? [nodes] : []), ...named]);
    const reversed = names.map((name) => `r${name}`).filter((name) => isFunction(example, name));
    lefts.set(operation, [
      ...named.filter((way) => way.kind !== 'method' && takes.nodes(way)),
      ...reversed.map(reversedOf),
    ]);
  }

  // A power with a plain number is an operation of its own, whatever the others take.
  const power = rights.get('pow')?.find(takes.right);
  rights.delete('pow');
  const first = new Map([...rights].map(([operation, [way]]) => [operation, way === undefined ? [] : [way]]));
  const right = side(ways, first, takes.right) ?? side(ways, rights, takes.right);
  const left = side(ways, lefts, takes.left);
  if (power !== undefined) ways.set('pow', { ...ways.get('pow'), right: power });
  for (const operation of BINARY) {
    const known = ways.get(operation);
    if (known === undefined) continue;
    ways.set(operation, { right: right?.get(operation), ...known, left: left?.get(operation) });
  }
  return ways;
}

/**
 * Finds for each operation the way that takes a plain number on one side.
 *
 * If one of + - * / refuses numbers there, while others of its kind take them, that is wrong: it goes on being given them,
 * so that this is seen. A function such as max may be for nodes alone, and so may any function beside the class, which need not
 * be meant as an operation. If none of the four takes numbers, they are not on offer on that side, and the result is undefined.
 */
function side(
  ways: ReadonlyMap<Operation, Ways>,
  candidates: ReadonlyMap<Operation, readonly Way[]>,
  takes: (way: Way) => boolean,
): Map<Operation, Way> | undefined {
  const offered = [...candidates].filter(([operation]) => ways.get(operation)?.nodes !== undefined);
  const found = new Map<Operation, Way>();
  for (const [operation, some] of offered) {
    const way = some.find(takes);
    if (way !== undefined) found.set(operation, way);
  }
  const telling = TELLING.filter((operation) => ways.has(operation));
  const kinds = new Set((telling.length > 0 ? telling : [...found.keys()]).map((each) => found.get(each)?.kind));
  kinds.delete(undefined);
  if (kinds.size === 0) return undefined;
  kinds.delete('function');
  for (const [operation, some] of offered) {
    if (found.has(operation) || !TELLING.includes(operation)) continue;
    const refuses = some.find(({ kind }) => kinds.has(kind));
    if (refuses !== undefined) found.set(operation, { ...refuses, isRefusing: true });
  }
  return found;
}

function isFunction(on: SomeNode | SomeClass | Beside, name: string): boolean {
  return attempt(() => typeof on[name] === 'function') === true;
}

type Callable = Record<string, (...given: unknown[]) => unknown>;

function methodOf(name: string): Way {
  const call = (x: unknown, y?: unknown) => (y === undefined ? (x as Callable)[name]?.() : (x as Callable)[name]?.(y));
  return { text: `x.${name}`, kind: 'method', call };
}

function staticOf(Value: SomeClass, name: string): Way {
  return { text: `${Value.name}.${name}`, kind: 'static', call: calling(Value as Callable, name) };
}

function functionOf(beside: Beside, name: string): Way {
  return { text: name, kind: 'function', call: calling(beside as Callable, name) };
}

function calling(on: Callable, name: string): Way['call'] {
  return (x, y) => (y === undefined ? on[name]?.(x) : on[name]?.(x, y));
}

function reversedOf(name: string): Way {
  return { text: `y.${name}`, kind: 'reversed', call: (x, y) => (y as Callable)[name]?.(x) };
}
