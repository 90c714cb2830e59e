import type { Spread } from '../measuring/statistics';
import { shown } from '../ratios';

/*
 * Just as much of plotting as the measurements need: dots with their quartiles along a logarithmic axis, and lines over two of
 * them. A picture has its own background, so that it can be read on a light page and on a dark one.
 */

/** A part of a picture: how high it is, and what it shows, drawn from its upper left corner. */
export interface Panel {
  readonly height: number;
  readonly marks: string;
}

/** Something that was measured, on a line of its own. */
export interface Row {
  readonly label: string;
  readonly spread: Spread;
}

/** Several measurements of one thing, from left to right. */
export interface Series {
  readonly label: string;
  /** Which of the colours it has, and whether its line is broken. */
  readonly colour: 1 | 2 | 3;
  readonly isBroken: boolean;
  readonly points: readonly { readonly x: number; readonly spread: Spread }[];
}

const WIDTH = 860;
/** Where the axis begins, and where it ends. */
const [LEFT, RIGHT] = [270, 820];
const LINE = 20;

/**
 * Rows of dots along one logarithmic axis, in groups.
 *
 * @param title - what is shown, and in which unit
 * @param groups - the rows, each group under its own name
 * @param unit - what stands behind a number
 * @param at - a number to mark, such as 1
 */
export function dots(
  title: string,
  groups: readonly { readonly name: string; readonly rows: readonly Row[] }[],
  unit: string,
  at?: number,
): Panel {
  const all = groups.flatMap(({ rows }) => rows.flatMap(({ spread }) => [spread.low, spread.high]));
  const scale = logarithmic([...all, ...(at === undefined ? [] : [at])], LEFT, RIGHT);
  let y = 44;
  const top = y;
  const marks: string[] = [];
  for (const { name, rows } of groups) {
    if (name !== '') {
      marks.push(text(LEFT - 10, y + 12, name, 'group end'));
      y += LINE;
    }
    for (const { label, spread } of rows) {
      const middle = y + LINE / 2;
      const [low, x, high] = [spread.low, spread.median, spread.high].map(scale.place) as [number, number, number];
      const isLate = high > RIGHT - 70;
      marks.push(
        text(LEFT - 10, middle + 4, label, 'end'),
        line(low, middle, high, middle, 'spread c1'),
        `<circle cx="${n(x)}" cy="${n(middle)}" r="4" class="dot c1"/>`,
        text(
          isLate ? low - 9 : high + 9,
          middle + 4,
          `${shown(spread.median)}${unit}`,
          isLate ? 'number end' : 'number',
        ),
      );
      y += LINE;
    }
    y += 6;
  }
  const grid = scale.ticks.map((tick) => {
    const x = scale.place(tick);
    return line(x, top, x, y, tick === at ? 'one' : 'grid') + text(x, y + 16, power(tick), 'tick middle');
  });
  return { height: y + 40, marks: [text(20, 22, title, 'title'), ...grid, ...marks].join('\n') };
}

/**
 * Lines over two logarithmic axes.
 *
 * @param title - what is shown, and in which unit
 * @param series - the lines
 * @param below - what the axis below counts
 */
export function lines(title: string, series: readonly Series[], below: string): Panel {
  const points = series.flatMap((each) => each.points);
  const [top, bottom, left, right] = [44, 264, 70, 560];
  const across = logarithmic(
    points.map(({ x }) => x),
    left,
    right,
  );
  const up = logarithmic(
    points.flatMap(({ spread }) => [spread.low, spread.high]),
    bottom,
    top,
  );
  const grid = [
    ...across.ticks.map((tick) => {
      const x = across.place(tick);
      return line(x, top, x, bottom, 'grid') + text(x, bottom + 16, power(tick), 'tick middle');
    }),
    ...up.ticks.map((tick) => {
      const y = up.place(tick);
      return line(left, y, right, y, 'grid') + text(left - 8, y + 4, power(tick), 'tick end');
    }),
    text((left + right) / 2, bottom + 34, below, 'tick middle'),
  ];
  const marks = series.flatMap(({ label, colour, isBroken, points }, i) => {
    const places = points.map(({ x, spread }) => ({ x: across.place(x), y: up.place(spread.median), spread }));
    const path = places.map(({ x, y }, k) => `${k === 0 ? 'M' : 'L'}${n(x)} ${n(y)}`).join(' ');
    const key = top + 14 + i * LINE;
    const style = `c${colour}${isBroken ? ' broken' : ''}`;
    return [
      `<path d="${path}" class="line ${style}"/>`,
      ...places.flatMap(({ x, y, spread }) => [
        line(x, up.place(spread.low), x, up.place(spread.high), `spread c${colour}`),
        `<circle cx="${n(x)}" cy="${n(y)}" r="4" class="dot c${colour}"/>`,
      ]),
      `<path d="M580 ${key} L610 ${key}" class="line ${style}"/>`,
      text(618, key + 4, label, ''),
    ];
  });
  return { height: bottom + 54, marks: [text(20, 22, title, 'title'), ...grid, ...marks].join('\n') };
}

