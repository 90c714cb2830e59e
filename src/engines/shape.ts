import { EngineFailure, list, quote } from '../errors';
import { PROTOCOL, readDescription } from '../protocol/description';
import { OPERATIONS, type Operation } from '../protocol/operations';
import { type Claim, type Description, formOf, type Operand, type Reading, type Side } from '../protocol/program';
import { asNode, numberOf, type SomeClass, type SomeNode, settle, Unusable } from './nodes';
import { passesOf } from './passes';
import { type Connection, connect } from './walk';
import type { Beside, Way, Ways } from './ways';

/** Makes what should be a node from what stands on the left and, if it is of two, on the right. */
export type Maker = (x: SomeNode | number, y: SomeNode | number | undefined) => unknown;

/** Somebody's class of nodes, and how it is reached. */
export class Shape {
  readonly description: Description;
  readonly connection: Connection;
  /** Whether a node's number is computed only when it is asked for. */
  readonly isLazy: boolean;
  private readonly data: string;
  private readonly grad: string;
  private readonly ways: ReadonlyMap<string, Ways>;
  private readonly makers = new Map<string, Maker>();

  /**
   * @param Value - what should be a class of nodes
   * @param name - what to call it in reports
   * @param beside - what stands beside the class, by name
   * @throws EngineFailure if it is none, or has no operation
   */
  constructor(
    private readonly Value: SomeClass,
    private readonly name: string,
    beside: Beside = {},
  ) {
    if (typeof Value !== 'function') {
      throw new EngineFailure(
        `${name}: expected a class of nodes, or a module with execute(), and got ${quote(Value)}`,
      );
    }
    this.connection = connect(Value, name, beside);
    const { leaves, reached } = this.connection;
    this.data = leaves.data;
    this.grad = leaves.grad;
    this.ways = reached;
    this.isLazy = this.computesLater();
    this.description = this.describe();
  }

  /**
   * Makes a leaf.
   *
   * @param data - its number
   */
  leaf(data: number): SomeNode {
    return this.connection.leaves.make(data);
  }

  /**
   * How an operation makes a node: one function for each place where a plain number may stand.
   *
   * @param operation - the operation
   * @param of - its operands, nodes by their names
   * @returns takes such operands, and gives what should be a node; throws Unusable, or whatever the engine throws
   */
  maker(operation: Operation, of: readonly Operand[]): Maker {
    const form = `${operation} ${formOf(of)}`;
    const maker = this.makers.get(form) ?? this.makerOf(this.ways.get(operation)?.nodes, this.wayOf(operation, of));
    this.makers.set(form, maker);
    return maker;
  }

  private makerOf(nodes: Way | undefined, given: Way | undefined): Maker {
    if (given?.isRefusing) {
      return (x, y) => {
        const made = asNode(given.call(x, y));
        if (numberOf(made, this.data) === undefined) throw new Unusable(quote(made[this.data]));
        return made;
      };
    }
    if (given !== undefined) return given.call;
    return (x, y) => {
      // Where there is no way for a number, it becomes a leaf.
      if (nodes === undefined) throw new Unusable('nothing: there is no such operation');
      const left = typeof x === 'number' ? this.leaf(x) : x;
      return nodes.call(left, typeof y === 'number' ? this.leaf(y) : y);
    };
  }

  /**
   * Whether an operation is given a plain number though it refuses one, as others do not.
   *
   * @param operation - the operation
   * @param of - its operands
   */
  refuses(operation: Operation, of: readonly Operand[]): boolean {
    return this.wayOf(operation, of)?.isRefusing === true;
  }

  private wayOf(operation: Operation, [x, y]: readonly Operand[]): Way | undefined {
    const ways = this.ways.get(operation);
    return typeof x === 'number' ? ways?.left : typeof y === 'number' ? ways?.right : ways?.nodes;
  }

  /**
   * Runs the backward pass.
   *
   * @param node - where it begins
   */
  backward(node: SomeNode): void {
    if (typeof node[this.data] !== 'number') settle(node);
    this.connection.walk.run(node);
  }

