import { Decimal } from 'decimal.js';
import { describe, expect, it, test, vi } from 'vitest';
import { type Expression, parse } from '../src/notebook/notation';
import { apply } from '../src/protocol/operations';
import { blank, type Chapter, type Line, type Part, readChapter, readChapters, type Text, together } from './chapters';
import { native, runNotes } from './notes';

/*
 * The notes say no number that no scenario has. And no scenario reads a number that was computed before a leaf moved, unless
 * that is its point.
 */

const { bundledEngine } = native('../src/engines/bundled.ts') as typeof import('../src/engines/bundled');
const { reachable } = native('../src/notebook/graph.ts') as typeof import('../src/notebook/graph');
const { Scope } = native('../src/notebook/scope.ts') as typeof import('../src/notebook/scope');

/** Numbers that no scenario can have: the phrase, as it stands in the text, and why. As few as can be. */
const UNBOUND: Readonly<Record<string, string>> = {
  '16 digits': 'how long the numbers of a computer are',
  '60 digits': 'how the spec computes its differences, which no scenario shows',
  'lies between −1 and 1': 'a bound, which tanh comes near to and never reaches',
  'close to 1 or −1': 'the same bound',
  'about 65,000 nodes': 'those of a hundred points, within a network, which the notebook does not keep',
  '36th': 'which expression the spec makes up; made-up.test.ts asks for it',
  'a *label*, 1 or −1': 'the labels of the two moons, which no table shows',
};

/** The scenarios that read a number from before a leaf moved, and why. */
const OLD: Readonly<Record<string, string>> = {
  'L still says −8 after every leaf has moved': 'its rule says that the old nodes keep their old values',
  'w moves, and the same nodes are computed again': 'they are, by hand',
  'Computed again, the graph still goes the way that it was built': 'it is, by hand',
};

const chapters = readChapters();

/** A number in a text. */
interface Said {
  readonly text: string;
  readonly index: number;
  readonly value: Decimal;
  /** The place value of its last digit; null for 2/3, and for a power. */
  readonly lastPlace: Decimal | null;
  /** Of a power, its base and its exponent. */
  readonly parts: readonly Said[];
}

const Big = Decimal.clone({ precision: 60 });
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** `−7.286496`, `65,000`, `2/3`, `½`, `1e-17`, `1.8 · 10³⁰⁸`, `2⁻³⁰`; not the 1 of `w1`. A minus belongs to the digit behind it. */
const NUMBER = new RegExp(
  String.raw`(?<![\w.])(?<minus>(?<!\))[-−])?` +
    String.raw`(?:½|(?<over>\d+)/(?<under>\d+)(?!\.?\d)` +
    String.raw`|(?<digits>\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?)(?:e(?<e>[-−+]?\d+)| · 10(?<ten>⁻?[${RAISED}]+)|(?<raised>⁻?[${RAISED}]+))?)`,
  'g',
);
const CODED_POWER = /(?<![\w.])(\d+) ?\*\* ?\(?(-?\d+)\)?/g;
/** Where to read on. */
const REFERENCE = /\bchapters? \d+(?:(?:,| and| to) \d+)*/gi;

function numbersOf(text: string): Said[] {
  return [...text.matchAll(NUMBER)].map(({ 0: all, index, groups: found = {} }): Said => {
    const { minus, over = 1, under = 2, e, ten, raised } = found;
    const digits = found.digits?.replaceAll(',', '');
    const sign = minus === undefined ? 1 : -1;
    const at = { text: all, index, lastPlace: null, parts: [] };
    if (digits === undefined) return { ...at, value: new Big(over).div(under).mul(sign) };
    if (raised !== undefined) return { ...at, ...power(digits, lowered(raised), sign) };
    const tens = new Big(10).pow(Number(e?.replace('−', '-') ?? lowered(ten ?? '⁰')));
    const lastPlace = new Big(10).pow(-(digits.split('.')[1]?.length ?? 0)).mul(tens);
    return { ...at, value: tens.mul(digits).mul(sign), lastPlace };
  });
}

