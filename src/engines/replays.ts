import { inOrder, type Recording, record } from '../micrograd/record';
import { Value } from '../micrograd/value';
import type { Instruction, Reading } from '../protocol/program';
import type { Shortcut, Told } from './class';
import type { SomeNode } from './nodes';
import { type Compiled, NO_SLOT, type Slots } from './slots';

/*
 * Training with the project's own engine: in each step the same programs make the same graph, which is differentiated and
 * read. So from the third time on it is not made any more. It was recorded, and is replayed:
 *
 *     told        setData …   again 0   again 1   [loss = …, zeroGrad …, backward loss, read …]
 *     is done     setData …      –         –      zeroGrad …, forward, backward, read …
 *
 * The nodes of the recorded graph stay in their slots, with the numbers of the step that was recorded. As soon as anything
 * else is told, they are given those of the last one, and nobody can tell them from nodes that were made anew. But for one
 * thing: what was made from the nodes of an earlier step would see them change. So where such a node has a name, the step
 * is carried out as it was told.
 */

/** A step that was carried out, and is replayed. */
interface Step {
  /** Its programs; the last one runs the backward pass and reads. */
  readonly told: readonly Told[];
  readonly recording: Recording;
  /** The nodes, in the order of their places. */
  readonly nodes: readonly Value[];
  readonly places: ReadonlyMap<unknown, number>;
  /** What the names that it gives stand for, by slots; and those that it finds. */
  readonly given: ReadonlyMap<number, SomeNode>;
  readonly found: ReadonlyMap<number, SomeNode | undefined>;
  /** The places of the leaves whose gradients it sets to zero. */
  readonly zeroed: readonly number[];
  /** The places of the nodes that it reads. */
  readonly read: readonly number[];
}

/** Replays the steps of a training. */
export class Replays implements Shortcut {
  /** Programs that are not carried out yet. */
  private waiting: Told[] = [];
  private step: Step | undefined;
  /** Whether the recorded nodes do not hold the numbers of the last replay. */
  private isBehind = false;
  /** Whether something else was made from recorded nodes: then nothing is replayed any more. */
  private isUsed = false;
  /** How many steps were replayed. */
  count = 0;

  /**
   * @param slots - where the engine's nodes are
   * @param carryOut - carries a program out
   */
  constructor(
    private readonly slots: Slots,
    private readonly carryOut: (told: Told) => readonly Reading[],
  ) {}

  private get nodes() {
    return this.slots.nodes;
  }

  /** Forgets everything. */
  clear(): void {
    this.waiting = [];
    this.step = undefined;
    this.isBehind = false;
    this.isUsed = false;
  }

  /**
   * Answers a program.
   *
   * @param told - the program
   * @param isRepeated - whether it was told before
   */
  answer(told: Told, isRepeated: boolean): readonly Reading[] {
    if (isRepeated && makesOnly(told)) {
      this.waiting.push(told);
      return [];
    }
    const all = [...this.waiting, told];
    const { step } = this;
    if (step !== undefined && this.isStep(step, all)) {
      this.waiting = [];
      return this.replay(step);
    }
    this.catchUp(all);
    const waited = this.waiting;
    this.waiting = [];
    for (const each of waited) this.carriedOut(each);
    const readings = this.carriedOut(told);
    if (waited.length > 0 && isRepeated && !this.isUsed) this.record(all);
    else if (waited.length > 0) this.step = undefined;
    return readings;
  }

  private carriedOut(told: Told): readonly Reading[] {
    if (this.step !== undefined && this.isOfStep(this.step, told.compiled)) this.isUsed = true;
    return this.carryOut(told);
  }

  private isStep({ told, found }: Step, all: readonly Told[]): boolean {
    if (told.length !== all.length || this.isUsed) return false;
    return (
      told.every(({ program }, i) => program === all[i]?.program) &&
      [...found].every(([slot, node]) => this.nodes[slot] === node)
    );
  }

