import { quote } from '../errors';

/** A node of somebody's engine, of which nothing is known but what is found by looking. */
export type SomeNode = Record<string, unknown>;
/** Somebody's class of nodes. */
export type SomeClass = (new (...args: unknown[]) => SomeNode) & Record<string, unknown>;

/** What computes a node's number, in engines where it is not there from the beginning. */
const FORWARD = ['forward', 'evaluate', 'compute'];

/**
 * Whether something may be a node.
 *
 * @param x - anything
 */
export function isNode(x: unknown): x is SomeNode {
  return typeof x === 'object' && x !== null;
}

/**
 * Has a node compute its number, if it has a method for that.
 *
 * @param node - a node whose number is not there yet
 * @returns the name of the method; undefined if there is none
 */
export function settle(node: SomeNode): string | undefined {
  const name = FORWARD.find((each) => typeof node[each] === 'function');
  if (name !== undefined) (node as Record<string, () => unknown>)[name]?.();
  return name;
}

/**
 * The finite number that a node holds.
 *
 * @param node - anything that an engine has given
 * @param data - the field that holds it
 * @returns undefined if there is none
 */
export function numberOf(node: unknown, data: string): number | undefined {
  if (!isNode(node)) return undefined;
  if (typeof node[data] !== 'number') settle(node);
  const number = node[data];
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** An operation gave what no operation should: the message says what. */
export class Unusable extends Error {}

/**
 * What an operation has made.
 *
 * @param made - what it gave
 * @throws Unusable if that is no node
 */
export function asNode(made: unknown): SomeNode {
  if (!isNode(made)) throw new Unusable(`no node, but ${quote(made)}`);
  return made;
}

/**
 * What some of an engine's code gives.
 *
 * @param run - calls it
 * @returns undefined if it throws
 */
export function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

/**
 * What somebody's code threw, in words.
 *
 * @param error - anything
 */
export function thrown(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : quote(error);
}
