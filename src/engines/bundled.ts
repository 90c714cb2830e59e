import { Value } from '../micrograd/value';
import type { Engine } from '../protocol/program';
import { classEngine } from './class';
import { Replays } from './replays';

/** The project's own engine, reached like anyone else's; but the steps of a training are recorded, and replayed. */
export function bundledEngine(): Engine {
  return classEngine(Value, 'micrograd-spec', { shortcut: (slots, carryOut) => new Replays(slots, carryOut) });
}
