import { readFileSync, statSync } from 'node:fs';
import type { Envelope } from '@cucumber/messages';
import { isUnchanged, type Read, readSeal } from './seal';

/** One part of a run: the messages that one process wrote. */
export interface Part {
  readonly file: string;
  readonly messages: readonly Envelope[];
  /** What the end of the file says; undefined if the end is missing. */
  readonly seal: Read | undefined;
}

/** What files begin with that hold others, packed: gzip, zip, zstd, xz and bzip2. */
const PACKED = ['1f8b', '504b0304', '28b52ffd', 'fd377a585a', '425a68'];

/** How a step ends that fails its scenario. */
const BAD = new Set(['FAILED', 'UNDEFINED', 'AMBIGUOUS', 'PENDING', 'UNKNOWN']);

/**
 * Reads a message file.
 *
 * @param file - where it is
 * @param problems - what is wrong with it is added here, a sentence each, which begin with the file
 * @returns the part that is in it; nothing if there is none
 */
export function readPart(file: string, problems: string[]): Part[] {
  const bytes = bytesOf(file);
  if (typeof bytes === 'string') {
    problems.push(`${file}${bytes}`);
    return [];
  }
  const say = (problem: string) => problems.push(`${file}: ${problem}`);
  const lines = bytes.toString().split('\n');
  const messages: Envelope[] = [];
  const strange: number[] = [];
  for (const [i, line] of lines.entries()) {
    const message = readMessage(line);
    if (message) messages.push(message);
    else if (line !== '') strange.push(i + 1);
  }
  if (strange.length > 0) {
    const more = strange.length > 1 ? `, nor are ${strange.length - 1} more` : '';
    problems.push(`${file}:${strange[0]}: this line is no message${more}; the file may be cut off`);
  }
  const seals = messages.flatMap((message) => readSeal(message) ?? []);
  const seal = readSeal(messages.at(-1));
  const ended = messages.filter(({ testCaseFinished }) => testCaseFinished && !testCaseFinished.willBeRetried).length;
  if (seals.length > 1) say(`there are ${seals.length} parts in it; each needs a file of its own`);
  else if (seal === undefined && seals.length === 1) say('something was written behind its end');
  else if (seal === undefined) say('it does not come to its end: it was cut off, or not written by this command');
  else if (!isUnchanged(bytes, seal)) {
    const isOfWindows = lines.some((line) => line.endsWith('\r'));
    say(`it was changed after it was written${isOfWindows ? ': its ends of lines are those of Windows' : ''}`);
  }
  if (seal !== undefined && ended !== seal.scenarios) {
    say(`${seal.scenarios} scenarios were run, and ${ended} are in the file`);
  }
  // Where a scenario has failed, the verdict says so.
  const hasFailed = messages.some(({ testStepFinished }) => BAD.has(testStepFinished?.testStepResult.status ?? ''));
  const isFailure = messages.some(({ testRunFinished }) => testRunFinished?.success === false);
  if (isFailure && !hasFailed) say('the run in it has failed');
  return [{ file, messages, seal }];
}

/** What is in a file, or why it cannot be a part, as a message goes on behind the file's name. */
function bytesOf(file: string): Buffer | string {
  try {
    const stats = statSync(file);
    if (stats.isDirectory()) return ': it is a folder; name the files in it';
    // a device or a pipe may never end
    if (!stats.isFile()) return ': it is no ordinary file';
    const bytes = readFileSync(file);
    if (bytes.length === 0) return ': it is empty';
    const start = bytes.toString('hex', 0, 8);
    if (PACKED.some((sign) => start.startsWith(sign))) return ': it is compressed; unpack it first';
    return bytes;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') return ` cannot be read: ${code}`;
    const isPattern = /[*?[{]/.test(file);
    return `: there is no such file${isPattern ? '; a pattern is left as it is where it matches none' : ''}`;
  }
}

function readMessage(line: string): Envelope | undefined {
  try {
    const message: unknown = JSON.parse(line);
    return typeof message === 'object' && message !== null && !Array.isArray(message) ? message : undefined;
  } catch {
    return undefined;
  }
}
