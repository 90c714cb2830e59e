import { list } from '../errors';
import type { Operation } from '../protocol/operations';
import type { Asked } from '../protocol/program';
import type { Form } from './observe';

/** One fault of an engine. */
export interface Finding {
  /** What is wrong, without the operation: `its number is wrong`. */
  readonly title: string;
  /** The smallest expression that shows it, a line each. */
  readonly code: readonly string[];
  /** What was seen, a line each. */
  readonly facts: readonly string[];
  /** How often it was wrong, and where; undefined where that says nothing. */
  readonly count?: string;
  /** The mistake, if only one explains every number that came. */
  readonly cause?: string;
  /** What else there is to say, a line each. */
  readonly more: readonly string[];
  /** The operations that it is about; none if it is about graphs. */
  readonly operations: readonly Operation[];
  /**
   * Whether the fault could show in what was asked.
   *
   * @param asked - what a scenario, or a law, has asked of the engine
   */
  readonly isIn: (asked: Asked) => boolean;
}

/** What the line of a finding begins with that names its cause. */
export const CAUSE = 'likely cause: ';

/** Whether two numbers are the same but for rounding. */
export type Near = (x: number, y: number) => boolean;

/**
 * A finding about an operation.
 *
 * @param parts - a title, the smallest expression, what was seen, and the cause if it is known; the operation, and where its
 *   operands stand when it shows
 */
export function finding(parts: {
  readonly title: string;
  readonly code: readonly string[];
  readonly facts: readonly string[];
  readonly count?: string;
  readonly cause?: string;
  readonly operations: readonly Operation[];
  readonly forms: readonly Form[];
}): Finding {
  const { operations } = parts;
  // one node on both sides is two operands as well
  const forms: readonly Form[] = parts.forms.includes('nodes') ? [...parts.forms, 'same'] : parts.forms;
  const isIn = (asked: Asked) =>
    operations.some((operation) => forms.some((form) => asked.forms.has(`${operation} ${form}`)));
  return { ...parts, more: ['read chapter 13'], isIn };
}

/**
 * A finding in words, several lines; the first says it in short.
 *
 * @param finding - the finding
 */
export function told({ title, code, facts, count, cause, more, operations }: Finding): string {
  return [
    operations.length === 0 ? title : `${list(operations)}: ${title}`,
    ...code.map((line) => `    ${line}`),
    ...facts,
    ...(count === undefined ? [] : [count]),
    ...(cause === undefined ? [] : [`${CAUSE}${cause}`]),
    ...more,
  ].join('\n');
}

/**
 * A number that is wrong, as a finding tells it.
 *
 * @param what - which
 * @param right - what it should be
 * @param came - what it is
 */
export function compared(what: string, right: number, came: number | undefined): string[] {
  return [`${what}: expected ${right}, came ${came}`];
}
