import { classEngine, type Watch } from '../engines/class';
import { EngineFailure, EngineRefusal, inSeconds } from '../errors';
import { readDescription } from '../protocol/description';
import type { Description, Engine, Instruction } from '../protocol/program';
import { decodeReadings, sayInstruction } from '../protocol/readings';
import { chooseExport } from './exported';
import { load } from './load';
import { listen, printed, unlisten, withPrinted } from './printed';
import { isTimeout, within } from './timeout';

/**
 * Reaches an engine that is a JavaScript module: one that exports a class of nodes, or a function `execute(program)`.
 *
 * @param reference - a path or a package, and after a `#` the name of an export: `./my-engine.mjs#Value`; without a
 *   name, `execute` if there is one, or else the default export, or else the only class
 * @param folder - where relative paths begin
 * @param timeout - how long an answer may take, in seconds
 * @throws EngineFailure if the module cannot be loaded, or has no such export, or the export is no engine
 */
export async function moduleEngine(reference: string, folder: string, timeout: number): Promise<Engine> {
  const [path = '', wanted] = reference.split('#');
  listen(true);
  try {
    const { name, given } = chooseExport(await load(path, folder), path, wanted);
    const engine =
      name === 'execute'
        ? await executeEngine(given as Execute, reference, timeout)
        : classEngine(given, reference, watch(reference, timeout));
    return quiet(engine);
  } catch (error) {
    throw error instanceof EngineFailure ? new EngineFailure(withPrinted(error.message)) : error;
  } finally {
    unlisten();
  }
}

/** Keeps what the engine prints out of the output of the spec. */
function quiet(engine: Engine): Engine {
  return {
    ...engine,
    printed,
    execute(program) {
      listen(program[0]?.do === 'reset');
      let answer: ReturnType<Engine['execute']> | undefined;
      try {
        answer = engine.execute(program);
        return answer instanceof Promise ? answer.finally(unlisten) : answer;
      } finally {
        if (!(answer instanceof Promise)) unlisten();
      }
    },
  };
}

/** Calls an engine's code, and interrupts it if it does not return. */
function watch(name: string, timeout: number): Watch {
  return (run, current) => {
    try {
      return within(timeout, run);
    } catch (error) {
      if (!isTimeout(error)) throw error;
      const instruction = current();
      const what = instruction === undefined ? name : sayInstruction(instruction);
      const hint = instruction?.do === 'backward' ? '\n    does the walk visit each node only once? see chapter 8' : '';
      throw new EngineFailure(`${what}: the engine did not return within ${inSeconds(timeout)}${hint}`);
    }
  };
}

type Execute = (program: readonly unknown[]) => unknown;

async function executeEngine(execute: Execute, reference: string, timeout: number): Promise<Engine> {
  const why = `${reference}: execute() did not answer within ${inSeconds(timeout)}`;
  const ask = async (program: readonly unknown[]) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new EngineFailure(why)), timeout * 1000);
    });
    try {
      return await Promise.race([within(timeout, () => execute(program)), late]);
    } catch (error) {
      if (error instanceof EngineFailure) throw error;
      if (isTimeout(error)) throw new EngineFailure(why);
      throw new EngineRefusal(
        `${reference}: execute() threw ${error instanceof Error ? error.message : String(error)}`,
      );
    } finally {
      clearTimeout(timer);
    }
  };
  const answer = await ask([{ do: 'describe' }]);
  const description: Description = readDescription(Array.isArray(answer) ? answer[0] : undefined, reference);
  return {
    description,
    async execute(program: readonly Instruction[]) {
      return decodeReadings(await ask(program), program);
    },
    close() {},
  };
}
