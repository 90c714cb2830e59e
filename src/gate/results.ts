import type { GherkinDocument } from '@cucumber/messages';
import type { Description } from '../protocol/program';
import { encode } from '../protocol/readings';
import { counting } from './editions';
import { faultsIn } from './engine-faults';
import { type Chosen, called, type End, type Gathered, type Scenario } from './gather';
import { chapterOfFile } from './ids';
import { type Counts, countsOf, lastLine } from './verdict';

/*
 * The results of a run for machines: what `--json` writes, and what `conform` gives. docs/results.schema.json says the
 * same for readers in other languages.
 */

/** The version of the form of the results. A field that goes, or means something else, makes a new one. */
export const SCHEMA = 1;

/** What a run was: with the same, it can be repeated. */
export interface About {
  /** The version of micrograd-spec. */
  readonly spec: string;
  /** The edition of the spec: which scenarios count. */
  readonly edition: number;
  /** The version of Node.js. */
  readonly node: string;
  readonly seed: number;
  /** How many random expressions each law tries. */
  readonly runs: number;
  /** Where in them the run began, if it replays a failure. */
  readonly path?: string;
  /** What was chosen of the whole, and what was asked of the engine, as on the command line. */
  readonly chosen?: string;
  /** What the engine says of itself. A depth without end is the text "Infinity". */
  readonly engine: Omit<Description, 'depth'> & { readonly depth: number | string };
}

/** How one scenario went. */
export interface ScenarioResult {
  readonly id: string;
  readonly title: string;
  /** Where it stands, as the command takes it: `9:14`. */
  readonly place: string;
  readonly chapter: string;
  readonly tags: readonly string[];
  /** Whether it is about an edge, at which sound engines differ. */
  readonly edge: boolean;
  readonly status: End;
  /** Why it ended so, where that was said; empty otherwise. */
  readonly reason: string;
  /** Why it failed; empty otherwise. */
  readonly message: string;
  /** Which of the findings could be why. */
  readonly findings: readonly number[];
  /** How many random expressions were tried, where it is about a law that holds. */
  readonly tried?: number;
  /** With what the failure of a law is replayed. */
  readonly replay?: { readonly seed: number; readonly path?: string };
}

/** What is wrong with the engine. */
export interface FindingResult {
  readonly title: string;
  /** The smallest expression that shows it, a line each. */
  readonly code: readonly string[];
  /** All that is said of it, the expression too, a line each. */
  readonly lines: readonly string[];
  /** The mistake, if only one explains every number that came. */
  readonly cause?: string;
  /** The ids of the scenarios in which it could show. */
  readonly scenarios: readonly string[];
  /** What to type to see it again. */
  readonly again: string;
}

/** The results of a run. */
export interface Results {
  readonly schema: number;
  readonly edition: number;
  /** What the run was; null where nothing that can be trusted says so, as where no part of it is whole. */
  readonly run: About | null;
  readonly verdict: {
    readonly passed: boolean;
    /** The last line that is printed. */
    readonly line: string;
    /** What was not checked, and what stands in the way of trusting the rest, a sentence each. */
    readonly problems: readonly string[];
    readonly counts: Counts;
  };
  readonly chapters: readonly { readonly chapter: string; readonly title: string; readonly counts: Counts }[];
  readonly scenarios: readonly ScenarioResult[];
  readonly findings: readonly FindingResult[];
  /** All that differs when the same is run again. */
  readonly time: { readonly begun: string | null; readonly seconds: number | null };
}

/** What results are made of. */
export interface Known {
  readonly gathered: Gathered;
  readonly documents: readonly GherkinDocument[];
  readonly about: About | undefined;
  readonly problems: readonly string[];
  /** Whether the demonstration was left out. */
  readonly isLeftOut: boolean;
  /** When the run began and ended, in milliseconds since 1970. */
  readonly begun: number | undefined;
  readonly over: number | undefined;
}

/**
 * Makes the results of a run.
 *
 * @param known - what is known of it
 */
export function resultsOf({ gathered, documents, about, problems, isLeftOut, begun, over }: Known): Results {
  const chapters = documents.flatMap(({ uri = '?', feature }) =>
    feature === undefined ? [] : [{ uri, chapter: chapterOfFile(uri), title: feature.name }],
  );
  const orderOf = ({ uri }: Chosen) => chapters.findIndex((each) => each.uri === uri);
  const faults = faultsIn(gathered);
  const results = [...gathered.scenarios, ...gathered.left.map(neverEnded)]
    .sort((x, y) => orderOf(x) - orderOf(y) || x.line - y.line)
    .map((scenario) => ({ scenario, id: called(scenario), chapter: chapterOfFile(scenario.uri) }));
  const counts = countsOf(results.map(({ scenario }) => scenario));
  return {
    schema: SCHEMA,
    edition: about?.edition ?? counting().edition,
    run: about ?? null,
    verdict: {
      passed: problems.length === 0 && counts.failed === 0,
      line: lastLine(gathered, isLeftOut),
      problems,
      counts,
    },
    chapters: chapters.flatMap(({ chapter, title }) => {
      const those = results.filter((each) => each.chapter === chapter).map(({ scenario }) => scenario);
      const name = title.replace(/^\d+\. /, '');
      return those.length === 0 ? [] : [{ chapter, title: name, counts: countsOf(those) }];
    }),
    scenarios: results.map(({ scenario, id, chapter }) => ({
      id,
      title: scenario.name,
      place: scenario.place,
      chapter,
      tags: scenario.tags,
      edge: scenario.isEdge,
      status: scenario.end,
      reason: scenario.reason,
      message: withoutTrace(scenario.message),
      findings: faults.flatMap(({ scenarios }, i) => (scenarios.includes(scenario) ? [i] : [])),
      ...(scenario.tried === undefined ? {} : { tried: scenario.tried }),
      ...replayOf(scenario.message),
    })),
    findings: faults.map(({ title, code, lines, cause, scenarios, again }) => ({
      ...{ title, code, lines, ...(cause === undefined ? {} : { cause }) },
      scenarios: results.flatMap(({ scenario, id }) => (scenarios.includes(scenario) ? [id] : [])),
      again,
    })),
    time: {
      begun: begun === undefined ? null : new Date(begun).toISOString(),
      seconds: begun === undefined || over === undefined ? null : (over - begun) / 1000,
    },
  };
}

/**
 * What an engine says of itself, as plain data that JSON has.
 *
 * @param description - what it says
 */
export function plainDescription(description: Description): About['engine'] {
  return JSON.parse(encode(description));
}

/** A scenario that was chosen, and of which no end is known. */
function neverEnded(chosen: Chosen): Scenario {
  const reason = 'the run ended before it did';
  return {
    ...chosen,
    end: 'not run',
    reason,
    message: '',
    findings: [],
    otherwise: [],
    again: [],
    crash: undefined,
    tried: undefined,
    statuses: [],
  };
}

/** With what a law that failed is replayed, as its failure says. */
function replayOf(message: string): Pick<ScenarioResult, 'replay'> {
  const [, seed, path] = /; replay with --seed (\d+)(?: --path "([\d:]+)")?/.exec(message) ?? [];
  return seed === undefined ? {} : { replay: { seed: Number(seed), ...(path === undefined ? {} : { path }) } };
}

/** Without the places in code, which are those of a machine. */
function withoutTrace(message: string): string {
  return message
    .split('\n')
    .filter((line) => !/^\s+at .*:\d+:\d+\)?$/.test(line))
    .join('\n');
}
