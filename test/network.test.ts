import { describe, expect, it } from 'vitest';
import { bundledEngine } from '../src/engines/bundled';
import { Layer, MLP, Neuron, Value } from '../src/index';
import { twoMoons } from '../src/micrograd/moons';
import { uniform } from '../src/micrograd/random';
import { Notebook } from '../src/notebook/notebook';

describe('a network', () => {
  it('has a weight for each input of each neuron, and a bias', () => {
    expect(new MLP(3, [4, 4, 1]).parameters()).toHaveLength(41);
    expect(new MLP(2, [16, 16, 1]).parameters()).toHaveLength(337);
  });

  it('begins with the same weights for the same seed, between -1 and 1, and with biases of 0', () => {
    const data = (seed: number) => new MLP(2, [3, 1], { seed }).parameters().map((p) => p.data);
    expect(data(5)).toEqual(data(5));
    expect(data(5)).not.toEqual(data(6));
    expect(Math.max(...data(5).map(Math.abs))).toBeLessThanOrEqual(1);
    expect([2, 5, 8, 12].map((i) => data(5)[i])).toEqual([0, 0, 0, 0]);
  });

  it('bends all layers but the last', () => {
    const leaf = (data: number) => new Value(data);
    const random = () => 1;
    const hidden = new Neuron<Value>(2, (sum) => sum.tanh(), leaf, random);
    const last = new Neuron<Value>(2, undefined, leaf, random);
    expect(hidden.call([1, 2]).data).toBe(Math.tanh(3));
    expect(last.call([1, 2]).data).toBe(3);
    expect(new Layer<Value>(2, 3, (sum) => sum.relu(), leaf, random).call([1, -5]).map(({ data }) => data)).toEqual([
      0, 0, 0,
    ]);
    const [output] = new MLP(1, [1]).call([100]);
    expect(Math.abs(output?.data ?? 0)).toBeGreaterThan(1);
  });

  it('gives every parameter a gradient, and takes it back', () => {
    const network = new MLP(2, [3, 1], { activation: 'tanh' });
    network.call([1, 2])[0]?.backward();
    expect(network.parameters().every(({ grad }) => grad !== 0)).toBe(true);
    network.zeroGrad();
    expect(network.parameters().every(({ grad }) => grad === 0)).toBe(true);
  });
});

it('a network in the notebook computes and learns as one of Values does', async () => {
  const options = { activation: 'tanh', seed: 3 } as const;
  const points = [
    { x: 0.5, y: -1 },
    { x: -2, y: 0.25 },
  ];
  const notebook = new Notebook(bundledEngine());
  notebook.network('N', { inputs: 2, layers: [4, 1], ...options });
  const examples = points.map((point) => new Map(Object.entries(point)));
  await notebook.expressSum('loss', 'loss = (N(x, y) - 1) ** 2', examples);
  const losses = await notebook.learn('N', 'loss', [0.1, 0.05], () => {});

  const network = new MLP(2, [4, 1], options);
  const expected = [0.1, 0.05, 0].map((rate) => {
    const squares = points.map(({ x, y }) => (network.call([x, y])[0] as Value).sub(1).pow(2));
    const loss = (squares[0] as Value).add(squares[1] as Value);
    network.zeroGrad();
    loss.backward();
    for (const parameter of network.parameters()) parameter.data -= rate * parameter.grad;
    return loss.data;
  });
  expect(losses).toEqual(expected);
  expect(losses[2]).toBeLessThan(losses[0] as number);
});

describe('what a network cannot do', () => {
  const notebook = new Notebook(bundledEngine());
  notebook.network('N', { inputs: 2, layers: [3, 1], activation: 'relu', seed: 1 });
  notebook.network('M', { inputs: 2, layers: [3], activation: 'relu', seed: 1 });
  it.each([
    ['y = N(1)', 'N takes 2 inputs, and got 1'],
    ['y = M(1, 2)', 'only a network with one output can be called here; M has 3'],
    [
      'y = Q(1, 2)',
      'there is no function or network "Q" here; there are exp(x), log(x), tanh(x), relu(x), sigmoid(x), ',
    ],
  ])('%s', async (source, message) => {
    await expect(notebook.run(source)).rejects.toThrow(message);
  });
});

describe('random numbers and points', () => {
  it('come from a seed', () => {
    const some = (seed: number) => Array.from({ length: 5 }, uniform(seed));
    expect(some(1)).toEqual(some(1));
    expect(some(1)).not.toEqual(some(2));
    // written down once: every machine and every version must give the same
    expect(some(1)[0]).toBe(0.37881582706909955);
  });

  it('lie on two moons', () => {
    const points = twoMoons(100, 1);
    expect(points.filter(({ label }) => label === 1)).toHaveLength(50);
    for (const { x, y, label } of points) {
      const [cx, cy] = label === 1 ? [0, 0] : [1, 0.5];
      expect(Math.abs(Math.hypot(x - cx, y - cy) - 1)).toBeLessThan(0.25);
    }
  });
});
