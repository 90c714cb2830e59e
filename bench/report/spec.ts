import { RUNS, type Run, type SpecResult } from '../spec/measure';
import { inTime, plain, table } from './table';
import { wrap } from './wrap';

/**
 * What was measured of the spec, in Markdown.
 *
 * @param result - what was measured
 */
export function spec(result: SpecResult): string {
  const rows = (Object.keys(RUNS) as Run[]).map((name) => {
    if (!result.has(name)) return [RUNS[name], `not measured: ${result.why(name) ?? 'it takes too long'}`, ''];
    return [RUNS[name], inTime(result.of(name), 's'), name === 'empty' ? '1' : plain(result.ratio(name, 'empty'))];
  });
  return [
    '## The spec',
    wrap(`Each run is a process of its own, timed from its start to its end. The spec runs from the project's sources, compiled
      and kept by a run before. It prints dots and writes a report as HTML, and so does the empty run; the runs for guests
      and for the wrong engine write no report.`),
    table(['', 'time', "times Cucumber's empty run"], rows),
  ].join('\n\n');
}
