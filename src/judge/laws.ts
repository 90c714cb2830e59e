import fc from 'fast-check';
import { allowance, isIllConditioned, type Truth } from '../protocol/bounds';
import {
  type Description,
  type Engine,
  EPSILON,
  type Instruction,
  type MakingInstruction,
  type Reading,
} from '../protocol/program';
import { likelyCause } from './diagnosis';
import { build, number, programs, type RandomProgram, type Recipe, rebound, recipes, renamed } from './programs';
import { evaluate, type Law, lines, type Problem } from './property';
import { dataTruths, estimates, type Truths, truths } from './reference';

/*
 * The laws. Each takes random programs, asks the engine, and holds its answers against the truth, or against its
 * answers to another program that must have the same gradients.
 */

/** What one case gives: a problem, nothing, or no judgement. */
type Outcome = Promise<Problem | 'discarded' | undefined>;

/** Works out what is to be expected of an engine on a program. */
type Work = (program: readonly MakingInstruction[], output: string, precision: Description['precision']) => Truths;

const dataOnly: Work = (program, _, precision) => ({ data: dataTruths(program, precision), gradients: new Map() });

/** What is to be expected of an engine on a program, or undefined if the program says nothing about it. */
function judge(engine: Engine, { program, output }: RandomProgram, work: Work): Truths | undefined {
  const isSingle = engine.description.precision === 'single';
  const found = work(program, output, engine.description.precision);
  const all = [...found.data.values(), ...found.gradients.values()];
  // beyond this, single precision has no numbers
  const most = isSingle ? 1e30 : Number.MAX_VALUE;
  if (!all.every(({ value, bound }) => Math.abs(value) <= most && Number.isFinite(bound))) return undefined;
  return isIllConditioned(program, found.data, precision(engine)) ? undefined : found;
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

function problem(
  random: RandomProgram,
  message: string | undefined,
  readings?: ReadonlyMap<string, Reading>,
): Problem | undefined {
  if (message === undefined) return undefined;
  const cause = readings && likelyCause(random.program, random.output, readings);
  return { message: cause ? `${message}\n    likely cause: ${cause}` : message, lines: lines(random) };
}

/** Compares what an engine says of the leaves with the truth, or of some names. */
function firstWrong(
  what: 'data' | 'grad',
  names: readonly string[],
  readings: ReadonlyMap<string, Reading>,
  truth: ReadonlyMap<string, Truth>,
  epsilon: number,
): string | undefined {
  for (const name of names) {
    const reading = readings.get(name);
    const message = wrong(
      `${name}.${what}`,
      what === 'data' ? reading?.data : (reading?.grad ?? 0),
      truth.get(name) as Truth,
      epsilon,
    );
    if (message !== undefined) return message;
  }
  return undefined;
}

const claimed = (engine: Engine) => programs(engine.description.operations);
const precision = (engine: Engine) => EPSILON[engine.description.precision];

async function compareWithTruth(engine: Engine, random: RandomProgram, what: 'data' | 'grad'): Outcome {
  const truth = judge(engine, random, what === 'data' ? dataOnly : truths);
  if (truth === undefined) return 'discarded';
  const readings = await evaluate(engine, random);
  const names = what === 'data' ? random.program.map(({ to }) => to) : random.leaves;
  const message = firstWrong(what, names, readings, what === 'data' ? truth.data : truth.gradients, precision(engine));
  return problem(random, message, readings);
}

/** The gradients of two programs, which must agree but for a factor. */
async function compareGradients(
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
  return differing(engine, [x, times, lines(first)], [y, lines(second)], first.leaves, bounds);
}

/** Where the gradients of two programs differ; the bounds hold for each of the two. */
function differing(
  engine: Engine,
  [first, times, firstLines]: readonly [ReadonlyMap<string, Reading>, number, readonly string[]],
  [second, secondLines]: readonly [ReadonlyMap<string, Reading>, readonly string[]],
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
      lines: [...firstLines, '', ...secondLines],
    };
  }
  return undefined;
}

