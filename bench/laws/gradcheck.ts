import { EngineFailure } from '../../src/errors';
import type { RandomProgram } from '../../src/judge/alone';
import type { Engine, MakingInstruction, Reading } from '../../src/protocol/program';

/*
 * What is usually done to check gradients, to compare the laws with: a central difference in doubles, of numbers that come
 * from the engine under test itself, held against its gradients with one tolerance for everything. The step and the
 * tolerances are those that PyTorch's gradcheck has.
 */

const STEP = 1e-6;
const ABSOLUTE = 1e-5;
const RELATIVE = 1e-3;

/**
 * Checks the gradients of one program.
 *
 * @param engine - the engine under test, which answers at once
 * @param random - the program
 * @returns whether they are as the differences say; false too if the engine does not carry the program out
 */
export async function gradcheck(engine: Engine, { program, output, leaves }: RandomProgram): Promise<boolean> {
  try {
    const readings = await ask(engine, program, [{ do: 'backward', of: output }], leaves);
    for (const [i, leaf] of leaves.entries()) {
      const numberAt = async (move: number) =>
        (await ask(engine, moved(program, leaf, move), [], [output]))[0]?.data ?? Number.NaN;
      const slope = ((await numberAt(STEP)) - (await numberAt(-STEP))) / (2 * STEP);
      const gradient = readings[i]?.grad ?? 0;
      if (!(Math.abs(gradient - slope) <= ABSOLUTE + RELATIVE * Math.abs(slope))) return false;
    }
    return true;
  } catch (error) {
    if (error instanceof EngineFailure) return false;
    throw error;
  }
}

function moved(program: readonly MakingInstruction[], leaf: string, move: number): MakingInstruction[] {
  return program.map((each) => (each.do === 'leaf' && each.to === leaf ? { ...each, data: each.data + move } : each));
}

async function ask(
  engine: Engine,
  program: readonly MakingInstruction[],
  then: readonly { readonly do: 'backward'; readonly of: string }[],
  of: readonly string[],
): Promise<readonly Reading[]> {
  return engine.execute([{ do: 'reset' }, ...program, ...then, { do: 'read', of }]);
}
