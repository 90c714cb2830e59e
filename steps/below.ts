import { DataTable } from '@cucumber/cucumber';
import { SpecError } from '../src/errors';

/**
 * What stands below a sentence, where it should be code.
 *
 * @param below - a table or a text
 * @throws SpecError if it is a table
 */
export function code(below: unknown): string {
  if (typeof below === 'string') return below;
  throw new SpecError('below this sentence belongs code between two lines of """, and not a table');
}

/**
 * The rows of what stands below a sentence, where it should be a table.
 *
 * @param below - a table or a text
 * @returns its cells, the header first
 * @throws SpecError if it is a text
 */
export function rows(below: unknown): string[][] {
  if (below instanceof DataTable) return below.raw();
  throw new SpecError('below this sentence belongs a table, and not a text');
}
