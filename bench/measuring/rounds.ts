import { SpecError } from '../../src/errors';
import { type Spread, spreadOf } from './statistics';

/** One of the things that are compared. */
export interface Turn<Name extends string = string> {
  readonly name: Name;
  /**
   * Measures it once; or says why it cannot be measured, and then it is not tried again.
   *
   * @param aside - is told what else came of the same measurement, under another name
   */
  readonly measure: (aside: (name: Name, number: number) => void) => Promise<number | { readonly why: string }>;
}

/** What came of some rounds. */
export class Rounds<Name extends string = string> {
  /**
   * @param numbers - by name, one for each round
   * @param reasons - why something was not measured, by name
   */
  constructor(
    private readonly numbers: ReadonlyMap<Name, readonly number[]>,
    private readonly reasons: ReadonlyMap<Name, string>,
  ) {}

  /** Why something was not measured; undefined if it was. */
  why(name: Name): string | undefined {
    return this.reasons.get(name);
  }

  /** Whether there are numbers. */
  has(name: Name): boolean {
    return this.numbers.has(name) && !this.reasons.has(name);
  }

  /**
   * What came for one of them.
   *
   * @throws SpecError if it was not measured
   */
  of(name: Name): Spread {
    return spreadOf(this.each(name));
  }

  /**
   * How many times one is the other. Both are taken from the same round, as a machine is now fast and now slow.
   *
   * @param name - what is compared
   * @param to - with what
   * @throws SpecError if one of them was not measured
   */
  ratio(name: Name, to: Name): Spread {
    const others = this.each(to);
    return spreadOf(this.each(name).map((number, i) => number / (others[i] as number)));
  }

  private each(name: Name): readonly number[] {
    const numbers = this.has(name) ? this.numbers.get(name) : undefined;
    if (numbers === undefined) throw new SpecError(`${name} was not measured: ${this.why(name) ?? 'nobody asked'}`);
    return numbers;
  }
}

/**
 * Measures some things by turns: each once in each round, and each round begins with another one.
 *
 * @param turns - what is measured
 * @param rounds - how many rounds
 * @param tell - is told what is being measured
 */
export async function inRounds<Name extends string>(
  turns: readonly Turn<Name>[],
  rounds: number,
  tell: (what: string) => void,
): Promise<Rounds<Name>> {
  const numbers = new Map<Name, number[]>();
  const reasons = new Map<Name, string>();
  const add = (name: Name, number: number) => void numbers.set(name, [...(numbers.get(name) ?? []), number]);
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < turns.length; i++) {
      const { name, measure } = turns[(i + round) % turns.length] as Turn<Name>;
      if (reasons.has(name)) continue;
      tell(`round ${round + 1} of ${rounds}: ${name}`);
      const came = await measure(add);
      if (typeof came === 'number') add(name, came);
      else reasons.set(name, came.why);
    }
  }
  return new Rounds(numbers, reasons);
}
