import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { mersenne } from 'pure-rand/generator/mersenne';

/**
 * A seeded generator: the same seed gives the same numbers in every run, on every machine.
 *
 * @param seed - an integer
 * @returns a function; each call gives the next number, evenly spread between −1 and 1
 */
export function uniform(seed: number): () => number {
  const generator = mersenne(seed);
  return () => 2 * uniformFloat64(generator) - 1;
}
