import { EngineFailure, EngineRefusal } from '../errors';
import type { Engine, Instruction, Reading } from '../protocol/program';
import { sayInstruction } from '../protocol/readings';
import { foundOf } from './found';
import { type SomeClass, thrown, Unusable } from './nodes';
import { Shape } from './shape';
import { type Compiled, Slots } from './slots';
import type { Beside } from './ways';

/** A program, ready to be carried out. */
export interface Told {
  readonly program: readonly Instruction[];
  readonly compiled: Compiled;
  /** If it was told before: the slots that it fills before it looks into them. */
  readonly filled: readonly number[];
}

/** What else there is to a class. */
export interface ClassOptions {
  readonly beside?: Beside;
  readonly shortcut?: (slots: Slots, carryOut: (told: Told) => readonly Reading[]) => Shortcut;
}

/** Answers programs of an engine, which need not all be carried out for that. */
export interface Shortcut {
  /** Forgets what it was told. */
  clear(): void;
  /** Answers a program, which was told before or not. */
  answer(told: Told, isRepeated: boolean): readonly Reading[];
}

/**
 * Reaches an engine that is a class of nodes, as micrograd's `Value` is. What it offers is found by looking: how leaves
 * are made, which operations it has, as methods, as static methods, or as functions beside it, under which names, on which
 * side they take plain numbers, and how the backward pass is called.
 *
 * A class may say more of itself in a static `description`, with the fields of the protocol's `describe`.
 *
 * @param given - the class
 * @param name - what to call it in reports
 * @param options - what stands beside the class, by name; and how programs are answered, if not by carrying out each
 * @throws EngineFailure if it is no such class
 */
export function classEngine(given: unknown, name: string, { beside, shortcut }: ClassOptions = {}): Engine {
  const shape = new Shape(given as SomeClass, name, beside);
  const slots = new Slots(shape);
  const kept = new Map<string, Told>();
  const answers = shortcut?.(slots, carryOut);

  function carryOut({ program, compiled, filled }: Told): Reading[] {
    slots.empty(filled); // memory that is freed soon costs little
    return slots.carryOut(compiled, (at, error) => {
      if (error instanceof EngineFailure) return error;
      const instruction = program[at] as Instruction;
      const did = error instanceof Unusable ? `gave ${error.message}` : `threw ${thrown(error)}`;
      return new EngineRefusal(`${sayInstruction(instruction)}: the engine ${did}${hint(instruction)}`);
    });
  }

  function hint(instruction: Instruction): string {
    if (!('to' in instruction) || instruction.do === 'leaf' || !shape.refuses(instruction.do, instruction.of))
      return '';
    return '\n    this operation refuses plain numbers, which others of the engine take';
  }

  return {
    description: shape.description,
    found: foundOf(shape),
    execute: (program, name) => {
      if (program[0]?.do === 'reset') {
        kept.clear();
        answers?.clear();
      }
      const known = name === undefined ? undefined : kept.get(name);
      if (known?.program === program) return answers === undefined ? carryOut(known) : answers.answer(known, true);
      const told: Told = { program, compiled: slots.compile(program), filled: [] };
      const readings = answers === undefined ? carryOut(told) : answers.answer(told, false);
      if (name !== undefined) kept.set(name, { ...told, filled: slots.filledBy(program) });
      return readings;
    },
    close() {},
  };
}
