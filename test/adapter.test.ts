import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, test, vi } from 'vitest';
import type { Engine, Instruction } from '../src/protocol/program';
import { type Any, areSame, EVERY, type Manners, OFFERS, ORDINARY, outcome, USED_AGAIN, written } from './fixtures';
import { native, runNotes } from './notes';
import { command, ROOT } from './run-spec';

/*
 * The adapter for classes asks instead of assuming. Here it meets engines of many styles, odd ones, and wrong ones.
 */

vi.setConfig({ testTimeout: 60_000 });

const { classEngine } = native('../src/engines/class.ts') as typeof import('../src/engines/class');
const { loadedEngine } = native('../src/node/loaded.ts') as typeof import('../src/node/loaded');
const { make, BINARY } = native('./engines/base.cjs') as Any;
const { styles, ...sound } = native('./engines/styles.cjs') as { styles: Record<string, string>; [name: string]: Any };
const { oddities, ...odd } = native('./engines/oddities.cjs') as { oddities: Record<string, Any>; [name: string]: Any };
const { faults, ...wrong } = native('./engines/faults.cjs') as { faults: Record<string, Any>; [name: string]: Any };

const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-adapter-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

/** Speaks to an engine through the adapter. Nodes are names. */
function through(engine: Engine): Manners {
  let made = 0;
  const execute = (...program: Instruction[]) => engine.execute(program) as { data: number; grad: number | null }[];
  const name = (instruction: object) => {
    made += 1;
    execute({ ...instruction, to: `#${made}` } as Instruction);
    return `#${made}`;
  };
  const read = (of: string) => execute({ do: 'read', of: [of] })[0]!;
  return {
    leaf: (data) => name({ do: 'leaf', data }),
    apply: (operation, x, y) => name({ do: operation, of: y === undefined ? [x] : [x, y] }),
    backward: (of) => execute({ do: 'backward', of }),
    data: (of) => read(of).data,
    grad: (of) => read(of).grad,
    setData: (of, data) => execute({ do: 'setData', of, data }),
    setGrad: (of) => execute({ do: 'zeroGrad', of: [of] }),
  };
}

/** What of the programs of ordinary numbers an engine gets wrong, among those that it claims to have everything for. */
function failuresOf(engine: Engine, tolerance?: number): unknown[] {
  const { operations, fixed } = engine.description;
  const lacks = EVERY.split(' ').filter((operation) => !operations.includes(operation as 'add'));
  const asked = [...ORDINARY, ...USED_AGAIN].filter(
    ([program]) =>
      !lacks.some((lack) => written(lack).test(program)) &&
      (operations.includes('pow-of-nodes') || !program.includes('pow(')) &&
      !fixed.some((field) => program.includes(`.${field} = `)),
  );
  expect(asked.length).toBeGreaterThan(8);
  return asked
    .map(([program, right]) => [program, right, outcome(program, through(engine))] as const)
    .filter(([, right, came]) => !areSame(came, right, tolerance));
}

/** How scenarios end, and why those are not claimed that are not for want of an operation. */
async function runOf(engine: Engine) {
  const left = ['@laws', '@demonstration', '@edge'];
  const without = ({ tags }: { tags: readonly string[] }) => tags.some((tag) => left.includes(tag));
  const ended = await runNotes(engine, { without, parameters: { engine: 'a guest' } });
  const failed = ended.filter(({ end }) => end === 'failed');
  const unclaimed: Record<string, number> = {};
  for (const { end, why } of ended) {
    if (end !== 'not claimed' || `${EVERY} pow-of-nodes`.split(' ').includes(why)) continue;
    const what = why.replace(/^a plain number on the (left|right) of .*/, '$1');
    unclaimed[what] = (unclaimed[what] ?? 0) + 1;
  }
  return { ended, failed, unclaimed };
}

const CONNECTED = Object.keys(styles).filter((name) => name !== 'GradNodes');
const NEW_GRAPH = 'that a backward pass adds to the gradients that a pass over another graph has left';

