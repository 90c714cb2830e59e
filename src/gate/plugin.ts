import type { CoordinatorContext } from '@cucumber/cucumber/api';
import { SpecError } from '../errors';
import { GATE } from '../settings';
import { namesOf } from './entries';
import { hiding } from './flags';
import { Gate, type GateOptions } from './gate';
import { live } from './live';
import { inOrderOfRun } from './order';
import { lostOutput, watchOutput } from './output';
import { expressionsIn } from './tags';

/**
 * The gate as a plugin of Cucumber. Whatever way a run ends, it prints the verdict last, and sees to it that the exit
 * code is not 0 if something was not checked.
 *
 * It does so when the process exits, and not earlier: then the reports are written, and nothing is left to happen. The
 * exit code is 1 until everything was looked at.
 *
 * @see https://github.com/cucumber/cucumber-js/blob/main/docs/plugins.md
 */
const plugin = {
  type: 'plugin',
  optionsKey: 'gate',
  coordinator({ operation, on, transform, options, environment }: CoordinatorContext<GateOptions>): void {
    if (operation !== 'runCucumber') return;
    const gate = new Gate(options);
    gate.object(hiding());
    watchOutput();
    Reflect.set(globalThis, GATE, (fault: string) => gate.object(fault));
    const exit = process.exit;
    let isForced = false;
    on('paths:resolve', ({ unexpandedSourcePaths, sourcePaths }) => {
      const paths = { asked: unexpandedSourcePaths, found: sourcePaths, folder: environment.cwd };
      gate.look(paths, expressionsIn(process.argv));
    });
    transform('pickles:order', (all) =>
      inOrderOfRun(
        all,
        options ?? {},
        ({ pickle }) => pickle.uri,
        ({ pickle, gherkinDocument }) => namesOf(pickle, gherkinDocument),
      ),
    );
    on('message', (message) => {
      gate.take(message);
      // A step may not end the process: the rest would not be run, and the report not written.
      if (message.testStepStarted) process.exit = refuseToExit;
      if (message.testStepFinished) process.exit = exit;
      if (message.testRunFinished) {
        process.exit = (code) => {
          isForced = true;
          return exit(code);
        };
      }
    });
    process.once('exit', (code) => {
      process.exitCode = code || 1;
      live.clear();
      try {
        const forced = isForced ? `${FORCED}\n` : '';
        if (options?.isOnGitHub) {
          const { tellGitHub } = require('./github') as typeof import('./github');
          tellGitHub(gate.results(isForced ? [FORCED] : gate.late(code)), options.engineFile);
        }
        process.stdout.write(`\n${forced}${gate.text()}\n`);
        gate.keep();
        if (!isForced) gate.seal(code);
        const isRight = !isForced && gate.isPassed && lostOutput() === undefined;
        if (areReported(gate, options?.reports, isForced, code) && isRight) process.exitCode = code;
      } catch (error) {
        process.stdout.write(`\nThere is no verdict: ${error instanceof Error ? error.message : String(error)}\n`);
      }
    });
  },
};

export default plugin;

/** Writes the reports that are made from the results; says whether they are whole. */
function areReported(gate: Gate, reports: GateOptions['reports'] = [], isForced: boolean, code: number): boolean {
  if (reports.length === 0) return true;
  const { writeReports } = require('./written') as typeof import('./written');
  const lost = lostOutput();
  const more = [...(isForced ? [FORCED] : gate.late(code)), ...(lost === undefined ? [] : [lost])];
  const faults = writeReports(gate.results(more), reports);
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  return faults.length === 0;
}

const FORCED =
  'The process was ended before its time, by --exit or by a late error: what fails after the last step would be lost.';

function refuseToExit(): never {
  throw new SpecError('something called process.exit, which would have ended the run before its end');
}
