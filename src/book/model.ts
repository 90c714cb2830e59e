import type { Background, Envelope, Examples, GherkinDocument, Pickle, Rule, Scenario, Step } from '@cucumber/messages';
import { type GraphPicture, PICTURE, type Picture } from '../pictures/picture';

/*
 * A run, as the book needs it: from the messages of the run, and nothing else.
 */

/** A picture, and the graph before the step that made it. */
export interface Seen {
  readonly picture: Picture;
  readonly title: string;
  readonly before?: GraphPicture;
}

/** How a step went. */
export interface Told {
  readonly status: string;
  readonly message: string;
  readonly seen: Seen[];
  readonly logs: string[];
}

/** How a scenario went: each of its steps, by the id that it has in its file. */
export interface Went {
  readonly pickle: Pickle;
  readonly steps: ReadonlyMap<string, Told>;
}

/** A run. */
export interface Run {
  readonly documents: readonly GherkinDocument[];
  /** How scenarios went, by their id, and those of an outline by the id of the row. */
  readonly went: ReadonlyMap<string, Went>;
  /** What could not be read. */
  readonly unreadable: readonly { readonly uri: string; readonly message: string }[];
}

export type { Background, Examples, Rule, Scenario, Step };

/**
 * Reads a run.
 *
 * @param messages - in order
 */
export function readRun(messages: readonly Envelope[]): Run {
  const documents: GherkinDocument[] = [];
  const unreadable: { uri: string; message: string }[] = [];
  const pickles = new Map<string, Pickle>();
  const cases = new Map<string, { pickle: Pickle; steps: Map<string, string> }>();
  const started = new Map<string, { went: Went & { steps: Map<string, Told> }; ids: Map<string, string> }>();
  const before = new Map<string, GraphPicture>();
  const went = new Map<string, Went>();
  const toldOf = (run: string, step: string | undefined): Told | undefined => {
    const scenario = started.get(run);
    const id = scenario?.ids.get(step ?? '');
    if (scenario === undefined || id === undefined) return undefined;
    const told = scenario.went.steps.get(id) ?? { status: 'UNKNOWN', message: '', seen: [], logs: [] };
    scenario.went.steps.set(id, told);
    return told;
  };
  for (const message of messages) {
    const { gherkinDocument, parseError, pickle, testCase, testCaseStarted, attachment, testStepFinished } = message;
    if (gherkinDocument) documents.push(gherkinDocument);
    if (parseError) unreadable.push({ uri: parseError.source.uri ?? '?', message: parseError.message });
    if (pickle) pickles.set(pickle.id, pickle);
    const chosen = testCase && pickles.get(testCase.pickleId);
    if (testCase && chosen) {
      const places = new Map(chosen.steps.map(({ id, astNodeIds }) => [id, astNodeIds[0] ?? '']));
      const steps = testCase.testSteps.flatMap(({ id, pickleStepId }): [string, string][] =>
        pickleStepId === undefined ? [] : [[id, places.get(pickleStepId) ?? '']],
      );
      cases.set(testCase.id, { pickle: chosen, steps: new Map(steps) });
    }
    const begun = testCaseStarted && cases.get(testCaseStarted.testCaseId);
    if (testCaseStarted && begun) {
      const scenario = { pickle: begun.pickle, steps: new Map<string, Told>() };
      started.set(testCaseStarted.id, { went: scenario, ids: begun.steps });
      went.set(begun.pickle.astNodeIds.at(-1) ?? '', scenario);
    }
    if (attachment) {
      const run = attachment.testCaseStartedId ?? '';
      const told = toldOf(run, attachment.testStepId);
      if (attachment.mediaType === PICTURE) {
        const picture = JSON.parse(attachment.body) as Picture;
        told?.seen.push({ picture, title: attachment.fileName ?? '', before: before.get(run) });
        if (picture.kind === 'graph') before.set(run, picture);
      } else told?.logs.push(attachment.body);
    }
    if (testStepFinished) {
      const told = toldOf(testStepFinished.testCaseStartedId, testStepFinished.testStepId);
      const { status, message: why = '' } = testStepFinished.testStepResult;
      if (told) Object.assign(told, { status, message: why });
    }
  }
  return { documents, unreadable, went };
}

/** How a scenario ended, in a word of the book. */
export type End = 'holds' | 'fails' | 'not asked' | 'not run';

/**
 * How a scenario ended.
 *
 * @param scenario - undefined if it was not chosen
 */
export function endOf(scenario: Went | undefined): End {
  if (scenario === undefined) return 'not run';
  const statuses = [...scenario.steps.values()].map(({ status }) => status);
  if (statuses.length > 0 && statuses.every((status) => status === 'PASSED')) return 'holds';
  return statuses.every((status) => status === 'PASSED' || status === 'SKIPPED') ? 'not asked' : 'fails';
}
