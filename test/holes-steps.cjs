const { Before, Given, Then } = require('@cucumber/cucumber');

let tries = 0;

Then('all is well', () => {});
Then('{int} is a number', (_) => {});
Then('this is a text', (/** @type {string} */ _) => {});
Then('this is a table', (/** @type {object} */ _) => {});
Then('this is skipped', () => 'skipped');
Then('this is pending', () => 'pending');
Then('this works the second time', () => {
  tries += 1;
  if (tries < 2) throw new Error('not yet');
});
Given('the process ends here', () => process.exit(0));
Given('this never settles', { timeout: -1 }, () => new Promise(() => {}));
Given('this fails when all is over', () => {
  // When nothing is left to do, however long that takes; who calls process.exit never gets there.
  process.once('beforeExit', () => Promise.reject(new Error('too late')));
});
Then('two sentences match', () => {});
Then(/^two sentences match$/, () => {});

// The notes have a hook of this kind, and with it a scenario without steps is not quite empty.
Before(() => {});
Before({ tags: '@left' }, () => 'skipped');
