import { EngineFailure, EngineRefusal, NotClaimed } from '../errors';
import { NAMES, OPERATIONS, type Operation } from '../protocol/operations';
import { claimOf, type Engine, type Instruction, type MakingInstruction, type Operand } from '../protocol/program';

/*
 * What an engine answers to a fixed set of questions, by which two processes can tell whether they have had the same
 * engine. Whether the answers are right is of no interest here: that is for the scenarios.
 */

/** What came of one question: numbers, of which some have no place in JSON and are texts; or that it was refused. */
type Answer = readonly (number | string | null)[] | 'refused';

/** What an engine answers, by question. */
export type Answers = Readonly<Record<string, Answer>>;

/** Where the operands stand: two nodes, a plain number on the right or on the left, or one node on both sides. */
const PLACES = ['nodes', 'right', 'left', 'same'] as const;

/** Small and large, on both sides of 0, and none of them at a kink. */
const UNARY = [0.5, 2, -0.5, -1.7, 3.1, 0.1, -6, 9];
const PAIRS = [
  [5, 3],
  [3, 5],
  [-2, 4],
  [0.5, 2],
  [-1.5, -0.7],
  [0.02, -40],
] as const;
const POWERS = [
  [3, 2],
  [-2, 3],
  [4, 0.5],
  [2, -1],
  [1.2, 9],
  [0.5, 2.5],
  [1.7, 1],
] as const;
/** Far out, at 0, and outside of what an operation is defined for: asked apart, as many an engine refuses these. */
const UNARY_EDGES = [0, -1e-9, 700, -700, 800, -800];
const PAIRS_AT_EDGES = [
  [0, 3],
  [4, 0],
  [0, 0],
  [2, 2],
  [1e200, 1e-200],
  [-2, 0.5],
  [0, -1],
] as const;
/** So many operations in a row are asked for: more than a small graph has, and fewer than a recursion can go. */
const ROW = 60;
/** So many nodes has the graph in which the ways between two of them are of many lengths. */
const TANGLED = 9;
/** How far two answers of one engine may differ, on two machines with libraries of their own. */
const SAME = { double: 1e-9, single: 1e-4 } as const;

/**
 * Asks an engine the questions. Each begins with a `reset`, as every scenario does, so nothing of them is left.
 *
 * @param engine - the engine under test
 * @returns what it answers; where it fails altogether, what it had answered until then
 */
export async function probe(engine: Engine): Promise<Answers> {
  const answers: Record<string, Answer> = {};
  for (const [question, program] of questions(engine)) {
    try {
      const readings = await engine.execute(program);
      answers[question] = readings.flatMap(({ data, grad }) => [plain(data), grad === null ? null : plain(grad)]);
    } catch (error) {
      // What it says of it may name addresses or times, which are others in each process.
      answers[question] = 'refused';
      const isThere = error instanceof EngineRefusal || error instanceof NotClaimed;
      // An engine that hangs would hang at each question.
      if (error instanceof EngineFailure && !isThere) break;
    }
  }
  return answers;
}

/**
 * Where two sets of answers differ by more than the libraries of two machines do.
 *
 * @param some - the answers of one process
 * @param others - the answers of another
 * @param precision - of the engine
 * @returns the first difference in words; undefined if there is none
 */
export function differenceOf(some: Answers, others: Answers, precision: 'double' | 'single'): string | undefined {
  for (const question of new Set([...Object.keys(some), ...Object.keys(others)])) {
    const x: Answer | 'not asked' = some[question] ?? 'not asked';
    const y: Answer | 'not asked' = others[question] ?? 'not asked';
    if (typeof x === 'string' || typeof y === 'string') {
      if (x !== y) return `${question}: ${said(x)}, and ${said(y)}`;
    } else if (x.length !== y.length) {
      return `${question}: ${x.length} numbers, and ${y.length}`;
    } else {
      const i = x.findIndex((each, k) => !isSame(each, y[k], SAME[precision]));
      if (i >= 0) return `${question}: ${x[i]}, and ${y[i]}`;
    }
  }
  return undefined;
}

