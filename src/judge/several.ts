import fc from 'fast-check';
import type { Instruction, MakingInstruction } from '../protocol/program';
import { differing, precision, problem } from './agree';
import { evaluate, firstWrong, judge, line, prune, type RandomProgram, Refused, wrong } from './alone';
import { forSeveralPasses } from './ground';
import { build, programs, type Recipe, recipes, renamed } from './programs';
import type { Law } from './property';
import { estimates } from './reference';
import { inTurn, once } from './turns';

/*
 * The laws about more than one pass, and about edits: what no single pass shows.
 */

/** The law that a second backward pass does what the engine says. */
const twice: Law<RandomProgram> = {
  name: 'a second backward pass does what the engine says of it',
  needs: ['repeated-backward'],
  cases: programs,
  async check(engine, random) {
    const { repeatedBackward } = engine.description;
    const expected = judge(engine, random, estimates);
    if (expected === undefined) return 'discarded';
    const once = await evaluate(engine, random);
    const more = [`${random.output}.backward()`];
    const second: readonly Instruction[] = [{ do: 'backward', of: random.output }];
    const again = await evaluate(engine, random, second).catch((error: Error) => error);
    if (repeatedBackward === 'error') {
      if (again instanceof Refused && !again.isGone) return undefined;
      if (again instanceof Error) throw again;
      return { message: 'a second backward pass should be an error, and is none', programs: [random], more };
    }
    if (again instanceof Error) throw again;
    const times = repeatedBackward === 'accumulate' ? 2 : 1;
    const different = differing(engine, [once, times, random], [again, random], random.leaves, expected.gradients);
    return different && { ...different, more };
  },
};

/** Several outputs of one program, and all that they were made from. */
type Outputs = readonly [RandomProgram, ...(readonly string[])];

/** The law that a pass leaves nothing behind, in the graph or in the engine, that gets into the next one. */
const outputs: Law<Outputs> = {
  name: 'after one output, another one gets the gradients that it has alone',
  needs: ['set-gradients'],
  cases: (ground) =>
    fc
      .tuple(programs(forSeveralPasses(ground)), fc.array(fc.nat(40), { minLength: 2, maxLength: 3 }))
      .map(([random, places]): Outputs => {
        const all = random.program.map(({ to }) => to).reverse();
        const [first = random.output, ...others] = places.map((i) => all[i % all.length] ?? random.output);
        return [prune({ ...random, output: first }, others), ...others];
      }),
  async check(engine, [random, ...others]) {
    const last = others.at(-1) ?? random.output;
    const alone = { ...random, output: last };
    const expected = judge(engine, alone, estimates);
    if (expected === undefined) return 'discarded';
    const x = await evaluate(engine, alone);
    const of = random.program.map(({ to }) => to);
    const passes = others.flatMap((output): Instruction[] => [
      { do: 'zeroGrad', of },
      { do: 'backward', of: output },
    ]);
    const y = await evaluate(engine, random, passes);
    const different = differing(engine, [x, 1, alone], [y, random], random.leaves, expected.gradients);
    const more = others.flatMap((output) => ['# all gradients back to 0', `${output}.backward()`]);
    return different && { ...different, more };
  },
};