const isBoth = (instruction: MakingInstruction) => instruction.do === 'add' || instruction.do === 'mul';

/** The law that every node holds its value. */
const values: Law<RandomProgram> = {
  name: 'every node holds the right number',
  cases: claimed,
  check: (engine, random) => compareWithTruth(engine, random, 'data'),
};

/** The law that every gradient matches its finite difference. */
const gradients: Law<RandomProgram> = {
  name: 'every gradient matches its finite difference',
  cases: claimed,
  check: (engine, random) => compareWithTruth(engine, random, 'grad'),
};

/** The law that a name that is bound again changes nothing. */
const names: Law<RandomProgram> = {
  name: 'a name that is given to a new node changes nothing for the old one',
  cases: claimed,
  async check(engine, random) {
    const expected = judge(engine, random, estimates);
    if (expected === undefined) return 'discarded';
    const [x, y] = [await evaluate(engine, random), await evaluate(engine, rebound(random))];
    return differing(engine, [x, 1, lines(random)], [y, lines(rebound(random))], random.leaves, expected.gradients);
  },
};

/** The law that the sides of a sum and of a product may be swapped. */
const sides: Law<RandomProgram> = {
  name: 'swapping the sides of a sum or a product changes no gradient',
  cases: claimed,
  check(engine, random) {
    const program = random.program.map((instruction): MakingInstruction => {
      if (!isBoth(instruction) || instruction.do === 'leaf') return instruction;
      return { ...instruction, of: [...instruction.of].reverse() };
    });
    return compareGradients(engine, [random, 1], { ...random, program });
  },
};

/** The law that sharing is only a way of writing: a node that is used twice is as good as two that are made alike. */
const sharing: Law<RandomProgram> = {
  name: 'a shared node is as good as the same expression written out twice',
  cases: claimed,
  check(engine, random) {
    const program = random.program.flatMap((instruction): MakingInstruction[] => {
      if (instruction.do === 'leaf') return [instruction];
      const twin = (name: string | number) =>
        random.leaves.includes(String(name)) || typeof name === 'number' ? name : `${name}t`;
      // the left operand comes from one copy of the graph, and the right one from the other
      const [x, y] = instruction.of;
      if (x === undefined) return [instruction];
      const of = y === undefined ? [x] : [x, twin(y)];
      const twins = y === undefined ? [twin(x)] : [twin(x), y];
      return [
        { ...instruction, of },
        { ...instruction, to: `${instruction.to}t`, of: twins },
      ];
    });
    return compareGradients(engine, [random, 1], { ...random, program });
  },
};

/** The law that a leaf that nobody uses gets nothing, and takes nothing. */
const unused: Law<RandomProgram> = {
  name: 'a leaf that is not used gets no gradient, and changes none',
  cases: claimed,
  async check(engine, random) {
    const { program, leaves } = random;
    const lonely: MakingInstruction[] = [{ do: 'leaf', to: 'z', data: 3 }];
    // it is even multiplied with a leaf that is used, but nobody asks for the product
    if (engine.description.operations.includes('mul'))
      lonely.push({ do: 'mul', to: 'zz', of: ['z', leaves[0] as string] });
    const wider = { ...random, program: [...program.slice(0, -1), ...lonely, ...program.slice(-1)] };
    const different = await compareGradients(engine, [random, 1], wider);
    if (different !== undefined) return different;
    const grad = (await evaluate(engine, wider)).get('z')?.grad ?? 0;
    return grad === 0 ? undefined : problem(wider, wrong('z.grad', grad, { value: 0, bound: 0 }, precision(engine)));
  },
};

