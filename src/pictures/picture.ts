import type { GraphNode } from '../notebook/graph';
import { OPERATIONS } from '../protocol/operations';
import type { Marked } from './learning';

/*
 * What there is to see, as plain data: it can be drawn at once, or travel as JSON and be drawn elsewhere.
 */

/** More nodes than this make a picture that nobody can read. */
export const MOST = 30;

/** As what a picture travels that is drawn elsewhere. */
export const PICTURE = 'application/vnd.micrograd-spec.picture+json';

/** A node as it is drawn: texts alone, since numbers such as NaN do not travel as JSON. */
export interface DrawnNode {
  readonly name: string;
  /** Undefined where no engine can be asked any more, since a later node has taken the name. */
  readonly data?: string;
  /** Undefined where the engine keeps none. */
  readonly grad?: string;
  /** What made it: `+`, `tanh`, the name of a network; undefined for a leaf. */
  readonly sign?: string;
  /** What it was made from: a node, by its place in the list, or a plain number, as a text. */
  readonly of: readonly (number | string)[];
}

/** A graph; without nodes if there are too many of them. */
export interface GraphPicture {
  readonly kind: 'graph';
  readonly nodes: readonly DrawnNode[];
}

/** Something to see. */
export type Picture =
  | GraphPicture
  /** A loss before each step, and after the last; so many steps there will be, while it is still learned. */
  | { readonly kind: 'loss'; readonly losses: readonly number[]; readonly steps?: number }
  /** Points, and the plane around them, see `drawBoundary`. */
  | { readonly kind: 'boundary'; readonly points: readonly Marked[]; readonly plane: readonly Marked[] };

/**
 * A graph as it is drawn.
 *
 * @param nodes - the nodes, operands before what is made of them
 */
export function graphPicture(nodes: readonly GraphNode[]): GraphPicture {
  if (nodes.length > MOST) return { kind: 'graph', nodes: [] };
  const inside = insideOfNetworks(nodes);
  return picture(nodes.filter((node) => !inside.has(node)));
}

/** The parameters that only networks use: their inside is not shown, so there is nothing that they lead to. */
function insideOfNetworks(nodes: readonly GraphNode[]): Set<GraphNode> {
  const networks = nodes.flatMap(({ call }) => (call === undefined ? [] : [`${call.split('(')[0]}.`]));
  const used = new Set(nodes.flatMap(({ operation, operands }) => (operation === 'network' ? [] : operands)));
  const isInside = (node: GraphNode) => networks.some((name) => node.name.startsWith(name)) && !used.has(node);
  return new Set(nodes.filter(isInside));
}

function picture(nodes: readonly GraphNode[]): GraphPicture {
  const places = new Map(nodes.map((node, i) => [node, i]));
  return {
    kind: 'graph',
    nodes: nodes.map(({ name, operation, operands, reading, byHand, call }): DrawnNode => {
      const data = reading?.data;
      const grad = byHand?.value ?? reading?.grad ?? undefined;
      const sign = operation === 'network' ? (call?.split('(')[0] ?? '') : signOf(operation);
      return {
        name,
        ...(data === undefined ? {} : { data: shown(data) }),
        ...(grad === undefined ? {} : { grad: shown(grad) }),
        ...(sign === undefined ? {} : { sign }),
        of:
          operation === 'leaf'
            ? []
            : operands.flatMap((each): (number | string)[] => {
                if (typeof each === 'number') return [shown(each)];
                const place = places.get(each);
                return place === undefined ? [] : [place]; // within a network
              }),
      };
    }),
  };
}

function signOf(operation: Exclude<GraphNode['operation'], 'network'>): string | undefined {
  return operation === 'leaf' ? undefined : (OPERATIONS[operation].sign ?? operation);
}

/** A number as a picture has room for it. */
function shown(x: number): string {
  return String(Number(x.toPrecision(7))).replace('-', '−');
}

/** What of a node is not as it was: a field of it, or all of it. */
export type Change = 'data' | 'grad' | 'node';

/**
 * What a step has changed in a graph. Nodes are told apart by their names, since running the expressions again makes new
 * nodes under the old names; and those of one name by their order.
 *
 * @param now - the graph after the step
 * @param before - the graph before it; without it nothing has changed
 * @returns for each node what has changed in it, shape [nodes]
 */
export function changes(now: GraphPicture, before?: GraphPicture): readonly (readonly Change[])[] {
  if (before === undefined || before.nodes.length === 0) return now.nodes.map(() => []);
  const left = [...before.nodes];
  return now.nodes.map((node) => {
    const at = left.findIndex(({ name }) => name === node.name);
    if (at < 0) return ['node'];
    const [old = node] = left.splice(at, 1);
    return (['data', 'grad'] as const).filter((field) => node[field] !== undefined && old[field] !== node[field]);
  });
}

/**
 * A picture in words, for whoever does not see it.
 *
 * @param picture - the picture
 * @param before - the graph before the step, if there was one
 */
export function inWords(picture: Picture, before?: GraphPicture): string {
  if (picture.kind === 'loss') {
    const { losses } = picture;
    return `The loss falls from ${losses[0]} to ${losses.at(-1)} in ${losses.length - 1} steps.`;
  }
  if (picture.kind === 'boundary') return boundaryInWords(picture);
  const { nodes } = picture;
  if (nodes.length === 0) return `A graph of more than ${MOST} nodes.`;
  const told = nodes.map(({ name, data, grad, sign, of }) => {
    const made =
      sign === undefined ? '' : `, made by ${sign} of ${of.map((each) => nameOf(each, nodes)).join(' and ')}`;
    const numbers = [data === undefined ? [] : `data ${data}`, grad === undefined ? [] : `gradient ${grad}`].flat();
    return `${name}${made}${numbers.length === 0 ? '' : `: ${numbers.join(', ')}`}`;
  });
  const changed = changes(picture, before).flatMap((fields, i) => {
    const { name = '', data, grad } = nodes[i] ?? {};
    return fields.map((field) => {
      if (field === 'node') return `${name} is new`;
      return field === 'data' ? `data of ${name} is ${data}` : `gradient of ${name} is ${grad}`;
    });
  });
  return `${told.join('; ')}.${changed.length === 0 ? '' : ` Changed: ${changed.join('; ')}.`}`;
}

function nameOf(operand: number | string, nodes: readonly DrawnNode[]): string {
  return typeof operand === 'number' ? (nodes[operand]?.name ?? '?') : operand;
}

function boundaryInWords({ points, plane }: Extract<Picture, { kind: 'boundary' }>): string {
  const share = plane.filter(({ side }) => side > 0).length / Math.max(1, plane.length);
  return `A plane with ${points.length} points; on ${Math.round(100 * share)} % of it the score is positive.`;
}
