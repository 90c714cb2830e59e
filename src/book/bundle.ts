import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, relative } from 'node:path';
import { IS_SOURCE, ROOT } from '../node/place';

/*
 * The code that runs in a page: bundled from the sources, with the Vite that the unit tests bring along. An installed
 * package has no Vite, and has the bundles ready.
 */

/** The files that a page may load, by name. */
export type Bundles = Readonly<Record<string, string>>;

/** What is bundled, and whether the laws and references, which are large, are in it. */
const ENTRIES = [
  { name: 'page.js', entry: 'page.ts', hasLaws: false, isWorker: false },
  { name: 'runner.js', entry: 'worker.ts', hasLaws: false, isWorker: true },
  { name: 'laws.js', entry: 'worker.ts', hasLaws: true, isWorker: true },
] as const;

/** Where the package has them. */
const READY = join(ROOT, 'dist', 'page');

/**
 * The code and the style of the pages.
 *
 * @returns file names, each with what is in it
 * @throws Error if something needs what no browser has
 */
export async function bundles(): Promise<Bundles> {
  if (!IS_SOURCE) {
    const names = [...ENTRIES.map(({ name }) => name), 'style.css'];
    return Object.fromEntries(names.map((name) => [name, readFileSync(join(READY, name), 'utf8')]));
  }
  const made = await Promise.all(ENTRIES.map(async (each) => [each.name, await bundle(each)] as const));
  const style = readFileSync(join(ROOT, 'src', 'page', 'style.css'), 'utf8');
  return { ...Object.fromEntries(made), 'style.css': style.replace(/\/\*.*?\*\/\n?|^ +/gms, '') };
}

async function bundle({ entry, hasLaws, isWorker }: (typeof ENTRIES)[number]): Promise<string> {
  const { build } = await import('vite');
  const needed: string[] = [];
  const page = join(ROOT, 'src', 'page');
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    root: ROOT,
    plugins: [
      {
        name: 'stand-ins',
        enforce: 'pre',
        resolveId(id, from) {
          if (id === '@cucumber/cucumber') return join(page, 'cucumber.ts');
          if (id === 'regexp-match-indices') return join(page, 'indices.ts');
          if (isBuiltin(id)) needed.push(`${relative(ROOT, from ?? '')} needs ${id}`);
          return undefined;
        },
        transform(code, id) {
          if (!/\/(?:steps|src)\/.*\.ts$/.test(id.replaceAll('\\', '/'))) return undefined;
          // what is loaded late in Node.js is in the larger bundle, and missing in the smaller one
          const late = hasLaws ? '(await import($1))' : '(lawsAreMissing() as any)';
          const changed = code.replace(/require\(('\.[^']+')\) as typeof import\('[^']+'\)/g, late);
          // "sideEffects" in package.json is about what the package exports; the steps are nothing but effects
          return { code: changed, map: null, moduleSideEffects: true };
        },
      },
    ],
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: join(page, entry),
        output: { format: 'iife', codeSplitting: false },
      },
    },
  });
  if (needed.length > 0) throw new Error(`no browser has what these need: ${[...new Set(needed)].join('; ')}`);
  const [output] = [built].flat();
  const chunk = output && 'output' in output ? output.output[0] : undefined;
  if (chunk === undefined || !('code' in chunk)) throw new Error(`nothing came of ${entry}`);
  const missing = hasLaws ? '' : 'const lawsAreMissing=()=>{throw new Error("the laws are loaded later")};';
  // From file:// no worker can be loaded; but a function of the page can be turned into text, and that into a worker.
  return isWorker
    ? `globalThis[${JSON.stringify(hasLaws ? 'bookLaws' : 'bookRunner')}]=function(){${missing}${chunk.code}};\n`
    : `(()=>{${missing}${chunk.code}})();\n`;
}
