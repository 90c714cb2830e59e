import type { Attachment, Envelope, GherkinDocument, Pickle } from '@cucumber/messages';
import { list } from '../errors';
import { AGAIN, CRASHED, DIFFERS, FINDING, KNOWN_FAILURE, NOT_CLAIMED, NOT_RUN, OTHERWISE, RUN } from '../settings';
import { namesOf } from './entries';

/*
 * The verdict on an engine, from the messages of a run.
 */

/** How a scenario ended. */
type End = 'passed' | 'failed' | 'not claimed' | 'known failure' | 'differs' | 'not run';

interface Scenario {
  /** Of the test case: the rows of an outline may share one name. */
  readonly id: string;
  readonly name: string;
  /** By what it can be named on the command line: what it is called comes first. */
  readonly names: readonly string[];
  readonly isEdge: boolean;
  /** How its steps ended, in the words of `TestStepResultStatus`. */
  readonly statuses: string[];
  readonly logs: string[];
  /** What its steps said that failed. */
  readonly messages: string[];
}

/** A scenario that has failed in a way that may be expected: a number does not hold, or the engine does not answer. */
export interface Failure {
  /** On the command line. */
  readonly called: string;
  /** In a few words. */
  readonly why: string;
  readonly isCrash: boolean;
}

/** A scenario that has ended. */
interface Ended extends Scenario {
  readonly end: End;
  readonly reason: string;
}

/** Listens to a run, and says in the end how it went. */
export class Verdict {
  private readonly documents = new Map<string, GherkinDocument>();
  private readonly pickles = new Map<string, Pickle>();
  private readonly chosen = new Map<string, Pick<Scenario, 'name' | 'names' | 'isEdge'>>();
  private readonly started = new Map<string, Scenario>();
  private readonly ended: Ended[] = [];
  private readonly over = new Set<string>();
  private readonly retried = new Set<string>();
  private readonly runs = new Set<string>();

  /** @param message - one message of the run; they come in order */
  take(message: Envelope): void {
    const { gherkinDocument, pickle, testCase, testCaseStarted, attachment, testStepFinished, testCaseFinished } =
      message;
    if (gherkinDocument) this.documents.set(gherkinDocument.uri ?? '?', gherkinDocument);
    if (pickle) this.pickles.set(pickle.id, pickle);
    if (testCase) {
      const pickle = this.pickles.get(testCase.pickleId);
      const isEdge = pickle?.tags.some((tag) => tag.name === '@edge') ?? false;
      this.chosen.set(testCase.id, { name: pickle?.name ?? '?', names: this.namesOf(pickle), isEdge });
    }
    if (testCaseStarted) {
      const id = testCaseStarted.testCaseId;
      const chosen = this.chosen.get(id) ?? { name: '?', names: ['?'], isEdge: false };
      this.started.set(testCaseStarted.id, { ...chosen, id, statuses: [], logs: [], messages: [] });
    }
    if (attachment) this.log(attachment);
    if (testStepFinished) {
      const { status, message: said } = testStepFinished.testStepResult;
      const scenario = this.started.get(testStepFinished.testCaseStartedId);
      scenario?.statuses.push(status);
      if (said !== undefined) scenario?.messages.push(said);
    }
    if (testCaseFinished) {
      const scenario = this.started.get(testCaseFinished.testCaseStartedId);
      if (scenario === undefined) return;
      if (testCaseFinished.willBeRetried) this.retried.add(scenario.name);
      else {
        this.ended.push({ ...scenario, ...endOf(scenario) });
        this.over.add(scenario.id);
      }
    }
  }

  private namesOf(pickle: Pickle | undefined): readonly string[] {
    const document = this.documents.get(pickle?.uri ?? '');
    return pickle === undefined || document === undefined ? [pickle?.name ?? '?'] : namesOf(pickle, document);
  }

  private log({ body, testCaseStartedId }: Attachment): void {
    if (body?.startsWith(RUN)) this.runs.add(body.slice(RUN.length));
    if (testCaseStartedId !== undefined) this.started.get(testCaseStartedId)?.logs.push(body ?? '');
  }

  /**
   * How many scenarios ended so.
   *
   * @param end - how
   */
  count(end: End): number {
    return this.ended.filter((each) => each.end === end).length;
  }

  /**
   * Whether all have passed that go by a name: a rule has several scenarios, and the rows of an outline may share a title.
   *
   * @param name - an id, or a title
   */
  arePassed(name: string): boolean {
    const those = this.ended.filter(({ names }) => names.includes(name));
    return those.length > 0 && those.every(({ end }) => end === 'passed');
  }

  /** The scenarios that were run, by what they are called, and whether they have failed. */
  ran(): Map<string, boolean> {
    const those = this.ended.filter(({ end }) => end !== 'not run');
    return new Map(those.map((each) => [called(each), each.end === 'failed']));
  }

