import type { Results, ScenarioResult } from './results';

/*
 * The results as JUnit's XML, which CI servers read.
 */

/**
 * Writes a report. What was not checked is a test case of its own: a server that reads nothing else sees it too.
 *
 * @param results - the results of a run
 */
export function junitOf(results: Results): string {
  const { run, verdict, chapters, scenarios, time } = results;
  const titles = new Map(chapters.map(({ chapter, title }) => [chapter, title]));
  const chapterOf = ({ chapter }: ScenarioResult) =>
    /^\d+$/.test(chapter) ? `${chapter}. ${titles.get(chapter)}` : (titles.get(chapter) ?? chapter);
  const names = scenarios.map(({ title }) => title);
  const shared = new Set(names.filter((name, i) => names.indexOf(name) !== i));
  const skipped = scenarios.filter(({ status }) => status !== 'passed' && status !== 'failed').length;
  const { problems } = verdict;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite${attributes({
      name: 'micrograd-spec',
      tests: scenarios.length + 1,
      failures: verdict.counts.failed + (problems.length === 0 ? 0 : 1),
      errors: 0,
      skipped,
      time: time.seconds ?? 0,
    })}>`,
    ...properties('  ', {
      ...{ edition: results.edition, verdict: verdict.line },
      ...(run === null
        ? {}
        : { engine: run.engine.engine, version: run.spec, node: run.node, seed: run.seed, runs: run.runs }),
    }),
    ...testcase(
      { classname: 'The gate', name: 'everything was checked' },
      problems.length === 0 ? [] : element('failure', problems[0] ?? '', problems.join('\n')),
    ),
    ...scenarios.flatMap((each) => {
      const { id, place, title } = each;
      // the rows of an outline may share a title, and a server would take them for one
      const name = shared.has(title) ? `${title} (${id})` : title;
      return testcase({ classname: chapterOf(each), name }, [
        ...properties('    ', { id, place, status: each.status }),
        ...ending(each, results),
      ]);
    }),
    '</testsuite>',
    '',
  ].join('\n');
}

function ending(scenario: ScenarioResult, { findings }: Results): string[] {
  const { status, reason, message } = scenario;
  if (status === 'passed') return [];
  if (status !== 'failed') return [`    <skipped${attributes({ message: `${status}: ${reason}` })}/>`];
  const found = scenario.findings.flatMap((i) => {
    const finding = findings[i];
    return finding === undefined ? [] : [`finding: ${finding.title}`, ...finding.lines, `again: ${finding.again}`, ''];
  });
  const [first = ''] = message.split('\n');
  return element('failure', first, [...found, message].join('\n'));
}

function testcase(given: Readonly<Record<string, string>>, inside: readonly string[]): string[] {
  const start = `  <testcase${attributes({ ...given, time: 0 })}`;
  return inside.length === 0 ? [`${start}/>`] : [`${start}>`, ...inside, '  </testcase>'];
}

function element(name: string, message: string, text: string): string[] {
  return [`    <${name}${attributes({ message })}>${escaped(text)}</${name}>`];
}

function properties(indent: string, given: Readonly<Record<string, string | number>>): string[] {
  const all = Object.entries(given).map(([name, value]) => `${indent}  <property${attributes({ name, value })}/>`);
  return [`${indent}<properties>`, ...all, `${indent}</properties>`];
}

function attributes(given: Readonly<Record<string, string | number>>): string {
  return Object.entries(given)
    .map(([name, value]) => ` ${name}="${escaped(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as XML has it; a character that XML has not becomes U+FFFD. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"]/g, (letter) => ENTITIES[letter] ?? letter);
}
