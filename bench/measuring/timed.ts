import { median } from './statistics';

/** A sample takes at least so long, in milliseconds: a clock that is read too often measures itself. */
const SAMPLE = 5;
/** So long is it done before it is measured, in seconds, so that the compiler of Node.js has made it fast. */
const WARM = 0.5;
/** So many samples at least, whatever they take. */
const FEWEST = 3;

/** What the work gave last. It is kept where anybody could look, so that no compiler can leave the work out. */
export const given: { last: unknown } = { last: undefined };

/**
 * How long a piece of work takes, once it has been done for a while.
 *
 * @param work - the work, which the same process does again and again
 * @param seconds - how long to measure
 * @returns the middle one of the samples, in nanoseconds for each time the work is done
 */
export async function timed(work: () => unknown, seconds: number): Promise<number> {
  const elapsed = (times: number) => {
    let last: unknown;
    const began = performance.now();
    for (let i = 0; i < times; i++) last = work();
    const taken = performance.now() - began;
    given.last = last;
    return taken;
  };
  let times = 1;
  while (elapsed(times) < SAMPLE) times *= 2;
  return (await middle(async () => elapsed(times), seconds)) / times;
}

/**
 * The same for work that takes some milliseconds at least, and may be waited for.
 *
 * @param work - the work
 * @param seconds - how long to measure
 * @returns the middle one of the samples, in nanoseconds
 */
export function timedEach(work: () => unknown, seconds: number): Promise<number> {
  return middle(async () => {
    const began = performance.now();
    given.last = await work();
    return performance.now() - began;
  }, seconds);
}

/** The middle one of the samples, in nanoseconds. */
async function middle(sample: () => Promise<number>, seconds: number): Promise<number> {
  await samples(sample, WARM, 1);
  return median(await samples(sample, seconds, FEWEST)) * 1e6;
}

async function samples(sample: () => Promise<number>, seconds: number, fewest: number): Promise<number[]> {
  const taken: number[] = [];
  const end = performance.now() + seconds * 1000;
  while (taken.length < fewest || performance.now() < end) taken.push(await sample());
  return taken;
}