  /** What has failed in a way that may be expected. */
  failures(): Failure[] {
    return this.ended.flatMap((each) => {
      const [crash] = logsOf(each, CRASHED);
      // whatever else fails a scenario cannot be expected: a step that is mistyped, or something that is required
      if (each.end !== 'failed' || (crash === undefined && logsOf(each, AGAIN).length === 0)) return [];
      const [why = ''] = (findingsIn(each)[0] ?? each.messages[0] ?? '').split('\n');
      return [{ called: called(each), why: why.endsWith(':') ? OF_LAW : why, isCrash: crash !== undefined }];
    });
  }

  /**
   * What Cucumber alone may count as a success: scenarios that were not run to their end, though nobody said that they
   * need not be.
   *
   * @param isPart - whether this is a part of a run, which may by chance have little of what the whole has
   * @returns a sentence for each kind
   */
  problems(isPart = false): string[] {
    const problems: string[] = [];
    const say = (names: readonly string[], what: string) => {
      if (names.length > 0)
        problems.push(`${names.length} ${names.length === 1 ? 'scenario' : 'scenarios'} ${what}: ${few(names)}`);
    };
    if (this.chosen.size === 0) {
      problems.push(
        'No scenario was chosen: a tag, a name, a path, a line or a shard is mistyped, or a file is empty.',
      );
    } else if (this.count('passed') + this.count('failed') === 0) {
      problems.push('No scenario was run to its end: nothing is known of the engine.');
    }
    const [asked, all] = this.asked();
    if (!isPart && asked > 0 && asked < LITTLE * all) problems.push(tooLittle(asked, all));
    for (const [status, what] of UNFINISHED) {
      const worst = ({ statuses }: Ended) => UNFINISHED.find(([each]) => statuses.includes(each))?.[0];
      const those = this.ended.filter((each) => each.end === 'failed' && worst(each) === status);
      say(those.filter(({ statuses }) => !statuses.includes('FAILED')).map(nameOf), what);
    }
    say(this.ended.filter(({ statuses }) => statuses.length === 0).map(nameOf), 'without a step');
    const left = [...this.chosen].filter(([id]) => !this.over.has(id));
    say(
      left.map(([, { name }]) => name),
      'chosen, and not run to the end',
    );
    if (this.count('failed') === 0) {
      say(this.ended.filter(({ end }) => end === 'not run').map(nameOf), 'not run, though none has failed');
    }
    say([...this.retried], 'failed at first and was tried again; what fails now and then has failed');
    return problems;
  }

  /**
   * What was not claimed and why, what is known to fail, at which edges the engine differs, what the run was, and in the
   * last line the count. First of all, what is wrong with the engine: each fault once.
   *
   * @param isLeftOut - whether the demonstration was left out
   */
  text(isLeftOut = false): string {
    const lines = this.findings();
    const missing = this.ended.filter(({ end }) => end === 'not claimed').map(({ reason }) => reason);
    const count = (reason: string) => missing.filter((each) => each === reason).length;
    const reasons = [...new Set(missing)].map((reason) => `${reason} (${count(reason)})`);
    if (reasons.length > 0) lines.push(`not claimed, and in how many scenarios it is needed: ${reasons.join(', ')}`);
    const skipped = this.ended.filter(({ end }) => end === 'known failure');
    for (const reason of new Set(skipped.map((each) => each.reason))) {
      const names = skipped.filter((each) => each.reason === reason).map(nameOf);
      lines.push(`known failure: ${reason}`, ...names.map((name) => `    ${name}`));
    }
    const others = this.ended.flatMap((each) =>
      each.end === 'failed' ? logsOf(each, OTHERWISE).map((why) => `    ${called(each)}: ${why}`) : [],
    );
    if (others.length > 0) lines.push('expected to fail, but not so:', ...others);
    const differing = this.ended.filter(({ end }) => end === 'differs');
    if (differing.length > 0 && this.count('failed') > 0) {
      lines.push(`${differing.length} edges differ as well; once nothing fails any more, they are listed here`);
    } else if (differing.length > 0) {
      lines.push(
        'edges, where sound engines differ too, so that nothing counts (docs/edges.md); --edges makes them count:',
        ...differing.map(({ name, reason }) => `    ${name}: ${reason.replace(/\s+/g, ' ').slice(0, 160)}`),
      );
    }
    const { laws, tried } = this.tried();
    if (laws > 0) lines.push(`tried: ${tried} random expressions, for ${laws} ${laws === 1 ? 'law' : 'laws'}`);
    const leftOut = isLeftOut ? '; chapter 12 left out (--demonstration)' : '';
    return [...lines, ...this.runs, `${this.counts()}${leftOut}`].join('\n');
  }

