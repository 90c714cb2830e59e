import { EngineFailure, EngineGivenUp, EngineRefusal, NotClaimed, SpecError } from '../errors';
import { write } from '../notebook/notation';
import { allowance, isIllConditioned, type Truth } from '../protocol/bounds';
import {
  type Asked,
  type Engine,
  EPSILON,
  formOf,
  type Instruction,
  type MakingInstruction,
  type Reading,
} from '../protocol/program';
import type { Budget } from './budget';
import { dataTruths, type Truths, type Work } from './reference';
import { inTurn, once } from './turns';

/*
 * One expression, held against the truth by itself.
 */

/** An expression: a program, the node whose gradients are wanted, and the leaves that have them. */
export interface RandomProgram {
  readonly program: readonly MakingInstruction[];
  readonly output: string;
  readonly leaves: readonly string[];
}

/** Where rounding may explain more than this part of a number, or of 1, the number tells nothing. */
const LOOSEST = 0.1;

/**
 * What is to be expected of an engine on a program.
 *
 * @param engine - the engine
 * @param random - the program
 * @param work - how to work it out
 * @returns undefined if the program says nothing about the engine, or it cannot be worked out in this way
 */
export function judge(engine: Engine, { program, output }: RandomProgram, work: Work): Truths | undefined {
  const { precision } = engine.description;
  const found = work(program, output, precision);
  if (found === undefined) return undefined;
  // beyond this, single precision has no numbers
  const most = precision === 'single' ? 1e30 : Number.MAX_VALUE;
  for (const truths of [found.data, found.gradients]) {
    for (const { value, bound } of truths.values()) {
      const size = Math.abs(value);
      if (!(size <= most && bound * EPSILON[precision] <= LOOSEST * Math.max(1, size))) return undefined;
    }
  }
  return isIllConditioned(program, found.data, EPSILON[precision]) ? undefined : found;
}

/**
 * Compares a number with the truth.
 *
 * @param what - what the number is
 * @param came - the number, if there is one
 * @param truth - what it is to be, and how far off it may be
 * @param epsilon - of the engine's precision
 * @returns what is wrong, or undefined if nothing is
 */
export function wrong(what: string, came: number | undefined, truth: Truth, epsilon: number): string | undefined {
  const allowed = allowance(truth, epsilon);
  const { value } = truth;
  if (came !== undefined && (Object.is(came, value) || Math.abs(came - value) <= allowed)) return undefined;
  return [
    `${what} is wrong`,
    `    expected  ${value}`,
    `    came      ${came}   (rounding explains ${allowed.toPrecision(2)})`,
  ].join('\n');
}

/**
 * Compares what an engine says of some nodes with the truth.
 *
 * @param what - their numbers, or their gradients
 * @param names - the nodes
 * @param readings - what the engine says
 * @param truth - what is expected
 * @param epsilon - of the engine's precision
 * @returns what is wrong first, or undefined if nothing is
 */
export function firstWrong(
  what: 'data' | 'grad',
  names: readonly string[],
  readings: ReadonlyMap<string, Reading>,
  truth: ReadonlyMap<string, Truth>,
  epsilon: number,
): string | undefined {
  for (const name of names) {
    const reading = readings.get(name);
    const expected = truth.get(name);
    const came = what === 'data' ? reading?.data : (reading?.grad ?? 0);
    const message = expected && wrong(`${name}.${what}`, came, expected, epsilon);
    if (message !== undefined) return message;
  }
  return undefined;
}

/** The engine does not carry out a program that it should. */
export class Refused extends SpecError {
  /**
   * @param message - what the engine said, or what happened to it
   * @param random - the program
   * @param isGone - whether the engine has ended, or did not answer, rather than said that it cannot
   */
  constructor(
    message: string,
    readonly random: RandomProgram,
    readonly isGone: boolean,
  ) {
    super(message);
    this.name = 'Refused';
  }
}

/**
 * Runs a program from the beginning, and the backward pass from its output.
 *
 * @param engine - the engine under test
 * @param random - the program
 * @param extra - instructions after the backward pass
 * @returns what the engine says of each name
 * @throws Refused if the engine does not carry it out
 */
export async function evaluate(
  engine: Engine,
  random: RandomProgram,
  extra: readonly Instruction[] = [],
): Promise<Map<string, Reading>> {
  const { program, output } = random;
  const names = [...new Set(program.map(({ to }) => to))];
  const first: readonly Instruction[] = [{ do: 'reset' }, ...program, { do: 'backward', of: output }];
  const readings = await execute(engine, [...first, ...extra, { do: 'read', of: names }], random);
  const answers = new Map<string, Reading>();
  for (const [i, name] of names.entries()) if (readings[i] !== undefined) answers.set(name, readings[i]);
  return answers;
}

/**
 * Has an engine carry out instructions.
 *
 * @param engine - the engine under test
 * @param instructions - what to do
 * @param random - the program that they belong to, for messages
 * @throws Refused if the engine does not carry them out
 */
