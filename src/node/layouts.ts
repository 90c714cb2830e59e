import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

// Laying graphs out takes a sixth of the whole run, and from run to run they are the same graphs. So layouts are kept
// between runs, where tools keep such things: in node_modules/.cache, unless MICROGRAD_SPEC_CACHE names another folder. A layout depends on nothing but its source, this
// file and the version of Graphviz, and all three are part of what it is found by.

const viz = require.resolve('@viz-js/viz');
const modules = viz.slice(0, viz.lastIndexOf('node_modules') + 'node_modules'.length);
const folder = process.env.MICROGRAD_SPEC_CACHE ?? join(modules, '.cache', 'micrograd-spec');
const made = createHash('sha256').update(readFileSync(join(modules, '@viz-js/viz/package.json')));
const file = join(folder, `layouts-${made.update(readFileSync(__filename)).digest('hex').slice(0, 16)}.json`);

/** More characters than this are not kept. */
const MOST_KEPT = 4_000_000;

const layouts = new Map(Object.entries(kept()));
const keptCount = layouts.size;

// Where nothing is kept, Graphviz will be needed: it is compiled on another core, while everything else is loaded.
let graphviz = keptCount === 0 ? load() : undefined;
graphviz?.catch(() => {}); // told when it is needed

/**
 * Lays a graph out.
 *
 * @param source - the graph, in Graphviz's language
 * @returns a picture as SVG
 */
export async function layOut(source: string): Promise<string> {
  let layout = layouts.get(source);
  if (layout === undefined) {
    graphviz ??= load();
    layout = lean((await graphviz).renderString(source, { format: 'svg' }));
    layouts.set(source, layout);
  }
  return layout;
}

/** Graphviz, compiled plainly: it runs for a tenth of a second, and optimising it would take longer. */
async function load() {
  const { instance } = await import('@viz-js/viz');
  // Only until it is compiled: an engine's own WebAssembly is to be optimised.
  setFlagsFromString('--liftoff-only');
  return instance().finally(() => setFlagsFromString('--no-liftoff-only'));
}

/** The same picture in half the bytes: a report holds hundreds. */
function lean(svg: string): string {
  const font = /font-family="[^"]*" font-size="[^"]*"/.exec(svg)?.[0] ?? '';
  return svg
    .slice(svg.indexOf('<svg'))
    .replaceAll(/<!--.*?-->|<title>.*?<\/title>| (?:id|class|xml:space|font-family|font-size)="[^"]*"|\n/gs, '')
    .replace('<g ', `<g ${font} `);
}

function kept(): Record<string, string> {
  try {
    return { ...JSON.parse(readFileSync(file, 'utf8')) };
  } catch {
    return {}; // the first run, or a file that another run was writing
  }
}

process.once('exit', () => {
  if (layouts.size === keptCount) return;
  const json = JSON.stringify(Object.fromEntries(layouts));
  if (json.length > MOST_KEPT) return;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, json);
    renameSync(`${file}.${process.pid}`, file); // whole, or not at all
  } catch {
    // a folder that cannot be written to: the next run lays out again
  }
});
