import { Batch, record, Value } from '../../../src/index';
import { MLP } from '../../../src/micrograd/network';
import type { Contender } from '../contender';
import { BATCHES, DECAY, RATE, SHAPE, WEIGHTS } from '../workloads';

/*
 * The project's own engine, recorded for one point, with code that is made for all of them.
 */

const network = new MLP(SHAPE.inputs, SHAPE.layers);
const parameters = network.parameters();

const [x, y, minus] = [new Value(0), new Value(0), new Value(0)];
const [score] = network.call([x, y]) as [Value];
const shortfall = record(score.mul(minus).add(1).relu(), [x, y, minus]);
const batches = BATCHES.map(
  (points) =>
    new Batch(shortfall, [points.map(({ x }) => x), points.map(({ y }) => y), points.map(({ label }) => -label)]),
);
const squares = record(parameters.map((each) => each.pow(2)).reduce((sum, each) => sum.add(each)));

function training(): readonly number[] {
  for (const [i, parameter] of parameters.entries()) parameter.data = WEIGHTS[i] as number;
  return batches.map((batch) => {
    for (const parameter of parameters) parameter.grad = 0;
    const decay = squares.forward();
    squares.backward(DECAY);
    const { length } = batch.roots;
    const loss = batch.pass(1 / length) / length + DECAY * decay;
    for (const parameter of parameters) parameter.data -= RATE * parameter.grad;
    return loss;
  });
}

/** How it takes part. */
export const contender: Contender = { training };
