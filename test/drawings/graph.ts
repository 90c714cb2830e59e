import { bundledEngine } from '../../src/engines/bundled';
import type { GraphNode } from '../../src/notebook/graph';
import { Notebook } from '../../src/notebook/notebook';
import { numeral } from '../../src/notebook/numbers';
import { isOperation, NAMES, OPERATIONS, type Operation } from '../../src/protocol/operations';
import { local } from './local';
import { type End, isWired, readWires, type Thing } from './wires';

/*
 * Reads the drawing of a graph, and compares it with what the engine makes of some lines of code:
 *
 *     a  2 (6) ───┐
 *                [×]── e −6 (−2)
 *     b −3 (−4) ──┘
 *
 * A node is a name, its data and, in parentheses, its gradient; each of them may be missing. A number alone is one that
 * has no name in the code either. In parentheses in the middle of a wire stands the share that comes back along it.
 */

/** A node, as it is drawn. */
export interface Drawn {
  readonly name?: string;
  readonly data?: string;
  readonly grad?: string;
  /** How it was made; undefined for a leaf and for a number. */
  readonly operation?: Operation;
  readonly operands: readonly Use[];
}

/** An operand of a node. */
export interface Use {
  readonly node: Drawn;
  /** What is written on the wires between them. */
  readonly shares: readonly string[];
}

/** What a graph is drawn of. */
export interface Program {
  readonly leaves: Readonly<Record<string, number>>;
  /** Lines in the notation of the notes; the last one makes the output. */
  readonly code: string;
}

/** The operations that are drawn as another sign than the one of the notes' code. */
const SIGNS: Readonly<Record<string, Operation>> = { '−': 'sub', '×': 'mul', '÷': 'div' };
const LABEL = /^(?<name>[A-Za-z]\w*)?\s*(?<data>[−\d][^\s(]*)?\s*(?:\((?<grad>[^)]*)\))?$/;

/**
 * Reads a drawing.
 *
 * @param drawing - its lines
 * @returns the outputs: the nodes that no other node is made from
 * @throws Error if it is no graph: if an operation has no result, or wires come together, or end at nothing
 */
export function readGraph(drawing: string): Drawn[] {
  const { things, wires } = readWires(drawing);
  const sourceAt = new Map<Thing, Map<End['side'], Thing>>();
  const isSource = new Set<Thing>();
  for (const ends of wires) {
    const [source, ...others] = ends.filter(({ side }) => side === 'right');
    if (source === undefined) throw new Error(`nothing goes into the wire to ${told(ends)}`);
    if (others.length > 0) throw new Error(`the wires from ${told([source, ...others])} come together`);
    isSource.add(source.thing);
    for (const { thing, side } of ends) {
      if (side !== 'right') sourceAt.set(thing, (sourceAt.get(thing) ?? new Map()).set(side, source.thing));
    }
  }
  const nodes = new Map<Thing, Drawn>();
  for (const each of things) {
    if (each.kind !== 'label' && !isSource.has(each)) throw new Error(`nothing comes out of "${each.text}"`);
    if (each.kind === 'label' && !isSource.has(each) && !sourceAt.has(each)) {
      throw new Error(`no wire leads to "${each.text}"`);
    }
  }
  const outputs = things.filter((each) => each.kind === 'label' && !isSource.has(each));
  return outputs.map((each) => node(each));

  function node(thing: Thing): Drawn {
    const known = nodes.get(thing);
    if (known !== undefined) return known;
    const made = thing.kind === 'label' ? labelled(thing) : result(thing);
    nodes.set(thing, made);
    return made;
  }

  function labelled(label: Thing): Drawn {
    const match = LABEL.exec(label.text);
    if (match === null) throw new Error(`"${label.text}" is no node: a name, a number, and a gradient in parentheses`);
    const { name, data, grad } = match.groups ?? {};
    const maker = sourceAt.get(label)?.get('left');
    if (maker?.kind === 'label')
      throw new Error(`a wire leads from "${maker.text}" to "${label.text}", without an operation`);
    if (maker?.kind === 'share') throw new Error(`a share stands before "${label.text}", and not before an operation`);
    const { operation, operands } = maker === undefined ? { operation: undefined, operands: [] } : result(maker);
    return { name, data, grad, operation, operands };
  }

  function result(operation: Thing): Drawn {
    const sources = sourceAt.get(operation);
    const operands = (['above', 'left', 'below'] as const).flatMap((side) => sources?.get(side) ?? []);
    return { operation: operationOf(operation), operands: operands.map((source) => use(source, [])) };
  }

  function use(source: Thing, shares: readonly string[]): Use {
    if (source.kind !== 'share') return { node: node(source), shares };
    const before = sourceAt.get(source)?.get('left');
    if (before === undefined) throw new Error(`nothing goes into the wire with the share "${source.text}"`);
    return use(before, [...shares, source.text]);
  }
}

function told(ends: readonly End[]): string {
  return ends.map(({ thing }) => `"${thing.text}"`).join(' and ');
}

function operationOf({ text }: Thing): Operation {
  const operation =
    SIGNS[text] ?? NAMES.find((name) => OPERATIONS[name].operands === 2 && OPERATIONS[name].sign === text);
  if (operation !== undefined) return operation;
  if (isOperation(text)) return text;
  throw new Error(`there is no operation "${text}"`);
}

