import type { Recording } from './record';
import { ADD_NUMBER, MUL_NUMBER, RELU_NUMBER } from './rules';

/*
 * Code in WebAssembly for one recording: a loop over the examples, the last one first, in which each node is one operation,
 * and its data and its gradient are variables. For L = (a·b + c)·f, with b as the only input:
 *
 *     run(offset, rootGrad) {               offset: 8 bytes for each example
 *       a, c, f, grad_a, grad_c, grad_f = memory
 *       do {
 *         offset -= 8
 *         b = memory[column 0 + offset]
 *         e = a * b                         forward
 *         d = e + c
 *         L = d * f
 *         memory[roots + offset] = L
 *         grad_L = rootGrad                 backward: what comes first to a node is set, what comes later is added;
 *         grad_d = f * grad_L               a leaf has something from the beginning, and an input gets nothing
 *         grad_f += d * grad_L
 *         grad_e = grad_d
 *         grad_c += grad_d
 *         grad_a += b * grad_e
 *       } while (offset)
 *       memory = grad_a, grad_c, grad_f
 *     }
 *
 * A module is a list of sections, each of them with its length before it; a function is a list of operations that take
 * numbers from a stack and put numbers on it.
 *
 * Source: the WebAssembly core specification, https://www.w3.org/TR/wasm-core-1/, 5 Binary Format
 */

type Bytes = number[];

const CONTROL = { loop: 0x03, end: 0x0b, branchIf: 0x0d, call: 0x10, drop: 0x1a, select: 0x1b } as const;
const VARIABLES = { get: 0x20, set: 0x21, load: 0x2b, store: 0x39, i32: 0x41, f64: 0x44 } as const;
const NUMBERS = { greater: 0x64, minusI32: 0x6b, plus: 0xa0, times: 0xa2, larger: 0xa5 } as const;
const OP = { ...CONTROL, ...VARIABLES, ...NUMBERS } as const;
/** The places of the types of functions in the module, which lists them in this order. */
const TYPE = { run: 0, shareOfSecond: 1, data: 2, shareOfFirst: 3 } as const;
/** The first function that is imported. */
const SHARE_OF_SECOND = 0;
/** Numbers stand at multiples of 8, which is 2 to the power of this. */
const ALIGNED = 3;
const [I32, F64, FUNCTION, EMPTY] = [0x7f, 0x7c, 0x60, 0x40];
const SECTION = { types: 1, imports: 2, functions: 3, exports: 7, code: 10 } as const;
const KIND = { function: 0, memory: 2 } as const;
const ZERO = [OP.f64, 0, 0, 0, 0, 0, 0, 0, 0];
const BYTES = 8;
/** How a module begins: a signature, and the version of the format. */
const HEAD = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** A whole number, seven bits in each byte: LEB128. */
function whole(x: number): Bytes {
  return x < 128 ? [x] : [(x & 127) | 128, ...whole(x >>> 7)];
}

/** A list, with its length before it. */
const listed = (items: readonly Bytes[]) => [...whole(items.length), ...items.flat()];
const sized = (bytes: Bytes) => [...whole(bytes.length), ...bytes];
const named = (name: string) => sized([...name].map((letter) => letter.charCodeAt(0)));

/**
 * Where what stands in the memory of the code, in numbers of 8 bytes: the leaves' data, their gradients, the roots of all
 * examples, and a column for each input.
 *
 * @param recording - the graph for one example
 * @param examples - how many there are
 */
export function layoutOf({ leaves, inputs }: Recording, examples: number) {
  const roots = 2 * leaves.length;
  const column = (k: number) => roots + examples * (1 + k);
  return {
    data: (leaf: number) => leaf,
    grad: (leaf: number) => leaves.length + leaf,
    roots,
    column,
    length: column(inputs.length),
  };
}

/**
 * The code of a module that exports `run(offset, rootGrad)`, which makes a forward and a backward pass for each example.
 *
 * @param recording - the graph for one example
 * @param examples - how many there are
 * @param called - the rules that are called, by their numbers
 */
export function codeFor(recording: Recording, examples: number, called: readonly number[]): Uint8Array<ArrayBuffer> {
  const numbers = (count: number) => Array<number>(count).fill(F64);
  const type = (from: Bytes, to: Bytes) => [
    FUNCTION,
    ...listed(from.map((each) => [each])),
    ...listed(to.map((each) => [each])),
  ];
  const imported = (name: string, kind: number, ...what: Bytes) => [...named(''), ...named(name), kind, ...what];
  const imports = [
    imported('memory', KIND.memory, 0, 1), // at least one page of it
    imported('shareOfSecond', KIND.function, TYPE.shareOfSecond),
    ...called.flatMap((rule) => [
      imported(`data${rule}`, KIND.function, TYPE.data),
      imported(`shareOfFirst${rule}`, KIND.function, TYPE.shareOfFirst),
    ]),
  ];
  const functions = imports.length - 1; // all but the memory; `run` comes after them
  const body = run(recording, examples, called);
  const section = (id: number, items: readonly Bytes[]) => [id, ...sized(listed(items))];
  return Uint8Array.from([
    ...HEAD,
    ...section(SECTION.types, [
      type([I32, F64], []),
      type([], numbers(1)),
      type(numbers(2), numbers(1)),
      type(numbers(4), numbers(1)),
    ]),
    ...section(SECTION.imports, imports),
    ...section(SECTION.functions, [[TYPE.run]]),
    ...section(SECTION.exports, [[...named('run'), KIND.function, ...whole(functions)]]),
    ...section(SECTION.code, [sized(body)]),
  ]);
}

