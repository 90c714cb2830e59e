/** What may be spent on looking for a smaller expression. */
export interface Limits {
  readonly tries: number;
  readonly milliseconds: number;
}

/** Nearly every smallest expression is found in a tenth of it, unless the engine takes long for an answer. */
const LIMITS: Limits = { tries: 10_000, milliseconds: 60_000 };

/** Counts what is spent, from now on. */
export class Budget {
  private readonly began = performance.now();
  private spent = 0;
  private isShort = false;

  /** @param limits - what may be spent */
  constructor(private readonly limits = LIMITS) {}

  /** Takes one try, if there is one left. */
  take(): boolean {
    const isLeft = this.spent < this.limits.tries && performance.now() - this.began < this.limits.milliseconds;
    if (isLeft) this.spent += 1;
    else this.isShort = true;
    return isLeft;
  }

  /** How many tries were taken. */
  get tries(): number {
    return this.spent;
  }

  /** Whether another try was wanted when none was left. */
  get hasEnded(): boolean {
    return this.isShort;
  }
}
