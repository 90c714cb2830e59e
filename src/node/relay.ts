import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../protocol/program';
import { serve } from './serve';

/*
 * An engine that lives in the process of whoever has started the run. The run reaches it as it reaches a module: by a
 * process, which hands on what is said, through a socket that nobody else may open.
 */

/** What the name of such an engine begins with, before the address of the socket. */
const RELAY = 'relay:';

/**
 * The address of an engine in another process, if that is what a reference names.
 *
 * @param reference - as of `--engine`
 */
export function addressOf(reference: string | undefined): string | undefined {
  return reference?.startsWith(RELAY) ? reference.slice(RELAY.length) : undefined;
}

/** An engine that can be reached from other processes. */
export interface Offered {
  /** What to name it by, as of `--engine`. */
  readonly reference: string;
  /** Offers it no more. */
  readonly close: () => void;
}

/**
 * Lets other processes reach an engine that is in this one.
 *
 * @param open - gives the engine, once for each conversation
 */
export async function offer(open: () => Engine): Promise<Offered> {
  const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-')); // which only this user may enter
  const address =
    process.platform === 'win32' ? join('\\\\.\\pipe', folder.replace(/[^\w-]/g, '-')) : join(folder, 'engine');
  const server = createServer((socket) => serve(socket, Promise.resolve().then(open)));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(address, resolve);
  });
  return {
    reference: `${RELAY}${address}`,
    close: () => {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
