import type { Truth } from '../protocol/bounds';
import { type Engine, EPSILON, type Reading } from '../protocol/program';
import { evaluate, firstWrong, judge, type RandomProgram, wrong } from './alone';
import type { Problem } from './property';
import { estimates } from './reference';
import { inTurn, once } from './turns';

/*
 * How laws compare: an expression with the truth, or two expressions with each other.
 */

/** What one case gives: a problem, nothing, or no judgement. */
export type Outcome = Promise<Problem | 'discarded' | undefined>;

/**
 * A problem of one program.
 *
 * @param random - the program
 * @param message - what is wrong; undefined if nothing is
 */
export function problem(random: RandomProgram, message: string | undefined): Problem | undefined {
  return message === undefined ? undefined : { message, programs: [random] };
}

/** The distance from 1 to the next number in an engine's precision. */
export const precision = (engine: Engine) => EPSILON[engine.description.precision];

/**
 * Compares what an engine says of one program with the truth.
 *
 * @param engine - the engine under test
 * @param random - the program
 * @param what - all numbers, or the gradients of the leaves
 */
export function compareWithTruth(engine: Engine, random: RandomProgram, what: 'data' | 'grad'): Outcome {
  const ask = once(() => evaluate(engine, random));
  return inTurn(async (way) => {
    const truth = judge(engine, random, what === 'data' ? way.dataOnly : way.truths);
    if (truth === undefined) return 'discarded';
    const readings = await ask();
    const names = what === 'data' ? random.program.map(({ to }) => to) : random.leaves;
    const expected = what === 'data' ? truth.data : truth.gradients;
    return problem(random, firstWrong(what, names, readings, expected, precision(engine)));
  });
}

/**
 * Compares the gradients of two programs, which must agree but for a factor.
 *
 * @param engine - the engine under test
 * @param first - a program, and by what to multiply its gradients
 * @param second - the other program
 */
export async function compareGradients(
  engine: Engine,
  [first, times]: readonly [RandomProgram, number],
  second: RandomProgram,
): Outcome {
  const [one, two] = [judge(engine, first, estimates), judge(engine, second, estimates)];
  if (one === undefined || two === undefined) return 'discarded';
  const bounds = new Map(
    first.leaves.map((leaf) => {
      const [p, q] = [one.gradients.get(leaf) as Truth, two.gradients.get(leaf) as Truth];
      return [leaf, { value: q.value, bound: Math.max(Math.abs(times) * p.bound, q.bound) }];
    }),
  );
  const [x, y] = [await evaluate(engine, first), await evaluate(engine, second)];
  return differing(engine, [x, times, first], [y, second], first.leaves, bounds);
}

/**
 * Where the gradients of two programs differ.
 *
 * @param engine - the engine under test
 * @param one - what came of the first program, by what to multiply it, and the program
 * @param two - what came of the second, and the program
 * @param leaves - whose gradients to compare
 * @param bounds - how far off each of the two may be
 */
export function differing(
  engine: Engine,
  [first, times, one]: readonly [ReadonlyMap<string, Reading>, number, RandomProgram],
  [second, two]: readonly [ReadonlyMap<string, Reading>, RandomProgram],
  leaves: readonly string[],
  bounds: ReadonlyMap<string, Truth>,
): Problem | undefined {
  for (const leaf of leaves) {
    const value = times * (first.get(leaf)?.grad ?? 0);
    const bound = 2 * (bounds.get(leaf)?.bound ?? 0) + Math.abs(value);
    const message = wrong(`${leaf}.grad`, second.get(leaf)?.grad ?? 0, { value, bound }, precision(engine));
    if (message === undefined) continue;
    const factor = times === 1 ? 'what' : `${times} times what`;
    return {
      message: `${message}\n    where ${factor} the first of these expressions gives is expected of the second`,
      programs: [one, two],
    };
  }
  return undefined;
}
