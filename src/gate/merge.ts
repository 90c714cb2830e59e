import { createWriteStream, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Envelope } from '@cucumber/messages';
import { list } from '../errors';
import { bulleted, Gate } from './gate';
import { RUN } from './verdict';

/** What the parts of a run have in common: these messages differ in nothing but the ids that a process made up. */
const COMMON = ['source', 'gherkinDocument', 'pickle', 'parameterType', 'stepDefinition', 'hook'] as const;
/** What a part has of its own. Whatever is not named here or above says nothing about scenarios. */
const OWN = [
  ...['testRunHookStarted', 'testRunHookFinished', 'testCase', 'testCaseStarted', 'testCaseFinished'],
  ...['testStepStarted', 'testStepFinished', 'attachment', 'suggestion', 'undefinedParameterType', 'parseError'],
] as readonly (keyof Envelope)[];

/** One part of a run: the messages that one process wrote. */
interface Part {
  readonly file: string;
  readonly messages: readonly Envelope[];
  /** Whether its run came to an end. */
  readonly isWhole: boolean;
  /** Which part, of how many, and of what run; undefined if the file does not say. */
  readonly says: { readonly number: number; readonly of: number; readonly run: string } | undefined;
}

/** A run that was put together from its parts. */
export interface Merged {
  /** The messages of one run. */
  readonly messages: readonly Envelope[];
  /** The verdict, as text. */
  readonly text: string;
  /** Whether every part is there, and everything in it was checked, and held. */
  readonly isPassed: boolean;
}

/**
 * Puts the parts of a run together that were run apart, each with `--shard` and `--messages`.
 *
 * @param files - the message files, one for each part
 */
export function merge(files: readonly string[]): Merged {
  const problems: string[] = [];
  const parts = files.flatMap((file) => readPart(file, problems));
  problems.push(...faultsOfParts(parts));
  const messages = unite(parts, problems);
  const gate = new Gate();
  for (const message of messages) gate.take(message);
  const heading = problems.length === 0 ? '' : `The parts are no whole run:\n${bulleted(problems)}\n\n`;
  return { messages, text: `${heading}${gate.text()}`, isPassed: problems.length === 0 && gate.isPassed };
}

/**
 * Writes a run as an HTML report.
 *
 * @param messages - the run
 * @param file - where to write it
 */
export async function writeHtml(messages: readonly Envelope[], file: string): Promise<void> {
  const { CucumberHtmlStream } = require('@cucumber/html-formatter') as typeof import('@cucumber/html-formatter');
  mkdirSync(dirname(resolve(file)), { recursive: true });
  await pipeline(messages, new CucumberHtmlStream(), createWriteStream(file));
}

function readPart(file: string, problems: string[]): Part[] {
  if (!existsSync(file)) {
    problems.push(`${file}: there is no such file`);
    return [];
  }
  const messages: Envelope[] = [];
  const lines = readFileSync(file, 'utf8').split('\n');
  for (const [i, line] of lines.entries()) {
    const message = readMessage(line);
    if (message) messages.push(message);
    else if (line !== '') problems.push(`${file}:${i + 1}: this line is no message; the file may be cut off`);
  }
  const isWhole = messages.some(({ testRunFinished }) => testRunFinished);
  if (!isWhole) problems.push(`${file}: the run in it does not come to its end; the file may be cut off`);
  const bodies = messages.flatMap(({ attachment }) =>
    attachment && PART.test(attachment.body) ? [attachment.body] : [],
  );
  const [, number, of, run] = PART.exec(bodies[0] ?? '') ?? [];
  if (isWhole && run === undefined) problems.push(`${file}: it does not say which part it is; run each with --shard`);
  const says = run === undefined ? undefined : { number: Number(number), of: Number(of), run };
  return [{ file, messages, isWhole, says }];
}

/** How a part says which part it is, see `describeRun`. */
const PART = new RegExp(`^${RUN}part (\\d+)/(\\d+) of (.*)$`);

function readMessage(line: string): Envelope | undefined {
  try {
    const message: unknown = JSON.parse(line);
    return typeof message === 'object' && message !== null && !Array.isArray(message) ? message : undefined;
  } catch {
    return undefined;
  }
}

/** Parts that are missing, or there twice, or of different runs. */
function faultsOfParts(parts: readonly Part[]): string[] {
  const said = parts.flatMap(({ says }) => says ?? []);
  const runs = [...new Set(said.map(({ of, run }) => `${of} parts of ${run}`))];
  if (runs.length > 1) return [`these are parts of different runs:${runs.map((run) => `\n      ${run}`).join('')}`];
  const numbers = said.map(({ number }) => number);
  const all = Array.from({ length: said[0]?.of ?? 0 }, (_, i) => i + 1);
  const missing = all.filter((number) => !numbers.includes(number));
  const twice = all.filter((number) => numbers.indexOf(number) !== numbers.lastIndexOf(number));
  return [
    ...(missing.length > 0 ? [`of ${all.length} parts, ${list(missing.map(String))} is missing`] : []),
    ...(twice.length > 0 ? [`part ${list(twice.map(String))} is there twice`] : []),
  ];
}

/** The messages of all parts as those of one run, with the ids of the first part. */
function unite(parts: readonly Part[], problems: string[]): Envelope[] {
  const [first, ...others] = [...parts].sort((x, y) => Number(y.isWhole) - Number(x.isWhole));
  if (first === undefined) return [];
  const common = (part: Part) => part.messages.filter((message) => COMMON.some((kind) => kind in message));
  const own = (part: Part) => part.messages.filter((message) => OWN.some((kind) => kind in message)).map(asWhole);
  const start = (part: Part) => part.messages.find(({ testRunStarted }) => testRunStarted);
  const shared = [...common(first), start(first) ?? {}];
  const rest = others.flatMap((part) => {
    const ids = new Map<string, string>();
    const isSame = sameButForIds([...common(part), start(part) ?? {}], shared, ids);
    if (part.isWhole && !isSame) {
      problems.push(`${part.file}: its features or steps are not those of ${first.file}`);
    }
    return own(part).map((message) => renamed(message, ids) as Envelope);
  });
  const ends = [first, ...others].map(({ messages }) => messages.find(({ testRunFinished }) => testRunFinished));
  const success = ends.every((end) => end?.testRunFinished?.success);
  const end = parts.every(({ isWhole }) => isWhole)
    ? [{ testRunFinished: { ...ends.at(-1)?.testRunFinished, success } } as Envelope]
    : [];
  const meta = first.messages.filter((message) => 'meta' in message);
  return [...meta, ...shared, ...own(first), ...rest, ...end];
}

/** The run says what it is as one whole. */
function asWhole(message: Envelope): Envelope {
  const { attachment } = message;
  if (!attachment) return message;
  return { attachment: { ...attachment, body: attachment.body.replace(PART, `${RUN}$3`) } };
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
