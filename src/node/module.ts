import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { EngineFailure, EngineRefusal } from '../errors';
import type { Engine } from '../protocol/program';
import { CHANNEL, write } from './channel';
import { ownScript } from './child';
import { addressOf } from './relay';
import { type Remote, remoteEngine } from './remote';

/**
 * Reaches an engine that is a JavaScript module: one that exports a class of nodes, or a function `execute(program)`.
 *
 * It runs in a process of its own. So whatever it does to its process, and when, changes nothing in this one, which
 * judges it: it may end it, throw when all is over, or put functions of its own in the place of the language's.
 *
 * @param reference - a path or a package, and after a `#` the name of an export: `./my-engine.mjs#Value`; without a
 *   name, `execute` if there is one, or else the default export, or else the only class
 * @param folder - where relative paths begin
 * @param timeout - how long an answer may take, in seconds
 * @throws EngineFailure if the module cannot be loaded, or has no such export, or the export is no engine
 */
export function moduleEngine(reference: string, folder: string, timeout: number): Promise<Engine> {
  const remote: Remote = {
    name: reference,
    title: reference,
    start: () => {
      const { script, options } = ownScript(addressOf(reference) === undefined ? 'served' : 'relayed');
      const child = spawn(process.execPath, [...options, script, reference, folder], {
        detached: process.platform !== 'win32',
        stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      });
      const channel = child.stdio[CHANNEL] as Readable & Writable;
      return { child, input: channel, output: channel, aside: [child.stdout as Readable, child.stderr as Readable] };
    },
    encode: write,
    refusal: ({ error, isFault }) => (isFault ? new EngineFailure(error) : new EngineRefusal(error)),
  };
  return remoteEngine(remote, timeout);
}
