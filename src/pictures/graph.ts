import type { GraphNode } from '../graph';
import { SIGNS } from '../notation';

/** More nodes than this make a picture that nobody can read. */
const MOST = 60;

// Graphviz is large: it is loaded when the first picture is drawn, or never.
const loadGraphviz = async () => (await import('@viz-js/viz')).instance();
let graphviz: ReturnType<typeof loadGraphviz> | undefined;

/** Laid-out graphs by their source. A graph whose numbers change keeps its shape, and is laid out once. */
const layouts = new Map<string, string>();

/**
 * Draws a graph as SVG: a box for each node with its data and gradient, a circle for each operation.
 *
 * @param nodes - the nodes, operands before what is made of them
 */
export async function drawGraph(nodes: readonly GraphNode[]): Promise<string> {
  const source = nodes.length <= MOST ? dot(nodes) : tooLarge(nodes.length);
  let layout = layouts.get(source);
  if (layout === undefined) {
    graphviz ??= loadGraphviz();
    layout = (await graphviz).renderString(source, { format: 'svg' });
    layouts.set(source, layout);
  }
  return layout.replace(/%(\d+) (data|grad)%/g, (_, i, field) => {
    const node = nodes[Number(i)] as GraphNode;
    return shown(field === 'data' ? node.reading?.data : gradient(node));
  });
}

/**
 * A graph in Graphviz's language, with a place such as `%3 data%` for each number.
 *
 * The arrows run from operands to results, as the forward pass does.
 *
 * @param nodes - the nodes, operands before what is made of them
 */
export function dot(nodes: readonly GraphNode[]): string {
  const places = new Map(nodes.map((node, i) => [node, i]));
  return `digraph {
rankdir=LR; bgcolor=transparent; nodesep=0.15; ranksep=0.3
node [shape=box, fontname=Helvetica, fontsize=11, height=0.3, margin="0.08,0.04"]
edge [arrowsize=0.5, color="#666666"]
${nodes.flatMap((node, i) => drawn(node, i, places)).join('\n')}
}`;
}

function drawn(node: GraphNode, i: number, places: ReadonlyMap<GraphNode, number>): string[] {
  const { name, operation, operands, call } = node;
  const lines = [name, `data %${i} data%`];
  if (gradient(node) !== undefined) lines.push(`grad %${i} grad%`);
  const leaf = operation === 'leaf';
  const box = `n${i} [label=${quoted(lines.join('\n'))}, width=1.1${leaf ? ', style=filled, fillcolor="#eef4ea"' : ''}]`;
  if (leaf) return [box];
  const sign = call?.split('(')[0] ?? (operation in SIGNS ? SIGNS[operation as keyof typeof SIGNS] : operation);
  return [
    box,
    `o${i} [label=${quoted(sign)}, shape=circle, width=0.3, margin=0.03]`,
    `o${i} -> n${i}`,
    ...operands.map((operand, side) => {
      if (typeof operand !== 'number') return `n${places.get(operand)} -> o${i}`;
      return `c${i}_${side} [label=${quoted(shown(operand))}, shape=plaintext]; c${i}_${side} -> o${i}`;
    }),
  ];
}

function gradient({ reading, byHand }: GraphNode): number | undefined {
  return byHand?.value ?? reading?.grad ?? undefined;
}

/** A number as a picture has room for it. */
function shown(x: number | undefined): string {
  return x === undefined ? '?' : String(Number(x.toPrecision(7))).replace('-', '−');
}

/** Text as a string of Graphviz's language, in which it can only ever be text. */
function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

function tooLarge(count: number): string {
  return `digraph { bgcolor=transparent; n [shape=plaintext, fontname=Helvetica, label="A graph of ${count} nodes: too many to draw."] }`;
}
