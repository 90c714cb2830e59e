/*
 * How strong are the checks? Each mutant is the engine with one thing changed; each must be noticed.
 *
 *     npm run mutation              by the unit tests of the engine
 *     npm run mutation:features     by the features alone
 */
const byFeatures = process.env.MUTATION_BY === 'features';

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: ['src/micrograd/value.ts'],
  concurrency: 2,
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  ignorePatterns: ['reports', 'dist', 'docs', 'examples', 'bench'],
  tempDirName: 'reports/stryker',
  allowEmpty: false,
  timeoutMS: 20_000,
  ...(byFeatures
    ? {
        testRunner: 'command',
        commandRunner: {
          command: 'node -r ./steps/typescript.cjs src/command/cli.ts --tags "not @demonstration" --runs 100',
        },
      }
    : { testRunner: 'vitest', vitest: { configFile: 'test/mutation.config.mts' } }),
};