/** What each style does not claim, and in how many scenarios, beside operations that it lacks. */
const UNCLAIMED: Record<string, Record<string, number>> = {
  Micrograd: { left: 5 },
  Tape: { left: 5 },
  Switch: { left: 7 },
  StaticsAndMethods: { left: 9 },
  Immutable: { left: 3, 'that data can be set': 42, 'that gradients can be set to zero': 14, [NEW_GRAPH]: 1 },
  NodesOnly: { left: 9, right: 13 },
  Lazy: { left: 3 },
  ManyNames: { left: 5 },
  WithFlag: { left: 5 },
  Options: { left: 2 },
  PowValue: { left: 1 },
  Follows: { left: 3, 'that nodes keep their numbers when a leaf is edited': 2 },
  ResetsLeaves: { [NEW_GRAPH]: 5 },
};

describe('each style connects', () => {
  test.each(CONNECTED)('%s is sound, and all that it offers is seen', (name) => {
    const engine = classEngine(sound[name], name);
    const offers = (OFFERS[name] ?? EVERY).split(' ').sort();
    expect(engine.description.operations.filter((each) => each !== 'pow-of-nodes').sort()).toEqual(offers);
    expect(failuresOf(engine, name === 'Single' ? 1e-6 : undefined)).toEqual([]);
  });

  test.each(CONNECTED)('%s fails no scenario, and is asked all that it offers', async (name) => {
    const { ended, failed, unclaimed } = await runOf(classEngine(sound[name], name));
    expect(failed).toEqual([]);
    expect(unclaimed).toEqual(UNCLAIMED[name] ?? {});
    expect(ended.filter(({ end }) => end === 'passed').length).toBeGreaterThan(60);
  });
});

describe('operations that are functions beside the class', () => {
  it('are found, and so is the backward pass, but not what is for plain numbers', async () => {
    const engine = await loadedEngine('./test/engines/functions.cjs', ROOT);
    expect(engine.description.operations).toEqual(['add', 'mul', 'exp', 'tanh']);
    expect(engine.description.throughLeaves).toEqual([]);
    expect(engine.found).toContain('backward pass backward(y)');
    expect(engine.found).toContain('add           add(x, y); add(x, 2); add(2, x)');
    expect(failuresOf(engine)).toEqual([]);
    const { failed, ended } = await runOf(engine);
    expect(failed).toEqual([]);
    expect(ended.filter(({ end }) => end === 'passed').length).toBeGreaterThan(60);
  });

  it('may be for nodes alone, though others take numbers', async () => {
    const { Value, add, mul, backward } = native('./engines/functions.cjs') as Any;
    const nodesOnly = (x: unknown, y: unknown) => {
      if (!(x instanceof Value && y instanceof Value)) throw new TypeError('nodes alone');
      return mul(x, y);
    };
    const engine = classEngine(Value, 'functions', { beside: { add, mul: nodesOnly, backward } });
    expect(engine.description.throughLeaves).toEqual(['mul left', 'mul right']);
    expect((await runOf(engine)).failed).toEqual([]);
  });

  it('come after methods', async () => {
    const engine = await loadedEngine('./test/engines/functions.cjs#WithMethod', ROOT);
    expect(engine.found).toContain('add           x.add(y); x.add(2); add(2, x)');
  });
});

