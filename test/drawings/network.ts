import { MLP } from '../../src/index';
import { isWired, readWires, type Thing } from './wires';

/*
 * Reads the drawing of a network, in which each layer is a column of neurons, and a wire leads from all of one column
 * to all of the next:
 *
 *     x1 ─┐   ┌─ o ─┐
 *         ├───┤     ├─ o ── y
 *     x2 ─┘   └─ o ─┘
 *
 * Below stand, for each layer, its sum of parameters, such as `4 · (3 + 1) = 16`, and last the number of all.
 */

/** How a network is built. */
export interface Size {
  readonly inputs: number;
  /** How many neurons each layer has. */
  readonly layers: readonly number[];
}

/**
 * Compares the drawing of a network with a network of the engine's own.
 *
 * @param drawing - its lines
 * @param size - what it is to show
 * @returns a sentence for each difference
 */
export function faultsOfNetwork(drawing: string, { inputs, layers }: Size): string[] {
  const network = new MLP(inputs, layers);
  const sums = network.layers.map(({ neurons }, i) => {
    const [first] = neurons;
    const before = layers[i - 1] ?? inputs;
    return `${neurons.length} · (${before} + 1) = ${neurons.length * first!.parameters().length}`;
  });
  const remarks = drawing.split('\n').filter((line) => !isWired(line));
  const said = remarks.join('\n').match(/\d+ · \(\d+ \+ 1\) = \d+/g) ?? [];
  const all = /(\d+)\D*$/.exec(remarks.join('\n'))?.[1];
  let columns: readonly number[];
  try {
    columns = columnsOf(drawing);
  } catch (error) {
    return [(error as Error).message];
  }
  return [
    ...differences('inputs, neurons and outputs', [inputs, ...layers, layers.at(-1)], columns),
    ...differences('sums', sums, said),
    ...differences('number of all parameters', [network.parameters().length], [all]),
  ];
}

/** How many things stand in each column, from the inputs on. */
function columnsOf(drawing: string): number[] {
  const { things, wires } = readWires(drawing);
  const before = new Map<Thing, Thing>();
  for (const ends of wires) {
    const source = ends.find(({ side }) => side === 'right');
    for (const { thing, side } of ends) if (side === 'left' && source !== undefined) before.set(thing, source.thing);
  }
  const depth = (thing: Thing): number => {
    const source = before.get(thing);
    return source === undefined ? 0 : 1 + depth(source);
  };
  const depths = things.map(depth);
  return [...new Set(depths)].sort((a, b) => a - b).map((each) => depths.filter((other) => other === each).length);
}

function differences(what: string, right: readonly unknown[], drawn: readonly unknown[]): string[] {
  return `${right}` === `${drawn}` ? [] : [`${what}: ${right.join(', ')}, and drawn ${drawn.join(', ')}`];
}
