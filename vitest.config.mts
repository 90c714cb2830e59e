import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/*.test.ts'],
    // Most of the time goes into processes that are started: two files at a time, and two tests of each, suit a small
    // machine. Which file is the longest, and so comes first, vitest knows from the run before.
    maxWorkers: 2,
    maxConcurrency: 2,
    // A test that hangs is to be ended; one that is slow, because the machine is busy, is not.
    testTimeout: 60_000,
  },
});
