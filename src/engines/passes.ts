import type { Description } from '../protocol/program';
import { attempt, type SomeNode } from './nodes';
import type { Connection } from './walk';

/** What is found of an engine's passes by looking at a few. */
export type Passes = Pick<Description, 'repeatedBackward' | 'newGraph' | 'interiorGradients'>;

/**
 * Finds out what a second pass does, over the same graph and over a new one, and whether inner nodes have gradients.
 *
 * What no sound engine does is no excuse: such an engine is taken to claim that gradients accumulate, and fails.
 *
 * @param connection - how the engine is reached
 */
export function passesOf(connection: Connection): Passes {
  const { leaves, walk, trial } = connection;
  const gradient = (node: SomeNode) => node[leaves.grad];
  const { slopes } = trial;
  const interior = attempt(() => {
    const { inner, output } = trial.chain();
    walk.run(output);
    return gradient(inner) ?? null;
  });
  const interiorGradients = interior === undefined ? undefined : interior === null ? 'none' : 'kept';
  if (slopes === undefined) return { repeatedBackward: 'undefined', newGraph: 'undefined', interiorGradients };

  /** Whether a first pass is right, over a chain and over a node that is used twice. */
  function isRight(): boolean {
    const { leaf, output } = trial.chain();
    walk.run(output);
    const x = trial.chain().leaf;
    walk.run(trial.twice(x));
    return gradient(leaf) === slopes?.chain && gradient(x) === slopes?.twice;
  }

  function afterSecond(): Passes['repeatedBackward'] {
    const { leaf, inner, output } = trial.chain();
    walk.run(output);
    const [once, atInner] = [gradient(leaf), gradient(inner)] as [number, number];
    try {
      walk.run(output);
    } catch {
      return 'error';
    }
    const again = gradient(leaf);
    if (again === 2 * once) return 'accumulate';
    // micrograd's own: what the first pass has left between leaf and output is handed on once more
    if (again === 3 * once && gradient(inner) === 2 * atInner && gradient(output) === 1) return 'undefined';
    if (again !== once) return 'accumulate';
    // What begins anew does so for another output as well; what only fails to pass again does not.
    walk.run(trial.twice(inner));
    return gradient(leaf) === slopes?.innerTwice ? 'reset' : 'accumulate';
  }

  function afterNewGraph(): Passes['newGraph'] {
    const { leaf, output } = trial.chain();
    walk.run(output);
    walk.run(trial.twice(leaf));
    return gradient(leaf) === slopes?.twice ? 'reset' : 'accumulate';
  }

  if (attempt(isRight) !== true) return { repeatedBackward: 'accumulate', newGraph: 'accumulate', interiorGradients };
  return {
    repeatedBackward: attempt(afterSecond) ?? 'accumulate',
    newGraph: attempt(afterNewGraph) ?? 'accumulate',
    interiorGradients,
  };
}
