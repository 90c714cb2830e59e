import { EngineRefusal, SpecError } from '../errors';
import { Network } from '../micrograd/network';
import { type Asked, type Engine, EPSILON, type MakingInstruction } from '../protocol/program';
import { type GraphNode, howMade, madeFrom, programOf } from './graph';
import { Interpreter } from './interpreter';
import { networkInputs, parse, upTo } from './notation';
import { type Computed, exact } from './numbers';
import { Repeated } from './repeated';
import { isNode, type NetworkPlan, Scope, type TracedNode } from './scope';
import { Session } from './session';

/** A number in the notebook, with what a failure says of it. */
export interface Quantity {
  /** As the reader wrote it: `L`, `a.grad`. */
  readonly text: string;
  /** The number, or null: the engine keeps no gradient for this node. */
  readonly number: Computed | null;
  /** Where it comes from: `L = d * f`. */
  readonly origin: string;
}

/** The numbers of one example, by name. */
export type Example = ReadonlyMap<string, number>;

/**
 * The notebook of one scenario: names, and cells of code that run in order on an engine.
 *
 * A name stands for a node, which lives in the engine, or for a plain number, which lives here. Later cells see what
 * earlier ones named.
 */
export class Notebook {
  private readonly session: Session;
  private readonly scope: Scope;
  private readonly interpreter: Interpreter;
  private readonly expressions: Repeated[] = [];

  /**
   * @param engine - the engine that the cells run on
   * @param isAboutNumbers - whether it matters that the engine takes plain numbers as such, and not through leaves
   */
  constructor(engine: Engine, isAboutNumbers = false) {
    this.session = new Session(engine, isAboutNumbers);
    this.scope = new Scope(engine.description);
    this.interpreter = new Interpreter(this.session, this.scope);
  }

  /** The distance from 1 to the next number in the engine's precision. */
  get epsilon(): number {
    return EPSILON[this.session.engine.description.precision];
  }

  /**
   * Makes a leaf.
   *
   * @param name - what to call it
   * @param data - its number
   * @throws SpecError if the name could not be used in the notes' code
   */
  leaf(name: string, data: number): void {
    this.scope.bind(checked(name), this.session.leaf(name, data));
  }

  /**
   * Makes a network, whose parameters are leaves. The notes' code calls it by its name: `N(x, y)`.
   *
   * @param name - what to call it
   * @param plan - its size, its activation and its seed
   * @throws SpecError if the name could not be used in the notes' code
   */
  network(name: string, { inputs, layers, activation, seed }: NetworkPlan): void {
    const parameters: GraphNode[] = [];
    const leaf = (data: number, part: string) => {
      const parameter = this.session.leaf(`${name}.${part}`, data);
      parameters.push(parameter);
      return this.interpreter.traced(parameter.name);
    };
    const bend = (sum: TracedNode) => this.interpreter.hidden(activation, [sum.name]);
    const network = new Network<TracedNode>(inputs, layers, { bend, seed, leaf });
    this.scope.bindNetwork(checked(name), { network, parameters });
  }

  /**
   * The parameters of a network, in order.
   *
   * @param name - the network
   * @throws SpecError if there is none of that name
   */
  parameters(name: string): readonly GraphNode[] {
    return this.scope.network(name).parameters;
  }

  /**
   * Runs a cell, and keeps it to be run again.
   *
   * @param source - the notes' code
   * @throws SpecError if a part of it is not understood, or a name is not known
   */
  async express(source: string): Promise<void> {
    const cell = parse(source);
    await this.remember(async () => this.interpreter.run(cell), cell.isSteady);
  }

  /**
   * Runs a cell for each of some examples, adds up what it computes, and keeps all of this to be run again.
   *
   * @param name - the node to add up; afterwards it names the sum
   * @param source - the notes' code for one example
   * @param examples - at least one
   * @throws SpecError if a part of it is not understood, or a name is not known
   */
  async expressSum(name: string, source: string, examples: readonly Example[]): Promise<void> {
    if (examples.length === 0) throw new SpecError('there are no examples to sum over: give some first');
    const cell = parse(source);
    const given = [...examples]; // whatever becomes of the list
    await this.remember(async () => {
      let sum: GraphNode | undefined;
      for (const [i, example] of given.entries()) {
        this.bind(example);
        await this.interpreter.run(cell);
        const to = i === given.length - 1 ? name : `#${name} so far`;
        sum = this.session.apply('add', [sum ?? 0, this.scope.node(name)], to);
      }
      this.scope.bind(name, sum as GraphNode);
    }, cell.isSteady);
  }

