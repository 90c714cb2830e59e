import type { Attachment, Envelope, GherkinDocument, Pickle, TestStepFinished } from '@cucumber/messages';
import {
  AGAIN,
  ANNOUNCED,
  CRASHED,
  DIFFERS,
  FINDING,
  KNOWN_FAILURE,
  NOT_CLAIMED,
  NOT_RUN,
  OTHERWISE,
  RUN,
} from '../settings';
import { namesOf, placeOf } from './entries';

/*
 * What the messages of a run say of its scenarios, as plain data. The verdict, and all reports that are not Cucumber's own,
 * are made from it.
 */

/** How a scenario ended. */
export type End = 'passed' | 'failed' | 'not claimed' | 'expected failure' | 'edge differs' | 'announced' | 'not run';

/** A scenario that was chosen. */
export interface Chosen {
  readonly name: string;
  /** By what it can be named on the command line: what it is called comes first. */
  readonly names: readonly string[];
  /** The file that it stands in, as Cucumber names it. */
  readonly uri: string;
  /** Where it stands, as the command takes it: `9:14` for a chapter, a path otherwise. */
  readonly place: string;
  readonly tags: readonly string[];
  readonly isEdge: boolean;
  /** The line of its file; of a row of an outline, the row's own. */
  readonly line: number;
}

/** A scenario that has ended. */
export interface Scenario extends Chosen {
  readonly end: End;
  /** Why it ended so, where that was said: what is not claimed, in what an edge differs. */
  readonly reason: string;
  /** Why it failed; empty otherwise. */
  readonly message: string;
  /** What is wrong with the engine and could be why it failed: each a text of several lines. */
  readonly findings: readonly string[];
  /** In what it did not fail as was expected, a sentence each. */
  readonly otherwise: readonly string[];
  /** The commands that run it again, alone, if it failed. */
  readonly again: readonly string[];
  /** Why the engine did not answer, if that is how it failed. */
  readonly crash: string | undefined;
  /** How many random expressions were tried, where it is about a law that holds. */
  readonly tried: number | undefined;
  /** How its steps ended, in the words of `TestStepResultStatus`. */
  readonly statuses: readonly string[];
}

/** What the messages of a run say. */
export interface Gathered {
  /** How many scenarios were chosen. */
  readonly chosen: number;
  /** Those that have ended, in the order in which they did. */
  readonly scenarios: readonly Scenario[];
  /** Those that were chosen, and did not come to their end. */
  readonly left: readonly Chosen[];
  /** The names of those that were tried again. */
  readonly retried: readonly string[];
  /** What the run said of itself; of one run, one line. */
  readonly runs: readonly string[];
}

/** A scenario that is being run. */
interface Started {
  readonly testCaseId: string;
  readonly chosen: Chosen;
  readonly statuses: string[];
  readonly messages: string[];
  readonly logs: string[];
}

/** Listens to a run, and keeps what it says of its scenarios. */
export class Gathering {
  private readonly documents = new Map<string, GherkinDocument>();
  private readonly pickles = new Map<string, Pickle>();
  private readonly chosen = new Map<string, Chosen>();
  private readonly started = new Map<string, Started>();
  private readonly scenarios: Scenario[] = [];
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
      const chosen = this.pickles.get(testCase.pickleId);
      this.chosen.set(testCase.id, chosenOf(chosen, this.documents.get(chosen?.uri ?? '')));
    }
    if (testCaseStarted) {
      const { id, testCaseId } = testCaseStarted;
      const chosen = this.chosen.get(testCaseId) ?? chosenOf(undefined);
      this.started.set(id, { testCaseId, chosen, statuses: [], messages: [], logs: [] });
    }
    if (attachment) this.log(attachment);
    if (testStepFinished) this.step(testStepFinished);
    if (testCaseFinished) this.end(testCaseFinished.testCaseStartedId, testCaseFinished.willBeRetried);
  }

  private log({ body, testCaseStartedId }: Attachment): void {
    if (body?.startsWith(RUN)) this.runs.add(body.slice(RUN.length));
    if (testCaseStartedId !== undefined) this.started.get(testCaseStartedId)?.logs.push(body ?? '');
  }

  private step({ testCaseStartedId, testStepResult: { status, message } }: TestStepFinished): void {
    const started = this.started.get(testCaseStartedId);
    started?.statuses.push(status);
    if (message !== undefined) started?.messages.push(message);
  }

  private end(testCaseStartedId: string, willBeRetried: boolean): void {
    const started = this.started.get(testCaseStartedId);
    if (started === undefined) return;
    if (willBeRetried) {
      this.retried.add(started.chosen.name);
      return;
    }
    this.scenarios.push(ended(started));
    this.over.add(started.testCaseId);
  }

  /** What was said until now. */
  get gathered(): Gathered {
    const left = [...this.chosen].filter(([id]) => !this.over.has(id)).map(([, chosen]) => chosen);
    const { scenarios, retried, runs } = this;
    return { chosen: this.chosen.size, scenarios, left, retried: [...retried], runs: [...runs] };
  }
}

