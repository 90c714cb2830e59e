import { type TrainingResult, WAYS, type Way } from '../training/measure';
import { inTime, plain, table } from './table';
import { wrap } from './wrap';

/**
 * What was measured of the training of chapter 12, in Markdown.
 *
 * @param result - what was measured
 */
export function training(result: TrainingResult): string {
  const rows = (Object.keys(WAYS) as Way[]).map((name) => {
    const { says, to } = WAYS[name];
    if (!result.has(name)) return [says, `not measured: ${result.why(name) ?? 'nobody asked'}`, ''];
    return [
      says,
      inTime(result.of(name), 'ms'),
      to === undefined || !result.has(to) ? '' : plain(result.ratio(name, to)),
    ];
  });
  return [
    '## Training through the notes',
    wrap(`A step of chapter 12, with its hundred points: what it takes to ask an engine for it, over what the engine takes for
      itself. All trainings come to the same loss. The notes tell a long program once; an engine that can repeat it is
      then asked for it by name. The bundled engine records the graph and replays it, where a program over \`Value\` builds
      it anew: so the notes may even be faster.
      So may they in Python, where the garbage collector takes a good part, and the adapter sets aside what it remembers.`),
    table(['', 'a step', 'times the program'], rows),
  ].join('\n\n');
}