export async function execute(
  engine: Engine,
  instructions: readonly Instruction[],
  random: RandomProgram,
): Promise<readonly Reading[]> {
  try {
    return await engine.execute(instructions);
  } catch (error) {
    const isAnswer = error instanceof EngineFailure && !(error instanceof EngineGivenUp);
    if (error instanceof NotClaimed || !isAnswer) throw error;
    throw new Refused(error.message, random, !(error instanceof EngineRefusal));
  }
}

/**
 * What is wrong with an engine on one program: with its numbers, or with its gradients.
 *
 * @param engine - the engine under test
 * @param random - the program
 * @returns undefined if nothing is, or the program says nothing about the engine
 */
export async function wrongAlone(engine: Engine, random: RandomProgram): Promise<string | undefined> {
  const { program, leaves } = random;
  const epsilon = EPSILON[engine.description.precision];
  const ask = once(() => evaluate(engine, random));
  try {
    const found = await inTurn(async ({ truths }) => {
      const expected = judge(engine, random, truths);
      if (expected === undefined) return { message: undefined };
      const readings = await ask();
      const made = program.map(({ to }) => to);
      const message =
        firstWrong('data', made, readings, expected.data, epsilon) ??
        firstWrong('grad', leaves, readings, expected.gradients, epsilon);
      return message === undefined ? undefined : { message };
    });
    return found?.message;
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
}

/**
 * Whether an engine is right on one program.
 *
 * @param engine - the engine under test
 * @param random - the program
 */
export async function isAlone(engine: Engine, random: RandomProgram): Promise<boolean> {
  return (await wrongAlone(engine, random)) === undefined;
}

/**
 * The smallest program that an engine gets wrong, of which no line can be left out.
 *
 * @param engine - the engine under test
 * @param random - a program that it gets wrong
 * @param budget - what may be spent on it; when it is spent, a smaller one may be left
 */
export async function smallest(engine: Engine, random: RandomProgram, budget: Budget): Promise<RandomProgram> {
  for (const smaller of smallerThan(random)) {
    if (!budget.take()) break;
    if ((await wrongAlone(engine, smaller)) !== undefined) return smallest(engine, smaller, budget);
  }
  return random;
}

/** Programs with less in them: another output, a line less, or a leaf in the place of a node. */
function* smallerThan(random: RandomProgram): Generator<RandomProgram> {
  const { program, output, leaves } = random;
  const pruned = prune(random);
  if (pruned.program.length < program.length) yield pruned;
  for (const { to, do: operation } of program) {
    if (operation !== 'leaf' && to !== output) yield prune({ program, output: to, leaves });
  }
  const values = dataTruths(program);
  for (const [i, instruction] of program.entries()) {
    if (instruction.do === 'leaf' || instruction.to === output) continue;
    const leaf: MakingInstruction = { do: 'leaf', to: instruction.to, data: values.get(instruction.to)?.value ?? 0 };
    const others = program.filter((_, k) => k !== i);
    yield prune({ program: [leaf, ...others], output, leaves: [...leaves, instruction.to] });
  }
}

/**
 * A program without what its output was not made from.
 *
 * @param random - the program
 * @param others - further nodes to keep, and what they were made from
 */
export function prune({ program, output, leaves }: RandomProgram, others: readonly string[] = []): RandomProgram {
  const needed = new Set([output, ...others]);
  for (const instruction of [...program].reverse()) {
    if (instruction.do === 'leaf' || !needed.has(instruction.to)) continue;
    for (const operand of instruction.of) if (typeof operand === 'string') needed.add(operand);
  }
  return {
    program: program.filter(({ to }) => needed.has(to)),
    output,
    leaves: leaves.filter((leaf) => needed.has(leaf)),
  };
}

/**
 * A program in the notation of the notes, one line for each instruction, and its backward pass.
 *
 * @param random - the program
 */
export function lines({ program, output }: RandomProgram): string[] {
  return [...program.map(line), `${output}.backward()`];
}

/**
 * An instruction in the notation of the notes.
 *
 * @param instruction - it makes a node
 */
export function line(instruction: MakingInstruction): string {
  if (instruction.do === 'leaf') return `${instruction.to} = Value(${instruction.data})`;
  const operands = instruction.of.map((operand) =>
    typeof operand === 'string'
      ? ({ kind: 'name', name: operand, at: 0 } as const)
      : ({ kind: 'number', value: operand, at: 0 } as const),
  );
  return `${instruction.to} = ${write({ kind: 'operation', operation: instruction.do, operands, at: 0 })}`;
}

/**
 * What a law has asked, by the programs that broke it.
 *
 * @param programs - the programs
 * @param runs - how many backward passes there were
 */
export function askedIn(programs: readonly RandomProgram[], runs = 1): Asked {
  const forms = new Set<string>();
  const used = new Set<string>();
  let isShared = false;
  for (const { program } of programs) {
    used.clear();
    for (const instruction of program) {
      if (instruction.do === 'leaf') continue;
      forms.add(`${instruction.do} ${formOf(instruction.of)}`);
      for (const operand of instruction.of) {
        if (typeof operand !== 'string') continue;
        if (used.has(operand)) isShared = true;
        used.add(operand);
      }
    }
  }
  return { forms, isShared, passes: runs };
}
