/*
 * How Node.js was told to run. Most of it is nobody's business but the user's; but some options hide errors.
 */

/** What Node.js may be told to do with an error that nobody has caught, and which comes after the last step. */
const HIDING = ['none', 'warn', 'warn-with-error-code'];

/**
 * What Node.js was told that would hide a failure.
 *
 * @param options - the text of NODE_OPTIONS
 * @param args - the options of Node.js itself, as of `process.execArgv`
 * @returns a sentence; undefined if nothing is hidden
 */
export function hiding(options = process.env.NODE_OPTIONS ?? '', args = process.execArgv): string | undefined {
  // what is said last is what counts; an underscore is as good as a hyphen
  const all = [options, ...args].join(' ').replaceAll('"', '');
  const [, value] = /^(?:.*\s)?--unhandled[-_]rejections[=\s]\s*(\S+)/.exec(all) ?? [];
  if (value === undefined || !HIDING.includes(value)) return undefined;
  return `Node.js was told --unhandled-rejections=${value}: an error that comes late would be lost. Leave it out.`;
}
