import { NotClaimed } from '../errors';
import type { Operation } from '../protocol/operations';
import {
  type Asked,
  type Claim,
  claimOf,
  type Engine,
  formOf,
  type Instruction,
  type Operand,
} from '../protocol/program';
import { notOffered } from '../protocol/promises';
import { type GraphNode, reachable } from './graph';

/** Of so many instructions it is noted which nodes they use; after that, some node is used more than once. */
const NOTED = 2000;

/** How many instructions are sent without waiting for more. */
const MUCH = 500;
/** From so many instructions and readings on, an engine that can remember a program is not told it twice. */
const LONG = 100;

/** What was asked and made while something was run. */
export interface Tape {
  /** What the engine is to call the program, if it remembers it. */
  readonly name: string;
  readonly program: readonly Instruction[];
  /** The nodes that were made, in order. */
  readonly made: readonly GraphNode[];
}

/** How a node was made. */
type How = Pick<GraphNode, 'name' | 'operation' | 'operands' | 'call'>;

/**
 * Whether what was taken down is so long that an engine should not be told it twice.
 *
 * @param tape - what was taken down
 */
export function isLong({ program }: Tape): boolean {
  return program.length >= LONG;
}

function isSame(x: readonly Instruction[], y: readonly Instruction[]): boolean {
  return x.length === y.length && x.every((each, i) => isAlike(each, y[i]));
}

/** Whether two instructions, or parts of them, say the same. */
function isAlike(x: unknown, y: unknown): boolean {
  if (typeof x !== 'object' || typeof y !== 'object' || x === null || y === null) return Object.is(x, y);
  const [all, others] = [Object.entries(x), Object.values(y)];
  return all.length === others.length && all.every(([key, value]) => isAlike(value, (y as typeof x)[key as never]));
}

/**
 * A conversation with an engine, about one graph.
 *
 * Instructions wait until an answer is needed, and then travel together.
 */
export class Session {
  private waiting: Instruction[] = [{ do: 'reset' }];
  private tape: { readonly program: Instruction[]; readonly made: GraphNode[] } | undefined;
  private tapes = 0;
  /** What was asked the last time, in readings and in making. */
  private readonly last: Record<'look' | 'more', readonly Instruction[]> = { look: [], more: [] };
  /** The nodes whose readings are still true. */
  private readonly fresh = new Set<GraphNode>();
  /** How many nodes there were when a leaf was last edited. */
  private readonly edited = new Map<GraphNode, number>();
  private readonly claimed: ReadonlySet<Claim>;
  private readonly forms = new Set<string>();
  private readonly used = new Set<string>();
  private isShared = false;
  private noted = 0;
  private passes = 0;
  private count = 0;

  /**
   * @param engine - the engine under test
   * @param isAboutNumbers - whether it matters that plain numbers are taken as such, and not through leaves
   */
  constructor(
    readonly engine: Engine,
    private readonly isAboutNumbers = false,
  ) {
    this.claimed = new Set(engine.description.operations);
  }

  /**
   * Makes a leaf.
   *
   * @param name - what the engine is to call it
   * @param data - its number
   */
  leaf(name: string, data: number): GraphNode {
    this.emit({ do: 'leaf', to: name, data });
    return this.made({ name, operation: 'leaf', operands: [] }, data);
  }

  /**
   * Makes a node from others.
   *
   * @param operation - how
   * @param operands - from what; at least one is a node
   * @param name - what the engine is to call it
   * @throws NotClaimed if the engine does not offer the operation
   */
  apply(operation: Operation, operands: readonly (GraphNode | number)[], name: string): GraphNode {
    this.emitOperation(
      operation,
      operands.map((operand): Operand => (typeof operand === 'number' ? operand : operand.name)),
      name,
    );
    return this.made({ name, operation, operands });
  }

  /**
   * Makes a node that the notebook does not keep.
   *
   * @param operation - how
   * @param of - from what; at least one is a name
   * @param to - what the engine is to call it
   * @throws NotClaimed if the engine does not offer the operation, or takes no numbers where that matters
   */
  emitOperation(operation: Operation, of: readonly Operand[], to: string): void {
    const claim = claimOf(operation, of);
    if (!this.claimed.has(claim)) throw new NotClaimed(claim, this.engine.description.engine);
    if (this.isAboutNumbers) this.requireNumbers(operation, of);
    this.emit({ do: operation, to, of });
    this.note(operation, to, of);
  }

  /** What has been asked of the engine so far. */
  get asked(): Asked {
    return { forms: this.forms, isShared: this.isShared || this.noted > NOTED, passes: this.passes };
  }

