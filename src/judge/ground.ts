import { type Corner, isOperation, NAMES, OPERATIONS, type Operation } from '../protocol/operations';
import type { Claim, Engine, MakingInstruction } from '../protocol/program';
import { isAlone } from './alone';

/** What random expressions for an engine are made of. */
export interface Ground {
  /** What the engine offers. */
  readonly claims: readonly Claim[];
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
  return { claims, avoided };
}

/**
 * The same ground without some operations.
 *
 * @param ground - the ground
 * @param without - what is left out
 */
export function lessen({ claims, avoided }: Ground, without: ReadonlySet<Operation>): Ground {
  return { avoided, claims: claims.filter((claim) => !isOperation(claim) || !without.has(claim)) };
}
