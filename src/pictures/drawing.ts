import type { GraphNode } from '../notebook/graph';
import { drawBoundary, drawCurve } from './learning';
import { type Change, changes, type DrawnNode, type GraphPicture, graphPicture, MOST, type Picture } from './picture';

export { MOST } from './picture';

/** Turns a graph in Graphviz's language into SVG. */
export type LayOut = (source: string) => Promise<string>;

/**
 * Draws a graph as SVG: a box for each node with its data and gradient, a circle for each operation.
 *
 * @param nodes - the nodes, operands before what is made of them
 * @param layOut - lays it out
 */
export function drawGraph(nodes: readonly GraphNode[], layOut: LayOut): Promise<string> {
  return drawPicture(graphPicture(nodes), layOut);
}

/**
 * Draws a picture as SVG: the one way in which the report, the book and its pages draw.
 *
 * @param picture - what there is to see
 * @param layOut - lays a graph out
 * @param before - the graph as it was before: what has changed since is marked, by colour and a frame
 * @param across - whether the arrows run from left to right, and not from top to bottom
 */
export async function drawPicture(
  picture: Picture,
  layOut: LayOut,
  before?: GraphPicture,
  across = true,
): Promise<string> {
  if (picture.kind === 'loss') return drawCurve(picture.losses, picture.steps);
  if (picture.kind === 'boundary') return drawBoundary(picture.points, picture.plane);
  const { source, texts } = dotOf(picture, changes(picture, before), across);
  // Graphs of one shape have one source, whatever they are called and whatever they hold.
  return filledIn(await layOut(source), texts);
}

/**
 * Puts texts into a layout that has places for them.
 *
 * @param layout - SVG with places `%0%`, `%1%`, …
 * @param texts - for each place its text
 */
export function filledIn(layout: string, texts: readonly Text[]): string {
  return layout.replace(/<text([^>]*)>%(\d+)%<\/text>/g, (_, place: string, i) => {
    const { text = '', isChanged = false } = texts[Number(i)] ?? {};
    return `${isChanged ? frame(place, text) : ''}<text${place}>${escaped(text)}</text>`;
  });
}

/**
 * Which place each text of a layout is, in the order in which they stand there.
 *
 * @param layout - SVG with places `%0%`, `%1%`, …
 * @returns numbers of places, and -1 for a text that is none
 */
export function placesIn(layout: string): number[] {
  return [...layout.matchAll(/<text[^>]*>(?:%(\d+)%<)?/g)].map(([, place = '-1']) => Number(place));
}

const FONT = 'Helvetica';
const FONT_SIZE = 11;

/** A text that has room wherever it stands, and whether it is marked as changed. */
export interface Text {
  readonly text: string;
  readonly isChanged: boolean;
}

/** A graph in Graphviz's language, with places `%0%`, `%1%`, … for texts that have room wherever they stand. */
export interface Dot {
  readonly source: string;
  readonly texts: readonly Text[];
}

/** A text as long as this fits into a box. */
const FITS = 15;

/**
 * A graph in Graphviz's language. The arrows run from operands to results, as the forward pass does.
 *
 * @param nodes - the nodes, operands before what is made of them
 */
export function dot(nodes: readonly GraphNode[]): Dot {
  const picture = graphPicture(nodes);
  return dotOf(picture, changes(picture), true);
}

function dotOf({ nodes }: GraphPicture, changed: readonly (readonly Change[])[], across: boolean): Dot {
  if (nodes.length === 0) return TOO_LARGE;
  const texts: Text[] = [];
  const place = (text: string, isChanged = false) => {
    // A longer text stands in the source itself, so that its box grows with it.
    if (text.length > FITS) return text;
    texts.push({ text, isChanged });
    return `%${texts.length - 1}%`;
  };
  const lines = nodes.flatMap((node, i) => drawn(node, i, changed[i] ?? [], place));
  const source = `digraph {
rankdir=${across ? 'LR' : 'TB'}; splines=line; bgcolor=transparent; nodesep=0.15; ranksep=${across ? '0.3' : '0.2'}
node [shape=box, fontname=${FONT}, fontsize=${FONT_SIZE}, width=1.2, height=0.3, margin="0.08,0.04"]
edge [arrowsize=0.5, color="#666666"]
${lines.join('\n')}
}`;
  return { source, texts };
}

function drawn(
  { name, data, grad, sign, of }: DrawnNode,
  i: number,
  changed: readonly Change[],
  place: (text: string, isChanged?: boolean) => string,
): string[] {
  const label = [place(name, changed.includes('node'))];
  if (data !== undefined) label.push(place(`data ${data}`, changed.includes('data')));
  if (grad !== undefined) label.push(place(`grad ${grad}`, changed.includes('grad')));
  const box = `n${i} [label=${quoted(label.join('\n'))}${sign === undefined ? ', style=filled, fillcolor="#eef4ea"' : ''}]`;
  if (sign === undefined) return [box];
  return [
    box,
    `o${i} [label=${quoted(place(sign))}, shape=circle, width=0.45, fixedsize=true]`,
    `o${i} -> n${i}`,
    ...of.map((operand, side) => {
      if (typeof operand === 'number') return `n${operand} -> o${i}`;
      return `c${i}_${side} [label=${quoted(place(operand))}, shape=plaintext, width=0.4]; c${i}_${side} -> o${i}`;
    }),
  ];
}

/** How wide a character is on the average, in points. */
const CHARACTER = 5.7;

/** A frame around a text that has changed. */
function frame(place: string, text: string): string {
  const [x = 0, y = 0] = ['x', 'y'].map((name) => Number(new RegExp(` ${name}="([-\\d.]+)"`).exec(place)?.[1]));
  const width = text.length * CHARACTER + 6;
  return `<rect x="${(x - width / 2).toFixed(1)}" y="${(y - 10).toFixed(1)}" width="${width.toFixed(1)}" height="13" rx="2" fill="#ffe8a3" stroke="#a06a00"/>`;
}

/** Text as a string of Graphviz's language, in which it can only ever be text. */
function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

/** Text as SVG, in which it can only ever be text. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const TOO_LARGE: Dot = {
  source: `digraph {
bgcolor=transparent; n [shape=plaintext, fontname=${FONT}, label="A graph of more than ${MOST} nodes: too many to draw."]
}`,
  texts: [],
};
