import type { GraphNode } from '../notebook/graph';
import { OPERATIONS } from '../protocol/operations';

/** More nodes than this make a picture that nobody can read. */
export const MOST = 30;

/**
 * Draws a graph as SVG: a box for each node with its data and gradient, a circle for each operation.
 *
 * @param nodes - the nodes, operands before what is made of them
 * @param layOut - turns a graph in Graphviz's language into SVG
 */
export async function drawGraph(
  nodes: readonly GraphNode[],
  layOut: (source: string) => Promise<string>,
): Promise<string> {
  const { source, texts } = nodes.length <= MOST ? dot(nodes) : TOO_LARGE;
  // Graphs of one shape have one source, whatever they are called and whatever they hold.
  const layout = await layOut(source);
  return layout.replace(/%(\d+)%/g, (_, i) => escaped(texts[Number(i)] as string));
}

const FONT = 'Helvetica';
const FONT_SIZE = 11;

/** A graph in Graphviz's language, with places `%0%`, `%1%`, … for texts that have room wherever they stand. */
export interface Dot {
  readonly source: string;
  readonly texts: readonly string[];
}

/** A text as long as this fits into a box. */
const FITS = 15;

/**
 * A graph in Graphviz's language. The arrows run from operands to results, as the forward pass does.
 *
 * @param nodes - the nodes, operands before what is made of them
 */
export function dot(nodes: readonly GraphNode[]): Dot {
  const texts: string[] = [];
  const place = (text: string) => {
    // A longer text stands in the source itself, so that its box grows with it.
    if (text.length > FITS) return text;
    texts.push(text);
    return `%${texts.length - 1}%`;
  };
  const places = new Map(nodes.map((node, i) => [node, i]));
  const lines = nodes.flatMap((node, i) => drawn(node, i, places, place));
  const source = `digraph {
rankdir=LR; splines=line; bgcolor=transparent; nodesep=0.15; ranksep=0.3
node [shape=box, fontname=${FONT}, fontsize=${FONT_SIZE}, width=1.2, height=0.3, margin="0.08,0.04"]
edge [arrowsize=0.5, color="#666666"]
${lines.join('\n')}
}`;
  return { source, texts };
}

function drawn(
  node: GraphNode,
  i: number,
  places: ReadonlyMap<GraphNode, number>,
  place: (text: string) => string,
): string[] {
  const { name, operation, operands, reading, byHand, call } = node;
  const gradient = byHand?.value ?? reading?.grad;
  const label = [place(name), place(`data ${shown(reading?.data)}`)];
  if (gradient !== undefined && gradient !== null) label.push(place(`grad ${shown(gradient)}`));
  const box = `n${i} [label=${quoted(label.join('\n'))}${operation === 'leaf' ? ', style=filled, fillcolor="#eef4ea"' : ''}]`;
  if (operation === 'leaf') return [box];
  const sign = operation === 'network' ? (call?.split('(')[0] ?? '') : (OPERATIONS[operation].sign ?? operation);
  return [
    box,
    `o${i} [label=${quoted(place(sign))}, shape=circle, width=0.45, fixedsize=true]`,
    `o${i} -> n${i}`,
    ...operands.map((operand, side) => {
      if (typeof operand !== 'number') return `n${places.get(operand)} -> o${i}`;
      return `c${i}_${side} [label=${quoted(place(shown(operand)))}, shape=plaintext, width=0.4]; c${i}_${side} -> o${i}`;
    }),
  ];
}

/** A number as a picture has room for it. */
function shown(x: number | undefined): string {
  return x === undefined ? '?' : String(Number(x.toPrecision(7))).replace('-', '−');
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
