import fc from 'fast-check';
import { apply, isOperation, OPERATIONS, type Operation } from '../protocol/operations';
import { claimOf, type MakingInstruction, type Operand } from '../protocol/program';
import type { RandomProgram } from './alone';
import type { Ground } from './ground';

/** One step of a recipe: what to do with which of the nodes there are, counted from the latest. */
export interface Step {
  readonly operation: Operation;
  readonly x: number;
  readonly y: number;
  /** A number that takes the place of one operand, if `side` says so. */
  readonly number: number;
  /** The same for the exponent of a power. */
  readonly exponent: number;
  readonly side: 'none' | 'left' | 'right';
}

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
/** Values stay within these magnitudes, or at zero. */
const LARGEST = 1e8;
const SMALLEST = 1e-8;
/** How far an operand stays from a kink or a pole. */
const CLEAR = 1e-3;

/** How many instructions a program has at most, and how many of them make leaves. */
const MOST = 40;
const MOST_LEAVES = 6;

const signed = (exponents: fc.Arbitrary<number>) =>
  fc.tuple(fc.constantFrom(1, -1), exponents).map(([sign, exponent]) => Number((sign * 10 ** exponent).toPrecision(4)));
const magnitude = (range: number) => signed(fc.double({ min: -range, max: range, noNaN: true }));

/**
 * Numbers for leaves and operands: simple ones and ordinary ones; 0, which hides mistakes in powers; now and then one so
 * far out that a bend is flat there, on either side; and some that are very large or very small.
 */
export const number = fc.oneof(
  { arbitrary: fc.constantFrom(1, -1, 2, -2, 0.5, 3, -3), weight: 6 },
  { arbitrary: magnitude(2), weight: 14 },
  { arbitrary: fc.constant(0), weight: 3 },
  { arbitrary: signed(fc.double({ min: 1.3, max: 3, noNaN: true })), weight: 3 },
  { arbitrary: magnitude(8), weight: 2 },
);

/** The exponents that powers are really given; others seldom stay in range. */
const exponent = fc.constantFrom(2, 3, 1, 0, -1, -2, 0.5, 4, 1.5, -0.5);

/** What a program looks like from afar: any graph, one long chain, or one wide sum over everything. */
export type Shape = 'any' | 'chain' | 'sum';

/** A program before it is known what its leaves hold. */
export interface Recipe {
  readonly steps: readonly Step[];
  readonly shape: Shape;
  /** Whether the output is a node that others are made from. */
  readonly isUsedAgain: boolean;
}

/**
 * Random recipes. Nodes are used again, on both sides of one operation too; numbers stand on either side; some leaves
 * are used by nobody.
 *
 * @param ground - what to make them of
 */
export function recipes({ claims }: Ground): fc.Arbitrary<Recipe> {
  const step = fc.record<Step>({
    operation: fc.constantFrom(...claims.filter(isOperation)),
    x: fc.nat(9),
    y: fc.nat(9),
    number,
    exponent,
    side: fc.constantFrom('none', 'none', 'none', 'left', 'right'),
  });
  const shape = fc.constantFrom<Shape>('any', 'any', 'any', 'chain', 'sum');
  const steps = fc.array(step, { minLength: 1, maxLength: MOST - 2 * MOST_LEAVES });
  return fc.record({ steps, shape, isUsedAgain: fc.constantFrom(false, false, false, true) });
}

/** What leaves hold. Some hold the same: two nodes are two, however equal they are. */
const leaves = fc
  .array(fc.oneof({ arbitrary: number, weight: 7 }, { arbitrary: fc.constant(undefined), weight: 1 }), {
    minLength: 1,
    maxLength: MOST_LEAVES,
  })
  .map((some) => some.map((one, i) => one ?? some[i - 1] ?? 1));

/**
 * Random programs.
 *
 * @param ground - what to make them of
 */
export function programs(ground: Ground): fc.Arbitrary<RandomProgram> {
  return fc.tuple(leaves, recipes(ground)).map(([numbers, recipe]) => build(numbers, recipe, ground));
}

/**
 * Makes a program from a recipe. By construction it stays off kinks and poles, and its numbers stay in range: where an
 * operation would leave it, a harmless one takes its place.
 *
 * @param leaves - what the leaves hold
 * @param recipe - what to do with them
 * @param ground - what to make them of
 */
