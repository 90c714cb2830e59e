import fc from 'fast-check';
import { type Claim, claimOf, isOperation, type MakingInstruction, type Operation, UNARY } from '../program';

/** A program whose last name is its output. */
export interface RandomProgram {
  readonly program: readonly MakingInstruction[];
  readonly output: string;
  readonly leaves: readonly string[];
}

/** One step of a recipe: what to do with which of the nodes there are, counted from the latest. */
interface Step {
  readonly operation: Operation;
  readonly x: number;
  readonly y: number;
  /** A number that takes the place of one operand, if `side` says so. */
  readonly number: number;
  readonly side: 'none' | 'left' | 'right';
}

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
/** Values stay within these magnitudes, or at zero. */
const LARGEST = 1e8;
const SMALLEST = 1e-8;
/** How far an operand stays from a kink or a pole. */
const CLEAR = 1e-3;

const simple = [0, 1, -1, 2, -2, 0.5, 3, -3];
const magnitude = fc
  .tuple(fc.constantFrom(1, -1), fc.double({ min: -2, max: 2, noNaN: true }))
  .map(([sign, exponent]) => Number((sign * 10 ** exponent).toPrecision(4)));
const number = fc.oneof({ arbitrary: fc.constantFrom(...simple), weight: 1 }, { arbitrary: magnitude, weight: 3 });

/**
 * Random programs. Nodes are used again, on both sides of one operation too; numbers stand on either side; some leaves
 * are used by nobody. By construction they stay off kinks and poles, and numbers stay in range: where an operation
 * would leave it, an addition or, at the edge, a negation takes its place.
 *
 * @param claims - what the engine offers
 */
export function programs(claims: readonly Claim[]): fc.Arbitrary<RandomProgram> {
  const operations = claims.filter(isOperation);
  const step = fc.record<Step>({
    operation: fc.constantFrom(...operations),
    x: fc.nat(9),
    y: fc.nat(9),
    number,
    side: fc.constantFrom('none', 'none', 'none', 'left', 'right'),
  });
  return fc
    .tuple(fc.array(number, { minLength: 1, maxLength: 6 }), fc.array(step, { minLength: 1, maxLength: 34 }))
    .map(([leaves, steps]) => build(leaves, steps, claims));
}

function build(leaves: readonly number[], steps: readonly Step[], claims: readonly Claim[]): RandomProgram {
  const names = NAMES.slice(0, leaves.length);
  const values = new Map(names.map((name, i) => [name, leaves[i] as number]));
  const program: MakingInstruction[] = names.map((to, i) => ({ do: 'leaf', to, data: leaves[i] as number }));
  for (const [i, step] of steps.entries()) {
    const to = `n${i + 1}`;
    const made = [...values.keys()].reverse();
    const pick = (k: number) => made[k % made.length] as string;
    const instruction = fitting(step, to, pick(step.x), pick(step.y), values, claims);
    program.push(instruction);
    values.set(to, evaluate(instruction, values));
  }
  return { program, output: program.at(-1)?.to as string, leaves: names };
}

/** The step as an instruction, or the first of some harmless ones if it would come too near to an edge. */
function fitting(
  step: Step,
  to: string,
  x: string,
  y: string,
  values: ReadonlyMap<string, number>,
  claims: readonly Claim[],
): MakingInstruction {
  const { operation, number } = step;
  const candidates: MakingInstruction[] = [instructionOf(step, to, x, y)];
  // two nodes seldom make a tame power; a node and a small whole number often do
  if (operation === 'pow') candidates.push({ do: 'pow', to, of: [x, Math.round(number) % 5] });
  for (const harmless of ['add', 'mul', 'sub'] as const) {
    candidates.push({ do: harmless, to, of: [x, y] }, { do: harmless, to, of: [x, 0.5] });
  }
  const claimed = candidates.filter((candidate) => claims.includes(claimOf(candidate) as Claim));
  const [last] = claimed.slice(-1);
  return claimed.find((candidate) => isTame(candidate, values)) ?? (last as MakingInstruction);
}

function instructionOf({ operation, number, side }: Step, to: string, x: string, y: string): MakingInstruction {
  if (isUnary(operation)) return { do: operation, to, of: [x] };
  if (side === 'left') return { do: operation, to, of: [number, y] };
  if (side === 'right') return { do: operation, to, of: [x, number] };
  return { do: operation, to, of: [x, y] };
}

function isTame(instruction: MakingInstruction, values: ReadonlyMap<string, number>): boolean {
  const out = Math.abs(evaluate(instruction, values));
  if (!(out <= LARGEST && (out === 0 || out >= SMALLEST))) return false;
  const [x, y] = operands(instruction, values);
  switch (instruction.do) {
    case 'div':
      return Math.abs(y) >= CLEAR;
    case 'log':
      return x >= CLEAR;
    case 'relu':
      return Math.abs(x) >= CLEAR;
    case 'pow':
      // with a whole number n, xⁿ is smooth everywhere, or away from 0 if n is negative; else x must be positive
      if (typeof instruction.of[1] === 'string' || !Number.isInteger(y)) return x >= CLEAR;
      return y >= 0 || Math.abs(x) >= CLEAR;
    default:
      return true;
  }
}

function evaluate(instruction: MakingInstruction, values: ReadonlyMap<string, number>): number {
  const [x, y] = operands(instruction, values);
  switch (instruction.do) {
    case 'leaf':
      return instruction.data;
    case 'add':
      return x + y;
    case 'sub':
      return x - y;
    case 'mul':
      return x * y;
    case 'div':
      return x / y;
    case 'pow':
      return x ** y;
    case 'neg':
      return -x;
    case 'relu':
      return Math.max(0, x);
    default:
      return Math[instruction.do](x);
  }
}

function operands(instruction: MakingInstruction, values: ReadonlyMap<string, number>): [number, number] {
  if (instruction.do === 'leaf') return [instruction.data, 0];
  const [x, y = 0] = instruction.of.map((operand) =>
    typeof operand === 'string' ? (values.get(operand) as number) : operand,
  );
  return [x as number, y];
}

function isUnary(operation: Operation): operation is (typeof UNARY)[number] {
  return (UNARY as readonly string[]).includes(operation);
}
