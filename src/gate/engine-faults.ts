import { CAUSE } from '../judge/telling';
import { called, type Gathered, type Scenario } from './gather';

/** A fault of the engine, with the scenarios in which it could show. */
export interface Fault {
  readonly title: string;
  /** The smallest expression that shows it, a line each. */
  readonly code: readonly string[];
  /** All that is said of it below the title, a line each, the expression too. */
  readonly lines: readonly string[];
  /** The mistake, if only one explains every number that came. */
  readonly cause: string | undefined;
  readonly scenarios: readonly Scenario[];
  /** What to type to see it again, alone if there is a scenario that shows nothing else; empty if nobody has said so. */
  readonly again: string;
}

/** How far the lines of an expression are indented. */
const CODE = '    ';

/**
 * What is wrong with the engine: each fault once, however many scenarios it shows in.
 *
 * @param gathered - what the run said
 */
export function faultsIn({ scenarios }: Gathered): Fault[] {
  const found = new Map<string, Scenario[]>();
  for (const each of scenarios) {
    for (const text of each.findings) found.set(text, [...(found.get(text) ?? []), each]);
  }
  return [...found].map(([text, shown]) => {
    const [title = '', ...lines] = text.split('\n');
    return {
      title,
      lines,
      code: lines.filter((line) => line.startsWith(CODE)).map((line) => line.slice(CODE.length)),
      cause: lines.find((line) => line.startsWith(CAUSE))?.slice(CAUSE.length),
      scenarios: shown,
      again: againOf(shown, /chapter (\d+)/.exec(text)?.[1], scenarios),
    };
  });
}

/**
 * The command that shows a fault: by a scenario that shows nothing else, and best by one of the chapter that explains it. That
 * an engine was given up, no scenario shows alone: then it is the first in which it has crashed.
 */
function againOf(shown: readonly Scenario[], chapter: string | undefined, all: readonly Scenario[]): string {
  const isElsewhere = (each: Scenario) => Number(!called(each).startsWith(`${chapter}.`));
  const best = [...shown].sort(
    (one, other) => one.findings.length - other.findings.length || isElsewhere(one) - isElsewhere(other),
  );
  const crashed = all.filter(({ crash }) => crash !== undefined);
  return [...best, ...crashed].flatMap(({ again }) => again)[0] ?? '';
}
