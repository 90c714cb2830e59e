import { join } from 'node:path';
import { type Context, createContext, Script } from 'node:vm';
import { type Expression, type Identifier, type MemberExpression, parse } from 'acorn';
import { describe, expect, it, test } from 'vitest';

/*
 * The engines of test/engines are what other tests are judged by, so here they are judged by numbers alone, worked out by
 * hand: nothing of src has a part in it.
 */

/** A node of some engine. */
// biome-ignore lint/suspicious/noExplicitAny: nothing is known of it
type Any = any;

/** How an engine wants to be spoken to. */
interface Manners {
  leaf(data: number): Any;
  apply(operation: string, x: Any, y?: Any): Any;
  backward(node: Any): void;
  data(node: Any): unknown;
  grad(node: Any): unknown;
  setData(node: Any, to: number): void;
  setGrad(node: Any, to: number): void;
}

/** The manners of most: methods, static ones with a number on the left or where there are no others. */
const manners = (Value: Any, more: Partial<Manners> = {}): Manners => ({
  leaf: (data) => new Value(data),
  apply: (operation, x, y) =>
    typeof x !== 'number' && typeof x[operation] === 'function' ? x[operation](y) : Value[operation](x, y),
  backward: (node) => node.backward(),
  data: (node) => node.data,
  grad: (node) => node.grad,
  setData: (node, to) => {
    node.data = to;
  },
  setGrad: (node, to) => {
    node.grad = to;
  },
  ...more,
});

const SIGNS: Record<string, string> = { '+': 'add', '-': 'sub', '*': 'mul', '/': 'div', '**': 'pow' };
const NUMBERS: Record<string, (x: number, y: number) => number> = {
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  div: (x, y) => x / y,
  pow: (x, y) => x ** y,
};

/** Runs a program in the notation of the notes, and gives what is read at its end. */
function run(program: string, engine: Manners): unknown[] {
  const names = new Map<string, Any>();
  const readings: unknown[] = [];

  function field(of: MemberExpression): [Any, 'data' | 'grad'] {
    return [names.get((of.object as Identifier).name), (of.property as Identifier).name as 'data' | 'grad'];
  }
  function apply(operation: string, x: Any, y?: Any): Any {
    if (typeof x !== 'number' || typeof (y ?? 0) !== 'number') return engine.apply(operation, x, y);
    return operation === 'neg' ? -x : NUMBERS[operation]!(x, y);
  }
  function evaluate(node: Expression): Any {
    switch (node.type) {
      case 'Literal':
        return node.value;
      case 'Identifier':
        return names.get(node.name);
      case 'ParenthesizedExpression':
        return evaluate(node.expression);
      case 'UnaryExpression':
        return apply('neg', evaluate(node.argument));
      case 'BinaryExpression':
        return apply(SIGNS[node.operator]!, evaluate(node.left as Expression), evaluate(node.right));
      case 'CallExpression': {
        const name = (node.callee as Identifier).name;
        const operands = node.arguments.map((each) => evaluate(each as Expression));
        return name === 'Value' ? engine.leaf(operands[0]) : engine.apply(name, operands[0], operands[1]);
      }
      default:
        throw new Error(`what is ${program.slice(node.start, node.end)}?`);
    }
  }

  for (const statement of parse(program, { ecmaVersion: 2022 }).body) {
    if (statement.type !== 'ExpressionStatement') throw new Error(`what is a ${statement.type}?`);
    const { expression } = statement;
    if (expression.type === 'AssignmentExpression' && expression.left.type === 'Identifier') {
      names.set(expression.left.name, evaluate(expression.right));
    } else if (expression.type === 'AssignmentExpression') {
      const [node, which] = field(expression.left as MemberExpression);
      const to = evaluate(expression.right);
      if (which === 'data') engine.setData(node, to);
      else engine.setGrad(node, to);
    } else if (expression.type === 'CallExpression') {
      engine.backward(field(expression.callee as MemberExpression)[0]);
    } else {
      const [node, which] = field(expression as MemberExpression);
      readings.push(engine[which](node));
    }
  }
  return readings;
}

