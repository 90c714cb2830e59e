import { existsSync } from 'node:fs';
import type { Envelope, GherkinDocument, Pickle } from '@cucumber/messages';
import { list } from '../errors';
import { TOLD } from '../settings';
import { keepFailed } from './failed';
import { faultsOfFeatures, faultsOfPickles } from './features';
import { Gathering, ran } from './gather';
import type { Order } from './order';
import { faultsOfFiles, faultsOfPaths, type Paths } from './paths';
import type { About, Results } from './results';
import { type Seal, writeSeal } from './seal';
import { Sentences } from './sentences';
import { faultsOfTags } from './tags';
import { faultsOfTold, type Told } from './told';
import { arePassed, count, problemsOf, verdictText } from './verdict';
import type { Wanted } from './written';

/** What the gate is told from outside. */
export interface GateOptions extends Order {
  /** The scenarios in the skip list: one that passes must be taken out. */
  readonly skips?: readonly string[];
  /** What is required of the engine, and not offered by it. */
  readonly missing?: readonly string[];
  /** Whether this is one of several parts of a run. */
  readonly isPart?: boolean;
  /** Whether the demonstration was left out, though everything was asked for. */
  readonly isLeftOut?: boolean;
  /** The file in which is kept what has failed. */
  readonly failed?: string;
  /** The file that the messages of the run are written to, and what its seal is to say of the part. */
  readonly seal?: { readonly file: string } & Pick<Seal, 'part' | 'run' | 'origin'>;
  /** What the run was, for reports that are made from its results. */
  readonly about?: About;
  /** These reports. */
  readonly reports?: readonly Wanted[];
  /** The engine's own file, from the folder of the repository, if it is known: a pull request is told there. */
  readonly engineFile?: string;
  /** Whether GitHub Actions is to be told how the run went. */
  readonly isOnGitHub?: boolean;
}

/**
 * Listens to a run, and finds what was not checked although Cucumber counts the run as a success.
 */
export class Gate {
  private readonly gathering = new Gathering();
  private readonly sentences = new Sentences();
  private readonly documents: GherkinDocument[] = [];
  private readonly pickles = new Map<string, Pickle>();
  private readonly chosen: Pickle[] = [];
  private readonly unreadable: string[] = [];
  private paths: Paths | undefined;
  private told: Told = {};
  /** What failed outside of the scenarios. */
  private readonly outside: string[] = [];
  private tags: readonly string[] = [];
  private isParallel = false;
  /** When the run began and ended, in milliseconds since 1970. */
  private begun: number | undefined;
  private over: number | undefined;
  private isFinished = false;
  private readonly objections: string[] = [];
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

  /** @param fault - what is known to be wrong with the run beforehand, if anything is */
  object(fault: string | undefined): void {
    if (fault !== undefined) this.objections.push(fault);
    this.judged = undefined;
  }

  /** @param message - one message of the run; they come in order */
  take(message: Envelope): void {
    const { gherkinDocument, pickle, parseError, testCase, testCaseStarted, testRunFinished, attachment } = message;
    const { result } = message.testRunHookFinished ?? {};
    if (result?.status === 'FAILED') this.outside.push(result.message ?? '?');
    if (gherkinDocument) this.documents.push(gherkinDocument);
    if (pickle) this.pickles.set(pickle.id, pickle);
    if (parseError) this.unreadable.push(`${parseError.source.uri ?? '?'} ${parseError.message}`);
    const chosen = testCase && this.pickles.get(testCase.pickleId);
    if (chosen) this.chosen.push(chosen);
    if (testCaseStarted?.workerId !== undefined) this.isParallel = true;
    if (attachment?.body?.startsWith(TOLD)) this.told = JSON.parse(attachment.body.slice(TOLD.length));
    if (message.testRunStarted) this.begun = timeOf(message.testRunStarted);
    if (testRunFinished) {
      this.isFinished = true;
      this.over = timeOf(testRunFinished);
    }
    this.gathering.take(message);
    this.sentences.take(message);
    this.judged = undefined;
  }