/** The law that a number in front comes out in front. */
const scaling: Law<readonly [RandomProgram, number]> = {
  name: 'the gradient of k times f is k times the gradient of f',
  needs: 'mul',
  cases: (engine) => fc.tuple(claimed(engine), number),
  check(engine, [random, k]) {
    const program: MakingInstruction[] = [...random.program, { do: 'mul', to: 'k', of: [random.output, k] }];
    const factor = engine.description.precision === 'single' ? Math.fround(k) : k;
    return compareGradients(engine, [random, factor], { ...random, program, output: 'k' });
  },
};

/** The law that the gradients of a sum add up. */
const addition: Law<RandomProgram> = {
  name: 'the gradient of f + g is the sum of both gradients',
  needs: 'add',
  cases: claimed,
  async check(engine, random) {
    const { program, leaves, output } = random;
    const middle = program[Math.floor((program.length + leaves.length) / 2)] as MakingInstruction;
    if (middle.do === 'leaf') return 'discarded';
    const f = { ...random, output: middle.to };
    const sum = {
      ...random,
      program: [...program, { do: 'add', to: 's', of: [middle.to, output] } as const],
      output: 's',
    };
    const truth = [f, random, sum].map((each) => judge(engine, each, estimates));
    if (truth.includes(undefined)) return 'discarded';
    const [x, y, z] = [await evaluate(engine, f), await evaluate(engine, random), await evaluate(engine, sum)];
    for (const leaf of leaves) {
      const [p, q] = [x.get(leaf)?.grad ?? 0, y.get(leaf)?.grad ?? 0];
      const bound = truth.reduce(
        (all, each) => all + (each?.gradients.get(leaf)?.bound ?? 0),
        Math.abs(p) + Math.abs(q),
      );
      const message = wrong(`${leaf}.grad`, z.get(leaf)?.grad ?? 0, { value: p + q, bound }, precision(engine));
      if (message !== undefined) return problem(sum, message);
    }
    return undefined;
  },
};

/** The law that substituting one expression into another multiplies their gradients. */
const substitution: Law<readonly [RandomProgram, Recipe]> = {
  name: 'substituting one expression into another multiplies their gradients',
  cases: (engine) => fc.tuple(claimed(engine), recipes(engine.description.operations)),
  async check(engine, [inner, recipe]) {
    const innerBounds = judge(engine, inner, estimates);
    if (innerBounds === undefined) return 'discarded';
    const inside = await evaluate(engine, inner);
    // m is a leaf in one program, and in the other what the inner expression computes
    const m = inside.get(inner.output)?.data ?? Number.NaN;
    if (!(Math.abs(m) < 1e8)) return 'discarded';
    const outer = build([m], recipe, engine.description.operations);
    const inOuter = (name: string) => (name === 'a' ? 'm' : `o${name}`);
    const steps = renamed(outer.program.slice(1), inOuter);
    const output = inOuter(outer.output);
    const alone: RandomProgram = { program: [{ do: 'leaf', to: 'm', data: m }, ...steps], output, leaves: ['m'] };
    const named = renamed(inner.program, (name) => (name === inner.output ? 'm' : name));
    const whole: RandomProgram = { program: [...named, ...steps], output, leaves: inner.leaves };
    const [aloneBounds, wholeBounds] = [judge(engine, alone, estimates), judge(engine, whole, estimates)];
    if (aloneBounds === undefined || wholeBounds === undefined) return 'discarded';
    const slope = (await evaluate(engine, alone)).get('m')?.grad ?? 0;
    const readings = await evaluate(engine, whole);
    for (const leaf of inner.leaves) {
      const part = inside.get(leaf)?.grad ?? 0;
      const [p, q, r] = [
        innerBounds.gradients.get(leaf),
        aloneBounds.gradients.get('m'),
        wholeBounds.gradients.get(leaf),
      ];
      const value = part * slope;
      const bound =
        Math.abs(slope) * (p?.bound ?? 0) + Math.abs(part) * (q?.bound ?? 0) + 2 * (r?.bound ?? 0) + Math.abs(value);
      const message = wrong(`${leaf}.grad`, readings.get(leaf)?.grad ?? 0, { value, bound }, precision(engine));
      if (message !== undefined) return problem(whole, message);
    }
    return undefined;
  },
};