describe('each oddity is met as it should be', () => {
  const REFUSED: Record<string, RegExp> = {
    GradientObject:
      /the gradient of a leaf is an object \(Object\), where a number is expected; give the class a getter/,
    GradientNode:
      /an object \(GradNodes\), with its number in x\.grad\.data, .* or export a function execute\(program\)/,
    DataText: /has as its data the string "2\.000", where a number is expected; give the class a getter/,
    Missing: /has no export "Missing"; it exports GradientObject, .* such as --engine .*oddities\.cjs#[A-Z]\w+$/,
    WithoutName: /has no default export; it exports GradientObject, .* such as --engine .*oddities\.cjs#[A-Z]\w+$/,
    NoExports: /exports nothing; add "export" before its class .*\nthe engine printed:\n {4}2$/,
    ASingleFunction: /got a function; of functions without a class, make a function execute\(program\)/,
    AnInstance: /expected a class of nodes, or a module with execute\(\), and got an object \(Value\)/,
    NoGradient: /its nodes have none of grad, Grad, gradient; they have data and derivative/,
    NoBackward: /its nodes have no method backward\(\), nor is there such a function beside it/,
    NoOperation:
      /no operation was found; expected methods of its nodes, static methods, or functions .* called add, sub, /,
  };
  const named = (expected: string) => Object.keys(oddities).filter((name) => oddities[name].expect === expected);

  test.each(named('refused'))('%s is refused in a sentence', async (name) => {
    const reference = oddities[name].engine ?? `./test/engines/oddities.cjs#${name}`;
    const error = await loadedEngine(reference, ROOT).catch((each) => each);
    expect(error.name).toBe('EngineFailure');
    expect(error.message).toMatch(REFUSED[name] ?? 'nothing');
    expect(error.message.split('\nthe engine printed')[0]).not.toContain('\n');
  });

  test.each(named('connects'))('%s connects', async (name) => {
    const engine = await loadedEngine(`./test/engines/oddities.cjs#${name}`, ROOT);
    const { failed } = await runOf(engine);
    if (oddities[name].faulty) expect(failed).not.toEqual([]);
    else {
      expect(failed).toEqual([]);
      expect(failuresOf(engine)).toEqual([]);
    }
  });

  it('and a fault is told as what it is', async () => {
    const whyOf = async (name: string) => (await runOf(classEngine(odd[name], name))).failed.map(({ why }) => why);
    for (const why of await whyOf('SubRefusesNumbers')) {
      expect(why).toMatch(/^sub of .*: the engine threw .*\n {4}this operation refuses plain numbers, which others/);
    }
    expect(await whyOf('AddTakesNumbersMulDoesNot')).toContainEqual(
      expect.stringMatching(/^mul of .*: the engine gave the number NaN\n {4}this operation refuses plain numbers/),
    );
    expect(await whyOf('SetterStoresAnother')).toContain('a.data was set to 2.0001, and is 2');
    expect(await whyOf('ZeroingDoesNot')).toContain('a.grad was set to 0, and is 6');
  });
});

describe('each wrong engine connects, and is as wrong as it was', () => {
  test.each(Object.entries(faults))('%s', (name, { program, wrong: wrongly }) => {
    const engine = classEngine(wrong[name], name);
    const came = outcome(program, through(engine), wrongly === 'slow' ? 1000 : undefined);
    expect(areSame(came, wrongly), `wrong: ${wrongly}, came: ${came}`).toBe(true);
  });

  // Of these, the first pass is wrong, or a second one does nothing: no excuse for not adding up.
  test.each(['assigns', 'unreversed', 'markStays', 'seenOnClass', 'closuresDropped', 'sharesCached', 'leavesOnce'])(
    '%s is taken to claim that gradients add up',
    (name) => {
      const { repeatedBackward, newGraph } = classEngine(wrong[name], name).description;
      expect([repeatedBackward, newGraph]).toEqual(['accumulate', 'accumulate']);
    },
  );
});

