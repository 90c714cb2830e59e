import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { blocksOf, strayLines } from './drawings/blocks';
import { faultsOfGraph, isShownAs, readGraph } from './drawings/graph';
import { DRAWINGS, inNotes } from './drawings/list';
import { faultsOfNetwork } from './drawings/network';
import { DASHES, DOTS, plot, shown } from './drawings/plot';
import { faultsOfTable } from './drawings/table';
import { ROOT } from './run-spec';

/*
 * The drawings of the notes are true: what is computed stands in its chapter exactly as it is computed, and what is drawn
 * by hand is read and compared with what the engine finds.
 */

const folder = join(ROOT, 'features');
const chapters = readdirSync(folder)
  .filter((name) => name.endsWith('.feature'))
  .map((name) => ({ chapter: Number.parseInt(name, 10), text: readFileSync(join(folder, name), 'utf8') }));
const blocks = chapters.flatMap(({ chapter, text }) => blocksOf(text).map((block) => ({ chapter, block })));

describe('the drawings of the notes', () => {
  it.each(DRAWINGS)('are what they should be: in chapter $chapter, "$key"', async ({ chapter, key, make, faults }) => {
    const found = blocks.filter((each) => each.chapter === chapter && each.block.includes(key));
    const missing = found.length > 0 || make === undefined ? '' : `; it should be\n\n${inNotes(make())}\n`;
    expect(found, `drawings in chapter ${chapter} with "${key}"${missing}`).toHaveLength(1);
    expect((await faults(found[0]!.block)).join('\n')).toBe('');
  });

  it('are all looked at', () => {
    const isListed = ({ chapter, block }: (typeof blocks)[number]) =>
      DRAWINGS.some((each) => each.chapter === chapter && block.includes(each.key));
    expect(blocks.filter((each) => !isListed(each)).map(({ block }) => block)).toEqual([]);
    expect(chapters.flatMap(({ text }) => strayLines(text))).toEqual([]);
  });

  it('have a key each, that no other one of the chapter could be taken for', () => {
    for (const one of DRAWINGS) {
      const same = DRAWINGS.filter((other) => other.chapter === one.chapter && other.key.includes(one.key));
      expect(same).toEqual([one]);
    }
  });
});

describe('a drawing in a chapter', () => {
  it('is found where it is set off from the prose', () => {
    const chapter = '  Prose.\n\n      a ─┐\n       b ┘\n\n      no drawing\n  More.\n        c ─ d\n\n    e ─ f';
    expect(blocksOf(chapter)).toEqual(['a ─┐\n b ┘', 'c ─ d']);
    expect(strayLines(chapter)).toEqual(['    e ─ f']);
  });

  it('that is computed is wrong with one other character, and is told as it should be', async () => {
    const { make, faults } = DRAWINGS.find(({ key }) => key === 'o = tanh n')!;
    const right = make!();
    expect(await faults(right)).toEqual([]);
    for (const [i, character] of [...right].entries()) {
      if (i % 40 > 0) continue;
      const wrong = right.slice(0, i) + (character === '·' ? ' ' : '·') + right.slice(i + 1);
      expect(await faults(wrong)).toEqual([`it should be\n\n${inNotes(right)}\n`]);
    }
  });
});

const lines = (...all: string[]) => all.join('\n');
const RUNNING = {
  drawing: lines(
    'a  2 (6) ───┐',
    '           [×]── e −6 (−2) ──┐',
    'b −3 (−4) ──┘               [+]── d 4 (−2) ──┐',
    'c 10 (−2) ───────────────────┘              [×]── L −8 (1)',
    'f −2 (4) ────────────────────────────────────┘',
  ),
  program: { leaves: { a: 2, b: -3, c: 10, f: -2 }, code: 'e = a * b\nd = e + c\nL = d * f' },
};
const DIAMOND = {
  drawing: lines(
    'a −2 (−3) ──┬─────────────────────(3)──┐',
    '            │                         [×]── d −6 (1) ──┐',
    '            │      b 3 (−8) ──┬──(−2)──┘               │',
    '            │                 │                       [×]── f −6 (1)',
    '            │                 └──(−6)──┐               │',
    '            │                         [+]── e 1 (−6) ──┘',
    '            └────────────────────(−6)──┘',
  ),
  program: { leaves: { a: -2, b: 3 }, code: 'd = a * b\ne = a + b\nf = d * e' },
};
const TWICE = {
  drawing: lines('a 3 (0) ──┬──(1)───┐', '          │       [−]── b 0 (1)', '          └──(−1)──┘'),
  program: { leaves: { a: 3 }, code: 'b = a - a' },
};
const NUMBERS = {
  drawing: lines('1 ─────────┐', '          [÷]──[tanh]── y 0.4621 (1)', 'x 2 (−0.20)┘'),
  program: { leaves: { x: 2 }, code: 'y = tanh(1 / x)' },
};
const GRAPHS = [RUNNING, DIAMOND, TWICE, NUMBERS];
const BOX = [...'─│┌┐└┘├┤┬┴┼ '];

