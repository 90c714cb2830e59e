import { SpecError } from '../src/errors';
import { GATE } from '../src/settings';

// Without the gate a run that checks nothing is a success. It is left out easily: `--plugin` on the command line takes the
// place of what the configuration has there. Cucumber loads the gate before the steps, so here it can be missed, even in a
// dry run, which has no hooks. In a worker of a parallel run it is not to be seen; it is in the process that started it.
if (process.env.CUCUMBER_WORKER_ID === undefined && !Reflect.has(globalThis, GATE)) {
  throw new SpecError('the gate is not there: without it, nothing counts; add "--plugin ./steps/gate.cjs"');
}
