import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/*.test.ts'],
    // Most of the time goes into processes that are started; two at a time suit a small machine.
    maxConcurrency: 2,
    // A test that hangs is to be ended; one that is slow, because the machine is busy, is not.
    testTimeout: 60_000,
  },
});
