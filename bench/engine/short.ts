import { shown } from '../ratios';
import type { EngineResult } from './measure';

/**
 * What the engine costs, in three lines.
 *
 * @param result - what was measured
 */
export function inShort({ times, long }: EngineResult): string {
  const { example, training } = times;
  const chain = long.get('value');
  const lines: [string, string][] = [
    ['the running example, forward and backward', `${shown(example.of('value').median)} ns`],
    [
      'a chain of a million operations, forward and backward',
      chain !== undefined && 'time' in chain ? `${shown(chain.time)} ms` : 'not measured', // ns an operation, a million of them
    ],
    ['a training step of the two moons, over Value', `${shown(training.of('value').median / 1e6)} ms`],
  ];
  return lines.map(([what, number]) => `${what.padEnd(66)}${number}`).join('\n');
}
