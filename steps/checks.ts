import { Then } from '@cucumber/cucumber';
import { list, Mismatch, NotSo, SpecError } from '../src/errors';
import {
  type Comparison,
  checkColumns,
  mismatch,
  report,
  requireBound,
  requireDigits,
  requireNumbers,
} from '../src/judge/compare';
import type { Quantity } from '../src/notebook/notebook';
import { type Numeral, numeral } from '../src/notebook/numbers';
import { OPEN } from '../src/settings';
import { code, rows } from './below';
import type { NotebookWorld } from './world';

Then('{quantity} is {number}', async function (this: NotebookWorld, text: string, expected: Numeral) {
  await compare(this, text, 'is', expected);
});

Then('{quantity} is about {number}', async function (this: NotebookWorld, text: string, expected: Numeral) {
  requireDigits(text, expected);
  await compare(this, text, 'is about', expected);
});

Then('{quantity} is ?', async function (this: NotebookWorld, text: string) {
  await leaveOpen(this, text);
});

Then('{quantity} is about ?', async function (this: NotebookWorld, text: string) {
  await leaveOpen(this, text);
});

Then('the nodes hold', async function (this: NotebookWorld, below: unknown) {
  await compareTable(this, 'is', rows(below));
});

Then('the nodes hold about', async function (this: NotebookWorld, below: unknown) {
  await compareTable(this, 'is about', rows(below));
});

Then('{quantity} is greater than {number}', async function (this: NotebookWorld, text: string, bound: Numeral) {
  requireBound(text, bound);
  const value = await known(this, text);
  if (!(value > bound.value)) throw new Mismatch(`${text} is ${value}, which is not greater than ${bound.text}`);
});

Then('{quantity} is less than {number}', async function (this: NotebookWorld, text: string, bound: Numeral) {
  requireBound(text, bound);
  const value = await known(this, text);
  if (!(value < bound.value)) throw new Mismatch(`${text} is ${value}, which is not less than ${bound.text}`);
});

Then('this code gives no finite number', async function (this: NotebookWorld, below: unknown) {
  const came = await this.notebook.attempt(code(below));
  this.compared(came === undefined || came.number?.isMade === true);
  const value = came?.number?.value;
  if (value === undefined || !Number.isFinite(value)) return;
  throw new Mismatch(`expected ${came?.text} to be infinite, not a number, or an error of the engine; it is ${value}`);
});

Then('the leaves of {name} are {names}', function (this: NotebookWorld, name: string, expected: string[]) {
  const leaves = this.notebook.leavesOf(name);
  if (leaves.join() !== expected.join()) {
    throw new NotSo(`expected the leaves of ${name} to be ${list(expected)}; they are ${list(leaves)}`);
  }
  this.compared(leaves.some((leaf) => leaf !== name));
});

/** Ends an exercise of which the reader has not filled in the blank. */
async function leaveOpen(world: NotebookWorld, text: string): Promise<never> {
  await world.notebook.quantity(text); // which there must be
  world.log(OPEN);
  throw new SpecError(`here is a blank: write what you think that ${text} is, in the place of ?`);
}

async function known(world: NotebookWorld, text: string): Promise<number> {
  const quantity = await world.notebook.quantity(text);
  requireNumbers([quantity], world.engine.description);
  world.compared(quantity.number?.isMade === true);
  return quantity.number?.value as number;
}

async function compare(world: NotebookWorld, text: string, comparison: Comparison, expected: Numeral) {
  await compareAll(world, comparison, [[text, expected]]);
}

async function compareTable(world: NotebookWorld, comparison: Comparison, table: string[][]) {
  checkColumns(table, 'node', ['data', 'gradient']);
  const [header = [], ...lines] = table;
  const wanted = lines.flatMap((cells) => {
    const node = cells[header.indexOf('node')];
    const columns = header.flatMap((column, i): [string, string][] =>
      column === 'node' ? [] : [[column, cells[i] ?? '']],
    );
    return columns.map(([column, cell]): [string, Numeral] => {
      const field = column === 'gradient' ? 'grad' : 'data';
      return [`${node}.${field}`, numeral(cell, `${column} of ${node}`)];
    });
  });
  if (comparison === 'is about') for (const [text, expected] of wanted) requireDigits(text, expected);
  await compareAll(world, comparison, wanted);
}

/** Compares all that can be compared, before it says what the engine does not claim. */
async function compareAll(
  world: NotebookWorld,
  comparison: Comparison,
  wanted: readonly (readonly [string, Numeral])[],
): Promise<void> {
  const { notebook, engine } = world;
  const quantities: Quantity[] = [];
  for (const [text] of wanted) quantities.push(await notebook.quantity(text));
  const problems = quantities.map((quantity, i) =>
    mismatch(quantity, comparison, wanted[i]?.[1] as Numeral, notebook.epsilon),
  );
  world.compared(quantities.some(({ number }) => number?.isMade));
  report(problems);
  requireNumbers(quantities, engine.description);
}