/** A text with another character in one place. */
const changed = (text: string, i: number, to: string) => text.slice(0, i) + to + text.slice(i + 1);

describe('a graph', () => {
  it.each(GRAPHS)('is read, and is what the code makes: $program.code', async ({ drawing, program }) => {
    expect(await faultsOfGraph(drawing, program)).toEqual([]);
  });

  it.each(GRAPHS)('is wrong with any other digit, sign or name: $program.code', async ({ drawing, program }) => {
    for (const [i, character] of [...drawing].entries()) {
      const others = /\d/.test(character) ? [...'0123456789'] : character === '−' ? [' ', '+'] : [];
      if (/[a-zL]/.test(character)) others.push('k');
      if (/[×+÷]/.test(character)) others.push('−');
      for (const other of others.filter((each) => each !== character)) {
        const wrong = changed(drawing, i, other);
        expect(await faultsOfGraph(wrong, program), wrong).not.toEqual([]);
      }
    }
  });

  it.each(GRAPHS)('is wrong with any other piece of a wire: $program.code', async ({ drawing, program }) => {
    const right = JSON.stringify(readGraph(drawing));
    for (const [i, character] of [...drawing].entries()) {
      if (character === ' ' || !BOX.includes(character)) continue;
      for (const other of BOX.filter((each) => each !== character)) {
        const wrong = changed(drawing, i, other);
        // a label may stand farther away from its wire
        if (other === ' ' && isRead(wrong) && JSON.stringify(readGraph(wrong)) === right) continue;
        expect(await faultsOfGraph(wrong, program), wrong).not.toEqual([]);
      }
    }
  });

  test.each([
    [
      'a wire that was moved to another operation',
      lines(
        'a  2 ──────────────┐',
        'c 10 ──┐          [+]── d 4 ──┐',
        '      [×]── e −6 ──┘         [×]── L −8',
        'b −3 ──┘                      │',
        'f −2 ─────────────────────────┘',
      ),
      RUNNING,
      'a is drawn where the code has e',
    ],
    [
      'a share of another node',
      DIAMOND.drawing.replace('(3)─', '(−6)'),
      DIAMOND,
      'the share from d to a is 3, and drawn as −6',
    ],
    [
      'a node that is drawn twice',
      lines('a 3 ──┐', '     [−]── b 0', 'a 3 ──┘'),
      TWICE,
      'a is drawn where the code has a once more',
    ],
    [
      'one node where there are two',
      lines('a 3 ──┬──┐', '      │ [+]── c 6', '      └──┘'),
      { program: { leaves: { a: 3, b: 3 }, code: 'c = a + b' } },
      'a is drawn where the code has b once more',
    ],
    [
      'a difference the other way round',
      lines('x 2 ──┐', '     [−]── y', '1 ────┘'),
      { program: { leaves: { x: 2 }, code: 'y = 1 - x' } },
      'x is drawn where the code has the number 1',
    ],
    [
      'another operation',
      lines('x 2 ──┐', '     [×]── y', '2 ────┘'),
      { program: { leaves: { x: 2 }, code: 'y = x + 2' } },
      'y is made by add, and drawn as mul',
    ],
    ['an operand too few', 'x 2 ──[+]── y', { program: { leaves: { x: 2 }, code: 'y = x + x' } }, 'y has 2 operands'],
    ['two outputs', lines('x ─┬─[tanh]── y', '   └─[exp]── z'), NUMBERS, 'one output is expected, and 2 are drawn'],
    ['wires that come together', lines('x ─┬─[tanh]── y', 'z ─┘'), NUMBERS, 'the wires from "x" and "z" come together'],
    ['an operation without a result', 'x ──[tanh]', NUMBERS, 'nothing comes out of "tanh"'],
    ['a wire without a beginning', lines('┌─[tanh]── y', '└─[exp]── z'), NUMBERS, 'nothing goes into the wire to'],
    ['a node without a wire', lines('x ─┐ z', '   └─[tanh]── y'), NUMBERS, 'no wire leads to "z"'],
    ['a wire without an operation', 'x ── y', NUMBERS, 'a wire leads from "x" to "y", without an operation'],
    [
      'a share that goes nowhere',
      'x ──[tanh]─(1)─ y',
      NUMBERS,
      'a share stands before "y", and not before an operation',
    ],
    ['an operation that nobody knows', 'x ──[tank]── y', NUMBERS, 'there is no operation "tank"'],
    ['a number that is no part of it', `${NUMBERS.drawing}\nx is 3`, NUMBERS, 'a number without a wire'],
    ['a label that is none', 'x is 2 ──[tanh]── y', NUMBERS, '"x is 2" is no node'],
  ])('is wrong with %s', async (_, drawing, { program }, fault) => {
    expect((await faultsOfGraph(drawing, program)).join('\n')).toContain(fault);
  });

  it('may show the operands of a sum in either order', async () => {
    const drawing = lines('c 10 ───────────────┐', 'b −3 ──┐           [+]── d 4', '      [×]── e −6 ───┘', 'a  2 ──┘');
    const program = { leaves: { a: 2, b: -3, c: 10 }, code: 'e = a * b\nd = e + c' };
    expect(await faultsOfGraph(drawing, program)).toEqual([]);
  });
});

