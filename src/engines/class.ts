import type { Description, Engine, Instruction, Operand, Reading } from '../program';

/** A node of a micrograd-shaped engine. */
interface MicrogradNode {
  data: number;
  grad: number;
  backward(): void;
  add(y: MicrogradNode | number): MicrogradNode;
  sub(y: MicrogradNode | number): MicrogradNode;
  mul(y: MicrogradNode | number): MicrogradNode;
  div(y: MicrogradNode | number): MicrogradNode;
  pow(y: MicrogradNode | number): MicrogradNode;
  neg(): MicrogradNode;
  exp(): MicrogradNode;
  log(): MicrogradNode;
  tanh(): MicrogradNode;
  relu(): MicrogradNode;
}

/**
 * Reaches an engine that is a class of nodes, as micrograd's `Value` is.
 *
 * @param Value - the class: `new Value(data)` makes a leaf
 * @param description - what the engine says of itself
 */
export function classEngine(Value: new (data: number) => MicrogradNode, description: Description): Engine {
  const nodes = new Map<string, MicrogradNode>();

  function node(name: string): MicrogradNode {
    const found = nodes.get(name);
    if (found === undefined) throw new Error(`unknown node '${name}'`);
    return found;
  }

  function operand(of: Operand): MicrogradNode | number {
    return typeof of === 'number' ? of : node(of);
  }

  function carryOut(instruction: Instruction, readings: Reading[]): void {
    switch (instruction.do) {
      case 'reset':
        nodes.clear();
        return;
      case 'leaf':
        nodes.set(instruction.to, new Value(instruction.data));
        return;
      case 'backward':
        node(instruction.of).backward();
        return;
      case 'setData':
        node(instruction.of).data = instruction.data;
        return;
      case 'zeroGrad':
        for (const name of instruction.of) node(name).grad = 0;
        return;
      case 'read':
        for (const { data, grad } of instruction.of.map(node)) readings.push({ data, grad });
        return;
      case 'add':
      case 'sub':
      case 'mul':
      case 'div':
      case 'pow': {
        const [x, y] = instruction.of;
        // A class has no method for a number on the left: such a number becomes a leaf.
        const left = typeof x === 'number' ? new Value(x) : node(x);
        nodes.set(instruction.to, left[instruction.do](operand(y)));
        return;
      }
      default:
        nodes.set(instruction.to, node(instruction.of[0])[instruction.do]());
    }
  }

  return {
    description,
    execute(program) {
      const readings: Reading[] = [];
      for (const instruction of program) carryOut(instruction, readings);
      return readings;
    },
  };
}
