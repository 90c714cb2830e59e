import { timed, timedEach } from '../measuring/timed';
import { tryLongChain } from './chains';
import type { Contender } from './contender';
import { costsOf } from './graphs';
import { ANSWERED, CHAIN, SHORT, SIZES } from './workloads';

/*
 * One engine, one task, in a process that does nothing else: `task.ts NAME TASK SECONDS`. Its last line says what came, as
 * JSON. Times are in nanoseconds.
 */

/** What an engine answers, before it is timed. */
export interface Answers {
  /** The number of the running example, and its four gradients. */
  readonly example?: readonly number[];
  /** What a chain ends in, and the gradient of its beginning. */
  readonly chain?: readonly number[];
  /** The loss before each training step. */
  readonly training?: readonly number[];
}

const TASKS: Readonly<Record<string, (contender: Contender, seconds: number) => unknown>> = {
  answers: async ({ example, chain, training }): Promise<Answers> => ({
    example: example && [...example()],
    chain: chain?.(ANSWERED.operations, ANSWERED.link),
    training: await training?.(),
  }),
  example: ({ example }, seconds) => timed(there(example), seconds),
  chain: async ({ chain }, seconds) => (await timed(() => there(chain)(SHORT, CHAIN), seconds)) / SHORT,
  training: async ({ training }, seconds) => (await timedEach(there(training), seconds)) / SIZES.length,
  'long chain': ({ chain }) => tryLongChain((operations) => there(chain)(operations, CHAIN)),
  'graphs network': ({ graphs }, seconds) => costsOf(there(graphs).network, seconds),
  'graphs chain': ({ graphs }, seconds) => costsOf(there(graphs).chain, seconds),
};

function there<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('this engine has no part in that');
  return part;
}

async function main([name = '', task = '', seconds = '1']: readonly string[]): Promise<void> {
  const { contender } = require(`./contenders/${name}`) as { contender: Contender | Promise<Contender> };
  const came = await there(TASKS[task])(await contender, Number(seconds));
  process.stdout.write(`\n${JSON.stringify(came)}\n`);
}

void main(process.argv.slice(2));
