import { NotClaimed } from '../errors';
import { CLAIMS, type Claim, type Description } from './program';

/*
 * What an engine may leave out, apart from operations. Where a scenario needs one of these, and the engine does not promise
 * it, the scenario is not held against the engine, unless somebody requires it.
 */

interface Promised {
  /** What is promised, in words. */
  readonly says: string;
  /** Whether an engine promises it, by what it says of itself. */
  readonly isKept: (description: Description) => boolean;
}

/** What may be left out, by the names under which it can be required. */
export const PROMISES = {
  'set-data': { says: 'that data can be set', isKept: ({ fixed }) => !fixed.includes('data') },
  'set-gradients': { says: 'that gradients can be set to zero', isKept: ({ fixed }) => !fixed.includes('grad') },
  numbers: { says: 'that plain numbers are operands', isKept: ({ throughLeaves }) => throughLeaves.length === 0 },
  accumulation: {
    says: 'that a backward pass adds to the gradients that a pass over another graph has left',
    isKept: ({ newGraph }) => newGraph === 'accumulate',
  },
  'repeated-accumulation': {
    says: 'that a second backward pass over one graph adds to the gradients of the first',
    isKept: ({ repeatedBackward }) => repeatedBackward === 'accumulate',
  },
  'repeated-backward': {
    says: 'what a second backward pass over one graph does',
    isKept: ({ repeatedBackward }) => repeatedBackward !== 'undefined',
  },
  'new-graph': {
    says: 'what a backward pass does to the gradients that a pass over another graph has left',
    isKept: ({ newGraph }) => newGraph !== 'undefined',
  },
  'interior-gradients': {
    says: 'gradients of nodes that are not leaves',
    isKept: ({ interiorGradients }) => interiorGradients !== 'none',
  },
  'kept-data': {
    says: 'that nodes keep their numbers when a leaf is edited',
    isKept: ({ follows }) => !follows,
  },
  double: { says: 'double precision', isKept: ({ precision }) => precision === 'double' },
} as const satisfies Readonly<Record<string, Promised>>;

/** The name of something that may be left out. */
export type PromiseName = keyof typeof PROMISES;

const NAMES = Object.keys(PROMISES) as PromiseName[];

/** All that can be required by its name: operations and promises. Beside these there is `depth-1000` and the like. */
export const REQUIRABLE: readonly string[] = [...CLAIMS, ...NAMES];

/**
 * Whether something is what can be required of an engine.
 *
 * @param name - such as `tanh`, `set-data` or `depth-10000`
 */
export function isRequirable(name: string): boolean {
  return REQUIRABLE.includes(name) || /^depth-[1-9]\d{0,8}$/.test(name);
}

/**
 * Whether an engine offers something, by what it says of itself. Of depth nothing need be said: it is tried.
 *
 * @param name - what can be required
 * @param description - what the engine says
 */
export function isOffered(name: string, description: Description): boolean {
  const promised = (PROMISES as Readonly<Record<string, Promised>>)[name];
  if (promised !== undefined) return promised.isKept(description);
  return name.startsWith('depth-') || description.operations.includes(name as Claim);
}

/**
 * What to throw where an engine does not offer what a scenario needs.
 *
 * @param name - what it does not offer: an operation, or a promise
 * @param engine - the engine's name
 */
export function notOffered(name: Claim | PromiseName, engine: string): NotClaimed {
  return new NotClaimed(name, engine, (PROMISES as Readonly<Record<string, Promised>>)[name]?.says);
}
