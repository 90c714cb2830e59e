import { type Kernel, kernelOf } from './kernel';
import type { Recording } from './record';
import type { Value } from './value';

/** How a batch is replayed. */
export interface BatchOptions {
  /** Whether code may be made for the batch, which is much faster. By default it is, unless a page forbids that. */
  readonly mayGenerate?: boolean;
}

/**
 * One graph, recorded for one example, and replayed for many. The graphs of the examples have their leaves in common, and
 * nothing else; the inputs hold something else in each. So the gradients of the other leaves add up over the examples, as
 * they do where the roots are added up; inputs get none.
 *
 * @example
 * ```ts
 * const [w, x, y] = [new Value(0.5), new Value(0), new Value(0)];
 * const error = w.mul(x).sub(y).pow(2);
 * const batch = new Batch(record(error, [x, y]), [[1, 2, 3], [2, 4, 6]]);
 * const loss = batch.pass(1 / 3) / 3; // the sum of the errors over their number: their mean
 * w.grad; // how fast the mean changes with w
 * ```
 */
export class Batch {
  /** What the root held in each example, in the last pass. Shape [examples]. */
  readonly roots: Float64Array;
  private readonly columns: readonly Float64Array[];
  private readonly kernel: Kernel | undefined;

  /**
   * @param recording - of the graph for one example, with its inputs
   * @param columns - for each input what it holds in each example, shape [inputs][examples]; they are copied
   * @param options - see {@link BatchOptions}
   * @throws RangeError if there are no inputs, or not one column for each, or columns that are not equally long
   */
  constructor(
    private readonly recording: Recording,
    columns: readonly ArrayLike<number>[],
    { mayGenerate = true }: BatchOptions = {},
  ) {
    const { inputs } = recording;
    if (inputs.length === 0)
      throw new RangeError('the graph was recorded without inputs, so that all examples are the same');
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
    this.columns = columns.map((column) => Float64Array.from(column));
    this.kernel = mayGenerate ? kernelOf(recording, this.columns) : undefined;
  }

  /** Whether it runs as code that was made for it. */
  get isGenerated(): boolean {
    return this.kernel !== undefined;
  }

  /**
   * A forward and a backward pass for each example. The last example comes first, as in the backward pass of a sum that was
   * added up from the first to the last: so the gradients are the same as there, to the last bit.
   *
   * @param share - how fast the whole changes with the root of one example: 1 for their sum, 1/n for their mean. Only the
   *   gradients depend on it
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
