import { type Corner, NAMES, OPERATIONS, type Operation } from '../protocol/operations';
import type { Claim, Description, Engine, MakingInstruction } from '../protocol/program';
import { isAlone } from './alone';

/** What random expressions for an engine are made of. */
export interface Ground {
  /** What the engine offers. */
  readonly claims: readonly Claim[];
  /** What the engine says of a second pass over one graph. */
  readonly repeatedBackward: Description['repeatedBackward'];
  /** The corners that the engine does not hold: expressions stay out of them, and examples tell of them. */
  readonly avoided: readonly (Corner & { readonly operation: Operation })[];
}

const known = new WeakMap<Engine, Promise<Ground>>();

/**
 * Finds out what random expressions for an engine are to be made of.
 *
 * @param engine - the engine under test
 */
export function groundOf(engine: Engine): Promise<Ground> {
  const ground = known.get(engine) ?? look(engine);
  known.set(engine, ground);
  return ground;
}

async function look(engine: Engine): Promise<Ground> {
  const claims = engine.description.operations;
  const avoided: (Corner & { operation: Operation })[] = [];
  for (const operation of NAMES.filter((name) => claims.includes(name))) {
    for (const corner of OPERATIONS[operation].corners) {
      let isHeld = true;
      for (const [x = 0, ...numbers] of corner.examples) {
        const program: MakingInstruction[] = [
          { do: 'leaf', to: 'x', data: x },
          { do: operation, to: 'z', of: ['x', ...numbers] },
        ];
        isHeld &&= await isAlone(engine, { program, output: 'z', leaves: ['x'] });
      }
      if (!isHeld) avoided.push({ ...corner, operation });
    }
  }
  return { claims, avoided, repeatedBackward: engine.description.repeatedBackward };
}

/**
 * The same ground without some operations.
 *
 * @param ground - the ground
 * @param without - what is left out
 */
export function lessened(ground: Ground, without: ReadonlySet<Operation>): Ground {
  return { ...ground, claims: ground.claims.filter((claim) => !without.has(claim === 'pow-of-nodes' ? 'pow' : claim)) };
}

/**
 * The ground for expressions over which more than one pass runs. Where an engine says nothing of that, as micrograd does,
 * it may make a difference of a sum and a product, with a node in between that nobody can set back to zero. So only sums
 * and products are left there, which every engine makes at once.
 *
 * @param ground - the ground for one pass
 */
export function forSeveralPasses(ground: Ground): Ground {
  const isSaid = ground.repeatedBackward === 'accumulate' || ground.repeatedBackward === 'reset';
  const simple = ground.claims.filter((claim) => claim === 'add' || claim === 'mul');
  return isSaid || simple.length === 0 ? ground : { ...ground, claims: simple };
}
