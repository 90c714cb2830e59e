import { rowsOfOutline, stepsOf, wantedOf } from './cell';
import { Client } from './client';
import type { Shared } from './editing';

/*
 * A slider for an outline with a numeric column, and the curve of what its last check with a number of its own looks at.
 * Nothing here knows of any chapter.
 */

/** So many places of the curve are computed. */
const PLACES = 61;
const [WIDTH, HEIGHT, LEFT, BOTTOM] = [460, 240, 56, 26];

/** A sweep: a column, the quantity that is looked at, and where it begins and ends. */
interface Plan {
  readonly column: string;
  readonly quantity: string;
  readonly from: number;
  readonly to: number;
  /** Whether the column spans so much that it is looked at by its powers of ten. */
  readonly isLog: boolean;
}

function planOf(cell: HTMLElement): Plan | undefined {
  const rows = rowsOfOutline(cell);
  const steps = stepsOf(cell);
  const checks = steps.flatMap(({ text }) => {
    const [, quantity, expected] = /^(\S+) is (?:about )?(\S+)$/.exec(text) ?? [];
    return quantity === undefined || /[<>]/.test(quantity) ? [] : [{ quantity, expected: expected ?? '' }];
  });
  // a check whose number is the same in all rows looks at what does not move
  const quantity = (checks.filter(({ expected }) => expected.startsWith('<')).at(-1) ?? checks.at(-1))?.quantity;
  const acts = steps.slice(0, steps.map(({ below }) => typeof below === 'string').lastIndexOf(true) + 1);
  const used = JSON.stringify(acts);
  const column = [...(rows[0]?.values.keys() ?? [])].find(
    (name) => used.includes(`<${name}>`) && rows.every(({ values }) => isNumber(values.get(name))),
  );
  if (column === undefined || quantity === undefined || rows.length < 2) return undefined;
  const numbers = rows.map(({ values }) => Number(values.get(column)));
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  if (least === most) return undefined;
  // by powers of ten, if the rows go by them
  const sorted = [...new Set(numbers)].sort((x, y) => x - y);
  const isLog = least > 0 && sorted.every((x, i) => i === 0 || x / (sorted[i - 1] ?? x) >= 8);
  if (isLog) return { column, quantity, from: least, to: most, isLog };
  const room = (most - least) * 0.15;
  return { column, quantity, isLog, from: least > 0 ? 0 : least - room, to: most + room };
}

function isNumber(text = ''): boolean {
  return /^-?\d+(?:\.\d+)?(?:e-?\d+)?$/.test(text);
}

/**
 * Adds a slider and a curve to an outline, if there is a number to be moved.
 *
 * @param cell - the outline
 * @param shared - what all cells share
 */
export function addSweep(cell: HTMLElement, shared: Shared): { redraw(): void } | undefined {
  const plan = planOf(cell);
  if (plan === undefined) return undefined;
  const { column, quantity, from, to, isLog } = plan;
  const client = new Client();
  const curveClient = new Client();
  const place = document.createElement('div');
  place.innerHTML = `<div class="slider"><label></label><input type="range"><input type="number" step="any"><output></output></div><div class="curve scroll" tabindex="0"></div>`;
  const [slider, exact] = [...place.querySelectorAll('input')] as [HTMLInputElement, HTMLInputElement];
  const output = place.querySelector('output') as HTMLOutputElement;
  const curve = place.querySelector('.curve') as HTMLElement;
  (place.querySelector('label') as HTMLElement).textContent = `${column} =`;
  slider.setAttribute('aria-label', `${column}, a slider`);
  exact.setAttribute('aria-label', column);
  Object.assign(slider, { min: '0', max: '1000', step: '1' });
  const share = (x: number) => (isLog ? Math.log(x / from) / Math.log(to / from) : (x - from) / (to - from));
  const at = (part: number) => (isLog ? from * (to / from) ** part : from + part * (to - from));
  const points = new Map<number, number>();
  const rowNumbers = () =>
    rowsOfOutline(cell)
      .map(({ values }) => Number(values.get(column)))
      .filter(Number.isFinite);
  let now = rowNumbers()[0] ?? from;
  /** Whether only whole numbers can be filled in: how often something is done. */
  let isWhole = false;

  const wantedAt = (x: number) => {
    const values = new Map(rowsOfOutline(cell)[0]?.values);
    values.set(column, String(x));
    return { ...wantedOf(cell, values), isQuiet: true, quantity };
  };
  const show = async () => {
    exact.value = String(now);
    slider.value = String(Math.round(1000 * share(now)));
    await client.run({
      wanted: [wantedAt(now)],
      fault: shared.fault,
      hasLaws: false,
      take: (_, { value }) => {
        output.textContent =
          value === undefined ? '' : `${quantity} comes as ${Number(value.toPrecision(12))}`.replace('-', '−');
        if (value !== undefined)
          curve.innerHTML = drawn(plan, points, now, value, isWhole ? [...points.keys()] : rowNumbers());
      },
    });
  };
  const redraw = async () => {
    const xs = Array.from({ length: PLACES }, (_, i) => at(i / (PLACES - 1)));
    points.clear();
    const rows = rowNumbers();
    const all = [...xs, ...(rows.every(Number.isInteger) && !isLog ? wholeNumbers(from, to) : []), ...rows];
    await curveClient.run({
      wanted: all.map(wantedAt),
      fault: shared.fault,
      hasLaws: false,
      take: (i, { value }) => value !== undefined && Number.isFinite(value) && points.set(all[i] ?? 0, value),
    });
    isWhole = points.size > 0 && [...points.keys()].every(Number.isInteger);
    await show();
  };
  slider.addEventListener('input', () => {
    const there = at(Number(slider.value) / 1000);
    now = isWhole ? Math.round(there) : Number(there.toPrecision(3));
    void show();
  });
  exact.addEventListener('input', () => {
    if (!isNumber(exact.value)) return;
    now = Number(exact.value);
    void show();
  });
  cell.insertBefore(place, cell.querySelector('.tools'));
  void redraw();
  return { redraw: () => void redraw() };
}

