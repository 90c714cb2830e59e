import type { Recording } from './record';
import { IS_ADD, IS_MUL, IS_RELU } from './rules';

/*
 * Code in WebAssembly for one recording: see kernel.ts. A module is a list of sections, each of them with its length before
 * it; a function is a list of operations that take numbers from a stack and put numbers on it.
 *
 * Source: the WebAssembly core specification, https://www.w3.org/TR/wasm-core-1/, 5 Binary Format
 */

type Bytes = number[];

const CONTROL = { loop: 0x03, end: 0x0b, branchIf: 0x0d, call: 0x10, drop: 0x1a, select: 0x1b } as const;
const VARIABLES = { get: 0x20, set: 0x21, load: 0x2b, store: 0x39, i32: 0x41, f64: 0x44 } as const;
const NUMBERS = { greater: 0x64, minusI32: 0x6b, plus: 0xa0, times: 0xa2, larger: 0xa5 } as const;
const OP = { ...CONTROL, ...VARIABLES, ...NUMBERS } as const;
/** The places of the types of functions in the module. */
const TYPE = { run: 0, second: 1, forward: 2, first: 3 } as const;
/** `second` is the first function that is imported. */
const SECOND = 0;
/** Numbers stand at multiples of 8, which is 2 to the power of this. */
const ALIGNED = 3;
const [I32, F64, FUNCTION, EMPTY] = [0x7f, 0x7c, 0x60, 0x40];
const SECTION = { types: 1, imports: 2, functions: 3, exports: 7, code: 10 } as const;
const KIND = { function: 0, memory: 2 } as const;
const ZERO = [OP.f64, 0, 0, 0, 0, 0, 0, 0, 0];
const BYTES = 8;

/** A whole number, seven bits in each byte: LEB128. */
function whole(x: number): Bytes {
  return x < 128 ? [x] : [(x & 127) | 128, ...whole(x >>> 7)];
}

/** A list, with its length before it. */
const listed = (items: readonly Bytes[]) => [...whole(items.length), ...items.flat()];
const sized = (bytes: Bytes) => [...whole(bytes.length), ...bytes];
const named = (name: string) => sized([...name].map((letter) => letter.charCodeAt(0)));

/**
 * The code of a module that exports `run(end, share)`, which makes a forward and a backward pass for each example.
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
    imported('second', KIND.function, TYPE.second),
    ...called.flatMap((rule) => [
      imported(`forward${rule}`, KIND.function, TYPE.forward),
      imported(`first${rule}`, KIND.function, TYPE.first),
    ]),
  ];
  const functions = imports.length - 1; // all but the memory; `run` comes after them
  const body = run(recording, examples, called);
  const section = (id: number, items: readonly Bytes[]) => [id, ...sized(listed(items))];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
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

/**
 * The function. Its first variables are `end`, 8 times the number of examples, and `share`; then come the data of each
 * node, and the gradient of each node. `end` falls by 8 from example to example.
 */
function run(
  { leaves, inputs, made, data: { length: nodes } }: Recording,
  examples: number,
  called: readonly number[],
): Bytes {
  const code: Bytes = [];
  const emit = (...parts: readonly (Bytes | number)[]) => {
    for (const part of parts) {
      if (typeof part === 'number') code.push(part);
      else for (const byte of part) code.push(byte);
    }
  };
  const get = (variable: number) => [OP.get, ...whole(variable)];
  const set = (variable: number) => [OP.set, ...whole(variable)];
  const [end, share] = [0, 1];
  const data = (place: number) => 2 + place;
  const grad = (place: number) => 2 + nodes + place;
  // the memory, as kernel.ts draws it
  const at = (number: number) => [ALIGNED, ...whole(BYTES * number)];
  const ofLeaf = (place: number) => at(place);
  const ofGradient = (place: number) => at(leaves.length + place);
  const ofRoot = at(2 * leaves.length);
  const ofColumn = (k: number) => at(2 * leaves.length + examples * (1 + k));

  const isInput = leaves.map((leaf) => inputs.includes(leaf));
  const hasShare = leaves.map(() => true);
  /**
   * Adds what is on the stack to a gradient. The first share of a node between is not added: it overwrites what the example
   * before has left. And an input has no gradient.
   */
  const addTo = (place: number) => {
    if (isInput[place]) return emit(OP.drop);
    emit(hasShare[place] ? [...get(grad(place)), OP.plus] : [], set(grad(place)));
    hasShare[place] = true;
  };

  for (let i = 0; i < leaves.length; i++) {
    emit(OP.i32, 0, OP.load, ofLeaf(i), set(data(i)), OP.i32, 0, OP.load, ofGradient(i), set(grad(i)));
  }
  emit(OP.loop, EMPTY, get(end), OP.i32, BYTES, OP.minusI32, set(end));
  for (const [k, input] of inputs.entries()) emit(get(end), OP.load, ofColumn(k), set(data(leaves.indexOf(input))));

  for (let i = leaves.length; i < nodes; i++) {
    const [rule = 0, a = 0, b = 0] = made.subarray(3 * i, 3 * i + 3);
    if (rule === IS_RELU) emit(ZERO, get(data(a)), OP.larger);
    else
      emit(get(data(a)), get(data(b)), rule === IS_ADD ? OP.plus : rule === IS_MUL ? OP.times : call(rule, 'forward'));
    emit(set(data(i)));
  }
  emit(get(end), get(data(nodes - 1)), OP.store, ofRoot);

  emit(get(share));
  addTo(nodes - 1);
  for (let i = nodes - 1; i >= leaves.length; i--) {
    const [rule = 0, a = 0, b = 0] = made.subarray(3 * i, 3 * i + 3);
    const g = get(grad(i));
    if (rule === IS_ADD) {
      emit(g);
      addTo(a);
      emit(g);
      addTo(b);
    } else if (rule === IS_MUL) {
      emit(get(data(b)), g, OP.times);
      addTo(a);
      emit(get(data(a)), g, OP.times);
      addTo(b);
    } else if (rule === IS_RELU) {
      emit(g, ZERO, get(data(a)), ZERO, OP.greater, OP.select);
      addTo(a);
    } else {
      emit(get(data(a)), get(data(b)), get(data(i)), g, call(rule, 'first'));
      addTo(a);
      emit(OP.call, SECOND);
      addTo(b);
    }
  }
  emit(get(end), OP.branchIf, 0, OP.end);
  for (let i = 0; i < leaves.length; i++) emit(OP.i32, 0, get(grad(i)), OP.store, ofGradient(i));
  emit(OP.end);
  return [...listed([[...whole(2 * nodes), F64]]), ...code];

  /** The imported functions are `second`, and two for each rule that is called. */
  function call(rule: number, what: 'forward' | 'first'): Bytes {
    return [OP.call, ...whole(1 + 2 * called.indexOf(rule) + (what === 'first' ? 1 : 0))];
  }
}