/**
 * A picture of some panels, one below the other.
 *
 * @param title - what it shows, for those who cannot see it
 * @param panels - the panels
 */
export function picture(title: string, panels: readonly Panel[]): string {
  let y = 10;
  const drawn = panels.map(({ height, marks }) => {
    const group = `<g transform="translate(0 ${y})">\n${marks}\n</g>`;
    y += height;
    return group;
  });
  y += 30;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${n(y)}" role="img" aria-label="${escaped(title)}">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
<rect width="${WIDTH}" height="${n(y)}" rx="8" class="page"/>
${drawn.join('\n')}
${text(20, y - 20, 'A dot: the middle one of the rounds. The bar on it: the quartiles.', 'tick')}
</svg>
`;
}

const STYLE = `
svg { --page: #ffffff; --ink: #1f2328; --pale: #59636e; --grid: #d8dee4; --c1: #0b62c4; --c2: #b35900; --c3: #1a7f37 }
@media (prefers-color-scheme: dark) {
svg { --page: #14181d; --ink: #e6edf3; --pale: #9aa4af; --grid: #333b44; --c1: #6cb2ff; --c2: #f0a04b; --c3: #57c46e }
}
.page { fill: var(--page) }
text { font: 12px system-ui, sans-serif; fill: var(--ink) }
.title { font-size: 15px; font-weight: 600 }
.group { font-weight: 600 }
.tick, .number { fill: var(--pale) }
.number { paint-order: stroke; stroke: var(--page); stroke-width: 4px }
.end { text-anchor: end }
.middle { text-anchor: middle }
.grid { stroke: var(--grid) }
.one { stroke: var(--pale) }
.dot.c1 { fill: var(--c1) }
.dot.c2 { fill: var(--c2) }
.dot.c3 { fill: var(--c3) }
.spread, .line { fill: none; stroke-width: 2 }
.line.c1, .spread.c1 { stroke: var(--c1) }
.line.c2, .spread.c2 { stroke: var(--c2) }
.line.c3, .spread.c3 { stroke: var(--c3) }
.broken { stroke-dasharray: 6 4 }
`;

interface Scale {
  readonly place: (x: number) => number;
  /** Powers of ten. */
  readonly ticks: readonly number[];
}

function logarithmic(numbers: readonly number[], from: number, to: number): Scale {
  const logs = numbers.map(Math.log10);
  const low = Math.floor(Math.min(...logs) + 1e-9);
  const high = Math.max(low + 1, Math.ceil(Math.max(...logs) - 1e-9));
  return {
    place: (x) => from + ((Math.log10(x) - low) / (high - low)) * (to - from),
    ticks: Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i)),
  };
}

function power(x: number): string {
  return x.toLocaleString('en', { maximumSignificantDigits: 1 });
}

function line(x1: number, y1: number, x2: number, y2: number, style: string): string {
  return `<line x1="${n(x1)}" y1="${n(y1)}" x2="${n(x2)}" y2="${n(y2)}" class="${style}"/>`;
}

function text(x: number, y: number, words: string, style: string): string {
  return `<text x="${n(x)}" y="${n(y)}" class="${style}">${escaped(words)}</text>`;
}

function n(x: number): string {
  return String(Number(x.toFixed(1)));
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
