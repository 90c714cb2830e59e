import { Then } from '@cucumber/cucumber';
import { report } from '../src/checks';
import { list, SpecError } from '../src/errors';
import type { Truth } from '../src/oracle';
import { RUNS, SEED } from '../src/run';
import type { NotebookWorld } from './world';

// The oracle and fast-check are loaded where they are needed: most chapters do without.

Then('every gradient of {name} matches its finite difference', async function (this: NotebookWorld, name: string) {
  const { truths } = require('../src/oracle') as typeof import('../src/oracle');
  const { wrong } = require('../src/laws/laws') as typeof import('../src/laws/laws');
  const { program, nodes } = await this.notebook.programOf(name);
  const { gradients } = truths(program, program.at(-1)?.to ?? '', this.engine.description.precision);
  const leaves = nodes.filter(({ operation }) => operation === 'leaf');
  report(
    leaves.map(({ name: leaf, index, reading }) =>
      wrong(`∂${name}/∂${leaf}`, reading?.grad ?? 0, gradients.get(`n${index}`) as Truth, this.notebook.epsilon),
    ),
  );
  this.log(`compared: ${list(leaves.map((leaf) => leaf.name))}`);
});

Then(/^in random expressions, (.+)$/, async function (this: NotebookWorld, name: string) {
  const { LAWS } = require('../src/laws/laws') as typeof import('../src/laws/laws');
  const { checkLaw } = require('../src/laws/check') as typeof import('../src/laws/check');
  const law = LAWS.get(name);
  if (law === undefined) throw new SpecError(`there is no law "${name}"; the laws: ${[...LAWS.keys()].join('; ')}`);
  const { runs = RUNS, seed = SEED, path } = this.parameters;
  const progress = this.progress((tried) => `${name}: ${tried} of ${runs} expressions`);
  const { tried, discarded, milliseconds } = await checkLaw(this.engine, law, { runs, seed, path, progress });
  const cost = (milliseconds / Math.max(1, tried)).toFixed(2);
  this.log(`${tried} random expressions, seed ${seed}; ${discarded} said nothing; ${cost} ms each`);
});
