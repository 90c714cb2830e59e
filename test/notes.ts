import { createRequire } from 'node:module';

// The notes, their steps and the engines under test are loaded by Node.js itself, as they are in a real run.
const load = createRequire(__filename);
load('../steps/typescript.cjs');
const stage = load('./stage/notes.ts') as typeof import('./stage/notes');

export const { runNotes, sentences } = stage;
/** Loads a file of the project, or a fixture, as a real run does. */
export const native = load;
