import type { CoordinatorContext } from '@cucumber/cucumber/api';
import { SpecError } from '../errors';
import { GATE } from '../settings';
import { Gate, type GateOptions } from './gate';
import { expressionsIn } from './tags';

let isAllowed = false;

/**
 * The gate as a plugin of Cucumber. Whatever way a run ends, it prints the verdict last, and sees to it that the exit
 * code is not 0 if something was not checked.
 *
 * The exit code is set when the process exits, and not earlier: an error that is thrown in here would come before the
 * reports are written, and they would be lost.
 *
 * @see https://github.com/cucumber/cucumber-js/blob/main/docs/plugins.md
 */
const plugin = {
  type: 'plugin',
  optionsKey: 'gate',
  coordinator({ operation, on, options, environment }: CoordinatorContext<GateOptions>): void {
    if (operation !== 'runCucumber') return;
    const gate = new Gate(options);
    Reflect.set(globalThis, GATE, true);
    const exit = process.exit;
    let isForced = false;
    on('paths:resolve', ({ unexpandedSourcePaths, sourcePaths }) => {
      const paths = { asked: unexpandedSourcePaths, found: sourcePaths, folder: environment.cwd };
      gate.look(paths, expressionsIn(process.argv));
    });
    on('message', (message) => {
      gate.take(message);
      // A step may not end the process: the rest would not be run, and the report not written.
      if (message.testStepStarted) process.exit = refuseToExit;
      if (message.testStepFinished) process.exit = exit;
      if (message.testRunFinished) {
        process.exit = (code) => {
          isForced = !isAllowed;
          return exit(code);
        };
      }
    });
    process.once('exit', (code) => {
      const forced = isForced ? `${FORCED}\n` : '';
      process.stdout.write(`\n${forced}${gate.text()}\n`);
      if (!isForced) gate.seal(code);
      if (isForced || !gate.isPassed) process.exitCode ||= 1;
    });
  },
};

export default plugin;

/** Ends a process that nothing is to be expected of any more. */
export function leave(): void {
  isAllowed = true;
  process.exit();
}

const FORCED =
  'The process was ended before its time, by --exit or by a late error: what fails after the last step would be lost.';

function refuseToExit(): never {
  throw new SpecError('something called process.exit, which would have ended the run before its end');
}
