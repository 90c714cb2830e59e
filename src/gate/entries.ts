import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Feature, GherkinDocument, Pickle, Rule, Scenario } from '@cucumber/messages';
import { ROOT } from '../node/place';
import { chapterOfFile, type Ids, idsOf, titlesOf, writtenIds } from './ids';

/*
 * What can be named on the command line: the rules of a feature file, its scenarios, and the rows of its outlines. What
 * belongs to a chapter is called by its id, and what belongs to any other file by its file and line.
 */

/** A row of an outline, which is a scenario of its own. */
export interface Row {
  readonly id: string;
  readonly title: string;
  /** Where it stands, as the command takes it: `5:31`. */
  readonly place: string;
  readonly line: number;
  /** Its own tags, and those of what it stands below. */
  readonly tags: readonly string[];
}

/** A rule or a scenario. */
export interface Entry extends Row {
  readonly kind: 'rule' | 'scenario';
  /** The id of the rule that it stands below, if there is one. */
  readonly rule?: string;
  /** Of an outline. */
  readonly rows: readonly Row[];
}

/**
 * The number of the chapter that a feature file is; undefined if it is another file.
 *
 * @param uri - the file, from the project's folder
 */
export function chapterOf(uri: string): number | undefined {
  const path = relative(ROOT, resolve(ROOT, uri)).replaceAll('\\', '/');
  const number = /^features\/(\d+)-[^/]*\.feature$/.exec(path)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** What a file is called on the command line: the number of a chapter, or a path from where the command was started. */
function fileOf(uri: string): string {
  return String(chapterOf(uri) ?? relative(process.cwd(), resolve(ROOT, uri)).replaceAll('\\', '/'));
}

/**
 * What there is in a feature file, in order.
 *
 * @param document - the file, parsed
 * @param written - the ids that are written down
 */
export function entriesOf({ uri = '?', feature }: GherkinDocument, written: Ids = writtenIds()): Entry[] {
  if (feature === undefined) return [];
  const file = fileOf(uri);
  const ids = chapterOf(uri) === undefined ? undefined : idsOf(chapterOfFile(uri), titlesOf(feature), written);
  const called = (part: Rule | Scenario, above: readonly string[]): Row => {
    const { name, location } = part;
    const place = `${file}:${location.line}`;
    const id = ids?.get(name);
    const tags = tagsOf(part, above);
    return { id: id === undefined ? place : `${file}.${id}`, title: name, place, line: location.line, tags };
  };
  const ofScenario = (scenario: Scenario, above: readonly string[], rule?: string): Entry => {
    const one = called(scenario, above);
    const rows = rowsOf(scenario, one, file);
    return { kind: 'scenario', ...one, ...(rule === undefined ? {} : { rule }), rows };
  };
  const top = tagsOf(feature);
  return feature.children.flatMap(({ rule, scenario }): Entry[] => {
    if (scenario) return [ofScenario(scenario, top)];
    if (rule === undefined) return [];
    const one: Entry = { kind: 'rule', ...called(rule, top), rows: [] };
    const below = rule.children.flatMap((child) => child.scenario ?? []);
    return [one, ...below.map((each) => ofScenario(each, one.tags, one.id))];
  });
}

function tagsOf({ tags }: Pick<Feature, 'tags'>, above: readonly string[] = []): string[] {
  return [...new Set([...above, ...tags.map(({ name }) => name)])];
}

/** The rows of an outline, through all of its Examples. */
function rowsOf({ name, examples }: Scenario, outline: Row, file: string): Row[] {
  const rows = examples.flatMap((table) =>
    table.tableBody.map(({ cells, location: { line } }) => {
      const columns = table.tableHeader?.cells.map(({ value }) => value) ?? [];
      const title = columns.reduce((text, column, i) => text.replaceAll(`<${column}>`, cells[i]?.value ?? ''), name);
      return { title, line, place: `${file}:${line}`, tags: tagsOf(table, outline.tags) };
    }),
  );
  // what has no id is called by its place, and so are its rows
  const isCalled = outline.id !== outline.place;
  return rows.map((row, i) => ({ id: isCalled ? `${outline.id}/${i + 1}` : row.place, ...row }));
}

/**
 * What there is in the chapters.
 *
 * @param number - of one chapter; all of them otherwise
 */
export function entriesOfChapters(number?: number): Entry[] {
  return chapterFiles()
    .filter((uri) => number === undefined || chapterOf(uri) === number)
    .flatMap((uri) => entriesOf(read(uri)));
}

function chapterFiles(): string[] {
  const names = readdirSync(join(ROOT, 'features')).filter((name) => name.endsWith('.feature'));
  return names.map((name) => `features/${name}`);
}

/**
 * Reads a feature file.
 *
 * @param uri - the file, from the project's folder
 * @throws an error of the parser, if it is not understood
 */
export function read(uri: string): GherkinDocument {
  // loaded for those who ask what there is: a run has it read by Cucumber
  const gherkin = require('@cucumber/gherkin') as typeof import('@cucumber/gherkin');
  const { IdGenerator } = require('@cucumber/messages') as typeof import('@cucumber/messages');
  const builder = new gherkin.AstBuilder(IdGenerator.incrementing());
  const document = new gherkin.Parser(builder, new gherkin.GherkinClassicTokenMatcher()).parse(
    readFileSync(resolve(ROOT, uri), 'utf8'),
  );
  return { ...document, uri };
}

/**
 * By what scenarios of the chapters can be named: ids, those of earlier, places and titles.
 */
export function namesInChapters(): Set<string> {
  return new Set(
    chapterFiles().flatMap((uri) => {
      const document = read(uri);
      const titles = entriesOf(document).flatMap((each) => [each, ...each.rows].map(({ title }) => title));
      return [...titles, ...[...namesByLine(document, writtenIds()).values()].flat()];
    }),
  );
}

/** Of the files that were seen: the names of what begins in each line. */
const known = new WeakMap<GherkinDocument, ReadonlyMap<number, readonly string[]>>();

/**
 * By what a scenario that is run can be named: what it is called comes first, and of a row that is the row's own id. Then
 * the id of its outline and of its rule, its place and its title, and what any of these ids was called earlier.
 *
 * @param pickle - the scenario, as it is run
 * @param document - the file that it stands in
 * @param written - the ids that are written down, if they are others than those of the project
 */
export function namesOf(pickle: Pickle, document: GherkinDocument, written?: Ids): readonly string[] {
  const names = known.get(document) ?? namesByLine(document, written ?? writtenIds());
  known.set(document, names);
  const place = placeOf(pickle);
  return [...(names.get(pickle.location?.line ?? 0) ?? [place]), pickle.name];
}

function namesByLine(document: GherkinDocument, written: Ids): Map<number, readonly string[]> {
  const earlier = Object.entries(written.earlier);
  const names = new Map<number, readonly string[]>();
  for (const { kind, id, rule, place, line, rows } of entriesOf(document, written)) {
    if (kind === 'rule') continue;
    const above = [id, ...(rule === undefined ? [] : [rule])];
    const old = (id: string, end = '') => earlier.flatMap(([was, now]) => (now === id ? [`${was}${end}`] : []));
    names.set(line, [...above, place, ...above.flatMap((each) => old(each))]);
    for (const [i, row] of rows.entries()) {
      const own = [row.id, ...above, row.place, place];
      names.set(row.line, [...own, ...above.flatMap((each) => old(each)), ...old(id, `/${i + 1}`)]);
    }
  }
  return names;
}

/**
 * Where a scenario stands, as the command takes it: `9:14`.
 *
 * @param pickle - the scenario
 */
export function placeOf({ uri, location }: Pick<Pickle, 'uri' | 'location'>): string {
  return `${fileOf(uri)}:${location?.line ?? 1}`;
}
