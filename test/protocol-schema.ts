import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import { ROOT } from './run-spec';

/** The schema that authors of adapters are given. */
export const SCHEMA = JSON.parse(readFileSync(join(ROOT, 'docs', 'engine-protocol.schema.json'), 'utf8'));

const ajv = new Ajv({ strict: true, strictRequired: false, strictTypes: false, allErrors: false }).addSchema(SCHEMA);

/**
 * What checks one of the things that the schema defines.
 *
 * @param name - of the definition
 */
export function defined(name: string): ValidateFunction {
  const validate = ajv.getSchema(`${SCHEMA.$id}#/$defs/${name}`);
  if (validate === undefined) throw new Error(`the schema defines no ${name}`);
  return validate;
}

/** What the schema finds wrong with one line of a conversation, see `stage/tap.cjs`; undefined if nothing. */
export function wrongLine(line: string): string | undefined {
  const validate = defined(line[0] === '>' ? 'request' : 'reply');
  if (validate(JSON.parse(line.slice(1)))) return undefined;
  const [{ instancePath, message } = {}] = validate.errors ?? [];
  return `${line.slice(0, 500)}: at ${instancePath} it ${message}`;
}
