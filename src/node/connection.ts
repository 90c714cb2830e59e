import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { EngineFailure, inSeconds } from '../errors';
import { LONGEST_LINE, shorten } from '../protocol/reply';

/** How much of what an engine wrote last is kept, to be shown when something fails. */
const LAST_WORDS = 2000;
/** How long an engine may take to exit by itself, once nothing is asked of it any more, in milliseconds. */
const GRACE = 1000;
/** How long what it wrote last may be on its way, in milliseconds. */
const SOON = 200;

/** A process in which an engine lives, and how it is spoken to. */
export interface Started {
  readonly child: ChildProcess;
  /** Takes requests, a line each. */
  readonly input: Writable;
  /** Gives replies, a line each. */
  readonly output: Readable;
  /** What else it writes: its last words are shown when something fails. */
  readonly aside: readonly Readable[];
}

/** One process, and the conversation with it. Whatever happens in it, or to it, ends nothing but the conversation. */
export class Connection {
  isOver = false;
  /** Whether it is over because no answer came. */
  isSilent = false;
  /** Why it is over. */
  why = '';
  /** Whether somebody was told why. */
  private isTold = false;
  /** What was written although nobody had asked. */
  private strayed: string | undefined;
  private received = '';
  private lastWords = '';
  private waiting: { resolve: (line: string) => void; reject: (error: Error) => void } | undefined;
  /** Resolves to how it exited, in words, once it has; undefined if all was well. */
  private readonly exited: Promise<string | undefined>;

  /**
   * @param name - how the engine was asked for, for messages
   * @param started - its process
   * @param timeout - how long an answer may take, in seconds
   */
  constructor(
    private readonly name: string,
    private readonly started: Started,
    private readonly timeout: number,
  ) {
    const { child, input, output, aside } = started;
    running.add(this);
    this.exited = new Promise((resolve) => {
      child.once('error', (error) => {
        this.end(`"${name}" did not start: ${error.message}`);
        resolve(undefined);
      });
      child.once('exit', (code, signal) => {
        const how = `the engine exited ${signal === null ? `with code ${code}` : `on ${signal}`}`;
        const over = () => {
          this.end(how);
          resolve(code === 0 ? undefined : how);
        };
        // What it wrote last may still be on its way; children that it left may keep its output open.
        child.once('close', over);
        setTimeout(over, SOON).unref();
      });
    });
    input.on('error', () => {}); // its input is closed: its exit, or the timeout, tells
    output.setEncoding('utf8').on('data', (text: string) => this.receive(text));
    output.on('error', () => {});
    // an engine that exits closes its output first: its exit tells more
    output.once('end', () => setTimeout(() => this.end('the engine closed its output'), GRACE).unref());
    for (const stream of aside) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.lastWords = (this.lastWords + text).slice(-LAST_WORDS);
      });
    }
  }

  /**
   * Sends a line, and waits for one.
   *
   * @param line - what to send
   * @param hint - gives what to say if no answer comes in time, below that
   * @returns the answer
   * @throws EngineFailure if the process is gone, or does not answer
   */
  async ask(line: string, hint = () => ''): Promise<string> {
    if (this.waiting !== undefined) throw new Error('the engine is asked two things at once');
    const answer = new Promise<string>((resolve, reject) => {
      this.waiting = { resolve, reject };
    });
    const timer = setTimeout(() => {
      this.isSilent = true;
      this.end(`the engine did not answer within ${inSeconds(this.timeout)}${hint()}`);
    }, this.timeout * 1000);
    if (!this.isOver) this.started.input.write(`${line}\n`);
    else this.end(this.why);
    try {
      return await answer;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the process, and says why, with the engine's last words. */
  fault(why: string): EngineFailure {
    this.end(why);
    this.isTold = true;
    const lines = this.lastWords.trim().split('\n').slice(-10);
    const words = lines.map((line) => `    ${line.replace(/\p{C}+/gu, ' ').slice(-160)}`).join('\n');
    const shown = words.trim() === '' ? '' : `\nThe engine's last words:\n${words}`;
    return new EngineFailure(`${why}\n    engine    ${this.name}${shown}`);
  }

  /** If the process ended by itself, and nobody was told so: says it. */
  ended(): EngineFailure | undefined {
    return this.isOver && !this.isTold ? this.fault(`${this.why}, after its last answer`) : undefined;
  }

  /**
   * Asks nothing more, upon which an engine exits; one that does not is ended.
   *
   * @throws EngineFailure if it ended before that, or fails on its way out
   */
  async close(): Promise<void> {
    const early = this.ended();
    if (early !== undefined) throw early;
    if (this.isOver) return;
    this.started.input.end();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), GRACE);
    });
    const how = await Promise.race([this.exited, late]);
    clearTimeout(timer);
    const stray = this.strayed ?? (this.received === '' ? undefined : `the engine wrote ${shorten(this.received)}`);
    this.end('the engine was closed');
    if (stray !== undefined) throw this.fault(`${stray}, when nothing more was asked of it`);
    if (how !== undefined) throw this.fault(`${how}, when nothing more was asked of it`);
  }

  /** Ends the process and its children at once; whoever waits for an answer is told why. */
  end(why: string): void {
    if (!this.isOver) {
      this.isOver = true;
      this.why = why;
      running.delete(this);
      killGroup(this.started.child.pid);
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
        this.strayed = `the engine wrote a line that nobody asked for: ${shorten(line)}`;
        this.end(this.strayed);
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
    process.stderr.write(`The run was ended by ${signal}: there is no verdict.\n`);
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
