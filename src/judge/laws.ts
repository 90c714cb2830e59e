import fc from 'fast-check';
import type { Truth } from '../protocol/bounds';
import type { MakingInstruction } from '../protocol/program';
import { compareGradients, compareWithTruth, differing, precision, problem } from './agree';
import { evaluate, firstWrong, judge, type RandomProgram, wrong } from './alone';
import { build, number, programs, type Recipe, rebound, recipes, renamed, single } from './programs';
import type { Law } from './property';
import { estimates, truths } from './reference';
import { SEVERAL } from './several';
import { inTurn, once } from './turns';

/*
 * The laws. Each takes random programs, asks the engine, and holds its answers against the truth, or against its
 * answers to another program that must have the same gradients.
 *
 * The first two hold whatever the others find: where two programs disagree, one of them is wrong by itself. The others
 * stand here for what they say, and because each of them tries graphs of a shape that the first two seldom meet; those
 * about more than one pass find what no single pass shows.
 */

const isBoth = (instruction: MakingInstruction) => instruction.do === 'add' || instruction.do === 'mul';

/** The law that every node holds its value. */
const values: Law<RandomProgram> = {
  name: 'every node holds the right number',
  cases: programs,
  check: (engine, random) => compareWithTruth(engine, random, 'data'),
};

/** The law that every gradient matches its finite difference. */
const gradients: Law<RandomProgram> = {
  name: 'every gradient matches its finite difference',
  cases: programs,
  check: (engine, random) => compareWithTruth(engine, random, 'grad'),
};

/** The law that a name that is bound again changes nothing. */
const names: Law<RandomProgram> = {
  name: 'a name that is given to a new node changes nothing for the old one',
  cases: programs,
  async check(engine, random) {
    const expected = judge(engine, random, estimates);
    if (expected === undefined) return 'discarded';
    const [x, y] = [await evaluate(engine, random), await evaluate(engine, rebound(random))];
    return differing(engine, [x, 1, random], [y, rebound(random)], random.leaves, expected.gradients);
  },
};

/** The law that the sides of a sum and of a product may be swapped. */
const sides: Law<RandomProgram> = {
  name: 'swapping the sides of a sum or a product changes no gradient',
  cases: programs,
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
  cases: programs,
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
  cases: programs,
  async check(engine, random) {
    const { program, leaves } = random;
    const lonely: MakingInstruction[] = [{ do: 'leaf', to: 'z', data: 3 }];
    // it is even multiplied with a leaf that is used, but nobody asks for the product
    if (engine.description.operations.includes('mul'))
      lonely.push({ do: 'mul', to: 'zz', of: ['z', leaves[0] ?? 'z'] });
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
  needs: ['mul'],
  cases: (ground) => fc.tuple(programs(ground), number),
  check(engine, [random, k]) {
    const program: MakingInstruction[] = [...random.program, { do: 'mul', to: 'k', of: [random.output, k] }];
    const factor = engine.description.precision === 'single' ? Math.fround(k) : k;
    return compareGradients(engine, [random, factor], { ...random, program, output: 'k' });
  },
};

/** The law that the gradients of a sum add up. */
const addition: Law<RandomProgram> = {
  name: 'the gradient of f + g is the sum of both gradients',
  needs: ['add'],
  cases: programs,
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
  cases: (ground) => fc.tuple(programs(ground), recipes(ground)),
  async check(engine, [inner, recipe], ground) {
    const innerBounds = judge(engine, inner, estimates);
    if (innerBounds === undefined) return 'discarded';
    const inside = await evaluate(engine, inner);
    // m is a leaf in one program, and in the other what the inner expression computes
    const m = inside.get(inner.output)?.data ?? Number.NaN;
    if (!(Math.abs(m) < 1e8)) return 'discarded';
    const outer = build([m], recipe, ground);
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
  cases: programs,
  check(engine, random) {
    const ask = once(() => evaluate(engine, random));
    const askAfter = once((step: RandomProgram) => evaluate(engine, step));
    return inTurn(async ({ dataOnly }) => {
      const truth = judge(engine, random, dataOnly);
      if (truth === undefined) return 'discarded';
      const readings = await ask();
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
      const output = (await askAfter({ ...random, program: moved })).get(random.output)?.data ?? Number.NaN;
      const rise = output - (readings.get(random.output)?.data ?? Number.NaN);
      const noise = (before.bound + there.bound) * epsilon * 2;
      if (Math.abs(rise - promise) <= 0.1 * promise + noise) return undefined;
      return problem(random, `a step of ${rate} promises a rise of ${promise}, and ${rise} came`);
    });
  },
};

/** The law that each operation is right by itself, at ordinary operands of all sizes and signs. */
const range: Law<RandomProgram> = {
  name: 'each operation is right by itself, for operands of all sizes',
  cases: (ground) => fc.constantFrom(...single(ground)),
  examples: single,
  async check(engine, random) {
    const expected = judge(engine, random, estimates);
    if (expected === undefined) return 'discarded';
    const readings = await evaluate(engine, random);
    const message =
      firstWrong('data', [random.output], readings, expected.data, precision(engine)) ??
      firstWrong('grad', random.leaves, readings, expected.gradients, precision(engine));
    return problem(random, message);
  },
};

const ONE_PASS = [
  range,
  values,
  gradients,
  names,
  sides,
  sharing,
  unused,
  scaling,
  addition,
  substitution,
  step,
] as const;

/** All laws, by their names. */
export const LAWS: ReadonlyMap<string, Law<unknown>> = new Map(
  [...ONE_PASS, ...SEVERAL].map((law) => [law.name, law as Law<unknown>]),
);