/** The function. Its first variables are `offset` and `rootGrad`; then come the data of each node, and the gradient of each. */
function run(recording: Recording, examples: number, called: readonly number[]): Bytes {
  const { leaves, inputs, made } = recording;
  const nodes = recording.data.length;
  const code: Bytes = [];
  const emit = (...parts: readonly (Bytes | number)[]) => {
    for (const part of parts) {
      if (typeof part === 'number') code.push(part);
      else for (const byte of part) code.push(byte);
    }
  };
  const get = (variable: number) => [OP.get, ...whole(variable)];
  const set = (variable: number) => [OP.set, ...whole(variable)];
  const [offset, rootGrad] = [0, 1];
  const data = (place: number) => 2 + place;
  const grad = (place: number) => 2 + nodes + place;
  const layout = layoutOf(recording, examples);
  const at = (number: number) => [ALIGNED, ...whole(BYTES * number)];
  /** The imported functions are `shareOfSecond`, and two for each rule that is called. */
  const call = (rule: number, what: 'data' | 'shareOfFirst') => [
    OP.call,
    ...whole(1 + 2 * called.indexOf(rule) + (what === 'data' ? 0 : 1)),
  ];

  const isInput = leaves.map((leaf) => inputs.includes(leaf));
  /** The nodes whose gradient something was written to, as far as the code has come. */
  const isWritten = Array.from({ length: nodes }, (_, place) => place < leaves.length);
  /** Takes a share from the stack, and gives it to a node. */
  const give = (place: number) => {
    if (isInput[place]) return emit(OP.drop);
    emit(isWritten[place] ? [...get(grad(place)), OP.plus] : [], set(grad(place)));
    isWritten[place] = true;
  };

  for (let i = 0; i < leaves.length; i++) {
    emit(OP.i32, 0, OP.load, at(layout.data(i)), set(data(i)));
    emit(OP.i32, 0, OP.load, at(layout.grad(i)), set(grad(i)));
  }
  emit(OP.loop, EMPTY, get(offset), OP.i32, BYTES, OP.minusI32, set(offset));
  for (const [k, input] of inputs.entries()) {
    emit(get(offset), OP.load, at(layout.column(k)), set(data(leaves.indexOf(input))));
  }

  for (let i = leaves.length; i < nodes; i++) {
    const [rule = 0, a = 0, b = 0] = made.subarray(3 * i, 3 * i + 3);
    if (rule === RELU_NUMBER) emit(ZERO, get(data(a)), OP.larger);
    else {
      const operation = rule === ADD_NUMBER ? OP.plus : rule === MUL_NUMBER ? OP.times : call(rule, 'data');
      emit(get(data(a)), get(data(b)), operation);
    }
    emit(set(data(i)));
  }
  emit(get(offset), get(data(nodes - 1)), OP.store, at(layout.roots));

  emit(get(rootGrad));
  give(nodes - 1);
  for (let i = nodes - 1; i >= leaves.length; i--) {
    const [rule = 0, a = 0, b = 0] = made.subarray(3 * i, 3 * i + 3);
    const g = get(grad(i));
    if (rule === ADD_NUMBER) {
      emit(g);
      give(a);
      emit(g);
      give(b);
    } else if (rule === MUL_NUMBER) {
      emit(get(data(b)), g, OP.times);
      give(a);
      emit(get(data(a)), g, OP.times);
      give(b);
    } else if (rule === RELU_NUMBER) {
      emit(g, ZERO, get(data(a)), ZERO, OP.greater, OP.select);
      give(a);
    } else {
      emit(get(data(a)), get(data(b)), get(data(i)), g, call(rule, 'shareOfFirst'));
      give(a);
      emit(OP.call, SHARE_OF_SECOND);
      give(b);
    }
  }
  emit(get(offset), OP.branchIf, 0, OP.end);
  for (let i = 0; i < leaves.length; i++) emit(OP.i32, 0, get(grad(i)), OP.store, at(layout.grad(i)));
  emit(OP.end);
  return [...listed([[...whole(2 * nodes), F64]]), ...code];
}
