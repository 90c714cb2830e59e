import { record, Value } from '../../../src/index';
import { MLP } from '../../../src/micrograd/network';
import type { Contender, Graph } from '../contender';
import { scalars } from '../scalar';
import { BATCHES, DECAY, LEAVES, RATE, SHAPE, WEIGHTS } from '../workloads';

/*
 * The project's own engine, recorded and replayed: the whole graph, once for each number of points.
 */

const [a, b, c, f] = LEAVES.map((data) => new Value(data)) as [Value, Value, Value, Value];
const out = record(a.mul(b).add(c).mul(f));
const [first, second, third, fourth] = LEAVES;
const answer = new Float64Array(5);

function example(): Float64Array {
  a.data = first;
  b.data = second;
  c.data = third;
  f.data = fourth;
  a.grad = 0;
  b.grad = 0;
  c.grad = 0;
  f.grad = 0;
  answer[0] = out.forward();
  out.backward();
  answer[1] = a.grad;
  answer[2] = b.grad;
  answer[3] = c.grad;
  answer[4] = f.grad;
  return answer;
}

const network = new MLP(SHAPE.inputs, SHAPE.layers);
const parameters = network.parameters();

function lossOf(points: (typeof BATCHES)[number]): Value {
  let loss = new Value(0);
  for (const { x, y, label } of points) {
    const [score] = network.call([x, y]) as [Value];
    const shortfall = score.mul(-label).add(1).relu();
    loss = loss.add(shortfall.mul(1 / points.length));
  }
  for (const parameter of parameters) loss = loss.add(parameter.pow(2).mul(DECAY));
  return loss;
}

const recordings = BATCHES.map((points) => record(lossOf(points)));

function training(): readonly number[] {
  for (const [i, parameter] of parameters.entries()) parameter.data = WEIGHTS[i] as number;
  return recordings.map((recording) => {
    const loss = recording.forward();
    for (const parameter of parameters) parameter.grad = 0;
    recording.backward();
    for (const parameter of parameters) parameter.data -= RATE * parameter.grad;
    return loss;
  });
}

const built = scalars<Value>({ leaf: (data) => new Value(data), madeFrom: ({ a, b }) => [a, b] });

/** Records a graph, and lets go of the nodes that it was built of. */
function recorded(build: ((nodes: number) => Graph) | undefined, nodes: number): Graph {
  const recording = record(build?.(nodes).root as Value);
  const backward = () => {
    recording.forward();
    recording.backward();
  };
  return { count: () => recording.data.length, root: { backward }, isReplayed: true };
}

/** How it takes part. */
export const contender: Contender = {
  example,
  training,
  graphs: {
    network: (nodes) => recorded(built.graphs?.network, nodes),
    chain: (nodes) => recorded(built.graphs?.chain, nodes),
  },
};
