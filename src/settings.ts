import { list, SpecError } from './errors';
import type { Description } from './protocol/program';

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

/** Under this name the gate leaves word in the process that it is there, so that the steps can miss it. */
export const GATE = Symbol.for('the gate of micrograd-spec');

/** What a run is told from outside, as Cucumber's world parameters. */
export interface Parameters extends EngineChoice {
  /** What the engine must offer: without it, scenarios that need it fail rather than go unclaimed. */
  readonly require?: readonly string[];
  /** Scenarios that are known to fail, by name, each with the reason. */
  readonly skips?: Readonly<Record<string, string>>;
  /** Seeds the random expressions. */
  readonly seed?: number;
  /** How many random expressions each law tries. */
  readonly runs?: number;
  /** Where in the random expressions to begin: replays a failure. */
  readonly path?: string;
  /** Whether edges count: without this, one that differs is told, and is no failure. */
  readonly edges?: boolean;
  /** What was chosen of the whole, and what was asked of the engine, as on the command line. */
  readonly chosen?: string;
}

/** Their names. The compiler sees to it that each is here. */
const NAMES: Readonly<Record<keyof Parameters, true>> = {
  ...{ engine: true, engineCommand: true, timeout: true, folder: true, require: true },
  ...{ skips: true, seed: true, runs: true, path: true, edges: true, chosen: true },
};

/**
 * Checks what a run was told from outside: what is mistyped would go unheard.
 *
 * @param parameters - Cucumber's world parameters
 * @throws SpecError that names what is not known
 */
export function checkParameters(parameters: Parameters): void {
  const strange = Object.keys(parameters).filter((name) => !Object.hasOwn(NAMES, name));
  const known = list(Object.keys(NAMES));
  if (strange.length > 0) throw new SpecError(`there are no world parameters ${list(strange)}; there are ${known}`);
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
  const promised = tags.some((tag) => tag.startsWith('@depth-') && Number(tag.slice('@depth-'.length)) <= depth);
  return tags.includes('@edge') && !promised && !parameters.edges && !isRequired('', parameters);
}

/** What a scenario's log begins with where the engine does not claim what the scenario needs. */
export const NOT_CLAIMED = 'not claimed: ';
/** What the log of a failed scenario begins with where a fault of the engine is known that could show in it. */
export const FINDING = 'finding: ';
/** What the log of an edge begins with where the engine differs. */
export const DIFFERS = 'differs: ';
/** What a scenario's log begins with where it fails as the skip list says. */
export const KNOWN_FAILURE = 'known failure: ';
/** What the log begins with that says, in the first scenario of a run, what the run is. */
export const RUN = 'run: ';

/**
 * Says what a run is, so that it can be repeated: `micrograd-spec 0.1.0 on Node.js 20.0.0, seed 1, …`.
 *
 * @param description - what the engine says of itself
 * @param parameters - what the run is told from outside
 * @param versions - what it is run by
 * @returns a text of one line
 */
export function describeRun(description: Description, parameters: Parameters, versions: string): string {
  const { chosen, seed = SEED, runs = RUNS } = parameters;
  const { engine, precision, operations } = description;
  const random = `seed ${seed}, ${runs} random expressions for each law`;
  const choice = chosen === undefined ? '' : `; chosen: ${chosen}`;
  return `${versions}, ${random}${choice}; engine ${engine}: ${precision} precision, ${list(operations)}`;
}
