import { EngineFailure, quote } from '../errors';

/** A line longer than this is no answer. */
export const LONGEST_LINE = 4 * 2 ** 20;

/** What an engine in a process answers: readings, which are still to be checked, or an error of its own. */
export type Reply = Said & ({ readonly readings: unknown } | Refused);

/** An engine says that it cannot carry out an instruction. */
export interface Refused {
  readonly error: string;
  /** Which instruction of the program, from 0 on. */
  readonly at: number;
  /** Whether it is a fault in what the engine gives, and not a refusal: told by modules alone. */
  readonly isFault: boolean;
}

/** What goes with any answer. */
interface Said {
  /** A few lines that the engine has printed: told by modules alone. */
  readonly printed: readonly string[];
}

const NOTHING: readonly string[] = [];

/**
 * Reads a line that an engine in a process wrote.
 *
 * @param line - the line
 * @param id - the number of the request that it should answer
 * @throws EngineFailure if it is no reply to that request
 */
export function readReply(line: string, id: number): Reply {
  if (line.length > LONGEST_LINE) {
    throw new EngineFailure(`the engine wrote more than ${LONGEST_LINE / 2 ** 20} megabytes in a line`);
  }
  let reply: unknown;
  try {
    reply = JSON.parse(line);
  } catch {
    throw new EngineFailure(`expected a reply in JSON, and the engine wrote: ${shorten(line)}`);
  }
  if (typeof reply !== 'object' || reply === null || !Object.hasOwn(reply, 'id')) {
    throw new EngineFailure(`expected a reply {"id": ${id}, "readings": …}, and got ${shorten(line)}`);
  }
  const { id: answered, error, readings = [], printed: lines } = reply as Record<string, unknown>;
  const printed = Array.isArray(lines) ? lines.map(String) : NOTHING;
  if (answered !== id)
    throw new EngineFailure(`expected the reply to request ${id}, and got that to ${quote(answered)}`);
  if (error === undefined || error === null) return { readings, printed };
  const { at, message, isFault } = (typeof error === 'object' ? error : { at: -1, message: error }) as Record<
    string,
    unknown
  >;
  const said = typeof message === 'string' ? message.slice(0, 1000) : quote(message);
  return { error: said, at: Number(at), isFault: isFault === true, printed };
}

/**
 * The beginning of what an engine wrote, as a message can quote it.
 *
 * @param text - what it wrote
 */
export function shorten(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}
