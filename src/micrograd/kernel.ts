import { codeFor, layoutOf } from './code';
import type { Recording } from './record';
import { ADD_NUMBER, dataOf, LEAF_NUMBER, MUL_NUMBER, RELU_NUMBER, sharesOf } from './rules';

/*
 * Runs the code that is made for one recording, see code.ts: numbers go into its memory, and come out of it. Nothing but the
 * numbers of rules and of places goes into the code itself, so nothing that anybody has written is ever run.
 *
 * The code is WebAssembly and not JavaScript, which was tried: in a function of that length, JavaScript is interpreted for
 * some hundred passes before it is compiled.
 */

/** Runs all passes: see {@link Batch.pass}. */
export type Kernel = (rootGrad: number, roots: Float64Array) => void;

/** Engines of WebAssembly allow fifty thousand variables in a function. Each node takes two, and this leaves room. */
const MOST_NODES = 20_000;

/**
 * Makes code for a recording.
 *
 * @param recording - the graph for one example
 * @param columns - for each input what it holds in each example, shape [inputs][examples]
 * @returns undefined where no code may be made, where there are no examples, and where it would be too large
 */
export function kernelOf(recording: Recording, columns: readonly ArrayLike<number>[]): Kernel | undefined {
  const { leaves, data } = recording;
  const examples = columns[0]?.length ?? 0;
  if (data.length > MOST_NODES || examples === 0) return undefined;
  if (!mayCompile()) return undefined;
  const called = calledIn(recording.made);
  const layout = layoutOf(recording, examples);
  let run: (bytes: number, rootGrad: number) => void;
  let numbers: Float64Array;
  try {
    const memory = new WebAssembly.Memory({ initial: Math.ceil((8 * layout.length) / 65_536) });
    const module = new WebAssembly.Module(codeFor(recording, examples, called));
    const { exports } = new WebAssembly.Instance(module, { '': { memory, ...calls(called) } });
    run = exports.run as typeof run;
    numbers = new Float64Array(memory.buffer);
  } catch (error) {
    if (error instanceof RangeError) return undefined; // more memory, or longer code, than there may be
    throw error;
  }
  for (const [k, column] of columns.entries()) numbers.set(column, layout.column(k));
  return (rootGrad, roots) => {
    for (const [i, leaf] of leaves.entries()) {
      numbers[layout.data(i)] = leaf.data;
      numbers[layout.grad(i)] = leaf.grad;
    }
    run(8 * examples, rootGrad);
    for (const [i, leaf] of leaves.entries()) leaf.grad = numbers[layout.grad(i)] as number;
    roots.set(numbers.subarray(layout.roots, layout.roots + examples));
  };
}

/** The smallest module: a signature and a version, and nothing behind them. */
const SMALLEST = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/** Whether code may be made at all: the security policy of a web page may forbid it. */
function mayCompile(): boolean {
  try {
    return new WebAssembly.Module(SMALLEST) instanceof WebAssembly.Module;
  } catch {
    return false;
  }
}

/**
 * What the code calls for rules that it does not have itself. A call gives one number. So `shareOfFirst…` works out the
 * shares of both operands, and gives one; and `shareOfSecond`, which is called right after it, gives the other.
 */
function calls(
  called: readonly number[],
): Record<string, (p: number, q: number, data: number, grad: number) => number> {
  let shareOfSecond = 0;
  const found: ReturnType<typeof calls> = { shareOfSecond: () => shareOfSecond };
  for (const rule of called) {
    found[`data${rule}`] = (p, q) => dataOf(rule, p, q);
    found[`shareOfFirst${rule}`] = (p, q, data, grad) => {
      const [first, second] = sharesOf(rule, p, q, data, grad);
      shareOfSecond = second.grad;
      return first.grad;
    };
  }
  return found;
}

/** The rules that are called, by their numbers. */
function calledIn(made: Int32Array): number[] {
  const inline = [LEAF_NUMBER, ADD_NUMBER, MUL_NUMBER, RELU_NUMBER];
  return [...new Set(made.filter((_, i) => i % 3 === 0))]
    .filter((rule) => !inline.includes(rule))
    .sort((p, q) => p - q);
}
