import { bundledEngine } from '../../src/engines/bundled';
import { MLP, Value } from '../../src/index';
import { closeEngines, sharedEngine } from '../../src/node/open';
import type { Example } from '../../src/notebook/notebook';
import { Notebook } from '../../src/notebook/notebook';
import type { Engine } from '../../src/protocol/program';
import { RATE, SHAPE } from '../engine/workloads';
import { POINTS } from './numbers';

/*
 * One training, in a process of its own: `steps.ts STEPS [COMMAND]`. Without a command it runs over `Value`, as a program
 * would do it; with one, as the notes do it, on the engine that the command starts, or, if it is empty, on the bundled one.
 * The last line says what came, as JSON.
 */

/** What came of a training. */
export interface Trained {
  /** How long all steps took together. */
  readonly seconds: number;
  /** After the last step. */
  readonly loss: number;
}

function overValue(steps: number): Trained {
  const network = new MLP(SHAPE.inputs, SHAPE.layers);
  const parameters = network.parameters();
  const lossNow = (): Value => {
    let shortfall = new Value(0);
    for (const { x, y, label } of POINTS) {
      const [score] = network.call([x, y]) as [Value];
      shortfall = shortfall.add(score.mul(-label).add(1).relu().div(POINTS.length));
    }
    let squares = new Value(0);
    for (const parameter of parameters) squares = squares.add(parameter.pow(2));
    return shortfall.add(squares.mul(1e-4));
  };
  const began = performance.now();
  for (let i = 0; i < steps; i++) {
    const loss = lossNow();
    for (const parameter of parameters) parameter.grad = 0;
    loss.backward();
    for (const parameter of parameters) parameter.data -= RATE * parameter.grad;
  }
  return { seconds: (performance.now() - began) / 1000, loss: lossNow().data };
}

async function throughTheNotes(steps: number, engine: Engine): Promise<Trained> {
  const notebook = new Notebook(engine);
  notebook.network('N', { activation: 'relu', ...SHAPE, seed: 1 });
  const examples = POINTS.map((point): Example => new Map(Object.entries(point)));
  await notebook.expressSum('shortfall', 'score = N(x, y)\nshortfall = relu(1 - label * score) / 100', examples);
  await notebook.expressSquares('squares', 'N');
  await notebook.express('loss = shortfall + 0.0001 * squares');
  const rates = new Array<number>(steps).fill(RATE);
  const began = performance.now();
  const losses = await notebook.learn('N', 'loss', rates, () => {});
  return { seconds: (performance.now() - began) / 1000, loss: losses.at(-1) ?? Number.NaN };
}

async function main([steps = '', command]: readonly string[]): Promise<void> {
  let came: Trained;
  if (command === undefined) came = overValue(Number(steps));
  else if (command === '') came = await throughTheNotes(Number(steps), bundledEngine());
  else {
    const engine = await sharedEngine({ engineCommand: command, folder: process.cwd() });
    came = await throughTheNotes(Number(steps), engine);
    await closeEngines();
  }
  process.stdout.write(`\n${JSON.stringify(came)}\n`);
}

void main(process.argv.slice(2));
