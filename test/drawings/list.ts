import { Value } from '../../src/index';
import { faultsOfGraph, type Program } from './graph';
import { moons } from './moons';
import { faultsOfNetwork } from './network';
import { DASHES, DOTS, type Point, plot, shown } from './plot';
import { faultsOfTable } from './table';

/*
 * All drawings of the notes, each with what it is to show.
 */

/** A drawing. */
export interface Drawing {
  readonly chapter: number;
  /** Some words that stand in this drawing, and in no other one of the chapter. */
  readonly key: string;
  /** The drawing as it should be, if that can be made; else it is drawn by hand, and read. */
  readonly make?: () => string;
  /** What is wrong with what stands there. */
  readonly faults: (block: string) => string[] | Promise<string[]>;
}

/** A drawing that is computed. */
function computed(chapter: number, key: string, make: () => string): Drawing {
  return {
    chapter,
    key,
    make,
    faults: (block) => (block === make() ? [] : [`it should be\n\n${inNotes(make())}\n`]),
  };
}

/** A graph that is drawn by hand. */
function graph(chapter: number, key: string, program: Program): Drawing {
  return { chapter, key, faults: (block) => faultsOfGraph(block, program) };
}

/**
 * A drawing as it stands in the notes.
 *
 * @param drawing - its lines
 */
export function inNotes(drawing: string): string {
  return drawing.replace(/^(?=.)/gm, '      ');
}

/** The parabola of chapter 1, with the slope that the engine finds at 3. */
function tangent(): string {
  const f = (x: number) => 3 * x * x - 4 * x + 5;
  const x = new Value(3);
  const y = x.pow(2).mul(3).sub(x.mul(4)).add(5);
  y.backward();
  const along = (at: number) => y.data + x.grad * (at - x.data);
  return plot({
    width: 61,
    height: 13,
    x: { from: -1, to: 4, labels: [-1, 0, 1, 2, 3, 4], name: 'x' },
    y: { from: 0, to: 40, labels: [0, 10, 20, 30, 40], name: '3x² − 4x + 5, and its tangent at 3' },
    curves: [
      { f: along, mark: DASHES },
      { f, mark: DOTS },
    ],
    points: [{ x: x.data, y: y.data, mark: 'o', label: `slope ${shown(x.grad)}`, side: 'left' }],
  });
}

/** How far off the quotient is, as doubles give it. A power may be rounded in several ways, a product in one. */
function errors(): string {
  const f = (x: number) => 3 * (x * x) - 4 * x + 5;
  const error = (h: number) => Math.abs((f(3 + h) - f(3)) / h - 14);
  const nudges = Array.from({ length: 18 }, (_, digits) => [Number(`3e-${digits}`), Number(`1e-${digits}`)]).flat();
  const points = nudges.slice(1).map((h): Point => ({ x: h, y: error(h), mark: 'o' }));
  return plot({
    width: 69,
    height: 12,
    x: { from: 1, to: 1e-17, isLog: true, labels: [1, 1e-4, 1e-8, 1e-12, 1e-16], name: 'h' },
    y: { from: 1e-9, to: 100, isLog: true, labels: [1, 1e-3, 1e-6, 1e-9], name: 'error of the slope at 3' },
    // on such an axis there is no place for 0
    points: points.filter(({ y }) => y > 0),
  });
}

const RUNNING = {
  leaves: { a: 2, b: -3, c: 10, f: -2 },
  code: 'e = a * b\nd = e + c\nL = d * f',
};

/** The output of the running graph after a step along the gradients, and what the gradients promise. */
function step(): string {
  const leaves = Object.values(RUNNING.leaves).map((data) => new Value(data));
  const output = ([a, b, c, f]: readonly Value[]) => a!.mul(b!).add(c!).mul(f!);
  const before = output(leaves);
  before.backward();
  const after = (s: number) => output(leaves.map(({ data, grad }) => new Value(data + s * grad))).data;
  const promised = leaves.reduce((sum, { grad }) => sum + grad * grad, 0);
  const steps = Array.from({ length: 701 }, (_, i) => i / 1000);
  const best = steps.reduce((a, b) => (after(b) > after(a) ? b : a));
  const back = steps.find((s) => s > 0 && after(s) < before.data)!;
  return plot({
    width: 57,
    height: 13,
    x: { from: 0, to: 0.7, labels: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7], name: 's' },
    y: { from: -24, to: 8, labels: [-24, -16, -8, 0, 8], name: 'L = −8 + 72s − 64s² − 96s³, and the promise −8 + 72s' },
    curves: [
      { f: () => before.data, mark: '-', every: 2 },
      { f: (s) => before.data + promised * s, mark: DASHES },
      { f: after, mark: DOTS },
    ],
    points: [
      { x: 0, y: before.data, mark: 'o' },
      { x: best, y: after(best), mark: 'o', label: `${shown(after(best), 2)} at ${best}`, side: 'below' },
      { x: back, y: after(back), mark: 'o', label: `${back}` },
    ],
  });
}

