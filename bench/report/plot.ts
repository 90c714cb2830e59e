import { CONTENDERS, GROWING, GROWN, KNOWN, type Workload } from '../engine/contender';
import type { EngineResult } from '../engine/measure';
import { RUNS, type Run, type SpecResult } from '../spec/measure';
import type { Measured } from './measured';
import { dots, lines, type Panel, picture, type Row, type Series } from './svg';

/**
 * Draws what was measured.
 *
 * @param measured - all of it
 * @returns SVG
 */
export function plot({ engine, spec }: Measured): string {
  const panels = [...(engine === undefined ? [] : ofEngines(engine)), ...(spec === undefined ? [] : [ofSpec(spec)])];
  return picture('What the engine and the spec cost, beside what they can be compared with', panels);
}

const TITLES: Readonly<Record<Workload, string>> = {
  example: 'the running example',
  chain: 'an operation of a chain',
  training: 'a training step',
};

function ofEngines({ times, costs }: EngineResult): Panel[] {
  const groups = (['example', 'training'] as const).map((work) => ({
    name: TITLES[work],
    rows: CONTENDERS.filter((name) => times[work].has(name)).map(
      (name): Row => ({ label: KNOWN[name].title.replaceAll('`', ''), spread: times[work].ratio(name, 'value') }),
    ),
  }));
  const series = GROWING.flatMap((engine) =>
    (['network', 'chain'] as const).flatMap((shape): Series[] => {
      const some = costs.filter((each) => each.engine === engine && each.shape === shape);
      if (some.length === 0) return [];
      const [name, colour] = GROWN[engine];
      const label = `${name.replaceAll('`', '')}, a ${shape}`;
      const points = some.map(({ size, time }) => ({ x: size, spread: time }));
      return [{ label, colour, isBroken: shape === 'chain', points }];
    }),
  );
  return [
    dots('Time, in multiples of that of Value (logarithmic; less is faster)', groups, '×', 1),
    lines(
      'Time for each node, in nanoseconds: to build the graph and to differentiate it',
      series,
      'nodes in the graph',
    ),
  ];
}

function ofSpec(spec: SpecResult): Panel {
  const rows = (Object.keys(RUNS) as Run[])
    .filter((name) => spec.has(name))
    .map((name): Row => ({ label: SHORT_TITLES[name], spread: spec.of(name) }));
  return dots(
    'A run of the spec, in seconds (logarithmic), from the start of its process to its end',
    [{ name: '', rows }],
    ' s',
  );
}

const SHORT_TITLES: Readonly<Record<Run, string>> = {
  empty: "Cucumber's empty run",
  smallest: 'one scenario',
  'smallest, first': 'one scenario, first run',
  whole: 'all',
  'whole, first': 'all, first run',
  short: 'without laws and demonstration',
  chapters: 'chapters 4 and 5',
  'guest in this process': 'guest, in this process',
  'guest in Node.js': 'guest, in a process of Node.js',
  'guest in Python': 'guest, in a process of Python',
  wrong: 'a wrong engine: all',
  'wrong, until a scenario fails': 'a wrong engine: the first failure',
  'wrong, until a finding': 'a wrong engine: the first finding',
};
