import { EngineFailure, list, NotClaimed, quote } from '../errors';
import { PROTOCOL, readDescription } from '../protocol/description';
import { NAMES, OPERATIONS, type Operation } from '../protocol/operations';
import type { Claim, Description, Instruction, Reading } from '../protocol/program';

/** A node of somebody's engine, of which nothing is known but what is found by looking. */
export type SomeNode = Record<string, unknown>;
/** Somebody's class of nodes. */
export type SomeClass = (new (...args: unknown[]) => SomeNode) & Record<string, unknown>;

/** The names that ports of micrograd have really given to the parts of a node. */
const FIELDS = {
  data: ['data', 'value', 'Data', 'val'],
  grad: ['grad', 'Grad', 'gradient'],
  backward: ['backward', 'Backward', 'backprop'],
} as const;

/** The ways in which ports make a leaf. */
const CONSTRUCTORS: readonly ((data: number) => unknown[])[] = [
  (data) => [data],
  (data) => [{ data, value: data }],
  (data) => [data, []],
  (data) => [data, [], ''],
];

/** Where a class keeps things, and what it calls its operations. */
export class Shape {
  /** The field that holds a node's number. */
  readonly data: string;
  readonly grad: string;
  readonly description: Description;
  private readonly arguments: (data: number) => unknown[];
  private readonly backwardName: string;
  private readonly operations = new Map<string, string>();
  /** Whether an operation is a static method, and not one of the node. */
  private readonly isStatic: boolean;
  private readonly takesNumbers: boolean;
  private readonly powTakesNumbers: boolean;

  constructor(
    private readonly Value: SomeClass,
    private readonly name: string,
  ) {
    if (typeof Value !== 'function') {
      throw new EngineFailure(
        `${name}: expected a class of nodes, or a module with execute(), and got ${quote(Value)}`,
      );
    }
    const probe = this.probe();
    this.data = probe.data;
    this.arguments = probe.arguments;
    const grad = first(FIELDS.grad, (field) => field in probe.node);
    if (grad === undefined) {
      const fields = list(Object.keys(probe.node), 'no fields of their own');
      throw new EngineFailure(`${name}: its nodes have none of ${FIELDS.grad.join(', ')}; they have ${fields}`);
    }
    this.grad = grad;
    const backward = first(FIELDS.backward, (method) => typeof probe.node[method] === 'function');
    if (backward === undefined) throw new EngineFailure(`${name}: its nodes have no method backward()`);
    this.backwardName = backward;
    const named = (on: object, operation: Operation) =>
      first(OPERATIONS[operation].names, (each) => typeof (on as SomeNode)[each] === 'function');
    this.isStatic = named(probe.node, 'add') === undefined && named(probe.node, 'mul') === undefined;
    for (const operation of NAMES) {
      const found = named(this.isStatic ? Value : probe.node, operation);
      if (found !== undefined) this.operations.set(operation, found);
    }
    this.takesNumbers = NAMES.some(
      (operation) =>
        operation !== 'pow' && OPERATIONS[operation].operands === 2 && this.result(operation, 2) !== undefined,
    );
    this.powTakesNumbers = this.result('pow', 2) !== undefined || this.result('pow', this.leaf(2)) === undefined;
    this.description = this.describe();
  }

  leaf(data: number): SomeNode {
    return new this.Value(...this.arguments(data));
  }

  apply(operation: string, x: SomeNode, y?: SomeNode | number): SomeNode {
    const method = this.operations.get(operation) as string;
    const made = this.isStatic
      ? this.call(this.Value, method, x, this.operand(operation, y))
      : this.call(x, method, this.operand(operation, y));
    if (typeof made !== 'object' || made === null) throw new Error(`no node, but ${quote(made)}`);
    return made as SomeNode;
  }

  /** Some engines take nodes alone, and some numbers as exponents only. */
  private operand(operation: string, y: SomeNode | number | undefined): SomeNode | number | undefined {
    if (typeof y !== 'number' || (operation === 'pow' ? this.powTakesNumbers : this.takesNumbers)) return y;
    return this.leaf(y);
  }

  private call(on: object, method: string, x?: unknown, y?: unknown): unknown {
    const callable = on as Record<string, (x?: unknown, y?: unknown) => unknown>;
    if (x === undefined) return callable[method]?.();
    return y === undefined ? callable[method]?.(x) : callable[method]?.(x, y);
  }