  /** Runs what was given to be kept again, in order, on what the leaves hold now. */
  async expressAgain(): Promise<void> {
    if (this.expressions.length === 0) throw new SpecError('there are no expressions to run again: give some first');
    this.session.letGo(this.outputs());
    for (const expression of this.expressions) await expression.run();
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
    for (let i = 0; i < times; i++) {
      const answer = this.interpreter.run(cell);
      if (answer !== undefined) await answer;
    }
  }

  /**
   * Runs a cell that the engine may refuse.
   *
   * @param source - the notes' code, whose last line names something
   * @returns what the last line names, or undefined if the engine says that it cannot carry the cell out
   * @throws SpecError if a part of it is not understood, or its last line names nothing
   */
  async attempt(source: string): Promise<Quantity | undefined> {
    const last = parse(source).statements.at(-1);
    if (last?.kind !== 'bind') throw new SpecError('the last line of this code must name something, as in z = 1 / x');
    try {
      await this.run(source);
      return await this.quantity(last.name);
    } catch (error) {
      if (error instanceof EngineRefusal) return undefined;
      throw error;
    }
  }

  /**
   * Runs a cell for each of some examples, tells what a name stands for in each, and runs the expressions again, so
   * that names mean again what they meant.
   *
   * @param source - the notes' code for one example
   * @param examples - the examples
   * @param name - whose number to give
   * @returns the numbers, shape [examples]
   */
  async runEach(source: string, examples: readonly Example[], name: string): Promise<number[]> {
    const cell = upTo(parse(source), name);
    const work = new Repeated(this.session, this.scope, async () => this.interpreter.run(cell), cell.isSteady);
    const inputs = networkInputs(cell).filter((input) => input !== name);
    const found: number[] = [];
    for (const example of examples) {
      this.bind(example);
      // What only networks take comes in leaves, so that each example has the same program.
      for (const input of inputs.filter((each) => example.has(each))) {
        this.scope.bind(input, this.session.leaf(`#${input}`, example.get(input) as number));
      }
      await work.run();
      const node = this.scope.node(name);
      await this.session.look([node]);
      found.push(this.scope.value(node));
      this.bind(example);
    }
    await this.expressAgain();
    return found;
  }

  /** Sets the gradients of all nodes that a name leads to, and of all parameters, to zero. */
  zeroGradients(): void {
    const nodes = [...this.scope.nodes(), ...this.scope.parameters()];
    this.session.zeroGrad(nodes);
    for (const node of nodes) node.byHand = undefined;
  }

  /**
   * Runs the backward pass.
   *
   * @param name - the node whose gradient is 1
   * @throws SpecError if there is no such node
   */
  backward(name: string): void {
    this.interpreter.backward(this.scope.node(name));
  }

  /**
   * Adds up the squares of all parameters of a network, and keeps this to be run again.
   *
   * @param name - what to call the sum
   * @param network - the network
   * @throws SpecError if there is no such network
   */
  async expressSquares(name: string, network: string): Promise<void> {
    const parameters = this.parameters(network);
    await this.remember(async () => {
      let sum: GraphNode | number = 0;
      for (const [i, parameter] of parameters.entries()) {
        const square = this.session.apply('pow', [parameter, 2], '#square');
        sum = this.session.apply('add', [sum, square], i === parameters.length - 1 ? name : '#squares so far');
      }
      this.scope.bind(checked(name), sum as GraphNode);
    }, true);
  }

  /**
   * Gradient descent: again and again, zeroes the gradients, runs the backward pass, moves the parameters of a network
   * against their gradients, and runs the expressions again.
   *
   * @param network - the network
   * @param loss - the node to lower
   * @param rates - how far to move in each step, in units of data per unit of gradient
   * @param progress - is told the loss before each step
   * @returns the loss before each step and, last, after all of them; shape [steps + 1]
   * @throws SpecError if there is no such network or node
   */
  async learn(
    network: string,
    loss: string,
    rates: readonly number[],
    progress: (step: number, loss: number) => void | Promise<void>,
  ): Promise<number[]> {
    const losses: number[] = [];
    for (const [step, rate] of rates.entries()) {
      this.session.zeroGrad(this.parameters(network));
      this.backward(loss);
      await this.session.look([...this.parameters(network), this.scope.node(loss)]);
      losses.push(this.scope.value(this.scope.node(loss)));
      await progress(step, losses.at(-1) as number);
      await this.move(network, -rate);
      await this.expressAgain();
    }
    await this.session.look([this.scope.node(loss)]);
    return [...losses, this.scope.value(this.scope.node(loss))];
  }

