import { join } from 'node:path';
import { describe, expect, it, test, vi } from 'vitest';
import {
  type Any,
  areSame,
  byMethod,
  EVERY,
  MANNERS,
  type Manners,
  manners,
  OFFERS,
  ORDINARY,
  outcome,
  run,
  throughLeaves,
  USED_AGAIN,
  written,
} from './fixtures';

/*
 * The engines of test/engines are what other tests are judged by, so here they are judged by numbers alone, worked out by
 * hand: nothing of src has a part in it.
 */

// On a busy machine, the largest graphs take a while.
vi.setConfig({ testTimeout: 60_000 });

interface Fault {
  level: 'core' | 'edge';
  kind: string;
  operation?: string;
  direction: 'forward' | 'backward' | 'graph';
  set: 'known' | 'kinds' | 'new';
  program: string;
  right: unknown[];
  wrong: unknown[] | 'error' | 'slow';
}

interface Oddity {
  expect: 'connects' | 'refused';
  why: string;
  engine?: string;
  faulty?: boolean;
}

const load = (file: string): Any => require(join(__dirname, 'engines', file));
const { make } = load('base.cjs');
const { styles, ...sound } = load('styles.cjs') as { styles: Record<string, string>; [name: string]: Any };
const { oddities, ...odd } = load('oddities.cjs') as { oddities: Record<string, Oddity>; [name: string]: Any };
const { faults, ...wrong } = load('faults.cjs') as { faults: Record<string, Fault>; [name: string]: Any };

describe('the engine that the wrong ones are made from is right', () => {
  test.each([...ORDINARY, ...USED_AGAIN])('%s', (program, right) => {
    expect(run(program, manners(make()))).toSatisfy((came) => areSame(came, right), String(right));
  });
});

describe('each wrong engine is wrong where it says so', () => {
  test.each(Object.entries(faults))('%s', (name, { program, right, wrong: wrongly }) => {
    // What an engine says of itself and does not do is right in an engine that does it.
    const Right = { saysResets: sound.ResetsLeaves, saysFollows: sound.Follows }[name] ?? make();
    const expected = outcome(program, manners(Right));
    expect(areSame(expected, right), `right: ${right}, came: ${expected}`).toBe(true);
    // Nobody waits for 2⁴⁰ steps; what returns is given all the time that a busy machine needs.
    const came = outcome(program, manners(wrong[name]), wrongly === 'slow' ? 1000 : undefined);
    expect(areSame(came, wrongly), `wrong: ${wrongly}, came: ${came}`).toBe(true);
    expect(areSame(wrongly, right), 'the wrong numbers are the right ones').toBe(false);
  });
});

describe('each wrong engine is right elsewhere', () => {
  test.each(Object.entries(faults))('%s', (name, { level, operation }) => {
    const failures = ORDINARY.filter(([program, right]) => !areSame(outcome(program, manners(wrong[name])), right));
    if (level === 'edge') expect(failures).toEqual([]);
    else if (operation !== undefined) {
      expect(failures.filter(([program]) => !written(operation).test(program))).toEqual([]);
    } else expect(failures.length).toBeLessThan(ORDINARY.length / 2);
  });
});

it('says of each wrong engine what it should', () => {
  for (const [name, { level, kind, direction, set }] of Object.entries(faults)) {
    expect(level, name).toMatch(/^(core|edge)$/);
    expect(kind, name).not.toBe('');
    expect(direction, name).toMatch(/^(forward|backward|graph)$/);
    expect(set, name).toMatch(/^(known|kinds|new)$/);
  }
});

/** Programs that show what some odd engines get wrong. */
const MORE: [string, number[]][] = [
  ['a = Value(2); a.data = 0.94; y = a * 1; y.data', [0.94]],
  [`x = Value(1); y = x + x; ${'y = y + y; '.repeat(39)}y.backward(); x.grad`, [2 ** 40]],
];