describe('what is found', () => {
  const found = (change: (Value: Any, rules: Any) => void) => classEngine(make(change), 'e');
  const lines = (engine: Engine) => engine.found?.join('\n') ?? '';
  const none = (Value: Any) => {
    for (const name of BINARY) delete Value[name];
  };

  test.each([
    ['Micrograd', 'undefined', 'accumulate'],
    ['Whole', 'accumulate', 'accumulate'],
    ['ResetsLeaves', 'reset', 'reset'],
    ['Immutable', 'reset', 'reset'],
  ])('of %s: a second pass, %s; a new graph, %s', (name, repeated, newGraph) => {
    class Silent extends sound[name] {}
    Object.assign(Silent, { description: undefined });
    const { repeatedBackward, newGraph: other } = classEngine(Silent, name).description;
    expect([repeatedBackward, other]).toEqual([repeated, newGraph]);
  });

  it('a second pass that is an error', () => {
    const engine = found((Value) => {
      const { backward } = Value.prototype;
      Value.prototype.backward = function () {
        if (this.isDone) throw new Error('freed');
        backward.call(this);
        this.isDone = true;
      };
    });
    expect(engine.description).toMatchObject({ repeatedBackward: 'error', newGraph: 'accumulate' });
  });

  it('a root that adds to its own gradient is no micrograd', () => {
    expect(classEngine(wrong.rootAdds, 'e').description.repeatedBackward).toBe('accumulate');
  });

  it('whether inner nodes keep their gradients', () => {
    const forgets = found((Value) => {
      const { backward } = Value.prototype;
      Value.prototype.backward = function () {
        backward.call(this);
        for (const node of this.order()) if (node.operands.length > 0) node.grad = undefined;
      };
    });
    expect(forgets.description.interiorGradients).toBe('none');
    expect(classEngine(make(), 'e').description.interiorGradients).toBe('kept');
  });

  it('a reversed method takes a number on the left', () => {
    const right = (Value: Any) => {
      none(Value);
      Value.prototype.rsub = function (x: number) {
        return Value.apply('sub', x, this);
      };
    };
    expect(lines(found(right))).toMatch(/sub +x\.sub\(y\); x\.sub\(2\); y\.rsub\(2\)/);
    expect(found(right).description.throughLeaves).not.toContain('sub left');
    const swapped = found((Value) => {
      none(Value);
      Value.prototype.rsub = function (x: number) {
        return Value.apply('sub', this, x);
      };
    });
    expect(outcome('a = Value(5); y = 3 - a; y.data', through(swapped))).toEqual([2]);
  });

  it('numbers are taken by static methods where methods refuse them', () => {
    const engine = found((Value) => {
      for (const name of BINARY) {
        const method = Value.prototype[name];
        Value.prototype[name] = function (y: unknown) {
          if (typeof y === 'number') throw new TypeError('nodes only');
          return method.call(this, y);
        };
      }
    });
    expect(engine.description.throughLeaves).toEqual([]);
    expect(lines(engine)).toMatch(/add +x\.add\(y\); Value\.add\(x, 2\); Value\.add\(2, x\)/);
  });

  it('static methods that take nodes alone are no fault', () => {
    const engine = found((Value) => {
      for (const name of BINARY) {
        const given = Value[name];
        Value[name] = (x: Any, y: Any) => given(new Value(x.data), new Value(y.data));
      }
      for (const name of BINARY) {
        Value.prototype[name] = function (y: unknown) {
          return Value.apply(name, this, y);
        };
      }
    });
    expect(engine.description.throughLeaves).toEqual(BINARY.map((name: string) => `${name} left`));
    expect(failuresOf(engine)).toEqual([]);
  });

  it.each(['max', 'div'])('a static %s of nodes alone is no fault beside methods that take numbers', (name) => {
    const engine = found((Value) => {
      none(Value);
      delete Value.prototype[name];
      Value[name] = (x: Any, y: Any) => {
        for (const each of [x, y]) if (typeof each === 'number') throw new TypeError('nodes only');
        return Value.apply(name, x, y);
      };
    });
    expect(engine.description.throughLeaves).toContain(`${name} right`);
    expect(failuresOf(engine)).toEqual([]);
  });

  it('a max of nodes alone is no fault, and a div of nodes alone is one', () => {
    const engine = found((Value) => {
      none(Value);
      for (const name of ['max', 'div']) {
        Value.prototype[name] = function (y: unknown) {
          if (typeof y === 'number') throw new TypeError('nodes only');
          return Value.apply(name, this, y);
        };
      }
    });
    expect(outcome('a = Value(2); y = max(a, 3); y.data', through(engine))).toEqual([3]);
    expect(outcome('a = Value(2); y = a / 3; y.data', through(engine))).toBe('error');
  });

  it('a max that only compares takes no numbers where nothing else does', () => {
    const engine = found((Value) => {
      none(Value);
      for (const name of BINARY) {
        Value.prototype[name] = function (y: Any) {
          return Value.apply(name, this, new Value(y.data) && y);
        };
      }
      Value.node = (x: unknown) => (typeof x === 'number' ? new Value(Number.NaN) : x);
      Value.prototype.max = function (y: Any) {
        return y.data > this.data ? y : this;
      };
    });
    expect(engine.description.throughLeaves).toEqual(
      BINARY.flatMap((name: string) => [`${name} left`, `${name} right`]),
    );
    expect(outcome('a = Value(2); y = max(a, 3); y.data', through(engine))).toEqual([3]);
  });

  it.each<[string, (Value: Any) => void]>([
    [
      'throws',
      (Value) => {
        Value.prototype.tanh = () => {
          throw new Error('not implemented');
        };
      },
    ],
    [
      'gives a text',
      (Value) => {
        Value.prototype.tanh = () => '<sub>2</sub>';
      },
    ],
    [
      'gives nothing',
      (Value) => {
        Value.prototype.tanh = () => {};
      },
    ],
    [
      'gives NaN',
      (Value) => {
        Value.prototype.tanh = () => new Value(Number.NaN);
      },
    ],
  ])('a method that %s is none, and a static one takes its place', (_, change) => {
    expect(lines(found(change))).toMatch(/tanh +Value\.tanh\(x\)/);
    const without = found((Value) => {
      change(Value);
      delete Value.tanh;
    });
    expect(without.description.operations).not.toContain('tanh');
    expect(() =>
      without.execute([
        { do: 'leaf', to: 'a', data: 1 },
        { do: 'tanh', to: 'b', of: ['a'] },
      ]),
    ).toThrow('there is no such operation');
  });

  it.each(['backprop', 'backpropagate', 'backwards', 'backPropagation'])(
    '%s is the walk where backward is not',
    (name) => {
      const engine = found((Value) => {
        Value.prototype[name] = Value.prototype.backward;
        Value.prototype.backward = function () {
          this.back();
        };
      });
      expect(lines(engine)).toContain(`y.${name}()`);
      expect(failuresOf(engine)).toEqual([]);
    },
  );

  it.each<[string, string, (given: Any[]) => boolean]>([
    [
      'an object after the number',
      'new V(2, { requiresGrad: true })',
      ([, options]) => options?.requires_grad === true,
    ],
    ['a flag after a label', "new V(2, '', true)", ([, , flag]) => flag === true],
  ])('leaves that want %s get it', (_, text, isAsked) => {
    class V {
      data: number;
      grad = 0;
      isAsked: boolean;
      parents: [V, number][] = [];
      constructor(data: number, ...more: unknown[]) {
        this.data = data;
        this.isAsked = isAsked([data, ...more]);
      }
      mul(y: V): V {
        const out = new V(this.data * y.data);
        out.parents = [
          [this, y.data],
          [y, this.data],
        ];
        return out;
      }
      backward(): void {
        const go = (node: V, grad: number) => {
          if (node.isAsked || node.parents.length > 0) node.grad += grad;
          for (const [parent, slope] of node.parents) go(parent, slope * grad);
        };
        go(this, 1);
      }
    }
    const engine = classEngine(V, 'e');
    expect(lines(engine)).toContain(text);
    expect(outcome('a = Value(2); y = a * 3; y.backward(); a.grad', through(engine))).toEqual([3]);
  });

  it('what is still to be computed is computed before an edit', () => {
    const engine = classEngine(sound.Lazy, 'e');
    const program = 'a = Value(2); y = a * 3; a.data = 5; y.data; a.data';
    expect(outcome(program, through(engine))).toEqual([6, 5]);
  });

  it('a bigint is no number', () => {
    class Whole {
      data: bigint;
      grad = 0n;
      constructor(data: number) {
        this.data = BigInt(data);
      }
      backward(): void {}
    }
    expect(() => classEngine(Whole, 'e')).toThrow(/has as its data the bigint 2n, where a number is expected; give/);
  });
});

