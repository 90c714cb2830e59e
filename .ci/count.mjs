// Adds up the tests and scenarios that the logs of some jobs say were run. A job that left no exit code, or another one
// than 0, or ran no test at all, has failed.
import { existsSync, readFileSync } from 'node:fs';

const [, , folder, ...jobs] = process.argv;
const read = (file) => (existsSync(`${folder}/${file}`) ? readFileSync(`${folder}/${file}`, 'utf8') : '');

/** How many tests passed in a job, and how many did not. */
function countsOf(job) {
  // vitest: "Tests  1 failed | 41 passed (42)", Cucumber: "24 scenarios (1 failed, 23 passed)"
  const summaries = read(`${job}.log`).matchAll(/^ *Tests +(.*)\(\d+\)$|^\d+ scenarios? \((.*)\)$/gm);
  const lines = [...summaries].map(([, a, b]) => a ?? b).join('\n');
  const count = (words) => [...lines.matchAll(new RegExp(`(\\d+) ${words}`, 'g'))].reduce((sum, [, n]) => sum + +n, 0);
  const passed = count('passed');
  const failed = count('(?:failed|undefined|ambiguous|pending|skipped|unknown)');
  // Whatever stopped a job before anything was counted, such as a type error, is a failure as well.
  const isFine = read(`${job}.status`) === '0\n' && passed > 0;
  return { passed, failed: isFine ? failed : Math.max(1, failed) };
}

const sum = { passed: 0, failed: 0 };
console.log();
for (const job of jobs) {
  const { passed, failed } = countsOf(job);
  console.log(`${job}: ${passed} passed, ${failed} failed`);
  sum.passed += passed;
  sum.failed += failed;
}
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.passed > 0 && sum.failed === 0 ? 0 : 1;
