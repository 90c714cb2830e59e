import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Envelope } from '@cucumber/messages';
import { list } from '../errors';
import { namesOf } from './entries';
import { bulleted, Gate } from './gate';
import { inOrderOfRun, type Order } from './order';
import { ciRun, differencesOf, faultsOfStart } from './origin';
import { type Part, readPart } from './part';
import type { Results } from './results';
import { readSeal } from './seal';

/** What the parts of a run have in common: these messages differ in nothing but the ids that a process made up. */
const COMMON = ['source', 'gherkinDocument', 'pickle', 'parameterType', 'stepDefinition', 'hook', 'testRunStarted'];
/** What a part has of its own. Whatever is not named here or above says nothing about scenarios. */
const OWN = [
  ...['testRunHookStarted', 'testRunHookFinished', 'testCase', 'testCaseStarted', 'testCaseFinished'],
  ...['testStepStarted', 'testStepFinished', 'attachment', 'suggestion', 'undefinedParameterType', 'parseError'],
];

/** A run that was put together from its parts. */
export interface Merged {
  /** The messages of one run. */
  readonly messages: readonly Envelope[];
  /** The verdict, as text. */
  readonly text: string;
  /** The engine's own file, if the parts say which it is. */
  readonly engineFile: string | undefined;
  /** The results, for machines. */
  readonly results: () => Results;
  /** Whether every part is there, and everything in it was checked, and held. */
  readonly isPassed: boolean;
}

/**
 * Puts the parts of a run together that were run apart, each with `--shard` and `--messages`.
 *
 * @param files - the message files, one for each part
 * @returns the run, and the verdict on it; parts that are broken or missing are told in its text
 */
export function merge(files: readonly string[]): Merged {
  const problems: string[] = [];
  const parts = files.flatMap((file) => readPart(file, problems));
  problems.push(...faultsOfParts(parts));
  const messages = unite(parts, problems);
  const told = parts.flatMap(({ seal }) => seal?.gate ?? []);
  const all = (names: readonly (readonly string[])[]) => [...new Set(names.flat())];
  const gate = new Gate({
    skips: all(told.map(({ skips }) => skips)),
    missing: all(told.map(({ missing }) => missing)),
    isLeftOut: told[0]?.isLeftOut,
    about: told[0]?.about,
  });
  for (const message of messages) gate.take(message);
  const known = gate.problems();
  for (const { file, seal } of parts) {
    const news = seal?.problems.filter((problem) => !known.includes(problem)) ?? [];
    problems.push(...news.map((problem) => `${file}: ${problem}`));
  }
  const heading = problems.length === 0 ? '' : `The parts are no whole run:\n${bulleted(problems)}\n\n`;
  return {
    messages,
    text: `${heading}${gate.text()}`,
    engineFile: told[0]?.engineFile,
    results: () => gate.results(problems),
    isPassed: problems.length === 0 && gate.isPassed,
  };
}

/**
 * Writes a run as an HTML report.
 *
 * @param messages - the run
 * @param file - where to write it
 * @throws an error of the file system, if it cannot be written
 */
export async function writeHtml(messages: readonly Envelope[], file: string): Promise<void> {
  const { CucumberHtmlStream } = require('@cucumber/html-formatter') as typeof import('@cucumber/html-formatter');
  mkdirSync(dirname(resolve(file)), { recursive: true });
  await pipeline(messages, new CucumberHtmlStream(), createWriteStream(file));
}

/** Parts that are missing, or there twice, or of different runs. */
function faultsOfParts(parts: readonly Part[]): string[] {
  const [now, ci] = [Date.now(), ciRun(process.env)];
  const faults = parts.flatMap(({ file, seal }) =>
    seal === undefined ? [] : faultsOfStart(seal.origin, now, ci).map((fault) => `${file}: ${fault}`),
  );
  return [...faultsOfNumbers(parts), ...faults, ...faultsOfOrigins(parts)];
}

/** Parts of what is one run by its description, and yet is not one. */
function faultsOfOrigins(parts: readonly Part[]): string[] {
  const [first, ...others] = parts.filter(({ seal }) => seal !== undefined);
  return others.flatMap(({ file, seal }) =>
    first?.seal === undefined || seal === undefined
      ? []
      : differencesOf(first.seal.origin, seal.origin).map(
          (difference) => `${first.file} and ${file} are not parts of one run: ${difference}`,
        ),
  );
}

