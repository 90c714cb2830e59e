// Lets Node.js run TypeScript. ts-node compiles it, and what it has compiled is kept: a run takes half as long again if
// it first has to load a compiler. It is found by all that it depends on, so nothing kept is ever out of date.

const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const root = dirname(__dirname);
const folder = process.env.MICROGRAD_SPEC_CACHE ?? join(root, 'node_modules', '.cache', 'micrograd-spec');
const compiler = createHash('sha256').update(readFileSync(__filename));
for (const part of ['ts-node/package.json', '@swc/core/package.json', '../tsconfig.json'])
  compiler.update(readFileSync(require.resolve(part)));

/** @type {import('ts-node').Service | undefined} */
let service;

/** @type {(filename: string) => string} */
function compile(filename) {
  const source = readFileSync(filename, 'utf8');
  const name = compiler.copy().update(filename).update('\0').update(source).digest('hex').slice(0, 32);
  const file = join(folder, `${name}.js`);
  const kept = read(file, name);
  if (kept !== undefined) return kept;
  service ??= require('ts-node').create({ cwd: root });
  const code = service.compile(source, filename);
  keep(file, `${digest(name, code)}\n${code}`);
  return code;
}

/** What was compiled before; undefined if there is nothing, or it is not what was kept. @type {(file: string, name: string) => string | undefined} */
function read(file, name) {
  try {
    const text = readFileSync(file, 'utf8');
    const end = text.indexOf('\n');
    const code = text.slice(end + 1);
    return text.slice(0, Math.max(0, end)) === digest(name, code) ? code : undefined;
  } catch {
    return undefined;
  }
}

/** @type {(name: string, code: string) => string} */
function digest(name, code) {
  return `// ${createHash('sha256').update(name).update('\0').update(code).digest('hex')}`;
}

/** @type {(file: string, text: string) => void} */
function keep(file, text) {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, text);
    renameSync(`${file}.${process.pid}`, file); // whole, or not at all
  } catch {
    // a folder that cannot be written to: the next run compiles again
  }
}

/** What each file was compiled to, with the map back to its own lines. @type {Map<string, string>} */
const compiled = new Map();

// Node.js has source maps of its own, but now and then it forgets one, and a failure then names a wrong line.
require('@cspotcode/source-map-support').install({
  environment: 'node',
  /** @type {(file: string) => string} */
  retrieveFile: (file) => compiled.get(file) ?? '',
});

/** @type {(module: any, filename: string) => void} */
require.extensions['.ts'] = (module, filename) => {
  const code = compile(filename);
  compiled.set(filename, code);
  module._compile(code, filename);
};