/** What small raised digits say. */
function lowered(raised: string): number {
  return Number(raised.replace(/./g, (each) => (each === '⁻' ? '-' : String(RAISED.indexOf(each)))));
}

function power(base: string, exponent: number, sign = 1): Pick<Said, 'value' | 'lastPlace' | 'parts'> {
  const parts = [base, String(exponent)].flatMap(numbersOf);
  return { value: new Big(base).pow(exponent).mul(sign), lastPlace: null, parts };
}

/** The numbers of scenarios, which may have powers in their code. */
function numbersIn(texts: readonly string[]): Said[] {
  return texts.flatMap((text) => {
    const powers = [...text.matchAll(CODED_POWER)].map(([all, base = '', exponent = '']) => ({
      text: all,
      index: 0,
      ...power(base, Number(exponent)),
    }));
    return [...numbersOf(text), ...powers];
  });
}

/** Whether a number is one of some others, or one of them rounded to the digits that it shows. */
function isAmong(said: Said, others: readonly Said[]): boolean {
  const isThere = others.some(({ value, lastPlace }) => {
    const off = value.minus(said.value).abs();
    if (off.isZero()) return true;
    // 2/3 and 0.66666667: here it is the other one that is rounded
    if (said.lastPlace === null) return lastPlace?.lt(1) === true && off.lte(lastPlace.div(2));
    return said.text.includes('.') && lastPlace?.lt(said.lastPlace) === true && off.lte(said.lastPlace.div(2));
  });
  return isThere || (said.parts.length > 0 && said.parts.every((part) => isAmong(part, others)));
}

/** An equation between numbers: `−3 · −2 = 6`. */
interface Equation {
  readonly index: number;
  readonly sides: readonly [string, string];
}

function equationsOf(text: string): Equation[] {
  const side = String.raw`[\d.½()+·/\s−⁻${RAISED}]*`;
  const pattern = new RegExp(String.raw`(?<![\w.])([(−\d½]${side}) = ([(−\d½]${side})(?![\wₐ-ₜ])`, 'g');
  return [...text.matchAll(pattern)].map(({ 1: left = '', 2: right = '', index }) => ({
    index,
    sides: [left, right.replace(/[.\s]+$/, '')],
  }));
}

/** What numbers, signs and parentheses come to. */
function comesTo(text: string): number {
  const code = text
    .replaceAll('−', '-')
    .replaceAll('·', '*')
    .replaceAll('½', '0.5')
    .replace(/\s+/g, ' ')
    .replace(new RegExp(`⁻?[${RAISED}]+`, 'g'), (raised) => ` ** (${lowered(raised)})`);
  const [statement] = parse(`z = ${code}`).statements;
  const value = (expression: Expression): number => {
    if (expression.kind === 'number') return expression.value;
    if (expression.kind !== 'operation') throw new Error(`${text} is more than numbers`);
    const [x = Number.NaN, y] = expression.operands.map(value);
    return apply(expression.operation, x, y);
  };
  return statement?.kind === 'bind' ? value(statement.value) : Number.NaN;
}

/** A number that nobody has computed. */
interface Fault {
  readonly place: string;
  readonly text: string;
  /** The number, or the equation. */
  readonly said: string;
  /** Where it stands in the text. */
  readonly from: number;
  readonly to: number;
}

/** The numbers of a text that are not among those of scenarios, and the equations that do not hold. */
function faultsOf(text: string, place: (index: number) => string, numbers: readonly Said[]): Fault[] {
  const plain = blank(text, REFERENCE);
  const fault = (said: string, from: number): Fault => ({
    place: place(from),
    text,
    said,
    from,
    to: from + said.length,
  });
  const equations = equationsOf(plain).map(({ index, sides }) => ({ index, sides, said: sides.join(' = ') }));
  const wrong = equations.filter(({ sides: [left, right] }) => !isClose(comesTo(left), comesTo(right)));
  const right = equations.filter(
    (each) =>
      !wrong.includes(each) && each.sides.some((side) => numbersOf(side).every((said) => isAmong(said, numbers))),
  );
  const isExplained = ({ index }: Said) =>
    right.some((each) => index >= each.index && index < each.index + each.said.length);
  return [
    ...wrong.map(({ index, said }) => fault(said, index)),
    ...numbersOf(plain)
      .filter((said) => !isAmong(said, numbers) && !isExplained(said))
      .map(({ text: said, index }) => fault(said, index)),
  ];
}

