import { uniform } from './random';
import { Value } from './value';

/** What a network needs of a node: {@link Value} has it, and so has a node of any other engine. */
export interface NetworkNode<T> {
  add(y: T): T;
  mul(y: T | number): T;
  tanh(): T;
  relu(): T;
}

/** What bends the sums of the hidden neurons, so that layers do more than one layer could. */
export type Activation = 'tanh' | 'relu';

/** How a network is made. */
export interface NetworkOptions<T> {
  /** Makes a parameter. By default, a {@link Value}. */
  readonly leaf: (data: number, name: string) => T;
  /** The activation of all neurons but those of the last layer. By default, `relu`. */
  readonly activation: Activation;
  /** Seeds the initial weights, which are spread evenly between −1 and 1; biases begin at 0. By default, 1. */
  readonly seed: number;
}

/** A weighted sum of its inputs, plus a bias, bent by an activation. */
export class Neuron<T extends NetworkNode<T> = Value> {
  /** The weights, shape [inputs]. */
  readonly weights: readonly T[];
  readonly bias: T;

  /**
   * @param inputs - how many inputs it has
   * @param activation - what bends the sum, if anything does
   * @param leaf - makes a parameter, given its part of the name
   * @param random - gives the next initial weight
   */
  constructor(
    inputs: number,
    private readonly activation: Activation | undefined,
    leaf: NetworkOptions<T>['leaf'],
    random: () => number,
  ) {
    this.weights = Array.from({ length: inputs }, (_, i) => leaf(random(), `w${i}`));
    this.bias = leaf(0, 'b');
  }

  /**
   * @param x - the inputs, shape [inputs]
   * @returns the neuron's output
   */
  call(x: readonly (T | number)[]): T {
    const sum = this.weights.reduce((sum, weight, i) => sum.add(weight.mul(x[i] as T | number)), this.bias);
    return this.activation === undefined ? sum : sum[this.activation]();
  }

  /** The weights and the bias: one more than there are inputs. */
  parameters(): T[] {
    return [...this.weights, this.bias];
  }
}

/** Neurons side by side, each with the same inputs. */
export class Layer<T extends NetworkNode<T> = Value> {
  /** Shape [outputs]. */
  readonly neurons: readonly Neuron<T>[];

  /**
   * @param inputs - how many inputs each neuron has
   * @param outputs - how many neurons there are
   * @param activation - see {@link Neuron}
   * @param leaf - see {@link Neuron}
   * @param random - see {@link Neuron}
   */
  constructor(
    inputs: number,
    outputs: number,
    activation: Activation | undefined,
    leaf: NetworkOptions<T>['leaf'],
    random: () => number,
  ) {
    this.neurons = Array.from(
      { length: outputs },
      (_, i) => new Neuron(inputs, activation, (data, name) => leaf(data, `n${i}.${name}`), random),
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

/**
 * A multi-layer perceptron: layers in a row, each fed with the outputs of the one before.
 *
 * @example
 * ```ts
 * const network = new MLP(2, [16, 16, 1]);
 * const [score] = network.call([0.5, -1]);
 * score.backward();
 * for (const p of network.parameters()) p.data -= 0.01 * p.grad;
 * network.zeroGrad();
 * ```
 */
export class MLP<T extends NetworkNode<T> = Value> {
  readonly layers: readonly Layer<T>[];

  /**
   * @param inputs - how many inputs the first layer has
   * @param outputs - how many neurons each layer has, the last layer last
   * @param options - see {@link NetworkOptions}
   */
  constructor(
    readonly inputs: number,
    outputs: readonly number[],
    options: Partial<NetworkOptions<T>> = {},
  ) {
    const { activation = 'relu', seed = 1 } = options;
    // Without `leaf`, T is Value: that is its default.
    const leaf = options.leaf ?? ((data: number) => new Value(data) as unknown as T);
    const random = uniform(seed);
    const sizes = [inputs, ...outputs];
    this.layers = outputs.map((size, i) => {
      const bend = i === outputs.length - 1 ? undefined : activation;
      return new Layer(sizes[i] as number, size, bend, (data, name) => leaf(data, `l${i}.${name}`), random);
    });
  }

  /**
   * @param x - the inputs, shape [inputs]
   * @returns the outputs of the last layer, shape [outputs of the last layer]
   */
  call(x: readonly (T | number)[]): T[] {
    return this.layers.reduce<readonly (T | number)[]>((signal, layer) => layer.call(signal), x) as T[];
  }

  /** The parameters of all layers, in order. */
  parameters(): T[] {
    return this.layers.flatMap((layer) => layer.parameters());
  }

  /** Sets the gradients of all parameters to zero: for networks of {@link Value}. */
  zeroGrad(this: MLP<Value>): void {
    for (const parameter of this.parameters()) parameter.zeroGrad();
  }
}
