/*
 * Curves in characters, for the prose of the notes. The same curve gives the same characters on every machine: whatever
 * is computed is rounded to a row and a column, and before that so far that the last digits of a double do not matter.
 */

/** A direction of a drawing. */
export interface Axis {
  /** The number at the left, or at the bottom. */
  readonly from: number;
  /** The number at the right, or at the top. */
  readonly to: number;
  /** Whether equal distances stand for equal factors, and not for equal differences. */
  readonly isLog?: boolean;
  /** The numbers to write beside the axis, with what to write; a number alone is written as it is. */
  readonly labels: readonly (number | readonly [number, string])[];
  /** What is counted along it: written at the end of the lower axis, and above the left one. */
  readonly name: string;
}

/** A function to draw. */
export interface Curve {
  readonly f: (x: number) => number;
  /** One character; or three, for the upper, the middle and the lower third of a row, which makes a curve smoother. */
  readonly mark: string;
  /** Draws only each so-many-th column. */
  readonly every?: number;
}

/** A point to mark, over all curves. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly mark: string;
  /** What to write beside it. */
  readonly label?: string;
  /** Where to write that; by default, to the right. */
  readonly side?: 'left' | 'right' | 'above' | 'below';
}

/** What to draw, and how large. */
export interface Plot {
  /** How many columns, without the axis and its labels. */
  readonly width: number;
  /** How many rows, without the axis and its labels. */
  readonly height: number;
  readonly x: Axis;
  readonly y: Axis;
  /** Later ones are drawn over earlier ones. */
  readonly curves?: readonly Curve[];
  readonly points?: readonly Point[];
}

/** For the curve that matters most: a row has room for a dot in three heights. */
export const DOTS = '˙·.';
/** For a second curve beside it. */
export const DASHES = '¯-_';

/**
 * Draws curves and points between a left and a lower axis.
 *
 * @param plot - see {@link Plot}
 * @returns lines without spaces at their ends
 * @throws RangeError if a point or a label lies outside the drawing, or a label has no room
 * @example
 * ```ts
 * const x = { from: 0, to: 2, labels: [0, 1, 2], name: 'x' };
 * plot({ width: 9, height: 3, x, y: { ...x, name: 'y' }, curves: [{ f: (x) => x, mark: '*' }] });
 * //   y
 * // 2 ┤       **
 * // 1 ┤   ****
 * // 0 ┤***
 * //   └┬───┬───┬─ x
 * //    0   1   2
 * ```
 */
export function plot({ width, height, x, y, curves = [], points = [] }: Plot): string {
  const cells = Array.from({ length: height }, () => Array<string>(width).fill(' '));
  const across = (at: number) => placeOn(x, at) * (width - 1);
  const down = (at: number) => (1 - placeOn(y, at)) * (height - 1);

  for (const { f, mark, every = 1 } of curves) {
    const heights = cells[0]!.map((_, column) => down(f(numberAt(x, column / (width - 1)))));
    for (const [column, row] of path(heights)) {
      if (column % every === 0) set(cells, column, Math.round(row), shade(mark, row));
    }
  }
  for (const point of points) {
    const [column, row] = [Math.round(steady(across(point.x))), Math.round(steady(down(point.y)))];
    if (cells[row]?.[column] === undefined) throw new RangeError(`(${point.x}, ${point.y}) lies outside the drawing`);
    set(cells, column, row, point.mark);
    write(cells, column, row, point);
  }
  return withAxes(cells, { x, y, across, down });
}

/** How far along an axis a number lies: 0 at its beginning, 1 at its end. */
function placeOn({ from, to, isLog }: Axis, at: number): number {
  return isLog ? Math.log10(at / from) / Math.log10(to / from) : (at - from) / (to - from);
}

/** The number that lies so far along an axis. */
function numberAt({ from, to, isLog }: Axis, share: number): number {
  return isLog ? from * 10 ** (share * Math.log10(to / from)) : from + share * (to - from);
}

/** A distance without the last digits: they differ between machines, and must not decide between two rows. */
function steady(distance: number): number {
  return Math.round(distance * 1e6) / 1e6;
}

