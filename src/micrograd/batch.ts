import { type Kernel, kernelOf } from './kernel';
import type { Recording } from './record';
import type { Value } from './value';

/** How a batch is replayed. */
export interface BatchOptions {
  /** Whether code may be made for it, which is much faster; where that is forbidden, it is not. By default, it may. */
  readonly mayGenerate?: boolean;
}

/**
 * One graph, recorded for one example, and replayed for many. The graphs of the examples have all leaves in common but the
 * inputs: so the gradients of the leaves add up, as they do where the root is a sum over the examples.
 *
 * @example
 * ```ts
 * const [w, x, y] = [new Value(0.5), new Value(0), new Value(0)];
 * const error = w.mul(x).sub(y).pow(2);
 * const batch = new Batch(record(error, [x, y]), [[1, 2, 3], [2, 4, 6]]);
 * const loss = batch.pass(1 / 3) / 3; // the mean of the errors
 * w.grad; // the slope of the mean
 * ```
 */
export class Batch {
  /** What the root held in each example, in the last pass. Shape [examples]. */
  readonly roots: Float64Array;
  private readonly kernel: Kernel | undefined;

  /**
   * @param recording - of the graph for one example, with its inputs
   * @param columns - for each input what it holds in each example, shape [inputs][examples]
   * @param options - see {@link BatchOptions}
   * @throws RangeError if there is not one column for each input, or they are not equally long
   */
  constructor(
    private readonly recording: Recording,
    private readonly columns: readonly ArrayLike<number>[],
    { mayGenerate = true }: BatchOptions = {},
  ) {
    const { inputs } = recording;
    if (columns.length !== inputs.length) {
      throw new RangeError(`expected ${inputs.length} columns, one for each input, and got ${columns.length}`);
    }
    const [{ length } = { length: 0 }] = columns;
    const other = columns.findIndex((column) => column.length !== length);
    if (other >= 0) {
      throw new RangeError(
        `expected ${length} examples in each column, and got ${columns[other]?.length} in column ${other}`,
      );
    }
    this.roots = new Float64Array(length);
    this.kernel = mayGenerate ? kernelOf(recording, columns) : undefined;
  }

  /** Whether it runs as code that was made for it. */
  get isGenerated(): boolean {
    return this.kernel !== undefined;
  }

  /**
   * A forward and a backward pass for each example. The last example comes first, as in the backward pass of a sum over all
   * of them: so the gradients are the same as there, to the last bit.
   *
   * @param share - how fast the whole changes with the root of one example: 1 for a sum over the examples
   * @returns the sum of the roots
   */
  pass(share = 1): number {
    const { kernel, roots } = this;
    if (kernel !== undefined) kernel(share, roots);
    else this.replay(share);
    return roots.reduce((sum, root) => sum + root, 0);
  }

  private replay(share: number): void {
    const { recording, columns, roots } = this;
    const { inputs } = recording;
    const before = inputs.map(({ data, grad }) => ({ data, grad }));
    for (let i = roots.length - 1; i >= 0; i--) {
      for (const [k, input] of inputs.entries()) (input as Value).data = columns[k]?.[i] as number;
      roots[i] = recording.forward();
      recording.backward(share);
    }
    for (const [k, input] of inputs.entries()) Object.assign(input, before[k]);
  }
}
