import { closeSync, lstatSync, openSync, readSync, rmSync } from 'node:fs';

/** How each kind of report begins. What begins otherwise is no report, and is not taken away. */
const BEGINS: Readonly<Record<string, RegExp>> = {
  '--messages': /^\{"meta":\{"protocolVersion":/,
  '--html': /^<!DOCTYPE html>\s*<html[^>]*>\s*<head>\s*<title>Cucumber<\/title>/i,
  '--json': /^\{\s*"schema": \d+,\s*"edition": /,
  '--junit': /^<\?xml version="1\.0"[^>]*\?>\s*<testsuite name="(?:micrograd-spec|Cucumber)"/,
  '--markdown': /^<!-- micrograd-spec: summary -->\n/,
};
/** So much of a file shows how it begins. */
const BEGINNING = 512;
/** With these, nothing is run, and so nothing is out of date. */
const QUIET = ['--help', '-h', '--version', '-V', '--describe', 'help'];

/**
 * Takes away the reports of an earlier run that stand where this one is to write. It is done before anything else, so
 * that a run that is refused, even for a mistyped option, leaves none behind that could be taken for its own.
 *
 * @param args - the command line, as it was typed
 */
export function removeOld(args: readonly string[]): void {
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  if (own.some((each) => QUIET.includes(each))) return;
  for (const [option, begins] of Object.entries(BEGINS)) {
    // the files of a merge are what it reads
    if (option === '--messages' && own.includes('merge')) continue;
    for (const [i, each] of own.entries()) {
      const file = each === option ? own[i + 1] : each.startsWith(`${option}=`) ? each.slice(option.length + 1) : '';
      if (file && begins.test(beginningOf(file))) remove(file);
    }
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // it cannot be written either, which is told where the reports are begun
  }
}

/** The beginning of a file; nothing if there is none, or it is no ordinary file. */
function beginningOf(file: string): string {
  try {
    if (!lstatSync(file).isFile()) return '';
    const bytes = Buffer.alloc(BEGINNING);
    const opened = openSync(file, 'r');
    try {
      return bytes.toString('utf8', 0, readSync(opened, bytes));
    } finally {
      closeSync(opened);
    }
  } catch {
    return '';
  }
}
