/**
 * An error in what the spec was given, or a number that does not hold: its message alone says what to do, so it
 * carries no stack trace of the spec's own code.
 */
export class SpecError extends Error {
  /** @param message - what was expected, what came, and where */
  constructor(message: string) {
    super(message);
    this.name = 'SpecError';
    this.stack = message;
    // Cucumber looks for places in the code in it, with a pattern that takes seconds for a line of many quotes, as a
    // message with JSON has. A field of this name has it look there instead.
    Object.defineProperty(this, 'stacktrace', { value: '' });
  }
}

/** What a check says does not hold. */
export class NotSo extends SpecError {
  /** @param message - what was expected, and what came */
  constructor(message: string) {
    super(message);
    this.name = 'NotSo';
  }
}

/** A number of the engine under test does not hold. */
export class Mismatch extends NotSo {
  /** @param message - which number, what was expected, and what came */
  constructor(message: string) {
    super(message);
    this.name = 'Mismatch';
  }
}

/** A law does not hold: the engine under test is wrong on some expression. */
export class LawBroken<Asked = unknown> extends SpecError {
  /**
   * @param inShort - the expression, and what is wrong with it
   * @param asked - what the expression asks of an engine
   * @param found - how it was found, and how it is found again
   * @param more - whether the engine did not carry the expression out, rather than get it wrong; and the place among the
   *   random expressions from which it is found at once, if there is one
   */
  constructor(
    readonly inShort: string,
    readonly asked: Asked,
    found: string,
    readonly more: { readonly isCrash?: boolean; readonly path?: string } = {},
  ) {
    super(`${inShort}\n${found}`);
    this.name = 'LawBroken';
  }
}

/** The engine under test does not claim what a scenario needs: the scenario is not held against it. */
export class NotClaimed extends SpecError {
  /**
   * @param claim - what it does not claim: a name under which it can be required, or else words
   * @param engine - the engine's name
   * @param says - the same in words
   */
  constructor(
    readonly claim: string,
    engine: string,
    readonly says = claim,
  ) {
    super(`${engine} does not claim ${says}`);
    this.name = 'NotClaimed';
  }
}

/** The engine under test cannot be reached, or has stopped, or answers what no engine should. */
export class EngineFailure extends SpecError {
  /** @param message - what happened, and the engine's last words */
  constructor(message: string) {
    super(message);
    this.name = 'EngineFailure';
  }
}

/** The engine under test said that it cannot carry out an instruction: it is still there, and answers. */
export class EngineRefusal extends EngineFailure {
  /** @param message - the instruction, and what the engine said */
  constructor(message: string) {
    super(message);
    this.name = 'EngineRefusal';
  }
}

/** The engine under test has failed too often: nothing more is asked of it. */
export class EngineGivenUp extends EngineFailure {
  /** @param message - why */
  constructor(message: string) {
    super(message);
    this.name = 'EngineGivenUp';
  }
}

/**
 * Lists names for a message: `a, b and c`.
 *
 * @param names - the names, in order
 * @param none - what to say if there are none
 */
export function list(names: Iterable<string>, none = 'none'): string {
  const all = [...names];
  const last = all.pop() ?? none;
  // Intl.ListFormat does the same, and takes longer to start than everything else in this module together.
  return all.length === 0 ? last : `${all.join(', ')} and ${last}`;
}

/**
 * Says what a value is, for error messages: strings are quoted, objects are named by their class.
 *
 * @param x - anything that came where something else was expected
 * @returns a short phrase, such as `the string "3"`, `undefined` or `an object (Date)`
 * @example
 * ```ts
 * quote('3'); // 'the string "3"'
 * ```
 */
export function quote(x: unknown): string {
  if (typeof x === 'string') return `the string ${JSON.stringify(x.length > 60 ? `${x.slice(0, 60)}…` : x)}`;
  if (typeof x === 'number') return `the number ${x}`;
  if (typeof x === 'bigint') return `the bigint ${x}n`;
  if (typeof x === 'function') return 'a function';
  if (Array.isArray(x)) return `an array of ${x.length}`;
  if (typeof x === 'object' && x !== null) return `an object (${className(x)})`;
  return String(x);
}

function className(x: object): string {
  const made: unknown = Object.getPrototypeOf(x)?.constructor;
  return typeof made === 'function' && made.name !== '' ? made.name : 'no class';
}

/**
 * A time in words: `1 second`, `10 seconds`.
 *
 * @param seconds - the time
 */
export function inSeconds(seconds: number): string {
  return `${seconds} second${seconds === 1 ? '' : 's'}`;
}
