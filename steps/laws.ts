import { Then } from '@cucumber/cucumber';
import { report } from '../src/checks';
import { list } from '../src/errors';
import type { Truth } from '../src/oracle';
import type { NotebookWorld } from './world';

/** How many random expressions are tried, and from which seed, unless somebody says otherwise. */
const RUNS = 300;
const SEED = 1;

// The oracle and fast-check are loaded where they are needed: most chapters do without.

Then('every gradient of {name} matches its finite difference', async function (this: NotebookWorld, name: string) {
  const [{ truths }, { wrong }] = [require('../src/oracle'), require('../src/laws/gradients')] as [
    typeof import('../src/oracle'),
    typeof import('../src/laws/gradients'),
  ];
  const { program, nodes } = await this.notebook.programOf(name);
  const { gradients } = truths(program, program.at(-1)?.to ?? '');
  const leaves = nodes.filter(({ operation }) => operation === 'leaf');
  const problems = leaves.map((leaf) =>
    wrong(
      `∂${name}/∂${leaf.name}`,
      leaf.reading?.grad ?? 0,
      gradients.get(`n${leaf.index}`) as Truth,
      this.notebook.epsilon,
    ),
  );
  report(problems);
  this.log(`compared: ${list(leaves.map((leaf) => leaf.name))}`);
});

Then('in random expressions every gradient matches its finite difference', async function (this: NotebookWorld) {
  const { gradientsMatchFiniteDifferences } =
    require('../src/laws/gradients') as typeof import('../src/laws/gradients');
  const { runs = RUNS, seed = SEED } = this.parameters;
  await gradientsMatchFiniteDifferences(this.engine, { runs, seed });
  this.log(`${runs} random expressions, seed ${seed}`);
});
