import { classEngine } from '../engines/class';
import { EngineFailure, EngineRefusal } from '../errors';
import { readDescription } from '../protocol/description';
import type { Engine, Instruction } from '../protocol/program';
import { decodeReadings, namesRead } from '../protocol/readings';
import { chooseExport } from './exported';
import { load } from './load';
import { listen, printed, unlisten, withPrinted } from './printed';

/**
 * Loads an engine that is a JavaScript module into this process: one that exports a class of nodes, or a function
 * `execute(program)`.
 *
 * @param reference - a path or a package, and after a `#` the name of an export: `./my-engine.mjs#Value`; without a
 *   name, `execute` if there is one, or else the default export, or else the only class
 * @param folder - where relative paths begin
 * @throws EngineFailure if the module cannot be loaded, or has no such export, or the export is no engine
 */
export async function loadedEngine(reference: string, folder: string): Promise<Engine> {
  const [path = '', wanted] = reference.split('#');
  listen(true);
  try {
    const { name, given, beside } = chooseExport(await load(path, folder), path, wanted);
    const engine =
      name === 'execute' ? await executeEngine(given as Execute, reference) : classEngine(given, reference, { beside });
    return quiet(engine);
  } catch (error) {
    throw error instanceof EngineFailure ? new EngineFailure(withPrinted(error.message)) : error;
  } finally {
    unlisten();
  }
}

/** Keeps what the engine prints apart, to be shown where something fails. */
function quiet(engine: Engine): Engine {
  return {
    ...engine,
    printed,
    execute(program, name) {
      listen(program[0]?.do === 'reset');
      let answer: ReturnType<Engine['execute']> | undefined;
      try {
        answer = engine.execute(program, name);
        return answer instanceof Promise ? answer.finally(unlisten) : answer;
      } finally {
        if (!(answer instanceof Promise)) unlisten();
      }
    },
  };
}

type Execute = (program: readonly unknown[]) => unknown;

async function executeEngine(execute: Execute, reference: string): Promise<Engine> {
  const ask = async (program: readonly unknown[]) => {
    try {
      return await execute(program);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new EngineRefusal(`${reference}: execute() threw ${why}`);
    }
  };
  const answer = await ask([{ do: 'describe' }]);
  const description = readDescription(Array.isArray(answer) ? answer[0] : undefined, reference);
  return {
    description,
    async execute(program: readonly Instruction[]) {
      return decodeReadings(await ask([...program]), namesRead(program)); // an engine may use up the list that it is given
    },
    close() {},
  };
}