describe('a program that is repeated', () => {
  const PROGRAM: Instruction[] = [
    { do: 'mul', to: 'b', of: ['a', 3] },
    { do: 'sub', to: 'c', of: [1, 'b'] },
    { do: 'mul', to: 'a', of: ['c', -1] },
    { do: 'read', of: ['a', 'b'] },
  ];
  const START: Instruction[] = [{ do: 'reset' }, { do: 'leaf', to: 'a', data: 2 }];
  const dataOf = (readings: unknown) => (readings as { data: number }[]).map(({ data }) => data);

  test.each(['Micrograd', 'Lazy', 'NodesOnly', 'StaticsAndMethods'])('%s finds the nodes of the moment', (name) => {
    const [once, again] = [classEngine(sound[name], name), classEngine(sound[name], name)];
    for (const engine of [once, again]) engine.execute(START);
    for (let i = 0; i < 3; i++) {
      expect(dataOf(again.execute(PROGRAM, 'p'))).toEqual(dataOf(once.execute([...PROGRAM])));
    }
    for (const engine of [once, again]) engine.execute([{ do: 'leaf', to: 'a', data: -7 }]);
    expect(dataOf(again.execute(PROGRAM, 'p'))).toEqual([-22, -21]);
  });

  it('is another one under its name, if it is another list', () => {
    const engine = classEngine(sound.Micrograd, 'e');
    engine.execute(START);
    engine.execute(PROGRAM, 'p');
    expect(
      dataOf(
        engine.execute(
          [
            { do: 'leaf', to: 'z', data: 4 },
            { do: 'read', of: ['z'] },
          ],
          'p',
        ),
      ),
    ).toEqual([4]);
  });

  it('does not outlive a reset by its nodes', () => {
    const engine = classEngine(sound.Micrograd, 'e');
    engine.execute(START);
    engine.execute(PROGRAM, 'p');
    engine.execute([{ do: 'reset' }]);
    expect(() => engine.execute(PROGRAM, 'p')).toThrow("mul of a and 3 to b: the engine threw Error: unknown node 'a'");
    expect(() => engine.execute([{ do: 'read', of: ['c'] }])).toThrow("unknown node 'c'");
  });
});