/** The whole numbers between two, as far as anybody would look at all of them. */
function wholeNumbers(from: number, to: number): number[] {
  const first = Math.ceil(from);
  return Array.from({ length: Math.min(PLACES, Math.floor(to) - first + 1) }, (_, i) => first + i);
}

/** The curve, the rows on it, where the slider stands, and the slope at 0, if that is in sight: the promise of a gradient. */
function drawn(
  { column, quantity, from, to, isLog }: Plan,
  points: ReadonlyMap<number, number>,
  now: number,
  value: number,
  rows: readonly number[],
): string {
  const sorted = [...points].sort(([x], [y]) => x - y);
  const ys = [...sorted.map(([, y]) => y), value];
  const isLogUp = isLog && ys.every((y) => y > 0) && Math.max(...ys) / Math.min(...ys) > 50;
  const up = (y: number) => (isLogUp ? Math.log10(y) : y);
  const [low, high] = [Math.min(...ys.map(up)), Math.max(...ys.map(up))];
  const px = (x: number) => {
    const part = isLog ? Math.log(x / from) / Math.log(to / from) : (x - from) / (to - from);
    return LEFT + part * (WIDTH - LEFT - 12);
  };
  const py = (y: number) => HEIGHT - BOTTOM - ((up(y) - low) / (high - low || 1)) * (HEIGHT - BOTTOM - 14);
  const line = sorted.map(([x, y]) => `${px(x).toFixed(1)},${py(y).toFixed(1)}`).join(' ');
  const dots = rows.flatMap((x) => {
    const y = points.get(x);
    return y === undefined ? [] : [`<circle class="row" cx="${px(x)}" cy="${py(y)}" r="4"/>`];
  });
  const short = (x: number) => String(Number(x.toPrecision(4))).replace('-', '−');
  const [bottom, top] = isLogUp ? [10 ** low, 10 ** high] : [low, high];
  return `<svg width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${quantity} against ${column}, from ${short(from)} to ${short(to)}: ${quantity} is ${short(value)} at ${short(now)}">
<path class="axis" fill="none" d="M${LEFT} 8V${HEIGHT - BOTTOM}H${WIDTH - 8}"/>
<text x="${LEFT - 6}" y="16" text-anchor="end">${short(top)}</text><text x="${LEFT - 6}" y="${HEIGHT - BOTTOM}" text-anchor="end">${short(bottom)}</text>
<text x="${LEFT}" y="${HEIGHT - 8}">${short(from)}</text><text x="${WIDTH - 12}" y="${HEIGHT - 8}" text-anchor="end">${column}, up to ${short(to)}${isLog ? ', logarithmic' : ''}</text><text x="${LEFT + 8}" y="16">${quantity}</text>
${sorted.every(([x]) => Number.isInteger(x)) ? '' : tangent(sorted, isLog, px, py, to)}
<polyline class="line" points="${line}"/>${dots.join('')}
<circle class="now" cx="${px(now)}" cy="${py(value)}" r="5"/></svg>`;
}

function tangent(
  sorted: readonly (readonly [number, number])[],
  isLog: boolean,
  px: (x: number) => number,
  py: (y: number) => number,
  to: number,
): string {
  const [first, second] = sorted;
  if (isLog || first === undefined || second === undefined || first[0] !== 0) return '';
  // the first two places are so near to each other that their slope is nearly that at 0; half of the bend is taken out
  const third = sorted[2] ?? second;
  const slope = (-3 * first[1] + 4 * second[1] - third[1]) / (third[0] - first[0]);
  const isEven = Math.abs(third[0] - 2 * second[0]) < 1e-9 * to;
  const rise = isEven ? slope : (second[1] - first[1]) / second[0];
  const top = Math.max(...sorted.map(([, y]) => y));
  const low = Math.min(...sorted.map(([, y]) => y));
  const end = Math.min(to, rise > 0 ? (top - first[1]) / rise : rise < 0 ? (low - first[1]) / rise : to);
  if (!(end > 0)) return '';
  const [x, y] = [px(end), py(first[1] + rise * end)];
  return `<path class="tangent" fill="none" d="M${px(0)} ${py(first[1])}L${x} ${y}"/><text x="${x + 4}" y="${y + 12}">as promised at 0</text>`;
}
