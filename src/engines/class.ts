import { EngineFailure, EngineRefusal, NotClaimed } from '../errors';
import type { Engine, Instruction, Reading } from '../protocol/program';
import { sayInstruction } from '../protocol/readings';
import { Shape, type SomeClass, type SomeNode, thrown } from './shape';

/**
 * Calls a function, and throws an EngineFailure if it does not return in time.
 *
 * @param run - the function
 * @param current - what is being carried out, for the message
 */
export type Watch = <T>(run: () => T, current: () => Instruction | undefined) => T;

/** So many programs are watched in any case; after that, only walks over graphs that are not small. */
const WATCHED = 500;
/** A graph of so many operations has few enough ways through it for an engine that walks every one. */
const SMALL = 25;

/**
 * Reaches an engine that is a class of nodes, as micrograd's `Value` is. What it offers is found by looking: which
 * operations it has, as methods or as static methods, under which names, and whether they take plain numbers.
 *
 * A class may say more of itself in a static `description`, with the fields of the protocol's `describe`.
 *
 * @param given - the class
 * @param name - what to call it in reports
 * @param watch - calls what an engine might never return from; without it, an engine may take as long as it likes
 * @throws EngineFailure if it is no such class
 */
export function classEngine(given: unknown, name: string, watch?: Watch): Engine {
  /** What is being carried out. */
  let current: Instruction | undefined;
  const shape = watched(() => new Shape(given as SomeClass, name));
  const nodes = new Map<string, SomeNode>();
  let made = 0;
  let programs = 0;

  function watched<T>(run: () => T): T {
    return watch === undefined ? run() : watch(run, () => current);
  }

  function node(of: string): SomeNode {
    const found = nodes.get(of);
    if (found === undefined) throw new Error(`unknown node '${of}'`);
    return found;
  }

  function carryOut(instruction: Instruction, readings: Reading[]): void {
    switch (instruction.do) {
      case 'reset':
        nodes.clear();
        made = 0;
        return;
      case 'leaf':
        nodes.set(instruction.to, shape.leaf(instruction.data));
        return;
      case 'backward':
        shape.backward(node(instruction.of));
        return;
      case 'setData':
        shape.set(node(instruction.of), shape.data, instruction.data);
        return;
      case 'zeroGrad':
        for (const of of instruction.of) shape.set(node(of), shape.grad, 0);
        return;
      case 'read':
        for (const of of instruction.of) readings.push(shape.read(node(of), of));
        return;
      default: {
        const [x = Number.NaN, y] = instruction.of;
        // A class has no method for a number on the left: such a number becomes a leaf.
        const left = typeof x === 'number' ? shape.leaf(x) : node(x);
        const right = typeof y === 'string' ? node(y) : y;
        nodes.set(instruction.to, shape.apply(instruction.do, left, right));
        made += 1;
      }
    }
  }

  function carryOutAll(program: readonly Instruction[]): Reading[] {
    const readings: Reading[] = [];
    for (const instruction of program) {
      current = instruction;
      try {
        carryOut(instruction, readings);
      } catch (error) {
        if (error instanceof EngineFailure || error instanceof NotClaimed) throw error;
        const what = sayInstruction(instruction);
        const hint = shape.refusesNumbers(instruction)
          ? '\n    this operation refuses plain numbers, which others of the engine take'
          : '';
        throw new EngineRefusal(`${what}: the engine threw ${thrown(error)}${hint}`);
      }
    }
    return readings;
  }

  return {
    description: shape.description,
    execute(program) {
      programs += 1;
      // Watching takes longer than a small program does.
      const isWatched = programs <= WATCHED || (made > SMALL && program.some((each) => each.do === 'backward'));
      return isWatched ? watched(() => carryOutAll(program)) : carryOutAll(program);
    },
    close() {},
  };
}
