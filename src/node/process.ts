import { spawn } from 'node:child_process';
import { EngineFailure, EngineRefusal } from '../errors';
import type { Engine } from '../protocol/program';
import { encode, sayInstruction } from '../protocol/readings';
import { type Remote, remoteEngine } from './remote';

/**
 * Reaches an engine that a command starts: it reads requests from its standard input, and writes replies to its standard
 * output.
 *
 * @param command - the command, split into words as a shell would, but started without one
 * @param timeout - how long an answer may take, in seconds
 * @throws EngineFailure if it does not start, or does not answer `describe`
 */
export async function processEngine(command: string, timeout: number): Promise<Engine> {
  const { parseArgsStringToArgv } = await import('string-argv');
  const [file, ...args] = parseArgsStringToArgv(command);
  if (file === undefined) throw new EngineFailure('the engine command is empty');
  const remote: Remote = {
    name: command,
    title: command,
    start: () => {
      // A group of its own, so that the children of the engine can be ended together with it.
      const child = spawn(file, args, { detached: process.platform !== 'win32', stdio: 'pipe' });
      return { child, input: child.stdin, output: child.stdout, aside: [child.stderr] };
    },
    encode,
    refusal: ({ error, at }, program) => new EngineRefusal(`${sayInstruction(program[at])}: the engine says: ${error}`),
  };
  return remoteEngine(remote, timeout);
}
