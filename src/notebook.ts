import { compute } from './arithmetic';
import { list, SpecError } from './errors';
import { type GraphNode, howMade, madeFrom } from './graph';
import { type Cell, complaint, type Expression, parse, readsNodes, type Statement, write } from './notation';
import { type Computed, EPSILON } from './numbers';
import type { Engine, Instruction, Operand, Operation } from './program';

/** A number in the notebook, with what a failure says of it. */
export interface Quantity {
  /** As the reader wrote it: `L`, `a.grad`. */
  readonly text: string;
  /** The number, or null: the engine keeps no gradient for this node. */
  readonly number: Computed | null;
  /** Where it comes from: `L = d * f`. */
  readonly origin: string;
}

/**
 * The notebook of one scenario: names, and cells of code that run in order on an engine.
 *
 * A name stands for a node, which lives in the engine, or for a plain number, which lives here. Later cells see what
 * earlier ones named. Instructions wait until an answer is needed, and then travel together.
 */
export class Notebook {
  private readonly names = new Map<string, GraphNode | Computed>();
  private readonly expressions: Cell[] = [];
  private waiting: Instruction[] = [{ do: 'reset' }];
  /** The nodes whose readings are still true. */
  private readonly fresh = new Set<GraphNode>();
  private count = 0;

  /** @param engine - the engine that the cells run on */
  constructor(private readonly engine: Engine) {}

  /** The distance from 1 to the next number in the engine's precision. */
  get epsilon(): number {
    return EPSILON[this.engine.description.precision];
  }

  /**
   * Makes a leaf.
   *
   * @param name - what to call it
   * @param data - its number
   * @throws SpecError if the name could not be used in the notes' code
   */
  leaf(name: string, data: number): void {
    if (!NAME.test(name))
      throw new SpecError(
        `a name is made of letters, digits and _, and does not begin with a digit; "${name}" is none`,
      );
    this.names.set(name, this.make(name, 'leaf', [], { do: 'leaf', to: name, data }));
  }

  /**
   * Runs a cell, and keeps it to be run again.
   *
   * @param source - the notes' code
   * @throws SpecError if a part of it is not understood, or a name is not known
   */
  async express(source: string): Promise<void> {
    const cell = parse(source);
    await this.runCell(cell);
    this.expressions.push(cell);
  }

  /** Runs the cells given to {@link Notebook.express} again, in order, on what the leaves hold now. */
  async expressAgain(): Promise<void> {
    if (this.expressions.length === 0) throw new SpecError('there are no expressions to run again: give some first');
    for (const cell of this.expressions) await this.runCell(cell);
  }

  /**
   * Runs a cell once, or several times.
   *
   * @param source - the notes' code
   * @param times - how often
   * @throws SpecError if a part of it is not understood, or a name is not known
   */
  async run(source: string, times = 1): Promise<void> {
    const cell = parse(source);
    for (let i = 0; i < times; i++) await this.runCell(cell);
  }

  /**
   * Sets the gradients of all named nodes to zero.
   */
  zeroGradients(): void {
    const nodes = this.named();
    this.emit({ do: 'zeroGrad', of: nodes.map(({ name }) => name) });
    for (const node of nodes) node.byHand = undefined;
  }

  /**
   * Runs the backward pass.
   *
   * It writes every gradient, and so takes the place of those that the reader wrote by hand.
   *
   * @param name - the node whose gradient is 1
   */
  backward(name: string): void {
    const { name: of } = this.node(name);
    this.emit({ do: 'backward', of });
    for (const node of this.named()) node.byHand = undefined;
  }

  /**
   * Looks a number up.
   *
   * @param text - a name, which means the node's data, or a name with `.data` or `.grad`
   * @throws SpecError if there is no such name
   */
  async quantity(text: string): Promise<Quantity> {
    const [, name, field = 'data'] = /^(.*?)(?:\.(data|grad))?$/.exec(text) as unknown as [string, string, string?];
    const found = this.find(name);
    if (!isNode(found)) {
      if (name !== text) throw new SpecError(`"${name}" is a number, and has neither .data nor .grad`);
      return { text, number: found, origin: `${name} is a number of the reader's own` };
    }
    await this.look();
    const origin = field === 'grad' && found.byHand ? 'written by hand' : howMade(found);
    return { text, number: field === 'grad' ? this.gradient(found) : data(found), origin };
  }

  /**
   * The names of the leaves that a node was made from, in the order in which they were made.
   *
   * @param name - the node
   */
  leavesOf(name: string): string[] {
    const nodes = madeFrom([this.node(name)]);
    return nodes.filter(({ operation }) => operation === 'leaf').map((leaf) => leaf.name);
  }

  /** All nodes that have a name now, and all that they were made from, with up-to-date readings: for pictures. */
  async graph(): Promise<GraphNode[]> {
    await this.look();
    return madeFrom(this.named());
  }

  private async runCell(cell: Cell): Promise<void> {
    const taken = new Set<string>();
    for (const statement of cell.statements) {
      if (statement.kind !== 'backward' && readsNodes(statement.value)) await this.look();
      try {
        this.runStatement(statement, taken);
      } catch (error) {
        if (error instanceof Misplaced) throw complaint(cell.source, error.at, error.message);
        throw error;
      }
    }
  }

