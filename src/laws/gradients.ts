import fc from 'fast-check';
import { SpecError } from '../errors';
import { write } from '../notation';
import { EPSILON } from '../numbers';
import { allowance, type Truth, truths } from '../oracle';
import type { Engine, Instruction, MakingInstruction } from '../program';
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
  throw new SpecError(
    [
      smallest ? lines(smallest.program).join('\n') : '',
      result.errorInstance instanceof Error ? result.errorInstance.message : String(result.errorInstance),
      `found after ${result.numRuns} expressions; seed ${result.seed}, path "${result.counterexamplePath}"`,
    ].join('\n'),
  );
}

/** What an engine says wrong of a program, if anything. */
async function disagreement(engine: Engine, { program, output, leaves }: RandomProgram): Promise<string | undefined> {
  const isSingle = engine.description.precision === 'single';
  const { data, gradients } = truths(program, output, isSingle ? 1 : 0);
  const names = [...new Set([...leaves, ...program.map(({ to }) => to)])];
  const instructions: Instruction[] = [
    { do: 'reset' },
    ...program,
    { do: 'backward', of: output },
    { do: 'read', of: names },
  ];
  const readings = await engine.execute(instructions);
  const epsilon = EPSILON[engine.description.precision];
  for (const [i, name] of names.entries()) {
    const problem = wrong(`${name}.data`, readings[i]?.data, data.get(name) as Truth, epsilon);
    if (problem !== undefined) return problem;
  }
  for (const [i, name] of leaves.entries()) {
    const problem = wrong(`∂${output}/∂${name}`, readings[i]?.grad ?? 0, gradients.get(name) as Truth, epsilon);
    if (problem !== undefined) return problem;
  }
  return undefined;
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
  return `${what} is ${value}, and came as ${came}; rounding explains a difference of ${allowed.toPrecision(2)}`;
}

/** A program in the notation of the notes, one line for each instruction. */
function lines(program: readonly MakingInstruction[]): string[] {
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
