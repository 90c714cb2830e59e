import { EngineFailure, list, quote } from '../errors';
import { CLAIMS, type Claim, type Description, REPEATED } from './program';

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
  const {
    engine = name,
    protocol,
    precision = 'double',
    operations,
    repeatedBackward = 'undefined',
  } = said as Record<string, unknown>;
  // Reports print the name: it may be no more than a name, and cannot write a verdict of its own.
  if (typeof engine !== 'string' || !/^[^\p{C}\p{Zl}\p{Zp}]{1,100}$/u.test(engine)) {
    throw wrong('engine', 'a name of one line, up to 100 characters', engine);
  }
  if (protocol !== PROTOCOL) throw wrong('protocol', String(PROTOCOL), protocol);
  if (precision !== 'double' && precision !== 'single') throw wrong('precision', '"double" or "single"', precision);
  const known: readonly unknown[] = CLAIMS;
  if (!Array.isArray(operations) || operations.length === 0) {
    throw wrong('operations', `a list of at least one of ${list(CLAIMS)}`, operations);
  }
  const strange = operations.find((operation) => !known.includes(operation));
  if (strange !== undefined) throw wrong('operations', `some of ${list(CLAIMS)}`, strange);
  const repeated = REPEATED.find((word) => word === repeatedBackward);
  if (repeated === undefined) throw wrong('repeatedBackward', `one of ${list(REPEATED)}`, repeatedBackward);
  return { engine, precision, operations: operations as Claim[], repeatedBackward: repeated };
}

function wrong(field: string, expected: string, came: unknown): EngineFailure {
  return new EngineFailure(`describe: expected "${field}" to be ${expected}, and got ${quote(came)}`);
}
