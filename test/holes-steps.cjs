const { Before, Given, Then } = require('@cucumber/cucumber');

let tries = 0;

Then('all is well', () => {});
Then('{int} is a number', (_) => {});
Then('this is skipped', () => 'skipped');
Then('this is pending', () => 'pending');
Then('this works the second time', () => {
  tries += 1;
  if (tries < 2) throw new Error('not yet');
});
Given('the process ends here', () => process.exit(0));
Given('this never settles', { timeout: -1 }, () => new Promise(() => {}));
Given('this fails when all is over', () => {
  setTimeout(() => Promise.reject(new Error('too late')), 300);
});
Then('two sentences match', () => {});
Then(/^two sentences match$/, () => {});

Before({ tags: '@left' }, () => 'skipped');