function isClose(x: number, y: number): boolean {
  return Math.abs(x - y) <= 1e-12 * Math.abs(y);
}

/** Where a chapter says what to change in its last scenario, and what comes then; `changes.test.ts` does so. */
const CHANGES = /^\*Change it and see\.\*/;

/** What a part says, and what it says of each change. */
function saidBy({ prose }: Part): { said: readonly Line[]; changes: readonly (readonly Line[])[] } {
  const from = prose.findIndex(({ text }) => CHANGES.test(text));
  if (from < 0) return { said: prose, changes: [] };
  const changes: Line[][] = [[]];
  for (const line of prose.slice(from)) {
    if (line.text.startsWith('- ')) changes.push([]);
    changes.at(-1)?.push(line);
  }
  return { said: prose.slice(0, from), changes };
}

/**
 * The numbers in the text of a chapter that nobody has computed. What a rule says, its own scenarios have, or what it quotes
 * of the engine, or another rule of the chapter checks it. What a title of a scenario says, the scenario itself has. What
 * comes of a change may stand in its code.
 */
function unboundOf({ number, parts }: Chapter): Fault[] {
  const scenarios = parts.flatMap((part) => part.scenarios);
  const given = numbersIn(scenarios.flatMap((each) => each.given));
  const checked = numbersIn(scenarios.flatMap((each) => each.checked));
  return parts.flatMap((part, i) => {
    const isOpening = i === 0;
    const title: Line = { ...part.title, text: part.title.text.replace(isOpening ? /^\d+\./ : '', '') };
    const own = isOpening ? given : numbersIn([part.quoted, ...part.scenarios.flatMap((each) => each.given)]);
    const { said, changes } = saidBy(part);
    const faultsIn = ({ text, lineAt }: Text, numbers: readonly Said[]) =>
      faultsOf(text, (index) => `${number}:${lineAt(index)}`, [...own, ...checked, ...numbers]);
    return [
      ...faultsIn(together([[title], said]), []),
      ...changes.flatMap((change) => {
        const whole = together([change]);
        const code = whole.text.match(/`[^`]*`/g) ?? [];
        return faultsIn({ ...whole, text: blank(whole.text, /`[^`]*`/g) }, numbersIn(code));
      }),
      ...part.scenarios.flatMap((each) =>
        faultsOf(each.title, () => `${number}:${each.line}`, numbersIn([...each.given, ...each.checked])),
      ),
    ];
  });
}

/** What is left of some faults once some phrases are excused, and the phrases that excuse nothing. */
function told(faults: readonly Fault[], excused: Readonly<Record<string, string>> = {}): string[] {
  const phrases = Object.keys(excused);
  const excuses = ({ text, from, to }: Fault, phrase: string) => {
    const found = [
      ...text.replaceAll('\n', ' ').matchAll(new RegExp(phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'g')),
    ];
    return found.some(({ index }) => index <= from && to <= index + phrase.length);
  };
  const left = faults.filter((fault) => !phrases.some((phrase) => excuses(fault, phrase)));
  const unused = phrases.filter((phrase) => !faults.some((fault) => excuses(fault, phrase)));
  const lines = left.map(({ place, said, text, from, to }) => {
    const around = text.slice(Math.max(0, from - 40), to + 30).replace(/\s+/g, ' ');
    return `${place}: no scenario has ${said}: … ${around.trim()} …`;
  });
  return [...new Set(lines), ...unused.map((phrase) => `"${phrase}" need not be excused`)];
}

/**
 * Runs features, or the chapters, and says which scenarios read a number that was computed before a leaf under it moved, and
 * of which nodes.
 */