function chosenOf(pickle: Pickle | undefined, document?: GherkinDocument): Chosen {
  const tags = pickle?.tags.map(({ name }) => name) ?? [];
  return {
    name: pickle?.name ?? '?',
    names: pickle === undefined || document === undefined ? [pickle?.name ?? '?'] : namesOf(pickle, document),
    uri: pickle?.uri ?? '?',
    place: pickle === undefined ? '?' : placeOf(pickle),
    line: pickle?.location?.line ?? 0,
    tags,
    isEdge: tags.includes('@edge'),
  };
}

function ended({ chosen, statuses, messages, logs }: Started): Scenario {
  const { end, reason } = endOf(statuses, logs);
  const tried = logs.flatMap((log) => /^(\d+) random expressions, seed/.exec(log)?.[1] ?? []);
  return {
    ...chosen,
    end,
    reason,
    message: end === 'failed' ? messages.join('\n') : '',
    findings: end === 'failed' ? logged(logs, FINDING) : [],
    otherwise: end === 'failed' ? logged(logs, OTHERWISE) : [],
    again: end === 'failed' ? logged(logs, AGAIN) : [],
    crash: end === 'failed' ? logged(logs, CRASHED)[0] : undefined,
    tried: tried.length === 0 ? undefined : tried.reduce((sum, count) => sum + Number(count), 0),
    statuses,
  };
}

/** What was logged behind a sign. */
function logged(logs: readonly string[], sign: string): string[] {
  return logs.flatMap((log) => (log.startsWith(sign) ? [log.slice(sign.length)] : []));
}

/** What the log of a scenario that was skipped begins with, by how it ended. */
const SIGNS: readonly (readonly [End, string])[] = [
  ['not claimed', NOT_CLAIMED],
  ['expected failure', KNOWN_FAILURE],
  ['edge differs', DIFFERS],
  ['announced', ANNOUNCED],
  ['not run', NOT_RUN],
];

function endOf(statuses: readonly string[], logs: readonly string[]): { end: End; reason: string } {
  if (statuses.length > 0 && statuses.every((status) => status === 'PASSED')) return { end: 'passed', reason: '' };
  const isOnlySkipped = statuses.every((status) => status === 'PASSED' || status === 'SKIPPED');
  for (const [end, sign] of SIGNS) {
    const log = logs.find((each) => each.startsWith(sign));
    if (isOnlySkipped && log !== undefined) return { end, reason: log.slice(sign.length) };
  }
  return { end: 'failed', reason: '' };
}

/**
 * What a scenario is called on the command line.
 *
 * @param chosen - the scenario
 */
export function called({ names }: Chosen): string {
  return names[0] ?? '?';
}

/**
 * The scenarios that were run, by what they are called, and whether they have failed.
 *
 * @param gathered - what the run said
 */
export function ran({ scenarios }: Gathered): Map<string, boolean> {
  const those = scenarios.filter(({ end }) => end !== 'not run');
  return new Map(those.map((each) => [called(each), each.end === 'failed']));
}
