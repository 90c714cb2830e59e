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

Then('the leaves of {name} are {names}', function (this: NotebookWorld, name: string, expected: string[]) {
  const leaves = this.notebook.leavesOf(name);
  if (leaves.join() !== expected.join()) {
    throw new SpecError(`expected the leaves of ${name} to be ${list(expected)}; they are ${list(leaves)}`);
  }
});

async function known({ notebook }: NotebookWorld, text: string): Promise<number> {
  const { number } = await notebook.quantity(text);
  if (number === null) throw new SpecError(`this engine keeps no gradient there: ${text}`);
  return number.value;
}

async function compare({ notebook }: NotebookWorld, text: string, comparison: Comparison, expected: Numeral) {
  report([mismatch(await notebook.quantity(text), comparison, expected, notebook.epsilon)]);
}

async function compareTable({ notebook }: NotebookWorld, comparison: Comparison, table: DataTable) {
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