  private note(operation: Operation, to: string, of: readonly Operand[]): void {
    this.noted += 1;
    if (this.noted > NOTED) return;
    this.forms.add(`${operation} ${formOf(of)}`);
    for (const operand of of) {
      if (typeof operand === 'number') continue;
      if (this.used.has(operand)) this.isShared = true;
      this.used.add(operand);
    }
    this.used.delete(to);
  }

  /**
   * Keeps the output of a network, which would otherwise lose its name to the next one.
   *
   * @param call - how the notes write it
   * @param output - what the engine calls it now
   * @param operands - the inputs and the parameters
   * @param name - what the engine is to call it from now on
   */
  keep(call: string, output: string, operands: readonly (GraphNode | number)[], name: string): GraphNode {
    this.emitOperation('add', [output, 0], name);
    return this.made({ name, operation: 'network', operands, call });
  }

  /**
   * Runs the backward pass from a node.
   *
   * @param node - the node
   * @throws NotClaimed if a node has a gradient from an earlier pass, and the engine does not promise to add to it: that
   *   of a leaf, from a pass over another graph; or that of a node in between, from a pass over this one
   */
  backward(node: GraphNode): void {
    const { engine, repeatedBackward, newGraph } = this.engine.description;
    const reached = reachable([node]);
    const again = reached.filter((each) => each.pass !== undefined);
    // what an earlier pass has left on the output itself, this one sets anew
    const isSameGraph = again.some((each) => each.operation !== 'leaf' && each !== node);
    if (isSameGraph && repeatedBackward !== 'accumulate') {
      throw notOffered('repeated-accumulation', engine);
    }
    const isNewGraph = !isSameGraph && again.some(({ operation }) => operation === 'leaf');
    if (isNewGraph && newGraph !== 'accumulate') {
      throw notOffered('accumulation', engine);
    }
    // what is edited from now on is edited after the pass
    const pass = { output: node, at: this.count++ };
    for (const each of reached) each.pass = pass;
    this.emit({ do: 'backward', of: node.name });
    this.passes += 1;
  }

  /**
   * Overwrites a node's data.
   *
   * @param node - the node
   * @param data - its new number
   * @throws NotClaimed if the engine does not promise that it can be set
   */
  setData(node: GraphNode, data: number): void {
    const { engine, fixed } = this.engine.description;
    if (fixed.includes('data')) throw notOffered('set-data', engine);
    this.emit({ do: 'setData', of: node.name, data });
    this.edited.set(node, this.count);
    node.isEdited = true;
    const { held } = node;
    if (held?.at(-1)?.since === this.count) held.pop(); // nothing was made from it
    held?.push({ since: this.count, data });
  }

  /**
   * Asks for a node's number, which an engine may compute again when a leaf is edited, as a spreadsheet does.
   *
   * @param node - the node
   * @throws NotClaimed if the engine does so, and the node was made from what was edited since
   */
  requireKept(node: GraphNode): void {
    if (!this.engine.description.follows || this.edited.size === 0) return;
    const isStale = reachable([node]).some((each) => (this.edited.get(each) ?? 0) > node.index && each !== node);
    if (isStale) {
      throw notOffered('kept-data', this.engine.description.engine);
    }
  }

  /**
   * Sets the gradients of some nodes to zero.
   *
   * @param nodes - the nodes
   * @throws NotClaimed if the engine does not promise that they can be set
   */
  zeroGrad(nodes: readonly GraphNode[]): void {
    const { engine, fixed } = this.engine.description;
    if (fixed.includes('grad')) throw notOffered('set-gradients', engine);
    this.emit({ do: 'zeroGrad', of: nodes.map(({ name }) => name) });
    for (const node of nodes) node.pass = undefined;
  }

  /**
   * Sends what waits, and brings the readings of some nodes up to date.
   *
   * @param nodes - those to read; each must still own its name
   */
  async look(nodes: readonly GraphNode[]): Promise<void> {
    const stale = nodes.filter((node) => !this.fresh.has(node));
    if (stale.length === 0 && this.waiting.length === 0) return;
    const program: Instruction[] = [...this.waiting, { do: 'read', of: stale.map(({ name }) => name) }];
    this.waiting = [];
    const readings = await this.ask(program, stale.length);
    for (const [i, node] of stale.entries()) {
      node.reading = readings[i];
      this.fresh.add(node);
    }
  }

