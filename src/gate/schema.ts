import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quote } from '../errors';
import { ROOT } from '../node/place';

/*
 * Holds data against a JSON Schema of this project's own. Of the language of schemas it knows what these make use of, and
 * refuses a schema with anything else; tests hold its answers against those of a whole validator.
 */

/** A schema, as far as it is known here. */
interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly anyOf?: readonly Schema[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean;
  readonly items?: Schema;
}

const KNOWN = [
  ...['$schema', '$id', 'title', 'description', '$ref', '$defs', 'type', 'const', 'enum', 'minimum', 'anyOf'],
  ...['required', 'properties', 'additionalProperties', 'items'],
];

/**
 * Reads a schema that is shipped.
 *
 * @param name - of a file in `docs`
 */
export function shippedSchema(name: string): Schema {
  return JSON.parse(readFileSync(join(ROOT, 'docs', name), 'utf8'));
}

/**
 * What is wrong with data, by a schema.
 *
 * @param data - the data
 * @param root - the schema
 * @returns the first fault: where, what was expected, and what came; undefined if there is none
 */
export function faultBy(data: unknown, root: Schema): string | undefined {
  return fault(data, root, '');

  function fault(x: unknown, schema: Schema, at: string): string | undefined {
    const strange = Object.keys(schema).find((key) => !KNOWN.includes(key));
    if (strange !== undefined) throw new Error(`"${strange}" of JSON Schema is not known here`);
    const expected = (what: string) => `${at === '' ? 'the whole' : at}: expected ${what}, and got ${quote(x)}`;
    if (schema.$ref !== undefined) {
      const found = fault(x, root.$defs?.[schema.$ref.replace('#/$defs/', '')] ?? { enum: [] }, at);
      if (found !== undefined) return found;
    }
    const types = schema.type === undefined ? [] : [schema.type].flat();
    if (types.length > 0 && !types.some((type) => isOf(x, type))) return expected(types.join(' or '));
    if (schema.const !== undefined && x !== schema.const) return expected(JSON.stringify(schema.const));
    if (schema.enum !== undefined && !schema.enum.includes(x)) return expected(`one of ${JSON.stringify(schema.enum)}`);
    if (schema.minimum !== undefined && typeof x === 'number' && x < schema.minimum) {
      return expected(`${schema.minimum} or more`);
    }
    if (schema.anyOf !== undefined) {
      const faults = schema.anyOf.map((each) => fault(x, each, at));
      if (!faults.includes(undefined)) return faults[0];
    }
    return ofParts(x, schema, at);
  }

  function ofParts(x: unknown, { required = [], properties = {}, additionalProperties, items }: Schema, at: string) {
    if (Array.isArray(x)) return first(x.map((each, i) => items && fault(each, items, `${at}[${i}]`)));
    if (typeof x !== 'object' || x === null) return undefined;
    const within = (name: string) => (at === '' ? name : `${at}.${name}`);
    const missing = required.find((name) => !Object.hasOwn(x, name));
    if (missing !== undefined) return `${within(missing)}: it is missing`;
    const parts = Object.entries(x).map(([name, value]) => {
      const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (schema !== undefined) return fault(value, schema, within(name));
      return additionalProperties === false ? `${within(name)}: nothing is called so` : undefined;
    });
    return first(parts);
  }
}

function first(faults: readonly (string | undefined)[]): string | undefined {
  return faults.find((each) => each !== undefined);
}

function isOf(x: unknown, type: string): boolean {
  if (type === 'null') return x === null;
  if (type === 'array') return Array.isArray(x);
  if (type === 'integer') return Number.isInteger(x);
  if (type === 'object') return typeof x === 'object' && x !== null && !Array.isArray(x);
  return typeof x === type;
}
