import { timedEach } from '../measuring/timed';
import { LONG, SHORT } from './workloads';

/** What became of a chain that is too long for many. */
export type LongChain =
  /** It took so long, in nanoseconds an operation. */
  | { readonly time: number }
  /** It overflows the stack: so many operations are about the most. */
  | { readonly most: number }
  /** It would take about so many seconds, and was not tried. */
  | { readonly seconds: number };

/** Whoever would take longer than this for it is not asked, in seconds. */
export const PATIENCE = 30;

/**
 * Tries a long chain.
 *
 * @param chain - builds a chain of so many operations and differentiates it
 */
export async function tryLongChain(chain: (operations: number) => unknown): Promise<LongChain> {
  if (!isWithin(chain, 2 * SHORT)) return { most: SHORT };
  // some need more time for each operation of a longer chain: so what it would take is reckoned again from ever longer ones
  for (let length = SHORT; length < LONG && isWithin(chain, length); length *= 10) {
    const seconds = ((await timedEach(() => chain(length), 0.2)) / 1e9) * (LONG / length);
    if (seconds > PATIENCE) return { seconds };
  }
  if (isWithin(chain, LONG)) return { time: (await timedEach(() => chain(LONG), 0)) / LONG };
  let [within, beyond] = [SHORT, LONG];
  while (beyond - within > 0.01 * within) {
    const middle = 2 * Math.round((within + beyond) / 4);
    if (isWithin(chain, middle)) within = middle;
    else beyond = middle;
  }
  return { most: within };
}

/** Whether the stack is deep enough. */
function isWithin(chain: (operations: number) => unknown, operations: number): boolean {
  try {
    chain(operations);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
