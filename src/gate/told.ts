import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pickle } from '@cucumber/messages';
import { list } from '../errors';
import { ROOT } from '../node/place';

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
 * @returns a sentence for each fault
 */
export function faultsOfTold({ skips = [], path }: Told, chosen: readonly Pickle[], all: readonly Pickle[]): string[] {
  const laws = chosen.filter(({ steps }) => steps.some(({ text }) => text.startsWith(LAW))).length;
  const names = new Set(all.map(({ name }) => name));
  const unseen = skips.filter((name) => !names.has(name));
  const known = unseen.length === 0 ? [] : titles();
  const strange = unseen.filter((name) => !known.some((title) => title.test(name)));
  return [
    ...(path === undefined ? [] : faultsOfReplay(laws)),
    ...(strange.length === 0 ? [] : [`the skip list names scenarios that there are not: ${list(strange)}`]),
  ];
}

/**
 * A path leads to one of the random expressions of one law. Any other law would try a handful from there, and hold.
 *
 * @param laws - how many laws were chosen
 * @returns a sentence, if that is not one
 */
export function faultsOfReplay(laws: number): string[] {
  if (laws === 1) return [];
  const many = laws === 0 ? 'none was chosen' : `${laws} were chosen`;
  return [`A path replays the failure of one law, and ${many}: choose the one by its line, as its failure prints it.`];
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

/** The titles of all scenarios of the notes, which a run need not read: of an outline, with its columns left open. */
function titles(): RegExp[] {
  const folder = join(ROOT, 'features');
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith('.feature'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  const found = texts.flatMap((text) => [...text.matchAll(/^\s*Scenario[^:]*:\s*(.*?)\s*$/gm)]);
  return found.map(([, title = '']) => {
    const parts = title.split(/<[^>]*>/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('.+')}$`);
  });
}
