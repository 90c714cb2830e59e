import { Then } from '@cucumber/cucumber';
import { LawBroken, list, SpecError } from '../src/errors';
import { report } from '../src/judge/compare';
import type { Tried } from '../src/judge/property';
import type { GraphNode } from '../src/notebook/graph';
import type { Truth } from '../src/protocol/bounds';
import { OPERATIONS, type Operation } from '../src/protocol/operations';
import type { Engine } from '../src/protocol/program';
import { RUNS, SEED } from '../src/settings';
import type { NotebookWorld } from './world';

// The references and fast-check are loaded where they are needed: most chapters do without.

Then('every gradient of {name} matches its finite difference', async function (this: NotebookWorld, name: string) {
  const { truths } = require('../src/judge/reference') as typeof import('../src/judge/reference');
  const { wrong } = require('../src/judge/alone') as typeof import('../src/judge/alone');
  const { program, nodes } = await this.notebook.programOf(name);
  const { gradients } = truths(program, program.at(-1)?.to ?? '', this.engine.description.precision);
  const leaves = nodes.filter(({ operation }) => operation === 'leaf');
  this.compared(leaves.length > 0);
  const corner = nodes.find(isAtCorner);
  if (corner !== undefined) {
    throw new SpecError(
      `${corner.name} stands at a corner, or where its slope has no end: there is nothing to compare`,
    );
  }
  report(
    leaves.map(({ name: leaf, index, reading }) =>
      wrong(`∂${name}/∂${leaf}`, reading?.grad ?? 0, gradients.get(`n${index}`) as Truth, this.notebook.epsilon),
    ),
  );
  this.log(`compared: ${list(leaves.map((leaf) => leaf.name))}`);
});

/** Whether a node stands where the slope of its operation jumps, or has no end. */
function isAtCorner({ operation, operands }: GraphNode): boolean {
  if (operation === 'leaf' || operation === 'network') return false;
  const [x = 0, y = 0] = operands.map((each) => (typeof each === 'number' ? each : (each.reading?.data ?? Number.NaN)));
  return OPERATIONS[operation].room(x, y, typeof operands[1] === 'number').includes(0);
}

Then(/^in random expressions, (.+)$/, async function (this: NotebookWorld, name: string) {
  const { LAWS } = require('../src/judge/laws') as typeof import('../src/judge/laws');
  const { checkLaw } = require('../src/judge/property') as typeof import('../src/judge/property');
  const law = LAWS.get(name);
  if (law === undefined) throw new SpecError(`there is no law "${name}"; the laws: ${[...LAWS.keys()].join('; ')}`);
  const { runs = RUNS, seed = SEED, path } = this.parameters;
  const progress = this.progress((tried, of) => `${name}: ${tried} of ${of} expressions`);
  const again = (from?: string) => this.again({ seed, path: from });
  const { tried, discarded, milliseconds, avoided } = await beyond(this.engine, (without) =>
    checkLaw(this.engine, law, {
      runs,
      seed,
      path: without === undefined ? path : undefined,
      progress,
      without,
      again,
      spread: this.spread({ law: name, seed, without }),
    }),
  );
  this.compared(tried > discarded);
  const cost = (milliseconds / Math.max(1, tried)).toFixed(2);
  if (avoided.length > 0) this.log(`stayed off ${list(avoided)}: this engine does not hold it there; see chapter 17`);
  this.log(`${tried} random expressions, seed ${seed}; ${discarded} said nothing; ${cost} ms each`);
});

/** So many faults are looked behind: one that is known must not hide another. */
const FAULTS = 3;

/**
 * Tries a law. Where it breaks on an operation of which it is known what is wrong, it is tried again without that
 * operation, and what is found then is told first.
 */
async function beyond(engine: Engine, attempt: (without?: ReadonlySet<Operation>) => Promise<Tried>): Promise<Tried> {
  const without = new Set<Operation>();
  let first: unknown;
  for (let i = 0; i < FAULTS; i++) {
    try {
      const tried = await attempt(without.size === 0 ? undefined : without);
      if (first === undefined) return tried;
      break;
    } catch (error) {
      if (first !== undefined && !(error instanceof LawBroken)) break;
      const { findingsOf } = require('../src/judge/findings') as typeof import('../src/judge/findings');
      const known =
        error instanceof LawBroken ? (await findingsOf(engine)).filter(({ isIn }) => isIn(error.asked)) : [];
      const operations = known.flatMap((each) => each.operations);
      if (operations.length === 0) throw error;
      first ??= error;
      for (const operation of operations) without.add(operation);
    }
  }
  throw first;
}
