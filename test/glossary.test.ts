import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import {
  blank,
  type Chapter,
  folder,
  type Line,
  readChapter,
  readChapters,
  type Text,
  together,
  withoutCode,
} from './chapters';

/*
 * The glossary quotes the notes: for each word it has the sentence that explains it, which is where the word stands in bold.
 * A word is explained once, and is not used before.
 */

/** A line of the glossary. */
interface Row {
  readonly word: string;
  readonly meaning: string;
  readonly chapter: number;
  readonly file: string;
}

/** Words with other forms than an s at their end. A form is a pattern. */
const FORMS: Readonly<Record<string, string>> = {
  bend: 'bends?|bent|bending',
  boundary: 'boundar(?:y|ies)',
  finished: 'finish(?:ed|es|ing)?',
  leaf: 'leaf|leaves',
  nudge: 'nudg(?:ed?|es|ing)',
  saturated: 'saturat(?:ed?|es|ing|ion)',
  topological: 'topological(?:ly)?',
  zeroed: 'zero(?:ed|es|ing)',
};

/** Phrases in which a word that is explained later means something everyday. As few as can be. */
type Phrases = Readonly<Record<string, readonly string[]>>;
const EVERYDAY: Phrases = {};
/** Phrases in which the overview names what a chapter is about. Its tables, which do nothing else, are not looked at. */
const NAMED: Phrases = {
  'autograd engine': ['a small autograd engine'],
  'backward pass': ['the order and the backward pass in 8'],
  core: ['that is the *core*'],
  edge: ['and the edges', 'is about *edges*'],
  node: ['a node in chapter 3'],
  operation: ['an operation in 4', 'the table of operations', 'each operation by itself'],
};

const chapters = readChapters();
const overview = readFileSync(join(folder, 'README.md'), 'utf8');
const glossary = readFileSync(join(folder, 'glossary.md'), 'utf8');
const rows = rowsOf(glossary);

function rowsOf(text: string): Row[] {
  return [...text.matchAll(/^\| (?!word )([^|]+) \| ((?:[^|\\]|\\.)+) \| \[(\d+)\]\(([^)]+)\) \|$/gm)].map(
    ([, word = '', meaning = '', chapter, file = '']) => ({
      word,
      meaning: meaning.replaceAll('\\|', '|'),
      chapter: Number(chapter),
      file,
    }),
  );
}

/** A pattern of all forms of a word. A line may end within it. */
function formsOf(word: string): string {
  return (FORMS[word] ?? `${word}(?:e?s)?`).replaceAll(' ', '\\s');
}

function isFormOf(word: string, text: string): boolean {
  return new RegExp(`^(?:${formsOf(word)})$`, 'i').test(text);
}