let context: (Context & { run: () => unknown }) | undefined;
const script = new Script('run()');
/** What a program reads, or `error` or `slow`. */
function outcome(program: string, engine: Manners): unknown[] | 'error' | 'slow' {
  context ??= createContext({}) as Context & { run: () => unknown };
  context.run = () => run(program, engine);
  try {
    return script.runInContext(context, { timeout: 1500 }) as unknown[];
  } catch (error) {
    return (error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? 'slow' : 'error';
  }
}

/** Whether two numbers are the same, but for rounding. */
function isSame(x: unknown, y: unknown, tolerance = 1e-11): boolean {
  if (typeof x !== 'number' || typeof y !== 'number') return x === y;
  if (!Number.isFinite(x) || !Number.isFinite(y)) return Object.is(x, y);
  return Math.abs(x - y) <= tolerance * Math.max(Math.abs(x), Math.abs(y));
}
const areSame = (xs: unknown, ys: unknown, tolerance?: number): boolean =>
  Array.isArray(xs) && Array.isArray(ys)
    ? xs.length === ys.length && xs.every((x, i) => isSame(x, ys[i], tolerance))
    : xs === ys;

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

/** Programs of ordinary numbers and graphs, with what is read at their end. */
const ORDINARY: [string, number[]][] = [
  ['a = Value(3); b = Value(4); y = a + b; y.backward(); y.data; a.grad; b.grad', [7, 1, 1]],
  ['a = Value(5); b = Value(3); y = a - b; y.backward(); y.data; a.grad; b.grad', [2, 1, -1]],
  ['a = Value(3); b = Value(4); y = a * b; y.backward(); y.data; a.grad; b.grad', [12, 4, 3]],
  ['a = Value(3); b = Value(4); y = a / b; y.backward(); y.data; a.grad; b.grad', [0.75, 0.25, -0.1875]],
  ['a = Value(-2); y = a ** 3; y.backward(); y.data; a.grad', [-8, 12]],
  ['a = Value(2); b = Value(3); y = pow(a, b); y.backward(); y.data; a.grad; b.grad', [8, 12, 8 * Math.LN2]],
  ['a = Value(3); y = -a; y.backward(); y.data; a.grad', [-3, -1]],
  ['a = Value(2); y = exp(a); y.backward(); y.data; a.grad', [Math.exp(2), Math.exp(2)]],
  ['a = Value(4); y = log(a); y.backward(); y.data; a.grad', [Math.log(4), 0.25]],
  ['a = Value(0.5); y = tanh(a); y.backward(); y.data; a.grad', [0.46211715726000974, 0.7864477329659274]],
  ['a = Value(2.5); b = Value(-2.5); y = relu(a) + relu(b); y.backward(); y.data; a.grad; b.grad', [2.5, 1, 0]],
  ['a = Value(1); y = sigmoid(a); y.backward(); y.data; a.grad', [0.7310585786300049, 0.19661193324148185]],
  ['a = Value(4); y = sqrt(a); y.backward(); y.data; a.grad', [2, 0.25]],
  ['a = Value(-3); b = Value(3); y = abs(a) + abs(b); y.backward(); y.data; a.grad; b.grad', [6, -1, 1]],
  ['a = Value(2); y = sin(a); y.backward(); y.data; a.grad', [0.9092974268256817, -0.4161468365471424]],
  ['a = Value(2); y = cos(a); y.backward(); y.data; a.grad', [-0.4161468365471424, -0.9092974268256817]],
  ['a = Value(3); b = Value(4); y = max(a, b); y.backward(); y.data; a.grad; b.grad', [4, 0, 1]],
  ['a = Value(3); b = Value(4); y = min(a, b); y.backward(); y.data; a.grad; b.grad', [3, 1, 0]],
  // Numbers on either side.
  ['a = Value(4); y = 3 - a; y.backward(); y.data; a.grad', [-1, -1]],
  ['a = Value(4); y = 2 / a; y.backward(); y.data; a.grad', [0.5, -0.125]],
  ['a = Value(3); y = 2 * a + 1; y.backward(); y.data; a.grad', [7, 2]],
  ['a = Value(6); y = (a - 2) * 0.5; y.backward(); y.data; a.grad', [2, 0.5]],
  // Graphs.
  ['a = Value(3); y = a + a; y.backward(); a.grad', [2]],
  ['a = Value(3); y = a * a; y.backward(); a.grad', [6]],
  ['a = Value(-2); b = Value(3); d = a * b; e = a + b; f = d * e; f.backward(); f.data; a.grad; b.grad', [-6, -3, -8]],
  ['x = Value(1); a = 2 * x; b = 3 * a; r = a + b; r.backward(); x.grad', [8]],
  ['x = Value(1); a = 2 * x; b = 3 * a; r = b + a; r.backward(); x.grad', [8]],
  ['x = Value(1); y = 3 * x; r = 2 * y + 5 * y; r.backward(); x.grad', [21]],
  [
    'a = Value(2); b = Value(5); c = a * b; c = c + a; c = c + c * b; c.backward(); c.data; a.grad; b.grad',
    [72, 36, 24],
  ],
  ['a = Value(2); c = a * 3; d = a * 5; c.backward(); a.grad = 0; d.backward(); c.data; d.data; a.grad', [6, 10, 5]],
  [
    'a = Value(2); b = a * 3; c = b * 2; d = b * 5; c.backward(); a.grad = 0; b.grad = 0; c.grad = 0; d.grad = 0; d.backward(); a.grad',
    [15],
  ],
  ['a = Value(3); a.backward(); a.grad', [1]],
  ['a = Value(2); a.data = 5; y = a * 3; y.backward(); y.data; a.grad', [15, 3]],
];

describe('the engine that the wrong ones are made from is right', () => {
  test.each(ORDINARY)('%s', (program, right) => {
    expect(run(program, manners(make()))).toSatisfy((came) => areSame(came, right), String(right));
  });
});

describe('each wrong engine is wrong where it says so', () => {
  test.each(Object.entries(faults))('%s', (name, { program, right, wrong: wrongly }) => {
    // What an engine says of itself and does not do is right in an engine that does it.
    const Right = { saysResets: sound.ResetsLeaves, saysFollows: sound.Follows }[name] ?? make();
    const expected = outcome(program, manners(Right));
    expect(areSame(expected, right), `right: ${right}, came: ${expected}`).toBe(true);
    const came = outcome(program, manners(wrong[name]));
    expect(areSame(came, wrongly), `wrong: ${wrongly}, came: ${came}`).toBe(true);
    expect(areSame(wrongly, right), 'the wrong numbers are the right ones').toBe(false);
  });
});

/** How an operation is written in a program. */
const WRITTEN: Record<string, RegExp> = {
  add: / \+ /,
  sub: / - /,
  mul: / \* /,
  div: / \/ /,
  pow: /\*\*|pow/,
  neg: /-[a-z]/,
};

const written = (operation: string) => WRITTEN[operation] ?? new RegExp(`${operation}\\(`);

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

/** A number that stands on the left becomes a leaf, where there are no static methods. */
const throughLeaves = (Value: Any, apply: Manners['apply']): Manners['apply'] => {
  return (operation, x, y) => apply(operation, typeof x === 'number' ? new Value(x) : x, y);
};
const byMethod: Manners['apply'] = (operation, x, y) => x[operation](y);

/** How each style wants to be spoken to, where it is not as most do. */
const MANNERS: Record<string, (Value: Any) => Partial<Manners>> = {
  Micrograd: (Value) => ({ apply: throughLeaves(Value, byMethod) }),
  Tape: (Value) => ({ apply: throughLeaves(Value, byMethod) }),
  Switch: (Value) => ({ apply: throughLeaves(Value, byMethod) }),
  Immutable: (Value) => ({ apply: throughLeaves(Value, byMethod) }),
  Follows: (Value) => ({ apply: throughLeaves(Value, byMethod) }),
  Statics: (Value) => ({ apply: (operation, x, y) => Value[operation](x, y) }),
  StaticsAndMethods: (Value) => ({
    apply: throughLeaves(Value, (operation, x, y) => (operation in Value ? Value[operation](x) : x[operation](y))),
  }),
  NodesOnly: (Value) => ({
    apply: throughLeaves(Value, (operation, x, y) => x[operation](typeof y === 'number' ? new Value(y) : y)),
  }),
  Lazy: (Value) => ({
    apply: throughLeaves(Value, byMethod),
    data: (node) => node.forward(),
    backward: (node) => {
      node.forward();
      node.backward();
    },
  }),
  ManyNames: (Value) => {
    const names = new Map(Object.entries({ add: 'plus', sub: 'minus', mul: 'times', div: 'divide', pow: 'power' }));
    return {
      apply: throughLeaves(Value, (operation, x, y) => x[names.get(operation) ?? 'negate'](y)),
      data: (node) => node.value,
      grad: (node) => node.gradient,
      setData: (node, to) => {
        node.value = to;
      },
      setGrad: (node, to) => {
        node.gradient = to;
      },
    };
  },
  WithFlag: (Value) => ({ leaf: (data) => new Value(data, true), apply: throughLeaves(Value, byMethod) }),
  Seeded: () => ({ backward: (node) => node.backward(1) }),
  OwnClosure: () => ({ backward: (node) => node.backprop() }),
  PowValue: (Value) => ({
    apply: throughLeaves(Value, (operation, x, y) =>
      operation === 'pow' && typeof y !== 'number' ? x.powValue(y) : x[operation](y),
    ),
  }),
  GradNodes: (Value) => ({
    apply: throughLeaves(Value, byMethod),
    grad: (node) => node.grad?.data ?? 0,
    setGrad: (node) => {
      node.grad = null;
    },
  }),
};

/** What each style offers, where it is not everything. */
const OFFERS: Record<string, string> = {
  Micrograd: 'add mul pow relu neg sub div',
  Tape: 'add sub mul div neg tanh',
  Switch: 'add sub mul div exp log relu max',
  Immutable: 'add sub mul pow exp tanh',
  Lazy: 'add sub mul relu',
  ManyNames: 'add sub mul div pow neg',
  WithFlag: 'add sub mul div sigmoid',
  GradNodes: 'add mul neg sub exp',
  Follows: 'add sub mul pow',
};
const EVERY = 'add sub mul div pow neg exp log tanh relu sigmoid sqrt abs sin cos max min';

describe('each right engine is right', () => {
  test.each(Object.keys(styles))('%s', (name) => {
    const Value = sound[name];
    const offers = (OFFERS[name] ?? EVERY).split(' ');
    const lacks = EVERY.split(' ').filter((operation) => !offers.includes(operation));
    if (name in OFFERS) lacks.push('pow(');
    if (name === 'Immutable') lacks.push('.grad = ', '.data = ');
    const programs = ORDINARY.filter(([program]) =>
      lacks.every((lack) => (/\W/.test(lack) ? !program.includes(lack) : !written(lack).test(program))),
    );
    expect(programs.length).toBeGreaterThanOrEqual(name in OFFERS ? 12 : ORDINARY.length);
    for (const [program, right] of programs) {
      const came = run(program, manners(Value, MANNERS[name]?.(Value)));
      expect(areSame(came, right, name === 'Single' ? 1e-6 : undefined), `${program}: ${came}`).toBe(true);
    }
  });
});

describe('each right engine is what it says', () => {
  test('Micrograd finds old gradients on a second pass over one graph', () => {
    const a = new sound.Micrograd(2);
    const y = a.mul(3).mul(5);
    y.backward();
    y.backward();
    expect(a.grad).toBe(45);
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
    expect(() => b.backward()).toThrow('require');
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

  test('no engine', () => {
    expect(typeof odd.ASingleFunction).toBe('function');
    expect(odd.AnInstance.data).toBe(2);
    expect(Object.keys(two('NoGradient'))).not.toContain('grad');
    expect(two('NoBackward').backward).toBe(undefined);
  });
});
