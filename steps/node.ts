import { After, AfterAll, Before, Status } from '@cucumber/cucumber';
import { namesOf } from '../src/gate/entries';
import { backgroundSteps } from '../src/gate/features';
import { live } from '../src/gate/live';
import { layOut } from '../src/node/layouts';
import { closeEngines, sharedEngine } from '../src/node/open';
import { VERSIONS } from '../src/node/place';
import { GATE, NOT_RUN, RUNS } from '../src/settings';
import { type NotebookWorld, runOn } from './world';

// All that the steps need of Node.js.
runOn({
  openEngine: sharedEngine,
  layOut,
  bytes: (text) => Buffer.from(text),
  tell: (line) => live.say(line),
  versions: VERSIONS,
  spread: ({ engine, engineCommand, timeout, folder, runs = RUNS }, asked) => {
    // it knows all laws: what they need is loaded when one of them is tried
    const { spreadOver } = require('../src/node/helpers') as typeof import('../src/node/helpers');
    return spreadOver({ engine, engineCommand, timeout, folder }, runs, asked);
  },
});

/** How many scenarios of this run have failed. */
let failed = 0;

Before(async function (this: NotebookWorld, { pickle, gherkinDocument }) {
  const above = new Set(backgroundSteps(gherkinDocument.feature?.children ?? []));
  const names = namesOf(pickle, gherkinDocument);
  [this.called = ''] = names;
  await this.open(
    names,
    pickle.tags.map(({ name }) => name),
    pickle.steps.filter(({ astNodeIds }) => astNodeIds.some((id) => above.has(id))).length,
  );
  const { maxFailures = Number.POSITIVE_INFINITY } = this.parameters;
  if (failed < maxFailures) return undefined;
  this.log(`${NOT_RUN}after ${failed} failures`);
  return 'skipped';
});

After(function (this: NotebookWorld, { result }) {
  failed += 1; // until it has ended well
  if (result?.status === Status.PASSED) this.end();
  if (result?.status === Status.PASSED || result?.status === Status.SKIPPED) failed -= 1;
});

AfterAll(async () => {
  try {
    await closeEngines();
  } catch (error) {
    // If it were thrown, Cucumber would leave the reports as they are.
    Reflect.get(globalThis, GATE)?.(said(error));
  }
});

function said(error: unknown): string {
  return `After the last scenario: ${error instanceof Error ? error.message : String(error)}`;
}
