import type { Asked, Engine, Instruction } from '../protocol/program';
import { lines, type RandomProgram } from './alone';
import { GRAPHS, LEAF, passes, type Seen, see } from './graphs';
import type { Ground } from './ground';
import { compared, type Finding, type Near } from './telling';
import { WALKS, walked } from './walks';

/**
 * What is wrong with graphs of operations that are right by themselves.
 *
 * @param engine - the engine under test
 * @param ground - what it offers
 * @param sound - the operations with which nothing is wrong so far
 * @param isNear - when two numbers are the same
 */
export async function ofGraphs(
  engine: Engine,
  ground: Ground,
  sound: readonly string[],
  isNear: Near,
): Promise<Finding[]> {
  const isSound = ({ random, extra }: { random: RandomProgram; extra: readonly { do: string }[] }) =>
    [...random.program, ...extra].every((each) => !isArithmetic(each.do) || sound.includes(each.do));
  const isRight = ({ right, came }: Seen) =>
    came !== undefined && right.every((grad, i) => isNear(grad, came[i] ?? Number.NaN));
  const single = await seeAll(engine, GRAPHS.filter(isSound));
  const wrong = single.filter((each) => !isRight(each));
  const findings: Finding[] = [];
  if (wrong.length > 0) {
    const causes = WALKS.filter((walk) =>
      single.every(({ random: { program, output, leaves }, came }) =>
        walked(walk, program, output, leaves)?.every((grad, i) => isNear(grad, came?.[i] ?? Number.NaN)),
      ),
    );
    const cause = causes.length === 1 ? causes[0]?.cause : undefined;
    const isOfChains = wrong.some(({ random }) => random === GRAPHS[0]?.random);
    findings.push(
      ofSeen(wrong, single.filter(isRight), cause, ({ isShared, passes }) => (isShared || isOfChains) && passes > 0),
    );
  }
  const leaf = (await seeAll(engine, [LEAF].filter(isSound))).filter((each) => !isRight(each));
  if (ground.repeatedBackward === 'error' || wrong.length > 0) return findings;
  const several = await seeAll(engine, passes(engine.description.newGraph).filter(isSound));
  const bad = [...leaf, ...several.filter((each) => !isRight(each))];
  const isMany = ({ passes }: Asked) => passes > 1 || leaf.length > 0;
  return bad.length === 0
    ? findings
    : [...findings, ofSeen(bad, several.filter(isRight), leaf.length > 0 ? undefined : causeOfPasses(bad), isMany)];
}

/** What explains graphs that are wrong only after an earlier pass. */
function causeOfPasses(wrong: readonly Seen[]): string | undefined {
  if (wrong.every(({ where }) => where.includes('only its leaf zeroed'))) {
    return 'the output keeps the gradient that an earlier pass has left on it, and should begin with 1';
  }
  const isNothing = ({ came }: Seen) => came?.every((grad) => grad === 0) ?? false;
  if (wrong.length < 3 || !wrong.every(isNothing)) return undefined;
  return 'nodes that an earlier pass has gone through hand on nothing: a mark of theirs stays, or their operands are dropped';
}

function isArithmetic(what: string): boolean {
  return what === 'add' || what === 'mul';
}

async function seeAll(engine: Engine, graphs: readonly Parameters<typeof see>[1][]): Promise<Seen[]> {
  const { fixed } = engine.description;
  const isFixed = ({ do: what }: Instruction) =>
    (what === 'setData' && fixed.includes('data')) || (what === 'zeroGrad' && fixed.includes('grad'));
  const all: Seen[] = [];
  for (const graph of graphs) if (!graph.extra.some(isFixed)) all.push(await see(engine, graph));
  return all;
}

/** The finding that some graphs come to. */
function ofSeen(
  wrong: readonly Seen[],
  right: readonly Seen[],
  cause: string | undefined,
  isIn: Finding['isIn'],
): Finding {
  const size = ({ random, more }: Seen) => random.program.length + more.length;
  const least = wrong.reduce((one, other) => (size(other) < size(one) ? other : one));
  const { random, more, where, came, refusal } = least;
  const facts = random.leaves.flatMap((leaf, i) =>
    Math.abs((least.right[i] ?? 0) - (came?.[i] ?? Number.NaN)) < 1e-9
      ? []
      : compared(`${leaf}.grad`, least.right[i] ?? 0, came?.[i]),
  );
  const places = (all: readonly Seen[]) => [...new Set(all.map((each) => each.where))].filter((each) => each !== where);
  const also = places(wrong).slice(0, 4);
  const fine = places(right)
    .filter((each) => !places(wrong).includes(each))
    .slice(0, 4);
  return {
    title: `a gradient is wrong: ${where}`,
    code: [...lines(random), ...more],
    facts: [
      ...(came === undefined ? [refusal ?? ''] : facts),
      ...(also.length > 0 ? [`wrong as well: ${also.join('; ')}`] : []),
      ...(fine.length > 0 ? [`right: ${fine.join('; ')}`] : []),
    ],
    cause,
    more: ['sums and products are right by themselves'],
    operations: [],
    isIn,
  };
}
