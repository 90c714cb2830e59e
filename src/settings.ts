import { list, quote, SpecError } from './errors';
import type { Description } from './protocol/program';
import { isRequirable, REQUIRABLE } from './protocol/promises';

/*
 * What a run is told from outside, and what it says of itself.
 */

/** Which engine is tested, and how it is reached. */
export interface EngineChoice {
  /** A module, see `moduleEngine`. */
  readonly engine?: string;
  /** A command, see `processEngine`. */
  readonly engineCommand?: string;
  /** How long an engine may take for an answer, in seconds. */
  readonly timeout?: number;
  /** Where relative paths begin. */
  readonly folder?: string;
}

/** How long an answer may take unless somebody says otherwise, in seconds. */
export const TIMEOUT = 10;
/** How many random expressions each law tries, unless somebody says otherwise. */
export const RUNS = 300;
/** The seed of the random expressions, unless somebody says otherwise. */
export const SEED = 1;

/**
 * Under this name the gate leaves a function in the process, which is told what is wrong with the run outside of its
 * scenarios. So the steps can miss the gate where it is not there.
 */
export const GATE = Symbol.for('the gate of micrograd-spec');

/** What a run is told from outside, as Cucumber's world parameters. */
export interface Parameters extends EngineChoice {
  /** What the engine must offer: without it, scenarios that need it fail rather than go unclaimed. */
  readonly require?: readonly string[];
  /** Scenarios that are known to fail, by id or by title, and for each what `readExpected` reads. */
  readonly skips?: Readonly<Record<string, string>>;
  /** Seeds the random expressions. */
  readonly seed?: number;
  /** How many random expressions each law tries. */
  readonly runs?: number;
  /** Where in the random expressions to begin: replays a failure. */
  readonly path?: string;
  /** Ids of scenarios that are announced for the next edition: what fails in them is told, and does not count. */
  readonly announced?: readonly string[];
  /** Which edition was asked for: it is named where a scenario is to be run again. */
  readonly edition?: string;
  /** Whether edges count: without this, one that differs is told, and is no failure. */
  readonly edges?: boolean;
  /** After so many scenarios that have failed, no other is run. */
  readonly maxFailures?: number;
  /** What was chosen of the whole, and what was asked of the engine, as on the command line. */
  readonly chosen?: string;
  /** As what pictures are handed on: drawn, unless somebody else draws them and wants the data. */
  readonly pictures?: 'data';
}

/** What a parameter has to be, and how that is said. */
interface Form {
  readonly form: string;
  readonly fits: (x: unknown) => boolean;
}

const TEXT: Form = { form: 'a text that is not empty', fits: isText };
const WHOLE: Form = {
  form: 'a whole number, from 1 on',
  fits: (x) => Number.isInteger(x) && Number(x) >= 1 && Number(x) < 1e9,
};

/** What each of them has to be. The compiler sees to it that each is here. */
const FORMS: Readonly<Record<keyof Parameters, Form>> = {
  engine: TEXT,
  engineCommand: TEXT,
  timeout: {
    form: 'a number of seconds, up to 3600',
    fits: (x) => typeof x === 'number' && x > 0 && x <= 3600,
  },
  folder: TEXT,
  require: {
    form: `a list of what can be required: ${list(REQUIRABLE)} and depth-1000`,
    fits: (x) => Array.isArray(x) && x.every(isRequirable),
  },
  skips: {
    form: 'an object with the names of scenarios, and for each the reason, a text that is not empty',
    fits: (x) => typeof x === 'object' && x !== null && !Array.isArray(x) && Object.values(x).every(isText),
  },
  seed: WHOLE,
  runs: WHOLE,
  path: {
    form: 'a path as a failure prints it, such as "17:0:3"',
    fits: (x) => typeof x === 'string' && /^\d+(:\d+)*$/.test(x),
  },
  announced: { form: 'a list of ids', fits: (x) => Array.isArray(x) && x.every(isText) },
  edition: TEXT,
  edges: { form: 'true or false', fits: (x) => typeof x === 'boolean' },
  maxFailures: WHOLE,
  chosen: TEXT,
  pictures: { form: '"data", or nothing', fits: (x) => x === 'data' },
};

/**
 * Checks what a run was told from outside: what is mistyped would go unheard, or would change what is tried.
 *
 * @param parameters - Cucumber's world parameters
 * @throws SpecError that names what is not known, or not as it should be
 */
export function checkParameters(parameters: Parameters): void {
  if (typeof parameters !== 'object' || parameters === null || Array.isArray(parameters)) {
    throw new SpecError(`expected the world parameters to be an object, and got ${quote(parameters)}`);
  }
  const strange = Object.keys(parameters).filter((name) => !Object.hasOwn(FORMS, name));
  const known = list(Object.keys(FORMS));
  if (strange.length > 0) throw new SpecError(`there are no world parameters ${list(strange)}; there are ${known}`);
  for (const [name, value] of Object.entries(parameters)) {
    const { form, fits } = FORMS[name as keyof Parameters];
    if (value === undefined || fits(value)) continue;
    throw new SpecError(`the world parameter "${name}": expected ${form}; got ${told(value)}`);
  }
  const { engine, engineCommand } = parameters;
  if (engine !== undefined && engineCommand !== undefined) {
    throw new SpecError('expected one engine, and got both the world parameters "engine" and "engineCommand"');
  }
}

