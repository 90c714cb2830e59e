import { bundledEngine } from '../../../src/engines/bundled';
import { type Example, Notebook } from '../../../src/notebook/notebook';
import type { Contender } from '../contender';
import { BATCHES, DECAY, RATE, SHAPE } from '../workloads';

/*
 * The project's own engine as the spec reaches it: what the notes say is read, turned into instructions, and carried out by
 * an engine of which no more is known than that it carries out instructions.
 */

const examples = BATCHES.map((points) =>
  points.map(
    ({ x, y, label }): Example =>
      new Map([
        ['x', x],
        ['y', y],
        ['label', label],
        ['n', points.length],
      ]),
  ),
);

/** The examples that the notebook sums over: they are exchanged between two steps. */
const now: Example[] = [];

function exchange(batch: readonly Example[] = []): void {
  now.splice(0, now.length, ...batch);
}

async function begin(): Promise<Notebook> {
  const notebook = new Notebook(bundledEngine());
  notebook.network('N', { ...SHAPE, activation: 'relu', seed: 1 });
  exchange(examples[0]);
  await notebook.expressSum('margin', 'margin = relu(1 - N(x, y) * label) / n', now);
  await notebook.expressSquares('S', 'N');
  await notebook.express(`loss = margin + ${DECAY} * S`);
  return notebook;
}

/** A training step differentiates what was expressed last, and expresses it again: so the batch is exchanged before. */
async function training(): Promise<readonly number[]> {
  const notebook = await begin();
  const losses: number[] = [];
  for (const [i] of examples.entries()) {
    exchange(examples[(i + 1) % examples.length]);
    const [loss] = await notebook.learn('N', 'loss', [RATE], () => {});
    losses.push(loss as number);
  }
  return losses;
}

/** How it takes part. */
export const contender: Contender = { training };
