import type { Contender } from '../contender';
import { BATCHES, DECAY, LAYERS, LEAVES, type Link, RATE } from '../workloads';

/*
 * TensorFlow.js. Its types are not asked for, as it need not be installed: what is used of it is written down here.
 */

interface Tensor {
  add(y: Tensor | number): Tensor;
  mul(y: Tensor | number): Tensor;
  matMul(y: Tensor): Tensor;
  relu(): Tensor;
  square(): Tensor;
  sum(): Tensor;
  mean(): Tensor;
  reshape(shape: readonly number[]): Tensor;
  dataSync(): Float32Array;
  dispose(): void;
}
interface Variable extends Tensor {
  assign(value: Tensor): void;
}
interface Tensorflow {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  scalar(x: number): Tensor;
  tensor(numbers: readonly number[], shape: readonly number[]): Tensor;
  variable(initial: Tensor): Variable;
  valueAndGrads(f: (...x: Tensor[]) => Tensor): (x: readonly Tensor[]) => { value: Tensor; grads: Tensor[] };
  tidy<T>(run: () => T): T;
  readonly train: { sgd(rate: number): { minimize(f: () => Tensor, isCost: boolean): Tensor } };
}

/**
 * How it takes part.
 *
 * @param backend - what it computes with
 */
export async function tensorflow(backend: 'cpu' | 'wasm'): Promise<Contender> {
  const tf = require('@tensorflow/tfjs') as Tensorflow;
  require(`@tensorflow/tfjs-backend-${backend}`);
  if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js has no backend ${backend} here`);
  await tf.ready();
  const read = (x: Tensor) => x.dataSync()[0] as number;

  const expression = tf.valueAndGrads((a, b, c, f) =>
    (a as Tensor)
      .mul(b as Tensor)
      .add(c as Tensor)
      .mul(f as Tensor),
  );
  const example = () =>
    tf.tidy(() => {
      const { value, grads } = expression(LEAVES.map((x) => tf.scalar(x)));
      return [value, ...grads].map(read);
    });

  const chain = (operations: number, { times, plus }: Link) =>
    tf.tidy(() => {
      const { value, grads } = tf.valueAndGrads((begin) => {
        let end = begin as Tensor;
        for (let i = 0; i < operations; i += 2) end = end.mul(times).add(plus);
        return end;
      })([tf.scalar(1)]);
      return [value, ...grads].map(read);
    });

  const start = LAYERS.flatMap(({ inputs, outputs, weights, biases }) => [
    tf.tensor(weights, [inputs, outputs]),
    tf.tensor(biases, [outputs]),
  ]);
  const parameters = start.map((each) => tf.variable(each));
  const batches = BATCHES.map((points) => ({
    inputs: tf.tensor(
      points.flatMap(({ x, y }) => [x, y]),
      [points.length, 2],
    ),
    labels: tf.tensor(
      points.map(({ label }) => -label),
      [points.length],
    ),
  }));
  const optimizer = tf.train.sgd(RATE);

  function lossOf({ inputs, labels }: (typeof batches)[number]): Tensor {
    let signal = inputs;
    for (let i = 0; i < parameters.length; i += 2) {
      signal = signal.matMul(parameters[i] as Tensor).add(parameters[i + 1] as Tensor);
      if (i < parameters.length - 2) signal = signal.relu();
    }
    const margin = signal.reshape([-1]).mul(labels).add(1).relu().mean();
    const squares = parameters.map((each) => each.square().sum()).reduce((sum, each) => sum.add(each));
    return margin.add(squares.mul(DECAY));
  }

  function training(): readonly number[] {
    for (const [i, each] of parameters.entries()) each.assign(start[i] as Tensor);
    return batches.map((batch) => {
      const loss = optimizer.minimize(() => lossOf(batch), true);
      const number = read(loss);
      loss.dispose();
      return number;
    });
  }

  return { example, chain, training };
}
