import type { Spread } from '../measuring/statistics';
import { shown } from '../ratios';

/**
 * A table in Markdown.
 *
 * @param titles - of its columns
 * @param rows - its cells, shape [rows, columns]
 */
export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `|${cells.map((cell) => (cell === '' ? ' ' : ` ${cell} `)).join('|')}|`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}

/** What a unit is, in that of the measurement. */
const UNITS = { ns: 1, ms: 1e6, s: 1 } as const;

/**
 * A time with its quartiles.
 *
 * @param spread - in nanoseconds for `ns` and `ms`, in seconds for `s`
 * @param unit - how to show it
 */
export function inTime({ median, low, high }: Spread, unit: keyof typeof UNITS): string {
  const [x, from, to] = [median, low, high].map((each) => shown(each / UNITS[unit]));
  return `${x} ${unit} (${from}–${to})`;
}

/**
 * A number without a unit, with its quartiles.
 *
 * @param spread - the number
 */
export function plain({ median, low, high }: Spread): string {
  return `${shown(median)} (${shown(low)}–${shown(high)})`;
}
