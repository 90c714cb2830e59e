import { list } from '../errors';
import { AGAIN } from '../settings';
import { faultsIn } from './engine-faults';
import { type Chosen, called, type End, type Gathered, type Scenario } from './gather';

/*
 * The verdict on an engine: what the messages of a run say, in words.
 */

/**
 * How many scenarios ended so.
 *
 * @param gathered - what the run said
 * @param end - how
 */
export function count({ scenarios }: Gathered, end: End): number {
  return scenarios.filter((each) => each.end === end).length;
}

/**
 * Whether all have passed that go by a name: a rule has several scenarios, and the rows of an outline may share a title.
 *
 * @param gathered - what the run said
 * @param name - an id, or a title
 */
export function arePassed({ scenarios }: Gathered, name: string): boolean {
  const those = scenarios.filter(({ names }) => names.includes(name));
  return those.length > 0 && those.every(({ end }) => end === 'passed');
}

/**
 * What Cucumber alone may count as a success: scenarios that were not run to their end, though nobody said that they
 * need not be.
 *
 * @param gathered - what the run said
 * @param isPart - whether this is a part of a run, which may by chance have little of what the whole has
 * @returns a sentence for each kind
 */
export function problemsOf(gathered: Gathered, isPart = false): string[] {
  const { chosen, scenarios, left, retried } = gathered;
  const problems: string[] = [];
  const say = (names: readonly string[], what: string) => {
    if (names.length > 0)
      problems.push(`${names.length} ${names.length === 1 ? 'scenario' : 'scenarios'} ${what}: ${few(names)}`);
  };
  if (chosen === 0) {
    problems.push('No scenario was chosen: a tag, a name, a path, a line or a shard is mistyped, or a file is empty.');
  } else if (count(gathered, 'passed') + count(gathered, 'failed') === 0) {
    problems.push('No scenario was run to its end: nothing is known of the engine.');
  }
  const [asked, all] = askedOf(gathered);
  if (!isPart && asked > 0 && asked < LITTLE * all) problems.push(tooLittle(asked, all));
  for (const [status, what] of UNFINISHED) {
    const worst = ({ statuses }: Scenario) => UNFINISHED.find(([each]) => statuses.includes(each))?.[0];
    const those = scenarios.filter((each) => each.end === 'failed' && worst(each) === status);
    say(those.filter(({ statuses }) => !statuses.includes('FAILED')).map(nameOf), what);
  }
  say(scenarios.filter(({ statuses }) => statuses.length === 0).map(nameOf), 'without a step');
  say(left.map(nameOf), 'chosen, and not run to the end');
  if (count(gathered, 'failed') === 0) {
    say(scenarios.filter(({ end }) => end === 'not run').map(nameOf), 'not run, though none has failed');
  }
  say(retried, 'failed at first and was tried again; what fails now and then has failed');
  return problems;
}

/**
 * What was not claimed and why, what is known to fail, at which edges the engine differs, what the run was, and in the
 * last line the count. First of all, what is wrong with the engine: each fault once.
 *
 * @param gathered - what the run said
 * @param isLeftOut - whether the demonstration was left out
 */
export function verdictText(gathered: Gathered, isLeftOut = false): string {
  const { scenarios } = gathered;
  const lines = findings(gathered);
  const missing = scenarios.filter(({ end }) => end === 'not claimed').map(({ reason }) => reason);
  const times = (reason: string) => missing.filter((each) => each === reason).length;
  const reasons = [...new Set(missing)].map((reason) => `${reason} (${times(reason)})`);
  if (reasons.length > 0) lines.push(`not claimed, and in how many scenarios it is needed: ${reasons.join(', ')}`);
  const skipped = scenarios.filter(({ end }) => end === 'expected failure');
  for (const reason of new Set(skipped.map((each) => each.reason))) {
    const names = skipped.filter((each) => each.reason === reason).map(nameOf);
    lines.push(`known failure: ${reason}`, ...names.map((name) => `    ${name}`));
  }
  const others = scenarios.flatMap((each) => each.otherwise.map((why) => `    ${called(each)}: ${why}`));
  if (others.length > 0) lines.push('expected to fail, but not so:', ...others);
  const differing = scenarios.filter(({ end }) => end === 'edge differs');
  if (differing.length > 0 && count(gathered, 'failed') > 0) {
    lines.push(`${differing.length} edges differ as well; once nothing fails any more, they are listed here`);
  } else if (differing.length > 0) {
    lines.push(
      'edges, where sound engines differ too, so that nothing counts (docs/edges.md); --edges makes them count:',
      ...differing.map(({ name, reason }) => `    ${name}: ${reason.replace(/\s+/g, ' ').slice(0, 160)}`),
    );
  }
  const announced = scenarios.filter(({ end }) => end === 'announced');
  if (announced.length > 0) {
    lines.push(
      'announced for the next edition, so that nothing counts yet (docs/stability.md); --edition next makes them count:',
      ...announced.map((each) => `    ${called(each)}: ${each.reason.replace(/\s+/g, ' ').slice(0, 160)}`),
    );
  }
  // not all that was asked for need be tried
  const laws = scenarios.flatMap(({ tried }) => tried ?? []);
  const tried = laws.reduce((sum, each) => sum + each, 0);
  if (laws.length > 0) {
    lines.push(`tried: ${tried} random expressions, for ${laws.length} ${laws.length === 1 ? 'law' : 'laws'}`);
  }
  return [...lines, ...gathered.runs, lastLine(gathered, isLeftOut)].join('\n');
}