  /** How many random expressions were tried of the laws that hold: not all that was asked for need be. */
  private tried(): { laws: number; tried: number } {
    const counts = this.ended.flatMap(({ logs }) =>
      logs.flatMap((log) => /^(\d+) random expressions, seed/.exec(log)?.[1] ?? []),
    );
    return { laws: counts.length, tried: counts.reduce((sum, count) => sum + Number(count), 0) };
  }

  /** Each fault of the engine, with the scenarios in which it could show. */
  private findings(): string[] {
    const failed = this.ended.filter(({ end }) => end === 'failed');
    const found = new Map<string, Ended[]>();
    for (const each of failed) {
      for (const text of findingsIn(each)) found.set(text, [...(found.get(text) ?? []), each]);
    }
    return [...found].flatMap(([text, scenarios], i) => {
      const [title = '', ...rest] = text.split('\n');
      const names = scenarios.map(called);
      const few = names.slice(0, FEW).join(', ');
      const more = names.length > FEW ? ` and ${names.length - FEW} more` : '';
      const count = names.length === 1 ? '1 scenario' : `${names.length} scenarios`;
      return [
        `finding ${i + 1} of ${found.size}: ${title}`,
        ...rest.map((line) => `  ${line}`),
        `  could be why ${count} failed: ${few}${more}`,
        ...againOf(scenarios, failed).map((line) => `  ${line}`),
        '',
      ];
    });
  }

  /** Of how many scenarios the engine was asked, and how many there are, edges apart. */
  private asked(): [number, number] {
    const core = this.ended.filter(({ isEdge, end }) => !isEdge && end !== 'not run');
    return [core.filter(({ end }) => end !== 'not claimed').length, core.length];
  }

  /** The last line. */
  private counts(): string {
    const known = this.count('known failure');
    const edges = this.ended.filter(({ isEdge, end }) => isEdge && end !== 'not claimed' && end !== 'not run');
    const left = this.count('not run');
    const differing = edges.filter(({ end }) => end !== 'passed').length;
    const passed = this.ended.filter(({ end, isEdge }) => end === 'passed' && !isEdge).length;
    const counts = [
      `${passed} passed, ${this.count('failed')} failed, ${this.count('not claimed')} not claimed`,
      ...(known === 0 ? [] : [`, ${known} known to fail`]),
      ...(edges.length === 0 ? [] : [`; ${differing} of ${edges.length} edges differ`]),
      ...(left === 0 ? [] : [`; ${left} not run, after so many failures (--max-failures)`]),
    ];
    return counts.join('');
  }
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

function endOf({ statuses, logs }: Scenario): { end: End; reason: string } {
  if (statuses.length > 0 && statuses.every((status) => status === 'PASSED')) return { end: 'passed', reason: '' };
  const isOnlySkipped = statuses.every((status) => status === 'PASSED' || status === 'SKIPPED');
  for (const [end, sign] of [
    ['not claimed', NOT_CLAIMED],
    ['known failure', KNOWN_FAILURE],
    ['differs', DIFFERS],
    ['not run', NOT_RUN],
  ] as const) {
    const log = logs.find((each) => each.startsWith(sign));
    if (isOnlySkipped && log !== undefined) return { end, reason: log.slice(sign.length) };
  }
  return { end: 'failed', reason: '' };
}

function nameOf({ name }: Scenario): string {
  return name;
}

/** What a scenario is called on the command line. */
function called({ names }: Scenario): string {
  return names[0] ?? '?';
}

/** Of so many scenarios in which a finding shows, it is said what they are called. */
const FEW = 4;

/** What is said in a few words of a law that does not hold: what it has found needs several lines. */
const OF_LAW = 'wrong on a random expression';

function findingsIn(scenario: Scenario): string[] {
  return logsOf(scenario, FINDING);
}

/** What was logged behind a sign. */
function logsOf({ logs }: Scenario, sign: string): string[] {
  return logs.flatMap((log) => (log.startsWith(sign) ? [log.slice(sign.length)] : []));
}

/**
 * The command that shows a finding: if there is a scenario that shows nothing else, then by that. That an engine was given
 * up, no scenario shows alone: then it is the first in which it has crashed.
 */
function againOf(scenarios: readonly Ended[], failed: readonly Ended[]): string[] {
  const least = [...scenarios].sort((one, other) => findingsIn(one).length - findingsIn(other).length);
  const crashed = failed.filter((each) => logsOf(each, CRASHED).length > 0);
  const [command] = [...least, ...crashed].flatMap((each) => logsOf(each, AGAIN));
  return command === undefined ? [] : [`${AGAIN}${command}`];
}

/** The first few of many names. */
function few(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  return quoted.length <= 3 ? list(quoted) : `${quoted.slice(0, 3).join(', ')} and ${quoted.length - 3} more`;
}
