import { MLP } from '../../src/index';
import { type Point, twoMoons } from '../../src/micrograd/moons';
import { uniform } from '../../src/micrograd/random';

/*
 * What the engines are given to do. Each of them gets the same numbers.
 */

/** The leaves of the running example, (a·b + c)·f. */
export const LEAVES = [2, -3, 10, -2] as const;

/** What a chain does again and again, beginning at 1: multiply by the one and add the other. */
export interface Link {
  readonly times: number;
  readonly plus: number;
}

/** The chain that is timed: its numbers stay as they are, however long it is. */
export const CHAIN: Link = { times: 1.0000001, plus: 1e-7 };
/** The chain that is answered: its numbers are such that a wrong one is seen in single precision too. */
export const ANSWERED = { link: { times: 1.01, plus: 0.01 } satisfies Link, operations: 100 } as const;

/** A chain that every engine can differentiate, in operations. */
export const SHORT = 1_000;
/** A chain that is too deep for many. */
export const LONG = 1_000_000;

/** The network: its inputs, and the outputs of each layer. */
export const SHAPE = { inputs: 2, layers: [16, 16, 1] } as const;
/** How far each training step goes. */
export const RATE = 0.1;
/** How much the squares of the weights count. */
export const DECAY = 1e-4;

/**
 * How many points the training steps have, one after the other: 100 in the middle. They change from step to step, for a
 * step of one size falls into step with the garbage collector, and is then fast or slow by chance.
 */
export const SIZES = shuffled([80, 84, 88, 92, 96, 100, 104, 108, 112, 116, 120]);

/** The points of each training step. */
export const BATCHES: readonly (readonly Point[])[] = SIZES.map((size) => twoMoons(size, 1));

/** The weights before the first step: layer by layer, neuron by neuron, each neuron's bias after its weights. */
export const WEIGHTS: readonly number[] = new MLP(SHAPE.inputs, SHAPE.layers).parameters().map(({ data }) => data);

/** A layer as tensors have it. */
export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  /** Shape [inputs · outputs], by inputs. */
  readonly weights: number[];
  /** Shape [outputs]. */
  readonly biases: number[];
}

/** The layers before the first step, as tensors have them. */
export const LAYERS: readonly Layer[] = layered(WEIGHTS);

function layered(parameters: readonly number[]): Layer[] {
  let at = 0;
  return SHAPE.layers.map((outputs, i) => {
    const inputs = SHAPE.layers[i - 1] ?? SHAPE.inputs;
    const begin = at;
    const of = (input: number, output: number) => parameters[begin + output * (inputs + 1) + input] as number;
    at += outputs * (inputs + 1);
    const count = (length: number) => Array.from({ length }, (_, each) => each);
    return {
      inputs,
      outputs,
      weights: count(inputs).flatMap((input) => count(outputs).map((output) => of(input, output))),
      biases: count(outputs).map((output) => of(inputs, output)),
    };
  });
}

/** In an order that has nothing to do with their size, and is the same each time. */
function shuffled(numbers: readonly number[]): number[] {
  const random = uniform(1);
  return numbers
    .map((number) => ({ number, place: random() }))
    .sort((x, y) => x.place - y.place)
    .map(({ number }) => number);
}
