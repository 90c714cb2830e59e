import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AstBuilder, compile, GherkinClassicTokenMatcher, Parser } from '@cucumber/gherkin';
import { IdGenerator, type Pickle } from '@cucumber/messages';
import { backgroundSteps } from '../../src/gate/features';
import * as cucumber from '../../src/page/cucumber';
import type { Engine } from '../../src/protocol/program';
import { DIFFERS, FINDING, KNOWN_FAILURE, NOT_CLAIMED, type Parameters } from '../../src/settings';

// The steps are to find this Cucumber in the other one's place.
const place = require.resolve('@cucumber/cucumber');
require.cache[place] = { id: place, filename: place, loaded: true, exports: cucumber } as unknown as NodeModule;
const { runOn } = require('../../steps/world') as typeof import('../../steps/world');
for (const name of ['words', 'code', 'checks', 'networks', 'laws']) require(`../../steps/${name}`);

/** How a scenario ended. */
export interface Ended {
  readonly chapter: number;
  readonly scenario: string;
  readonly end: 'passed' | 'failed' | 'not claimed' | 'known failure' | 'differs';
  /** Why it failed, as Cucumber would show it, or what is not claimed. */
  readonly why: string;
  /** What is known to be wrong with the engine, and could be why. */
  readonly findings: readonly string[];
}

/** What to run, and how. */
export interface Choice {
  /** Features; all chapters if there are none. */
  readonly features?: readonly string[];
  /** The numbers of chapters; all if there are none. */
  readonly chapters?: readonly number[];
  /** Leaves a scenario out. */
  readonly without?: (scenario: { readonly name: string; readonly tags: readonly string[] }) => boolean;
  /** Whether to end with the first scenario that fails. */
  readonly isOver?: boolean;
  /** Sentences that do nothing. */
  readonly blind?: string;
  readonly parameters?: Parameters;
}

/** The sentences of the notes. */
export const sentences = cucumber.sentences;

const folder = join(__dirname, '..', '..', 'features');
const chapters = readdirSync(folder)
  .filter((name) => name.endsWith('.feature'))
  .map((name) => ({ number: Number.parseInt(name, 10), text: readFileSync(join(folder, name), 'utf8') }));

/** A scenario, and how many of its steps come from a Background. */
interface Scenario {
  readonly pickle: Pickle;
  readonly before: number;
}

const known = new Map<string, readonly Scenario[]>();

function scenariosOf(text: string): readonly Scenario[] {
  const scenarios = known.get(text) ?? parse(text);
  known.set(text, scenarios);
  return scenarios;
}

function parse(text: string): readonly Scenario[] {
  const newId = IdGenerator.incrementing();
  const document = new Parser(new AstBuilder(newId), new GherkinClassicTokenMatcher()).parse(text);
  const above = new Set(backgroundSteps(document.feature?.children ?? []));
  return compile({ ...document, uri: 'notes' }, 'notes', newId).map((pickle) => ({
    pickle,
    before: pickle.steps.filter(({ astNodeIds }) => astNodeIds.some((id) => above.has(id))).length,
  }));
}

/**
 * Runs scenarios in this process.
 *
 * @param engine - the engine under test
 * @param choice - what to run, and how
 * @returns how each scenario ended
 */
export async function runNotes(engine: Engine, choice: Choice = {}): Promise<Ended[]> {
  runOn({
    openEngine: () => Promise.resolve(engine),
    layOut: () => Promise.resolve(''),
    bytes: (text) => text as unknown as Buffer,
    tell: () => {},
    versions: 'this version',
  });
  const texts = choice.features?.map((text) => ({ number: 0, text })) ?? chapters;
  const ended: Ended[] = [];
  for (const { number, text } of texts) {
    if (choice.chapters !== undefined && !choice.chapters.includes(number)) continue;
    for (const scenario of scenariosOf(text)) {
      const { pickle } = scenario;
      const tags = pickle.tags.map(({ name }) => name);
      if (choice.without?.({ name: pickle.name, tags })) continue;
      const end = { chapter: number, scenario: pickle.name, ...(await runScenario(scenario, choice)) };
      ended.push(end);
      if (choice.isOver && end.end === 'failed') return ended;
    }
  }
  return ended;
}

async function runScenario(
  { pickle, before }: Scenario,
  { blind, parameters = {} }: Choice,
): Promise<Omit<Ended, 'chapter' | 'scenario'>> {
  const world = new cucumber.told.World({ parameters }) as InstanceType<
    typeof import('../../steps/world')['NotebookWorld']
  > &
    cucumber.World;
  try {
    await world.open(
      [pickle.name],
      pickle.tags.map(({ name }) => name),
      before,
    );
    let isLeft = false;
    for (const { text, argument } of pickle.steps) {
      const { run, values, pattern } = find(text);
      if (pattern === blind) continue;
      const { docString, dataTable } = argument ?? {};
      const below = docString?.content ?? (dataTable && new cucumber.DataTable(cellsOf(dataTable)));
      const given = below === undefined ? values : [...values, below];
      const came = await cucumber.told.wrap(run).call(world, ...given, () => {});
      isLeft = came === 'skipped';
      if (isLeft) break;
    }
    if (!isLeft && blind === undefined) world.end();
  } catch (error) {
    const findings = world.logs.flatMap((log) => (log.startsWith(FINDING) ? [log.slice(FINDING.length)] : []));
    return { end: 'failed', why: error instanceof Error ? (error.stack ?? error.message) : String(error), findings };
  }
  for (const [end, sign] of [
    ['not claimed', NOT_CLAIMED],
    ['known failure', KNOWN_FAILURE],
    ['differs', DIFFERS],
  ] as const) {
    const log = world.logs.find((each) => each.startsWith(sign));
    if (log !== undefined) return { end, why: log.slice(sign.length), findings: [] };
  }
  return { end: 'passed', why: '', findings: [] };
}

function cellsOf({ rows }: { rows: readonly { cells: readonly { value: string }[] }[] }): string[][] {
  return rows.map(({ cells }) => cells.map(({ value }) => value));
}

function find(text: string) {
  for (const { expression, run, pattern } of cucumber.sentences) {
    const found = expression.match(text);
    if (found !== null) return { run, pattern, values: found.map((each) => each.getValue(null)) };
  }
  throw new Error(`no sentence reads "${text}"`);
}