/** The prose of a part, without the code within its lines. */
function proseOf(lines: readonly Line[]): Text {
  const prose = together([lines]);
  return { ...prose, text: blank(prose.text, /`[^`\n]*`/g) };
}

const BOLD = /\*\*([^*]+)\*\*/g;

/** What stands in bold. */
interface Bold {
  readonly term: string;
  readonly chapter: number;
  readonly line: number;
  /** The part of the chapter, and the offset in its prose. */
  readonly part: number;
  readonly index: number;
}

function boldOf({ number, parts }: Chapter): Bold[] {
  return parts.flatMap(({ prose }, part) => {
    const { text, lineAt } = proseOf(prose);
    return [...text.matchAll(BOLD)].map(({ 1: term = '', index }) => ({
      term: term.replace(/\s+/g, ' '),
      chapter: number,
      line: lineAt(index),
      part,
      index,
    }));
  });
}

/** The words in bold that the glossary does not have, or that are explained once more than it says. */
function faultsOfBold(notes: readonly Chapter[], all: readonly Row[]): string[] {
  const bold = notes.flatMap(boldOf);
  const unknown = bold.filter(({ term }) => !all.some(({ word }) => isFormOf(word, term)));
  return [
    ...unknown.map(({ term, chapter, line }) => `${chapter}:${line}: the glossary has no "${term}"`),
    ...all.flatMap(({ word, chapter }) => {
      const places = bold.filter(({ term }) => isFormOf(word, term));
      const first = places.find((each) => each.chapter === chapter);
      if (first === undefined) return [`glossary: "${word}" does not stand in bold in chapter ${chapter}`];
      const others = places.filter((each) => each !== first);
      return others.map((each) => `${each.chapter}:${each.line}: "${word}" is explained once more`);
    }),
  ];
}

/** What points at a sentence before. */
const POINTS = /^(?:This|That|These|Those|It|Its|They|Such|But|And|So|Then|Here|There)\b/;

/** The rows whose meaning is not a sentence or two of their chapter, in which the word stands in bold. */
function faultsOfMeanings(notes: readonly Chapter[], all: readonly Row[]): string[] {
  return all.flatMap(({ word, meaning, chapter }) => {
    const parts = notes.find(({ number }) => number === chapter)?.parts ?? [];
    const paragraphs = parts.flatMap(({ prose }) => together([prose]).text.split(/\n{2,}/));
    const flat = paragraphs.map((each) => each.trim().replace(/\s+/g, ' '));
    const paragraph = flat.find((each) => each.includes(meaning));
    if (paragraph === undefined) {
      const isIn = (text: string) => [...text.matchAll(BOLD)].some(([, term = '']) => isFormOf(word, term));
      const said = flat.flatMap((each) => each.split(/(?<=[.?!]["”)]?)\s/)).find(isIn);
      return [`glossary: chapter ${chapter} says of "${word}": ${said ?? 'nothing in bold'}`];
    }
    const at = paragraph.indexOf(meaning);
    const isWhole =
      /(^|[.?!]["”)]?\s)\(?$/.test(paragraph.slice(0, at)) &&
      /[.?!]["”)]?$/.test(meaning) &&
      /^($|\s|\))/.test(paragraph.slice(at + meaning.length));
    const sentences = meaning.split(/(?<=[.?!]["”)]?)\s/).length;
    const bold = [...meaning.matchAll(BOLD)].map(([, term = '']) => term);
    return [
      ...(isWhole && sentences <= 2 ? [] : [`glossary: what stands under "${word}" is not a sentence, or two`]),
      ...(bold.some((term) => isFormOf(word, term)) ? [] : [`glossary: "${word}" is not explained in its own line`]),
      ...(POINTS.test(meaning) ? [`glossary: what stands under "${word}" cannot be read by itself`] : []),
    ];
  });
}

/** A title, or the prose of a part. */
interface Passage extends Text {
  readonly chapter: number;
  readonly part: number;
  readonly kind: 'title' | 'prose' | 'title of a scenario';
}

/** All that is read in a chapter, in order. */
function passagesOf({ number, parts }: Chapter): Passage[] {
  return parts.flatMap(({ title, prose, titles }, part) => [
    { chapter: number, part, kind: 'title' as const, ...together([[title]]) },
    { chapter: number, part, kind: 'prose' as const, ...proseOf(prose) },
    ...titles.map((each) => ({
      chapter: number,
      part,
      kind: 'title of a scenario' as const,
      ...together([[{ ...each, text: blank(each.text, /<[^>]*>/g) }]]),
    })),
  ]);
}

/** What the overview says before the first chapter is read. */
function openingOf(text: string): Passage {
  const [opening = ''] = text.split(/^## How code carries/m);
  const lines = withoutCode(opening.split('\n')).map((each, i) => ({ line: i + 1, text: each }));
  return { chapter: 0, part: 0, kind: 'prose', ...proseOf(lines) };
}

/** What of a passage comes before an explanation. The titles above it may have its word. */
function before(passage: Passage, { chapter, part, index }: Bold): string {
  const { kind, text } = passage;
  if (passage.chapter !== chapter) return passage.chapter < chapter ? text : '';
  if (kind === 'title' && (passage.part === 0 || passage.part === part)) return '';
  if (passage.part !== part) return passage.part < part ? text : '';
  return kind === 'prose' ? text.slice(0, index) : '';
}

/** The words that are used before they are explained, and the phrases that excuse nothing. */
function faultsOfOrder(
  passages: readonly Passage[],
  notes: readonly Chapter[],
  all: readonly Row[],
  excused: Phrases = {},
): string[] {
  const bold = notes.flatMap(boldOf);
  return all.flatMap(({ word, chapter }) => {
    const place = bold.find((each) => each.chapter === chapter && isFormOf(word, each.term));
    if (place === undefined) return []; // which is told elsewhere
    const used = new RegExp(`\\b(?:${formsOf(word)})\\b`, 'gi');
    // a chain rule is no rule; and what is explained later may be named, if it is said where
    const longer = all.map((each) => each.word).filter((each) => each !== word && ` ${each} `.includes(` ${word} `));
    const other = [
      ...(excused[word] ?? []).map((phrase) => phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s')),
      ...longer.map((each) => `\\b(?:${formsOf(each)})\\b`),
      `\\b(?:${formsOf(word)}),?\\s\\(?see\\schapter\\s${chapter}\\b`,
    ].map((each) => new RegExp(each, 'gi'));
    const unused = (excused[word] ?? []).filter((_, i) =>
      passages.every((each) => before(each, place).search(other[i] as RegExp) < 0),
    );
    return [
      ...passages.flatMap((passage) =>
        [...other.reduce(blank, before(passage, place)).matchAll(used)].map(({ index, 0: { length } }) => {
          const around = passage.text.slice(Math.max(0, index - 30), index + length + 30).replace(/\s+/g, ' ');
          const where = `${passage.chapter === 0 ? 'overview' : passage.chapter}:${passage.lineAt(index)}`;
          return `${where}: "${word}" is used before chapter ${chapter} explains it: … ${around.trim()} …`;
        }),
      ),
      ...unused.map((phrase) => `"${phrase}" need not be excused`),
    ];
  });
}

describe('the glossary', () => {
  it('is a table, in order, with each word once and each chapter under its number', () => {
    const lines = glossary.split('\n').filter((line) => /^\|(?! (?:word|---) )/.test(line));
    expect(rows).toHaveLength(lines.length);
    const words = rows.map(({ word }) => word);
    expect(words).toEqual([...new Set(words)].sort());
    for (const { word, chapter, file } of rows) expect(file, word).toBe(chapters[chapter - 1]?.file);
  });

  it('has each word that stands in bold, and each is explained once', () => {
    expect(faultsOfBold(chapters, rows)).toEqual([]);
  });

  it('says what the chapters say', () => {
    expect(faultsOfMeanings(chapters, rows)).toEqual([]);
  });
});

describe('no word is used before it is explained', () => {
  it('in the chapters', () => {
    expect(faultsOfOrder(chapters.flatMap(passagesOf), chapters, rows, EVERYDAY)).toEqual([]);
  });

  it('in the opening of the overview', () => {
    expect(faultsOfOrder([openingOf(overview)], chapters, rows, NAMED)).toEqual([]);
  });
});

const FIRST = `Feature: 1. A slope
  How steep a function is at a place is its **slope**. One can climb it.

  Rule: A leaf comes first
  A number that nobody has computed is a **leaf**. There are more
  of them: a function of two numbers has two leaves.
    Scenario: With <a> leaves
      Then y is 2
`;
const SECOND = `Feature: 2. Ways up
  There is one way up.

  Rule: Up goes along the slope
  To walk up in steps is **gradient
  ascent**. How many steps? That is for us to say.
    Scenario: Up
      Then y is 2
`;
const WORDS = [
  ['gradient ascent', 'To walk up in steps is **gradient ascent**.', 2],
  ['leaf', 'A number that nobody has computed is a **leaf**.', 1],
  ['slope', 'How steep a function is at a place is its **slope**.', 1],
] as const;

/** What is wrong with two chapters and a glossary. */
function faultsWith(
  { first = FIRST, second = SECOND }: { first?: string; second?: string },
  words: readonly (readonly [string, string, number])[] = WORDS,
  everyday: Phrases = {},
): string[] {
  const notes = [readChapter(first, '01-a.feature'), readChapter(second, '02-b.feature')];
  const all = words.map(([word, meaning, chapter]) => ({ word, meaning, chapter, file: '' }));
  return [
    ...faultsOfBold(notes, all),
    ...faultsOfMeanings(notes, all),
    ...faultsOfOrder(notes.flatMap(passagesOf), notes, all, everyday),
  ];
}

describe('a fault is found', () => {
  const add = (text: string) => FIRST.replace('One can climb it.', text);
  const instead = (meaning: string) => [WORDS[0], ['leaf', meaning, 1], WORDS[2]] as const;

  it('where there is one, and only there', () => {
    expect(faultsWith({})).toEqual([]);
  });

  test.each<[string, string[], string]>([
    ['a word in bold that the glossary does not have', faultsWith({ first: add('A **hill**.') }), '1:2: the glossary'],
    ['a word that is explained twice', faultsWith({ second: `${FIRST.replace('1.', '2.')}` }), '2:2: "slope" is expl'],
    ['twice in one chapter', faultsWith({ first: add('What is a **slope**?') }), '1:2: "slope" is explained once more'],
    [
      'the plural too',
      faultsWith({ second: SECOND.replace('one way', 'a **leaves**') }),
      '2:2: "leaf" is explained once',
    ],
    [
      'a word that stands nowhere in bold',
      faultsWith({ first: FIRST.replaceAll('**', '') }),
      '"leaf" does not stand in',
    ],
    [
      'another word in the glossary',
      faultsWith({}, instead('A number that nobody computed is a **leaf**.')),
      'chapter 1 says of "leaf": A number that nobody has computed is',
    ],
    [
      'another word in the chapter',
      faultsWith({ first: FIRST.replace('steep', 'high') }),
      'chapter 1 says of "slope": How high a',
    ],
    ['half a sentence', faultsWith({}, instead('number that nobody has computed is a **leaf**.')), 'is not a sentence'],
    ['its other half', faultsWith({}, instead('A number that nobody has computed is a **leaf**')), 'is not a sentence'],
    ['a sentence without the word', faultsWith({}, instead('One can climb it.')), '"leaf" is not explained in its own'],
    [
      'a sentence that points back',
      faultsWith(
        { first: FIRST.replace('A n', 'It, a n') },
        instead('It, a number that nobody has computed is a **leaf**.'),
      ),
      'read by itself',
    ],
    [
      'a word in an earlier chapter',
      faultsWith({ first: add('Gradient\n  ascent.') }),
      '1:2: "gradient ascent" is used',
    ],
    ['earlier in its chapter', faultsWith({ second: SECOND.replace('one', 'gradient ascent, one') }), '2:2: "gradient'],
    ['earlier in its sentence', faultsWith({ first: FIRST.replace('How', 'The slope: how') }), '1:2: "slope" is used'],
    [
      'in the plural',
      faultsWith({ first: add('Look at\n  all\n  leaves.') }),
      '1:4: "leaf" is used before chapter 1 expl',
    ],
    [
      'in the title of an earlier scenario',
      faultsWith({ first: FIRST.replace('With <a> leaves', 'A gradient ascent') }),
      '1:7: "gradient ascent" is used before chapter 2',
    ],
    [
      'in the title of another rule',
      faultsWith({ first: FIRST.replace('A leaf comes', 'A gradient ascent') }),
      '1:4: "gra',
    ],
    [
      'an excuse that is not needed',
      faultsWith({}, WORDS, { leaf: ['a leaf of a book'] }),
      '"a leaf of a book" need not',
    ],
  ])('%s', (_, faults, expected) => {
    expect(faults.join('\n')).toContain(expected);
  });

  it('but not in code, in a longer word, in a word of two words, in an everyday phrase, or after the explanation', () => {
    const first = add(
      'Take `leaf`, a leaflet,\n\n      leaf = 2\n\n  ```ts\n  leaf\n  ```\n\n  and a leaf of a book, a gradient ascent, see chapter 2.',
    );
    expect(faultsWith({ first }, WORDS, { leaf: ['a leaf of a book'] })).toEqual([]);
    const words = [...WORDS, ['ascent', 'Up is an **ascent**.', 2]] as const;
    const second = SECOND.replace('Feature: 2. Ways up', 'Feature: 2. An ascent').replace(
      'That',
      'Up is an **ascent**. That',
    );
    expect(faultsWith({ second }, words)).toEqual([]);
  });
});