  /** Whether an operation fails on numbers where others do not. */
  refusesNumbers(instruction: Instruction): boolean {
    const { do: operation, of } = instruction as { do: string; of?: unknown };
    const hasNumber = Array.isArray(of) && typeof of[1] === 'number';
    return hasNumber && this.takesNumbers && this.result(operation, 2) === undefined;
  }

  backward(node: SomeNode): void {
    (node[this.backwardName] as () => void)();
  }

  set(node: SomeNode, field: string, to: number): void {
    try {
      node[field] = to;
    } catch {
      // told below, as for those who ignore it in silence
    }
    if (!Object.is(node[field], to) && node[field] !== Math.fround(to)) {
      throw new NotClaimed(`that ${field} can be set`, this.name);
    }
  }

  read(node: SomeNode, of: string): Reading {
    const data = node[this.data];
    const grad = node[this.grad] ?? null;
    if (typeof data !== 'number') throw new EngineFailure(`${of}.data: expected a number, and got ${quote(data)}`);
    if (grad !== null && typeof grad !== 'number') {
      throw new EngineFailure(`${of}.grad: expected a number, and got ${quote(grad)}`);
    }
    return { data, grad };
  }

  /** Makes a leaf in each of the ways that there are, until one has the data it was given. */
  private probe(): { node: SomeNode; data: string; arguments: (data: number) => unknown[] } {
    let failure: unknown;
    for (const way of CONSTRUCTORS) {
      try {
        const node = new this.Value(...way(2));
        const data = first(FIELDS.data, (field) => node[field] === 2);
        if (data !== undefined) return { node, data, arguments: way };
      } catch (error) {
        failure = error;
      }
    }
    const why = failure === undefined ? `has none of ${FIELDS.data.join(', ')} that is 2` : `threw ${thrown(failure)}`;
    throw new EngineFailure(`${this.name}: expected a class of nodes; new ${this.Value.name}(2) ${why}`);
  }

  /** What 2 and a number, or a node of it, make; undefined if the engine cannot say. */
  private result(operation: string, right: number | SomeNode): number | undefined {
    const method = this.operations.get(operation);
    if (method === undefined) return undefined;
    try {
      const x = this.leaf(2);
      const made = this.isStatic ? this.call(this.Value, method, x, right) : this.call(x, method, right);
      const data = (made as SomeNode)[this.data];
      return typeof data === 'number' && Number.isFinite(data) ? data : undefined;
    } catch {
      return undefined;
    }
  }

  private describe(): Description {
    const operations: Claim[] = [...this.operations.keys()] as Claim[];
    if (this.result('pow', this.leaf(3)) === 8) operations.push('pow-of-nodes');
    const found = {
      engine: this.name,
      protocol: PROTOCOL,
      operations,
      repeatedBackward: this.accumulates() ? 'accumulate' : 'undefined',
    };
    const said = this.Value.description as { operations?: unknown } | undefined;
    const claims = Array.isArray(said?.operations) ? said.operations : [];
    const missing = claims.filter((claim) => claim !== 'pow-of-nodes' && !this.operations.has(claim));
    if (missing.length > 0) {
      throw new EngineFailure(`${this.name}: describes itself as having ${list(missing)}, and has no such method`);
    }
    return readDescription({ ...found, ...(typeof said === 'object' ? said : {}) }, this.name);
  }

  /** Whether a second pass over a graph adds to the leaf exactly what the first one did. */
  private accumulates(): boolean {
    try {
      const operation = this.operations.has('mul') ? 'mul' : 'add';
      const x = this.leaf(2);
      const output = this.apply(operation, this.apply(operation, x, this.leaf(3)), this.leaf(5));
      this.backward(output);
      const once = x[this.grad] as number;
      this.backward(output);
      return once !== 0 && x[this.grad] === 2 * once;
    } catch {
      return false;
    }
  }
}

function first(names: readonly string[] = [], test: (name: string) => boolean): string | undefined {
  return names.find(test);
}

/**
 * What somebody's code threw, in words.
 *
 * @param error - anything
 */
export function thrown(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : quote(error);
}
