import type { Envelope, GherkinDocument, Pickle } from '@cucumber/messages';
import { list } from '../errors';
import { faultsOfFeatures, faultsOfPickles } from './features';
import { faultsOfFiles, faultsOfPaths, type Paths } from './paths';
import { writeSeal } from './seal';
import { Sentences } from './sentences';
import { faultsOfTags } from './tags';
import { Verdict } from './verdict';

/** What the gate is told from outside. */
export interface GateOptions {
  /** The scenarios in the skip list: one that passes must be taken out. */
  readonly skips?: readonly string[];
  /** What is required of the engine, and not offered by it. */
  readonly missing?: readonly string[];
  /** Whether the demonstration was left out, though everything was asked for. */
  readonly isLeftOut?: boolean;
  /** The options with which a finding is shown again, as they are typed on the command line. */
  readonly again?: string;
  /** The file that the messages of the run are written to, which of how many parts it is, and of what run. */
  readonly seal?: { readonly file: string; readonly part: string; readonly run: string };
}

/**
 * Listens to a run, and finds what was not checked although Cucumber counts the run as a success.
 */
export class Gate {
  private readonly verdict = new Verdict();
  private readonly sentences = new Sentences();
  private readonly documents: GherkinDocument[] = [];
  private readonly pickles = new Map<string, Pickle>();
  private readonly chosen: Pickle[] = [];
  private readonly unreadable: string[] = [];
  private paths: Paths | undefined;
  private tags: readonly string[] = [];
  private isParallel = false;
  private isFinished = false;
  /** The problems, once they have been asked for. */
  private judged: readonly string[] | undefined;

  /** @param options - what the gate is told from outside */
  constructor(private readonly options: GateOptions = {}) {}

  /**
   * @param paths - what was asked for, and what was found
   * @param tags - the expressions by which scenarios were chosen, as far as they are known
   */
  look(paths: Paths, tags: readonly string[] = []): void {
    this.paths = paths;
    this.tags = tags;
  }

  /** @param message - one message of the run; they come in order */
  take(message: Envelope): void {
    const { gherkinDocument, pickle, parseError, testCase, testCaseStarted, testRunFinished } = message;
    if (gherkinDocument) this.documents.push(gherkinDocument);
    if (pickle) this.pickles.set(pickle.id, pickle);
    if (parseError) this.unreadable.push(`${parseError.source.uri ?? '?'} ${parseError.message}`);
    const chosen = testCase && this.pickles.get(testCase.pickleId);
    if (chosen) this.chosen.push(chosen);
    if (testCaseStarted?.workerId !== undefined) this.isParallel = true;
    if (testRunFinished) this.isFinished = true;
    this.verdict.take(message);
    this.sentences.take(message);
    this.judged = undefined;
  }

  /**
   * If there is a message file, and the run came to its end: says so in the last line of the file.
   *
   * @param code - what the process exits with
   */
  seal(code: number): void {
    const { seal } = this.options;
    if (seal === undefined || !this.isFinished) return;
    const { file, part, run } = seal;
    const late = this.isPassed && code !== 0 ? [`After the last step, the process failed with exit code ${code}.`] : [];
    writeSeal(file, { part, run, scenarios: this.chosen.length, problems: [...this.problems(), ...late] });
  }

  /** What was not checked, and what stands in the way of trusting the rest: a sentence each, in one order. */
  problems(): readonly string[] {
    this.judged ??= this.judge();
    return this.judged;
  }

  private judge(): string[] {
    if (this.unreadable.length > 0) return this.unreadable;
    const { paths, documents } = this;
    const problems = faultsOfFeatures(documents, (text) => this.sentences.read(text));
    if (paths !== undefined) {
      problems.push(...faultsOfPaths(paths, documents, [...this.pickles.values()]), ...faultsOfFiles(paths));
    }
    problems.push(...this.tags.flatMap(faultsOfTags), ...faultsOfPickles(this.chosen, documents));
    if (!this.isFinished)
      problems.push('The run ended before its end: something ended the process, or never answered.');
    if (this.isFinished || this.chosen.length > 0) problems.push(...this.verdict.problems());
    if (this.isParallel) {
      problems.push('The run was parallel: what fails after the last step of a worker is lost. Use shards.');
    }
    const { skips = [], missing = [] } = this.options;
    if (missing.length > 0) problems.push(`Required, and not offered by this engine: ${list(missing)}`);
    const passed = this.verdict.passed();
    const passing = skips.filter((name) => passed.has(name));
    if (passing.length > 0) problems.push(`In the skip list, and passing; take out: ${list(passing)}`);
    return problems;
  }

  /** Whether everything that was to be checked was checked, and held. */
  get isPassed(): boolean {
    return this.verdict.count('failed') === 0 && this.problems().length === 0;
  }

  /** What to print at the end: the problems, then the verdict. */
  text(): string {
    const problems = this.problems();
    const heading = problems.length === 0 ? '' : `Not everything was checked:\n${bulleted(problems)}\n\n`;
    return `${heading}${this.verdict.text(this.options.again, this.options.isLeftOut)}`;
  }
}

/**
 * Sentences as a list, one a line.
 *
 * @param sentences - the sentences
 */
export function bulleted(sentences: readonly string[]): string {
  return sentences.map((sentence) => `  - ${sentence}`).join('\n');
}
