import { codeFor } from './code';
import type { Recording } from './record';
import { IS_ADD, IS_MUL, IS_RELU, RULES, sharesOf } from './rules';
import { LEAF, type Rule } from './value';

/*
 * Code for one recording: a loop over the examples in which each node is one operation, and its data and its gradient are
 * variables. It is made of operations and places alone, so that no text of anybody's gets into it. It is WebAssembly, which
 * is compiled at once, however long it is; JavaScript of that length is interpreted for some hundred passes first.
 *
 * The memory, in numbers of 8 bytes: the leaves' data, their gradients, the roots, and a column for each input.
 *
 *     data(leaves)  grad(leaves)  roots(examples)  column 0 (examples)  column 1 …
 */

/** Runs all passes: see {@link Batch.pass}. */
export type Kernel = (share: number, roots: Float64Array) => void;

/** A function may have some fifty thousand variables, of which each node has two. */
const MOST_NODES = 20_000;

/**
 * Makes code for a recording.
 *
 * @param recording - the graph for one example
 * @param columns - for each input what it holds in each example, shape [inputs][examples]
 * @returns undefined where no code may be made, or for a graph that is too large
 */
export function kernelOf(recording: Recording, columns: readonly ArrayLike<number>[]): Kernel | undefined {
  const { leaves, data } = recording;
  const examples = columns[0]?.length ?? 0;
  if (data.length > MOST_NODES || examples === 0) return undefined;
  const all = 2 * leaves.length + examples * (1 + columns.length);
  const called = calledIn(recording.made);
  const code = codeFor(recording, examples, called);
  try {
    const memory = new WebAssembly.Memory({ initial: Math.ceil((8 * all) / 65_536) });
    const module = new WebAssembly.Module(code);
    const { exports } = new WebAssembly.Instance(module, { '': { memory, ...calls(called) } });
    const run = exports.run as (examples: number, share: number) => void;
    const numbers = new Float64Array(memory.buffer);
    const from = 2 * leaves.length;
    for (const [k, column] of columns.entries()) numbers.set(column, from + examples * (1 + k));
    return (share, roots) => {
      for (const [i, leaf] of leaves.entries()) {
        numbers[i] = leaf.data;
        numbers[leaves.length + i] = leaf.grad;
      }
      run(8 * examples, share);
      for (const [i, leaf] of leaves.entries()) leaf.grad = numbers[leaves.length + i] as number;
      roots.set(numbers.subarray(from, from + examples));
    };
  } catch {
    return undefined; // a page may forbid it
  }
}

/**
 * What is called for rules that the code does not have. `first…` works out the shares of both operands, and gives that of the
 * first; `second`, which is called right after it, gives the other.
 */
function calls(called: readonly number[]): Record<string, (...numbers: number[]) => number> {
  let second = 0;
  const found: Record<string, (...numbers: number[]) => number> = { second: () => second };
  for (const rule of called) {
    found[`forward${rule}`] = (p = 0, q = 0) => (RULES[rule] as Rule).forward(p, q);
    found[`first${rule}`] = (p = 0, q = 0, data = 0, grad = 0) => {
      const [x, y] = sharesOf(rule, p, q, data, grad);
      second = y.grad;
      return x.grad;
    };
  }
  return found;
}

/** The rules that are called, by their numbers. */
function calledIn(made: Int32Array): number[] {
  const inline = [RULES.indexOf(LEAF), IS_ADD, IS_MUL, IS_RELU];
  return [...new Set(made.filter((_, i) => i % 3 === 0))]
    .filter((rule) => !inline.includes(rule))
    .sort((p, q) => p - q);
}