/** The law that a pass over another graph on the same leaves adds to their gradients, or begins anew, as is said. */
const graphs: Law<readonly [RandomProgram, Recipe]> = {
  name: 'without zeroing, a pass over another graph does what the engine says of it',
  needs: ['new-graph'],
  cases: (ground) => fc.tuple(programs(ground), recipes(ground)),
  async check(engine, [first, recipe], ground) {
    const numbers = first.program.flatMap((each) => (each.do === 'leaf' ? [each.data] : []));
    const built = build(numbers, recipe, ground);
    const isLeaf = (name: string) => first.leaves.includes(name);
    const other = (name: string) => (isLeaf(name) ? name : `o${name}`);
    const second = { ...built, program: renamed(built.program, other), output: other(built.output) };
    const [p, q] = [judge(engine, first, estimates), judge(engine, second, estimates)];
    if (p === undefined || q === undefined) return 'discarded';
    const [x, y] = [await evaluate(engine, first), await evaluate(engine, second)];
    const both = await evaluate(engine, first, [
      ...second.program.filter(({ to }) => !isLeaf(to)),
      { do: 'backward', of: second.output },
    ]);
    const reached = new Set(prune(second).program.map(({ to }) => to));
    const isAnew = engine.description.newGraph === 'reset';
    for (const leaf of first.leaves) {
      // what begins anew need not do so on a leaf that it does not come to
      if (isAnew && !reached.has(leaf)) continue;
      const [one, two] = [isAnew ? 0 : (x.get(leaf)?.grad ?? 0), y.get(leaf)?.grad ?? 0];
      const [e, f] = [p.gradients.get(leaf)?.bound ?? 0, q.gradients.get(leaf)?.bound ?? 0];
      const bound = 2 * (e + f) + Math.abs(one) + Math.abs(two);
      const message = wrong(`${leaf}.grad`, both.get(leaf)?.grad ?? 0, { value: one + two, bound }, precision(engine));
      if (message !== undefined) {
        // the leaves are those of the first graph, and are not made again
        const graph = second.program.filter(({ to }) => !isLeaf(to)).map(line);
        return { message, programs: [first], more: ['', ...graph, `${second.output}.backward()`] };
      }
    }
    return undefined;
  },
};

/** The law that what is built again is as good as new. */
const rebuilt: Law<RandomProgram> = {
  name: 'built again after an edit, an expression has the gradients of its new numbers',
  needs: ['set-data', 'set-gradients'],
  cases: programs,
  async check(engine, random) {
    const edited = random.program.map((each): MakingInstruction => {
      return each.do === 'leaf' ? { ...each, data: 1.25 * each.data } : each;
    });
    const alone = { ...random, program: edited };
    const [before, after] = [judge(engine, random, estimates), judge(engine, alone, estimates)];
    if (before === undefined || after === undefined) return 'discarded';
    const x = await evaluate(engine, alone);
    const edits = edited.flatMap((each): Instruction[] => {
      return each.do === 'leaf' ? [{ do: 'setData', of: each.to, data: each.data }] : [each];
    });
    const of = random.program.map(({ to }) => to);
    const y = await evaluate(engine, random, [{ do: 'zeroGrad', of }, ...edits, { do: 'backward', of: random.output }]);
    const different = differing(engine, [x, 1, alone], [y, random], random.leaves, after.gradients);
    const more = ['# all gradients back to 0, each leaf times 1.25, and the same lines again'];
    return different && { ...different, more };
  },
};

/** The law that an edit of a leaf changes the nodes that were made from it, or does not, as the engine says. */
const edits: Law<RandomProgram> = {
  name: 'nodes keep their numbers when a leaf is edited, unless the engine says that they follow',
  needs: ['set-data'],
  cases: programs,
  check(engine, random) {
    const edited = random.program.map((each): MakingInstruction => {
      return each.do === 'leaf' ? { ...each, data: 1.25 * each.data } : each;
    });
    const { follows } = engine.description;
    const setData = edited.flatMap((each): Instruction[] => {
      return each.do === 'leaf' ? [{ do: 'setData', of: each.to, data: each.data }] : [];
    });
    const made = random.program.flatMap((each) => (each.do === 'leaf' ? [] : [each.to]));
    const ask = once(() => evaluate(engine, random, setData));
    return inTurn(async ({ dataOnly }) => {
      const before = judge(engine, random, dataOnly);
      const after = judge(engine, { ...random, program: edited }, dataOnly);
      if (before === undefined || after === undefined) return 'discarded';
      const expected = (follows ? after : before).data;
      const different = problem(random, firstWrong('data', made, await ask(), expected, precision(engine)));
      return different && { ...different, more: ['# each leaf times 1.25'] };
    });
  },
};

/** The laws about more than one pass, and about edits. */
export const SEVERAL = [twice, outputs, graphs, rebuilt, edits] as const;