describe('what an engine prints', () => {
  const base = JSON.stringify(join(ROOT, 'test', 'engines', 'base.cjs'));
  let made = 0;
  const engineThat = (print: string) =>
    at(
      `prints-${++made}.cjs`,
      `module.exports = require(${base}).make((Value, rules) => {
        const { apply } = Value;
        rules.mul.value = (x, y) => x * y + 1e-3;
        Value.apply = (...given) => { ${print}; return apply(...given); };
      });`,
    );

  it.each([
    ['console.log', "console.log('mine', 2)", 'mine 2'],
    ['console.error', "console.error('mine')", 'mine'],
    ['process.stdout', "process.stdout.write('mine\\n')", 'mine'],
    ['a long line', "console.log('m'.repeat(1000))", `${'m'.repeat(160)}…`],
    ['what moves the cursor', "console.log('\\u001b[2Kmine\\n')", ' [2Kmine'],
  ])('by %s is kept aside, and shown below a failure', async (_, print, line) => {
    const engine = await loadedEngine(engineThat(print), ROOT);
    const program: Instruction[] = [{ do: 'leaf', to: 'a', data: 2 }];
    for (let i = 0; i < 4; i += 1) program.push({ do: 'mul', to: 'b', of: ['a', 3] });
    engine.execute(program);
    expect(engine.printed?.()).toEqual(Array(4).fill(line));
    const text =
      'Feature: F\n  Scenario: S\n    Given the leaves\n      | a |\n      | 2 |\n    When this code runs\n      """\n      b = a * 3\n      """\n    Then b is 6\n';
    const [ended] = await runNotes(engine, { features: [text], parameters: { engine: 'a guest' } });
    expect(ended?.end).toBe('failed');
    expect(ended?.why).toMatch(/^b is not 6\n/);
    expect(ended?.why.split('the engine printed:\n')[1]).toBe(`    ${line}`);
  });

  it('is five lines at most of many that come at once', async () => {
    const engine = await loadedEngine(engineThat("console.log('m\\n'.repeat(9))"), ROOT);
    const program: Instruction[] = [
      { do: 'leaf', to: 'a', data: 2 },
      { do: 'mul', to: 'b', of: ['a', 3] },
    ];
    engine.execute(program);
    expect(engine.printed?.()).toEqual(Array(5).fill('m'));
  });

  it('is five lines at most, and what others print is let through', async () => {
    const engine = await loadedEngine('./test/engines/oddities.cjs#PrintsALot', ROOT);
    const program: Instruction[] = [{ do: 'leaf', to: 'a', data: 2 }];
    for (let i = 0; i < 9; i += 1) program.push({ do: 'mul', to: 'b', of: ['a', 3] });
    engine.execute(program);
    expect(engine.printed?.()).toEqual(['about to mul', 'did mul: 6', 'and all is well', 'about to mul', 'did mul: 6']);
    engine.execute([{ do: 'reset' }]);
    expect(engine.printed?.()).toEqual([]);
  });
});

