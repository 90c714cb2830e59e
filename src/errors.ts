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
  }
}

/** The engine under test does not claim what a scenario needs: the scenario is not held against it. */
export class NotClaimed extends SpecError {
  /**
   * @param claim - what it does not claim
   * @param engine - the engine's name
   */
  constructor(
    readonly claim: string,
    engine: string,
  ) {
    super(`${engine} does not claim ${claim}`);
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

/**
 * Lists names for a message: `a, b and c`.
 *
 * @param names - the names, in order
 * @param none - what to say if there are none
 */
export function list(names: Iterable<string>, none = 'none'): string {
  const all = [...names];
  const last = all.pop();
  if (last === undefined) return none;
  return all.length === 0 ? last : `${all.join(', ')} and ${last}`;
}
