import { describe, expect, it, test } from 'vitest';
import { bundledEngine } from '../src/engines/bundled';
import type { Limits } from '../src/judge/budget';
import { LAWS } from '../src/judge/laws';
import { checkLaw } from '../src/judge/property';
import { prepare, tryCases } from '../src/judge/trying';
import type { Engine, Instruction, Reading } from '../src/protocol/program';

/*
 * A law that nothing breaks may be a law that checks nothing. So each law has an engine here that it must reject.
 */

/** The bundled engine, whose readings are changed on the way. */
function changed(change: (readings: Reading[], program: readonly Instruction[]) => readonly Reading[]): Engine {
  const engine = bundledEngine();
  return { ...engine, execute: async (program) => change([...(await engine.execute(program))], program) };
}

/** The bundled engine, but the gradient of the first leaf comes out as `wrong` says, where a program has something. */
function wrongWhere(has: (program: readonly Instruction[]) => boolean, wrong = (grad: number) => grad + 1): Engine {
  return changed(([first, ...others], program) => {
    if (first === undefined) return [];
    return has(program) ? [{ ...first, grad: wrong(first.grad ?? 0) }, ...others] : [first, ...others];
  });
}

const names = (program: readonly Instruction[]) => program.flatMap((each) => ('to' in each ? [each.to] : []));
const uses = (program: readonly Instruction[]) =>
  program.flatMap((each) => ('of' in each && 'to' in each ? each.of : []));
const makes = (program: readonly Instruction[]) => program.filter((each) => 'to' in each && each.do !== 'leaf');
const passes = (program: readonly Instruction[]) => program.filter((each) => each.do === 'backward').length;

/** For each law an engine that breaks it. */
const BROKEN: Readonly<Record<string, Engine>> = {
  'every node holds the right number': changed((readings) =>
    readings.map((reading, i) =>
      i === readings.length - 1 ? { ...reading, data: reading.data * (1 + 1e-9) } : reading,
    ),
  ),
  'each operation is right by itself, for operands of all sizes': wrongWhere((program) =>
    program.some((each) => each.do === 'log'),
  ),
  'nodes keep their numbers when a leaf is edited, unless the engine says that they follow': changed(
    (readings, program) =>
      program.some((each) => each.do === 'setData')
        ? readings.map((each) => ({ ...each, data: each.data + 1 }))
        : readings,
  ),
  'every gradient matches its finite difference': wrongWhere(
    () => true,
    (grad) => grad * (1 + 1e-9),
  ),
  'a name that is given to a new node changes nothing for the old one': wrongWhere(
    (program) => new Set(names(program)).size < names(program).length,
  ),
  // right only if each sum has the node that was made later on its left
  'swapping the sides of a sum or a product changes no gradient': wrongWhere((program) => {
    const made = names(program);
    return program.some((each) => {
      if (each.do !== 'add' && each.do !== 'mul') return false;
      const [x, y] = each.of.map((operand) => made.indexOf(String(operand)));
      return (x ?? 0) < (y ?? 0);
    });
  }),
  'a shared node is as good as the same expression written out twice': wrongWhere((program) =>
    program.some((each) => {
      if (!('of' in each && 'to' in each)) return false;
      return each.of[0] === each.of[1] && String(each.of[0]).startsWith('n');
    }),
  ),
  'a leaf that is not used gets no gradient, and changes none': changed((readings, program) => {
    const used = new Set(uses(program));
    const made = [...new Set(names(program))];
    return readings.map((reading, i) => (used.has(made[i] ?? '') ? reading : { ...reading, grad: 1 }));
  }),
  // a constant that is added to each gradient does not grow with the factor
  'the gradient of k times f is k times the gradient of f': wrongWhere(() => true),
  'the gradient of f + g is the sum of both gradients': wrongWhere((program) => makes(program).length > 5),
  'substituting one expression into another multiplies their gradients': wrongWhere(() => true),
  'one small step along the gradient raises the output as far as it promises': wrongWhere(
    () => true,
    (grad) => 2 * grad + 1,
  ),
  'a second backward pass does what the engine says of it': wrongWhere((program) => passes(program) > 1),
  'after one output, another one gets the gradients that it has alone': wrongWhere((program) => passes(program) > 1),
  'without zeroing, a pass over another graph does what the engine says of it': wrongWhere(
    (program) => passes(program) > 1,
  ),
  'built again after an edit, an expression has the gradients of its new numbers': wrongWhere((program) =>
    program.some((each) => each.do === 'setData'),
  ),
};

