import { After, AfterAll, Before, Status } from '@cucumber/cucumber';
import { backgroundSteps } from '../src/gate/features';
import { placeOf } from '../src/gate/verdict';
import { layOut } from '../src/node/layouts';
import { closeEngines, sharedEngine } from '../src/node/open';
import { VERSIONS } from '../src/node/place';
import { GATE, RUNS } from '../src/settings';
import { type NotebookWorld, runOn } from './world';

// All that the steps need of Node.js.
runOn({
  openEngine: sharedEngine,
  layOut,
  bytes: (text) => Buffer.from(text),
  tell: (line) => process.stderr.write(`\n${line}\n`),
  versions: VERSIONS,
  spread: ({ engine, engineCommand, timeout, folder, runs = RUNS }, asked) => {
    // it knows all laws: what they need is loaded when one of them is tried
    const { spreadOver } = require('../src/node/helpers') as typeof import('../src/node/helpers');
    return spreadOver({ engine, engineCommand, timeout, folder }, runs, asked);
  },
});

Before(async function (this: NotebookWorld, { pickle, gherkinDocument }) {
  const above = new Set(backgroundSteps(gherkinDocument.feature?.children ?? []));
  this.place = placeOf(pickle);
  await this.open(
    pickle.name,
    pickle.tags.map(({ name }) => name),
    pickle.steps.filter(({ astNodeIds }) => astNodeIds.some((id) => above.has(id))).length,
  );
});

After(function (this: NotebookWorld, { result }) {
  if (result?.status === Status.PASSED) this.end();
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
