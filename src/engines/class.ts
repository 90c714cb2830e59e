import { EngineFailure, EngineRefusal } from '../errors';
import type { Engine, Instruction, Reading } from '../protocol/program';
import { sayInstruction } from '../protocol/readings';
import { foundOf } from './found';
import { type SomeClass, thrown, Unusable } from './nodes';
import { Shape } from './shape';
import { type Compiled, Slots } from './slots';

/** A program that is repeated. */
interface Kept {
  readonly program: readonly Instruction[];
  readonly compiled: Compiled;
  /** The slots that it fills before it looks into them. */
  readonly filled: readonly number[];
}

/**
 * Reaches an engine that is a class of nodes, as micrograd's `Value` is. What it offers is found by looking: how leaves
 * are made, which operations it has, as methods or as static methods, under which names, on which side they take plain
 * numbers, and how the backward pass is called.
 *
 * A class may say more of itself in a static `description`, with the fields of the protocol's `describe`.
 *
 * @param given - the class
 * @param name - what to call it in reports
 * @throws EngineFailure if it is no such class
 */
export function classEngine(given: unknown, name: string): Engine {
  const shape = new Shape(given as SomeClass, name);
  const slots = new Slots(shape);
  const kept = new Map<string, Kept>();

  function carryOut(program: readonly Instruction[], compiled: Compiled): Reading[] {
    return slots.carryOut(compiled, (at, error) => {
      if (error instanceof EngineFailure) return error;
      const instruction = program[at] as Instruction;
      const did = error instanceof Unusable ? `gave ${error.message}` : `threw ${thrown(error)}`;
      return new EngineRefusal(`${sayInstruction(instruction)}: the engine ${did}${hint(instruction)}`);
    });
  }

  /** What it made the last time is let go of first: memory that is freed soon costs little. */
  function repeat(program: readonly Instruction[], name: string): Reading[] {
    const known = kept.get(name);
    if (known?.program === program) {
      slots.empty(known.filled);
      return carryOut(program, known.compiled);
    }
    const compiled = slots.compile(program);
    const readings = carryOut(program, compiled);
    kept.set(name, { program, compiled, filled: slots.filledBy(program) });
    return readings;
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
      if (program[0]?.do === 'reset') kept.clear();
      return name === undefined ? carryOut(program, slots.compile(program)) : repeat(program, name);
    },
    close() {},
  };
}