function faultsOfNumbers(parts: readonly Part[]): string[] {
  const seals = parts.flatMap(({ seal }) => seal ?? []);
  const runs = [...new Set(seals.map(({ part, run }) => `${part.split('/')[1]} parts of ${run}`))];
  if (runs.length > 1) return [`these are parts of different runs:${runs.map((run) => `\n      ${run}`).join('')}`];
  const numbers = seals.map(({ part }) => part.split('/')[0]);
  const count = Number(seals[0]?.part.split('/')[1] ?? 0);
  const all = Array.from({ length: count }, (_, i) => String(i + 1));
  const missing = all.filter((number) => !numbers.includes(number));
  const twice = all.filter((number) => numbers.indexOf(number) !== numbers.lastIndexOf(number));
  return [
    ...(missing.length > 0 ? [`of ${count} parts, missing: ${list(missing)}`] : []),
    ...(twice.length > 0 ? [`of ${count} parts, there more than once: ${list(twice)}`] : []),
  ];
}

/** The messages of all parts as those of one run, with the ids of the first part that is whole. */
function unite(parts: readonly Part[], problems: string[]): Envelope[] {
  const first = parts.find(({ seal }) => seal) ?? parts[0];
  if (first === undefined) return [];
  const shared = some(first, COMMON);
  const own = parts.flatMap((part) => {
    const ids = new Map<string, string>();
    if (!sameButForIds(some(part, COMMON), shared, ids) && part.seal) {
      problems.push(`${part.file}: its features or steps are not those of ${first.file}`);
    }
    return some(part, OWN).map((message) => renamed(message, ids) as Envelope);
  });
  inOrder(own, shared, first.seal?.gate ?? {});
  const ends = parts.map(({ messages }) => messages.find(({ testRunFinished }) => testRunFinished)?.testRunFinished);
  const last = ends.at(-1);
  const success = ends.every((end) => end?.success);
  const end = last && ends.every((each) => each) ? [{ testRunFinished: { ...last, success } }] : [];
  return [...some(first, ['meta']), ...shared, ...own, ...end];
}

/** Puts scenarios into the order in which one run would have run them: the verdict tells what came first, first. */
function inOrder(own: Envelope[], shared: readonly Envelope[], given: Order): void {
  const pickles = shared.flatMap(({ pickle }) => pickle ?? []);
  const documents = new Map(shared.flatMap(({ gherkinDocument: each }) => (each ? [[each.uri, each] as const] : [])));
  const order = inOrderOfRun(
    pickles,
    given,
    ({ uri }) => uri,
    (pickle) => namesOf(pickle, documents.get(pickle.uri) ?? { comments: [] }),
  );
  const places = new Map(order.map(({ id }, i) => [id, i]));
  for (const { testCase, testCaseStarted } of own) {
    const of = testCase?.pickleId ?? testCaseStarted?.testCaseId ?? '';
    const id = testCase?.id ?? testCaseStarted?.id ?? '';
    if (id !== '') places.set(id, places.get(of) ?? shared.length);
  }
  const placeOf = ({ testCaseStarted, testStepStarted, testStepFinished, testCaseFinished, attachment }: Envelope) =>
    places.get(
      testCaseStarted?.id ??
        (testStepStarted ?? testStepFinished ?? testCaseFinished ?? attachment)?.testCaseStartedId ??
        '',
    );
  const caseOf = ({ testCase }: Envelope) => (testCase === undefined ? undefined : places.get(testCase.id));
  // what belongs to no scenario, and what says which scenarios there are, come first
  const key = (message: Envelope) => placeOf(message) ?? (caseOf(message) ?? -1) - shared.length - 1;
  const keys = new Map(own.map((message) => [message, key(message)]));
  own.sort((x, y) => (keys.get(x) ?? 0) - (keys.get(y) ?? 0));
}

/** The messages of some kinds, without seals. */
function some({ messages }: Part, kinds: readonly string[]): Envelope[] {
  return messages.filter((message) => kinds.some((kind) => kind in message) && readSeal(message) === undefined);
}

/** Whether two things are the same but for ids and times; on the way, finds which id of one is which of the other. */
function sameButForIds(x: unknown, y: unknown, ids: Map<string, string>): boolean {
  if (typeof x !== 'object' || typeof y !== 'object' || x === null || y === null) {
    if (typeof x === 'string' && typeof y === 'string' && isId(x) && isId(y)) ids.set(x, y);
    else return x === y;
    return true;
  }
  const keys = Object.keys(x);
  if (keys.length !== Object.keys(y).length) return false;
  return keys.every((key) => {
    if (key === 'timestamp') return true;
    return sameButForIds((x as Record<string, unknown>)[key], (y as Record<string, unknown>)[key], ids);
  });
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text);
}

/** The same, with other ids. */
function renamed(x: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (typeof x === 'string') return ids.get(x) ?? x;
  if (Array.isArray(x)) return x.map((each) => renamed(each, ids));
  if (typeof x !== 'object' || x === null) return x;
  return Object.fromEntries(Object.entries(x).map(([key, value]) => [key, renamed(value, ids)]));
}
