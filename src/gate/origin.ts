import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { type Answers, differenceOf, probe } from '../judge/probe';
import { IS_SOURCE, ROOT } from '../node/place';
import type { Description, Engine } from '../protocol/program';
import type { Parameters } from '../settings';

/** Where a part of a run comes from. Parts of one run have all of this in common, though not to the second. */
export interface Origin {
  /** When it was begun, in milliseconds since 1970. */
  readonly begun: number;
  /** Which run of a CI server, or which the user names; undefined elsewhere. */
  readonly ci?: Ci;
  /** A digest of the spec's own code, and of that which computes for it. */
  readonly spec: string;
  /** What the engine says of itself. */
  readonly description: Description;
  /** What the engine answered when the part began. */
  readonly answers: Answers;
  /** A digest of each file that names the engine. */
  readonly files: Readonly<Record<string, string>>;
  /** The options that the run's own description does not tell, as they are typed. */
  readonly options: Readonly<Record<string, string>>;
}

/** A run of a CI server. */
export interface Ci {
  readonly id: string;
  /** Which attempt at it. */
  readonly attempt?: string;
}

/** Where a CI server says which run this is, and which attempt at it. The first is for whoever wants to say it himself. */
const CI: readonly (readonly [id: string, attempt?: string])[] = [
  ['MICROGRAD_SPEC_RUN'],
  ['GITHUB_RUN_ID', 'GITHUB_RUN_ATTEMPT'], // Forgejo and Gitea as well
  ['CI_PIPELINE_ID'], // GitLab
  ['CIRCLE_WORKFLOW_ID'],
  ['BUILDKITE_BUILD_ID'],
  ['BUILD_BUILDID', 'SYSTEM_JOBATTEMPT'], // Azure
  ['TRAVIS_BUILD_ID'],
  ['DRONE_BUILD_NUMBER'],
  ['CI_PIPELINE_NUMBER'], // Woodpecker
  ['BITBUCKET_PIPELINE_UUID'],
  ['BUILD_TAG'], // Jenkins
];

/** Packages whose versions decide which random expressions there are, and what is right. */
const COMPUTES = ['acorn', 'decimal.js', 'fast-check', 'pure-rand'];

/** So long after a part was begun it can be merged, in milliseconds: longer than a run takes, its queue included. */
export const DAY = 24 * 60 * 60 * 1000;

/**
 * Finds out where a part comes from. The engine is asked a few questions for it.
 *
 * @param engine - the engine under test
 * @param parameters - what the run was told
 */
export async function originOf(engine: Engine, parameters: Parameters): Promise<Origin> {
  const { engineCommand, timeout, skips } = parameters;
  const expected = skips && digest(JSON.stringify(Object.entries(skips).sort()));
  const options = Object.entries({ 'engine-command': engineCommand, timeout, expected });
  const given = options.flatMap(([name, value]) => (value === undefined ? [] : [[`--${name}`, String(value)]]));
  return {
    begun: Date.now(),
    ci: ciRun(process.env),
    spec: specDigest(),
    description: engine.description,
    answers: await probe(engine),
    files: await filesOf(parameters),
    options: Object.fromEntries(given),
  };
}

/**
 * Which run of a CI server this is.
 *
 * @param env - variables of the environment
 * @returns undefined if there is none
 */
export function ciRun(env: Readonly<Record<string, string | undefined>>): Ci | undefined {
  for (const [name, attempt] of CI) {
    const id = env[name];
    if (id) return { id: `${name}=${id}`, attempt: attempt === undefined ? undefined : env[attempt] };
  }
  return undefined;
}

/**
 * In what the origins of two parts differ, though they should be the same.
 *
 * @param one - of the first part
 * @param other - of another
 * @returns each difference in words, the first part's side first
 */
