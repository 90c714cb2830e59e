import type { FindingResult, Results, ScenarioResult } from '../src/gate/results';

/** How a scenario went, where only some of it matters. */
export function scenario(id: string, given: Partial<ScenarioResult> = {}): ScenarioResult {
  const [chapter = ''] = id.split('.');
  return {
    ...{ id, chapter, title: `The title of ${id}`, place: `${chapter}:1`, tags: [], edge: false, status: 'passed' },
    ...{ reason: '', message: '', findings: [] },
    ...given,
  };
}

/** A finding, where only some of it matters. */
export function finding(title: string, given: Partial<FindingResult> = {}): FindingResult {
  return { title, code: [], lines: [], scenarios: [], again: 'npx micrograd-spec 5', ...given };
}

/**
 * Results with these scenarios, and counts that fit.
 *
 * @param scenarios - the scenarios
 * @param given - what else is not as it is in a run in which all is well
 */
export function results(scenarios: readonly ScenarioResult[], given: Partial<Results> = {}): Results {
  const countsOf = (those: readonly ScenarioResult[]) => {
    const count = (status: string) => those.filter((each) => each.status === status).length;
    const edges = those.filter(({ edge, status }) => edge && status !== 'not claimed').length;
    return {
      passed: those.filter(({ status, edge }) => status === 'passed' && !edge).length,
      failed: count('failed'),
      notClaimed: count('not claimed'),
      expectedFailures: count('expected failure'),
      edges,
      edgesDiffer: count('edge differs'),
      announced: count('announced'),
      notRun: count('not run'),
    };
  };
  const counts = countsOf(scenarios);
  return {
    ...{ schema: 1, edition: 1 },
    run: {
      ...{ spec: '0.1.0', edition: 1, node: '24.0.0', seed: 1, runs: 300 },
      engine: { engine: 'Sample', precision: 'double', operations: ['add'], depth: 0 } as never,
    },
    verdict: { passed: counts.failed === 0, line: `${counts.passed} passed, …`, problems: [], counts },
    chapters: [...new Set(scenarios.map(({ chapter }) => chapter))].map((chapter) => ({
      ...{ chapter, title: `Chapter ${chapter}` },
      counts: countsOf(scenarios.filter((each) => each.chapter === chapter)),
    })),
    scenarios,
    findings: [],
    time: { begun: '2020-01-01T00:00:00.000Z', seconds: 1 },
    ...given,
  };
}
