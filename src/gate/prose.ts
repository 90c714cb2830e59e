import { dialects } from '@cucumber/gherkin';
import type { Comment, Scenario } from '@cucumber/messages';
import { distance } from 'fastest-levenshtein';
import type { Reads } from './sentences';
import type { Words } from './words';

/*
 * What was meant to be run, and stands where nothing is: in prose, in code, in a comment.
 */

/** What is known when text is looked through. */
export interface Reader {
  /** The words of the file's language. */
  readonly words: Words;
  /** Which texts are sentences of the steps. */
  readonly reads: Reads;
}

/**
 * In prose, a line that looks like a part of Gherkin is one with a typing error, and what is below it is not run.
 *
 * Much of English begins with Given, When and Then. So a line is a step if what follows is a sentence of the steps, or
 * if it is set off from the prose as steps are: by its indentation, or together with another.
 *
 * @param description - the prose
 * @param at - the file and the line above the prose
 * @param reader - what is known
 * @param isShort - whether little prose is to be expected, as there is in Examples: then a keyword is enough
 * @returns a sentence for the first such line
 */
export function faultsOfProse(description: string, at: string, reader: Reader, isShort = false): string[] {
  const lines = linesOf(description);
  const margin = Math.min(...lines.map(indentation));
  const strange = lines.find((line, i) => {
    if (reader.words.isBlock(line) || /^\s*""/.test(line) || isSentence(line, margin, reader)) return true;
    if (!isSetOff(line, margin) && !isShort) return isPair(line, lines[i + 1], reader);
    if (isContinued(lines.slice(0, i), line)) return false;
    return reader.words.isStep(line) || /^\s*\|/.test(line);
  });
  return strange === undefined
    ? []
    : [`${at}: "${strange.trim()}" stands in the prose below this line, and so is not run`];
}

/**
 * Text between two lines of `"""` that takes scenarios, steps or tables in: the end of the text before them is missing,
 * or is of another kind.
 *
 * @param scenario - the scenario, or the background
 * @param at - gives a line its place
 * @param reader - what is known
 * @returns a sentence for each such text
 */
export function faultsOfText(
  { steps }: Pick<Scenario, 'steps'>,
  at: (line: number) => string,
  { words, reads }: Reader,
): string[] {
  return steps.flatMap(({ docString }) => {
    const lines = linesOf(docString?.content ?? '').filter((line) => !line.trimStart().startsWith('#'));
    const strange = lines.find((line) => {
      const isPart = words.isTitled(line) || words.isStep(line) || /^\s*(\|.*\||@\w\S*)\s*$/.test(line);
      return isPart || isSentence(line, Number.POSITIVE_INFINITY, { words, reads });
    });
    if (docString === undefined || strange === undefined) return [];
    const place = at(docString.location.line);
    return [`${place}: "${strange.trim()}" stands in the text that begins here, and so is not run: where does it end?`];
  });
}

/**
 * A comment that was to say the language of the file, and does not: it is mistyped, or comes too late.
 *
 * @param comments - all comments of a file
 * @param language - what the file was read in
 * @param at - gives a line its place
 * @returns a sentence for each
 */
export function faultsOfLanguage(
  comments: readonly Comment[],
  language: string,
  at: (line: number) => string,
): string[] {
  return comments.flatMap(({ text, location }) => {
    const [, word = '', named = ''] = /^\s*#\W*([\p{L}]+)\W+([\p{L}]{2,4}(?:[-_]\p{L}+)?)\W*$/u.exec(text) ?? [];
    const key = Object.keys(dialects).find((each) => each.toLowerCase() === named.replace('_', '-').toLowerCase());
    if (distance(word.toLowerCase(), 'language') > 2 || key === undefined || key === language) return [];
    return [
      `${at(location.line)}: "${text.trim()}" is a mere comment: the language is said so: "# language: ${key}", and first of all`,
    ];
  });
}

/** Whether a line is a step: what follows a keyword, or a mark such as those of lists, is a sentence. */
function isSentence(given: string, margin: number, { words, reads }: Reader): boolean {
  const line = asTyped(given);
  if (readings(line, words).some(reads)) return true;
  const text = withoutMarks(line);
  return (text !== line.trim() || isSetOff(line, margin)) && reads(text);
}

/** A line as it reads: without what nobody sees, and with one kind of space, of digit and of minus. */
function asTyped(line: string): string {
  const [indent = ''] = /^\s*/.exec(line) ?? [];
  const text = line
    .replace(/[\u00AD\u200B-\u200F\u2060\uFEFF]/g, '')
    .normalize('NFKC')
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/\s+#.*$/, '')
    .replace(/^\s*([*_]{1,2})(\p{L}+)\1/u, '$2')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/([^.])\.$/, '$1');
  return indent + text;
}

/** What follows the keyword of a line, if it has one. */
function readings(line: string, words: Words): string[] {
  return [...new Set([line.trim(), withoutMarks(line)])].flatMap((text) => words.afterKeyword(text));
}

/** Without what stands before the words of a line: `-`, `*`, `1.`, `**`, `> `. */
function withoutMarks(line: string): string {
  return line
    .trim()
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .replace(/^(\d+|\p{L})[.)]\s+[^\p{L}\p{N}]*/u, '')
    .replace(/\*\*|__$|[_*`]$|`/g, '');
}

/** Whether a line is farther to the right than the prose around it, or where the report shows code. */
function isSetOff(line: string, margin: number): boolean {
  return indentation(line) > Math.min(margin, 3) || /^\s*\t/.test(line);
}

/** Whether a line goes on with what an entry of a list says, and is set off because of that. */
function isContinued(before: readonly string[], line: string): boolean {
  const above = before.filter((each) => indentation(each) < indentation(line)).at(-1) ?? '';
  const [entry] = /^\s*([-*+•]|\d+[.)])\s+/.exec(above) ?? [];
  return entry !== undefined && indentation(line) <= entry.length;
}

/** Whether two lines in a row are steps: each begins with a keyword, and none ends as a sentence of prose does. */
function isPair(first: string, second: string | undefined, { words }: Reader): boolean {
  return [first, second].every((line) => {
    if (line === undefined || /[.,;:!?)]\s*$/.test(line)) return false;
    return words.isStep(line) || words.isStep(withoutMarks(line));
  });
}

function indentation(line: string): number {
  return line.length - line.trimStart().length;
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}
