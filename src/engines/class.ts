import { EngineFailure, EngineRefusal } from '../errors';
import type { Engine, Instruction, Reading } from '../protocol/program';
import { sayInstruction } from '../protocol/readings';
import { foundOf } from './found';
import { type SomeClass, type SomeNode, thrown, Unusable } from './nodes';
import { Shape } from './shape';

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
  const nodes = new Map<string, SomeNode>();

  function node(of: string): SomeNode {
    const found = nodes.get(of);
    if (found === undefined) throw new Error(`unknown node '${of}'`);
    return found;
  }

  function carryOut(instruction: Instruction, readings: Reading[]): void {
    switch (instruction.do) {
      case 'reset':
        nodes.clear();
        return;
      case 'leaf':
        nodes.set(instruction.to, shape.leaf(instruction.data));
        return;
      case 'backward':
        shape.backward(node(instruction.of));
        return;
      case 'setData':
        // What is still to be computed is computed from what the node holds now.
        if (shape.isLazy) for (const [name, each] of nodes) shape.read(each, name);
        shape.setData(node(instruction.of), instruction.of, instruction.data);
        return;
      case 'zeroGrad':
        for (const of of instruction.of) shape.zeroGrad(node(of), of);
        return;
      case 'read':
        for (const of of instruction.of) readings.push(shape.read(node(of), of));
        return;
      default: {
        const [x = Number.NaN, y] = instruction.of;
        const left = typeof x === 'string' ? node(x) : x;
        const right = typeof y === 'string' ? node(y) : y;
        nodes.set(instruction.to, shape.apply(instruction.do, left, right));
      }
    }
  }

  function carryOutAll(program: readonly Instruction[]): Reading[] {
    const readings: Reading[] = [];
    for (const instruction of program) {
      try {
        carryOut(instruction, readings);
      } catch (error) {
        if (error instanceof EngineFailure) throw error;
        const did = error instanceof Unusable ? `gave ${error.message}` : `threw ${thrown(error)}`;
        throw new EngineRefusal(`${sayInstruction(instruction)}: the engine ${did}${hint(instruction)}`);
      }
    }
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
    execute: carryOutAll,
    close() {},
  };
}
