import { AfterAll, Before } from '@cucumber/cucumber';
import { placeOf } from '../src/gate/verdict';
import { layOut } from '../src/node/layouts';
import { closeEngines, sharedEngine } from '../src/node/open';
import { VERSIONS } from '../src/node/place';
import { type NotebookWorld, runOn } from './world';

// All that the steps need of Node.js.
runOn({
  openEngine: sharedEngine,
  layOut,
  bytes: (text) => Buffer.from(text),
  tell: (line) => process.stderr.write(`\n${line}\n`),
  versions: VERSIONS,
});

Before(async function (this: NotebookWorld, { pickle }) {
  this.place = placeOf(pickle);
  await this.open(
    pickle.name,
    pickle.tags.map(({ name }) => name),
  );
});

AfterAll(closeEngines);
