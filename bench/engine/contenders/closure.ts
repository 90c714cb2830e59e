import { scalars } from '../scalar';

/**
 * An engine in the style of micrograd, to compare with: each operation leaves a closure behind that hands the gradient on,
 * and the backward pass sorts the nodes by a recursive walk with a set. As much of it as the workloads need.
 */
export class ClosureValue {
  data: number;
  grad: number;
  readonly previous: readonly ClosureValue[];
  /** Hands this node's gradient on to those that it was made from. */
  back: () => void;

  /**
   * @param data - the number
   * @param previous - what it was made from
   */
  constructor(data: number, previous: readonly ClosureValue[] = []) {
    this.data = data;
    this.grad = 0;
    this.previous = previous;
    this.back = () => {};
  }

  add(y: ClosureValue | number): ClosureValue {
    const other = y instanceof ClosureValue ? y : new ClosureValue(y);
    const out = new ClosureValue(this.data + other.data, [this, other]);
    out.back = () => {
      this.grad += out.grad;
      other.grad += out.grad;
    };
    return out;
  }

  mul(y: ClosureValue | number): ClosureValue {
    const other = y instanceof ClosureValue ? y : new ClosureValue(y);
    const out = new ClosureValue(this.data * other.data, [this, other]);
    out.back = () => {
      this.grad += other.data * out.grad;
      other.grad += this.data * out.grad;
    };
    return out;
  }

  /** @param n - a plain number: the exponent has no gradient */
  pow(n: number): ClosureValue {
    const out = new ClosureValue(this.data ** n, [this]);
    out.back = () => {
      this.grad += n * this.data ** (n - 1) * out.grad;
    };
    return out;
  }

  relu(): ClosureValue {
    const out = new ClosureValue(this.data < 0 ? 0 : this.data, [this]);
    out.back = () => {
      if (out.data > 0) this.grad += out.grad;
    };
    return out;
  }

  /** Fills in the gradients of all nodes that this one was made from. */
  backward(): void {
    const sorted: ClosureValue[] = [];
    const seen = new Set<ClosureValue>();
    const visit = (node: ClosureValue) => {
      if (seen.has(node)) return;
      seen.add(node);
      for (const each of node.previous) visit(each);
      sorted.push(node);
    };
    visit(this);
    this.grad = 1;
    for (const node of sorted.reverse()) node.back();
  }
}

/** How it takes part. */
export const contender = scalars<ClosureValue>({
  leaf: (data) => new ClosureValue(data),
  madeFrom: ({ previous }) => previous,
});
