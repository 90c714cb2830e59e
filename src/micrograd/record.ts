import { quote } from '../errors';
import { ADD_NUMBER, dataOf, MUL_NUMBER, numberOf, RELU_NUMBER, sharesOf } from './rules';
import { LEAF, Value } from './value';

/*
 * A graph, recorded: its nodes in a row, the leaves first, and each after its operands. The forward pass is a walk along
 * the row, and the backward pass a walk back. All that is kept of a node is its data, its gradient, and how it is made:
 * the number of its rule, and the places of its operands. This is L = (a·b + c)·f, where e = a·b and d = e + c:
 *
 *     place     0      1      2      3      4        5        6
 *     node      a      b      c      f      e        d        L
 *     made      leaf   leaf   leaf   leaf   mul 0 1  add 4 2  mul 5 3
 *
 * Sums, products and relu, which nearly all of a network is made of, are written out below: calling their rules takes
 * several times as long. What comes is the same, to the last bit.
 */

/** A graph that is computed again where it stands, instead of being built again: see {@link record}. */
export class Recording {
  /** The leaves, in the order of their places. The passes read their data, and add to their gradients. */
  readonly leaves: readonly Value[];
  /** What the nodes hold, in the order of their places; the root is last. Shape [nodes]. */
  readonly data: Float64Array;
  /** How fast the root changes with each node, in units of root per unit of node. Shape [nodes]. */
  readonly grad: Float64Array;
  /** For each node the number of its rule, and the places of its operands. Shape [nodes, 3]. */
  readonly made: Int32Array;

  /** @internal */
  constructor(
    root: Value,
    /** The leaves that hold a number of its own in each example of a {@link Batch}. */
    readonly inputs: readonly Value[],
  ) {
    const nodes = inOrder(root);
    const places = new Map(nodes.map((node, place) => [node, place]));
    this.leaves = nodes.filter(({ rule }) => rule === LEAF);
    this.data = Float64Array.from(nodes, ({ data }) => data);
    this.grad = new Float64Array(nodes.length);
    this.made = new Int32Array(3 * nodes.length);
    for (const [place, { rule, a, b }] of nodes.entries()) {
      this.made.set([numberOf(rule), places.get(a) as number, places.get(b) as number], 3 * place);
    }
  }

  /**
   * Computes all nodes from what the leaves hold now.
   *
   * @returns the root's data
   */
  forward(): number {
    const { leaves, made, data } = this;
    for (let i = 0; i < leaves.length; i++) data[i] = (leaves[i] as Value).data;
    for (let i = leaves.length; i < data.length; i++) {
      const rule = made[3 * i] as number;
      const p = data[made[3 * i + 1] as number] as number;
      const q = data[made[3 * i + 2] as number] as number;
      if (rule === ADD_NUMBER) data[i] = p + q;
      else if (rule === MUL_NUMBER) data[i] = p * q;
      else if (rule === RELU_NUMBER) data[i] = Math.max(0, p);
      else data[i] = dataOf(rule, p, q);
    }
    return data[data.length - 1] as number;
  }

  /**
   * The backward pass, at what the last {@link Recording.forward} has computed. As with {@link Value.backward}, leaves
   * accumulate over several passes until they are zeroed, and all other nodes start afresh in each.
   *
   * @param rootGrad - the gradient of the root: 1, if the root is the output; if it is only a part of it, how fast the
   *   output changes with the root
   */
  backward(rootGrad = 1): void {
    const { leaves, made, data, grad } = this;
    const root = data.length - 1;
    for (let i = 0; i < leaves.length; i++) grad[i] = (leaves[i] as Value).grad;
    for (let i = leaves.length; i <= root; i++) grad[i] = 0;
    (grad[root] as number) += rootGrad;
    for (let i = root; i >= leaves.length; i--) {
      const rule = made[3 * i] as number;
      const a = made[3 * i + 1] as number;
      const b = made[3 * i + 2] as number;
      const g = grad[i] as number;
      if (rule === ADD_NUMBER) {
        (grad[a] as number) += g;
        (grad[b] as number) += g;
      } else if (rule === MUL_NUMBER) {
        (grad[a] as number) += (data[b] as number) * g;
        (grad[b] as number) += (data[a] as number) * g;
      } else if (rule === RELU_NUMBER) {
        if ((data[a] as number) > 0) (grad[a] as number) += g;
      } else {
        const [first, second] = sharesOf(rule, data[a] as number, data[b] as number, data[i] as number, g);
        (grad[a] as number) += first.grad;
        (grad[b] as number) += second.grad;
      }
    }
    for (let i = 0; i < leaves.length; i++) (leaves[i] as Value).grad = grad[i] as number;
  }

