import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './run-spec';

/*
 * How the project is built: which folder may know of which, and what a browser could run.
 */

/** The folders of `src`, each with those that it may import from below it. */
const FLOORS = [
  ['errors.ts'],
  ['micrograd', 'protocol'],
  ['settings.ts'],
  ['engines', 'notebook'],
  ['judge', 'pictures'],
  ['page'],
  ['node'],
  ['gate'],
  ['book'],
  ['command'],
  ['index.ts'],
];
const NEEDS_NODE = ['node', 'gate', 'book', 'command', 'index.ts'];

const SRC = join(ROOT, 'src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => join(SRC, name));
const steps = readdirSync(join(ROOT, 'steps'))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => join(ROOT, 'steps', name));
const room = (file: string) => relative(SRC, file).split(/[\\/]/)[0] ?? '';
const floor = (file: string) => FLOORS.findIndex((rooms) => rooms.includes(room(file)));

describe('the house', () => {
  it('has a floor for each room', () => {
    expect(files.filter((file) => floor(file) < 0)).toEqual([]);
  });

  it('has no import from a lower floor to a higher one, nor to another room of the same floor', () => {
    const wrong = files.flatMap((file) => {
      const imports = [...readFileSync(file, 'utf8').matchAll(/(?:from|import|import\(|require\()\s*'(\.[^']*)'/g)];
      return imports.flatMap(([, path = '']) => {
        const target = resolve(dirname(file), path);
        const isBelow = floor(target) >= 0 ? floor(target) < floor(file) : floor(`${target}.ts`) < floor(file);
        return isBelow || room(target) === room(file) ? [] : [`${relative(SRC, file)} imports ${path}`];
      });
    });
    expect(wrong).toEqual([]);
  });

  it('has at most three files at its top, and no two of one name', () => {
    expect(files.filter((file) => dirname(file) === SRC).length).toBeLessThanOrEqual(3);
    const names = files.map((file) => basename(file));
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it('has no cast that no type allows', () => {
    expect([...files, ...steps].filter((file) => /as unknown as/.test(readFileSync(file, 'utf8')))).toEqual([]);
  });
});

/** Bundles files for a browser, and returns the modules of Node.js that they would need there. */
async function needsOf(entries: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const { build } = await import('vite');
  await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'node-modules-of-node',
        enforce: 'pre',
        resolveId: (id, from) => {
          if (isBuiltin(id)) found.push(`${relative(ROOT, from ?? '')} needs ${id}`);
          // a browser has no Cucumber either: there, something else calls the steps
          return isBuiltin(id) || id === '@cucumber/cucumber' ? { id, external: true } : undefined;
        },
      },
    ],
    build: { write: false, minify: false, rolldownOptions: { input: [...entries], preserveEntrySignatures: 'strict' } },
  });
  return found.filter((each) => !each.startsWith('node_modules'));
}

describe('a browser could run', () => {
  it('all but what needs Node.js, and the steps', async () => {
    const entries = [
      ...files.filter((file) => !NEEDS_NODE.includes(room(file))),
      ...steps.filter((file) => basename(file) !== 'node.ts'),
    ];
    expect(entries.length).toBeGreaterThan(20);
    expect(await needsOf(entries)).toEqual([]);
  }, 30_000);

  it('but not what needs it', async () => {
    expect(await needsOf([join(SRC, 'node', 'process.ts')])).toContain('src/node/process.ts needs node:child_process');
  }, 30_000);
});
