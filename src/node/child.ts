import { join } from 'node:path';
import { IS_SOURCE, ROOT } from './place';

/** Options of Node.js that stop a process until somebody looks at it: they are meant for this one. */
const STOPPING = /^--inspect/;

/**
 * How a process of the project's own is started that runs one of its files: with the options of this one, and with
 * what compiles TypeScript, if the project runs from its sources.
 *
 * @param name - of a file in this folder, without its ending
 * @returns the file, and the options of Node.js that stand before it
 */
export function ownScript(name: string): { readonly script: string; readonly options: readonly string[] } {
  const compiler = IS_SOURCE ? ['-r', join(ROOT, 'steps', 'typescript.cjs')] : [];
  const options = process.execArgv.filter((option) => !STOPPING.test(option));
  return { script: join(__dirname, `${name}.${IS_SOURCE ? 'ts' : 'js'}`), options: [...compiler, ...options] };
}
