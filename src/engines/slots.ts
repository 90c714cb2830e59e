import type { Instruction, Operand, Reading } from '../protocol/program';
import { asNode, type SomeNode } from './nodes';
import type { Shape } from './shape';

/** Carries out an instruction, given its operands, and gives what it has made. */
type Call = (x: SomeNode | number, y: SomeNode | number | undefined, readings: Reading[]) => unknown;

/** A program, turned into slots and calls: each list has an entry for each instruction. */
export interface Compiled {
  readonly calls: Call[];
  /** Where the operands are: in a slot or, below 0, among the numbers. */
  readonly left: number[];
  readonly right: number[];
  /** The slot of what is made. */
  readonly to: number[];
  /** The first stands for an operand that an instruction has not. */
  readonly numbers: (number | undefined)[];
}

/** Of what makes nothing. */
export const NO_SLOT = 0;

/**
 * The nodes of an engine. Each name has a slot, and a slot holds a node. A program is turned into slots and calls before it
 * is carried out, so that one that is repeated looks no name up.
 */
export class Slots {
  private readonly slots = new Map<string, number>();
  /** What each slot holds; the first holds nothing. */
  readonly nodes: (SomeNode | undefined)[] = [undefined];

  /** @param shape - how the engine is reached */
  constructor(private readonly shape: Shape) {}

  /**
   * Turns a program into slots and calls.
   *
   * @param program - the instructions
   */
  compile(program: readonly Instruction[]): Compiled {
    const compiled: Compiled = { calls: [], left: [], right: [], to: [], numbers: [undefined] };
    for (const instruction of program) {
      const [x, y] = 'to' in instruction && instruction.do !== 'leaf' ? instruction.of : [];
      compiled.calls.push(this.callOf(instruction));
      compiled.left.push(this.placeOf(x, compiled));
      compiled.right.push(this.placeOf(y, compiled));
      compiled.to.push('to' in instruction ? this.slot(instruction.to) : NO_SLOT);
    }
    return compiled;
  }

  /**
   * Carries a program out.
   *
   * @param compiled - the program
   * @param failed - what to throw if an instruction throws, given its place
   * @returns the readings that it asks for
   */
  carryOut({ calls, left, right, to, numbers }: Compiled, failed: (at: number, error: unknown) => Error): Reading[] {
    const { nodes } = this;
    const readings: Reading[] = [];
    let at = 0;
    try {
      for (; at < calls.length; at++) {
        const [a, b] = [left[at] as number, right[at] as number];
        const x = a < 0 ? (numbers[~a] as number) : (nodes[a] ?? this.node(a));
        const y = b < 0 ? numbers[~b] : (nodes[b] ?? this.node(b));
        const slot = to[at] as number;
        const made = (calls[at] as Call)(x, y, readings);
        if (slot !== NO_SLOT) nodes[slot] = asNode(made);
      }
    } catch (error) {
      throw failed(at, error);
    }
    return readings;
  }

  /**
   * The slots of the names that a program gives before it uses them: it does not need what is there.
   *
   * @param program - the instructions
   */
  filledBy(program: readonly Instruction[]): number[] {
    const used = new Set<Operand>();
    const given = new Set<Operand>();
    for (const instruction of program) {
      if ('of' in instruction) for (const each of [instruction.of].flat()) if (!given.has(each)) used.add(each);
      if ('to' in instruction && !used.has(instruction.to)) given.add(instruction.to);
    }
    return [...given].map((name) => this.slot(String(name)));
  }

  /**
   * Lets go of the nodes in some slots.
   *
   * @param slots - the slots
   */
  empty(slots: readonly number[]): void {
    for (const slot of slots) this.nodes[slot] = undefined;
  }

  private callOf(instruction: Instruction): Call {
    const { shape, nodes } = this;
    switch (instruction.do) {
      case 'reset':
        return () => nodes.fill(undefined);
      case 'leaf':
        return () => shape.leaf(instruction.data);
      case 'backward': {
        const slot = this.slot(instruction.of);
        return () => shape.backward(this.node(slot));
      }
      case 'setData': {
        const { of, data } = instruction;
        const slot = this.slot(of);
        return () => {
          if (shape.isLazy) this.settle();
          shape.setData(this.node(slot), of, data);
        };
      }
      case 'zeroGrad': {
        const named = instruction.of.map((of) => ({ of, slot: this.slot(of) }));
        return () => {
          for (const { of, slot } of named) shape.zeroGrad(this.node(slot), of);
        };
      }
      case 'read': {
        const named = instruction.of.map((of) => ({ of, slot: this.slot(of) }));
        return (_x, _y, readings) => {
          for (const { of, slot } of named) readings.push(shape.read(this.node(slot), of));
        };
      }
      default:
        return shape.maker(instruction.do, instruction.of);
    }
  }

  /** Where an operand of a program is, see {@link Compiled}. */
  private placeOf(operand: Operand | undefined, { numbers }: Compiled): number {
    if (typeof operand === 'string') return this.slot(operand);
    return operand === undefined ? ~0 : ~(numbers.push(operand) - 1);
  }

  /**
   * The slot of a name.
   *
   * @param name - the name
   */
  slot(name: string): number {
    const known = this.slots.get(name);
    if (known !== undefined) return known;
    this.slots.set(name, this.nodes.length);
    return this.nodes.push(undefined) - 1;
  }

  private node(slot: number): SomeNode {
    const found = this.nodes[slot];
    if (found !== undefined) return found;
    const [name] = [...this.slots].find(([, each]) => each === slot) ?? [];
    throw new Error(`unknown node '${name}'`);
  }

  /** What is still to be computed is computed from what the nodes hold now. */
  private settle(): void {
    for (const [name, slot] of this.slots) {
      const node = this.nodes[slot];
      if (node !== undefined) this.shape.read(node, name);
    }
  }
}
