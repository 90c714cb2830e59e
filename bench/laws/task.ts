import fc from 'fast-check';
import { bundledEngine } from '../../src/engines/bundled';
import { classEngine } from '../../src/engines/class';
import { LawBroken, NotClaimed } from '../../src/errors';
import type { RandomProgram } from '../../src/judge/alone';
import { groundOf } from '../../src/judge/ground';
import { LAWS } from '../../src/judge/laws';
import { programs } from '../../src/judge/programs';
import { checkLaw } from '../../src/judge/property';
import type { Engine } from '../../src/protocol/program';
import { RUNS, SEED } from '../../src/settings';
import { gradcheck } from './gradcheck';

/*
 * The laws and the usual check of gradients, in a process of its own: `task.ts TASK ARGUMENT`. The last line says what came,
 * as JSON.
 */

/** So many expressions are judged before anything is timed. */
const WARM = 100;
/** The law that asks what the usual check asks. */
const GRADIENTS = 'every gradient matches its finite difference';

/** How many expressions were judged, and how fast. */
export interface Rate {
  readonly tried: number;
  /** Expressions a second. */
  readonly rate: number;
}

/** What was found of one wrong engine. */
export interface Found {
  readonly name: string;
  /** The first law that it breaks; undefined if it breaks none. */
  readonly law: string | undefined;
  /** Whether the usual check fails on it, on an expression on which it does not fail on a sound engine. */
  readonly isFoundByDifferences: boolean;
}

/** What was found of some wrong engines, and of a sound one. */
export interface Search {
  readonly found: readonly Found[];
  /** How many expressions the usual check was given for each engine: as many as the laws try. */
  readonly expressions: number;
  /** On how many of them it fails, though the engine is sound. */
  readonly alarms: number;
  /** Whether the laws let the sound engine pass. */
  readonly isSoundPassed: boolean;
}

/** Tries some laws, and gives how many expressions a second were judged. */
async function rateOfLaws(names: readonly string[], runs: number): Promise<Rate> {
  const engine = bundledEngine();
  for (const name of names) await tryLaw(engine, name, WARM, SEED + 1);
  let tried = 0;
  const began = performance.now();
  for (const name of names) tried += (await tryLaw(engine, name, runs, SEED)) ?? 0;
  return { tried, rate: (1000 * tried) / (performance.now() - began) };
}

async function rateOfGradcheck(runs: number): Promise<Rate> {
  const engine = bundledEngine();
  for (const random of await drawn(engine, WARM, SEED + 1)) await gradcheck(engine, random);
  const began = performance.now();
  // they are made while the clock runs, as those of the laws are
  for (const random of await drawn(engine, runs, SEED)) await gradcheck(engine, random);
  return { tried: runs, rate: (1000 * runs) / (performance.now() - began) };
}

async function tryLaw(engine: Engine, name: string, runs: number, seed: number): Promise<number | undefined> {
  const law = LAWS.get(name);
  if (law === undefined) throw new Error(`there is no law "${name}"`);
  try {
    return (await checkLaw(engine, law, { runs, seed })).tried;
  } catch (error) {
    if (error instanceof NotClaimed) return undefined;
    throw error;
  }
}

async function drawn(engine: Engine, count: number, seed: number): Promise<RandomProgram[]> {
  return fc.sample(programs(await groundOf(engine)), { numRuns: count, seed });
}

/** Looks for what is wrong with some wrong engines, with all laws, and with the usual check. */
async function search(names: readonly string[], runs: number): Promise<Search> {
  const sound = bundledEngine();
  let expressions = 0;
  for (const name of LAWS.keys()) expressions += (await tryLaw(sound, name, runs, SEED)) ?? 0;
  const ordinary = await drawn(sound, expressions, SEED);
  const alarms = (await failing(sound, ordinary)).length;
  const exported = require('../../test/engines/faults.cjs') as Record<string, unknown>;
  const found: Found[] = [];
  for (const name of names) {
    const engine = classEngine(exported[name], name);
    found.push({
      name,
      law: await brokenLaw(engine, runs),
      isFoundByDifferences: await isFound(engine, sound, expressions),
    });
    process.stdout.write(`${name}\n`);
  }
  return { found, expressions, alarms, isSoundPassed: (await brokenLaw(bundledEngine(), runs)) === undefined };
}

async function failing(engine: Engine, some: readonly RandomProgram[]): Promise<RandomProgram[]> {
  const wrong: RandomProgram[] = [];
  for (const random of some) if (!(await gradcheck(engine, random))) wrong.push(random);
  return wrong;
}

async function isFound(engine: Engine, sound: Engine, expressions: number): Promise<boolean> {
  for (const random of await drawn(engine, expressions, SEED)) {
    if (!(await gradcheck(engine, random)) && (await gradcheck(sound, random))) return true;
  }
  return false;
}

async function brokenLaw(engine: Engine, runs: number): Promise<string | undefined> {
  for (const name of LAWS.keys()) {
    try {
      await tryLaw(engine, name, runs, SEED);
    } catch (error) {
      if (error instanceof LawBroken) return name;
      throw error;
    }
  }
  return undefined;
}

async function main([task, ...given]: readonly string[]): Promise<void> {
  const runs = Number(given[0]) || RUNS;
  const tasks: Record<string, () => Promise<unknown>> = {
    'all laws': () => rateOfLaws([...LAWS.keys()], runs),
    'one law': () => rateOfLaws([GRADIENTS], runs),
    gradcheck: () => rateOfGradcheck(runs),
    search: () => search(given.slice(1), runs),
  };
  const came = await tasks[task ?? '']?.();
  process.stdout.write(`\n${JSON.stringify(came)}\n`);
}

void main(process.argv.slice(2));