function isText(x: unknown): boolean {
  return typeof x === 'string' && x.trim() !== '';
}

/** A value as it was given, if it can be shown. */
function told(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value).slice(0, 200) : quote(value);
}

/**
 * Whether the engine must offer something, so that its absence is a failure. A guest need not offer what nobody has asked
 * of it; the project's own engine must offer everything, or a method that was renamed would go unnoticed.
 *
 * @param claim - an operation, or what an error `NotClaimed` names
 * @param parameters - what the run is told from outside
 */
export function isRequired(claim: string, { engine, engineCommand, require = [] }: Parameters): boolean {
  return require.includes(claim) || (engine === undefined && engineCommand === undefined);
}

/**
 * Whether what a scenario finds is told, and does not count: it is about an edge, where sound engines differ or give up.
 *
 * @param tags - the scenario's tags; `@depth-1000` counts for an engine that promises at least so much
 * @param depth - what the engine promises
 * @param parameters - what the run is told from outside
 */
export function isTold(tags: readonly string[], depth: number, parameters: Parameters): boolean {
  const required = (parameters.require ?? []).flatMap((name) => /^depth-(\d+)$/.exec(name)?.[1] ?? []).map(Number);
  const promised = tags.some(
    (tag) => tag.startsWith('@depth-') && Number(tag.slice('@depth-'.length)) <= Math.max(depth, ...required),
  );
  return tags.includes('@edge') && !promised && !parameters.edges && !isRequired('', parameters);
}

/** What a scenario's log begins with where the engine does not claim what the scenario needs. */
export const NOT_CLAIMED = 'not claimed: ';
/** What the log of a failed scenario begins with where a fault of the engine is known that could show in it. */
export const FINDING = 'finding: ';
/** What the log of an edge begins with where the engine differs. */
export const DIFFERS = 'differs: ';
/** What the log begins with of a scenario that fails, and is only announced yet. */
export const ANNOUNCED = 'announced: ';
/** What a scenario's log begins with where it fails as was expected. */
export const KNOWN_FAILURE = 'known failure: ';
/** What the log of a failed scenario begins with that was expected to fail, but not so, or no longer. */
export const OTHERWISE = 'not as expected: ';
/** What the log of a failed scenario begins with that says how it is run again, alone. */
export const AGAIN = 'again: ';
/** What the log begins with of a scenario that has failed by something else than a number that does not hold. */
export const CRASHED = 'crashed: ';
/** What the log begins with of a scenario that is not run, because enough have failed. */
export const NOT_RUN = 'not run: ';
/** What the log of an exercise says that still has a blank. */
export const OPEN = 'still open';
/** What the log begins with that says, in the first scenario of a run, what the run is. */
export const RUN = 'run: ';

/** What the log begins with that says, in the first scenario of a run, what the gate has to know of its parameters. */
export const TOLD = 'told: ';

/**
 * The options with which something is run again, as they are typed on the command line.
 *
 * @param parameters - what the run is told from outside
 * @returns the options, each with a space before it
 */
export function typed({
  engine,
  engineCommand,
  timeout,
  require,
  edition,
  edges,
  seed,
  runs,
  path,
}: Parameters): string {
  const given = Object.entries({
    ...{ engine, 'engine-command': engineCommand, require: require?.join(), edition, seed, runs, path },
    timeout: timeout === TIMEOUT ? undefined : timeout,
  });
  const words = given.map(([name, value]) => (value === undefined ? '' : ` --${name} ${quoted(String(value))}`));
  return `${words.join('')}${edges ? ' --edges' : ''}`;
}

/**
 * A word as a shell takes it for one.
 *
 * @param text - the word
 */
export function quoted(text: string): string {
  return /^[\w./#:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * Says what a run is, so that it can be repeated: `micrograd-spec 0.1.0 on Node.js 20.0.0, seed 1, …`.
 *
 * @param description - what the engine says of itself
 * @param parameters - what the run is told from outside
 * @param versions - what it is run by
 * @returns a text of one line
 */
export function describeRun(description: Description, parameters: Parameters, versions: string): string {
  const { chosen, seed = SEED, runs = RUNS, path } = parameters;
  const { engine, precision, operations } = description;
  const random = path === undefined ? `${runs} random expressions for each law` : `replayed from ${path}`;
  const choice = chosen === undefined ? '' : `; chosen: ${chosen}`;
  return `${versions}, seed ${seed}, ${random}${choice}; engine ${engine}: ${precision} precision, ${list(operations)}`;
}
