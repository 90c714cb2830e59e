import { NotClaimed, SpecError } from '../errors';
import type { Network } from '../micrograd/network';
import type { Operation } from '../protocol/operations';
import type { Operand } from '../protocol/program';
import type { GraphNode } from './graph';
import { type Cell, complaint, type Expression, readsNodes, type Statement, write } from './notation';
import { type Computed, compute, exact } from './numbers';
import { isNode, type Scope, type TracedNode } from './scope';
import type { Session } from './session';

/**
 * Runs cells: numbers are computed here, and as soon as a node takes part, the engine makes a node.
 */
export class Interpreter {
  /** The names of nodes without a name that this cell has used. */
  private readonly taken = new Set<string>();
  /** The nodes within a network share these names, one cell after the other: `#0`, `#1`, … */
  private scratch = 0;
  /** Where in the cell the part stands that is being carried out: an error points there. */
  private at = 0;

  /**
   * @param session - the conversation with the engine
   * @param scope - what names stand for
   */
  constructor(
    private readonly session: Session,
    private readonly scope: Scope,
  ) {}

  /**
   * Runs a cell, statement by statement.
   *
   * @param cell - the cell
   * @returns a promise where an answer of the engine is awaited, and nothing otherwise: a cell may run very often
   * @throws SpecError, which quotes the line and points at the column, if a name is not known, or a node stands where
   *   a number should
   */
  run(cell: Cell): Promise<void> | undefined {
    if (this.taken.size > 0) this.taken.clear();
    this.scratch = 0;
    if (cell.readsNodes) return this.runReading(cell);
    for (const statement of cell.statements) this.execute(statement, cell);
    return this.session.isFull ? this.session.send() : undefined;
  }

  private async runReading(cell: Cell): Promise<void> {
    for (const statement of cell.statements) {
      if (readsNodes(statement)) await this.session.look(this.scope.nodes());
      this.execute(statement, cell);
    }
  }

  /**
   * Runs the backward pass. It writes every gradient, and so takes the place of those that were written by hand.
   *
   * @param node - the node whose gradient is 1
   * @throws NotClaimed if a leaf has a gradient from an earlier pass, and the engine does not promise to add to it
   */
  backward(node: GraphNode): void {
    this.session.backward(node);
    for (const other of this.scope.nodes()) other.byHand = undefined;
  }

  /**
   * A node as a network computes with it.
   *
   * @param name - what the engine calls it
   */
  traced(name: string): TracedNode {
    return new Traced(name, this);
  }

  /**
   * Makes a node within a network.
   *
   * @param operation - how
   * @param of - from what
   * @throws NotClaimed if the engine does not offer the operation
   */
  hidden(operation: Operation, of: readonly Operand[]): TracedNode {
    const to = hiddenName(this.scratch++);
    this.session.emitOperation(operation, of, to);
    return new Traced(to, this);
  }

  private execute(statement: Statement, { source }: Cell): void {
    try {
      this.carryOut(statement);
    } catch (error) {
      const isOfCell = error instanceof SpecError && !(error instanceof NotClaimed);
      throw isOfCell ? complaint(source, this.at, error.message) : error;
    }
  }

  private carryOut(statement: Statement): void {
    const { kind, name, at } = statement;
    this.at = at;
    if (kind === 'backward') {
      this.backward(this.scope.node(name));
    } else if (kind === 'bind') {
      const value = this.evaluate(statement.value, name);
      if (isNode(value) && value.name !== name) {
        this.at = at;
        throw new SpecError(`"${value.name}" has a name already; only something new can be named`);
      }
      this.scope.bind(name, value);
    } else {
      const node = this.scope.node(name);
      const { value } = statement;
      const number = this.number(
        value,
        (other) => `a number is expected here; of the node "${other}" take .data or .grad`,
      );
      if (statement.field === 'data') this.session.setData(node, number.value);
      else if (value.kind === 'number' && value.value === 0) this.zero(node);
      else node.byHand = number;
    }
  }

