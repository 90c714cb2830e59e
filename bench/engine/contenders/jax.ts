import type { Contender } from '../contender';
import { BATCHES, DECAY, LAYERS, LEAVES, type Link, RATE } from '../workloads';

/*
 * jax-js, which in Node.js computes in WebAssembly, and in single precision unless told otherwise. Its types are not asked for, as it
 * need not be installed: what is used of it is written down here.
 *
 * Whatever is handed to one of its functions is used up by it; `ref` is one more use.
 */

interface Jax {
  readonly ref: Jax;
  add(y: Jax | number): Jax;
  sub(y: Jax | number): Jax;
  mul(y: Jax | number): Jax;
  sum(): Jax;
  mean(): Jax;
  reshape(shape: readonly number[]): Jax;
  dataSync(): Float32Array;
  dispose(): void;
}
type ValueAndGradients<A extends unknown[]> = (...given: A) => [Jax, Jax[]];
interface JaxModule {
  readonly numpy: {
    array(numbers: number | Float32Array): Jax;
    dot(x: Jax, y: Jax): Jax;
    square(x: Jax): Jax;
  };
  readonly nn: { relu(x: Jax): Jax };
  init(device: string): Promise<readonly string[]>;
  jit<F>(f: F): F;
  valueAndGrad<A extends unknown[]>(f: (...given: A) => Jax): ValueAndGradients<A>;
}

async function start(): Promise<Contender> {
  const { numpy, nn, init, jit, valueAndGrad } = require('@jax-js/jax') as JaxModule;
  await init('wasm'); // by itself it would look for what only a browser has
  const read = (x: Jax) => x.dataSync()[0] as number;
  const array = (numbers: readonly number[], shape: readonly number[]) =>
    numpy.array(Float32Array.from(numbers)).reshape(shape);

  const expression = jit(
    valueAndGrad((leaves: Jax[]) => {
      const [a, b, c, f] = leaves as [Jax, Jax, Jax, Jax];
      return a.mul(b).add(c).mul(f);
    }),
  );
  const example = () => {
    const [value, gradients] = expression(LEAVES.map((x) => numpy.array(x)));
    return [value, ...gradients].map(read);
  };

  // not compiled: a chain that is differentiated once would be compiled for that once
  const chain = (operations: number, { times, plus }: Link) => {
    const [value, gradients] = valueAndGrad(([begin]: Jax[]) => {
      let end = begin as Jax;
      for (let i = 0; i < operations; i += 2) end = end.mul(times).add(plus);
      return end;
    })([numpy.array(1)]);
    return [value, ...gradients].map(read);
  };

  function lossOf(parameters: Jax[], inputs: Jax, labels: Jax): Jax {
    let signal = inputs;
    for (let i = 0; i < parameters.length; i += 2) {
      const [weights, biases] = [parameters[i] as Jax, parameters[i + 1] as Jax];
      signal = numpy.dot(signal, weights.ref).add(biases.ref);
      if (i < parameters.length - 2) signal = nn.relu(signal);
    }
    const margin = nn.relu(signal.reshape([-1]).mul(labels).add(1)).mean();
    const squares = parameters.map((each) => numpy.square(each).sum()).reduce((sum, each) => sum.add(each));
    return margin.add(squares.mul(DECAY));
  }
  const differentiated = valueAndGrad(lossOf);
  const step = jit((parameters: Jax[], inputs: Jax, labels: Jax): [Jax, Jax[]] => {
    const [loss, gradients] = differentiated(
      parameters.map((each) => each.ref),
      inputs,
      labels,
    );
    return [loss, parameters.map((each, i) => each.sub((gradients[i] as Jax).mul(RATE)))];
  });

  const initial = LAYERS.flatMap(({ inputs, outputs, weights, biases }) => [
    array(weights, [inputs, outputs]),
    array(biases, [outputs]),
  ]);
  const batches = BATCHES.map((points) => ({
    inputs: array(
      points.flatMap(({ x, y }) => [x, y]),
      [points.length, 2],
    ),
    labels: array(
      points.map(({ label }) => -label),
      [points.length],
    ),
  }));

  function training(): readonly number[] {
    let parameters = initial.map((each) => each.ref);
    const losses = batches.map(({ inputs, labels }) => {
      const [loss, moved] = step(parameters, inputs.ref, labels.ref);
      parameters = moved;
      return read(loss);
    });
    for (const each of parameters) each.dispose();
    return losses;
  }

  return { example, chain, training };
}

/** How it takes part. */
export const contender = start();