  /**
   * If there is a message file, and the run came to its end: says so in the last line of the file.
   *
   * @param code - what the process exits with
   */
  seal(code: number): void {
    const {
      seal,
      skips = [],
      missing = [],
      isLeftOut = false,
      isSoon = false,
      announced,
      about,
      engineFile,
    } = this.options;
    if (seal === undefined || !this.isFinished) return;
    const { file, ...part } = seal;
    const late = this.late(code);
    try {
      if (!existsSync(file)) throw new Error('something took the file away during the run');
      // What only the whole run can tell is found anew when the parts are merged.
      const ofWhole = this.problemsOfWhole();
      const problems = [...this.problems().filter((problem) => !ofWhole.includes(problem)), ...late];
      const gate = { skips, missing, isLeftOut, isSoon, announced, about, engineFile };
      writeSeal(file, { ...part, gate, scenarios: this.chosen.length, problems });
    } catch (error) {
      // the verdict has been printed, and only this is left to be said
      const fault = `The end of ${file} cannot be written: ${(error as Error).message}`;
      process.stderr.write(`${fault}\n`);
      this.object(fault);
    }
  }

  /**
   * What is wrong although nothing in the run was.
   *
   * @param code - what the process exits with
   */
  late(code: number): string[] {
    return this.isPassed && code !== 0 ? [`After the last step, the process failed with exit code ${code}.`] : [];
  }

  /** Keeps what has failed, for the next run. */
  keep(): void {
    const { failed } = this.options;
    if (failed !== undefined) keepFailed(failed, ran(this.gathering.gathered));
  }

  /** What was not checked, and what stands in the way of trusting the rest: a sentence each, in one order. */
  problems(): readonly string[] {
    this.judged ??= this.judge();
    return this.judged;
  }

  private judge(): string[] {
    if (this.unreadable.length > 0) return this.unreadable;
    const { paths, documents } = this;
    const problems = [
      ...this.objections.map(indented),
      ...faultsOfFeatures(documents, (text) => this.sentences.read(text)),
    ];
    if (paths !== undefined) {
      problems.push(...faultsOfPaths(paths, documents, [...this.pickles.values()]), ...faultsOfFiles(paths));
    }
    problems.push(...this.tags.flatMap(faultsOfTags), ...faultsOfPickles(this.chosen, documents));
    if (!this.isFinished)
      problems.push('The run ended before its end: something ended the process, or never answered.');
    problems.push(...this.outside.map((why) => `Outside of the scenarios, something failed: ${indented(why)}`));
    if (this.isFinished || this.chosen.length > 0) {
      problems.push(...problemsOf(this.gathering.gathered, this.options.isPart));
    }
    if (this.isParallel) {
      problems.push('The run was parallel: what fails after the last step of a worker is lost. Use shards.');
    }
    problems.push(...faultsOfTold(this.told, this.chosen, [...this.pickles.values()], documents));
    problems.push(...this.problemsOfWhole());
    return problems;
  }

  /** What depends on all scenarios: of those that share one name, some may be in another part of the run. */
  private problemsOfWhole(): string[] {
    const problems: string[] = [];
    const { skips = this.told.skips ?? [], missing = [] } = this.options;
    if (missing.length > 0) problems.push(`Required, and not offered by this engine: ${list(missing)}`);
    const { gathered } = this.gathering;
    const passing = skips.filter((name) => arePassed(gathered, name));
    if (passing.length > 0) problems.push(`Expected to fail, and passing; take out of the list: ${list(passing)}`);
    return problems;
  }

  /** Whether everything that was to be checked was checked, and held. */
  get isPassed(): boolean {
    return count(this.gathering.gathered, 'failed') === 0 && this.problems().length === 0;
  }

  /**
   * The results, for machines.
   *
   * @param more - what is wrong besides what the gate has seen, a sentence each
   */
  results(more: readonly string[] = []): Results {
    const { resultsOf } = require('./results') as typeof import('./results');
    const { documents, begun, over } = this;
    const { about, isLeftOut = false } = this.options;
    const problems = [...this.problems(), ...more];
    return resultsOf({ gathered: this.gathering.gathered, documents, about, problems, isLeftOut, begun, over });
  }

  /** What to print at the end: the problems, then the verdict. */
  text(): string {
    const problems = this.problems();
    const heading = problems.length === 0 ? '' : `Not everything was checked:\n${bulleted(problems)}\n\n`;
    return `${heading}${verdictText(this.gathering.gathered, this.options.isLeftOut)}`;
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

function timeOf({ timestamp: { seconds, nanos } }: { timestamp: { seconds: number; nanos: number } }): number {
  return seconds * 1000 + Math.floor(nanos / 1e6);
}

function indented(text: string): string {
  return text.trim().replaceAll('\n', '\n    ');
}