  /** Every engine can set a gradient to zero; any other number that the reader writes there stays in the notebook. */
  private zero(node: GraphNode): void {
    this.session.zeroGrad([node]);
    node.byHand = undefined;
  }

  /** @param to - what to call a node that is made; without it, it is called by its expression */
  private evaluate(expression: Expression, to?: string): GraphNode | Computed {
    this.at = expression.at;
    switch (expression.kind) {
      case 'number':
        return exact(expression.value);
      case 'name':
        return this.scope.find(expression.name);
      case 'field': {
        const node = this.scope.node(expression.name);
        if (expression.field === 'data') return this.scope.data(node);
        const gradient = this.scope.gradient(node);
        if (gradient === null) throw new SpecError(`this engine keeps no gradient for "${node.name}"`);
        return gradient;
      }
      case 'leaf': {
        const { value } = this.number(expression.data, () => 'a leaf is made from a number, not from a node');
        const name = this.freeName(to, expression);
        return this.bind(name, this.session.leaf(name, value));
      }
      case 'call': {
        const { network, parameters } = this.scope.network(expression.network);
        const inputs = expression.operands.map((operand) => this.evaluate(operand)).map(operandOf);
        this.at = expression.at;
        const output = this.call(expression.network, network, inputs);
        const name = this.freeName(to, expression);
        return this.bind(name, this.session.keep(write(expression), output, [...inputs, ...parameters], name));
      }
      case 'operation': {
        const { operation } = expression;
        const operands = expression.operands.map((operand) => this.evaluate(operand));
        if (!operands.some(isNode)) return compute(operation, operands as Computed[]);
        const name = this.freeName(to, expression);
        return this.bind(name, this.session.apply(operation, operands.map(operandOf), name));
      }
    }
  }

  private number(expression: Expression, complain: (name: string) => string): Computed {
    const value = this.evaluate(expression);
    if (!isNode(value)) return value;
    this.at = expression.at;
    throw new SpecError(complain(value.name));
  }

  /** What the engine calls the output of a network, which must have one. */
  private call(name: string, network: Network<TracedNode>, inputs: readonly (GraphNode | number)[]): string {
    if (inputs.length !== network.inputs) {
      throw new SpecError(`${name} takes ${network.inputs} inputs, and got ${inputs.length}`);
    }
    const [output, ...more] = network.call(inputs.map((x) => (typeof x === 'number' ? x : this.traced(x.name))));
    if (output === undefined || more.length > 0) {
      throw new SpecError(`only a network with one output can be called here; ${name} has ${more.length + 1}`);
    }
    return output.name;
  }

  /** The name a node is given or, if it is given none, its expression, with a number if that is taken. */
  private freeName(to: string | undefined, expression: Expression): string {
    if (to !== undefined) return to;
    const text = write(expression);
    let name = text;
    for (let i = 2; this.taken.has(name); i++) name = `${text} #${i}`;
    this.taken.add(name);
    return name;
  }

  private bind(name: string, node: GraphNode): GraphNode {
    this.scope.bind(name, node);
    return node;
  }
}

class Traced implements TracedNode {
  constructor(
    readonly name: string,
    private readonly interpreter: Interpreter,
  ) {}

  add(y: TracedNode): TracedNode {
    return this.interpreter.hidden('add', [this.name, y.name]);
  }

  mul(y: TracedNode | number): TracedNode {
    return this.interpreter.hidden('mul', [this.name, typeof y === 'number' ? y : y.name]);
  }
}

function operandOf(x: GraphNode | Computed): GraphNode | number {
  return isNode(x) ? x : x.value;
}

const hiddenNames: string[] = [];

/** `#0`, `#1`, …: the same strings again and again, because a training step needs tens of thousands. */
function hiddenName(i: number): string {
  while (hiddenNames.length <= i) hiddenNames.push(`#${hiddenNames.length}`);
  return hiddenNames[i] as string;
}
