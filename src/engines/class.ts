import { EngineFailure, list, NotClaimed } from '../errors';
import { BINARY, type Claim, type Description, type Engine, type Instruction, type Reading, UNARY } from '../program';
import { inSeconds, quote } from '../quote';
import { PROTOCOL, readDescription } from './description';
import { sayInstruction } from './readings';
import { isTimeout, within } from './within';

/** A node of somebody's engine, of which nothing is known but what is found by looking. */
type SomeNode = Record<string, unknown>;
/** Somebody's class of nodes. */
type SomeClass = (new (...args: unknown[]) => SomeNode) & Record<string, unknown>;

/** The names that ports of micrograd have really given to things. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  data: ['data', 'value', 'Data', 'val'],
  grad: ['grad', 'Grad', 'gradient'],
  backward: ['backward', 'Backward', 'backprop'],
  add: ['add', 'plus', 'Add'],
  sub: ['sub', 'subtract', 'minus', 'Sub'],
  mul: ['mul', 'multiply', 'mult', 'times', 'Mul'],
  div: ['div', 'divide', 'truediv', 'Div'],
  pow: ['pow', 'power', 'Pow'],
  neg: ['neg', 'negate', 'negative', 'Neg'],
  exp: ['exp', 'Exp'],
  log: ['log', 'ln', 'Log'],
  tanh: ['tanh', 'Tanh'],
  relu: ['relu', 'reLU', 'ReLU', 'Relu'],
};

/** The ways in which ports make a leaf. */
const CONSTRUCTORS: readonly ((data: number) => unknown[])[] = [
  (data) => [data],
  (data) => [{ data, value: data }],
  (data) => [data, []],
  (data) => [data, [], ''],
];

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
 * @param timeout - how long a program may take, in seconds; without it, as long as it likes
 * @throws EngineFailure if it is no such class
 */
export function classEngine(given: unknown, name: string, timeout?: number): Engine {
  /** What is being carried out. */
  let current: Instruction | undefined;
  const shape = watched(() => new Shape(given as SomeClass, name));
  const nodes = new Map<string, SomeNode>();
  let made = 0;
  let programs = 0;

  /** Does what an engine might never return from. */
  function watched<T>(run: () => T): T {
    if (timeout === undefined) return run();
    try {
      return within(timeout, run);
    } catch (error) {
      if (!isTimeout(error)) throw error;
      const what = current === undefined ? name : sayInstruction(current);
      const hint = current?.do === 'backward' ? '\n    does the walk visit each node only once? see chapter 8' : '';
      throw new EngineFailure(`${what}: the engine did not return within ${inSeconds(timeout)}${hint}`);
    }
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
        const [x, y] = instruction.of;
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
        throw new EngineFailure(`${what}: the engine threw ${thrown(error)}${hint}`);
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

/** Where a class keeps things, and what it calls its operations. */
class Shape {
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
    const grad = first(NAMES.grad, (field) => field in probe.node);
    if (grad === undefined) {
      const fields = list(Object.keys(probe.node), 'no fields of their own');
      throw new EngineFailure(`${name}: its nodes have none of ${NAMES.grad?.join(', ')}; they have ${fields}`);
    }
    this.grad = grad;
    const backward = first(NAMES.backward, (method) => typeof probe.node[method] === 'function');
    if (backward === undefined) throw new EngineFailure(`${name}: its nodes have no method backward()`);
    this.backwardName = backward;
    const method = (operation: string) => first(NAMES[operation], (each) => typeof probe.node[each] === 'function');
    const fixed = (operation: string) => first(NAMES[operation], (each) => typeof Value[each] === 'function');
    this.isStatic = method('add') === undefined && method('mul') === undefined;
    for (const operation of [...BINARY, ...UNARY]) {
      const found = this.isStatic ? fixed(operation) : method(operation);
      if (found !== undefined) this.operations.set(operation, found);
    }
    this.takesNumbers = BINARY.some((operation) => operation !== 'pow' && this.result(operation, 2) !== undefined);
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
        const data = first(NAMES.data, (field) => node[field] === 2);
        if (data !== undefined) return { node, data, arguments: way };
      } catch (error) {
        failure = error;
      }
    }
    const why = failure === undefined ? `has none of ${NAMES.data?.join(', ')} that is 2` : `threw ${thrown(failure)}`;
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

function thrown(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : quote(error);
}
