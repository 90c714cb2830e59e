import { appendFileSync } from 'node:fs';
import type { Envelope } from '@cucumber/messages';

/** What the last line of a message file says of the part of a run that the file holds. */
export interface Seal {
  /** Which part of how many: `1/3`. */
  readonly part: string;
  /** What the run is, see `describeRun`: the same for all its parts. */
  readonly run: string;
  /** How many scenarios the part has. */
  readonly scenarios: number;
  /** What the gate found, a sentence each. */
  readonly problems: readonly string[];
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
  const body = `${SIGN}${JSON.stringify(seal)}`;
  // Cucumber's messages have no kind for this; an attachment to no scenario is one that nobody shows.
  appendFileSync(
    file,
    `${JSON.stringify({ attachment: { body, contentEncoding: 'IDENTITY', mediaType: 'text/plain' } })}\n`,
  );
}

/**
 * Reads a seal.
 *
 * @param message - the last message of a file
 * @returns undefined if it is no seal
 */
export function readSeal(message: Envelope | undefined): Seal | undefined {
  const { body = '', testCaseStartedId } = message?.attachment ?? {};
  return testCaseStartedId === undefined && body.startsWith(SIGN) ? JSON.parse(body.slice(SIGN.length)) : undefined;
}
