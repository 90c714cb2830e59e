import type { FindingResult, Results, ScenarioResult } from './results';

/*
 * The results in Markdown, as a summary for a pull request. What an engine has written stands in it as text: it can make
 * no heading, link, mention or end of a block.
 */

/** What a summary begins with, so that nothing else is ever written over. */
const SIGN = '<!-- micrograd-spec: summary -->';

/** So many scenarios of a kind are listed; of the others, how many there are. */
const LISTED = 100;
/** So much of what is said of a scenario is shown, in characters; and so much if it is one line. */
const SHOWN = 1500;
const SHORT = 300;

/**
 * Writes a summary.
 *
 * @param results - the results of a run
 */
export function summaryOf(results: Results): string {
  const { run, verdict, findings, scenarios } = results;
  const of = (status: ScenarioResult['status']) => scenarios.filter((each) => each.status === status);
  const name = run === null ? 'micrograd-spec' : `micrograd-spec on ${run.engine.engine}`;
  const parts = [
    SIGN,
    `## ${text(name)}`,
    `**${verdict.passed ? 'Passed' : 'Not passed'}:** ${text(verdict.line)}`,
    ...(verdict.problems.length === 0
      ? []
      : ['Not everything was checked:', verdict.problems.map((each) => `- ${text(each)}`).join('\n')]),
    ...findings.flatMap((each, i) => finding(each, `Finding ${i + 1} of ${findings.length}`)),
    chapters(results),
    folded('failed', of('failed'), ({ message }) => message),
    folded('expected to fail', of('expected failure'), ({ reason }) => reason),
    folded('of the edges differ, which is no fault', of('edge differs'), ({ reason }) => reason),
    folded('announced for the next edition, where nothing counts yet', of('announced'), ({ reason }) => reason),
    notClaimed(of('not claimed')),
    folded('not run', of('not run'), ({ reason }) => reason),
    run === null
      ? ''
      : text(
          `micrograd-spec ${run.spec} on Node.js ${run.node}, seed ${run.seed}, ${run.runs} random expressions for each law`,
        ),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function finding({ title, code, lines, cause, scenarios, again }: FindingResult, heading: string): string[] {
  const facts = lines.filter((line) => !line.startsWith('    ') && !line.startsWith('likely cause: '));
  const count = scenarios.length === 1 ? '1 scenario' : `${scenarios.length} scenarios`;
  return [
    `### ${heading}: ${text(title)}`,
    ...(code.length === 0 ? [] : [block(code.join('\n'))]),
    ...(facts.length === 0 ? [] : [facts.map((line) => `- ${text(line)}`).join('\n')]),
    ...(cause === undefined ? [] : [`**Likely cause:** ${text(cause)}`]),
    `Could be why ${count} failed. To see it again:`,
    block(again, 'sh'),
  ];
}

function chapters({ chapters }: Results): string {
  return [
    '| chapter | holds | fails | not claimed | edges that differ |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...chapters.map(({ chapter, title, counts: { passed, failed, notClaimed, edges, edgesDiffer } }) => {
      const name = /^\d+$/.test(chapter) ? `${chapter}. ${title}` : title;
      const differ = edges === 0 ? '' : `${edgesDiffer} of ${edges}`;
      return `| ${text(name)} | ${passed} | ${failed} | ${notClaimed} | ${differ} |`;
    }),
  ].join('\n');
}

/** What the engine does not offer, each with the scenarios that need it. */
function notClaimed(scenarios: readonly ScenarioResult[]): string {
  const reasons = [...new Set(scenarios.map(({ reason }) => reason))].map((reason) => {
    const ids = scenarios.filter((each) => each.reason === reason).map(({ id }) => text(id));
    return `- ${text(reason)} (${ids.length}): ${ids.join(', ')}`;
  });
  return reasons.length === 0 ? '' : details(`${scenarios.length} not claimed, which is no fault`, reasons);
}

/** Scenarios that can be unfolded, each with what is said of it. */
function folded(what: string, scenarios: readonly ScenarioResult[], said: (scenario: ScenarioResult) => string) {
  if (scenarios.length === 0) return '';
  const listed = scenarios.slice(0, LISTED).flatMap((each) => {
    const why = said(each);
    const title = `- ${text(each.id)}: ${text(each.title)}`;
    if (why === '') return [title];
    return why.includes('\n')
      ? [title, '', indented(block(cut(why))), '']
      : [`${title}: ${text(cut(why).slice(0, SHORT))}`];
  });
  const more = scenarios.length - LISTED;
  return details(`${scenarios.length} ${what}`, [...listed, ...(more > 0 ? [`- and ${more} more`] : [])]);
}

function details(summary: string, lines: readonly string[]): string {
  return [`<details><summary>${summary}</summary>`, '', ...lines, '', '</details>'].join('\n');
}

function cut(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}

/** A block of code, whose fence is longer than any that is in it. */
function block(code: string, language = ''): string {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const plain = code.replace(/[^\P{C}\n\t]/gu, '\uFFFD');
  return `${fence}${language}\n${plain}\n${fence}`;
}

/** Text of one line that means nothing but itself. */
function text(said: string): string {
  return said
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .replace(/:(?! )|[^\p{L}\p{M}\p{N} .,:;()'"/%?+=−→…⁻-]/gu, (letter) => `&#${letter.codePointAt(0)};`);
}