  /**
   * Overwrites a node's number.
   *
   * @param node - the node
   * @param of - what to call it
   * @param to - the number
   * @throws EngineFailure if it then holds another, or whatever the engine throws
   */
  setData(node: SomeNode, of: string, to: number): void {
    this.set(node, of, this.data, to);
  }

  /**
   * Sets a node's gradient to zero.
   *
   * @param node - the node
   * @param of - what to call it
   * @throws EngineFailure if it is then another, or whatever the engine throws
   */
  zeroGrad(node: SomeNode, of: string): void {
    this.set(node, of, this.grad, 0);
  }

  /**
   * Reads a node.
   *
   * @param node - the node
   * @param of - what to call it
   * @throws EngineFailure if it holds what is no number
   */
  read(node: SomeNode, of: string): Reading {
    if (typeof node[this.data] !== 'number') settle(node);
    const data = node[this.data];
    const grad = node[this.grad] ?? null;
    if (typeof data !== 'number') throw new EngineFailure(`${of}.data: expected a number, and got ${quote(data)}`);
    if (grad !== null && typeof grad !== 'number') {
      throw new EngineFailure(`${of}.grad: expected a number, and got ${quote(grad)}`);
    }
    return { data, grad };
  }

  private set(node: SomeNode, of: string, field: string, to: number): void {
    node[field] = to;
    const holds = node[field];
    if (holds === to || (Number.isNaN(holds) && Number.isNaN(to))) return;
    if (this.description.precision === 'single' && holds === Math.fround(to)) return;
    throw new EngineFailure(
      `${of}.${field} was set to ${to}, and is ${typeof holds === 'number' ? holds : quote(holds)}`,
    );
  }

  private computesLater(): boolean {
    const { leaves, reached } = this.connection;
    for (const [operation, { nodes }] of reached) {
      if (nodes === undefined) continue;
      const operands = OPERATIONS[operation].operands === 1 ? [leaves.make(2)] : [leaves.make(2), leaves.make(3)];
      const made = nodes.call(...(operands as [SomeNode, SomeNode?])) as SomeNode;
      return typeof made[leaves.data] !== 'number' && numberOf(made, leaves.data) !== undefined;
    }
    return false;
  }

  /** Whether to set a field of a leaf is refused aloud. What is set, and then is something else, is a fault. */
  private cannotSet(field: string): boolean {
    const leaf = this.leaf(2);
    try {
      leaf[field] = 3;
      return false;
    } catch {
      return true;
    }
  }

  private describe(): Description {
    const operations: Claim[] = [];
    const throughLeaves: Side[] = [];
    for (const [operation, { nodes, left, right }] of this.connection.reached) {
      operations.push(operation);
      if (operation === 'pow' && nodes !== undefined) operations.push('pow-of-nodes');
      if (OPERATIONS[operation].operands === 1) continue;
      if (left === undefined && nodes !== undefined) throughLeaves.push(`${operation} left`);
      if (right === undefined) throughLeaves.push(`${operation} right`);
    }
    const said = this.Value.description as { operations?: unknown } | undefined;
    const claims = Array.isArray(said?.operations) ? said.operations : [];
    const missing = claims.filter((claim) => !operations.includes(claim));
    if (missing.length > 0) {
      throw new EngineFailure(`${this.name}: describes itself as having ${list(missing)}, and has no such method`);
    }
    if (operations.length === 0) {
      throw new EngineFailure(
        `${this.name}: no operation was found; expected methods of its nodes, static methods, or functions that are exported beside it, called ${list(Object.keys(OPERATIONS))}`,
      );
    }
    const fixed = [this.cannotSet(this.data) && 'data', this.cannotSet(this.grad) && 'grad'].filter(Boolean);
    const found = {
      fixed,
      engine: this.name,
      protocol: PROTOCOL,
      again: true,
      operations,
      throughLeaves,
      ...passesOf(this.connection),
    };
    return readDescription({ ...found, ...(typeof said === 'object' ? said : {}) }, this.name);
  }
}
