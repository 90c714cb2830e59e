import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { lean } from '../pictures/lean';
import { cache, packages } from './place';

// Laying graphs out takes a sixth of the whole run, and from run to run they are the same graphs. So layouts are kept
// between runs, where tools keep such things: in node_modules/.cache, unless MICROGRAD_SPEC_CACHE names another folder. A
// layout depends on nothing but its source, this file, how it is made lean, and the version of Graphviz, and all of these
// are part of what it is found by. It is kept behind a digest, and laid out again if it is not what was kept: it goes
// into reports as it is.

const folder = cache();
const made = createHash('sha256').update(readFileSync(join(packages(), '@viz-js/viz/package.json')));
for (const code of [__filename, join(__dirname, '../pictures', `lean${extname(__filename)}`)])
  made.update(readFileSync(code));
const file = join(folder, `layouts-${made.digest('hex').slice(0, 16)}.json`);

/** More characters than this are not kept. */
const MOST_KEPT = 4_000_000;

/** So many digits has the digest of a layout. */
const DIGITS = 32;
const TAG =
  /^<(?:\/?(?:svg|g|text)|(?:svg|g|text|path|polygon|polyline|ellipse)(?: (?!on|href|xlink|style)[A-Za-z:-]+="[^"<>]*")*\s*\/?)>$/;

const layouts = new Map<string, unknown>(Object.entries(kept()));
/** Whether there is something new to be kept. */
let isNew = false;

// Where nothing is kept, Graphviz will be needed: it is compiled on another core, while everything else is loaded.
let graphviz = layouts.size === 0 ? load() : undefined;
graphviz?.catch(() => {}); // told when it is needed

/**
 * Lays a graph out.
 *
 * @param source - the graph, in Graphviz's language
 * @returns a picture as SVG
 */
export async function layOut(source: string): Promise<string> {
  const known = pictureIn(source, layouts.get(source));
  if (known !== undefined) return known;
  graphviz ??= load();
  const picture = lean((await graphviz).renderString(source, { format: 'svg' }));
  layouts.set(source, sealed(source, picture));
  isNew = true;
  return picture;
}

/** What a layout is kept as. */
function sealed(source: string, picture: string): string {
  const digest = createHash('sha256').update(basename(file)).update('\0').update(source).update('\0').update(picture);
  return `${digest.digest('hex').slice(0, DIGITS)} ${picture}`;
}

/** The picture in what was kept; undefined if it is not as it was kept, or has in it what Graphviz does not draw. */
function pictureIn(source: string, kept: unknown): string | undefined {
  if (typeof kept !== 'string') return undefined;
  const picture = kept.slice(DIGITS + 1);
  return kept === sealed(source, picture) && isDrawn(picture) ? picture : undefined;
}

/** Whether a picture has no elements and attributes but those that Graphviz draws with: nothing in it can act. */
function isDrawn(svg: string): boolean {
  const tags = svg.match(/<[^>]*>?/g) ?? [];
  return tags.every((tag) => TAG.test(tag));
}

/** Graphviz, compiled plainly: it runs for a tenth of a second, and optimising it would take longer. */
async function load() {
  const { instance } = await import('@viz-js/viz');
  // Only until it is compiled: an engine's own WebAssembly is to be optimised.
  setFlagsFromString('--liftoff-only');
  return instance().finally(() => setFlagsFromString('--no-liftoff-only'));
}

function kept(): Record<string, unknown> {
  try {
    return { ...JSON.parse(readFileSync(file, 'utf8')) };
  } catch {
    return {}; // the first run, or a file that another run was writing
  }
}

process.once('exit', () => {
  if (!isNew) return;
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
