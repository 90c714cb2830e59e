import { distance } from 'fastest-levenshtein';
import { EngineFailure, list } from '../errors';

/** What a module exports, by name. */
export type Exported = Readonly<Record<string, unknown>>;

/** The export that is the engine, and the others. */
export interface Chosen {
  readonly name: string;
  readonly given: unknown;
  readonly beside: Exported;
}

/**
 * Chooses the export that is the engine: the one that is asked for, or else `execute`, the default, or the only class.
 *
 * @param exported - what the module exports
 * @param path - the module, as it was given
 * @param wanted - the name that was asked for
 * @returns the name, what stands under it, and what is exported beside it
 * @throws EngineFailure that says what to write, if there is no such export
 */
export function chooseExport(exported: Exported, path: string, wanted?: string): Chosen {
  const found = namesOf(exported);
  const classes = [...found].filter(([, each]) => isClass(each)).map(([name]) => name);
  const usual = typeof found.get('execute') === 'function' ? 'execute' : found.has('default') ? 'default' : undefined;
  const name = wanted ?? usual ?? (classes.length === 1 ? classes[0] : undefined);
  if (name !== undefined && found.has(name)) {
    const given = found.get(name);
    found.delete(name);
    return { name, given, beside: Object.fromEntries(found) };
  }
  if (found.size === 0) {
    throw new EngineFailure(
      `${path} exports nothing; add "export" before its class (export class Value …), or in CommonJS "module.exports = { Value }"`,
    );
  }
  const missing = name === undefined ? 'no default export' : `no export "${name}"`;
  const near = (each: string) => distance(each, name ?? 'Value');
  const [best] = classes.sort((x, y) => near(x) - near(y));
  const advice =
    best === undefined
      ? 'none of them is a class of nodes; export one, or a function execute(program): see docs/engine-protocol.md'
      : `write ${classes.length > 1 ? 'one of them after a #, such as ' : ''}--engine ${path}#${best}`;
  throw new EngineFailure(`${path} has ${missing}; it exports ${list(found.keys())}; ${advice}`);
}

/** What CommonJS exports stands under `default`, too, when it is imported; and so may an object of several engines. */
function namesOf({ default: main, ...named }: Exported): Map<string, unknown> {
  const isBag = typeof main === 'object' && main !== null && [Object.prototype, null].includes(prototypeOf(main));
  const found = new Map(Object.entries({ ...(isBag ? main : {}), ...named }));
  if (main !== undefined && !isBag) found.set('default', main);
  for (const name of ['module.exports', '__esModule']) found.delete(name);
  return found;
}

function prototypeOf(x: object): object | null {
  return Object.getPrototypeOf(x) as object | null;
}

function isClass(x: unknown): boolean {
  if (typeof x !== 'function') return false;
  const { prototype } = x as { prototype?: object };
  return String(x).startsWith('class') || (prototype !== undefined && Object.getOwnPropertyNames(prototype).length > 1);
}
