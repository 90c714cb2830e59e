import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AstBuilder, compile, GherkinClassicTokenMatcher, Parser } from '@cucumber/gherkin';
import { IdGenerator, type Pickle, PickleStepType, type RuleChild } from '@cucumber/messages';
import { ROOT } from './run-spec';

/*
 * The notes as a reader reads them: their titles and their prose, line by line, and what each scenario says. Quoted code and
 * drawings are no prose.
 */

/** A line of a file. */
export interface Line {
  readonly line: number;
  readonly text: string;
}

/** A scenario; of an outline, one of its examples. */
export interface Scenario {
  /** Its title, with the numbers of the example in it. */
  readonly title: string;
  readonly line: number;
  /** What it begins with and does: sentences, code and tables, those of the Background first. */
  readonly given: readonly string[];
  /** What it checks. */
  readonly checked: readonly string[];
}

/** The opening of a chapter, or one of its rules. */
export interface Part {
  readonly title: Line;
  readonly prose: readonly Line[];
  /** What it quotes of the engine. */
  readonly quoted: string;
  /** The titles of its scenarios and of their tables of examples, as they stand in the file. */
  readonly titles: readonly Line[];
  readonly scenarios: readonly Scenario[];
}

/** A chapter: its opening comes first, then its rules. */
export interface Chapter {
  readonly number: number;
  readonly file: string;
  readonly parts: readonly Part[];
}

export const folder = join(ROOT, 'features');

/** All chapters, in order. */
export function readChapters(): Chapter[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.feature'));
  return files.map((file) => readChapter(readFileSync(join(folder, file), 'utf8'), file));
}

/**
 * Reads a chapter.
 *
 * @param text - the whole file
 * @param file - its name, which begins with its number
 */
export function readChapter(text: string, file: string): Chapter {
  const newId = IdGenerator.incrementing();
  const document = new Parser(new AstBuilder(newId), new GherkinClassicTokenMatcher()).parse(text);
  const { feature } = document;
  if (!feature) throw new Error(`there is nothing in ${file}`);
  const pickles = compile({ ...document, uri: file }, file, newId);
  const lines = text.split('\n');
  const part = (
    { name, location, description }: { name: string; location: { line: number }; description: string },
    children: readonly RuleChild[],
  ): Part => {
    const scenarios = children.flatMap(({ scenario }) => scenario ?? []);
    return {
      title: { line: location.line, text: name },
      prose: proseOf(lines, location.line, description),
      quoted: [...description.matchAll(/^ *```ts\n(.*?)^ *```$/gms)].map(([, code]) => code).join(''),
      titles: scenarios.flatMap((each) => [each, ...each.examples]).map(titleOf),
      scenarios: scenarios.flatMap(({ id, location: { line } }) =>
        pickles.filter(({ astNodeIds }) => astNodeIds.includes(id)).map((pickle) => scenarioOf(pickle, line)),
      ),
    };
  };
  const opening = feature.children.filter((child) => child.rule === undefined);
  const rules = feature.children.flatMap(({ rule }) => rule ?? []);
  const parts = [part(feature, opening), ...rules.map((rule) => part(rule, rule.children))];
  return { number: Number.parseInt(file, 10), file, parts };
}

function titleOf({ name, location }: { name: string; location: { line: number } }): Line {
  return { line: location.line, text: name };
}

function scenarioOf({ name, steps }: Pickle, line: number): Scenario {
  const said = steps.map(({ text, type, argument }) => {
    const rows = argument?.dataTable?.rows.map(({ cells }) => cells.map(({ value }) => value).join(' | ')) ?? [];
    return { type, text: [text, argument?.docString?.content ?? '', ...rows].join('\n') };
  });
  const isCheck = (type?: PickleStepType) => type === PickleStepType.OUTCOME;
  return {
    title: name,
    line,
    given: said.filter(({ type }) => !isCheck(type)).map(({ text }) => text),
    checked: said.filter(({ type }) => isCheck(type)).map(({ text }) => text),
  };
}

/** The prose below a title. A line that is left out stays as an empty one. */
function proseOf(lines: readonly string[], title: number, description: string): Line[] {
  if (description.trim() === '') return [];
  const from = lines.findIndex((line, i) => i >= title && line.trim() !== '');
  return withoutCode(lines.slice(from, from + description.trim().split('\n').length)).map((text, i) => ({
    line: from + i + 1,
    text,
  }));
}

/**
 * Empties the lines of quoted code, of drawings and of tables.
 *
 * @param lines - of prose, as they stand in a file
 */
export function withoutCode(lines: readonly string[]): string[] {
  let isQuoted = false;
  return lines.map((line) => {
    const isFence = /^ *```/.test(line);
    if (isFence) isQuoted = !isQuoted;
    return isFence || isQuoted || /^( {6,}|\s*\|)/.test(line) ? '' : line.trim();
  });
}

/** Some lines as one text, which knows where they stand. */
export interface Text {
  readonly text: string;
  /** The line in which something stands, by its offset in the text. */
  readonly lineAt: (offset: number) => number;
}

/**
 * Puts lines together.
 *
 * @param blocks - lines that belong together; what is found never goes from one block into the next
 */
export function together(blocks: readonly (readonly Line[])[]): Text {
  const starts: { at: number; line: number }[] = [];
  let text = '';
  for (const block of blocks) {
    for (const { line, text: each } of block) {
      starts.push({ at: text.length, line });
      text += `${each}\n`;
    }
    text += '\n';
  }
  return { text, lineAt: (offset) => starts.filter(({ at }) => at <= offset).at(-1)?.line ?? 0 };
}

/**
 * Puts as many spaces in the place of what matches.
 *
 * @param text - where to look
 * @param pattern - what to look for, everywhere
 */
export function blank(text: string, pattern: RegExp): string {
  return text.replace(pattern, (found) => found.replace(/\S/g, ' '));
}
