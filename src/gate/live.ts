/** Something that is written to: the terminal, or what has taken its place. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** So often a line is said where there is no terminal, in milliseconds. */
const SELDOM = 5000;
/** So often the line on a terminal is written anew. */
const OFTEN = 100;

/**
 * How far long work has come. On a terminal this is one line, which is written over; elsewhere, a line every few seconds.
 */
export class Live {
  private written = '';
  private last: number;

  /**
   * @param screen - where the line stands
   * @param now - the time, in milliseconds
   */
  constructor(
    private readonly screen: Screen,
    private readonly now: () => number = Date.now,
  ) {
    this.last = now();
  }

  /** Whether there is a terminal. */
  get isTerminal(): boolean {
    return this.screen.isTTY === true;
  }

  /**
   * Says how far the work has come, unless something was said just before.
   *
   * @param text - one line
   */
  say(text: string): void {
    if (this.now() - this.last < (this.isTerminal ? OFTEN : SELDOM)) return;
    this.last = this.now();
    if (!this.isTerminal) {
      this.screen.write(`\n${text}\n`);
      return;
    }
    // A line that is too long would be broken, and only its end be written over.
    const line = text.slice(0, Math.max(0, (this.screen.columns || 80) - 1));
    this.screen.write(
      `\r${line.padEnd(this.written.length)}${'\b'.repeat(Math.max(0, this.written.length - line.length))}`,
    );
    this.written = line;
  }

  /** Takes the line away, so that something else can be written there. */
  clear(): void {
    if (this.written !== '') this.screen.write(`\r${' '.repeat(this.written.length)}\r`);
    this.written = '';
  }
}

/** The line of this run. */
export const live = new Live(process.stderr);

/** So wide is a bar. */
const WIDTH = 24;

/**
 * A bar, and in words how much of it is done.
 *
 * @param done - how much
 * @param all - of how much
 * @param what - of what: `scenarios`
 */
export function bar(done: number, all: number, what: string): string {
  const full = Math.round((WIDTH * done) / Math.max(1, all));
  return `[${'='.repeat(full)}${' '.repeat(WIDTH - full)}] ${done} of ${all} ${what}`;
}