export function build(leaves: readonly number[], { steps, shape, isUsedAgain }: Recipe, ground: Ground): RandomProgram {
  const names = NAMES.slice(0, leaves.length);
  const values = new Map(names.map((name, i) => [name, leaves[i] as number]));
  const program: MakingInstruction[] = names.map((to, i) => ({ do: 'leaf', to, data: leaves[i] as number }));
  const push = (step: Step, x: string, y: string) => {
    const instruction = fitting(step, `n${program.length - names.length + 1}`, x, y, values, ground);
    program.push(instruction);
    values.set(instruction.to, evaluate(instruction, values));
  };
  const pick = (k: number) => program[program.length - 1 - (k % program.length)]?.to as string;
  for (const step of steps) push(step, shape === 'chain' ? pick(0) : pick(step.x), pick(step.y));
  if (shape === 'sum' && ground.claims.includes('add')) {
    const add: Step = { operation: 'add', x: 0, y: 0, number: 0, exponent: 1, side: 'none' };
    for (const name of [...values.keys()].slice(0, 2 * MOST_LEAVES)) {
      if (program.length < MOST) push(add, program.at(-1)?.to as string, name);
    }
  }
  const made = program.slice(names.length).map(({ to }) => to);
  // the last but one is often, but not always, used by the last
  const output = (isUsedAgain ? made.at(-2) : undefined) ?? made.at(-1) ?? names[0] ?? '';
  return { program, output, leaves: names };
}

/**
 * The same instructions with other names.
 *
 * @param program - the instructions
 * @param name - gives a name's other name
 */
export function renamed(program: readonly MakingInstruction[], name: (old: string) => string): MakingInstruction[] {
  return program.map((instruction) => {
    const to = name(instruction.to);
    if (instruction.do === 'leaf') return { ...instruction, to };
    return { ...instruction, to, of: instruction.of.map((x) => (typeof x === 'string' ? name(x) : x)) };
  });
}

/**
 * The same program with names bound again, as soon as nobody asks for the node that had one before.
 *
 * @param random - a program in which each name is bound once
 * @returns the program, its output under its new name, and its leaves under their own
 */
export function rebound({ program, output, leaves }: RandomProgram): RandomProgram {
  const lastUse = new Map<string, number>();
  for (const [i, instruction] of program.entries()) {
    if (instruction.do === 'leaf') continue;
    for (const operand of instruction.of) if (typeof operand === 'string') lastUse.set(operand, i);
  }
  lastUse.set(output, program.length); // the backward pass asks for it
  const renamed = new Map(leaves.map((name) => [name, name]));
  const free: string[] = [];
  const again = program.map((instruction, i): MakingInstruction => {
    if (instruction.do === 'leaf') return instruction;
    const of = instruction.of.map((operand) =>
      typeof operand === 'string' ? (renamed.get(operand) as string) : operand,
    );
    for (const operand of new Set(instruction.of)) {
      const isOver = typeof operand === 'string' && !leaves.includes(operand) && lastUse.get(operand) === i;
      if (isOver) free.push(renamed.get(operand) as string);
    }
    const to = free.pop() ?? `r${i}`;
    renamed.set(instruction.to, to);
    return { ...instruction, to, of };
  });
  return { program: again, output: renamed.get(output) as string, leaves };
}

const SIZES = [0.002, 0.03, 0.2, 0.5, 0.8, 1, 1.5, 2, 3, 4.5, 6, 8, 12, 15, 20, 30, 45, 70, 200, 1e4, 3e6, 1e7];
const OPERANDS = [...SIZES.map((size) => -size), 0, ...SIZES];
const FIRSTS = [-1e4, -30, -4, -1.5, -0.5, -0.03, 0, 0.03, 0.5, 1.5, 4, 30, 1e4];
const SECONDS = [-30, -1.5, -1, -0.005, 0, 0.005, 0.3, 1, 4];
const EXPONENTS = [
  -4,
  -3,
  -2.5,
  -2,
  -1.5,
  -1,
  -0.5,
  -0.25,
  0,
  0.1,
  0.25,
  1 / 3,
  0.5,
  0.7,
  1,
  1.5,
  2,
  2.25,
  2.5,
  3,
  3.5,
  4,
  5,
  6,
  7,
  8,
  9,
  10,
  12,
];

/**
 * Each operation by itself, at operands of all sizes and signs, off kinks, poles, and the corners that an engine does not
 * hold; with nodes, with a plain number on either side, and with one node on both sides.
 *
 * @param ground - what to make them of
 */
export function single(ground: Ground): readonly RandomProgram[] {
  const programs = known.get(ground) ?? allSingle(ground);
  known.set(ground, programs);
  return programs;
}

const known = new WeakMap<Ground, readonly RandomProgram[]>();