describe('each right engine is right', () => {
  test.each(Object.keys(styles))('%s', (name) => {
    const Value = sound[name];
    const offers = (OFFERS[name] ?? EVERY).split(' ');
    const lacks = EVERY.split(' ').filter((operation) => !offers.includes(operation));
    if (name in OFFERS) lacks.push('pow(');
    if (name === 'Immutable') lacks.push('.grad = ', '.data = ');
    const programs = [...ORDINARY, ...USED_AGAIN].filter(([program]) =>
      lacks.every((lack) => (/\W/.test(lack) ? !program.includes(lack) : !written(lack).test(program))),
    );
    expect(programs.length).toBeGreaterThanOrEqual(name in OFFERS ? 12 : ORDINARY.length + USED_AGAIN.length);
    for (const [program, right] of programs) {
      const came = run(program, manners(Value, MANNERS[name]?.(Value)));
      expect(areSame(came, right, name === 'Single' ? 1e-6 : undefined), `${program}: ${came}`).toBe(true);
    }
  });
});

describe('each right engine is what it says', () => {
  /** What a pass adds to that of a pass before it over the same graph, and of one over another graph. */
  const REPEATED: Record<string, [number, number]> = { Micrograd: [45, 1], Immutable: [15, 1], ResetsLeaves: [15, 1] };

  test.each(Object.keys(styles))('%s does what it says in a second pass', (name) => {
    const engine = manners(sound[name], MANNERS[name]?.(sound[name]));
    const twice = 'a = Value(2); y = (a * 3) * 5; y.backward(); y.backward(); a.grad; y.grad';
    const leafToo = 'a = Value(2); y = a * 3; y.backward(); a.backward(); a.grad';
    const [again, asRoot] = REPEATED[name] ?? [30, 4];
    expect([...run(twice, engine), ...run(leafToo, engine)]).toEqual([again, 1, asRoot]);
  });

  test('Tape keeps every node, after its operands', () => {
    const [a, b] = [new sound.Tape(2), new sound.Tape(3)];
    expect([b.index - a.index, a.mul(b).index - a.index]).toEqual([1, 2]);
  });

  test('Statics and StaticsAndMethods have them where they say', () => {
    expect([new sound.Statics(1).add, sound.Statics.sub(3, new sound.Statics(5)).data]).toEqual([undefined, -2]);
    const x = new sound.StaticsAndMethods(-1);
    expect([x.relu, sound.StaticsAndMethods.add, sound.StaticsAndMethods.relu(x).data]).toEqual([
      undefined,
      undefined,
      0,
    ]);
  });

  test('Immutable throws at an edit', () => {
    const a = new sound.Immutable(2);
    expect(() => {
      a.data = 3;
    }).toThrow(TypeError);
    expect(() => {
      a.grad = 0;
    }).toThrow(TypeError);
  });

  test('NodesOnly throws at numbers', () => {
    expect(() => new sound.NodesOnly(2).add(3)).toThrow(TypeError);
    expect(() => new sound.NodesOnly(2).pow(3)).toThrow(TypeError);
  });

  test('Exponentials is off in the last digits', () => {
    expect(new sound.Exponentials(2).pow(3).data).not.toBe(8);
    expect(new sound.Exponentials(400).tanh().data).toBe(1);
    expect(new sound.Exponentials(-800).sigmoid().data).toBe(0);
  });

  test('Lazy holds nothing until forward()', () => {
    const y = new sound.Lazy(2).mul(3);
    expect(y.data).toBe(undefined);
    expect(() => y.backward()).toThrow('forward');
    expect([y.forward(), y.data]).toEqual([6, 6]);
  });

  test('WithFlag gives no gradient to a leaf without the flag', () => {
    const [a, b] = [new sound.WithFlag(2, { requiresGrad: true }), new sound.WithFlag(3)];
    a.mul(b).backward();
    expect([a.grad, b.grad]).toEqual([3, 0]);
    b.backward();
    expect(b.grad).toBe(0);
  });

  test('Seeded needs the 1', () => {
    const a = new sound.Seeded(2);
    a.mul(3).backward();
    expect(a.grad).toBe(Number.NaN);
  });

  test('OwnClosure hands on to direct operands alone by backward()', () => {
    const a = new sound.OwnClosure(2);
    const b = a.mul(3);
    const y = b.mul(5);
    y.grad = 1;
    y.backward();
    expect([b.grad, a.grad]).toEqual([5, 0]);
  });

  test('PowValue takes numbers and nodes apart', () => {
    const [x, y] = [new sound.PowValue(2), new sound.PowValue(3)];
    expect([x.pow(3).data, x.powValue(y).data]).toEqual([8, 8]);
    expect(() => x.pow(y)).toThrow(TypeError);
  });

  test('GradNodes can differentiate a gradient', () => {
    const x = new sound.GradNodes(3);
    x.mul(x).mul(x).backward();
    const first = x.grad;
    x.grad = null;
    first.backward();
    expect([first.data, x.grad.data]).toEqual([27, 18]);
  });

  test('Follows computes anew', () => {
    const a = new sound.Follows(2);
    const y = a.mul(3).add(1);
    expect(y.data).toBe(7);
    a.data = 5;
    expect(y.data).toBe(16);
    y.data = 4;
    expect(y.data).toBe(4);
  });

  test('ResetsLeaves begins anew', () => {
    const a = new sound.ResetsLeaves(2);
    const y = a.mul(3).mul(5);
    y.backward();
    y.backward();
    expect(a.grad).toBe(15);
  });

  test('Single is single', () => {
    expect(new sound.Single(1).div(3).data).toBe(Math.fround(1 / 3));
  });

  test('tape-execute is right', () => {
    const { execute } = load('tape-execute.cjs');
    let made = 0;
    const make = (instruction: object) => {
      made += 1;
      execute([{ ...instruction, to: `#${made}` }]);
      return `#${made}`;
    };
    const read = (node: string) => execute([{ do: 'read', of: [node] }])[0];
    // Nodes are names.
    const engine: Manners = {
      leaf: (data) => make({ do: 'leaf', data }),
      apply: (operation, x, y) => make({ do: operation, of: y === undefined ? [x] : [x, y] }),
      backward: (node) => execute([{ do: 'backward', of: node }]),
      data: (node) => read(node).data,
      grad: (node) => read(node).grad,
      setData: (node, to) => execute([{ do: 'setData', of: node, data: to }]),
      setGrad: (node) => execute([{ do: 'zeroGrad', of: [node] }]),
    };
    const lacks = ['sigmoid', 'sqrt', 'abs', 'sin', 'cos', 'max', 'min'];
    const programs = [...ORDINARY, ...USED_AGAIN].filter(([program]) => lacks.every((lack) => !program.includes(lack)));
    expect(programs.length).toBeGreaterThan(40);
    for (const [program, right] of programs) {
      execute([{ do: 'reset' }]);
      expect(run(program, engine)).toSatisfy((came) => areSame(came, right), program);
    }
  });

  test('tape-execute carries out a program', () => {
    const { execute } = load('tape-execute.cjs');
    expect(execute([{ do: 'describe' }])[0].protocol).toBe(1);
    const program = [
      { do: 'reset' },
      { do: 'leaf', to: 'a', data: 2 },
      { do: 'mul', to: 'b', of: ['a', 3] },
      { do: 'sub', to: 'c', of: [1, 'b'] },
      { do: 'mul', to: 'c', of: ['c', 'b'] },
      { do: 'backward', of: 'c' },
      { do: 'read', of: ['a', 'b', 'c'] },
      { do: 'zeroGrad', of: ['a'] },
      { do: 'setData', of: 'a', data: 5 },
      { do: 'backward', of: 'b' },
      { do: 'read', of: ['a', 'b'] },
    ];
    // (1 - b)·b at b = 6 has the slope 1 - 2b.
    expect(execute(program)).toEqual([
      { data: 2, grad: -33 },
      { data: 6, grad: -11 },
      { data: -30, grad: 1 },
      { data: 5, grad: 3 },
      { data: 6, grad: 1 },
    ]);
    expect(() => execute([{ do: 'read', of: ['z'] }])).toThrow("unknown node 'z'");
  });
});

