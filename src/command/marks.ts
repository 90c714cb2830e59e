import type { Comment, Envelope, Pickle } from '@cucumber/messages';
import { AGAIN, OPEN } from '../settings';

/** How an exercise stands. */
type Mark = 'right' | 'still open' | 'not yet' | 'cannot be run';

interface Exercise {
  readonly chapter: string;
  readonly title: string;
  /** What to think of, if it is not right yet. */
  readonly hint: string;
  mark: Mark;
  /** Why it cannot be run. */
  why: string;
}

/** What a comment begins with that is a hint. */
const HINT = /^\s*# Hint: /;
const AGAIN_LINE = new RegExp(`\n\\s*${AGAIN}.*`);

/** Listens to a run of exercises, and says in the end how each of them stands, without giving a number away. */
export class Marks {
  private readonly hints = new Map<string, readonly Comment[]>();
  private readonly titles = new Map<string, string>();
  private readonly pickles = new Map<string, Pickle>();
  private readonly cases = new Map<string, Pickle>();
  private readonly started = new Map<string, Exercise>();
  private readonly broken: string[] = [];

  /** @param message - one message of the run; they come in order */
  take({
    gherkinDocument,
    parseError,
    pickle,
    testCase,
    testCaseStarted,
    attachment,
    testStepFinished,
  }: Envelope): void {
    if (parseError) this.broken.push(parseError.message);
    if (gherkinDocument) {
      const { uri = '', comments, feature } = gherkinDocument;
      this.hints.set(uri, comments);
      this.titles.set(uri, feature?.name ?? uri);
    }
    if (pickle) this.pickles.set(pickle.id, pickle);
    const chosen = testCase && this.pickles.get(testCase.pickleId);
    if (testCase && chosen) this.cases.set(testCase.id, chosen);
    if (testCaseStarted) {
      const begun = this.cases.get(testCaseStarted.testCaseId);
      if (begun) this.started.set(testCaseStarted.id, this.begin(begun));
    }
    const exercise = this.started.get(attachment?.testCaseStartedId ?? testStepFinished?.testCaseStartedId ?? '');
    if (exercise === undefined) return;
    if (attachment?.body === OPEN) exercise.mark = 'still open';
    const { status, message = '' } = testStepFinished?.testStepResult ?? {};
    if (status === undefined || status === 'PASSED' || status === 'SKIPPED' || exercise.mark !== 'right') return;
    // what is wrong with a number tells the number; everything else is for the reader to know
    const isMismatch = /\bexpected .*\n.*\bcame\b|^.* is \S+, which is not|this scenario checks nothing/.test(message);
    exercise.mark = status === 'FAILED' && isMismatch ? 'not yet' : 'cannot be run';
    exercise.why =
      status === 'UNDEFINED'
        ? 'a line of it is no sentence: is there a number in the place of the blank?'
        : message.replace(AGAIN_LINE, ''); // that is no command for exercises
  }

  private begin({ uri, name, location }: Pickle): Exercise {
    const after = (this.hints.get(uri) ?? []).find(
      ({ text, location: { line } }) => HINT.test(text) && line > (location?.line ?? 0),
    );
    const hint = after?.text.replace(HINT, '').trim() ?? '';
    return { chapter: this.titles.get(uri) ?? uri, title: name, hint, mark: 'right', why: '' };
  }

  /** Whether there are exercises, and all of them are right. */
  get areAllRight(): boolean {
    const all = [...this.started.values()];
    return this.broken.length === 0 && all.length > 0 && all.every(({ mark }) => mark === 'right');
  }

  /** How each exercise stands, by chapter; and in the last line, how many stand how. */
  text(): string {
    const all = [...this.started.values()];
    const lines: string[] = [...this.broken];
    for (const chapter of new Set(all.map((each) => each.chapter))) {
      lines.push(chapter);
      for (const { title, mark, hint, why } of all.filter((each) => each.chapter === chapter)) {
        lines.push(`    ${mark.padEnd(13)} ${title}`);
        if (mark === 'not yet' && hint !== '') lines.push(`${' '.repeat(18)}${hint}`);
        if (mark === 'cannot be run') lines.push(...why.split('\n').map((line) => `${' '.repeat(18)}${line}`));
      }
      lines.push('');
    }
    const count = (mark: Mark) => all.filter((each) => each.mark === mark).length;
    const broken = count('cannot be run');
    const rest = broken === 0 ? '' : `, ${broken} cannot be run`;
    return [
      ...lines,
      `${count('right')} right, ${count('not yet')} not yet, ${count('still open')} still open${rest}`,
    ].join('\n');
  }
}
