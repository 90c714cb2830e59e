import { formatterHelpers, type IFormatterOptions, ProgressFormatter } from '@cucumber/cucumber';
import type { Envelope } from '@cucumber/messages';
import { FINDING, NOT_RUN } from '../settings';
import { chapterOf, namesOf } from './entries';
import { bar, live } from './live';

type Issue = Parameters<ProgressFormatter['logIssues']>[0]['issues'][number];

const CHARACTERS: Readonly<Record<string, string>> = {
  PASSED: '.',
  SKIPPED: '-',
  FAILED: 'F',
  UNDEFINED: 'U',
  AMBIGUOUS: 'A',
};

/** So many failed scenarios are shown whole; of the others, the names will do. */
const WHOLE = 5;

/**
 * Prints a character for each scenario, or on a terminal how far the run has come, and in the end the scenarios that have
 * failed. Those that a fault of the engine explains are left to the verdict, which tells each fault once; but what is found
 * is also said as soon as it is.
 *
 * @see https://github.com/cucumber/cucumber-js/blob/main/docs/custom_formatters.md
 */
export default class Dots extends ProgressFormatter {
  private readonly found = new Set<string>();
  private chosen = 0;
  private ended = 0;

  /** @param options - as Cucumber gives them */
  constructor(options: IFormatterOptions) {
    super(options);
    options.eventBroadcaster.on('envelope', (envelope) => this.take(envelope));
  }

  private take({ testCase, testCaseFinished, attachment, testRunFinished }: Envelope): void {
    if (testCase !== undefined) this.chosen += 1;
    if (attachment?.body.startsWith(FINDING)) this.find(attachment.body.slice(FINDING.length));
    if (testRunFinished !== undefined) live.clear();
    if (testCaseFinished === undefined || testCaseFinished.willBeRetried) return;
    this.ended += 1;
    if (live.isTerminal) live.say(bar(this.ended, this.chosen, 'scenarios'));
    else this.mark(testCaseFinished.testCaseStartedId);
  }

  /** What was found is said at once: who has seen enough need not wait for the end, where it stands again. */
  private find(finding: string): void {
    if (this.found.has(finding)) return;
    this.found.add(finding);
    live.clear();
    this.log(`\n\nfound: ${finding.trimEnd().replaceAll('\n', '\n  ')}\n\n`);
  }

  /** A character for a scenario that has ended. */
  private mark(testCaseStartedId: string): void {
    const { worstTestStepResult, stepAttachments } = this.eventDataCollector.getTestCaseAttempt(testCaseStartedId);
    const { status } = worstTestStepResult;
    const isLeft = Object.values(stepAttachments).some((logs) => logs.some(({ body }) => body.startsWith(NOT_RUN)));
    if (!isLeft) this.log(this.colorFns.forStatus(status)(CHARACTERS[status] ?? 'P'));
  }

  /** Says nothing of single steps. */
  override logProgress(): void {}

  /** @param issues - the scenarios that have failed, and what to call them */
  override logIssues({ issues, title }: Parameters<ProgressFormatter['logIssues']>[0]): void {
    const left = issues.filter(({ stepAttachments }) => {
      const logs = Object.values(stepAttachments).flat();
      return !logs.some(({ body }) => body.startsWith(FINDING));
    });
    if (left.length === 0) return;
    this.log(`${title}:\n\n`);
    // where faults are known, most of what is left comes from them, though it could not be told for certain
    const whole = left.length < issues.length ? 1 : WHOLE;
    for (const [i, testCaseAttempt] of left.slice(0, whole).entries()) {
      const { colorFns, snippetBuilder, supportCodeLibrary, printAttachments } = this;
      const text = formatterHelpers.formatIssue({
        ...{ colorFns, snippetBuilder, supportCodeLibrary, printAttachments, testCaseAttempt },
        number: i + 1,
      });
      const { pickle } = testCaseAttempt;
      const place = `${pickle.uri}:${pickle.location?.line}`;
      const called = calledOf(testCaseAttempt);
      // the place of a chapter's scenario is printed as well: it opens the file in most editors
      const where = chapterOf(pickle.uri) === undefined ? called : `${called}, ${place}`;
      this.log(withoutPlaces(text).replace(`# ${place}`, () => `# ${where}`));
    }
    const names = left.slice(whole).map((each) => `    ${each.pickle.name} # ${calledOf(each)}\n`);
    if (names.length > 0) this.log(`and ${names.length} more, which the reports show whole:\n${names.join('')}\n`);
  }
}

/** What a scenario is called on the command line. */
function calledOf({ pickle, gherkinDocument }: Pick<Issue, 'pickle' | 'gherkinDocument'>): string {
  return namesOf(pickle, gherkinDocument)[0] ?? '?';
}

/** Without the places in the spec's own code, which tell a user nothing. */
function withoutPlaces(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/(?:Before|After) # (?:dist\/)?steps\//.test(line))
    .map((line) => line.replace(/ # (?:dist\/)?steps\/\S+/, ''))
    .join('\n');
}