  /**
   * Moves each parameter of a network along its gradient.
   *
   * @param name - the network
   * @param rate - how far, in units of data per unit of gradient; negative for a descent
   * @throws SpecError if there is no such network
   */
  async move(name: string, rate: number): Promise<void> {
    const parameters = this.parameters(name);
    await this.session.look(parameters);
    for (const node of parameters) {
      const grad = node.byHand?.value ?? node.reading?.grad ?? 0;
      this.session.setData(node, this.scope.value(node) + rate * grad);
    }
  }

  /**
   * Looks a number up.
   *
   * @param text - a name, which means the node's data, or a name with `.data` or `.grad`
   * @throws SpecError if there is no such name
   */
  async quantity(text: string): Promise<Quantity> {
    const [, name = text, field = 'data'] = /^(.*?)(?:\.(data|grad))?$/.exec(text) ?? [];
    const found = this.scope.find(name);
    if (!isNode(found)) {
      if (name !== text) throw new SpecError(`"${name}" is a number, and has neither .data nor .grad`);
      return { text, number: found, origin: `${name} is a number of the reader's own` };
    }
    await this.session.look(this.scope.nodes());
    if (field === 'data') this.session.requireKept(found);
    if (field === 'data') return { text, number: this.scope.data(found), origin: howMade(found) };
    return { text, number: this.scope.gradient(found), origin: found.byHand ? 'written by hand' : howMade(found) };
  }

  /**
   * The names of the leaves that a node was made from, in the order in which they were made.
   *
   * @param name - the node
   * @throws SpecError if there is no such node
   */
  leavesOf(name: string): string[] {
    const nodes = madeFrom([this.scope.node(name)]);
    return nodes.filter(({ operation }) => operation === 'leaf').map((leaf) => leaf.name);
  }

  /**
   * The program that a node was made by, with what the leaves hold now, and each node under a name of its own.
   *
   * @param name - the node
   * @returns the program, and the notebook's nodes in the order of its instructions
   * @throws SpecError if there is no such node, or a network took part, whose inside the notebook does not keep
   */
  async programOf(name: string): Promise<{ program: MakingInstruction[]; nodes: GraphNode[] }> {
    await this.session.look(this.scope.nodes());
    const node = this.scope.node(name);
    const program = programOf(node);
    if (program === undefined) throw new SpecError(`a network took part in ${name}, and its inside is not kept`);
    return { program, nodes: madeFrom([node]) };
  }

  /** What this notebook has asked of the engine. */
  get asked(): Asked {
    return this.session.asked;
  }

  /**
   * All nodes that have a name now, and all that they were made from, with up-to-date readings: for pictures.
   *
   * @param most - how many nodes are wanted; if there are more, some are missing
   */
  async graph(most: number): Promise<GraphNode[]> {
    await this.session.look(this.scope.nodes());
    return madeFrom(this.scope.nodes(), most);
  }

  /**
   * The names of nodes that the expressions make, and do not need. As long as an engine holds those, it holds the whole
   * graph, and would have to hold two where a large one is made anew.
   */
  private outputs(): string[] {
    const { expressions } = this;
    if (!expressions.every(({ isSteady }) => isSteady) || !expressions.some(({ isLong }) => isLong)) return [];
    const found = new Set(expressions.flatMap((each) => each.found));
    return expressions.flatMap(({ given }) => given).filter((name) => !found.has(name));
  }

  private async remember(work: () => Promise<void>, isSteady: boolean): Promise<void> {
    const expression = new Repeated(this.session, this.scope, work, isSteady);
    await expression.run();
    this.expressions.push(expression);
  }

  private bind(example: Example): void {
    for (const [name, value] of example) this.scope.bind(checked(name), exact(value));
  }
}

function checked(name: string): string {
  if (/^[A-Za-z_]\w*$/.test(name)) return name;
  throw new SpecError(`a name is made of letters, digits and _, and does not begin with a digit; "${name}" is none`);
}