it('each law has an engine that breaks it', () => {
  expect(Object.keys(BROKEN).sort()).toEqual([...LAWS.keys()].sort());
});

describe('a law rejects the engine that breaks it, and shows an expression', () => {
  test.each([...LAWS.values()])('$name', async (law) => {
    const engine = BROKEN[law.name] ?? bundledEngine();
    await expect(checkLaw(engine, law, { runs: 100, seed: 1 })).rejects.toThrow(
      /^the smallest expression that was found to be wrong:\n {4}\w+ = /,
    );
  });
});

describe('a law accepts the bundled engine', () => {
  test.each([...LAWS.values()])('$name', async (law) => {
    const { tried, discarded } = await checkLaw(bundledEngine(), law, { runs: 30, seed: 1 });
    expect(tried - discarded).toBeGreaterThan(20);
  });
});

describe('a smaller expression is looked for', () => {
  const law = LAWS.get('every gradient matches its finite difference')!;
  const engine = wrongWhere((program) => makes(program).length > 2);
  const told = async (limits?: Limits, path?: string, asked = engine) =>
    String(await checkLaw(asked, law, { runs: 100, seed: 1, limits, path }).catch((error: Error) => error.message));
  const shown = (text: string) => text.match(/^ {4}n\d+ = /gm)?.length ?? 0;

  it('until there is none, and then nothing is said of it', async () => {
    const text = await told();
    expect(text).toMatch(/^the smallest expression that was found to be wrong:\n/);
    expect(shown(text)).toBe(3);
  });

  it.each<[string, Limits]>([
    ['so many tries are spent', { tries: 1, milliseconds: 60_000 }],
    ['so much time is spent', { tries: 10_000, milliseconds: 0 }],
  ])('until %s, and then that is told, and what was found can be replayed', async (_, limits) => {
    const text = await told(limits);
    const [, tries] =
      /^the smallest expression that was found to be wrong in (\d+) tries; there may be a smaller one:\n/.exec(text) ??
      [];
    expect(Number(tries)).toBe(2 * Math.min(limits.tries, limits.milliseconds)); // on what the leaves hold, and again on the lines
    expect(text).toMatch(/a\.grad is wrong\n +expected .*\n +came/);
    expect(shown(text)).toBeGreaterThan(3);
    const [, path] = /--path "(.*?)"/.exec(text) ?? [];
    expect(await told(limits, path)).toMatch(/found after 1 expressions/);
    expect(shown(await told(undefined, path))).toBe(3);
  });

  it('and an engine that takes long for an answer is asked no longer than that', async () => {
    let answers = 0;
    const slow: Engine = {
      ...engine,
      async execute(program) {
        answers += 1;
        await new Promise((resolve) => setTimeout(resolve, 20));
        return engine.execute(program);
      },
    };
    const began = performance.now();
    expect(await told({ tries: 10_000, milliseconds: 300 }, undefined, slow)).toContain('there may be a smaller one');
    expect(answers).toBeGreaterThan(10);
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

it('each law draws expressions of its own', async () => {
  const drawn: string[] = [];
  const engine = bundledEngine();
  const recorder: Engine = {
    ...engine,
    execute(program) {
      drawn.push(JSON.stringify(program));
      return engine.execute(program);
    },
  };
  const firsts: (string | undefined)[] = [];
  for (const law of LAWS.values()) {
    drawn.length = 0;
    await checkLaw(recorder, law, { runs: 5, seed: 1 });
    firsts.push(drawn[0]);
  }
  expect(new Set(firsts).size).toBe(LAWS.size);
});

it('asks nothing any more once something wrong is found: whoever comes next has the engine for itself', async () => {
  const law = LAWS.get('every node holds the right number');
  if (law === undefined) throw new Error('there is no such law');
  const engine = bundledEngine();
  let asked = 0;
  let now = 0;
  /** As far away as an engine in a process; from the third request on, its numbers are wrong. */
  const away: Engine = {
    ...engine,
    isAway: true,
    async execute(program) {
      now += 1;
      asked += 1;
      const isWrong = asked > 2;
      await new Promise((resolve) => setTimeout(resolve, 5));
      now -= 1;
      const readings = await engine.execute(program);
      return isWrong ? readings.map((each) => ({ ...each, data: each.data + 1 })) : readings;
    },
  };
  const trial = await prepare(away, law, { seed: 1 });
  asked = 0;
  const came = await tryCases(trial, { from: 0, count: 300 });
  expect(came.wrong).toBeDefined();
  expect(now).toBe(0);
});
