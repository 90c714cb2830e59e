/*
 * The verdict on an engine, from the messages of a run.
 */

/** What a scenario's log begins with where the engine does not claim what the scenario needs. */
export const NOT_CLAIMED = 'not claimed: ';
/** What a scenario's log begins with where it fails as the skip list says. */
export const KNOWN_FAILURE = 'known failure: ';

/** The parts of Cucumber's messages that the verdict is drawn from. */
export interface Message {
  readonly pickle?: { readonly id: string; readonly name: string; readonly uri: string };
  readonly testCase?: { readonly id: string; readonly pickleId: string };
  readonly testCaseStarted?: { readonly id: string; readonly testCaseId: string };
  readonly attachment?: { readonly body: string; readonly testCaseStartedId?: string };
  readonly testStepFinished?: {
    readonly testCaseStartedId: string;
    readonly testStepResult: { readonly status: string };
  };
  readonly testCaseFinished?: { readonly testCaseStartedId: string; readonly willBeRetried: boolean };
}

/** How a scenario ended. */
type End = 'passed' | 'failed' | 'not claimed' | 'known failure';

interface Scenario {
  readonly name: string;
  readonly uri: string;
  readonly statuses: string[];
  readonly logs: string[];
}

/** Listens to a run, and says in the end how it went. */
export class Verdict {
  private readonly pickles = new Map<string, { name: string; uri: string }>();
  private readonly cases = new Map<string, string>();
  private readonly started = new Map<string, Scenario>();
  private readonly ended: { readonly scenario: Scenario; readonly end: End; readonly reason: string }[] = [];

  /** @param message - one message of the run; they come in order */
  take(message: Message): void {
    const { pickle, testCase, testCaseStarted, attachment, testStepFinished, testCaseFinished } = message;
    if (pickle) this.pickles.set(pickle.id, pickle);
    if (testCase) this.cases.set(testCase.id, testCase.pickleId);
    if (testCaseStarted) {
      const { name, uri } = this.pickles.get(this.cases.get(testCaseStarted.testCaseId) ?? '') ?? {
        name: '?',
        uri: '?',
      };
      this.started.set(testCaseStarted.id, { name, uri, statuses: [], logs: [] });
    }
    if (attachment?.testCaseStartedId) this.started.get(attachment.testCaseStartedId)?.logs.push(attachment.body);
    if (testStepFinished) {
      this.started.get(testStepFinished.testCaseStartedId)?.statuses.push(testStepFinished.testStepResult.status);
    }
    if (testCaseFinished && !testCaseFinished.willBeRetried) {
      const scenario = this.started.get(testCaseFinished.testCaseStartedId);
      if (scenario) this.ended.push({ scenario, ...endOf(scenario) });
    }
  }

  /**
   * How many scenarios ended so.
   *
   * @param end - how
   */
  count(end: End): number {
    return this.ended.filter((each) => each.end === end).length;
  }

  /** The names of the scenarios that passed. */
  passed(): Set<string> {
    return new Set(this.ended.filter(({ end }) => end === 'passed').map(({ scenario }) => scenario.name));
  }

  /** What was not claimed and why, what is known to fail, and in the last line the verdict. */
  text(): string {
    const lines: string[] = [];
    for (const end of ['not claimed', 'known failure'] as const) {
      const scenarios = this.ended.filter((each) => each.end === end);
      for (const reason of new Set(scenarios.map((each) => each.reason))) {
        const names = scenarios.filter((each) => each.reason === reason).map(({ scenario }) => scenario.name);
        lines.push(`${end}: ${reason}`, ...names.map((name) => `    ${name}`));
      }
    }
    const [passed, failed, notClaimed] = [this.count('passed'), this.count('failed'), this.count('not claimed')];
    return [...lines, `${passed} passed, ${failed} failed, ${notClaimed} not claimed`].join('\n');
  }
}

function endOf({ statuses, logs }: Scenario): { end: End; reason: string } {
  if (statuses.length > 0 && statuses.every((status) => status === 'PASSED')) return { end: 'passed', reason: '' };
  const isOnlySkipped = statuses.every((status) => status === 'PASSED' || status === 'SKIPPED');
  for (const [end, sign] of [
    ['not claimed', NOT_CLAIMED],
    ['known failure', KNOWN_FAILURE],
  ] as const) {
    const log = logs.find((each) => each.startsWith(sign));
    if (isOnlySkipped && log !== undefined) return { end, reason: log.slice(sign.length) };
  }
  return { end: 'failed', reason: '' };
}
