import { uniform } from './random';

/** One point of the two moons. */
export interface Point {
  readonly x: number;
  readonly y: number;
  /** Which moon it lies on: 1 or −1. */
  readonly label: 1 | -1;
}

/** How far a point may lie off its moon, in x and in y. */
const NOISE = 0.15;

/**
 * Two half-circles that reach into each other, so that no straight line parts them.
 *
 * @param count - how many points, on one moon and the other in turn
 * @param seed - of the noise
 */
export function twoMoons(count: number, seed: number): Point[] {
  const random = uniform(seed);
  return Array.from({ length: count }, (_, i): Point => {
    const angle = (Math.PI * Math.floor(i / 2)) / Math.max(1, Math.ceil(count / 2) - 1);
    const upper = i % 2 === 0;
    const [x, y] = upper ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
    return { x: x + NOISE * random(), y: y + NOISE * random(), label: upper ? 1 : -1 };
  });
}