export function differencesOf(one: Origin, other: Origin): string[] {
  const found: string[] = [];
  const [ci, otherCi] = [nameOf(one.ci), nameOf(other.ci)];
  if (ci !== otherCi) found.push(`they were not started together: ${ci}, and ${otherCi}`);
  if (one.spec !== other.spec) found.push('micrograd-spec, or a package that computes for it, was changed in between');
  for (const [what, x, y] of [
    ['their options differ', one.options, other.options],
    ['the engine was changed in between', one.files, other.files],
    ['the engine says different things of itself', one.description, other.description],
  ] as const) {
    const difference = firstDifference(x, y);
    if (difference !== undefined) found.push(`${what}: ${difference}`);
  }
  const answers = differenceOf(one.answers, other.answers, one.description.precision);
  if (answers !== undefined) found.push(`the engine answers differently: ${answers}`);
  return found;
}

/**
 * Whether a part is of the run that is being merged, as far as the clock and the environment can tell.
 *
 * @param origin - of the part
 * @param now - the time, in milliseconds since 1970
 * @param ci - the run of a CI server in which the parts are merged
 * @returns a sentence for each fault
 */
export function faultsOfStart({ begun, ci: of }: Origin, now: number, ci: Ci | undefined): string[] {
  const faults: string[] = [];
  // Clocks differ, and one that is ahead is no reason to refuse.
  if (!(Math.abs(now - begun) <= DAY)) {
    faults.push(`it was begun more than a day from now, ${timeOf(begun)}, and so is of another run`);
  }
  // A job that merges may be tried again by itself, so its attempt says nothing.
  if (ci !== undefined && of !== undefined && ci.id !== of.id) {
    faults.push(`it is of ${of.id}, and is merged in ${ci.id}`);
  }
  return faults;
}

function timeOf(begun: number): string {
  const time = new Date(begun);
  return Number.isNaN(time.getTime()) ? 'at no known time' : `on ${time.toISOString()}`;
}

function nameOf(ci: Ci | undefined): string {
  if (ci === undefined) return 'no run of a CI server';
  return ci.attempt === undefined ? ci.id : `${ci.id}, attempt ${ci.attempt}`;
}

/** The first thing in which two records differ, with both values. */
function firstDifference(x: object, y: object): string | undefined {
  const [one, other] = [new Map(Object.entries(x)), new Map(Object.entries(y))];
  const said = (value: unknown) => JSON.stringify(value) ?? 'nothing';
  const key = [...one.keys(), ...other.keys()].find((each) => said(one.get(each)) !== said(other.get(each)));
  return key === undefined ? undefined : `${key} ${said(one.get(key))}, and ${said(other.get(key))}`;
}

/** The spec's own code, and what computes for it. */
function specDigest(): string {
  const hash = createHash('sha256');
  const folders = IS_SOURCE ? ['src', 'steps'] : ['dist/src', 'dist/steps'];
  for (const folder of folders) {
    const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
    for (const name of names.filter((each) => /\.c?[jt]s$/.test(each) && !each.endsWith('.d.ts')).sort()) {
      hash.update(`${name.replaceAll('\\', '/')}\0`).update(readFileSync(join(ROOT, folder, name)));
    }
  }
  for (const name of COMPUTES) hash.update(`\0${name} ${versionOf(name)}`);
  return hash.digest('hex').slice(0, 32);
}

/** The version of a package that is installed. */
function versionOf(name: string): string {
  const places = createRequire(join(ROOT, 'package.json')).resolve.paths(name) ?? [];
  const file = places.map((place) => join(place, name, 'package.json')).find((each) => existsSync(each));
  return file === undefined ? 'nowhere' : (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** The files that name the engine, if they are texts: what a compiler made may be another on each machine. */
async function filesOf({ engine, engineCommand = '', folder = '' }: Parameters): Promise<Record<string, string>> {
  const { parseArgsStringToArgv } = await import('string-argv');
  const words = engine === undefined ? parseArgsStringToArgv(engineCommand) : [engine.split('#')[0] ?? ''];
  const found = words.flatMap((word): [string, string][] => {
    const file = resolve(folder, word);
    if (word === '' || !statSync(file, { throwIfNoEntry: false })?.isFile()) return [];
    const bytes = readFileSync(file);
    return bytes.includes(0) ? [] : [[basename(word), digest(bytes)]];
  });
  return Object.fromEntries(found);
}

function digest(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}
