import { parseArgs } from 'node:util';
import { SpecError } from '../src/errors';

/** The parts of the measurement. */
export const PARTS = ['engine', 'training', 'spec', 'laws'] as const;
export type Part = (typeof PARTS)[number];

/** What the command was told. */
export interface Options {
  /** Compares with what was measured last, and writes nothing. */
  readonly isCheck: boolean;
  /** Whether the engines of others are left out. */
  readonly isAlone: boolean;
  readonly parts: readonly Part[];
  /** The Python with which adapters and PyTorch are run. */
  readonly python: string;
  /** How many rounds are measured. */
  readonly rounds: number;
  /** How long each engine is measured in each round, in seconds. */
  readonly seconds: number;
  /** How many wrong engines are looked for. */
  readonly faults: number;
  /** Whether it is to be over soon. */
  readonly isShort: boolean;
  /** Whether this is all that can be measured: only then is it written down. */
  readonly isWhole: boolean;
}

/** How much is measured: all of it, or as much as tells whether something has become twice as slow. */
const LONG = { rounds: 5, seconds: 1, faults: 60 };
const SHORT = { rounds: 3, seconds: 0.3, faults: 0 };

export const USAGE = `npm run bench -- [options]

Measures, and writes docs/performance.md, docs/performance.svg and bench/last.json.

  --check            a short measurement, whose ratios are compared with bench/last.json; fails if one is half as good
  --short            a short measurement, which is printed and not written
  --only PARTS       only some parts, of ${PARTS.join(', ')}; printed and not written
  --without-peers    without the engines of others
  --python COMMAND   the Python to use, for PyTorch as well; or in MICROGRAD_SPEC_BENCH_PYTHON; otherwise python3
  --rounds N         so many rounds
`;

/**
 * Reads what the command was told.
 *
 * @param given - its arguments
 * @param environment - the environment's variables
 * @returns the options; undefined if help was asked for
 * @throws SpecError if something is not understood
 */
export function optionsOf(given: readonly string[], environment: NodeJS.ProcessEnv): Options | undefined {
  const swallowed = SWALLOWED.find((name) => environment[`npm_config_${name.replaceAll('-', '_')}`]);
  if (swallowed !== undefined) {
    throw new SpecError(`npm has taken --${swallowed} for an option of its own: write npm run bench -- --${swallowed}`);
  }
  const { check, short, only, help, rounds, python, 'without-peers': isAlone } = read(given);
  if (help) return undefined;
  const parts = only?.split(',').map((part) => part.trim());
  const strange = parts?.find((part) => !PARTS.includes(part as Part));
  if (strange !== undefined) throw new SpecError(`there is no part "${strange}"; there are ${PARTS.join(', ')}`);
  const isShort = check || short;
  const amount = isShort ? SHORT : LONG;
  if (rounds !== undefined && !/^[1-9]\d{0,2}$/.test(rounds)) {
    throw new SpecError(`--rounds: expected a whole number, from 1 on, and got "${rounds}"`);
  }
  return {
    ...amount,
    ...(rounds === undefined ? {} : { rounds: Number(rounds) }),
    isCheck: check,
    isShort,
    isAlone,
    parts: PARTS.filter((part) => parts?.includes(part) ?? true),
    python: python ?? (environment.MICROGRAD_SPEC_BENCH_PYTHON || 'python3'),
    isWhole: !isShort && !isAlone && parts === undefined,
  };
}

const OPTIONS = {
  check: { type: 'boolean', default: false },
  short: { type: 'boolean', default: false },
  only: { type: 'string' },
  'without-peers': { type: 'boolean', default: false },
  python: { type: 'string' },
  rounds: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** Options that npm knows nothing of, and keeps where no `--` stands before them. */
const SWALLOWED = ['check', 'short', 'without-peers', 'rounds'] as const;

function read(given: readonly string[]) {
  try {
    return parseArgs({ args: [...given], options: OPTIONS }).values;
  } catch (error) {
    throw new SpecError(`${(error as Error).message}\n\n${USAGE}`);
  }
}
