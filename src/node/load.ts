import { existsSync } from 'node:fs';
import { createRequire, register } from 'node:module';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EngineFailure } from '../errors';
import type { Exported } from './exported';

/** What Node.js says of TypeScript that it cannot read, or not all of it. */
const NOT_READ = new Set([
  'ERR_UNKNOWN_FILE_EXTENSION',
  'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX',
  'ERR_INVALID_TYPESCRIPT_SYNTAX',
  'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING',
  'ERR_UNSUPPORTED_DIR_IMPORT',
  'ERR_MODULE_NOT_FOUND',
  'MODULE_NOT_FOUND',
]);

/** Packages that let Node.js read TypeScript once they are loaded: what is required, and then what is imported. */
const HOOKS = ['ts-node/register/transpile-only', '@swc-node/register', 'esbuild-register', 'sucrase/register'];
const MODULE_HOOKS = ['ts-node/esm', '@swc-node/register/esm'];

/**
 * Loads a module, which may be TypeScript: by Node.js itself where it can, or else by a loader that is installed where
 * the module is.
 *
 * @param path - a path or a package
 * @param folder - where relative paths begin
 * @throws EngineFailure that says what to do, if it cannot be loaded
 */
export async function load(path: string, folder: string): Promise<Exported> {
  const isPath = path.startsWith('.') || isAbsolute(path) || /\.[cm]?[jt]sx?$/.test(path);
  const file = resolve(folder, path);
  try {
    return await import(isPath ? pathToFileURL(file).href : path);
  } catch (error) {
    const isTypeScript = /\.[cm]?tsx?$/.test(path) || /\.[cm]?tsx?"/.test(messageOf(error));
    const { code } = (error ?? {}) as { code?: string };
    if (isPath && isTypeScript && existsSync(file) && (NOT_READ.has(code ?? '') || error instanceof SyntaxError)) {
      return loadTypeScript(path, file, error);
    }
    throw new EngineFailure(`cannot load ${path}: ${messageOf(error)}`);
  }
}

async function loadTypeScript(path: string, file: string, failure: unknown): Promise<Exported> {
  const require = createRequire(file);
  const url = pathToFileURL(file).href;
  const problems: string[] = [];
  /** Undefined if the package is not installed, or cannot load the file either. */
  async function tryWith(name: string, run: (found: string) => unknown): Promise<Exported | undefined> {
    let found: string;
    try {
      found = require.resolve(name);
    } catch {
      return undefined;
    }
    try {
      return (await run(found)) as Exported;
    } catch (error) {
      problems.push(`with ${name.replace('/package.json', '')}: ${messageOf(error)}`);
      return undefined;
    }
  }

  const byTsx = await tryWith('tsx/package.json', async (found) => {
    // What is imported differs from what would be required, and only the former works.
    const place = require(found).exports['./esm/api'].import.default;
    const { tsImport } = await import(pathToFileURL(join(dirname(found), place)).href);
    return tsImport(url, url);
  });
  if (byTsx !== undefined) return byTsx;
  for (const hook of HOOKS) {
    const exported = await tryWith(hook, (found) => {
      require(found);
      // what stands alone behind `module.exports =`, or `export =`, is the default export
      const exported: unknown = require(file);
      return typeof exported === 'function' ? { default: exported } : (exported as Exported);
    });
    if (exported !== undefined) return exported;
  }
  for (const hook of MODULE_HOOKS) {
    const exported = await tryWith(hook, (found) => {
      register(pathToFileURL(found));
      return import(`${url}?again`); // Node.js remembers that it could not load it
    });
    if (exported !== undefined) return exported;
  }
  if (problems.length > 0) throw new EngineFailure(`cannot load ${path}\n    ${problems.join('\n    ')}`);
  throw new EngineFailure(`cannot load ${path}: ${messageOf(failure)}\n${advice(path, file)}`);
}

/** The exact line to type. */
function advice(path: string, file: string): string {
  const { node } = process.versions;
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const isBehindFlag = (major === 22 && minor >= 6 && minor < 18) || (major === 23 && minor < 6);
  const hasTypes = process.features as { typescript?: unknown };
  const line = isBehindFlag
    ? `NODE_OPTIONS=--experimental-strip-types npx micrograd-spec --engine ${path}`
    : `npm install --save-dev --prefix ${dirname(file)} tsx`;
  const why = hasTypes.typescript ? 'cannot read all of it' : 'does not read TypeScript by itself';
  return `Node.js ${node} ${why}; type this, and run the same command again:\n    ${line}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
