/*
 * Reads what is drawn with wires, as a grid of characters:
 *
 *     a  2 ──┐
 *           [×]── e −6
 *     b −3 ──┘
 *
 * Data flows from left to right. A wire leaves a thing at its right, and comes in at its left, or at an operation also
 * from above and from below. Where wires meet they are joined: none passes over another.
 */

/** Something that wires lead to. */
export interface Thing {
  /** `[×]` is an operation; `(3)` in the middle of a wire is a share; all else is a label. */
  readonly kind: 'label' | 'operation' | 'share';
  /** What is written there, without the brackets. */
  readonly text: string;
  readonly row: number;
  /** The column of its first character, and the one after its last. */
  readonly from: number;
  readonly to: number;
}

/** Where a wire ends: a side of a thing. */
export interface End {
  readonly thing: Thing;
  readonly side: Side;
}

export type Side = 'left' | 'right' | 'above' | 'below';

/** What is drawn: things, and the ends that each wire has, however many branches there are. */
export interface Wiring {
  readonly things: readonly Thing[];
  readonly wires: readonly (readonly End[])[];
}

/** The directions in which each character leads. */
const ARMS: Readonly<Record<string, readonly Side[]>> = {
  '─': ['left', 'right'],
  '│': ['above', 'below'],
  '┌': ['right', 'below'],
  '┐': ['left', 'below'],
  '└': ['right', 'above'],
  '┘': ['left', 'above'],
  '├': ['right', 'above', 'below'],
  '┤': ['left', 'above', 'below'],
  '┬': ['left', 'right', 'below'],
  '┴': ['left', 'right', 'above'],
  '┼': ['left', 'right', 'above', 'below'],
};
const WIRES = Object.keys(ARMS).join('');
const STEPS: Readonly<Record<Side, readonly [row: number, column: number]>> = {
  left: [0, -1],
  right: [0, 1],
  above: [-1, 0],
  below: [1, 0],
};
const OPPOSITE = { left: 'right', right: 'left', above: 'below', below: 'above' } as const;
/** What there is besides wires. A share has a wire on either side; a label may have spaces within. */
const OPERATION = '(?<operation>\\[[^\\]]+\\])';
const SHARE = `(?<share>(?<=[${WIRES}])\\([^)]*\\)(?=[${WIRES}]))`;
const LABEL = `[^\\s${WIRES}[](?:[^${WIRES}[]*[^\\s${WIRES}[])?`;
const THING = new RegExp(`${OPERATION}|${SHARE}|${LABEL}`, 'g');

/**
 * Reads a drawing.
 *
 * @param drawing - its lines; a line without any wire is a remark, and is passed over
 * @throws Error if a wire ends at nothing, or runs into the side of another
 */
export function readWires(drawing: string): Wiring {
  const lines = drawing.split('\n').map((line) => (isWired(line) ? [...line] : []));
  const things = lines.flatMap((line, row) => [...line.join('').matchAll(THING)].map((match) => thing(match, row)));
  const seen = new Set<string>();
  const wires: End[][] = [];
  for (const [row, line] of lines.entries()) {
    for (const [column, character] of line.entries()) {
      if (character in ARMS && !seen.has(`${row} ${column}`)) wires.push(follow(row, column));
    }
  }
  return { things, wires };

  /** Follows a wire through all its branches, from one of its characters. */
  function follow(row: number, column: number): End[] {
    const key = `${row} ${column}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return ARMS[lines[row]![column]!]!.flatMap((side) => {
      const [down, right] = STEPS[side];
      const next = lines[row + down]?.[column + right] ?? ' ';
      if (next in ARMS) {
        if (ARMS[next]!.includes(OPPOSITE[side])) return follow(row + down, column + right);
        throw new Error(`${place(row, column)} runs into the side of another wire`);
      }
      const found = endAt(row, column, side);
      if (found === undefined) throw new Error(`${place(row, column)} ends at nothing`);
      return [{ thing: found, side: OPPOSITE[side] }];
    });
  }

  /** What a wire meets: of a label, spaces may keep it apart; an operation may be met from above and from below. */
  function endAt(row: number, column: number, side: Side): Thing | undefined {
    if (side === 'above' || side === 'below') {
      const [down] = STEPS[side];
      return things.find((each) => each.kind === 'operation' && each.row === row + down && isOver(each, column));
    }
    const here = things.filter((each) => each.row === row);
    const next =
      side === 'right'
        ? here.find((each) => each.from > column)
        : here.filter((each) => each.to <= column).sort((a, b) => b.to - a.to)[0];
    if (next === undefined) return undefined;
    const between = side === 'right' ? lines[row]!.slice(column + 1, next.from) : lines[row]!.slice(next.to, column);
    return between.length === 0 || (next.kind === 'label' && between.every((each) => each === ' ')) ? next : undefined;
  }

  function place(row: number, column: number): string {
    return `the wire in line ${row + 1}, column ${column + 1}, "${lines[row]!.join('').trim()}",`;
  }
}

/**
 * Whether a line has any piece of a wire: else it is a remark.
 *
 * @param line - a line of a drawing
 */
export function isWired(line: string): boolean {
  return new RegExp(`[${WIRES}]`).test(line);
}

function thing({ 0: text, index, groups }: RegExpMatchArray, row: number): Thing {
  const kind = groups?.operation ? 'operation' : groups?.share ? 'share' : 'label';
  const from = index ?? 0;
  return { kind, text: kind === 'label' ? text : text.slice(1, -1).trim(), row, from, to: from + [...text].length };
}

/** Whether a column is over the sign within the brackets. */
function isOver({ from, to }: Thing, column: number): boolean {
  return from < column && column < to - 1;
}