function said(answer: Answer | 'not asked'): string {
  return typeof answer === 'string' ? answer : 'answered';
}

function isSame(x: unknown, y: unknown, most: number): boolean {
  if (typeof x !== 'number' || typeof y !== 'number') return x === y;
  return Math.abs(x - y) <= most * Math.max(1, Math.abs(x), Math.abs(y));
}

/** A number as JSON holds it. */
function plain(x: number): number | string {
  return Number.isFinite(x) ? x : String(x);
}

type Question = readonly [name: string, program: readonly Instruction[]];

function questions({ description }: Engine): Question[] {
  const claimed = NAMES.filter((name) => description.operations.includes(name));
  const alone = claimed.flatMap((name) =>
    PLACES.flatMap((place): Question[] => {
      const isUnary = OPERATIONS[name].operands === 1;
      if (isUnary && place !== 'nodes') return [];
      // at a kink, nothing is asked of an engine
      if (place === 'same' && (name === 'max' || name === 'min')) return [];
      if (place === 'left' || place === 'right') {
        if (description.throughLeaves.includes(`${name} ${place}`)) return [];
      }
      if (!description.operations.includes(claimOf(name, operands(name, place, 1, 1)))) return [];
      const ask = (points: readonly (readonly [number, number])[]) =>
        points.flatMap(([x, y]) => byItself(name, place, x, y, claimed));
      const question = isUnary ? name : `${name}, ${WORDS[place]}`;
      const edges = isUnary ? UNARY_EDGES.map((x) => [x, 0] as const) : PAIRS_AT_EDGES;
      return [
        [question, ask(pointsOf(name, place))],
        ...(place === 'nodes' || (name === 'pow' && place === 'right')
          ? [[`${question}, at its edges`, ask(edges)] as const]
          : []),
      ];
    }),
  );
  return [...alone, ...graphs(claimed)];
}

const WORDS = {
  nodes: 'of two nodes',
  right: 'with a number on the right',
  left: 'with a number on the left',
  same: 'of a node and itself',
} as const;

function operands(name: Operation, place: (typeof PLACES)[number], x: number, y: number): readonly Operand[] {
  if (OPERATIONS[name].operands === 1) return ['x'];
  return { nodes: ['x', 'y'], right: ['x', y], left: [x, 'y'], same: ['x', 'x'] }[place];
}

function pointsOf(name: Operation, place: (typeof PLACES)[number]): readonly (readonly [number, number])[] {
  const { operands, room, corners } = OPERATIONS[name];
  const atCorners = corners.flatMap(({ examples }) => examples.map(([x = 0, y = 0]) => [x, y] as const));
  if (operands === 1) {
    const ordinary = UNARY.filter((x) => room(x, 0, true).every((each) => each > 0.01));
    return [...ordinary.map((x) => [x, 0] as const), ...atCorners];
  }
  if (place === 'same') return UNARY.map((x) => [x, x] as const).filter(([x]) => name !== 'pow' || x > 0);
  const points = name === 'pow' ? POWERS : PAIRS;
  return points.filter(([x, y]) => room(x, y, place === 'right').every((each) => each > 0.01));
}

/** One operation by itself, and then with something behind it, so that its gradient is not 1. */
function byItself(
  name: Operation,
  place: (typeof PLACES)[number],
  x: number,
  y: number,
  claimed: readonly Operation[],
): Instruction[] {
  const of = operands(name, place, x, y);
  const leaves = [leaf('x', x), leaf('y', y)].filter(({ to }) => of.includes(to));
  const names = [...leaves.map(({ to }) => to), 'z'];
  const made: Instruction[] = [{ do: 'reset' }, ...leaves, { do: name, to: 'z', of }];
  const carrier = (['mul', 'add'] as const).find((each) => claimed.includes(each));
  const behind: Instruction[] =
    carrier === undefined
      ? []
      : [
          ...made,
          leaf('k', 3),
          { do: carrier, to: 'u', of: ['z', carrier === 'mul' ? 'k' : 'z'] },
          ...passed('u', names),
        ];
  return [...made, ...passed('z', names), ...behind];
}

