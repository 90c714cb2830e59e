import { Value } from '../micrograd/value';
import type { Engine } from '../protocol/program';
import { classEngine } from './class';

/** The project's own engine, reached like anyone else's. */
export function bundledEngine(): Engine {
  return classEngine(Value, 'micrograd-spec');
}
