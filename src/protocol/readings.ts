import { EngineFailure, quote } from '../errors';
import type { Instruction, Reading } from './program';

/*
 * Programs and readings as they travel. JSON has no NaN, no infinities and no negative zero: these go as text.
 */

const SPECIAL = new Map<unknown, number>([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['-0', -0],
]);

/**
 * Writes a program, or what else travels, as JSON.
 *
 * @param x - plain data
 */
export function encode(x: unknown): string {
  if (!hasSpecial(x)) return JSON.stringify(x); // which takes a fifth of the time
  return JSON.stringify(x, (_, value) => {
    if (typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0))) return value;
    return Object.is(value, -0) ? '-0' : String(value);
  });
}

/**
 * Whether there is a number in something that JSON has not.
 *
 * @param x - plain data
 */
export function hasSpecial(x: unknown): boolean {
  if (typeof x === 'number') return !Number.isFinite(x) || Object.is(x, -0);
  if (typeof x !== 'object' || x === null) return false;
  for (const key in x) if (hasSpecial((x as Record<string, unknown>)[key])) return true;
  return false;
}

/**
 * The names of which a program asks for readings, in order.
 *
 * @param program - the instructions
 */
export function namesRead(program: readonly Instruction[]): string[] {
  return program.flatMap((instruction) => (instruction.do === 'read' ? instruction.of : []));
}

/**
 * Checks what an engine answers to a program.
 *
 * @param said - its readings
 * @param names - what was asked for, see {@link namesRead}
 * @throws EngineFailure, which names the node, if there are too few or too many, or one is not a number
 */
export function decodeReadings(said: unknown, names: readonly string[]): Reading[] {
  if (!Array.isArray(said)) throw new EngineFailure(`expected a list of readings, and got ${quote(said)}`);
  if (said.length !== names.length) {
    throw new EngineFailure(`expected ${names.length} readings, one for each name, and got ${said.length}`);
  }
  return said.map((reading: unknown, i) => {
    if (typeof reading !== 'object' || reading === null) {
      throw new EngineFailure(`reading of ${names[i]}: expected {"data": …, "grad": …}, and got ${quote(reading)}`);
    }
    const { data, grad } = reading as Record<string, unknown>;
    return {
      data: decodeNumber(data, `${names[i]}.data`),
      grad: grad === null || grad === undefined ? null : decodeNumber(grad, `${names[i]}.grad`),
    };
  });
}

function decodeNumber(said: unknown, what: string): number {
  if (typeof said === 'number') return said;
  const special = SPECIAL.get(said);
  if (special !== undefined) return special;
  throw new EngineFailure(
    `${what}: expected a number, or "NaN", "Infinity", "-Infinity" or "-0", and got ${quote(said)}`,
  );
}

/**
 * Says an instruction in words, for messages: `mul of a and b, to e`.
 *
 * @param instruction - the instruction
 */
export function sayInstruction(instruction: Instruction | undefined): string {
  if (instruction === undefined) return 'no instruction of the program';
  const of = 'of' in instruction ? [instruction.of].flat() : [];
  const what = [instruction.do, ...(of.length > 0 ? ['of', of.slice(0, 5).join(' and ')] : [])];
  return [...what, ...('to' in instruction ? [`to ${instruction.to}`] : [])].join(' ');
}
