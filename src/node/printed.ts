import { format } from 'node:util';

/*
 * What an engine prints while it runs does not belong into the output of the spec, which ends in a verdict. A few lines are
 * kept, for whoever wants to know why something has failed.
 */

/** So many lines are kept of what was printed during a call, each cut at this length. */
const MOST = 5;
const LENGTH = 160;

let kept: string[] = [];
/** Whether what is printed next takes the place of what was printed during an earlier call. */
let isNew = false;
let isListening = false;
let isInstalled = false;

/** What was printed during the last call that printed something, the first lines. */
export function printed(): readonly string[] {
  return kept;
}

/**
 * Begins to keep what is printed.
 *
 * @param isFirst - whether what was printed before is no longer of interest
 */
export function listen(isFirst: boolean): void {
  if (!isInstalled) install();
  if (isFirst && kept.length > 0) kept = [];
  isNew = true;
  isListening = true;
}

/** Lets through again what is printed. */
export function unlisten(): void {
  isListening = false;
}

/**
 * Puts what was printed below a message.
 *
 * @param message - the message
 */
export function withPrinted(message: string): string {
  return kept.length === 0
    ? message
    : [message, 'the engine printed:', ...kept.map((line) => `    ${line}`)].join('\n');
}

function install(): void {
  isInstalled = true;
  for (const name of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table'] as const) {
    const original = console[name].bind(console);
    console[name] = (...given: unknown[]) => {
      if (!isListening) original(...given);
      else if (isNew || kept.length < MOST) keep(format(...given));
    };
  }
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (...given: unknown[]) => boolean;
    stream.write = (...given: unknown[]) => {
      if (!isListening) return write(...given);
      keep(String(given[0]));
      const done = given.at(-1);
      if (typeof done === 'function') done();
      return true;
    };
  }
  // An engine may end the process: what is said of that must be heard.
  process.prependListener('exit', unlisten);
}

function keep(text: string): void {
  if (isNew) kept = [];
  isNew = false;
  for (const line of text.slice(0, MOST * 1000).split('\n')) {
    if (kept.length === MOST) return;
    // It may hold anything, and must not move the cursor or colour the verdict.
    const plain = line.replace(/\p{C}+/gu, ' ').trimEnd();
    if (plain !== '') kept.push(plain.length > LENGTH ? `${plain.slice(0, LENGTH)}…` : plain);
  }
}
