import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { EngineFailure, EngineRefusal, inSeconds, quote } from '../errors';
import { readDescription } from '../protocol/description';
import type { Description, Engine, Instruction, Reading } from '../protocol/program';
import { countReadings, decodeReadings, encode, sayInstruction } from '../protocol/readings';
import { LONGEST_LINE, readReply, shorten } from '../protocol/reply';

/** How much of what an engine wrote last is kept, to be shown when something fails. */
const LAST_WORDS = 2000;
/** How long an engine may take to exit by itself, once its input is closed, in milliseconds. */
const GRACE = 500;

/**
 * Reaches an engine in a process of its own, which reads requests and writes replies, as lines of JSON.
 *
 * After a fault the process is gone, with all its children; the next program starts a fresh one.
 *
 * @param command - the command, split into words as a shell would, but started without one
 * @param timeout - how long an answer may take, in seconds
 * @throws EngineFailure if it does not start, or does not answer `describe`
 */
export async function processEngine(command: string, timeout: number): Promise<Engine> {
  const { parseArgsStringToArgv } = await import('string-argv');
  const words = parseArgsStringToArgv(command);
  let connection = new Connection(command, words, timeout);
  const describe = async () => {
    const said = await connection.ask('[{"do":"describe"}]');
    if (!Array.isArray(said) || said.length !== 1) {
      throw connection.fault(`describe: expected one reading, and got ${quote(said)}`);
    }
    return attempt(connection, () => readDescription(said[0], command));
  };
  const description: Description = await describe();

  return {
    description,
    async execute(program: readonly Instruction[]): Promise<readonly Reading[]> {
      if (connection.isOver) {
        // Between two scenarios a fresh process will do; within one, what the old process knew is lost.
        if (program[0]?.do !== 'reset') throw connection.fault(connection.why);
        connection = new Connection(command, words, timeout);
        await describe();
      }
      const said = await connection.ask(encode(program), program);
      return attempt(connection, () => (countReadings(program) === 0 ? [] : decodeReadings(said, program)));
    },
    close: () => connection.close(),
  };
}

/** Runs a check of an answer; if it fails, the engine cannot be trusted any further, and its process is ended. */
function attempt<T>(connection: Connection, check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw error instanceof EngineFailure ? connection.fault(error.message) : error;
  }
}

/** One process, and the conversation with it. */
class Connection {
  isOver = false;
  /** Why it is over. */
  why = '';
  private readonly child: ChildProcessWithoutNullStreams;
  private id = 0;
  private received = '';
  private lastWords = '';
  private waiting: { resolve: (line: string) => void; reject: (error: Error) => void } | undefined;
  private readonly exited: Promise<void>;

  constructor(
    private readonly command: string,
    [file, ...args]: readonly string[],
    private readonly timeout: number,
  ) {
    if (file === undefined) throw new EngineFailure('the engine command is empty');
    // A group of its own, so that the children of the engine can be ended together with it.
    this.child = spawn(file, args, { detached: process.platform !== 'win32', stdio: 'pipe' });
    running.add(this);
    this.exited = new Promise((resolve) => {
      this.child.once('error', (error) => {
        this.end(`"${command}" did not start: ${error.message}`);
        resolve();
      });
      this.child.once('exit', (code, signal) => {
        // what it wrote last may still be on its way
        setImmediate(() => this.end(`the engine exited ${signal === null ? `with code ${code}` : `on ${signal}`}`));
        resolve();
      });
    });
    this.child.stdin.on('error', () => {}); // its input is closed: its exit, or the timeout, tells
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => this.receive(text));
    // an engine that exits closes its output first: its exit tells more
    this.child.stdout.once('end', () => setTimeout(() => this.end('the engine closed its output'), GRACE).unref());
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.lastWords = (this.lastWords + text).slice(-LAST_WORDS);
    });
  }

  /**
   * Sends a program, and waits for what it answers.
   *
   * @param json - the program as JSON
   * @param program - the program, for messages
   */
  async ask(json: string, program: readonly Instruction[] = []): Promise<unknown> {
    this.id += 1;
    const answer = new Promise<string>((resolve, reject) => {
      this.waiting = { resolve, reject };
    });
    const timer = setTimeout(
      () => this.end(`the engine did not answer within ${inSeconds(this.timeout)}`),
      this.timeout * 1000,
    );
    if (!this.isOver) this.child.stdin.write(`{"id":${this.id},"program":${json}}\n`);
    else this.end('the engine is gone');
    try {
      const line = await answer;
      const reply = attempt(this, () => readReply(line, this.id));
      if ('readings' in reply) return reply.readings;
      throw new EngineRefusal(`${sayInstruction(program[reply.at])}: the engine says: ${reply.error}`);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the process, and says why, with the engine's last words. */
  fault(why: string): EngineFailure {
    this.end(why);
    const lines = this.lastWords.trim().split('\n').slice(-10);
    const words = lines.map((line) => `    ${line.slice(-160)}`).join('\n');
    const shown = words.trim() === '' ? '' : `\nThe engine's last words:\n${words}`;
    return new EngineFailure(`${why}\n    engine    ${this.command}${shown}`);
  }

  /** Closes its input, upon which an engine exits; one that does not is ended. */
  async close(): Promise<void> {
    if (this.isOver) return;
    this.child.stdin.end();
    await Promise.race([this.exited, new Promise((resolve) => setTimeout(resolve, GRACE).unref())]);
    this.end('the engine was closed');
  }

  /** Ends the process and its children at once; whoever waits for an answer is told why. */
  end(why: string): void {
    if (!this.isOver) {
      this.isOver = true;
      this.why = why;
      running.delete(this);
      killGroup(this.child.pid);
    }
    const waiting = this.waiting;
    this.waiting = undefined;
    waiting?.reject(this.fault(this.received === '' ? why : `${why}, after half a line: ${shorten(this.received)}`));
  }

  private receive(text: string): void {
    if (this.isOver) return;
    this.received += text;
    for (let end = this.received.indexOf('\n'); end >= 0; end = this.received.indexOf('\n')) {
      const line = this.received.slice(0, end);
      this.received = this.received.slice(end + 1);
      if (this.waiting === undefined) {
        this.end(`the engine wrote a line that nobody asked for: ${shorten(line)}`);
        return;
      }
      const { resolve } = this.waiting;
      this.waiting = undefined;
      resolve(line);
    }
    if (this.received.length > LONGEST_LINE) {
      this.received = '';
      this.end(`the engine wrote more than ${LONGEST_LINE / 2 ** 20} megabytes without an end of line`);
    }
  }
}

/** Processes that are running now. Whatever ends the spec ends them too. */
const running = new Set<Connection>();
const endAll = () => {
  for (const connection of running) connection.end('the spec ended');
};
process.on('exit', endAll);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    endAll();
    process.kill(process.pid, signal); // and now as if nobody had listened
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, 'SIGKILL');
    } catch {
      // it is gone already
    }
  }
}
