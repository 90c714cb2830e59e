import { PATIENCE } from './chains';
import { ANSWERED, BATCHES, CHAIN, DECAY, LAYERS, LEAVES, LONG, RATE, SHORT } from './workloads';

/** The numbers of the workloads, for engines in other languages, as JSON. */
export const GIVEN = JSON.stringify({
  leaves: LEAVES,
  chain: CHAIN,
  answered: ANSWERED,
  short: SHORT,
  long: LONG,
  patience: PATIENCE,
  layers: LAYERS,
  batches: BATCHES,
  rate: RATE,
  decay: DECAY,
});
