import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import type { Envelope } from '@cucumber/messages';
import type { Origin } from './origin';
import type { About } from './results';

/** What the last line of a message file says of the part of a run that the file holds. */
export interface Seal {
  /** Which part of how many: `1/3`. */
  readonly part: string;
  /** What the run is, see `describeRun`: the same for all its parts. */
  readonly run: string;
  /** Where the part comes from: what else the parts of a run have in common. */
  readonly origin: Origin;
  /** What the gate of the whole run would have been told, and so is told when the parts are merged. */
  readonly gate: {
    readonly skips: readonly string[];
    readonly missing: readonly string[];
    readonly isLeftOut: boolean;
    readonly isSoon: boolean;
    readonly announced?: readonly string[];
    readonly about?: About;
    readonly engineFile?: string;
  };
  /** How many scenarios the part has. */
  readonly scenarios: number;
  /** What the gate found, a sentence each. */
  readonly problems: readonly string[];
}

/** A seal as it was read: beside what it says, what the file was when it was sealed. */
export interface Read extends Seal {
  readonly digest: string;
}

/** What the text of a seal begins with. */
const SIGN = 'part of a run: ';

/**
 * Ends a message file with a seal. A file without one has been cut off, or its run never came to its end.
 *
 * @param file - the message file
 * @param seal - what to say
 */
export function writeSeal(file: string, seal: Seal): void {
  appendFileSync(file, sealOf(readFileSync(file), seal));
}

/**
 * The line that seals messages.
 *
 * @param messages - all that stands in the file, as bytes
 * @param seal - what to say
 */
export function sealOf(messages: Uint8Array, seal: Seal): string {
  const digest = digestOf(messages, seal);
  const body = `${SIGN}${JSON.stringify({ ...seal, digest })}`;
  // Cucumber's messages have no kind for this; an attachment to no scenario is one that nobody shows.
  return `${JSON.stringify({ attachment: { body, contentEncoding: 'IDENTITY', mediaType: 'text/plain' } })}\n`;
}

/**
 * Reads a seal.
 *
 * @param message - a message of a file
 * @returns undefined if it is no seal
 */
export function readSeal(message: Envelope | undefined): Read | undefined {
  const { body, testCaseStartedId } = message?.attachment ?? {};
  if (testCaseStartedId !== undefined || typeof body !== 'string' || !body.startsWith(SIGN)) return undefined;
  try {
    const seal: unknown = JSON.parse(body.slice(SIGN.length));
    return isSeal(seal) ? seal : undefined;
  } catch {
    return undefined;
  }
}

/** Whether all is there that is made use of: another version of the spec may have written it. */
function isSeal(seal: unknown): seal is Read {
  const { part, run, origin, gate, scenarios, problems, digest } = (seal ?? {}) as Partial<Record<string, unknown>>;
  const isPart = typeof part === 'string' && /^[1-9]\d*\/[1-9]\d*$/.test(part);
  const areObjects = [origin, gate].every((each) => typeof each === 'object' && each !== null);
  const areTexts = typeof run === 'string' && typeof digest === 'string' && typeof scenarios === 'number';
  return isPart && areObjects && areTexts && Array.isArray(problems);
}

/**
 * Whether a file is, to the last byte, what it was when it was sealed.
 *
 * @param bytes - the whole file
 * @param read - the seal in it
 */
export function isUnchanged(bytes: Uint8Array, { digest, ...seal }: Read): boolean {
  const end = Buffer.from(sealOf(new Uint8Array(), seal)).length;
  const messages = bytes.subarray(0, Math.max(0, bytes.length - end));
  // the line has one length, whatever the digest in it
  return (
    digestOf(messages, seal) === digest &&
    sealOf(messages, seal) === Buffer.from(bytes.subarray(messages.length)).toString()
  );
}

/** Of the messages and of what the seal says. */
function digestOf(messages: Uint8Array, seal: Seal): string {
  return createHash('sha256').update(messages).update('\0').update(JSON.stringify(seal)).digest('hex');
}
