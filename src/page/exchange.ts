import type { Picture } from '../pictures/picture';

/*
 * What the page and its worker say to each other: plain data.
 */

/** A step, as it is written. */
export interface StepText {
  readonly text: string;
  /** Code, or a table, if there is any below the sentence. */
  readonly below?: string | readonly (readonly string[])[];
}

/** A scenario to be run. */
export interface Wanted {
  readonly steps: readonly StepText[];
  readonly tags: readonly string[];
  /** Whether nobody wants to see pictures. */
  readonly isQuiet?: boolean;
  /** A quantity whose number is wanted in the end. */
  readonly quantity?: string;
}

/** What the page asks of its worker. */
export interface Request {
  /** Counts the requests: what comes for an earlier one has been overtaken. */
  readonly id: number;
  readonly wanted: readonly Wanted[];
  /** The name of a fault that the engine is to have. */
  readonly fault?: string;
}

/** A number that came, beside the one that is written. */
export interface Came {
  /** `L`, `a.grad`. */
  readonly text: string;
  /** As text, because JSON has no NaN. */
  readonly value: string;
}

/** How a step ended. */
export interface StepResult {
  /** `done`: nothing was checked; `left`: a step before it could not be carried out. */
  readonly end: 'done' | 'holds' | 'differs' | 'cannot' | 'left';
  /** Why it does not hold, or cannot be carried out. */
  readonly why?: string;
  readonly came?: readonly Came[];
  readonly pictures?: readonly Picture[];
}

/** What a step that still runs has come to. */
export interface Seen {
  /** The place of the step in its scenario. */
  readonly step: number;
  readonly pictures: readonly Picture[];
}

/** How a scenario ended. */
export interface Result {
  readonly steps: readonly StepResult[];
  /** Of the quantity that was wanted. */
  readonly value?: number;
  /** Why it does not hold as a whole, though each of its steps does. */
  readonly why?: string;
}

/** What the worker answers: results in order, and now and then how far it has come, and what there is to see. */
export type Answer =
  | { readonly id: number; readonly at: number; readonly result: Result }
  | { readonly id: number; readonly at: number; readonly seen: Seen }
  | { readonly id: number; readonly tells: string };

/**
 * Whether a scenario holds.
 *
 * @param result - how it ended
 */
export function holds({ steps, why }: Result): boolean {
  return why === undefined && steps.every(({ end }) => end === 'done' || end === 'holds');
}
