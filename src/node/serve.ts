import { createInterface } from 'node:readline';
import type { Duplex } from 'node:stream';
import { EngineFailure, EngineRefusal } from '../errors';
import { PROTOCOL } from '../protocol/description';
import type { Engine, Instruction } from '../protocol/program';
import { encode } from '../protocol/readings';
import { read } from './channel';

/** A request: a program, which is to be remembered if it has a name, or the name of one that is. */
interface Request {
  readonly id: number;
  readonly program?: Instruction[];
  readonly keep?: string;
  readonly again?: string;
}

/**
 * Answers requests to an engine that is in this process, as every engine in a process does, until there are no more.
 *
 * @param channel - where requests come from, and replies go to
 * @param opening - the engine; if it cannot be had, each answer says why
 */
export function serve(channel: Duplex, opening: Promise<Engine>): void {
  opening.catch(() => {}); // told in the first answer
  channel.on('error', () => {}); // nobody listens any more
  /** The programs that are remembered: the engine gets the same list each time. */
  const kept = new Map<string, Instruction[]>();
  let last: Promise<void> = Promise.resolve();
  createInterface({ input: channel }).on('line', (line) => {
    last = last.then(() => answer(line));
  });

  async function answer(line: string): Promise<void> {
    const { id, keep, again, ...given } = read(line) as Request;
    const program = again === undefined ? given.program : kept.get(again);
    let engine: Engine | undefined;
    let said: object;
    try {
      engine = await opening;
      if (program === undefined) throw new EngineFailure(`there is no program '${again}'`);
      if (keep !== undefined) kept.set(keep, program);
      said = { readings: isDescribe(program) ? [aboutOf(engine)] : await engine.execute(program, keep ?? again) };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      said = { error: { message, isFault: !(error instanceof EngineRefusal) } };
    }
    channel.write(`${encode({ id, ...said, printed: engine?.printed?.() })}\n`);
  }
}

function isDescribe([first]: readonly { do: string }[]): boolean {
  return first?.do === 'describe';
}

function aboutOf({ description, found }: Engine) {
  return { ...description, protocol: PROTOCOL, again: true, found };
}
