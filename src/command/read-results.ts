import { readFileSync } from 'node:fs';
import { SpecError } from '../errors';
import { type Results, SCHEMA } from '../gate/results';
import { faultBy, shippedSchema } from '../gate/schema';

/**
 * Reads results that a run has written with `--json`.
 *
 * @param file - where they are
 * @throws SpecError that names the file, and says what is wrong, if there are none in it
 */
export function readResults(file: string): Results {
  let data: unknown;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new SpecError(`${file} cannot be read: ${(error as Error).message}`);
  }
  try {
    data = JSON.parse(text);
  } catch (error) {
    const why = text.trim() === '' ? 'it is empty' : (error as Error).message;
    throw new SpecError(`${file}: expected results that were written with --json, and this is no JSON: ${why}`);
  }
  const version = typeof data === 'object' && data !== null ? (data as { schema?: unknown }).schema : undefined;
  if (typeof version === 'number' && version !== SCHEMA) {
    throw new SpecError(`${file}: expected results in form ${SCHEMA}, and these are in form ${version}`);
  }
  const fault = faultBy(data, shippedSchema('results.schema.json'));
  if (fault !== undefined) {
    throw new SpecError(`${file}: expected results that were written with --json, and they are not whole: ${fault}`);
  }
  const { scenarios, findings } = data as Results;
  const lost = scenarios.find((each) => each.findings.some((i) => i >= findings.length));
  if (lost !== undefined) throw new SpecError(`${file}: ${lost.id} names a finding that is not there`);
  return data as Results;
}
