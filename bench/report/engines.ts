import { TOLERANCE } from '../engine/answers';
import { type LongChain, PATIENCE } from '../engine/chains';
import { CONTENDERS, type ContenderName, GROWING, GROWN, KNOWN, type Workload } from '../engine/contender';
import { NODES } from '../engine/graphs';
import type { Costs, EngineResult } from '../engine/measure';
import { LONG, SHORT } from '../engine/workloads';
import { PEERS } from '../peers';
import { shown } from '../ratios';
import { inTime, plain, table } from './table';
import { wrap } from './wrap';

/**
 * What was measured of the engines, in Markdown.
 *
 * @param result - what was measured
 */
export function engines(result: EngineResult): string {
  const absent = [...result.absent].map(([name, why]) => `- ${KNOWN[name].title} was not measured: ${why}.`);
  const parts = [
    '## The engine',
    wrap(`Each engine runs in a process of its own, started anew for each workload and each round. Before anything is timed,
      all of them answer, and must agree: those in double precision to ${TOLERANCE.double}, relative to the number, and
      those in single precision to ${TOLERANCE.single}. A number without a unit says how many times the time is that of
      \`Value\` in the same round.`),
    wrap(`- **The running example**: (a·b + c)·f, built and differentiated afresh.
- **A chain**: x·1.0000001 + 0.0000001, again and again, built and differentiated afresh: the time for each of
      ${SHORT.toLocaleString('en')} operations, and the time for a million of them.
- **A training step**: the two moons, a network of 2 inputs and layers of 16, 16 and 1 neurons, relu, a max-margin loss
      with the squares of the weights, and plain gradient descent. It has 80 to 120 points, another number in each step:
      a step of one size falls into step with the garbage collector.`),
    table(
      ['', 'precision', 'the running example', 'an operation of a chain', 'a training step', 'a chain of a million'],
      CONTENDERS.filter((name) => !result.absent.has(name)).map((name) => row(name, result)),
    ),
    absent.length === 0 ? undefined : absent.join('\n'),
    wrap(`The closures are micrograd's way: each operation leaves a function behind that hands its gradient on, and the
      backward pass sorts the nodes by a recursive walk. TensorFlow.js ${PEERS['@tensorflow/tfjs']} runs with its two
      backends that need no native code. jax-js ${PEERS['@jax-js/jax']} has compiled the example and the training step
      before they are timed; the chain, which is differentiated once, it interprets. Engines of tensors pay for each
      operation, and hardly for the numbers in it: so the example is what they are worst at, and the step, over a whole
      batch, what they are made for. What is replayed was recorded before it was timed; and so was the code in WebAssembly
      made that runs over all points. A chain that would take more than ${PATIENCE} seconds was not run.`),
    '### What a node costs',
    wrap(`The time to build and to differentiate, and the memory that a graph holds, for each of its nodes: in the network on
      ever more points, and in ever longer chains. A graph that is replayed is not built: that is the time to compute it
      again and to differentiate it; its leaves stay as they are, and are counted. As long as a whole graph fits into the young generation of the garbage
      collector, it costs little; in larger ones, nodes survive and are copied.`),
    nodes(result),
    'An empty cell: the engine overflows the stack.',
  ];
  return parts.filter((part) => part !== undefined).join('\n\n');
}

const UNIT: Readonly<Record<Workload, 'ns' | 'ms'>> = { example: 'ns', chain: 'ns', training: 'ms' };

function row(name: ContenderName, { times, long, pytorch }: EngineResult): string[] {
  const { title, precision } = KNOWN[name];
  const cells = (['example', 'chain', 'training'] as const).map((work) => {
    if (!times[work].has(name)) return '';
    return name === 'value' ? inTime(times[work].of(name), UNIT[work]) : plain(times[work].ratio(name, 'value'));
  });
  const called = name === 'pytorch' ? title.replace('PyTorch', `PyTorch ${pytorch}`) : title;
  return [called, precision, ...cells, longChain(long.get(name))];
}

function longChain(came: LongChain | undefined): string {
  if (came === undefined) return '';
  if ('most' in came) return `overflows from about ${shown(came.most)} on`;
  if ('seconds' in came) return `not run: about ${shown(came.seconds)} s`;
  return `${shown((came.time * LONG) / 1e9)} s`;
}

function nodes({ costs }: EngineResult): string {
  const columns = GROWING.flatMap((engine) => (['network', 'chain'] as const).map((shape) => ({ engine, shape })));
  const cell = (wanted: number, { engine, shape }: Pick<Costs, 'engine' | 'shape'>) => {
    const found = costs.find((each) => each.engine === engine && each.shape === shape && each.size === wanted);
    return found === undefined ? '' : `${inTime(found.time, 'ns')}, ${shown(found.memory.median)} bytes`;
  };
  const titles = columns.map(({ engine, shape }) => `${GROWN[engine][0]}, a ${shape}`);
  return table(
    ['nodes', ...titles],
    NODES.map((size) => [size.toLocaleString('en'), ...columns.map((each) => cell(size, each))]),
  );
}
