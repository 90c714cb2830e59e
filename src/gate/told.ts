import type { GherkinDocument, Pickle } from '@cucumber/messages';
import { list } from '../errors';
import { namesInChapters, namesOf } from './entries';

/** What the steps tell the gate of a run's parameters, which the gate itself is not told. */
export interface Told {
  /** The names of scenarios that are known to fail. */
  readonly skips?: readonly string[];
  /** Where in the random expressions of a law to begin. */
  readonly path?: string;
}

/** What the sentence of a law begins with. */
const LAW = 'in random expressions, ';

/**
 * What is wrong with the parameters of a run, seen with the scenarios that were chosen.
 *
 * @param told - the parameters
 * @param chosen - the scenarios that were chosen
 * @param all - all scenarios of the files that were read
 * @param documents - these files
 * @returns a sentence for each fault
 */
export function faultsOfTold(
  { skips = [], path }: Told,
  chosen: readonly Pickle[],
  all: readonly Pickle[],
  documents: readonly GherkinDocument[],
): string[] {
  const laws = chosen.filter(({ steps }) => steps.some(({ text }) => text.startsWith(LAW))).length;
  const files = new Map(documents.map((document) => [document.uri, document]));
  const here =
    skips.length === 0 ? [] : all.flatMap((pickle) => namesOf(pickle, files.get(pickle.uri) ?? { comments: [] }));
  const unseen = skips.filter((name) => !here.includes(name));
  const known = unseen.length === 0 ? new Set() : namesInChapters();
  const strange = unseen.filter((name) => !known.has(name));
  return [
    ...(path === undefined ? [] : faultsOfReplay(laws)),
    ...(strange.length === 0 ? [] : [`${UNKNOWN}: ${list(strange)}`]),
  ];
}

/** What is said of a list of expected failures whose names nobody has. */
export const UNKNOWN = 'among the expected failures are rules or scenarios that there are not';

/**
 * A path leads to one of the random expressions of one law. Any other law would try a handful from there, and hold.
 *
 * @param laws - how many laws were chosen
 * @returns a sentence, if that is not one
 */
export function faultsOfReplay(laws: number): string[] {
  if (laws === 1) return [];
  const many = laws === 0 ? 'none was chosen' : `${laws} were chosen`;
  return [`A path replays the failure of one law, and ${many}: name the one, as its failure prints it.`];
}

/**
 * Whether a scenario is about a law.
 *
 * @param file - the feature file, as text
 * @param line - in which the scenario begins, from 1 on
 */
export function isLaw(file: string, line: number): boolean {
  const [, ...below] = file.split('\n').slice(line - 1);
  const end = below.findIndex((each) => /^\s*(?:@|(?:Scenario|Example|Rule|Feature|Background)\b.*:)/.test(each));
  const steps = end < 0 ? below : below.slice(0, end);
  return steps.some((each) =>
    each
      .trim()
      .replace(/^(?:\*|\w+)\s+/, '')
      .startsWith(LAW),
  );
}
