import type { EngineResult } from '../engine/measure';
import type { LawResult } from '../laws/measure';
import type { Machine } from '../measuring/machine';
import type { SpecResult } from '../spec/measure';
import type { TrainingResult } from '../training/measure';

/** All that came of a measurement; a part that was not asked for is not there. */
export interface Measured {
  readonly machine: Machine;
  readonly rounds: number;
  readonly engine?: EngineResult;
  readonly training?: TrainingResult;
  readonly spec?: SpecResult;
  readonly laws?: LawResult;
}
