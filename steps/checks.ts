import { type DataTable, Then } from '@cucumber/cucumber';
import { type Comparison, checkColumns, mismatch, report } from '../src/checks';
import { list, SpecError } from '../src/errors';
import { type Numeral, numeral } from '../src/numbers';
import type { NotebookWorld } from './world';

Then('{quantity} is {number}', async function (this: NotebookWorld, text: string, expected: Numeral) {
  await compare(this, text, 'is', expected);
});

Then('{quantity} is about {number}', async function (this: NotebookWorld, text: string, expected: Numeral) {
  await compare(this, text, 'is about', expected);
});

Then('the nodes hold', async function (this: NotebookWorld, table: DataTable) {
  await compareTable(this, 'is', table);
});

Then('the nodes hold about', async function (this: NotebookWorld, table: DataTable) {
  await compareTable(this, 'is about', table);
});

Then('{quantity} is greater than {number}', async function (this: NotebookWorld, text: string, bound: Numeral) {
  const value = await known(this, text);
  if (!(value > bound.value)) throw new SpecError(`${text} is ${value}, which is not greater than ${bound.text}`);
});

Then('{quantity} is less than {number}', async function (this: NotebookWorld, text: string, bound: Numeral) {
  const value = await known(this, text);
  if (!(value < bound.value)) throw new SpecError(`${text} is ${value}, which is not less than ${bound.text}`);
});

Then('the leaves of {name} are {names}', async function (this: NotebookWorld, name: string, expected: string[]) {
  await this.picture();
  const leaves = this.notebook.leavesOf(name);
  if (leaves.join() !== expected.join()) {
    throw new SpecError(`expected the leaves of ${name} to be ${list(expected)}; they are ${list(leaves)}`);
  }
});

async function known(world: NotebookWorld, text: string): Promise<number> {
  await world.picture();
  const { number } = await world.notebook.quantity(text);
  if (number === null) throw new SpecError(`this engine keeps no gradient there: ${text}`);
  return number.value;
}

async function compare(world: NotebookWorld, text: string, comparison: Comparison, expected: Numeral) {
  await world.picture();
  const { notebook } = world;
  report([mismatch(await notebook.quantity(text), comparison, expected, notebook.epsilon)]);
}

async function compareTable(world: NotebookWorld, comparison: Comparison, table: DataTable) {
  await world.picture();
  const { notebook } = world;
  checkColumns(table.raw(), 'node', ['data', 'gradient']);
  const problems: (string | undefined)[] = [];
  for (const { node, ...columns } of table.hashes()) {
    for (const [column, cell] of Object.entries(columns)) {
      const quantity = await notebook.quantity(`${node}.${column === 'gradient' ? 'grad' : 'data'}`);
      problems.push(mismatch(quantity, comparison, numeral(cell, `${column} of ${node}`), notebook.epsilon));
    }
  }
  report(problems);
}
