import { EngineFailure, EngineGivenUp, quote } from '../errors';
import { readDescription } from '../protocol/description';
import type { Engine, Instruction, Reading } from '../protocol/program';
import { decodeReadings, namesRead } from '../protocol/readings';
import { type Refused, readReply } from '../protocol/reply';
import { Connection, type Started } from './connection';

/** How an engine in a process of its own is reached. */
export interface Remote {
  /** How it was asked for, for messages. */
  readonly name: string;
  /** What to call it in reports, if it does not say. */
  readonly title: string;
  /** Starts its process. */
  readonly start: () => Started;
  /** Writes a program as JSON. */
  readonly encode: (program: readonly Instruction[]) => string;
  /** What to throw where the engine says that it cannot carry out an instruction. */
  readonly refusal: (said: Refused, program: readonly Instruction[]) => Error;
}

/** A program that the engine remembers. */
interface Kept {
  readonly program: readonly Instruction[];
  /** The names of which it asks for readings. */
  readonly names: readonly string[];
}

/** After so many answers in a row that did not come, none will. */
const MOST_SILENCES = 3;
/** After so many faults, more of them would tell nothing new. */
const MOST_FAULTS = 25;
const HINT = ', when a backward pass was asked of it\n    does the walk visit each node only once? see chapter 8';

/**
 * Speaks to an engine in a process of its own, which reads requests and writes replies, as lines of JSON.
 *
 * After a fault the process is gone, with all its children; the next program starts a fresh one.
 *
 * @param remote - how it is reached
 * @param timeout - how long an answer may take, in seconds
 * @throws EngineFailure if it does not start, or does not answer `describe`
 */
export async function remoteEngine(remote: Remote, timeout: number): Promise<Engine> {
  const connect = () => new Connection(remote.name, remote.start(), timeout);
  let connection = connect();
  let id = 0;
  /** The programs that the engine remembers. */
  const kept = new Map<string, Kept>();
  let printed: readonly string[] = [];
  let faults = 0;
  /** How many answers in a row did not come; and the last time, whether a backward pass was asked for. */
  let silences = 0;
  let isOfBackward = false;
  let givenUp: string | undefined;

  /** Runs a check of an answer; if it fails, the engine cannot be trusted any further, and its process is ended. */
  function check<T>(run: () => T): T {
    try {
      return run();
    } catch (error) {
      throw error instanceof EngineFailure ? connection.fault(error.message) : error;
    }
  }

  /** @param what - the rest of the request: a program, or the name of one */
  async function ask(what: string, program: readonly Instruction[]): Promise<unknown> {
    id += 1;
    const hint = () => (hasBackward(program) ? HINT : '');
    const line = await connection.ask(`{"id":${id},${what}}`, hint);
    const reply = check(() => readReply(line, id));
    printed = reply.printed;
    if ('error' in reply) throw remote.refusal(reply, program);
    return reply.readings;
  }

  async function describe() {
    const said = await ask('"program":[{"do":"describe"}]', []);
    return check(() => {
      if (!Array.isArray(said) || said.length !== 1) {
        throw new EngineFailure(`describe: expected one reading, and got ${quote(said)}`);
      }
      return { description: readDescription(said[0], remote.title), found: foundIn(said[0]) };
    });
  }
  const { description, found } = await describe().catch((error) => {
    connection.end('it could not be used');
    throw error;
  });

  return {
    description,
    found,
    isAway: true,
    printed: () => printed,
    execute: (program, name) => patiently(program, () => execute(program, name)),
    close: () => connection.close(),
  };

  async function execute(program: readonly Instruction[], name?: string): Promise<readonly Reading[]> {
    if (program[0]?.do === 'reset') kept.clear();
    if (connection.isOver) {
      const untold = connection.ended();
      if (untold !== undefined) throw untold;
      // Between two scenarios a fresh process will do; within one, what the old process knew is lost.
      if (program[0]?.do !== 'reset') throw connection.fault(connection.why);
      connection = connect();
      await describe();
    }
    const before = kept.get(name ?? '');
    const asked = before?.program === program ? before : { program, names: namesRead(program) };
    const said = await ask(asked === before ? `"again":${JSON.stringify(name)}` : told(program, name), program);
    if (name !== undefined && description.again) kept.set(name, asked);
    return check(() => decodeReadings(said, asked.names));
  }

  /** A program and, if it will be repeated, and the engine can remember it, its name. */
  function told(program: readonly Instruction[], name: string | undefined): string {
    const keep = name !== undefined && description.again ? `"keep":${JSON.stringify(name)},` : '';
    return `${keep}"program":${remote.encode(program)}`;
  }

  /** Asks, unless there have been too many faults: each costs a fresh process, or the time for an answer. */
  async function patiently<T>(program: readonly Instruction[], run: () => Promise<T>): Promise<T> {
    if (givenUp !== undefined) throw new EngineGivenUp(givenUp);
    try {
      const answer = await run();
      // an engine that is silent in its backward pass may well answer for the rest
      if (!isOfBackward || hasBackward(program)) silences = 0;
      return answer;
    } catch (error) {
      if (connection.isOver) {
        faults += 1;
        silences = connection.isSilent ? silences + 1 : 0;
        isOfBackward = hasBackward(program);
        if (silences === MOST_SILENCES) givenUp = 'the engine has not answered three times in a row, and is given up';
        else if (faults === MOST_FAULTS) givenUp = `the engine has broken off ${faults} times, and is given up`;
      }
      throw error;
    }
  }
}

function hasBackward(program: readonly Instruction[]): boolean {
  return program.some((each) => each.do === 'backward');
}

/** Of an engine that was found by looking: what was found. */
function foundIn(said: { found?: unknown }): string[] {
  return Array.isArray(said.found) ? said.found.map(String) : [];
}