async function oldNumbersOf(features?: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  let scenario = '';
  const { data } = Scope.prototype;
  // every number of a node that code or a check looks at is looked up here
  const spy = vi.spyOn(Scope.prototype, 'data').mockImplementation(function (this: InstanceType<typeof Scope>, node) {
    const isOld = reachable([node]).some((leaf) => leaf !== node && (leaf.held?.at(-1)?.since ?? 0) > node.index);
    if (isOld) found.set(scenario, [...(found.get(scenario) ?? []), node.name]);
    return data.call(this, node);
  });
  try {
    const ended = await runNotes(bundledEngine(), {
      features,
      without: ({ name, tags }) => {
        scenario = name;
        return tags.includes('@laws'); // whose expressions come and go
      },
    });
    // whoever fails may leave before it reads
    for (const each of ended) if (!found.has(each.scenario)) expect(each).toMatchObject({ end: 'passed', why: '' });
    expect(spy).toHaveBeenCalled();
  } finally {
    spy.mockRestore();
  }
  return found;
}

describe('the numbers of the notes', () => {
  it('are computed by a scenario', () => {
    expect(told(chapters.flatMap(unboundOf), UNBOUND)).toEqual([]);
  });
});

describe('the scenarios', () => {
  it('read no number from before the last move, unless that is their point', async () => {
    const found = await oldNumbersOf();
    expect([...found].filter(([scenario]) => OLD[scenario] === undefined)).toEqual([]);
    expect(Object.keys(OLD).filter((scenario) => !found.has(scenario))).toEqual([]);
  });
});

/** What is wrong with a chapter that says these things. */
function faultsWith({ opening = '', prose = '', changes = '', title = 'S', excused = {} }): string[] {
  const text = `Feature: 7. F
  ${opening}

  Background:
    Given the leaves
      | a | b  | c1      |
      | 2 | -3 | 6.28125 |

  Rule: One
  ${prose}

  *Change it and see.* It is a cube.

  ${changes}
    Scenario: ${title}
      When this code runs
        """
        y = a ** 3
        s = 2 ** (-30)
        u = 1299999999
        """
      Then y is 8
      And s is about 0.66666667

  Rule: Two
    Scenario: T
      When this code runs
        """
        z = 77
        """
      Then z is 78
`;
  return told(unboundOf(readChapter(text, '07-f.feature')), excused);
}