  /** Asks for readings; in training, the same again and again. */
  private ask(program: readonly Instruction[], readings: number): ReturnType<Engine['execute']> {
    const isBeginning = program[0]?.do === 'reset';
    if (isBeginning || program.length + readings < LONG || !this.engine.description.again) {
      return this.engine.execute(program);
    }
    return this.engine.execute(this.asBefore('look', program), 'look');
  }

  /** The very list that was asked the last time, if it says the same; otherwise the new one, which is the last from now on. */
  private asBefore(what: 'look' | 'more', program: readonly Instruction[]): readonly Instruction[] {
    if (!isSame(program, this.last[what])) this.last[what] = program;
    return this.last[what];
  }

  /** Whether so much waits that it should be sent before there is more: long programs are better sent in pieces. */
  get isFull(): boolean {
    return this.tape === undefined && this.waiting.length >= MUCH;
  }

  /** Sends what waits; a cell that runs again and again is the same each time, and need not be told each time. */
  async send(): Promise<void> {
    if (this.waiting.length === 0) return;
    const program = this.waiting;
    this.waiting = [];
    const known = this.asBefore('more', program);
    const isTold = known !== program && program.length >= LONG && this.engine.description.again;
    // only what comes a second time is worth remembering
    await this.engine.execute(known, isTold ? 'more' : undefined);
  }

  /**
   * Runs something that waits for no answer, and takes down what it asks and makes. Nothing is asked yet: see {@link say}.
   *
   * @param run - runs it
   * @param name - what the engine is to call the program, if it takes the place of another
   */
  async takeDown(run: () => Promise<void>, name = String(this.tapes++)): Promise<Tape> {
    const tape = { name, program: [], made: [] };
    this.tape = tape;
    try {
      await run();
      return tape;
    } catch (error) {
      this.waiting = [...this.waiting, ...tape.program]; // what came before has been named, and may be read
      throw error;
    } finally {
      this.tape = undefined;
    }
  }

  /**
   * Asks what was taken down. An engine that remembers programs is told a long one once, and then asked for it by name.
   *
   * @param tape - what was taken down
   */
  async say(tape: Tape): Promise<void> {
    this.fresh.clear();
    if (isLong(tape) && this.engine.description.again) {
      await this.send();
      await this.engine.execute(tape.program, tape.name);
      return;
    }
    for (const instruction of tape.program) {
      this.waiting.push(instruction);
      if (this.isFull) await this.send();
    }
  }

  /**
   * Asks again what was taken down.
   *
   * @param tape - what was taken down
   */
  async repeat(tape: Tape): Promise<void> {
    for (const instruction of tape.program) {
      if (this.noted > NOTED) break;
      if ('to' in instruction && instruction.do !== 'leaf') this.note(instruction.do, instruction.to, instruction.of);
    }
    await this.say(tape);
  }

  /**
   * A node like one that was made when something was taken down.
   *
   * @param node - that node
   * @param operands - what this one is made from
   */
  remade({ name, operation, call, held }: GraphNode, operands: GraphNode['operands']): GraphNode {
    return this.made({ name, operation, operands, call }, held?.[0]?.data);
  }

  /**
   * Has the engine let go of nodes that will be made again, and that nothing is made from before: leaves take their names.
   *
   * @param names - what the engine calls them
   */
  letGo(names: readonly string[]): void {
    for (const to of names) this.emit({ do: 'leaf', to, data: 0 });
  }

  private requireNumbers(operation: Operation, of: readonly Operand[]): void {
    const { engine, throughLeaves } = this.engine.description;
    for (const [i, side] of (['left', 'right'] as const).entries()) {
      if (typeof of[i] !== 'number' || !throughLeaves.includes(`${operation} ${side}`)) continue;
      throw new NotClaimed('numbers', engine, `a plain number on the ${side} of ${operation}`);
    }
  }

  /** @param data - what it holds, if it is a leaf */
  private made({ name, operation, operands, call }: How, data?: number): GraphNode {
    const index = this.count++;
    const held = data === undefined ? undefined : [{ since: index, data }];
    // all that it will ever have is there from the beginning: fields that come later cost time
    const later = { reading: undefined, pass: undefined, byHand: undefined, isEdited: false };
    const node: GraphNode = { index, name, operation, operands, call, held, ...later };
    this.tape?.made.push(node);
    return node;
  }

  private emit(instruction: Instruction): void {
    (this.tape?.program ?? this.waiting).push(instruction);
    // whatever is done, an engine may change any node by it: what it said before is asked again
    if (this.fresh.size > 0) this.fresh.clear();
  }
}
