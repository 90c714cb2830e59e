import { uniform } from './random';
import { Value } from './value';

/** What a network needs of a node: {@link Value} has it, and so have the nodes of other engines that networks are made of. */
export interface NetworkNode<T> {
  add(y: T): T;
  mul(y: T | number): T;
}

/** How a network is made. */
export interface NetworkOptions<T> {
  /** Makes a parameter, given its number and its name. */
  readonly leaf: (data: number, name: string) => T;
  /** Bends the sums of all neurons but those of the last layer, so that layers do more than one layer could. */
  readonly bend: (sum: T) => T;
  /** Seeds the initial weights, which are spread evenly between −1 and 1; biases begin at 0. By default, 1. */
  readonly seed?: number;
}

/** A weighted sum of its inputs, plus a bias; but in the last layer, bent by an activation. */
export class Neuron<T extends NetworkNode<T>> {
  /** The weights, shape [inputs]. */
  readonly weights: readonly T[];
  readonly bias: T;

  /**
   * @param inputs - how many inputs it has
   * @param bend - bends the sum; undefined if it stays as it is
   * @param leaf - makes a parameter, given its number and its part of the name
   * @param random - gives the next initial weight
   */
  constructor(
    inputs: number,
    private readonly bend: NetworkOptions<T>['bend'] | undefined,
    leaf: NetworkOptions<T>['leaf'],
    random: () => number,
  ) {
    this.weights = Array.from({ length: inputs }, (_, i) => leaf(random(), `w${i}`));
    this.bias = leaf(0, 'b');
  }

  /**
   * @param x - the inputs, shape [inputs]
   * @returns the neuron's output
   * @throws TypeError if there are not as many as there are weights
   */
  call(x: readonly (T | number)[]): T {
    if (x.length !== this.weights.length) {
      throw new TypeError(`expected ${this.weights.length} inputs, and got ${x.length}`);
    }
    let sum = this.bias;
    for (let i = 0; i < x.length; i++) sum = sum.add((this.weights[i] as T).mul(x[i] as T | number));
    return this.bend === undefined ? sum : this.bend(sum);
  }

  /** The weights and the bias: one more than there are inputs. */
  parameters(): T[] {
    return [...this.weights, this.bias];
  }
}

/** Neurons side by side, each with the same inputs. */
export class Layer<T extends NetworkNode<T>> {
  /** Shape [outputs]. */
  readonly neurons: readonly Neuron<T>[];

  /**
   * @param inputs - how many inputs each neuron has
   * @param outputs - how many neurons there are
   * @param bend - see {@link Neuron}
   * @param leaf - see {@link Neuron}
   * @param random - see {@link Neuron}
   */
  constructor(
    inputs: number,
    outputs: number,
    bend: NetworkOptions<T>['bend'] | undefined,
    leaf: NetworkOptions<T>['leaf'],
    random: () => number,
  ) {
    this.neurons = Array.from(
      { length: outputs },
      (_, i) => new Neuron(inputs, bend, (data, name) => leaf(data, `n${i}.${name}`), random),
    );
  }

  /**
   * @param x - the inputs, shape [inputs]
   * @returns the outputs, shape [outputs]
   */
  call(x: readonly (T | number)[]): T[] {
    return this.neurons.map((neuron) => neuron.call(x));
  }

  /** The parameters of all neurons, in order. */
  parameters(): T[] {
    return this.neurons.flatMap((neuron) => neuron.parameters());
  }
}

/** A multi-layer perceptron: layers in a row, each fed with the outputs of the one before. */
export class Network<T extends NetworkNode<T>> {
  readonly layers: readonly Layer<T>[];

  /**
   * @param inputs - how many inputs the first layer has
   * @param outputs - how many neurons each layer has, the last layer last
   * @param options - see {@link NetworkOptions}
   */
  constructor(
    readonly inputs: number,
    outputs: readonly number[],
    { leaf, bend, seed = 1 }: NetworkOptions<T>,
  ) {
    const random = uniform(seed);
    const last = outputs.length - 1;
    this.layers = outputs.map((size, i) => {
      const before = outputs[i - 1] ?? inputs;
      return new Layer(
        before,
        size,
        i === last ? undefined : bend,
        (data, name) => leaf(data, `l${i}.${name}`),
        random,
      );
    });
  }

  /**
   * @param x - the inputs, shape [inputs]
   * @returns the outputs of the last layer, shape [outputs of the last layer]
   */
  call(x: readonly (T | number)[]): T[] {
    let signal = x;
    for (const layer of this.layers) signal = layer.call(signal);
    return signal as T[];
  }

  /** The parameters of all layers, in order. */
  parameters(): T[] {
    return this.layers.flatMap((layer) => layer.parameters());
  }
}

/** The operations of a {@link Value} that bend the sum of a neuron. */
export type Activation = 'tanh' | 'relu' | 'sigmoid';

/**
 * A multi-layer perceptron of {@link Value}s.
 *
 * @example
 * ```ts
 * const network = new MLP(2, [16, 16, 1]);
 * const [score] = network.call([0.5, -1]) as [Value];
 * score.backward();
 * for (const p of network.parameters()) p.data -= 0.01 * p.grad;
 * network.zeroGrad();
 * ```
 */
export class MLP extends Network<Value> {
  /**
   * @param inputs - how many inputs the first layer has
   * @param outputs - how many neurons each layer has, the last layer last
   * @param options - the activation, `relu` by default; and the seed, see {@link NetworkOptions}
   */
  constructor(inputs: number, outputs: readonly number[], options: { activation?: Activation; seed?: number } = {}) {
    const { activation = 'relu', seed } = options;
    super(inputs, outputs, { leaf: (data) => new Value(data), bend: (sum) => sum[activation](), seed });
  }

  /** Sets the gradients of all parameters to zero. */
  zeroGrad(): void {
    for (const parameter of this.parameters()) parameter.zeroGrad();
  }
}