function allSingle(ground: Ground): RandomProgram[] {
  const operations = ground.claims.filter(isOperation);
  return operations.flatMap((operation) => {
    if (OPERATIONS[operation].operands === 1) return OPERANDS.flatMap((x) => alone(operation, x, undefined, ground));
    const seconds = operation === 'pow' ? EXPONENTS : SECONDS;
    return FIRSTS.flatMap((x) => [undefined, ...seconds].flatMap((y) => alone(operation, x, y, ground)));
  });
}

/** One operation on x and y, with nodes and with numbers; or on x alone, as both operands if it takes two. */
function alone(operation: Operation, x: number, y: number | undefined, ground: Ground): RandomProgram[] {
  const leaves: MakingInstruction[] = [
    { do: 'leaf', to: 'x', data: x },
    { do: 'leaf', to: 'y', data: y ?? x },
  ];
  const values = new Map([
    ['x', x],
    ['y', y ?? x],
  ]);
  const isUnary = OPERATIONS[operation].operands === 1;
  const forms: Operand[][] = isUnary
    ? [['x']]
    : y === undefined
      ? [['x', 'x']]
      : [
          ['x', 'y'],
          ['x', y],
          [y, 'x'],
        ];
  return forms.flatMap((of): RandomProgram[] => {
    const instruction = { do: operation, to: 'z', of } as const;
    if (!ground.claims.includes(claimOf(operation, of)) || !isTame(instruction, values, ground)) return [];
    const used = leaves.filter(({ to }) => of.includes(to));
    return [{ program: [...used, instruction], output: 'z', leaves: used.map(({ to }) => to) }];
  });
}

/** The step as an instruction, or the first of some harmless ones if it would come too near to an edge. */
function fitting(
  step: Step,
  to: string,
  x: string,
  y: string,
  values: ReadonlyMap<string, number>,
  ground: Ground,
): MakingInstruction {
  let last: MakingInstruction | undefined;
  for (const candidate of candidates(step, to, x, y)) {
    if (!ground.claims.includes(claimOf(candidate.do, candidate.of))) continue;
    if (isTame(candidate, values, ground)) return candidate;
    last = candidate;
  }
  return last as MakingInstruction;
}

/** An instruction that applies an operation. */
type Applied = Exclude<MakingInstruction, { do: 'leaf' }>;

function* candidates(step: Step, to: string, x: string, y: string): Generator<Applied> {
  yield instructionOf(step, to, x, y);
  // two nodes seldom make a tame power; a node and a small number often do
  if (step.operation === 'pow') yield { do: 'pow', to, of: [x, step.exponent] };
  for (const harmless of ['add', 'mul', 'sub'] as const) {
    yield { do: harmless, to, of: [x, y] };
    yield { do: harmless, to, of: [x, 0.5] };
  }
}

function instructionOf({ operation, number, exponent, side }: Step, to: string, x: string, y: string): Applied {
  if (OPERATIONS[operation].operands === 1) return { do: operation, to, of: [x] };
  if (side === 'left') return { do: operation, to, of: [number, y] };
  if (side === 'right') return { do: operation, to, of: [x, operation === 'pow' ? exponent : number] };
  return { do: operation, to, of: [x, y] };
}

/** Whether an instruction stays off kinks and poles, and its result in range. */
function isTame(instruction: MakingInstruction, values: ReadonlyMap<string, number>, { avoided }: Ground): boolean {
  const out = Math.abs(evaluate(instruction, values));
  if (!(out <= LARGEST && (out === 0 || out >= SMALLEST))) return false;
  if (instruction.do === 'leaf') return true;
  const [x, y] = operands(instruction.of, values);
  if (avoided.some(({ operation, isAt }) => operation === instruction.do && isAt(x, y))) return false;
  const room = OPERATIONS[instruction.do].room(x, y, typeof instruction.of[1] === 'number');
  return room.every((distance) => distance >= CLEAR);
}

function evaluate(instruction: MakingInstruction, values: ReadonlyMap<string, number>): number {
  return instruction.do === 'leaf' ? instruction.data : apply(instruction.do, ...operands(instruction.of, values));
}

function operands([x = Number.NaN, y = 0]: readonly Operand[], values: ReadonlyMap<string, number>): [number, number] {
  return [operand(x, Number.NaN, values), operand(y, 0, values)];
}

function operand(given: Operand, otherwise: number, values: ReadonlyMap<string, number>): number {
  return typeof given === 'number' ? given : (values.get(given) ?? otherwise);
}
