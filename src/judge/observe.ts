import { apply, NAMES, OPERATIONS, type Operation } from '../protocol/operations';
import { claimOf, type Engine, type Instruction, type MakingInstruction, type Operand } from '../protocol/program';
import { evaluate, type RandomProgram, Refused } from './alone';
import type { Ground } from './ground';

/*
 * What an engine does with each operation by itself, at operands that were chosen for telling mistakes apart.
 */

/** Where the operands stand: two nodes, a plain number on the right or on the left, or one node on both sides. */
export type Form = 'nodes' | 'right' | 'left' | 'same';

/** What came of one operation at one place. */
export interface Observation {
  readonly operation: Operation;
  readonly form: Form;
  readonly random: RandomProgram;
  readonly x: number;
  readonly y: number;
  /** What is right: the number, and the gradient of each node that is an operand, by its place among the operands. */
  readonly expected: { readonly data: number; readonly grads: readonly (number | undefined)[] };
  /** What came; undefined where the engine does not carry it out. */
  readonly came: { readonly data: number; readonly grads: readonly (number | undefined)[] } | undefined;
  /** What the engine said, if it does not carry it out. */
  readonly refusal?: string;
}

const UNARY = [0.5, 2, -0.5, -2, 1.3, -1.7, 3, 0.1, -0.1, 6, -6, 9, -9, 14, -14];
const PAIRS = [
  [5, 3],
  [3, 5],
  [-2, 4],
  [0.5, 2],
  [-1.5, -0.7],
  [7, -0.3],
  [-0.4, 1.1],
  [1, 6],
  [0, 3],
  [4, 0],
  [900, 30],
  [0.02, -40],
] as const;
const POWERS = [
  [3, 2],
  [2, 3],
  [-2, 3],
  [4, 0.5],
  [2, -1],
  [0.5, 4],
  [-1.5, 2],
  [1.2, 9],
  [1.7, 1],
  [0, 2],
  [0, 1],
  [3, 0],
] as const;

/**
 * Tries each operation by itself.
 *
 * @param engine - the engine under test
 * @param ground - what it offers, and where it is not to be asked
 */
export async function observe(engine: Engine, ground: Ground): Promise<Observation[]> {
  const all: Observation[] = [];
  for (const operation of NAMES.filter((name) => ground.claims.includes(name))) {
    for (const place of placesOf(operation, ground)) all.push(await look(engine, place));
  }
  return all;
}

type Place = Omit<Observation, 'came' | 'refusal'>;

function placesOf(operation: Operation, ground: Ground): Place[] {
  const { operands, room } = OPERATIONS[operation];
  if (operands === 1) {
    return UNARY.filter((x) => room(x, 0, true).every((each) => each > 0.01)).map((x) =>
      place(operation, 'nodes', x, 0),
    );
  }
  const points = operation === 'pow' ? POWERS : PAIRS;
  const forms: readonly Form[] = ['nodes', 'right', 'left', 'same'];
  return forms.flatMap((form) => {
    const places = form === 'same' ? UNARY.map((x) => [x, x] as const) : points;
    return places.flatMap(([x, y]) => {
      const each = place(operation, form, x, y);
      const instruction = each.random.program.at(-1);
      if (instruction === undefined || instruction.do === 'leaf') return [];
      if (!ground.claims.includes(claimOf(operation, instruction.of))) return [];
      if (ground.avoided.some((corner) => corner.operation === operation && corner.isAt(x, y))) return [];
      if (form === 'same' && (operation === 'max' || operation === 'min')) return [];
      return room(x, y, form === 'right').every((distance) => distance > 0.01) ? [each] : [];
    });
  });
}

function place(operation: Operation, form: Form, x: number, y: number): Place {
  const isUnary = OPERATIONS[operation].operands === 1;
  const of: Operand[] = isUnary
    ? ['x']
    : { nodes: ['x', 'y'], right: ['x', y], left: [x, 'y'], same: ['x', 'x'] }[form];
  const leaves: MakingInstruction[] = [
    { do: 'leaf', to: 'x', data: x },
    { do: 'leaf', to: 'y', data: y },
  ];
  const used = leaves.filter(({ to }) => of.includes(to));
  const data = apply(operation, x, y);
  const [dx = 0, dy = 0] = OPERATIONS[operation].slopes(x, y, data);
  const grads =
    form === 'same' && !isUnary ? [dx + dy] : [dx, dy].map((d, k) => (typeof of[k] === 'string' ? d : undefined));
  const random = { program: [...used, { do: operation, to: 'z', of }], output: 'z', leaves: used.map(({ to }) => to) };
  return { operation, form, random, x, y, expected: { data, grads } };
}

async function look(engine: Engine, each: Place): Promise<Observation> {
  try {
    const readings = await evaluate(engine, each.random);
    const names = each.form === 'same' ? ['x'] : ['x', 'y'];
    const grads = names.map((name) => (readings.has(name) ? (readings.get(name)?.grad ?? 0) : undefined));
    return { ...each, came: { data: readings.get('z')?.data ?? Number.NaN, grads } };
  } catch (error) {
    if (error instanceof Refused) return { ...each, came: undefined, refusal: error.message };
    throw error;
  }
}

/**
 * The gradient of x, where the operation's operand x is used once more, in a sum: it is larger by 1 then.
 *
 * @param engine - the engine under test
 * @param observation - a place at which the engine is right
 * @param side - on which side of the sum the result stands: one of the two shares comes first
 * @returns the program; and the gradient that is right and that came
 */
export async function usedAgain(engine: Engine, { random, expected }: Observation, side: 'left' | 'right', k: 0 | 1) {
  const name = k === 0 ? 'x' : 'y';
  const of = side === 'left' ? ['z', name] : [name, 'z'];
  const longer: RandomProgram = {
    program: [...random.program, { do: 'add', to: 'u', of }],
    output: 'u',
    leaves: [name],
  };
  const share = expected.grads[k] ?? 0;
  const came = (await evaluate(engine, longer)).get(name)?.grad ?? 0;
  return { random: longer, name, share, right: share + 1, came };
}

/**
 * The gradient of x, or of y, where the operation's result is used further: its own gradient is not 1 then.
 *
 * @param engine - the engine under test
 * @param observation - a place at which the engine is right
 * @param carrier - an operation that the engine does right: the result is multiplied by k, or added to itself
 * @param k - the factor
 * @returns the program; and the gradients that are right and that came, by place among the operands
 */
export async function chained(engine: Engine, observation: Observation, carrier: 'mul' | 'add', k = 3) {
  const { random, expected, form } = observation;
  const after: Instruction & MakingInstruction =
    carrier === 'mul' ? { do: 'mul', to: 'u', of: ['z', 'k'] } : { do: 'add', to: 'u', of: ['z', 'z'] };
  const leaf: MakingInstruction[] = carrier === 'mul' ? [{ do: 'leaf', to: 'k', data: k }] : [];
  const program = [...leaf, ...random.program, after];
  const longer: RandomProgram = { program, output: 'u', leaves: random.leaves };
  const factor = carrier === 'mul' ? k : 2;
  const names = form === 'same' ? ['x'] : ['x', 'y'];
  const right = expected.grads.map((grad) => (grad === undefined ? undefined : factor * grad));
  try {
    const readings = await evaluate(engine, longer);
    const came = names.map((name) => (readings.has(name) ? (readings.get(name)?.grad ?? 0) : undefined));
    return { random: longer, right, came };
  } catch (error) {
    if (error instanceof Refused) return { random: longer, right, came: undefined, refusal: error.message };
    throw error;
  }
}