/** Of so many scenarios in which a finding shows, it is said what they are called. */
const FEW = 4;

/** Each fault of the engine, with the scenarios in which it could show. */
function findings(gathered: Gathered): string[] {
  const faults = faultsIn(gathered);
  return faults.flatMap(({ title, lines, scenarios, again }, i) => {
    const names = scenarios.map(called);
    const few = names.slice(0, FEW).join(', ');
    const more = names.length > FEW ? ` and ${names.length - FEW} more` : '';
    const count = names.length === 1 ? '1 scenario' : `${names.length} scenarios`;
    return [
      `finding ${i + 1} of ${faults.length}: ${title}`,
      ...lines.map((line) => `  ${line}`),
      `  could be why ${count} failed: ${few}${more}`,
      ...(again === '' ? [] : [`  ${AGAIN}${again}`]),
      '',
    ];
  });
}

/** Of how many scenarios the engine was asked, and how many there are, edges apart. */
function askedOf({ scenarios }: Gathered): [number, number] {
  const core = scenarios.filter(({ isEdge, end }) => !isEdge && end !== 'not run');
  return [core.filter(({ end }) => end !== 'not claimed').length, core.length];
}

/** How many scenarios ended in each way, edges apart where they do not count. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly notClaimed: number;
  readonly expectedFailures: number;
  /** Edges at which the engine was tried, and those of them at which it differs. */
  readonly edges: number;
  readonly edgesDiffer: number;
  /** What is announced for the next edition, and does not hold. */
  readonly announced: number;
  readonly notRun: number;
}

/**
 * Counts how scenarios ended.
 *
 * @param scenarios - the scenarios
 */
export function countsOf(scenarios: readonly Pick<Scenario, 'end' | 'isEdge'>[]): Counts {
  const count = (end: End) => scenarios.filter((each) => each.end === end).length;
  const edges = scenarios.filter(({ isEdge, end }) => isEdge && end !== 'not claimed' && end !== 'not run');
  return {
    passed: scenarios.filter(({ end, isEdge }) => end === 'passed' && !isEdge).length,
    failed: count('failed'),
    notClaimed: count('not claimed'),
    expectedFailures: count('expected failure'),
    edges: edges.length,
    edgesDiffer: edges.filter(({ end }) => end !== 'passed').length,
    announced: count('announced'),
    notRun: count('not run'),
  };
}

/**
 * The last line: what came out, in numbers.
 *
 * @param gathered - what the run said
 * @param isLeftOut - whether the demonstration was left out
 */
export function lastLine({ scenarios }: Gathered, isLeftOut = false): string {
  const { passed, failed, notClaimed, expectedFailures, edges, edgesDiffer, announced, notRun } = countsOf(scenarios);
  return [
    `${passed} passed, ${failed} failed, ${notClaimed} not claimed`,
    ...(expectedFailures === 0 ? [] : [`, ${expectedFailures} known to fail`]),
    ...(edges === 0 ? [] : [`; ${edgesDiffer} of ${edges} edges differ`]),
    ...(announced === 0
      ? []
      : [`; ${announced} announced for the next edition ${announced === 1 ? 'does' : 'do'} not hold`]),
    ...(notRun === 0 ? [] : [`; ${notRun} not run, after so many failures (--max-failures)`]),
    ...(isLeftOut ? ['; chapter 12 left out (--demonstration)'] : []),
  ].join('');
}

/**
 * An engine with sums and products alone can be asked nearly half of all scenarios. One that lacks either can be asked a
 * fifth: not even the graph of the notes, e = a * b and d = e + c. The line is drawn between them.
 */
const LITTLE = 1 / 4;

function tooLittle(asked: number, all: number): string {
  const share = `${asked} of ${all} scenarios`;
  return `Hardly anything was asked: only ${share} need no more than this engine claims, less than a quarter. See docs/gate.md.`;
}

/** Statuses of steps that leave a scenario unfinished, the worst first. */
const UNFINISHED = [
  ['UNDEFINED', 'with a step that no sentence matches'],
  ['AMBIGUOUS', 'with a step that more than one sentence matches'],
  ['PENDING', 'with a step that is still to be written'],
  ['SKIPPED', 'skipped, and nobody said why'],
] as const;

function nameOf({ name }: Chosen): string {
  return name;
}

/** The first few of many names. */
function few(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  return quoted.length <= 3 ? list(quoted) : `${quoted.slice(0, 3).join(', ')} and ${quoted.length - 3} more`;
}
