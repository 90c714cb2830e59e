import { EngineFailure, list, quote } from '../errors';
import {
  CLAIMS,
  type Claim,
  type Description,
  FIXED,
  INTERIOR,
  NEW_GRAPH,
  REPEATED,
  SIDES,
  type Side,
} from './program';

/** The version of the protocol that this spec speaks. */
export const PROTOCOL = 1;

/**
 * Reads what an engine says of itself.
 *
 * @param said - its answer to `describe`
 * @param name - what to call it if it does not say
 * @throws EngineFailure if a field is missing, or is not what it should be
 */
export function readDescription(said: unknown, name: string): Description {
  if (typeof said !== 'object' || said === null) {
    throw new EngineFailure(`describe: expected an object that describes the engine, and got ${quote(said)}`);
  }
  const given = said as Record<string, unknown>;
  const { engine = name, protocol, operations } = given;
  // Reports print the name: it may be no more than a name, and cannot write a verdict of its own.
  if (!isLine(engine)) throw wrong('engine', 'a name of one line, up to 100 characters', engine);
  if (protocol !== PROTOCOL) throw wrong('protocol', String(PROTOCOL), protocol);
  if (!Array.isArray(operations) || operations.length === 0) {
    throw wrong('operations', `a list of at least one of ${list(CLAIMS)}`, operations);
  }
  const strange: unknown = operations.find((operation) => !(CLAIMS as readonly unknown[]).includes(operation));
  if (strange !== undefined) throw wrong('operations', `some of ${list(CLAIMS)}`, strange);
  const { throughLeaves = [] } = given;
  const areSides = Array.isArray(throughLeaves) && throughLeaves.every((side) => SIDES.includes(side));
  if (!areSides) throw wrong('throughLeaves', 'a list of sides, such as "sub left"', throughLeaves);
  const repeatedBackward = oneOf(given, 'repeatedBackward', REPEATED) ?? 'undefined';
  const onNewGraph = repeatedBackward === 'error' ? 'undefined' : repeatedBackward;
  const { fixed = [] } = given;
  const areFields = Array.isArray(fixed) && fixed.every((field) => FIXED.includes(field));
  if (!areFields) throw wrong('fixed', 'a list of what cannot be set, of "data" and "grad"', fixed);
  const { depth = 0 } = given;
  if (typeof depth !== 'number' || !(depth >= 0)) throw wrong('depth', 'a number of operations', depth);
  return {
    engine,
    precision: oneOf(given, 'precision', PRECISIONS) ?? 'double',
    operations: operations as Claim[],
    throughLeaves: throughLeaves as Side[],
    repeatedBackward,
    newGraph: oneOf(given, 'newGraph', NEW_GRAPH) ?? onNewGraph,
    interiorGradients: oneOf(given, 'interiorGradients', INTERIOR),
    fixed,
    depth,
    follows: isTrue(given, 'follows'),
    version: line(given, 'version'),
    homepage: line(given, 'homepage'),
    issues: line(given, 'issues'),
    again: isTrue(given, 'again'),
  };
}

const PRECISIONS = ['double', 'single'] as const;

function isLine(text: unknown): text is string {
  return typeof text === 'string' && /^[^\p{C}\p{Zl}\p{Zp}]{1,100}$/u.test(text);
}

function line(said: Record<string, unknown>, field: string): string | undefined {
  const text = said[field];
  if (text === undefined || isLine(text)) return text;
  throw wrong(field, 'a text of one line, up to 100 characters', text);
}

function isTrue(said: Record<string, unknown>, field: string): boolean {
  const { [field]: value = false } = said;
  if (typeof value !== 'boolean') throw wrong(field, 'true or false', value);
  return value;
}

function oneOf<T extends string>(said: Record<string, unknown>, field: string, words: readonly T[]): T | undefined {
  const word = said[field];
  const found = words.find((each) => each === word);
  if (word !== undefined && found === undefined) throw wrong(field, `one of ${list(words)}`, word);
  return found;
}

function wrong(field: string, expected: string, came: unknown): EngineFailure {
  return new EngineFailure(`describe: expected "${field}" to be ${expected}, and got ${quote(came)}`);
}
