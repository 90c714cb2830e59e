// Adds up the tests and scenarios that a log of `npm test` says were run.
import { readFileSync } from 'node:fs';

const [, , file, status] = process.argv;
const log = readFileSync(file, 'utf8');
// vitest: "Tests  1 failed | 41 passed (42)", Cucumber: "24 scenarios (1 failed, 23 passed)"
const summaries = [...log.matchAll(/^ *Tests +(.*)\(\d+\)$|^\d+ scenarios? \((.*)\)$/gm)].map(([, a, b]) => a ?? b);
const count = (word) =>
  summaries
    .flatMap((line) => [...line.matchAll(new RegExp(`(\\d+) ${word}`, 'g'))])
    .reduce((sum, [, n]) => sum + Number(n), 0);

const passed = count('passed');
const failed = count('(?:failed|undefined|ambiguous|pending|skipped)');
// Whatever stopped the run before anything was counted, such as a type error, is a failure as well.
console.log(`${passed} passed, ${failed === 0 && status !== '0' ? 1 : failed} failed`);
