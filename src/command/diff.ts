import type { Results, ScenarioResult } from '../gate/results';

/** What has become of an engine, from one run to another. */
export interface Difference {
  readonly text: string;
  /** Whether something holds no more that did. */
  readonly isWorse: boolean;
}

/**
 * Says what was fixed, what broke, what is new and what is gone, from one run to another.
 *
 * @param before - the results of the earlier run
 * @param after - those of the later one
 */
export function diff(before: Results, after: Results): Difference {
  const earlier = new Map(before.scenarios.map((each) => [each.id, each]));
  const later = new Map(after.scenarios.map((each) => [each.id, each]));
  const pairs = after.scenarios.flatMap((now) => {
    const then = earlier.get(now.id);
    return then === undefined || then.status === now.status ? [] : [{ then, now }];
  });
  const broke = pairs.filter(({ now }) => now.status === 'failed');
  const fixed = pairs.filter(({ then, now }) => then.status === 'failed' && now.status === 'passed');
  // what held, and is not asked any more, may hold or not
  const lost = pairs.filter(({ then, now }) => then.status === 'passed' && !now.edge && LOST.includes(now.status));
  const other = pairs.filter((each) => ![...broke, ...fixed, ...lost].includes(each));
  const fresh = after.scenarios.filter(({ id }) => !earlier.has(id));
  const gone = before.scenarios.filter(({ id }) => !later.has(id));
  const moved = ({ then, now }: { then: ScenarioResult; now: ScenarioResult }) =>
    `${now.id}: ${now.title}: ${then.status}, now ${now.status}`;
  const named = ({ id, title, status }: ScenarioResult) => `${id}: ${title}: ${status}`;
  const problems = after.verdict.problems.filter((each) => !before.verdict.problems.includes(each));
  const parts = [
    part('broke', broke.map(moved)),
    part('fixed', fixed.map(moved)),
    part('held, and is not asked any more', lost.map(moved)),
    part('changed otherwise', other.map(moved)),
    part('new', fresh.map(named)),
    part('gone', gone.map(named)),
    part('found now', titlesOnly(after, before)),
    part('found no more', titlesOnly(before, after)),
    part('not checked now', problems),
  ].filter((each) => each !== '');
  const isSameSpec = before.edition === after.edition && before.run?.spec === after.run?.spec;
  // another version of the spec may have taken scenarios away; a run of the same has left them out
  const left = isSameSpec ? gone.filter(({ status, edge }) => status === 'passed' && !edge) : [];
  const isWorse = [broke, lost, left, problems].some(({ length }) => length > 0);
  const counts = `${broke.length} broke, ${fixed.length} fixed, ${lost.length} not asked any more`;
  const line = `${counts}, ${fresh.length} new, ${gone.length} gone`;
  return {
    text: [...parts, `before: ${before.verdict.line}`, `after: ${after.verdict.line}`, line].join('\n'),
    isWorse,
  };
}

/** Ends that say nothing of what held before. */
const LOST: readonly ScenarioResult['status'][] = ['not claimed', 'not run', 'expected failure'];

function titlesOnly({ findings }: Results, other: Results): string[] {
  return findings.map(({ title }) => title).filter((title) => !other.findings.some((each) => each.title === title));
}

function part(heading: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`${heading}:`, ...lines.map((line) => `  ${line}`), ''].join('\n');
}