  private replay({ recording, given, zeroed, read }: Step): Reading[] {
    for (const [slot, node] of given) this.nodes[slot] = node;
    for (const place of zeroed) recording.leaves[place]?.zeroGrad();
    recording.forward();
    recording.backward();
    this.isBehind = true;
    this.count += 1;
    const { data, grad } = recording;
    return read.map((place) => ({ data: data[place] as number, grad: grad[place] as number }));
  }

  /** Gives the recorded nodes the numbers of the last replay, unless nothing is told but edits of what lies outside of them. */
  private catchUp(all: readonly Told[]): void {
    if (!this.isBehind || this.step === undefined) return;
    const { nodes, recording, places } = this.step;
    const isBetween = (name: string) => {
      const place = places.get(this.nodes[this.slots.slot(name)]);
      return place !== undefined && place >= recording.leaves.length;
    };
    const isAside = (each: Instruction) => each.do === 'leaf' || (each.do === 'setData' && !isBetween(each.of));
    if (all.every(({ program }) => program.every(isAside))) return;
    for (let i = recording.leaves.length; i < nodes.length; i++) {
      const node = nodes[i] as Value;
      node.data = recording.data[i] as number;
      node.grad = recording.grad[i] as number;
    }
    this.isBehind = false;
  }

  /** Whether a program makes something from recorded nodes. */
  private isOfStep({ given }: Step, { left, right, to }: Compiled): boolean {
    const isGiven = (slot = 0) => given.has(slot) && given.get(slot) === this.nodes[slot];
    return to.some((slot, at) => slot !== NO_SLOT && (isGiven(left[at]) || isGiven(right[at])));
  }

  /** Records a step that was just carried out, if it is one. */
  private record(told: readonly Told[]): void {
    this.step = undefined;
    this.isBehind = false;
    const instructions = told.flatMap(({ program }) => program);
    const passes = instructions.filter((each) => each.do === 'backward');
    const [pass] = passes;
    const root = pass && this.nodes[this.slots.slot(pass.of)];
    if (passes.length !== 1 || !(root instanceof Value) || !isInOrder(told.at(-1)?.program ?? [])) return;
    const nodes = inOrder(root);
    const places = new Map<unknown, number>(nodes.map((node, place) => [node, place]));
    const given = new Map<number, SomeNode>();
    const found = new Map<number, SomeNode | undefined>();
    for (const { left, right, to } of told.map(({ compiled }) => compiled)) {
      for (const [at, slot] of to.entries()) {
        for (const each of [left[at] as number, right[at] as number]) {
          if (each > 0 && !given.has(each)) found.set(each, this.nodes[each]);
        }
        if (slot !== NO_SLOT) given.set(slot, this.nodes[slot] as SomeNode);
      }
    }
    const placesOf = (what: 'zeroGrad' | 'read') =>
      instructions
        .flatMap((each) => (each.do === what ? each.of : []))
        .map((name) => places.get(this.nodes[this.slots.slot(name)]) ?? nodes.length);
    const [zeroed, read] = [placesOf('zeroGrad'), placesOf('read')];
    const recording = record(root);
    const outside = [...[...found.values()].map((node) => places.get(node) ?? nodes.length), ...zeroed];
    if (outside.some((place) => place >= recording.leaves.length)) return;
    if (read.includes(nodes.length) || ![...given.values()].every((node) => places.has(node))) return;
    this.step = { told, recording, nodes, places, given, found, zeroed, read };
  }
}

/** Whether a program only makes nodes from others. */
function makesOnly({ compiled: { left, right, to } }: Told): boolean {
  return to.every((slot, at) => slot !== NO_SLOT && ((left[at] as number) > 0 || (right[at] as number) > 0));
}

/** Whether a program first makes nodes, then zeroes gradients, then runs the backward pass, and then reads. */
function isInOrder(program: readonly Instruction[]): boolean {
  const phase = ({ do: what }: Instruction) => ['zeroGrad', 'backward', 'read'].indexOf(what);
  return program.every((each, i) => {
    if (['reset', 'leaf', 'setData'].includes(each.do)) return false;
    return i === 0 || phase(each) >= phase(program[i - 1] as Instruction);
  });
}
