import { type Kernel, kernelOf } from './kernel';
import type { Recording } from './record';

/** What a batch may do. */
export interface BatchOptions {
  /**
   * Whether code may be made for the batch, which is much faster. By default it is made, but for very large graphs, and where
   * a web page's security policy forbids it.
   */
  readonly mayGenerate?: boolean;
}

/**
 * One graph, recorded for one example, and replayed for many. Only the inputs differ from example to example; all other
 * leaves, such as the parameters, are the same ones. So their gradients add up over the examples, as they do in the graph
 * of a sum of all roots. Inputs get none.
 *
 * @example
 * ```ts
 * const [w, x, y] = [new Value(0.5), new Value(0), new Value(0)];
 * const error = w.mul(x).sub(y).pow(2);
 * const batch = new Batch(record(error, [x, y]), [[1, 2, 3], [2, 4, 6]]);
 * const sum = batch.pass(1 / 3); // of the errors; the mean, sum / 3, changes by 1/3 per unit of an error
 * w.grad; // so this is how fast the mean changes with w
 * ```
 */
export class Batch {
  /** What the root held in each example, in the last pass. Shape [examples]. */
  readonly roots: Float64Array;
  /** Shape [inputs][examples]; none where code has them in its memory. */
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
    this.kernel = mayGenerate ? kernelOf(recording, columns) : undefined;
    this.columns = this.kernel === undefined ? columns.map((column) => Float64Array.from(column)) : [];
  }

  /** Whether it runs as code that was made for it. */
  get isGenerated(): boolean {
    return this.kernel !== undefined;
  }

  /**
   * A forward and a backward pass for each example. The last example comes first, as in the backward pass of a sum that was
   * added up from the first to the last: so the gradients are the same as there, to the last bit. Afterwards, what stands in
   * the recording's own `data` and `grad` is of no use.
   *
   * @param rootGrad - the gradient of each root, or how fast the output changes with it: 1 where the output is their sum, 1/n
   *   where it is their mean. Only gradients depend on it
   * @returns the sum of the roots, whatever the output is
   */
  pass(rootGrad = 1): number {
    const { kernel, roots } = this;
    if (kernel !== undefined) kernel(rootGrad, roots);
    else this.replay(rootGrad);
    return roots.reduce((sum, root) => sum + root, 0);
  }

  private replay(rootGrad: number): void {
    const { recording, columns, roots } = this;
    const { inputs } = recording;
    const before = inputs.map(({ data, grad }) => ({ data, grad })); // inputs are the caller's, and left as they were
    for (let i = roots.length - 1; i >= 0; i--) {
      for (const [k, input] of inputs.entries()) input.data = columns[k]?.[i] as number;
      roots[i] = recording.forward();
      recording.backward(rootGrad);
    }
    for (const [k, input] of inputs.entries()) Object.assign(input, before[k]);
  }
}
