import { engines } from './engines';
import { laws } from './laws';
import type { Measured } from './measured';
import { spec } from './spec';
import { training } from './training';
import { wrap } from './wrap';

/**
 * Writes down what was measured, in Markdown.
 *
 * @param measured - what was measured
 * @param image - where its picture is, if there is one
 */
export function page(measured: Measured, image?: string): string {
  const { processor, cores, node, date } = measured.machine;
  const parts = [
    '# Performance',
    wrap(`\`npm run bench\` has measured this and written this page: on ${date}, ${processor}, ${cores} cores, Node.js
      ${node}. Times differ from machine to machine, and from minute to minute: look at the ratios. What is compared was
      measured by turns, in ${measured.rounds} rounds. Each number is the middle one of the rounds; the quartiles stand in
      parentheses. \`npm run bench -- --check\` measures again, for a short time, and fails where a ratio is half as good
      as here.`),
    image === undefined ? undefined : `![The numbers of this page, drawn](${image})`,
    measured.engine && engines(measured.engine),
    measured.training && training(measured.training),
    measured.spec && spec(measured.spec),
    measured.laws && laws(measured.laws),
  ];
  return `${parts.filter((part) => part !== undefined).join('\n\n')}\n`;
}