describe('a module', () => {
  const CLASS = `class Value {
    constructor(data, slopes = []) { this.data = data; this.grad = 0; this.slopes = slopes; }
    mul(y) { return new Value(this.data * y.data, [[this, y.data], [y, this.data]]); }
    backward() { const go = (n, g) => { n.grad += g; for (const [p, s] of n.slopes) go(p, s * g); }; go(this, 1); }
  }`;
  const open = (name: string, text: string, wanted = '') => loadedEngine(`${at(name, text)}${wanted}`, ROOT);

  it.each([
    ['one.mjs', `export ${CLASS}; export const helper = () => 1;`],
    ['one.cjs', `${CLASS}; module.exports = { Value, helper: 1 };`],
    ['default.mjs', `export default ${CLASS}; export class Neuron { call() {} }`],
    ['default.cjs', `module.exports = ${CLASS};`],
    ['compiled.cjs', `Object.defineProperty(exports, '__esModule', { value: true }); exports.default = ${CLASS};`],
  ])('whose class is the only one, or the default, needs no name: %s', async (name, text) => {
    expect((await open(name, text)).description.operations).toEqual(['mul']);
  });

  it('says what to write', async () => {
    const two = `export ${CLASS}; export class Neuron { call() {} } export const x = 1;`;
    await expect(open('two.mjs', two)).rejects.toThrow(
      /has no default export; it exports Neuron, Value and x; write .* such as --engine .*two\.mjs#Value$/,
    );
    await expect(open('two.mjs', two, '#Neurone')).rejects.toThrow(
      /no export "Neurone"; .* --engine .*two\.mjs#Neuron$/,
    );
    await expect(open('one.mjs', `export ${CLASS};`, '#value')).rejects.toThrow(/; write --engine .*one\.mjs#Value$/);
    await expect(open('none.mjs', CLASS)).rejects.toThrow(/none\.mjs exports nothing; add "export" before its class/);
    await expect(open('functions.mjs', 'export const add = (x, y) => x + y;')).rejects.toThrow(
      /none of them is a class of nodes; export one, or a function execute\(program\)/,
    );
  });

  // What Node.js itself cannot read in any version, so that a loader is needed in all.
  const TYPES = `enum Unused { A } export ${CLASS.replaceAll(
    '(data, slopes = [])',
    '(data: number, slopes: any[] = [])',
  )
    .replace('class Value {', 'class Value { data: number; grad: number; slopes: any[];')
    .replaceAll('(n, g)', '(n: any, g: number)')
    .replace('mul(y)', 'mul(y: Value)')}`;

  it('in TypeScript that nothing can read says which line to type', async () => {
    const { code, output } = await command('--engine', at('alone.ts', TYPES), '--describe');
    expect(output).toMatch(
      /cannot load .*alone\.ts: .*\nNode\.js .*; type this, and run the same command again:\n {4}\S/,
    );
    expect(code).toBe(2);
  });

  it.each(['commonjs', 'module'])('in TypeScript loads by what is installed beside it: %s', async (type) => {
    const inner = join(folder, type);
    const file = at('x.ts', '');
    rmSync(file);
    native('node:fs').mkdirSync(inner);
    symlinkSync(join(ROOT, 'node_modules'), join(inner, 'node_modules'));
    writeFileSync(join(inner, 'package.json'), JSON.stringify({ type }));
    writeFileSync(join(inner, 'engine.ts'), TYPES);
    const { code, output } = await command('--engine', join(inner, 'engine.ts'), '--describe');
    expect(output).toContain('operations: mul');
    expect(code).toBe(0);
  });
});

describe('--describe', () => {
  it('says what was found, and runs nothing', async () => {
    const { code, output } = await command('--engine', './test/engines/styles.cjs#WithFlag', '--describe');
    expect(output).toBe(`engine: ./test/engines/styles.cjs#WithFlag
precision: double
operations: add, sub, mul, div and sigmoid
numbers: through leaves at add left, sub left, mul left and div left
a second backward pass over one graph: accumulate
a backward pass over a new graph: accumulate
gradients of inner nodes: kept
cannot be set: nothing
depth: nothing is promised
nodes follow an edited leaf: no

How it is reached:
    a leaf        new WithFlag(2, true)
    its number    x.data
    its gradient  x.grad
    backward pass y.backward()
    add           x.add(y); x.add(2); a number on the left becomes a leaf
    sub           x.sub(y); x.sub(2); a number on the left becomes a leaf
    mul           x.mul(y); x.mul(2); a number on the left becomes a leaf
    div           x.div(y); x.div(2); a number on the left becomes a leaf
    sigmoid       x.sigmoid()
    not found     pow, neg, exp, log, tanh, relu, sqrt, abs, sin, cos, max, min
`);
    expect(code).toBe(0);
  });

  it('ends with 2 where there is no engine', async () => {
    const { code, output } = await command('--engine', './test/engines/oddities.cjs#GradientNode', '--describe');
    expect(output).toContain('x.grad.data');
    expect(code).toBe(2);
  });
});
