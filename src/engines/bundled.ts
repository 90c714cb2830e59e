import type { Engine } from '../program';
import { Value } from '../value';
import { classEngine } from './class';

/** The project's own engine, reached like anyone else's. */
export function bundledEngine(): Engine {
  return classEngine(Value, 'micrograd-spec');
}