/** The law that a small step along the gradient raises the output as far as it promises. */
const step: Law<RandomProgram> = {
  name: 'one small step along the gradient raises the output as far as it promises',
  cases: claimed,
  async check(engine, random) {
    const truth = judge(engine, random, dataOnly);
    if (truth === undefined) return 'discarded';
    const readings = await evaluate(engine, random);
    const grads = random.leaves.map((leaf) => readings.get(leaf)?.grad ?? 0);
    const steep = Math.max(...grads.map(Math.abs));
    const epsilon = precision(engine);
    if (steep === 0) return undefined;
    // so small that the slope hardly changes on the way, so large that rounding does not drown the rise
    const rate = (Math.sqrt(epsilon) * 1e-2) / steep;
    const moved = random.program.map((instruction): MakingInstruction => {
      const i = random.leaves.indexOf(instruction.to);
      if (instruction.do !== 'leaf' || i < 0) return instruction;
      return { ...instruction, data: instruction.data + rate * (grads[i] as number) };
    });
    const after = judge(engine, { ...random, program: moved }, dataOnly);
    const before = truth.data.get(random.output) as Truth;
    if (after === undefined) return 'discarded';
    const promise = rate * grads.reduce((sum, grad) => sum + grad * grad, 0);
    const there = after.data.get(random.output) as Truth;
    // Where the truth itself does not keep the promise, the step was too large for this expression.
    if (Math.abs(there.value - before.value - promise) > 0.1 * promise) {
      const { gradients } = truths(random.program, random.output, engine.description.precision);
      const isHonest = random.leaves.every((leaf, i) => {
        const { value, bound } = gradients.get(leaf) as Truth;
        return Math.abs(value - (grads[i] as number)) <= 0.01 * Math.abs(value) + 2 * bound * epsilon;
      });
      if (isHonest) return 'discarded';
    }
    const output = (await evaluate(engine, { ...random, program: moved })).get(random.output)?.data ?? Number.NaN;
    const rise = output - (readings.get(random.output)?.data ?? Number.NaN);
    const noise = (before.bound + there.bound) * epsilon * 2;
    if (Math.abs(rise - promise) <= 0.1 * promise + noise) return undefined;
    return problem(random, `a step of ${rate} promises a rise of ${promise}, and ${rise} came`);
  },
};

/** The law that a second backward pass does what the engine says. */
const twice: Law<RandomProgram> = {
  name: 'a second backward pass does what the engine says of it',
  cases: claimed,
  async check(engine, random) {
    const { repeatedBackward } = engine.description;
    if (repeatedBackward === 'undefined') return undefined;
    const expected = judge(engine, random, estimates);
    if (expected === undefined) return 'discarded';
    const once = await evaluate(engine, random);
    const second: readonly Instruction[] = [{ do: 'backward', of: random.output }];
    let again: Map<string, Reading>;
    try {
      again = await evaluate(engine, random, second);
    } catch (error) {
      if (repeatedBackward === 'error') return undefined;
      throw error;
    }
    if (repeatedBackward === 'error') return problem(random, 'a second backward pass should be an error, and is none');
    const times = repeatedBackward === 'accumulate' ? 2 : 1;
    const call = `${random.output}.backward()`;
    return differing(
      engine,
      [once, times, lines(random)],
      [again, [...lines(random), call]],
      random.leaves,
      expected.gradients,
    );
  },
};

/** All laws, by their names. */
export const LAWS: ReadonlyMap<string, Law<unknown>> = new Map(
  [values, gradients, names, sides, sharing, unused, scaling, addition, substitution, step, twice].map((law) => [
    law.name,
    law as Law<unknown>,
  ]),
);