function isRead(drawing: string): boolean {
  try {
    readGraph(drawing);
    return true;
  } catch {
    return false;
  }
}

it('a number is shown as it is, or rounded to the decimals shown', () => {
  for (const [text, value] of [
    ['−6', -6],
    ['0.123', 0.12345],
    ['0.5', 0.49999999999999994],
    ['−1.50', -1.5],
  ] as const) {
    expect(isShownAs(text, value), text).toBe(true);
  }
  for (const [text, value] of [
    ['−6', -6.2],
    ['0.124', 0.12345],
    ['0', 0.2],
    ['6', -6],
    ['six', 6],
  ] as const) {
    expect(isShownAs(text, value), text).toBe(false);
  }
});

describe('a network', () => {
  const drawing = lines(
    'x1 ─┐  ┌─ o ─┐',
    '    ├──┤     ├─ o ── y',
    'x2 ─┘  └─ o ─┘',
    '2 · (2 + 1) = 6, 1 · (2 + 1) = 3: together 9',
  );
  const size = { inputs: 2, layers: [2, 1] };
  it("is read, and is the engine's own", () => {
    expect(faultsOfNetwork(drawing, size)).toEqual([]);
  });

  test.each([
    ['together 9', 'together 8', 'number of all parameters: 9, and drawn 8'],
    ['= 6', '= 4', 'sums'],
    ['2 · (2 + 1)', '2 · (3 + 1)', 'sums'],
    ['x2 ─┘ ', '    │ ', 'ends at nothing'],
    ['└─ o ─┘', '└─────┘', 'neurons'],
  ])('is wrong with another piece: %s', (right, wrong, fault) => {
    expect(faultsOfNetwork(drawing.replace(right, wrong), size).join('\n')).toContain(fault);
  });
});

describe('a table of operations', () => {
  const table = lines(
    'z           ∂z/∂x                ∂z/∂y               why',
    '────────────────────────────────────────────────────────',
    'x + y       1                    1',
    'x - y       1                    -1',
    'x * y       y                    x',
    'x / y       1 / y                -x / y**2',
    'x ** y      y * x**(y - 1)       z * log(x)',
    '-x          -1                                       turned round',
    'exp(x)      z',
    'log(x)      1 / x',
    'tanh(x)     1 - z**2                                 flat far out',
    'relu(x)     1 if x > 0, else 0',
    'sigmoid(x)  z * (1 - z)',
    'sqrt(x)     0.5 / z',
    'abs(x)      1 if x > 0, else -1',
    'sin(x)      cos(x)',
    'cos(x)      -sin(x)',
    'max(x, y)   1 if x > y, else 0   1 if y > x, else 0',
    'min(x, y)   1 if x < y, else 0   1 if y < x, else 0',
  );

  test.each([
    ['1 - z**2', '1 + z**2', 'tanh(x) by x: at x = 2, y = 3, 1 + z**2 is'],
    ['-x / y**2', '-x / y', 'x / y by y'],
    ['z * log(x)', 'z * log(y)', 'x ** y by y'],
    ['1 if x > 0, else -1', '1 if x > 0, else 0', 'abs(x) by x: at x = -1.25'],
    ['1 if y < x', '1 if y > x', 'min(x, y) by y'],
    ['sqrt(x) ', 'sqrt(y) ', 'sqrt is expected once'],
  ])('is wrong with another formula: %s', async (right, wrong, fault) => {
    expect(await faultsOfTable(table)).toEqual([]);
    expect(table).toContain(right);
    expect((await faultsOfTable(table.replace(right, wrong.padEnd(right.length)))).join('\n')).toContain(fault);
  });

  it('has each operation once', async () => {
    const without = table.replace(/\nrelu.*/, '');
    expect(await faultsOfTable(without)).toEqual(['relu is expected once']);
    expect(await faultsOfTable(`${table}\n${table.split('\n').at(-1)}`)).toEqual(['min is expected once']);
  });
});

