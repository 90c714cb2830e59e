import { NAMES, OPERATIONS, type Operation } from './operations';

/**
 * The instruction set: all that the spec may ask of an engine.
 *
 * A program is plain data, so that the same one can run in this process or travel as JSON to another.
 */

/** What an operation works on: a node, by its name, or a plain number. */
export type Operand = string | number;

/** An instruction that makes a node and binds it to the name `to`. */
export type MakingInstruction =
  | { readonly do: 'leaf'; readonly to: string; readonly data: number }
  /** As many operands as the operation takes; at least one is a name. */
  | { readonly do: Operation; readonly to: string; readonly of: readonly Operand[] };

/** One thing that the spec asks of an engine. */
export type Instruction =
  | MakingInstruction
  /** Forgets every node. */
  | { readonly do: 'reset' }
  /** Runs the backward pass from a node. */
  | { readonly do: 'backward'; readonly of: string }
  /** Overwrites a node's data; nothing downstream is computed again. */
  | { readonly do: 'setData'; readonly of: string; readonly data: number }
  /** Sets the gradients of these nodes to zero. */
  | { readonly do: 'zeroGrad'; readonly of: readonly string[] }
  /** Gives one reading for each name, in order. */
  | { readonly do: 'read'; readonly of: readonly string[] };

/** What an engine says of a node. */
export interface Reading {
  /** The node's number. */
  readonly data: number;
  /** Its gradient, in units of the output per unit of data; null where the engine keeps none. */
  readonly grad: number | null;
}

/** What an engine may offer: an operation, or `pow` with a node as exponent. */
export type Claim = Operation | 'pow-of-nodes';

/** Everything that an engine may offer. */
export const CLAIMS: readonly Claim[] = [...NAMES, 'pow-of-nodes'];

/** On which side of which operation a plain number stands. */
export type Side = `${Operation} left` | `${Operation} right`;

/** All sides of all operations on two operands. */
export const SIDES: readonly Side[] = NAMES.filter((name) => OPERATIONS[name].operands === 2).flatMap(
  (name): Side[] => [`${name} left`, `${name} right`],
);

/** What a second backward pass over one graph may do to the gradients that the first has left on the leaves. */
export const REPEATED = ['accumulate', 'reset', 'error', 'undefined'] as const;
/** What a backward pass may do to a gradient that a pass over another graph has left on a leaf of both. */
export const NEW_GRAPH = ['accumulate', 'reset', 'undefined'] as const;
/** Whether nodes between leaves and output can be asked for their gradients. */
export const INTERIOR = ['kept', 'none'] as const;

/** What of a node an engine may not let anybody set. */
export const FIXED = ['data', 'grad'] as const;

/** The distance from 1 to the next number, by precision. */
export const EPSILON = { double: 2 ** -52, single: 2 ** -23 } as const;

/** What an engine says of itself. */
export interface Description {
  /** A name for reports. */
  readonly engine: string;
  /** The precision of its numbers. */
  readonly precision: 'double' | 'single';
  /** What it offers; the rest is not asked of it. */
  readonly operations: readonly Claim[];
  /** Where it takes no plain numbers, so that they are handed to it as leaves. */
  readonly throughLeaves: readonly Side[];
  /** What a second backward pass does to the leaves' gradients, if it runs over the same graph. */
  readonly repeatedBackward: (typeof REPEATED)[number];
  /** The same for a pass over another graph that shares leaves with an earlier one. */
  readonly newGraph: (typeof NEW_GRAPH)[number];
  /** Undefined if the engine does not say. */
  readonly interiorGradients: (typeof INTERIOR)[number] | undefined;
  /** What cannot be set: everything else can. */
  readonly fixed: readonly (typeof FIXED)[number][];
  /** So many operations in a row are promised to have a gradient; 0 if nothing is promised. */
  readonly depth: number;
  /** Whether nodes are computed again when a leaf that they were made from is edited. */
  readonly follows: boolean;
  /** For reports. */
  readonly version: string | undefined;
  /** For reports. */
  readonly homepage: string | undefined;
  /** For reports: where faults are told. */
  readonly issues: string | undefined;
  /** Whether the engine remembers programs, and carries them out again by name. */
  readonly again: boolean;
}

/** An engine under test, however it is reached. */
export interface Engine {
  /** What the engine says of itself. */
  readonly description: Description;
  /** How it is reached, a line for each thing that was found; undefined where nothing had to be found. */
  readonly found?: readonly string[];
  /** Whether it lives in another process, so that to ask it takes longer than to answer. */
  readonly isAway?: boolean;
  /** What it has printed while it carried out a program since the last `reset`, a few lines. */
  readonly printed?: () => readonly string[];
  /**
   * Carries out a program.
   *
   * @param program - the instructions, in order
   * @param name - of a program that will be asked for again, until the next `reset`: then the very same list comes under
   *   the same name, and whatever it takes to understand it need be done only once
   * @returns the readings of its `read` instructions, in order
   * @throws an error that names the instruction, if one cannot be carried out
   */
  execute(program: readonly Instruction[], name?: string): readonly Reading[] | Promise<readonly Reading[]>;
  /** Lets go of whatever the engine holds; nothing is asked of it afterwards. */
  close(): void | Promise<void>;
}

/**
 * What an engine must offer to carry out an operation.
 *
 * @param operation - the operation
 * @param of - its operands
 */
export function claimOf(operation: Operation, of: readonly Operand[]): Claim {
  if (operation !== 'pow') return operation;
  return typeof of[0] === 'number' || typeof of[1] === 'string' ? 'pow-of-nodes' : 'pow';
}

/** What a scenario, or a law, has asked of an engine: enough to tell which faults could show in it. */
export interface Asked {
  /** Each operation with the places of its operands: `sub nodes`, `sub left`, `sub right`, `sub same`. */
  readonly forms: ReadonlySet<string>;
  /** Whether a node was used more than once. */
  readonly isShared: boolean;
  /** How many backward passes there were. */
  readonly passes: number;
}

/**
 * Where the operands of an instruction stand.
 *
 * @param of - the operands
 */
export function formOf([x, y]: readonly Operand[]): 'nodes' | 'left' | 'right' | 'same' {
  if (typeof x === 'number') return 'left';
  if (typeof y === 'number') return 'right';
  return x === y ? 'same' : 'nodes';
}
