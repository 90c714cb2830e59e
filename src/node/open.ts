import type { Engine } from '../protocol/program';
import { type EngineChoice, TIMEOUT } from '../settings';

const open = new Map<string, Promise<Engine>>();

/**
 * The engine under test, which all scenarios of a run share.
 *
 * @param choice - which, and how it is reached
 * @throws EngineFailure if it cannot be reached
 */
export function sharedEngine(choice: EngineChoice): Promise<Engine> {
  const key = JSON.stringify(choice);
  const engine = open.get(key) ?? openEngine(choice);
  open.set(key, engine);
  return engine;
}

let before: () => Promise<void> = async () => {};

/**
 * Has something closed before the engines are.
 *
 * @param close - closes it
 */
export function closeFirst(close: () => Promise<void>): void {
  before = close;
}

/**
 * Closes all shared engines.
 *
 * @throws EngineFailure if one ended before, or fails on its way out
 */
export async function closeEngines(): Promise<void> {
  const all = [...open.values()];
  open.clear();
  try {
    await before();
  } finally {
    for (const opening of all) {
      const engine = await opening.catch(() => undefined);
      await engine?.close();
    }
  }
}

/**
 * Opens the engine under test: the bundled one, if no other is named.
 *
 * @param choice - which, and how it is reached
 * @throws EngineFailure if it cannot be reached
 */
export async function openEngine({ engine, engineCommand, timeout = TIMEOUT, folder }: EngineChoice): Promise<Engine> {
  // Each way is loaded only if it is taken.
  if (engineCommand !== undefined) {
    const { processEngine } = require('./process') as typeof import('./process');
    return processEngine(engineCommand, timeout);
  }
  if (engine !== undefined) {
    const { moduleEngine } = require('./module') as typeof import('./module');
    return moduleEngine(engine, folder ?? process.cwd(), timeout);
  }
  const { bundledEngine } = require('../engines/bundled') as typeof import('../engines/bundled');
  return bundledEngine();
}