/** Graphs of what the engine claims: shared nodes, several passes, edited leaves, and all operations together. */
function graphs(claimed: readonly Operation[]): Question[] {
  const two = claimed.filter((name) => OPERATIONS[name].operands === 2 && name !== 'pow');
  const [first, second = first] = [...two.filter((name) => name === 'add' || name === 'mul'), ...two];
  if (first === undefined || second === undefined) return [];
  const leaves: Instruction[] = [{ do: 'reset' }, leaf('x', 1.5), leaf('y', -2.5)];
  const shared: Instruction[] = [
    { do: second, to: 'e', of: ['x', 'y'] },
    { do: first, to: 'f', of: ['e', 'x'] },
    { do: second, to: 'g', of: ['f', 'e'] },
    { do: first, to: 'h', of: ['g', 'f'] },
  ];
  const all = ['x', 'y', 'e', 'f', 'g', 'h'];
  const one = [...leaves, ...shared, ...passed('h', all)];
  const other: Instruction[] = [{ do: second, to: 'n', of: ['y', 'x'] }];
  const row = Array.from(
    { length: ROW },
    (_, i): Instruction => ({ do: first, to: 'e', of: i === 0 ? ['y', 'x'] : ['e', 'x'] }),
  );
  const tangled = Array.from(
    { length: TANGLED },
    (_, i): Instruction => ({
      do: i % 3 === 1 ? second : first,
      to: `t${i}`,
      of: [i === 0 ? 'x' : `t${i - 1}`, i < 3 ? 'y' : `t${i % 2 === 0 ? i >> 1 : 0}`],
    }),
  );
  return [
    ['a shared node', one],
    [
      'a graph of many ways',
      [
        ...leaves,
        ...tangled,
        ...passed(`t${TANGLED - 1}`, ['x', 'y', ...tangled.flatMap((each) => ('to' in each ? each.to : []))]),
      ],
    ],
    ['a second pass', [...one, ...passed('h', all)]],
    ['a pass over a new graph', [...one, ...other, ...passed('n', ['x', 'y', 'n'])]],
    ['gradients set to zero', [...one, { do: 'zeroGrad', of: ['x', 'y'] }, ...other, ...passed('n', ['x', 'y', 'n'])]],
    ['an edited leaf', [...one, { do: 'setData', of: 'x', data: 0.75 }, ...shared, ...passed('h', all)]],
    ['a row of operations', [...leaves, ...row, ...passed('e', ['x', 'y', 'e'])]],
    ['all operations together', together(claimed, first)],
  ];
}

/** Every operation in one graph over the same two leaves. */
function together(claimed: readonly Operation[], first: Operation): Instruction[] {
  const made = claimed.flatMap((name): Instruction[] => {
    const of = OPERATIONS[name].operands === 1 ? ['x'] : ['x', name === 'pow' ? 2 : 'y'];
    return [
      { do: name, to: name, of },
      { do: first, to: 'all', of: ['all', name] },
    ];
  });
  return [
    ...[{ do: 'reset' } as const, leaf('x', 1.3), leaf('y', 0.6), leaf('all', 0.4)],
    ...made,
    ...passed('all', ['x', 'y', ...claimed]),
  ];
}

function leaf(to: string, data: number): MakingInstruction & { readonly do: 'leaf' } {
  return { do: 'leaf', to, data };
}

function passed(of: string, names: readonly string[]): Instruction[] {
  return [
    { do: 'backward', of },
    { do: 'read', of: names },
  ];
}
