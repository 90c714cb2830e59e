import fc from 'fast-check';
import { NotClaimed, SpecError } from '../errors';
import { write } from '../notebook/notation';
import { isOperation } from '../protocol/operations';
import type { Claim, Engine, Instruction, MakingInstruction, Reading } from '../protocol/program';
import type { RandomProgram } from './programs';

/** How a law is run. */
export interface LawOptions {
  /** How many random expressions are tried. */
  readonly runs: number;
  readonly seed: number;
  /** Where in the random expressions to begin: replays a failure. */
  readonly path?: string;
  /** Is told how far a long run has come. */
  readonly progress?: (tried: number) => void;
}

/** What an engine does wrong, on which programs. */
export interface Problem {
  readonly message: string;
  /** The programs that show it, in the notation of the notes; the last line of each is its backward pass. */
  readonly lines: readonly string[];
}

/** A law that every engine keeps. */
export interface Law<T> {
  /** What the law says, as the notes put it. */
  readonly name: string;
  /** What the law is about: without it, nothing can be tried. */
  readonly needs?: Claim;
  /** Makes cases for an engine. */
  readonly cases: (engine: Engine) => fc.Arbitrary<T>;
  /**
   * Tries one case.
   *
   * @returns what is wrong; undefined if nothing is; `discarded` if the case says nothing about the engine
   */
  readonly check: (engine: Engine, given: T) => Promise<Problem | 'discarded' | undefined>;
}

/** How much was tried. */
export interface Tried {
  readonly tried: number;
  readonly discarded: number;
  readonly milliseconds: number;
}

/** If more than this share is discarded, too little was tried. */
const TOO_MANY = 0.2;

/**
 * Tries a law on random cases.
 *
 * @param engine - the engine under test
 * @param law - the law
 * @param options - how many cases, and from which seed
 * @returns how much was tried
 * @throws SpecError with the smallest case that breaks the law, or if too many cases were discarded
 * @throws NotClaimed if the engine does not offer what the law is about, or nothing to make expressions with
 */
export async function checkLaw<T>(engine: Engine, law: Law<T>, options: LawOptions): Promise<Tried> {
  const { runs, seed, path, progress } = options;
  const { operations, engine: name } = engine.description;
  if (law.needs !== undefined && !operations.includes(law.needs)) throw new NotClaimed(law.needs, name);
  if (!operations.some(isOperation))
    throw new NotClaimed('an operation that random expressions can be made with', name);
  const began = performance.now();
  let tried = 0;
  let discarded = 0;
  let last: Problem | undefined;
  const property = fc.asyncProperty(law.cases(engine), async (given) => {
    const problem = await law.check(engine, given);
    tried += 1;
    progress?.(tried);
    if (problem === 'discarded') discarded += 1;
    else if (problem !== undefined) {
      last = problem;
      throw new SpecError(problem.message);
    }
  });
  const result = await fc.check(property, { numRuns: runs, seed: streamOf(law.name, seed), ...(path && { path }) });
  if (result.failed) {
    // What was thrown last need not belong to the smallest case: that one is tried once more.
    const [smallest] = result.counterexample ?? [];
    const again = smallest === undefined ? undefined : await law.check(engine, smallest);
    const { message, lines } = (again === 'discarded' ? undefined : again) ??
      last ?? { message: String(result.errorInstance), lines: [] };
    throw new SpecError(
      [
        'the smallest expression that was found to be wrong:',
        ...lines.map((line) => `    ${line}`),
        message,
        `found after ${result.numRuns} expressions; replay with --seed ${seed} --path "${result.counterexamplePath}"`,
      ].join('\n'),
    );
  }
  if (tried === 0 || discarded > TOO_MANY * tried) {
    throw new SpecError(`${discarded} of ${tried} expressions said nothing about the engine: too little was tried`);
  }
  return { tried, discarded, milliseconds: performance.now() - began };
}

/** The seed of a law's own expressions: two laws that drew the same ones would try only half as many. */
function streamOf(law: string, seed: number): number {
  let hash = seed | 0;
  for (const letter of law) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return hash;
}

/**
 * Runs a program from the beginning, and the backward pass from its output.
 *
 * @param engine - the engine under test
 * @param random - the program
 * @param extra - instructions after the backward pass
 * @returns what the engine says of each name
 */
export async function evaluate(
  engine: Engine,
  { program, output }: RandomProgram,
  extra: readonly Instruction[] = [],
): Promise<Map<string, Reading>> {
  const names = [...new Set(program.map(({ to }) => to))];
  const readings = await engine.execute([
    { do: 'reset' },
    ...program,
    { do: 'backward', of: output },
    ...extra,
    { do: 'read', of: names },
  ]);
  return new Map(names.map((name, i) => [name, readings[i] as Reading]));
}

/**
 * A program in the notation of the notes, one line for each instruction, and its backward pass.
 *
 * @param random - the program
 */
export function lines({ program, output }: RandomProgram): string[] {
  return [...program.map(line), `${output}.backward()`];
}

function line(instruction: MakingInstruction): string {
  if (instruction.do === 'leaf') return `${instruction.to} = Value(${instruction.data})`;
  const operands = instruction.of.map((operand) =>
    typeof operand === 'string'
      ? ({ kind: 'name', name: operand, at: 0 } as const)
      : ({ kind: 'number', value: operand, at: 0 } as const),
  );
  return `${instruction.to} = ${write({ kind: 'operation', operation: instruction.do, operands, at: 0 })}`;
}
