import { Given, Then, When } from '@cucumber/cucumber';
import { Mismatch, NotSo, SpecError } from '../src/errors';
import { twoMoons } from '../src/micrograd/moons';
import { type Numeral, numeral } from '../src/notebook/numbers';
import { grid } from '../src/pictures/learning';
import type { Picture } from '../src/pictures/picture';
import type { Activation } from '../src/protocol/operations';
import { code, rows } from './below';
import type { NotebookWorld } from './world';

Given(
  'a {activation} network {name} of {int} input(s) and layers {ints} from seed {int}',
  function (this: NotebookWorld, activation: Activation, name: string, inputs: number, layers: number[], seed: number) {
    this.notebook.network(name, { activation, inputs, layers, seed });
  },
);

Given('the examples', function (this: NotebookWorld, below: unknown) {
  const [names = [], ...numbers] = rows(below);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new SpecError(`this table has two columns "${twice}"`);
  this.examples = numbers.map(
    (row) => new Map(row.map((cell, i) => [names[i] ?? '', numeral(cell, names[i] ?? '').value])),
  );
});

Given('two moons of {int} points from seed {int}', function (this: NotebookWorld, count: number, seed: number) {
  this.examples = twoMoons(count, seed).map((point) => new Map(Object.entries(point)));
});

Given('the {name} summed over the examples', async function (this: NotebookWorld, name: string, below: unknown) {
  this.exampleCode = code(below);
  await this.notebook.expressSum(name, this.exampleCode, this.examples);
});

Given(
  'the sum {name} of the squares of the parameters of {name}',
  async function (this: NotebookWorld, name: string, network: string) {
    await this.notebook.expressSquares(name, network);
  },
);

When(
  'each parameter of {name} moves by {number} times its gradient',
  async function (this: NotebookWorld, name: string, rate: Numeral) {
    await this.notebook.move(name, rate.value);
  },
);

When(
  '{name} learns to lower {name} in {int} steps of {number}',
  async function (this: NotebookWorld, network: string, loss: string, steps: number, rate: Numeral) {
    await learn(this, network, loss, steps, rate.value, rate.value);
  },
);

When(
  '{name} learns to lower {name} in {int} steps from {number} down to {number}',
  async function (this: NotebookWorld, network: string, loss: string, steps: number, from: Numeral, to: Numeral) {
    await learn(this, network, loss, steps, from.value, to.value);
  },
);

Then('{name} has {int} parameter(s)', function (this: NotebookWorld, name: string, expected: number) {
  const count = this.notebook.parameters(name).length;
  if (count !== expected) throw new NotSo(`expected ${name} to have ${expected} parameters; it has ${count}`);
  this.compared(true);
});

Then(
  '{name} has the sign of {name} in {int} of {int} examples',
  async function (this: NotebookWorld, name: string, label: string, expected: number, all: number) {
    const sides = await this.notebook.runEach(this.exampleCode, this.examples, name);
    const right = sides.filter((side, i) => Math.sign(side) === Math.sign(this.examples[i]?.get(label) ?? Number.NaN));
    this.parted = { name, label };
    for (const each of await boundary(this)) {
      await this.show(each, `Where ${name} is positive, and where negative`);
    }
    this.compared(sides.length > 0);
    if (right.length !== expected || sides.length !== all) {
      const came = `${right.length} of ${sides.length}`;
      throw new Mismatch(
        `expected ${name} to have the sign of ${label} in ${expected} of ${all} examples; it has in ${came}`,
      );
    }
  },
);

async function learn(
  world: NotebookWorld,
  network: string,
  loss: string,
  steps: number,
  from: number,
  to: number,
): Promise<void> {
  if (steps < 1) throw new SpecError(`expected one step at least, and got ${steps}`);
  const rates = Array.from({ length: steps }, (_, i) => from + ((to - from) * i) / Math.max(1, steps - 1));
  const progress = world.progress(
    (step, of, now: number) => `${network} learns: step ${step} of ${of}, ${loss} ${now.toPrecision(4)}`,
  );
  const come: number[] = [];
  const losses = await world.notebook.learn(network, loss, rates, async (step, now) => {
    progress(step, steps, now);
    come.push(now);
    await world.watch(async () => [{ kind: 'loss', losses: come, steps }, ...(await boundary(world))]);
  });
  await world.show({ kind: 'loss', losses }, `The ${loss} while ${network} learns`);
}

/** Where examples are points of a plane: on which side of the boundary each part of the plane lies. */
async function boundary(world: NotebookWorld): Promise<Picture[]> {
  if (world.parted === undefined) return [];
  const { name, label } = world.parted;
  const points = world.examples.map((example) => ({
    x: example.get('x') ?? Number.NaN,
    y: example.get('y') ?? Number.NaN,
    side: example.get(label) ?? Number.NaN,
  }));
  if (points.some(({ x, y }) => Number.isNaN(x + y))) return [];
  const cells = grid(points);
  const examples = cells.map(({ x, y }) => new Map(Object.entries({ x, y, [label]: 1 })));
  const sides = await world.notebook.runEach(world.exampleCode, examples, name);
  const plane = cells.map((cell, i) => ({ ...cell, side: sides[i] ?? Number.NaN }));
  return [{ kind: 'boundary', points, plane }];
}
