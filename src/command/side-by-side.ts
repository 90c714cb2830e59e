import type { Results, ScenarioResult } from '../gate/results';
import type { Counts } from '../gate/verdict';

/*
 * Several results side by side. What an engine does not claim is no fault, and is never shown as one.
 */

/**
 * A table of chapters by engines, then the edges at which engines differ, and what was found in each.
 *
 * @param all - the results of the engines, each with the file that they were read from
 */
export function compare(all: readonly { readonly file: string; readonly results: Results }[]): string {
  const names = namesOf(all);
  const each = <T>(of: (results: Results) => T) => all.map(({ results }) => of(results));
  const chapters = new Map(each(({ chapters }) => chapters).flatMap((those) => those.map((one) => [one.chapter, one])));
  const inOrder = [...chapters.values()].sort((x, y) => Number(x.chapter) - Number(y.chapter) || 0);
  const rows = inOrder.map(({ chapter, title }) => [
    /^\d+$/.test(chapter) ? `${chapter}. ${title}` : title,
    ...each((results) => cell(results.chapters.find((other) => other.chapter === chapter)?.counts)),
  ]);
  const total = ['all', ...each(({ verdict }) => cell(verdict.counts))];
  const verdicts = ['verdict', ...each(({ verdict }) => (verdict.passed ? 'passed' : 'not passed'))];
  return [
    table([['chapter', ...names], ...rows, total, verdicts]),
    ...edges(all, names),
    ...all.flatMap(({ results }, i) => findings(results, names[i] ?? '')),
    '',
    'ok: holds · FAIL: fails, of those that were asked · –: not claimed, which is no fault',
  ].join('\n');
}

/** What the engines are called; two of one name are told apart by their files. */
function namesOf(all: readonly { readonly file: string; readonly results: Results }[]): string[] {
  const names = all.map(({ results }) => results.run?.engine.engine ?? '?');
  return names.map((name, i) =>
    names.filter((each) => each === name).length > 1 ? `${name} (${all[i]?.file})` : name,
  );
}

function cell(counts: Counts | undefined): string {
  if (counts === undefined) return '';
  const { passed, failed, notClaimed, expectedFailures, edges, edgesDiffer, announced, notRun } = counts;
  const asked = passed + failed + expectedFailures;
  const parts = [
    ...(failed > 0 ? [`FAIL ${failed} of ${asked}`] : passed > 0 ? [`ok ${passed}`] : []),
    ...(expectedFailures > 0 ? [`${expectedFailures} expected`] : []),
    ...(edges > 0 ? [`${edgesDiffer} of ${edges} edges`] : []),
    ...(announced > 0 ? [`${announced} announced`] : []),
    ...(notClaimed > 0 ? [`– ${notClaimed}`] : []),
    ...(notRun > 0 ? [`${notRun} not run`] : []),
  ];
  return parts.join(', ');
}

/** The edges at which some engine differs, each with how every engine fares. */
function edges(all: readonly { readonly results: Results }[], names: readonly string[]): string[] {
  const found = new Map<string, ScenarioResult>();
  for (const { results } of all) {
    for (const each of results.scenarios) if (each.status === 'edge differs') found.set(each.id, each);
  }
  if (found.size === 0) return [];
  const rows = [...found.values()].map(({ id, title }) => [
    title,
    ...all.map(({ results }) => edge(results.scenarios.find((each) => each.id === id)?.status)),
  ]);
  return ['', table([['edge, which does not count', ...names], ...rows])];
}

function edge(status: ScenarioResult['status'] | undefined): string {
  if (status === undefined) return '';
  if (status === 'not claimed') return '–';
  return status === 'passed' ? 'as the spec' : status === 'edge differs' ? 'differs' : status;
}

function findings({ findings }: Results, name: string): string[] {
  if (findings.length === 0) return [];
  return [
    '',
    `found in ${name}:`,
    ...findings.flatMap(({ title, cause }) => [
      `  ${title}`,
      ...(cause === undefined ? [] : [`    likely cause: ${cause}`]),
    ]),
  ];
}

/** Rows as a table of Markdown whose columns are aligned, so that it can be read as it is, and pasted. */
function table(rows: readonly (readonly string[])[]): string {
  const plain = rows.map((row) => row.map((text) => text.replace(/\s+/g, ' ').replaceAll('|', '\\|')));
  const widths = (plain[0] ?? []).map((_, i) => Math.max(3, ...plain.map((row) => (row[i] ?? '').length)));
  const line = (row: readonly string[]) => `| ${widths.map((width, i) => (row[i] ?? '').padEnd(width)).join(' | ')} |`;
  const [head = [], ...body] = plain;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}
