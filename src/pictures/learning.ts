/*
 * Pictures of learning: a curve, and the regions that a decision boundary parts. Both are plain SVG.
 */

const WIDTH = 420;
const HEIGHT = 280;
const MARGIN = 34;

/**
 * Draws how a loss fell, step by step.
 *
 * @param losses - the loss before each step and after the last, shape [steps + 1]; fewer while it is still learned
 * @param steps - how many steps there are, or will be
 */
export function drawCurve(losses: readonly number[], steps = losses.length - 1): string {
  const top = Math.max(...losses);
  const last = losses.length - 1;
  const points = losses.map((loss, i) => `${across(i / steps)},${up(loss / top)}`);
  return svg(`
    <path d="M${MARGIN} ${up(1)}V${up(0)}H${across(1)}" fill="none" stroke="#666"/>
    <polyline points="${points.join(' ')}" fill="none" stroke="#2f6f4f" stroke-width="2"/>
    ${text(MARGIN, up(1) - 6, 'start', `loss, up to ${short(top)}`)}
    ${text(MARGIN, up(0) + 16, 'start', `${short(losses[0])} at first`)}
    ${last === 0 ? '' : text(across(last / steps), up((losses[last] as number) / top) - 6, last < steps / 2 ? 'start' : 'end', short(losses[last]))}
    ${text(across(1), up(0) + 16, 'end', last < steps ? `step ${last} of ${steps}` : `after ${last} steps`)}`);
}

/** A point of the plane, and on which side of the boundary it belongs or was put. */
export interface Marked {
  readonly x: number;
  readonly y: number;
  /** Positive on one side, negative on the other. */
  readonly side: number;
}

/** How many cells the plane is divided into, each way. */
const CELLS = 30;

/** A rectangle of the plane. */
interface Frame {
  readonly left: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The middles of the cells that a picture of the plane around some points is divided into.
 *
 * @param points - what the picture is to show
 */
export function grid(points: readonly { readonly x: number; readonly y: number }[]): { x: number; y: number }[] {
  const { left, bottom, width, height } = frame(points);
  return Array.from({ length: CELLS * CELLS }, (_, i) => ({
    x: left + (width * ((i % CELLS) + 0.5)) / CELLS,
    y: bottom + (height * (Math.floor(i / CELLS) + 0.5)) / CELLS,
  }));
}

/**
 * Draws points over the plane that a decision boundary parts.
 *
 * @param points - the points, by the side on which they belong
 * @param plane - the middles of the cells, see {@link grid}, by the side on which the boundary puts them
 */
export function drawBoundary(points: readonly Marked[], plane: readonly Marked[]): string {
  const { left, bottom, width, height } = frame(points);
  const [w, h] = [(WIDTH - 2 * MARGIN) / CELLS, (HEIGHT - 2 * MARGIN) / CELLS];
  const place = ({ x, y }: Marked) => [across((x - left) / width), up((y - bottom) / height)] as const;
  const cells = plane.map((cell) => {
    const [x, y] = place(cell);
    const fill = cell.side > 0 ? '#f6d5c5' : '#cfdcef';
    return `<rect x="${x - w / 2}" y="${y - h / 2}" width="${w + 0.5}" height="${h + 0.5}" fill="${fill}"/>`;
  });
  const dots = points.map((point) => {
    const [x, y] = place(point);
    return dot(x, y, point.side);
  });
  const legend = [
    { side: 1, words: 'above 0', x: MARGIN },
    { side: -1, words: 'below 0', x: WIDTH / 2 },
  ].map(({ side, words, x }) => `${dot(x + 4, up(0) + 18, side)}${text(x + 12, up(0) + 22, 'start', words)}`);
  return svg([...cells, ...dots, ...legend].join('\n'));
}

function dot(x: number, y: number, side: number): string {
  return `<circle cx="${x}" cy="${y}" r="3.5" fill="${side > 0 ? '#c4552d' : '#3563a8'}" stroke="#fff"/>`;
}

/** The points, with some room around them. */
function frame(points: readonly { readonly x: number; readonly y: number }[]): Frame {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [left, right] = [Math.min(...xs) - 0.3, Math.max(...xs) + 0.3];
  const [bottom, top] = [Math.min(...ys) - 0.3, Math.max(...ys) + 0.3];
  return { left, bottom, width: right - left, height: top - bottom };
}

function across(share: number): number {
  return round(MARGIN + share * (WIDTH - 2 * MARGIN));
}

function up(share: number): number {
  return round(HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN));
}

function round(x: number): number {
  return Number.isFinite(x) ? Math.round(x * 100) / 100 : 0;
}

function short(x = Number.NaN): string {
  return String(Number(x.toPrecision(4)));
}

function text(x: number, y: number, anchor: string, words: string): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" font-family="Helvetica" font-size="12">${words}</text>`;
}

function svg(content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${content}</svg>`;
}
