import fc from 'fast-check';
import { likelyCause } from '../diagnosis';
import { SpecError } from '../errors';
import { write } from '../notation';
import { EPSILON } from '../numbers';
import { allowance, type Truth, truths } from '../oracle';
import type { Engine, Instruction, MakingInstruction, Reading } from '../program';
import { programs, type RandomProgram } from './programs';

/** How a law is run. */
export interface LawOptions {
  /** How many random expressions are tried. */
  readonly runs: number;
  readonly seed: number;
}

/**
 * The law that every gradient matches its finite difference, and every node its value.
 *
 * @param engine - the engine under test
 * @param options - how many expressions, and from which seed
 * @throws SpecError with the smallest expression on which the engine is wrong
 */
export async function gradientsMatchFiniteDifferences(engine: Engine, { runs, seed }: LawOptions): Promise<void> {
  const property = fc.asyncProperty(programs(engine.description.operations), async (random) => {
    const problem = await disagreement(engine, random);
    if (problem !== undefined) throw new SpecError(problem);
  });
  const result = await fc.check(property, { numRuns: runs, seed });
  if (!result.failed) return;
  const [smallest] = result.counterexample ?? [];
  const lines = smallest === undefined ? [] : [...notation(smallest.program), `${smallest.output}.backward()`];
  throw new SpecError(
    [
      'the smallest expression that was found to be wrong:',
      ...lines.map((line) => `    ${line}`),
      result.errorInstance instanceof Error ? result.errorInstance.message : String(result.errorInstance),
      `found after ${result.numRuns} expressions; seed ${result.seed}, path "${result.counterexamplePath}"`,
    ].join('\n'),
  );
}

/** What an engine says wrong of a program, if anything. */
async function disagreement(engine: Engine, { program, output, leaves }: RandomProgram): Promise<string | undefined> {
  const isSingle = engine.description.precision === 'single';
  const { data, gradients } = truths(program, output, isSingle ? 1 : 0);
  const names = program.map(({ to }) => to);
  const instructions: Instruction[] = [
    { do: 'reset' },
    ...program,
    { do: 'backward', of: output },
    { do: 'read', of: names },
  ];
  const answers = await engine.execute(instructions);
  const readings = new Map(names.map((name, i) => [name, answers[i] as Reading]));
  const epsilon = EPSILON[engine.description.precision];
  const compare = (): string | undefined => {
    for (const [name, { data: came }] of readings) {
      const problem = wrong(`${name}.data`, came, data.get(name) as Truth, epsilon);
      if (problem !== undefined) return problem;
    }
    for (const name of leaves) {
      const problem = wrong(`${name}.grad`, readings.get(name)?.grad ?? 0, gradients.get(name) as Truth, epsilon);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };
  const problem = compare();
  const cause = problem && likelyCause(program, output, readings);
  return cause ? `${problem}\n    likely cause: ${cause}` : problem;
}

/**
 * Compares a number with the truth.
 *
 * @param what - what the number is
 * @param came - the number, if there is one
 * @param truth - what it is to be, and how far off it may be
 * @param epsilon - of the engine's precision
 * @returns what is wrong, or undefined if nothing is
 */
export function wrong(what: string, came: number | undefined, truth: Truth, epsilon: number): string | undefined {
  const allowed = allowance(truth, epsilon);
  const { value } = truth;
  if (came !== undefined && Math.abs(came - value) <= allowed) return undefined;
  return [
    `${what} is wrong`,
    `    expected  ${value}`,
    `    came      ${came}   (rounding explains ${allowed.toPrecision(2)})`,
  ].join('\n');
}

/** A program in the notation of the notes, one line for each instruction. */
function notation(program: readonly MakingInstruction[]): string[] {
  return program.map((instruction) => {
    if (instruction.do === 'leaf') return `${instruction.to} = Value(${instruction.data})`;
    const operands = instruction.of.map((operand) =>
      typeof operand === 'string'
        ? ({ kind: 'name', name: operand, at: 0 } as const)
        : ({ kind: 'number', value: operand, at: 0 } as const),
    );
    return `${instruction.to} = ${write({ kind: 'operation', operation: instruction.do, operands, at: 0 })}`;
  });
}
