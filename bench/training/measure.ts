import { join } from 'node:path';
import { SpecError } from '../../src/errors';
import { answerOf, type Child, lastLine, run } from '../measuring/children';
import { inRounds, type Rounds, type Turn } from '../measuring/rounds';
import type { Ratio } from '../ratios';
import { Places } from '../spec/places';
import { asText } from './numbers';
import type { Trained } from './steps';

/** How the training is measured. */
export interface TrainingOptions {
  readonly rounds: number;
  readonly isShort: boolean;
  readonly python: string;
  readonly tell: (what: string) => void;
}

/** The ways in which a network learns: over an engine itself, and as the notes have an engine do it. */
export type Way = 'Value' | 'bundled' | 'Python' | 'notes on Python' | 'C++' | 'notes on C++';

/** What came of it: times for a step, in nanoseconds. */
export type TrainingResult = Rounds<Way>;

/** What each of them is, in words, and what it is compared with. */
export const WAYS: Readonly<Record<Way, { readonly says: string; readonly to?: Way }>> = {
  Value: { says: 'over `Value`, as a program does it' },
  bundled: { says: 'as the notes do it, on the bundled engine', to: 'Value' },
  Python: { says: 'over the engine of the example in Python, as a program does it' },
  'notes on Python': { says: 'as the notes do it, through the adapter of this example', to: 'Python' },
  'C++': { says: 'over the engine of the example in C++, as a program does it' },
  'notes on C++': { says: 'as the notes do it, through the adapter of this example', to: 'C++' },
};

const STEPS = { long: 100, short: 20 } as const;
const TIMEOUT = 600;
/** Two trainings have come to the same if the losses are so close, relative to the loss. */
const CLOSE = 1e-9;

/**
 * Measures a training step of chapter 12, each training in a process of its own. That all of them have learned the same is
 * checked before any time counts.
 *
 * @param options - how much
 * @throws SpecError if two of them have not come to the same loss
 */
export async function measureTraining(options: TrainingOptions): Promise<TrainingResult> {
  const places = new Places();
  const losses = new Map<Way, number>();
  try {
    const came = await inRounds(turnsOf(places, options, losses), options.rounds, (what) =>
      options.tell(`training: ${what}`),
    );
    requireSame(losses);
    return came;
  } finally {
    places.remove();
  }
}

function turnsOf(places: Places, { isShort, python }: TrainingOptions, losses: Map<Way, number>): Turn<Way>[] {
  const steps = isShort ? STEPS.short : STEPS.long;
  const turn = (name: Way, what: string, train: () => Promise<Trained>): Turn<Way> => ({
    name,
    measure: async () => {
      try {
        const { seconds, loss } = await train();
        losses.set(name, loss);
        return (seconds * 1e9) / steps;
      } catch (error) {
        if (what !== '' && error instanceof SpecError && /cannot be started/.test(error.message)) {
          return { why: `there is no ${what}` };
        }
        throw error;
      }
    },
  });
  const here = (...args: string[]) =>
    answerOf<Trained>('bench/training/steps.ts', [String(steps), ...args], { timeout: TIMEOUT });
  const direct = async (child: Pick<Child, 'file' | 'args'>) =>
    lastLine<Trained>((await run({ ...child, input: asText(), timeout: TIMEOUT })).output);
  /** Makes a program of C++, the first time that it is needed. */
  const made = async (source: string, name: string) => {
    const file = join(places.kept, name);
    await run({ file: 'c++', args: ['-O2', '-o', file, source], timeout: TIMEOUT });
    return file;
  };
  return [
    turn('Value', '', () => here()),
    turn('bundled', '', () => here('')),
    turn('Python', 'Python', () => direct({ file: python, args: ['bench/training/direct.py', String(steps)] })),
    turn('notes on Python', 'Python', async () => {
      await run({ file: python, args: ['--version'], timeout: TIMEOUT });
      return here(`"${python}" examples/python/adapter.py`);
    }),
    turn('C++', 'C++', async () =>
      direct({ file: await made('bench/training/direct.cpp', 'direct'), args: [String(steps)] }),
    ),
    turn('notes on C++', 'C++', async () => here(await made('examples/cpp/adapter.cpp', 'adapter'))),
  ];
}

function requireSame(losses: ReadonlyMap<Way, number>): void {
  const [first, ...others] = [...losses];
  if (first === undefined) return;
  for (const [way, loss] of others) {
    if (Math.abs(loss - first[1]) <= CLOSE * Math.abs(first[1])) continue;
    throw new SpecError(`the trainings have not come to the same loss: ${first[0]} to ${first[1]}, ${way} to ${loss}`);
  }
}

/**
 * The ratios that are kept.
 *
 * @param result - what came of the measurement
 */
export function ratiosOfTraining(result: TrainingResult): Ratio[] {
  const over = (what: Way, name: string, needs?: Ratio['needs']): Ratio[] => {
    const { to } = WAYS[what];
    if (to === undefined || !result.has(what) || !result.has(to)) return [];
    return [{ part: 'training', name, spread: result.ratio(what, to), good: 'small', ...(needs && { needs }) }];
  };
  return [
    ...over('bundled', 'a training step of the notes over one of a program'),
    ...over('notes on Python', 'a training step of the notes over one of a program, in Python', 'python'),
    ...over('notes on C++', 'a training step of the notes over one of a program, in C++', 'c++'),
  ];
}
