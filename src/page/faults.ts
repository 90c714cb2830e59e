import { classEngine } from '../engines/class';
import { NAMES, OPERATIONS, type Operation } from '../protocol/operations';
import type { Engine, Instruction } from '../protocol/program';

/*
 * Engines with the faults that the notes warn of, to be tried in the page: which scenarios catch them?
 */

/** What an engine does otherwise than it should. */
interface Deviation {
  /** Whether a gradient takes the place of what was there. */
  readonly assigns?: boolean;
  /** Whether a node hands on at once, with each share that comes. */
  readonly hasNoOrder?: boolean;
  /** Whether nothing is ever set back to 0. */
  readonly neverZeroes?: boolean;
  /** Turns local derivatives into others. */
  readonly slopes?: (operation: Operation, right: readonly number[], x: number, out: number) => readonly number[];
}

/** A fault, in the words of a reader. */
export interface Fault {
  readonly name: string;
  readonly says: string;
  /** The chapter that warns of it. */
  readonly chapter: number;
  readonly deviation: Deviation;
}

/** The faults that the notes warn of. */
export const FAULTS: readonly Fault[] = [
  {
    name: 'assign',
    says: 'gradients are assigned where they should be added: = in the place of +=',
    chapter: 7,
    deviation: { assigns: true },
  },
  {
    name: 'order',
    says: 'recursion without an order: each share is handed on as soon as it comes',
    chapter: 8,
    deviation: { hasNoOrder: true },
  },
  {
    name: 'zero',
    says: 'gradients are never zeroed',
    chapter: 11,
    deviation: { neverZeroes: true },
  },
  {
    name: 'sign',
    says: 'the derivative of x − y by y is taken for 1',
    chapter: 13,
    deviation: { slopes: (operation, right) => (operation === 'sub' ? [1, 1] : right) },
  },
  {
    name: 'tanh',
    says: 'the derivative of tanh is taken for 1 − tanh',
    chapter: 6,
    deviation: { slopes: (operation, right, _, out) => (operation === 'tanh' ? [1 - out] : right) },
  },
  {
    name: 'product',
    says: 'the derivative of x·y by x is taken for x',
    chapter: 4,
    deviation: { slopes: (operation, right, x) => (operation === 'mul' ? [x, right[1] ?? 0] : right) },
  },
];

/**
 * An engine that does something wrong.
 *
 * @param deviation - what; nothing makes an engine that is right
 */
export function faultyEngine({ assigns, hasNoOrder, neverZeroes, slopes }: Deviation): Engine {
  class Faulty {
    grad = 0;
    constructor(
      public data: number,
      readonly operation?: Operation,
      readonly operands: readonly Faulty[] = [],
    ) {}

    /** Hands this node's gradient, or a share of it, on to its operands. */
    handOn(share: number, then: (operand: Faulty, part: number) => void): void {
      const { operation, operands, data } = this;
      if (operation === undefined) return;
      const [x = 0, y = 0] = operands.map((each) => each.data);
      const right = OPERATIONS[operation].slopes(x, y, data);
      const taken = slopes?.(operation, right, x, data) ?? right;
      for (const [i, operand] of operands.entries()) {
        // 0 · ∞ is no number; a share that is not asked for is none
        const part = share === 0 ? 0 : share * (taken[i] ?? 0);
        operand.grad = assigns ? part : operand.grad + part;
        then(operand, part);
      }
    }

    backward(): void {
      const order: Faulty[] = [];
      const seen = new Set<Faulty>();
      const walk: [Faulty, boolean][] = [[this, false]];
      for (let next = walk.pop(); next !== undefined; next = walk.pop()) {
        const [node, isFinished] = next;
        if (isFinished) order.push(node);
        else if (!seen.has(node)) {
          seen.add(node);
          walk.push([node, true], ...node.operands.map((each): [Faulty, boolean] => [each, false]));
        }
      }
      if (!neverZeroes) for (const node of order) if (node.operation !== undefined) node.grad = 0;
      this.grad = assigns ? 1 : this.grad + 1;
      if (hasNoOrder) handDown(this);
      else for (const node of order.reverse()) node.handOn(node.grad, () => {});
    }
  }

  /** As chapter 8 has it: each share that comes has a node hand on all that it has. */
  function handDown(node: Faulty): void {
    const waiting = [node];
    // as many as a small graph asks for; from there on nobody would wait for the end
    for (let i = 0; waiting.length > 0 && i < 1e5; i++) {
      const next = waiting.pop() as Faulty;
      next.handOn(next.grad, (operand) => waiting.push(operand));
    }
  }

  for (const name of NAMES) {
    const { operands, value } = OPERATIONS[name];
    const node = (x: Faulty | number) => (typeof x === 'number' ? new Faulty(x) : x);
    const make = (...given: (Faulty | number)[]) => {
      const of = given.slice(0, operands).map(node);
      const [x = 0, y = 0] = of.map((each) => each.data);
      return new Faulty(value(x, y), name, of);
    };
    Reflect.set(Faulty, name, make);
    Reflect.set(Faulty.prototype, name, function (this: Faulty, y: Faulty | number) {
      return make(this, y);
    });
  }
  const engine = classEngine(Faulty, 'an engine with a fault');
  if (!neverZeroes) return engine;
  // nobody else is to zero them in its place
  const left = (program: readonly Instruction[]) => program.filter((each) => each.do !== 'zeroGrad');
  return { ...engine, execute: (program) => engine.execute(left(program)) };
}
