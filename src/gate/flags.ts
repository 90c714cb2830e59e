import { list } from '../errors';

/*
 * How Node.js was told to run. Most of it is nobody's business but the user's; but some options hide errors.
 */

/** What Node.js may be told to do with an error that nobody has caught, and which comes after the last step. */
const HIDING = ['none', 'warn', 'warn-with-error-code'];

/** Where errors go that nobody has caught. Who listens there keeps Node.js from failing. */
const LATE = ['unhandledRejection', 'uncaughtException'];

/**
 * What Node.js was told that would hide a failure. To be asked before anything of the run is loaded.
 *
 * @param options - the text of NODE_OPTIONS
 * @param args - the options of Node.js itself, as of `process.execArgv`
 * @param listening - which errors somebody listens to already: a file that was loaded first, with `-r` or `--import`
 * @returns a sentence; undefined if nothing is hidden
 */
export function hiding(
  options = process.env.NODE_OPTIONS ?? '',
  args = process.execArgv,
  listening = LATE.filter((event) => process.listenerCount(event) > 0),
): string | undefined {
  // what is said last is what counts; an underscore is as good as a hyphen
  const all = [options, ...args].join(' ').replaceAll('"', '');
  const [, value] = /^(?:.*\s)?--unhandled[-_]rejections[=\s]\s*(\S+)/.exec(all) ?? [];
  if (listening.length > 0) {
    return `Something that Node.js was told to load first listens to ${list(listening)}: an error that comes late would be lost. Leave it out.`;
  }
  if (value === undefined || !HIDING.includes(value)) return undefined;
  return `Node.js was told --unhandled-rejections=${value}: an error that comes late would be lost. Leave it out.`;
}