  private runStatement(statement: Statement, taken: Set<string>): void {
    const { kind, name, at } = statement;
    if (kind === 'backward') {
      this.nodeAt(name, at);
      this.backward(name);
    } else if (kind === 'bind') {
      const value = this.evaluate(statement.value, name, taken);
      if (isNode(value) && value.name !== name) {
        throw new Misplaced(at, `"${value.name}" has a name already; only something new can be named`);
      }
      this.names.set(name, value);
    } else {
      const node = this.nodeAt(name, at);
      const value = this.evaluate(statement.value, undefined, taken);
      if (isNode(value)) {
        throw new Misplaced(
          statement.value.at,
          `a number is expected here; of the node "${value.name}" take .data or .grad`,
        );
      }
      if (statement.field === 'data') this.emit({ do: 'setData', of: name, data: value.value });
      else if (statement.value.kind === 'number' && value.value === 0) {
        this.emit({ do: 'zeroGrad', of: [name] });
        node.byHand = undefined;
      } else node.byHand = value;
    }
  }

  /** Numbers are computed here; as soon as a node takes part, the engine makes a node. */
  private evaluate(expression: Expression, to: string | undefined, taken: Set<string>): GraphNode | Computed {
    const { at } = expression;
    switch (expression.kind) {
      case 'number':
        return { value: expression.value, largest: Math.abs(expression.value) };
      case 'name':
        return this.findAt(expression.name, at);
      case 'field': {
        const node = this.nodeAt(expression.name, at);
        if (expression.field === 'data') return data(node);
        const gradient = this.gradient(node);
        if (gradient === null) throw new Misplaced(at, `this engine keeps no gradient for "${node.name}"`);
        return gradient;
      }
      case 'leaf': {
        const value = this.evaluate(expression.data, undefined, taken);
        if (isNode(value)) throw new Misplaced(expression.data.at, 'a leaf is made from a number, not from a node');
        const name = to ?? unused(write(expression), taken);
        return this.make(name, 'leaf', [], { do: 'leaf', to: name, data: value.value });
      }
      case 'operation': {
        const operands = expression.operands.map((operand) => this.evaluate(operand, undefined, taken));
        if (!operands.some(isNode)) return compute(expression.operation, operands as Computed[]);
        return this.operate(expression.operation, operands, to ?? unused(write(expression), taken));
      }
    }
  }

  private operate(operation: Operation, operands: (GraphNode | Computed)[], name: string): GraphNode {
    const of = operands.map((operand): Operand => (isNode(operand) ? operand.name : operand.value));
    const kept = operands.map((operand) => (isNode(operand) ? operand : operand.value));
    return this.make(name, operation, kept, { do: operation, to: name, of } as unknown as Instruction);
  }

  private make(
    name: string,
    operation: GraphNode['operation'],
    operands: (GraphNode | number)[],
    instruction: Instruction,
  ): GraphNode {
    this.emit(instruction);
    const node: GraphNode = { index: this.count++, name, operation, operands };
    this.names.set(name, node);
    return node;
  }

  private emit(instruction: Instruction): void {
    this.waiting.push(instruction);
    if (instruction.do === 'backward' || instruction.do === 'setData' || instruction.do === 'zeroGrad')
      this.fresh.clear();
  }

  /** Sends what waits, and brings the readings of all named nodes up to date. */
  private async look(): Promise<void> {
    const nodes = this.named().filter((node) => !this.fresh.has(node));
    const program: Instruction[] = [...this.waiting, { do: 'read', of: nodes.map(({ name }) => name) }];
    this.waiting = [];
    const readings = await this.engine.execute(program);
    for (const [i, node] of nodes.entries()) {
      node.reading = readings[i];
      this.fresh.add(node);
    }
  }

  private named(): GraphNode[] {
    return [...this.names.values()].filter(isNode);
  }

  private find(name: string): GraphNode | Computed {
    const found = this.names.get(name);
    if (found === undefined) {
      throw new SpecError(`there is nothing named "${name}" here; the names so far: ${list(this.names.keys())}`);
    }
    return found;
  }

  private node(name: string): GraphNode {
    const found = this.find(name);
    if (!isNode(found)) throw new SpecError(`"${name}" is a number, where a node is needed`);
    return found;
  }

  private findAt(name: string, at: number): GraphNode | Computed {
    return placed(at, () => this.find(name));
  }

  private nodeAt(name: string, at: number): GraphNode {
    return placed(at, () => this.node(name));
  }

  private gradient(node: GraphNode): Computed | null {
    if (node.byHand !== undefined) return node.byHand;
    const grad = node.reading?.grad ?? null;
    // Engines are free to have no gradient, rather than 0, on a leaf that no backward pass has reached.
    if (grad === null) return node.operation === 'leaf' ? { value: 0, largest: 0 } : null;
    return { value: grad, largest: largest(this.named()) };
  }
}

const NAME = /^[A-Za-z_]\w*$/;

/** An error at a place in a cell; `runCell` adds the line that it points into. */
class Misplaced extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

function placed<T>(at: number, lookUp: () => T): T {
  try {
    return lookUp();
  } catch (error) {
    throw error instanceof SpecError ? new Misplaced(at, error.message) : error;
  }
}

function isNode(x: GraphNode | Computed): x is GraphNode {
  return 'operation' in x;
}

function data(node: GraphNode): Computed {
  return { value: node.reading?.data ?? Number.NaN, largest: largest(madeFrom([node])) };
}

/** The largest number, in magnitude, that some nodes hold: what rounding errors are in proportion to. */
function largest(nodes: GraphNode[]): number {
  return nodes.reduce((most, { reading }) => {
    const size = Math.abs(reading?.data ?? 0);
    return Number.isFinite(size) ? Math.max(most, size) : most;
  }, 0);
}

/** A node without a name of its own is called by its expression; if that occurs twice in a cell, it is numbered. */
function unused(text: string, taken: Set<string>): string {
  let name = text;
  for (let i = 2; taken.has(name); i++) name = `${text} #${i}`;
  taken.add(name);
  return name;
}
