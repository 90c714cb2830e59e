import { uniform } from '../../src/micrograd/random';
import { RUNS } from '../../src/settings';
import { answerOf } from '../measuring/children';
import { inRounds, type Rounds } from '../measuring/rounds';
import type { Ratio } from '../ratios';
import type { Found, Rate, Search } from './task';

/** How the laws are measured. */
export interface LawOptions {
  readonly rounds: number;
  /** How many wrong engines are searched; none if 0. */
  readonly faults: number;
  readonly tell: (what: string) => void;
}

/** What is timed. */
export type Judge = 'all laws' | 'one law' | 'gradcheck';

/** What is known of a wrong engine. */
export interface Fault {
  readonly kind: string;
  readonly level: 'core' | 'edge';
}

/** What came of it. */
export interface LawResult {
  /** Expressions a second. */
  readonly rates: Rounds<Judge>;
  /** How many wrong engines there are, and what was found of some of them. */
  readonly search: (Search & { readonly of: number; readonly faults: Readonly<Record<string, Fault>> }) | undefined;
}

const TIMEOUT = 300;
const SEARCH_TIMEOUT = 3600;
/** The sample of wrong engines is the same each time. */
const SAMPLE_SEED = 1;
/** It never returns from a deep graph, and nobody interrupts it here. */
const ENDLESS = 'everyWay';

/** How many expressions of each law are timed. */
const TIMED: Readonly<Record<Judge, number>> = { 'all laws': RUNS, 'one law': 1000, gradcheck: 5000 };

/**
 * Measures how fast the laws judge, and the usual check of gradients; and what the two of them find.
 *
 * @param options - how much
 */
export async function measureLaws({ rounds, faults, tell }: LawOptions): Promise<LawResult> {
  const judges = Object.keys(TIMED) as Judge[];
  const rates = await inRounds(
    judges.map((name) => ({ name, measure: () => rateOf(name) })),
    rounds,
    (what) => tell(`laws: ${what}`),
  );
  if (faults === 0) return { rates, search: undefined };
  const all = (require('../../test/engines/faults.cjs') as { faults: Record<string, Fault> }).faults;
  const names = sample(
    Object.keys(all).filter((name) => name !== ENDLESS),
    faults,
  );
  tell(`laws: ${names.length} wrong engines`);
  const search = await answerOf<Search>('bench/laws/task.ts', ['search', String(RUNS), ...names], {
    timeout: SEARCH_TIMEOUT,
  });
  return { rates, search: { ...search, of: Object.keys(all).length, faults: all } };
}

async function rateOf(judge: Judge): Promise<number> {
  const { rate } = await answerOf<Rate>('bench/laws/task.ts', [judge, String(TIMED[judge])], { timeout: TIMEOUT });
  return rate;
}

/** Some of them, by chance, in their own order. */
function sample(names: readonly string[], count: number): string[] {
  const random = uniform(SAMPLE_SEED);
  const drawn = names
    .map((name) => ({ name, place: random() }))
    .sort((x, y) => x.place - y.place)
    .slice(0, count);
  return names.filter((name) => drawn.some((each) => each.name === name));
}

/** Who found a wrong engine. */
export function foundBy({ law, isFoundByDifferences }: Found): 'both' | 'laws' | 'differences' | 'neither' {
  if (law !== undefined) return isFoundByDifferences ? 'both' : 'laws';
  return isFoundByDifferences ? 'differences' : 'neither';
}

/**
 * The ratios that are kept.
 *
 * @param result - what came of the measurement
 */
export function ratiosOfLaws({ rates }: LawResult): Ratio[] {
  return [
    {
      part: 'laws',
      name: 'expressions a second: the law of finite differences over a check of gradients in doubles',
      spread: rates.ratio('one law', 'gradcheck'),
      good: 'large',
    },
    {
      part: 'laws',
      name: 'expressions a second: all laws over a check of gradients in doubles',
      spread: rates.ratio('all laws', 'gradcheck'),
      good: 'large',
    },
  ];
}
