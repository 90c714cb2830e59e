import { type Point, twoMoons } from '../../src/micrograd/moons';
import { SHAPE, WEIGHTS } from '../engine/workloads';

/*
 * What is trained in each of the ways: the network of chapter 12, on its hundred points.
 */

/** The points. */
export const POINTS: readonly Point[] = twoMoons(100, 1);

/**
 * The same for a program in another language: three lines of numbers, which are the size of each layer, from the inputs on;
 * the weights, each neuron's bias after its weights; and the points, each as x, y and its label.
 */
export function asText(): string {
  const points = POINTS.flatMap(({ x, y, label }) => [x, y, label]);
  return [[SHAPE.inputs, ...SHAPE.layers], WEIGHTS, points].map((numbers) => `${numbers.join(' ')}\n`).join('');
}
