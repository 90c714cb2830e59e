import { writeFileSync } from 'node:fs';
import type { Results } from './results';

/** A report that is made from the results, once these are known. */
export interface Wanted {
  /** The option that asks for it. */
  readonly option: string;
  /** As it was given. */
  readonly given: string;
  /** Where it really is. */
  readonly file: string;
}

/** How each kind of report is written. What most runs do not ask for is loaded when it is. */
const WRITERS: Readonly<Record<string, (results: Results) => string>> = {
  json: (results) => `${JSON.stringify(results, null, 2)}\n`,
  markdown: (results) => (require('./summary') as typeof import('./summary')).summaryOf(results),
  junit: (results) => (require('./junit') as typeof import('./junit')).junitOf(results),
};

/**
 * Writes reports. One that cannot be written does not keep the others from it.
 *
 * @param results - the results of the run
 * @param wanted - which reports, and where; those that Cucumber writes are left alone
 * @returns a sentence for each that could not be written
 */
export function writeReports(results: Results, wanted: readonly Wanted[]): string[] {
  return wanted.flatMap(({ option, given, file }) => {
    const write = WRITERS[option];
    if (write === undefined) return [];
    try {
      writeFileSync(file, write(results), { flag: 'wx' }); // an earlier one was taken away
      return [];
    } catch (error) {
      return [`--${option} ${given}: the report is not whole: ${(error as Error).message}`];
    }
  });
}