describe('a number that no scenario has is found', () => {
  test.each<[string, Parameters<typeof faultsWith>[0], string]>([
    ['in the opening', { opening: 'There are 9 ways.' }, '7:2: no scenario has 9: … F There are 9 ways. …'],
    ['in a rule', { prose: 'There are\n  9 ways.' }, '7:11: no scenario has 9'],
    ['in a title', { title: 'There are 9 ways' }, '7:15: no scenario has 9'],
    ['in a title, though another scenario has it', { title: 'Now 78' }, '7:15: no scenario has 78'],
    ['in a rule, though the code of another has it', { prose: 'Now 77.' }, '7:10: no scenario has 77'],
    ['with another sign', { prose: 'Now 30.' }, 'no scenario has 30'],
    ['with another sign, written as a minus', { prose: 'Now −8.' }, 'no scenario has −8'],
    ['rounded the wrong way', { prose: 'Now 6.29.' }, 'no scenario has 6.29'],
    ['with more digits', { prose: 'Now 6.281254.' }, 'no scenario has 6.281254'],
    ['with too few', { prose: 'Now 6.' }, 'no scenario has 6'],
    ['as a fraction', { prose: 'Now 3/4.' }, 'no scenario has 3/4'],
    ['as a power', { prose: 'Now 2⁻³¹.' }, 'no scenario has 2⁻³¹'],
    ['with an exponent', { prose: 'Now 8e-1.' }, 'no scenario has 8e-1'],
    ['with an exponent of ten', { prose: 'Now 8 · 10⁻¹.' }, 'no scenario has 8 · 10⁻¹'],
    ['in the code of a sentence', { prose: 'Now `y = 9 * x`.' }, 'no scenario has 9'],
    ['in what comes of a change', { changes: '- Make `a` into `b`: it is 9, `y is 5`.' }, '7:14: no scenario has 9'],
    ['before what to change', { prose: 'It is `5`.', changes: '- Make `5` into `6`.' }, '7:10: no scenario has 5'],
    ['in a thousand', { prose: 'Now 8,000.' }, 'no scenario has 8,000'],
    ['in an equation', { prose: 'Now 8 − 4 = 4.' }, 'no scenario has 4'],
    ['in an equation that does not hold', { prose: 'Now 2 · 2 = 8.' }, 'no scenario has 2 · 2 = 8'],
    [
      'beside what is excused',
      { prose: 'With 9 of 9.', excused: { 'With 9': '' } },
      'no scenario has 9: … One With 9 of 9. …',
    ],
    [
      'and what is excused without need',
      { prose: 'With 8.', excused: { 'With 8': '' } },
      '"With 8" need not be excused',
    ],
  ])('%s', (_, text, expected) => {
    expect(faultsWith(text).join('\n')).toContain(expected);
  });

  it('but not one that is there, written as a reader would write it', () => {
    const opening = 'Let a be 2, b −3, c1 6.28, and z 77.';
    const prose =
      'It is 8, or 2³, 0.8 · 10¹, 1.3 · 10⁹, x⁹, 2/3, 2⁻³⁰ or −3 + 11 = 8; a is 2x − 3; elsewhere 78, in chapter 99, in chapters 4, 5 and 6.';
    expect(faultsWith({ opening, prose, title: 'At 2, and at −3, it is 8' })).toEqual([]);
    const code = 'The engine:\n\n      y = 99\n\n  ```ts\n  const y = 55;\n  ```\n\n  So y is 55.';
    expect(faultsWith({ prose: code })).toEqual([]);
    const changes =
      '- Make `3` into `4`: it is 16, `y is 16`, and a is still 2.\n\n  For exercises: `npm run exercises 7`.';
    expect(faultsWith({ changes })).toEqual([]);
    expect(faultsWith({ prose: 'With 9 ways.', excused: { 'With 9': 'why' } })).toEqual([]);
  });
});

const MOVES = `Feature: F
  Background:
    Given the leaves
      | w |
      | 1 |
    And the expressions
      """
      d = 3*w - 2
      loss = d ** 2
      """
`;

describe('a number from before the last move is found', () => {
  const loop = (times: number, then: string) => `
  Scenario: S
    When this code runs ${times} times
      """
      loss = (3*w - 2) ** 2
      loss.backward()
      w.data -= 0.01 * w.grad
      """
    ${then}
`;
  const code = (text: string) => `
  Scenario: S
    When this code runs
      """
      ${text.replaceAll('\n', '\n      ')}
      """
`;

  test.each([
    ['after eight steps', loop(8, 'Then loss is greater than 1'), 'loss'],
    ['in a node in between', `${code('w.data = 2')}    Then d is 1\n`, 'd'],
    ['in a table', `${code('w.data = 2')}    Then the nodes hold\n      | node | data |\n      | loss | 1 |\n`, 'loss'],
    ['in code', `${code('before = loss.data\nw.data = 2\nrise = loss.data - before')}    Then rise is 0\n`, 'loss'],
  ])('%s', async (_, scenario, name) => {
    expect([...(await oldNumbersOf([MOVES + scenario]))]).toEqual([['S', [name]]]);
  });

  test.each([
    ['once the expressions have run again', loop(8, 'And the expressions run again\n    Then loss is less than 1')],
    ['of a leaf', loop(8, 'Then w is less than 1')],
    ['of a node that was made since', `${code('w.data = 2\ne = w * 3')}    Then e is 6\n`],
    ['as a plain number', `${code('before = loss.data\nw.data = 2')}    Then before is 1\n    And w is 2\n`],
  ])('but not %s', async (_, scenario) => {
    expect([...(await oldNumbersOf([MOVES + scenario]))]).toEqual([]);
  });
});