describe('each oddity is as odd as it says', () => {
  const two = (name: string) => new odd[name](2);

  test('each has an engine, or is there for having none', () => {
    const none = Object.keys(oddities).filter((name) => !(name in odd));
    expect(none).toEqual(['Missing', 'WithoutName', 'NoExports']);
    for (const { expect: expected, why } of Object.values(oddities)) {
      expect(expected).toMatch(/^(connects|refused)$/);
      expect(why).not.toBe('');
    }
  });

  test('gradients and data', () => {
    const a = two('GradientObject');
    a.mul(3).backward();
    expect(a.grad).toEqual({ value: 3 });
    expect(two('DataText').add(1).data).toBe('3.000');
  });

  test('plain numbers', () => {
    expect(two('NumbersGiveNaN').mul(3).data).toBe(Number.NaN);
    expect(two('NumbersGiveNaN').mul(two('NumbersGiveNaN')).data).toBe(4);
    expect(two('AddTakesNumbersMulDoesNot').mul(3).data).toBe(Number.NaN);
    expect(two('AddTakesNumbersMulDoesNot').add(3).data).toBe(5);
    expect(() => two('SubRefusesNumbers').sub(3)).toThrow(TypeError);
    expect(two('SubRefusesNumbers').add(3).data).toBe(5);
  });

  test('powers of nodes', () => {
    const power = (name: string) => two(name).pow(new odd[name](3)).data;
    expect([power('PowNearlyEight'), power('PowNine'), power('PowNaN')]).toEqual([7.999999999999998, 9, Number.NaN]);
    expect(two('PowNaN').pow(3).data).toBe(8);
  });

  test('setters', () => {
    const a = two('SetterStoresAnother');
    a.data = 0.94;
    expect(a.data).toBe(1);
    const b = two('ZeroingDoesNot');
    b.mul(3).backward();
    b.grad = 0;
    expect(b.grad).toBe(3);
    const c = two('GradWithoutSetter');
    c.mul(3).backward();
    expect(() => {
      c.grad = 0;
    }).toThrow(TypeError);
    expect(c.grad).toBe(3);
  });

  test('what they do besides', () => {
    const lines: unknown[] = [];
    const { log, error } = console;
    Object.assign(console, { log: (line: unknown) => lines.push(line), error: (line: unknown) => lines.push(line) });
    two('PrintsALot').mul(3);
    Object.assign(console, { log, error });
    expect(lines).toHaveLength(3);
    let y = two('LabelsDouble');
    for (let i = 0; i < 5; i += 1) y = y.add(y);
    expect([y.data, y.label.length]).toEqual([64, 249]);
    expect(() => {
      for (let i = 0; i < 40; i += 1) y = y.add(y);
    }).toThrow(RangeError);
  });

  const FRIENDLY = Object.entries(oddities).filter(([, each]) => each.expect === 'connects');
  test.each(FRIENDLY)('%s is right, unless it is called faulty', (name, { faulty = false }) => {
    const Value = odd[name];
    const style = Object.keys(styles).find((each) => sound[each] === Value) ?? '';
    const apply = throughLeaves(Value, (operation, x, y) =>
      byMethod(operation, x, typeof y === 'number' ? new Value(y) : y),
    );
    const more = MANNERS[style]?.(Value) ?? (/NumbersGiveNaN|GradWithoutSetter/.test(name) ? { apply } : {});
    const offers = (OFFERS[style] ?? (name === 'GradWithoutSetter' ? 'add mul' : EVERY)).split(' ');
    const lacks = EVERY.split(' ').filter((operation) => !offers.includes(operation));
    const { log, error } = console;
    Object.assign(console, { log: () => {}, error: () => {} });
    const failures = [...ORDINARY, ...MORE].filter(([program, right]) => {
      if (lacks.some((lack) => written(lack).test(program))) return false;
      if (name === 'PowNaN' || style in OFFERS) if (program.includes('pow(')) return false;
      if (name === 'GradWithoutSetter' || style === 'Immutable') if (/\.(grad|data) = /.test(program)) return false;
      return !areSame(outcome(program, manners(Value, more)), right);
    });
    Object.assign(console, { log, error });
    if (faulty) expect(failures).not.toEqual([]);
    else expect(failures).toEqual([]);
  });

  test('no engine', () => {
    expect(typeof odd.ASingleFunction).toBe('function');
    expect(odd.AnInstance.data).toBe(2);
    expect(Object.keys(two('NoGradient'))).not.toContain('grad');
    expect(two('NoBackward').backward).toBe(undefined);
  });
});
