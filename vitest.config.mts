import { globSync } from 'glob';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** What Vitest does not see the tests load: files that Node.js itself loads for them, and features. */
const UNSEEN: Readonly<Record<string, string>> = {
  'test/notes.ts': '{features,src,steps,test/engines,test/stage}/**/*.{cjs,feature,ts}',
  'test/chapters.ts': 'features/*',
  'test/features.test.ts': 'features/*',
};

/** Tells Vitest of them, so that `npm run watch` runs a test again when one of them changes. */
const unseen: Plugin = {
  name: 'unseen',
  transform(_, id) {
    for (const [loader, files] of Object.entries(UNSEEN)) {
      if (id.endsWith(loader)) for (const file of globSync(files, { absolute: true })) this.addWatchFile(file);
    }
  },
};

export default defineConfig({
  plugins: [unseen],
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
