import { Given, When } from '@cucumber/cucumber';
import { SpecError } from '../src/errors';
import { numeral } from '../src/notebook/numbers';
import { code, rows } from './below';
import type { NotebookWorld } from './world';

Given('the leaves', function (this: NotebookWorld, below: unknown) {
  const table = rows(below);
  const [names, numbers, ...more] = table;
  if (names === undefined || numbers === undefined || more.length > 0) {
    throw new SpecError(`the leaves need a row of names and a row of numbers, and got ${table.length} rows`);
  }
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new SpecError(`this table has two leaves "${twice}"`);
  for (const [i, name] of names.entries())
    this.notebook.leaf(name, numeral(numbers[i] ?? '', `the leaf ${name}`).value);
});

Given('the expressions', async function (this: NotebookWorld, below: unknown) {
  await this.notebook.express(code(below));
  await this.picture();
});

When('the expressions run again', async function (this: NotebookWorld) {
  await this.notebook.expressAgain();
  await this.picture();
});

When('this code runs', async function (this: NotebookWorld, below: unknown) {
  await this.notebook.run(code(below));
  await this.picture();
});

When('this code runs {int} times', async function (this: NotebookWorld, times: number, below: unknown) {
  await this.notebook.run(code(below), times);
  await this.picture();
});

When('the backward pass runs from {name}', async function (this: NotebookWorld, name: string) {
  this.notebook.backward(name);
  await this.picture();
});

When('the gradients are zeroed', async function (this: NotebookWorld) {
  this.notebook.zeroGradients();
  await this.picture();
});