/**
 * Compares the drawing of a graph with what the engine computes.
 *
 * A whole number is what it says; a number with decimals is right if it is the engine's, rounded to as many.
 *
 * @param drawing - its lines
 * @param program - what it is to show
 * @returns a sentence for each difference
 */
export async function faultsOfGraph(drawing: string, { leaves, code }: Program): Promise<string[]> {
  const unread = drawing.split('\n').find((line) => !isWired(line) && /\d/.test(line));
  if (unread !== undefined) return [`there is a number without a wire, which nobody checks: "${unread.trim()}"`];
  let outputs: readonly Drawn[];
  try {
    outputs = readGraph(drawing);
  } catch (error) {
    return [(error as Error).message];
  }
  const notebook = new Notebook(bundledEngine());
  for (const [name, data] of Object.entries(leaves)) notebook.leaf(name, data);
  await notebook.express(code);
  const [, last = ''] = /(\w+) = .*$/.exec(code) ?? [];
  notebook.backward(last);
  const made = await notebook.graph(Number.POSITIVE_INFINITY);
  const output = made.filter(({ name }) => name === last).at(-1)!;
  if (outputs.length !== 1) return [`one output is expected, and ${outputs.length} are drawn`];
  return [...new Set(compare(outputs[0]!, output, new Map()))];
}

/** @param met - the nodes that were met, each with its counterpart, in both directions */
function compare(drawn: Drawn, node: GraphNode | number, met: Map<unknown, unknown>): string[] {
  if (typeof node === 'number') {
    const isNumber = drawn.name === undefined && drawn.grad === undefined && drawn.operation === undefined;
    if (!isNumber) return [`${written(drawn)} is drawn where the code has the number ${node}`];
    return differences(`the number ${node}`, drawn.data, node);
  }
  if (met.has(drawn) || met.has(node)) {
    return met.get(drawn) === node ? [] : [`${written(drawn)} is drawn where the code has ${node.name} once more`];
  }
  met.set(drawn, node).set(node, drawn);
  if (drawn.name === undefined ? node.operation === 'leaf' : drawn.name !== node.name) {
    return [`${written(drawn)} is drawn where the code has ${node.name}`];
  }
  const faults = [
    ...differences(node.name, drawn.data, node.reading?.data),
    ...differences(`the gradient of ${node.name}`, drawn.grad, node.reading?.grad ?? undefined),
  ];
  const operation = drawn.operation ?? 'leaf';
  if (operation !== node.operation)
    return [...faults, `${node.name} is made by ${node.operation}, and drawn as ${operation}`];
  if (drawn.operands.length !== node.operands.length) {
    return [...faults, `${node.name} has ${node.operands.length} operands, and is drawn with ${drawn.operands.length}`];
  }
  // a drawing has no left and right: the operands of a sum or a product may stand in either order
  const orders =
    operation === 'add' || operation === 'mul' ? [drawn.operands, [...drawn.operands].reverse()] : [drawn.operands];
  const trials = orders.map((uses) => {
    const known = new Map(met);
    return { known, faults: compareOperands(uses, node, known) };
  });
  const best = trials.reduce((one, other) => (other.faults.length < one.faults.length ? other : one));
  for (const [one, other] of best.known) met.set(one, other);
  return [...faults, ...best.faults];
}

function compareOperands(uses: readonly Use[], node: GraphNode, met: Map<unknown, unknown>): string[] {
  const shares = sharesOf(node);
  return uses.flatMap((use, i) => {
    const operand = node.operands[i]!;
    const wire = `the share from ${node.name} to ${typeof operand === 'number' ? operand : operand.name}`;
    return [...use.shares.flatMap((text) => differences(wire, text, shares[i])), ...compare(use.node, operand, met)];
  });
}

/** What a node hands back to each of its operands: if both are one node, it gets two shares. */
function sharesOf({ operation, operands, reading }: GraphNode): number[] {
  if (operation === 'leaf' || operation === 'network') return [];
  const numbers = operands.map((each) => (typeof each === 'number' ? each : (each.reading?.data ?? Number.NaN)));
  return local(operation, numbers).derivatives.map((each) => each * (reading?.grad ?? Number.NaN));
}

function differences(what: string, text: string | undefined, value = Number.NaN): string[] {
  if (text === undefined || isShownAs(text, value)) return [];
  return [`${what} is ${value}, and drawn as ${text}`];
}

/**
 * Whether a number may be shown so: a whole number as itself, any other rounded to the decimals that it is shown with.
 *
 * @param text - what is shown
 * @param value - the number
 */
export function isShownAs(text: string, value: number): boolean {
  try {
    const { value: read, lastPlace } = numeral(text);
    const noise = 1e-9 * Math.max(1, Math.abs(value));
    return Math.abs(read - value) <= (lastPlace < 1 ? lastPlace / 2 : 0) + noise;
  } catch {
    return false;
  }
}

function written({ name, data, operation }: Drawn): string {
  return [name ?? data ?? `the result of ${operation}`].join('');
}
