import { type Context, createContext, Script } from 'node:vm';

// JavaScript that never returns can be interrupted only if it was called by a script that was given a timeout. This
// script is all that is ever run in this way: it calls one function.
let context: (Context & { run: () => unknown }) | undefined;
const call = new Script('run()');

/**
 * Calls a function of an engine that lives in this process, and interrupts it if it does not return.
 *
 * @param seconds - how long it may take
 * @param run - what calls it
 * @returns what it returns
 * @throws whatever it throws, and after that time an error
 */
export function within<T>(seconds: number, run: () => T): T {
  context ??= createContext({ run }) as Context & { run: () => unknown };
  context.run = run;
  return call.runInContext(context, { timeout: Math.ceil(seconds * 1000), displayErrors: false });
}
