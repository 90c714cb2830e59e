import { guard, isOnGitHub } from './workflow-commands';

/*
 * What is printed may be lost: `| head -1` closes the pipe, a disk is full. Node.js would end the process in the middle of
 * it, and reports would be cut off. Here the run goes on, and fails at its end.
 */

const OUTPUT = 'The output';
const ERRORS = 'The output of errors';

let lost: string | undefined;
let isWatched = false;

/** Sees to it that a run survives the loss of its output. May be called more than once. */
export function watchOutput(): void {
  if (isWatched) return;
  isWatched = true;
  if (isOnGitHub()) for (const stream of [process.stdout, process.stderr]) guard(stream);
  watch(process.stdout, OUTPUT, process.stderr);
  watch(process.stderr, ERRORS, process.stdout);
}

function watch(stream: NodeJS.WriteStream, what: string, other: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => lose(what, error, other));
}

function lose(what: string, { code, message }: NodeJS.ErrnoException, other: NodeJS.WriteStream): void {
  if (lost !== undefined) return;
  lost = `${what} could not be written to its end (${code ?? message}), and so the run has failed.`;
  other.write(`\n${lost}\n`);
}

/**
 * Whether some of what was printed has been lost.
 *
 * @returns a sentence, which has been told where it could be; undefined if all was printed, as far as is known
 */
export function lostOutput(): string | undefined {
  // while the process exits, nobody hears of an error any more
  const { stdout, stderr } = process;
  if (stdout.errored) lose(OUTPUT, stdout.errored, stderr);
  if (stderr.errored) lose(ERRORS, stderr.errored, stdout);
  return lost;
}