describe('a plot', () => {
  const x = { from: 0, to: 2, labels: [0, 1, 2], name: 'x' };
  const y = { ...x, name: 'y' };

  it('has axes, curves and points', () => {
    const curves = [{ f: (at: number) => at, mark: '*' }];
    expect(
      plot({ width: 9, height: 3, x, y, curves, points: [{ x: 2, y: 0, mark: 'o', label: 'end', side: 'left' }] }),
    ).toBe(lines('  y', '2 ┤       **', '1 ┤   ****', '0 ┤*** end o', '  └┬───┬───┬─ x', '   0   1   2'));
  });

  it('has one mark in each row of a steep curve, and none where there is no number', () => {
    const curves = [{ f: (at: number) => (at < 1 ? Number.NaN : 4 * (at - 1)), mark: '*' }];
    expect(plot({ width: 5, height: 5, x, y: { ...y, labels: [0] }, curves })).toBe(
      lines('  y', '  │   *', '  │   *', '  │  *', '  │  *', '0 ┤  *', '  └┬─┬─┬─ x', '   0 1 2'),
    );
  });

  it('draws a smooth curve in thirds of a row, and a second one otherwise', () => {
    const curves = [
      { f: (at: number) => 1 - at / 2, mark: DASHES },
      { f: (at: number) => at / 2, mark: DOTS },
    ];
    expect(plot({ width: 7, height: 3, x, y: { ...y, to: 1, labels: [0, 1] }, curves })).toBe(
      lines('  y', '1 ┤-_   .·', '  │  .·˙', '0 ┤·˙   ¯-', '  └┬──┬──┬─ x', '   0  1  2'),
    );
  });

  it('does not depend on the last digits of a number', () => {
    const draw = (noise: number) =>
      plot({ width: 41, height: 9, x, y, curves: [{ f: (at) => at * (1 + noise), mark: DOTS }] });
    expect(draw(1e-14)).toBe(draw(0));
    expect(draw(-1e-14)).toBe(draw(0));
  });

  it('has an axis of equal factors', () => {
    const log = { from: 1, to: 1e-4, isLog: true, labels: [1, 1e-2, 1e-4], name: 'h' };
    const points = [1, 1e-1, 1e-2, 1e-3, 1e-4].map((h) => ({ x: h, y: h, mark: 'o' }));
    expect(plot({ width: 13, height: 5, x: log, y: { ...log, from: 1e-4, to: 1, name: 'error' }, points })).toBe(
      lines(
        '     error',
        '   1 ┤o',
        '     │   o',
        '0.01 ┤      o',
        '     │         o',
        '1e-4 ┤            o',
        '     └┬─────┬─────┬─ h',
        '      1   0.01  1e-4',
      ),
    );
  });

  test.each([
    ['a point', { points: [{ x: 3, y: 0, mark: 'o' }] }, '(3, 0) lies outside the drawing'],
    ['what is written', { points: [{ x: 2, y: 0, mark: 'o', label: 'end' }] }, 'there is no room for "end"'],
    ['a label of the lower axis', { x: { ...x, labels: [3] } }, 'a label lies outside'],
    ['a label of the left axis', { y: { ...x, labels: [3] } }, 'a label lies below or above'],
    ['a label over another', { x: { ...x, labels: [0, 0.25] } }, 'there is no room for "0.25"'],
  ])('refuses %s that has no room', (_, wrong, message) => {
    expect(() => plot({ width: 9, height: 3, x, y, ...wrong })).toThrow(message);
  });
});

it.each([
  [-8, undefined, '−8'],
  [5.3445, 2, '5.34'],
  [1e-6, undefined, '1e-6'],
  [-0.0001, undefined, '−1e-4'],
  [0, undefined, '0'],
  [0.05, undefined, '0.05'],
])('%d is shown as a number of prose', (value, decimals, text) => {
  expect(shown(value, decimals)).toBe(text);
});
