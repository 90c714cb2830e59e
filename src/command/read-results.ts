import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020';
import { quote, SpecError } from '../errors';
import { type Results, SCHEMA } from '../gate/results';
import { ROOT } from '../node/place';

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
  const isWhole = validator();
  if (!isWhole(data)) {
    const fault = isWhole.errors?.[0] && inWords(isWhole.errors[0]);
    throw new SpecError(`${file}: expected results that were written with --json, and they are not whole: ${fault}`);
  }
  const { scenarios, findings } = data as Results;
  const lost = scenarios.find((each) => each.findings.some((i) => i >= findings.length));
  if (lost !== undefined) throw new SpecError(`${file}: ${lost.id} names a finding that is not there`);
  return data as Results;
}

let known: ValidateFunction | undefined;

/** What holds data against the schema that is shipped. */
function validator(): ValidateFunction {
  const { Ajv2020 } = require('ajv/dist/2020') as typeof import('ajv/dist/2020');
  const schema = JSON.parse(readFileSync(join(ROOT, 'docs', 'results.schema.json'), 'utf8'));
  known ??= new Ajv2020({ allowUnionTypes: true, verbose: true }).compile(schema);
  return known;
}

/** Where something is wrong, what was expected, and what came. */
function inWords({ instancePath, keyword, params, message, data }: ErrorObject): string {
  const at = instancePath
    .replace(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.')
    .slice(1);
  const within = (name: string) => (at === '' ? name : `${at}.${name}`);
  if (keyword === 'required') return `${within(params.missingProperty)}: it is missing`;
  if (keyword === 'additionalProperties') return `${within(params.additionalProperty)}: nothing is called so`;
  const expected =
    {
      type: [params.type].flat().join(' or '),
      enum: `one of ${JSON.stringify(params.allowedValues)}`,
      minimum: `${params.limit} or more`,
    }[keyword] ?? message;
  return `${at === '' ? 'the whole' : at}: expected ${expected}, and got ${quote(data)}`;
}