  /**
   * Compares a graph that was built anew with the one that is replayed: a replay does not see a branch that would now go the
   * other way, nor a leaf that another has replaced. A new leaf that holds the same number passes, since each number that
   * is written in an expression is a new leaf each time. Inputs may be any leaves.
   *
   * @param root - of the graph that was built anew
   * @throws Error that says what differs
   */
  requireSame(root: Value): void {
    const other = new Recording(root, []);
    if (other.data.length !== this.data.length) {
      throw new Error(`the graph has ${other.data.length} nodes, and ${this.data.length} are replayed`);
    }
    const at = this.made.findIndex((each, i) => each !== other.made[i]);
    if (at >= 0)
      throw new Error(`the node at place ${Math.floor(at / 3)} is made in another way than the one replayed`);
    const known = new Set(this.leaves);
    for (const [place, leaf] of this.leaves.entries()) {
      const now = other.leaves[place] as Value;
      if (leaf === now || this.inputs.includes(leaf)) continue;
      if (known.has(now))
        throw new Error(`the leaf at place ${place} is one that stands elsewhere in the graph replayed`);
      if (Object.is(leaf.data, now.data)) continue;
      throw new Error(
        `the leaf at place ${place} is another one: it holds ${now.data}, and the one replayed ${leaf.data}`,
      );
    }
  }
}

/**
 * Records the graph of a node, to be replayed: as long as its shape stays the same, there is no need to build it again.
 * What the leaves hold may change. What a replay computes is the same, to the last bit, as if the graph were built. It
 * stands in the recording's own `data` and `grad`: of the nodes that were recorded, only leaves get new gradients.
 *
 * A replay knows nothing of the code that built the graph. Where that would go another way for other data (`if`, or a
 * loop until something is reached), a replay still goes the way that was recorded.
 *
 * @param root - the node; nothing of its graph is kept but the leaves
 * @param inputs - leaves that hold a number of its own in each example of a batch
 * @throws TypeError if the root is no Value
 * @throws RangeError if an input is no leaf of the graph, or is given twice
 *
 * @example
 * ```ts
 * const [a, b] = [new Value(2), new Value(-3)];
 * const product = record(a.mul(b));
 * a.data = 5;
 * product.forward(); // -15
 * product.backward();
 * a.grad; // -3
 * ```
 */
export function record(root: Value, inputs: readonly Value[] = []): Recording {
  if (!(root instanceof Value)) throw new TypeError(`record: expected a Value, got ${quote(root)}`);
  const recording = new Recording(root, inputs);
  const strange = inputs.findIndex((input) => !recording.leaves.includes(input));
  if (strange >= 0) throw new RangeError(`input ${strange} is no leaf that the graph was made from`);
  if (new Set(inputs).size < inputs.length) throw new RangeError('an input is given twice');
  return recording;
}

/**
 * The nodes that one was made from, and that one: first the leaves, and then the others, each after its operands. The others
 * stand in the order in which `Value` finishes them, so that shares add up in the same order.
 *
 * @param root - the last of them
 */
export function inOrder(root: Value): Value[] {
  const leaves: Value[] = [];
  const others: Value[] = [];
  const seen = new Set([root]);
  const path = [root];
  while (path.length > 0) {
    const node = path.at(-1) as Value;
    const { a, b } = node;
    const next = seen.has(a) ? b : a;
    if (seen.has(next)) {
      (node.rule === LEAF ? leaves : others).push(node);
      path.pop();
    } else {
      seen.add(next);
      path.push(next);
    }
  }
  return [...leaves, ...others];
}
