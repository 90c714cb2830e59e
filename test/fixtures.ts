import { type Context, createContext, Script } from 'node:vm';
import { type Expression, type Identifier, type MemberExpression, parse } from 'acorn';

/*
 * Runs programs in the notation of the notes on the engines of test/engines, each in its own manners. It shares nothing
 * with src.
 */

/** A node of some engine. */
// biome-ignore lint/suspicious/noExplicitAny: nothing is known of it
export type Any = any;

/** How an engine wants to be spoken to. */
export interface Manners {
  leaf(data: number): Any;
  apply(operation: string, x: Any, y?: Any): Any;
  backward(node: Any): void;
  data(node: Any): unknown;
  grad(node: Any): unknown;
  setData(node: Any, to: number): void;
  setGrad(node: Any, to: number): void;
}

/** The manners of most: methods, static ones with a number on the left or where there are no others. */
export const manners = (Value: Any, more: Partial<Manners> = {}): Manners => ({
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
export function run(program: string, engine: Manners): unknown[] {
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
/** What a program reads, or `error`, or `slow` if it takes longer than so many milliseconds. */
export function outcome(program: string, engine: Manners, patience = 20_000): unknown[] | 'error' | 'slow' {
  context ??= createContext({}) as Context & { run: () => unknown };
  context.run = () => run(program, engine);
  try {
    return script.runInContext(context, { timeout: patience }) as unknown[];
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
export const areSame = (xs: unknown, ys: unknown, tolerance?: number): boolean =>
  Array.isArray(xs) && Array.isArray(ys)
    ? xs.length === ys.length && xs.every((x, i) => isSame(x, ys[i], tolerance))
    : xs === ys;

/** Programs of ordinary numbers and graphs, with what is read at their end. */
export const ORDINARY: [string, number[]][] = [
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

/** Of each operation: the numbers of a and b, and the local derivatives, where b is an operand too. */
const LOCAL: Record<string, [string, number, number, number, number]> = {
  add: ['(a + b)', 3, 4, 1, 1],
  sub: ['(a - b)', 3, 4, 1, -1],
  mul: ['(a * b)', 3, 4, 4, 3],
  div: ['(a / b)', 3, 4, 0.25, -0.1875],
  pow: ['(a ** 3)', 3, 4, 27, 0],
  powOfNodes: ['pow(a, b)', 2, 3, 12, 8 * Math.LN2],
  neg: ['(-a)', 3, 4, -1, 0],
  exp: ['exp(a)', 2, 4, Math.exp(2), 0],
  log: ['log(a)', 4, 4, 0.25, 0],
  tanh: ['tanh(a)', 0.5, 4, 0.7864477329659274, 0],
  relu: ['relu(a)', 3, 4, 1, 0],
  sigmoid: ['sigmoid(a)', 1, 4, 0.19661193324148185, 0],
  sqrt: ['sqrt(a)', 16, 4, 0.125, 0],
  abs: ['abs(a)', -3, 4, -1, 0],
  sin: ['sin(a)', 2, 4, -0.4161468365471424, 0],
  cos: ['cos(a)', 2, 4, -0.9092974268256817, 0],
  max: ['max(a, b)', 3, 4, 0, 1],
  min: ['min(a, b)', 3, 4, 1, 0],
  maxOfFirst: ['max(a, b)', 4, 3, 1, 0],
  minOfSecond: ['min(a, b)', 4, 3, 0, 1],
};

/** Programs in which the output of each operation has a gradient of 2, and its operands are used once more. */
export const USED_AGAIN: [string, number[]][] = Object.values(LOCAL).flatMap(([line, a, b, da, db]) =>
  [`${line} * 2 + (a + b) * 5`, `(a + b) * 5 + ${line} * 2`].map((sum): [string, number[]] => [
    `a = Value(${a}); b = Value(${b}); y = ${sum}; y.backward(); a.grad; b.grad`,
    [5 + 2 * da, 5 + 2 * db],
  ]),
);

/** How an operation is written in a program. */
const WRITTEN: Record<string, RegExp> = {
  add: / \+ /,
  sub: / - /,
  mul: / \* /,
  div: / \/ /,
  pow: /\*\*|pow/,
  neg: /-[a-z]/,
};

export const written = (operation: string) => WRITTEN[operation] ?? new RegExp(`${operation}\\(`);

/** A number that stands on the left becomes a leaf, where there are no static methods. */
export const throughLeaves = (Value: Any, apply: Manners['apply']): Manners['apply'] => {
  return (operation, x, y) => apply(operation, typeof x === 'number' ? new Value(x) : x, y);
};
export const byMethod: Manners['apply'] = (operation, x, y) => x[operation](y);

/** How each style wants to be spoken to, where it is not as most do. */
export const MANNERS: Record<string, (Value: Any) => Partial<Manners>> = {
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
  Options: (Value) => ({
    leaf: (data) => new Value({ data }),
    apply: (operation, x, y) => (typeof x === 'number' ? new Value({ data: x }) : x)[operation](y),
  }),
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
export const OFFERS: Record<string, string> = {
  Micrograd: 'add mul pow relu neg sub div',
  Tape: 'add sub mul div neg tanh',
  Switch: 'add sub mul div exp log relu max',
  Immutable: 'add sub mul pow exp tanh',
  Lazy: 'add sub mul relu',
  ManyNames: 'add sub mul div pow neg',
  WithFlag: 'add sub mul div sigmoid',
  Options: 'add mul sqrt',
  GradNodes: 'add mul neg sub exp',
  Follows: 'add sub mul pow',
};
/** Every operation of the protocol. */
export const EVERY = 'add sub mul div pow neg exp log tanh relu sigmoid sqrt abs sin cos max min';