/** The places of a curve: one in each column and, where it is steep, one in each row in between. */
function path(heights: readonly number[]): [column: number, row: number][] {
  return heights.map(steady).flatMap((here, column, all): [number, number][] => {
    const next = all[column + 1] ?? Number.NaN;
    const steps = Math.abs(Math.round(next) - Math.round(here)) - 1;
    const between = Array.from(
      { length: Number.isFinite(steps) ? Math.max(0, steps) : 0 },
      (_, i): [number, number] => {
        const row = Math.round(here) + Math.sign(next - here) * (i + 1);
        return [column + (steady((row - here) / (next - here)) > 0.5 ? 1 : 0), row];
      },
    );
    return [[column, here], ...between];
  });
}

/** The character of a mark that fits a height within its row. */
function shade(mark: string, row: number): string {
  const third = Math.floor(steady((row - Math.round(row) + 0.5) * 3));
  return [...mark][Math.min(third, mark.length - 1)]!;
}

function set(cells: string[][], column: number, row: number, mark: string): void {
  if (cells[row]?.[column] !== undefined) cells[row][column] = mark;
}

function write(cells: string[][], column: number, row: number, { label = '', side = 'right' }: Point): void {
  const letters = [...label];
  const middle = column - Math.floor(letters.length / 2);
  const start = { right: column + 2, left: column - letters.length - 1, above: middle, below: middle }[side];
  const line = { right: row, left: row, above: row - 1, below: row + 1 }[side];
  for (const [i, letter] of letters.entries()) {
    if (cells[line]?.[start + i] === undefined) throw new RangeError(`there is no room for "${label}"`);
    set(cells, start + i, line, letter);
  }
}

/** What is drawn between two axes, and where numbers lie on them. */
interface Frame {
  readonly x: Axis;
  readonly y: Axis;
  readonly across: (at: number) => number;
  readonly down: (at: number) => number;
}

function withAxes(cells: readonly string[][], { x, y, across, down }: Frame): string {
  const left = new Map(labelsOf(y).map(([at, text]) => [Math.round(steady(down(at))), text]));
  const lower = new Map(labelsOf(x).map(([at, text]) => [Math.round(steady(across(at))), text]));
  const margin = Math.max(...[...left.values()].map((text) => text.length));
  const width = cells[0]!.length;
  for (const row of left.keys()) if (cells[row] === undefined) throw new RangeError('a label lies below or above');
  for (const column of lower.keys()) if (column < 0 || column >= width) throw new RangeError('a label lies outside');

  const rows = cells.map(
    (row, i) => `${(left.get(i) ?? '').padStart(margin)} ${left.has(i) ? '┤' : '│'}${row.join('')}`,
  );
  const ticks = Array.from({ length: width }, (_, i) => (lower.has(i) ? '┬' : '─')).join('');
  let below = ' '.repeat(margin + 2);
  for (const [column, text] of [...lower].sort(([a], [b]) => a - b)) {
    const start = margin + 2 + column - Math.floor(text.length / 2);
    if (start < below.trimEnd().length + 1) throw new RangeError(`there is no room for "${text}"`);
    below = below.padEnd(start).slice(0, start) + text;
  }
  return [`${' '.repeat(margin + 1)}${y.name}`, ...rows, `${' '.repeat(margin + 1)}└${ticks}─ ${x.name}`, below]
    .map((line) => line.trimEnd())
    .join('\n');
}

function labelsOf({ labels }: Axis): (readonly [number, string])[] {
  return labels.map((label) => (typeof label === 'number' ? [label, shown(label)] : label));
}

/**
 * A number as the notes' prose writes it: `−8`, `0.5`, and with `e` where it is very small.
 *
 * @param value - the number
 * @param decimals - how many to round it to; without it, as many as it has
 */
export function shown(value: number, decimals?: number): string {
  const rounded = decimals === undefined ? value : Number(value.toFixed(decimals));
  const text = rounded !== 0 && Math.abs(rounded) < 0.01 ? rounded.toExponential() : String(rounded);
  return text.replace(/^-/, '−');
}
