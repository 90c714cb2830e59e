import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AstBuilder, GherkinClassicTokenMatcher, Parser } from '@cucumber/gherkin';
import { type Feature, type GherkinDocument, IdGenerator } from '@cucumber/messages';
import { chapterOfFile, type Ids, idsOf, titlesOf, writtenIds } from '../gate/ids';
import { ROOT } from '../node/place';
import { backgroundCell, type Place, scenarioCell, title } from './cells';
import { Drawer } from './drawn';
import { escaped, markdown, type Rendering } from './markdown';
import type { Background, Run, Scenario } from './model';

/** What can be searched for. */
export interface Entry {
  readonly title: string;
  /** The page, and where on it. */
  readonly url: string;
  readonly text: string;
}

/** A chapter, ready to be put on a page. */
export interface Chapter {
  /** Its number, or the name of its file. */
  readonly number: string;
  readonly title: string;
  /** The file of its page. */
  readonly file: string;
  readonly html: string;
  /** Its rules, each with its address. */
  readonly rules: readonly { readonly id: string; readonly title: string }[];
  readonly entries: readonly Entry[];
  /** How its scenarios ended. */
  readonly quotes: readonly string[];
}

/**
 * Which page a feature file is on.
 *
 * @param uri - the file
 */
export function pageOf(uri: string): { number: string; file: string } {
  const number = chapterOfFile(uri);
  return { number, file: `${number}.html` };
}

/**
 * Renders a chapter.
 *
 * @param document - the feature file
 * @param run - how it went
 * @param ids - those that are written down
 * @param rendering - where links and terms lead
 */
export async function chapterOf(document: GherkinDocument, run: Run, ids: Ids, rendering: Rendering): Promise<Chapter> {
  const feature = document.feature as Feature;
  const { number, file } = pageOf(document.uri ?? 'notes');
  const drawer = new Drawer();
  const titles = idsOf(number, titlesOf(feature), ids);
  const idOf = (name: string) => `${number}.${titles.get(name) ?? ''}`;
  const tags = feature.tags.map(({ name }) => name);
  const place = (name: string, more: readonly { name: string }[] = []): Place => ({
    id: idOf(name),
    run,
    drawer,
    tags: [...tags, ...more.map((tag) => tag.name)],
  });
  const first = feature.children.flatMap(({ scenario, rule }) =>
    scenario ? [scenario] : (rule?.children ?? []).flatMap((child) => child.scenario ?? []),
  );
  const html: string[] = [`<div class="prose lead">${markdown(feature.description, rendering)}</div>`];
  const entries: Entry[] = [{ title: feature.name, url: file, text: feature.description }];
  const rules: { id: string; title: string }[] = [];
  for (const { background, scenario, rule } of feature.children) {
    if (background) html.push(await begin(background, first, { ...place(''), id: `${number}.background` }));
    if (scenario) html.push(await scenarioCell(scenario, place(scenario.name)));
    if (rule === undefined) continue;
    const id = idOf(rule.name);
    rules.push({ id, title: rule.name });
    entries.push({ title: rule.name, url: `${file}#${id}`, text: rule.description });
    html.push(`<section class="rule" data-scope><h2 id="${id}"><a href="#${id}">${escaped(rule.name)}</a></h2>`);
    // in the book they are answered in the page
    const text = rule.description.replace(
      /For exercises: `npm run exercises \d+`/,
      `For exercises: [below](#${number}.exercises)`,
    );
    html.push(`<div class="prose">${markdown(text, rendering)}</div>`);
    const scenarios = rule.children.flatMap((child) => child.scenario ?? []);
    for (const child of rule.children) {
      if (child.background) {
        html.push(await begin(child.background, scenarios, { ...place(''), id: `${id}.background` }));
      }
      if (child.scenario) html.push(await scenarioCell(child.scenario, place(child.scenario.name, rule.tags)));
    }
    html.push('</section>');
  }
  for (const { name } of first) entries.push({ title: name, url: `${file}#${idOf(name)}`, text: '' });
  const exercises = await exercisesOf(document.uri ?? '', number, drawer);
  return {
    ...{ number, file, rules, entries, title: feature.name.replace(/^\d+\. /, '') },
    html: `<div data-scope>\n${html.join('\n')}\n</div>\n${exercises}${drawer.layouts}`,
    quotes: quotesIn(feature),
  };
}

function begin(background: Background, below: readonly Scenario[], place: Place): Promise<string> {
  const [first] = below;
  const row = first?.examples.flatMap(({ tableBody }) => tableBody)[0]?.id;
  return backgroundCell(background, place.run.went.get(row ?? first?.id ?? ''), place);
}

/** The code of the engine that a chapter shows. */
function quotesIn(feature: Feature): string[] {
  const texts = [feature.description, ...feature.children.map(({ rule }) => rule?.description ?? '')];
  return texts.flatMap((text) => [...text.matchAll(/^ *```ts\n.*?^ *```$/gms)].map(([quote]) => quote));
}

/** The exercises of a chapter, to be answered in the page. */
async function exercisesOf(uri: string, number: string, drawer: Drawer): Promise<string> {
  const path = join(ROOT, 'exercises', basename(uri));
  if (basename(dirname(uri)) !== 'features' || !existsSync(path)) return '';
  const text = readFileSync(path, 'utf8');
  const { feature, comments } = new Parser(
    new AstBuilder(IdGenerator.incrementing()),
    new GherkinClassicTokenMatcher(),
  ).parse(text);
  const run: Run = { documents: [], unreadable: [], went: new Map() };
  const tags = (feature?.tags ?? []).map(({ name }) => name);
  const cells: string[] = [];
  const titles = feature === undefined ? new Map<string, string>() : idsOf('', titlesOf(feature), writtenIds());
  for (const { background, scenario } of feature?.children ?? []) {
    const name = scenario === undefined ? 'background' : titles.get(scenario.name);
    const place: Place = { id: `${number}.exercises.${name}`, run, drawer, tags, isExercise: true };
    if (background) cells.push(await backgroundCell(background, undefined, place));
    if (scenario === undefined) continue;
    const after = comments.find(
      ({ location, text }) => location.line > scenario.location.line && /# Hint: /.test(text),
    );
    cells.push(await scenarioCell(scenario, { ...place, hint: after?.text.replace(/^\s*# Hint: /, '').trim() }));
  }
  return `<section class="exercises" data-scope><h2 id="${number}.exercises"><a href="#${number}.exercises">Exercises</a></h2>
<p class="needs-script prose">Write a number in the place of each question mark: the page says whether it is right. Without JavaScript, <code>npm run exercises</code> does so.</p>
${cells.join('\n')}
</section>`;
}

export { title };