const NEURON = {
  leaves: { x1: 2, x2: 0, w1: -3, w2: 1, b: 6.8813735870195432 },
  code: 'n = x1*w1 + x2*w2 + b\no = tanh(n)',
};

/** The bend, and where on it the neuron of chapter 6 is. */
function bend(): string {
  const { x1, x2, w1, w2, b } = NEURON.leaves;
  const n = x1 * w1 + x2 * w2 + b;
  const o = new Value(n).tanh().data;
  return plot({
    width: 65,
    height: 9,
    x: { from: -4, to: 4, labels: [-4, -3, -2, -1, 0, 1, 2, 3, 4], name: 'n' },
    y: { from: -1, to: 1, labels: [-1, 0, 1], name: 'o = tanh n' },
    curves: [
      { f: () => 0, mark: '-', every: 4 },
      { f: (x) => new Value(x).tanh().data, mark: DOTS },
    ],
    points: [{ x: n, y: o, mark: 'o', label: `${shown(o, 3)} at ${shown(n, 3)}`, side: 'left' }],
  });
}

/** Three predictions of chapter 10: too large, right, and too small. */
function squares(): string {
  const predictions = [
    { name: 'p1', data: 1.5, right: 1, side: 'right' },
    { name: 'p2', data: -1, right: -1, side: 'below' },
    { name: 'p3', data: -3, right: -1, side: 'right' },
  ] as const;
  const points = predictions.map(({ name, data, right, side }): Point => {
    const p = new Value(data);
    const square = p.sub(right).pow(2);
    square.backward();
    return { x: data - right, y: square.data, mark: 'o', label: `${name}: gradient ${shown(p.grad)}`, side };
  });
  return plot({
    width: 61,
    height: 12,
    x: { from: -2.5, to: 2.5, labels: [-2, -1, 0, 1, 2], name: 'error' },
    y: { from: -0.5, to: 5, labels: [0, 1, 2, 3, 4, 5], name: 'square of the error' },
    curves: [{ f: (x) => x * x, mark: DOTS }],
    points,
  });
}

/** Where gradient descent on (3w − 2)² goes from 1 in six steps, which are counted. */
function descent(rate: number, ws: readonly number[], losses: readonly number[]): string {
  const loss = (w: Value) => w.mul(3).sub(2).pow(2);
  const w = new Value(1);
  const points: Point[] = [];
  for (let i = 0; i <= 6; i++) {
    const now = loss(w);
    points.push({ x: w.data, y: now.data, mark: String(i) });
    w.zeroGrad();
    now.backward();
    w.data -= rate * w.grad;
  }
  return plot({
    width: 61,
    height: 11,
    x: { from: ws[0]!, to: ws.at(-1)!, labels: ws, name: 'w' },
    y: { from: losses[0]!, to: losses.at(-1)!, labels: losses, name: `loss after 0 to 6 steps of ${rate}` },
    curves: [{ f: (at) => loss(new Value(at)).data, mark: DOTS }],
    points,
  });
}

const TWO_MOONS = 'o and x: the points of the two moons; dots: where the score is above 0';

/** All drawings, chapter by chapter. */
export const DRAWINGS: readonly Drawing[] = [
  computed(1, 'its tangent at 3', tangent),
  computed(1, 'error of the slope at 3', errors),
  graph(3, '[×]── L', RUNNING),
  graph(4, '[×]── L', RUNNING),
  computed(5, 'L = −8 + 72s', step),
  graph(6, '[tanh]── o', NEURON),
  computed(6, 'o = tanh n', bend),
  graph(7, '[×]── f', { leaves: { a: -2, b: 3 }, code: 'd = a * b\ne = a + b\nf = d * e' }),
  graph(8, '[+]── c', { leaves: { a: 1 }, code: 'b = a + a\nc = b + b' }),
  graph(8, '[+]── r', { leaves: { x: 1 }, code: 'a = 2 * x\nb = 3 * a\nr = a + b' }),
  {
    chapter: 9,
    key: 'x1 ─',
    faults: (block) => faultsOfNetwork(block, { inputs: 3, layers: [4, 4, 1] }),
  },
  computed(10, 'square of the error', squares),
  computed(11, 'steps of 0.01', () => descent(0.01, [0.6, 0.7, 0.8, 0.9, 1, 1.1], [0, 0.5, 1])),
  computed(11, 'steps of 0.12', () => descent(0.12, [-0.4, 0, 0.4, 0.8, 1.2, 1.6], [0, 2, 4, 6])),
  computed(12, TWO_MOONS, () => `${TWO_MOONS}\n${moons(62, 19, { points: ['o', 'x'], plane: ['·', ' '] })}`),
  { chapter: 13, key: '∂z/∂x', faults: faultsOfTable },
  graph(14, '[÷]── o', { leaves: { n: 0.8813735870195432 }, code: 'e = exp(2 * n)\no = (e - 1) / (e + 1)' }),
];
