import { bundledEngine } from '../src/engines/bundled';
import { MLP, Value } from '../src/index';
import { twoMoons } from '../src/micrograd/moons';
import { Notebook } from '../src/notebook/notebook';

/*
 * How fast is the engine, and what does it cost to reach it through the instruction set? Times differ from machine to
 * machine, and from minute to minute: look at the ratios. `npm run bench`
 */

/** How many steps it takes until code is as fast as it will be; and then, how many are measured, how many times. */
const WARM = 20;
const STEPS = 30;
const ROUNDS = 5;

/** The middle one of some numbers. */
function middle(numbers: readonly number[]): number {
  return [...numbers].sort((x, y) => x - y)[Math.floor(numbers.length / 2)] as number;
}

/** The middle one of some timings of a function, in milliseconds. */
function median(times: number, work: () => void): number {
  const taken = Array.from({ length: times }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  });
  return middle(taken);
}

function runningExample(): void {
  const [a, b, c, f] = [2, -3, 10, -2].map((data) => new Value(data)) as [Value, Value, Value, Value];
  a.mul(b).add(c).mul(f).backward();
}

function chain(length: number): void {
  let y = new Value(1);
  for (let i = 0; i < length; i++) y = y.mul(1.0000001).add(1e-7);
  y.backward();
}

const points = twoMoons(100, 1);
const network = new MLP(2, [16, 16, 1]);

function trainingStep(): void {
  let loss = new Value(0);
  for (const { x, y, label } of points) {
    const [score] = network.call([x, y]) as [Value];
    loss = loss.add(Value.sub(1, score.mul(label)).relu().div(points.length));
  }
  for (const parameter of network.parameters()) loss = loss.add(parameter.pow(2).mul(1e-4));
  network.zeroGrad();
  loss.backward();
  for (const parameter of network.parameters()) parameter.data -= 0.1 * parameter.grad;
}

async function training(): Promise<Notebook> {
  const notebook = new Notebook(bundledEngine());
  notebook.network('N', { inputs: 2, layers: [16, 16, 1], activation: 'relu', seed: 1 });
  const examples = points.map((point) => new Map(Object.entries(point)));
  await notebook.expressSum('margin', 'margin = relu(1 - N(x, y) * label) / 100', examples);
  await notebook.expressSquares('S', 'N');
  await notebook.express('loss = margin + 0.0001 * S');
  return notebook;
}

/** The middle one of the timings of some steps of training in the notebook, in milliseconds. */
async function throughInstructions(notebook: Notebook, steps: number): Promise<number> {
  const stamps: number[] = [];
  await notebook.learn('N', 'loss', Array(steps + 1).fill(0.1), () => stamps.push(performance.now()));
  return middle(stamps.slice(1).map((stamp, i) => stamp - (stamps[i] as number)));
}

async function main(): Promise<void> {
  const repeat = () => {
    for (let i = 0; i < 10_000; i++) runningExample();
  };
  const notebook = await training();
  median(WARM, trainingStep);
  await throughInstructions(notebook, WARM);
  // one after the other, several times: whatever else the machine does slows both
  const rounds: { step: number; through: number }[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    rounds.push({ step: median(STEPS, trainingStep), through: await throughInstructions(notebook, STEPS) });
  }
  const ms = (times: readonly number[]) => `${middle(times).toFixed(1)} ms`;
  const show = (what: string, time: string) => console.log(`${what.padEnd(66)}${time}`);
  show('the running example, forward and backward', `${(median(20, repeat) * 100).toFixed(0)} ns`);
  show('a chain of a million operations, forward and backward', `${median(3, () => chain(500_000)).toFixed(0)} ms`);
  show('a training step of the two moons, over Value', ms(rounds.map(({ step }) => step)));
  show('the same through the instruction set, as the spec does it', ms(rounds.map(({ through }) => through)));
  show('the second over the first', middle(rounds.map(({ step, through }) => through / step)).toFixed(1));
}

void main();
