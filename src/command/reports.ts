import {
  closeSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
  unlinkSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SpecError } from '../errors';
import { IS_SOURCE, ROOT } from '../node/place';

/*
 * The files that reports are written to. A report must not cost anybody a file that is not one, nor another report; and
 * one that is not whole must not look like a success.
 */

/** A kind of report: how its files begin and end. */
interface Kind {
  /** How Cucumber calls it, if Cucumber writes it. */
  readonly format?: string;
  readonly begins: RegExp;
  readonly ends: RegExp;
}

const KINDS: Readonly<Record<string, Kind>> = {
  html: {
    format: 'html',
    begins: /^<!DOCTYPE html>\s*<html[^>]*>\s*<head>\s*<title>Cucumber<\/title>/i,
    ends: /<\/html>\s*$/,
  },
  // Cucumber's own, which earlier versions wrote, as well
  junit: { begins: /^<\?xml[^>]*\?>\s*<testsuite name="(?:micrograd-spec|Cucumber)"/, ends: /<\/testsuite>\s*$/ },
  markdown: { begins: /^<!-- micrograd-spec: summary -->\n/, ends: /\n$/ },
  json: { begins: /^\{\s*"schema": \d+,\s*"edition": /, ends: /"time": \{[^{}]*\}\s*\}\n$/ },
  messages: { format: 'message', begins: /^\{"meta":\{/, ends: /\{"testRunFinished":.*\}\n$/ },
  // no report for anybody to read, but written in the same way, and with the same care
  'write-expected': {
    format: join(ROOT, IS_SOURCE ? 'steps/expectations.cjs' : 'dist/src/gate/expectations.js'),
    // or a list of comments alone, such as `init` writes, so short that all of it has been looked at
    begins: /^# Written by micrograd-spec --write-expected|^(?=[\s\S]{0,4000}$)(?:(?:#.*)?\r?\n)*$/,
    ends: /\n# \d+ entr(?:y|ies)\n$/,
  },
};

/** How much of a file is looked at, at its beginning and at its end, in bytes. */
const LOOK = 4096;
/** How long other reports may take to their end when one has failed, in milliseconds. */
const PATIENCE = 5000;

/** A file that a report will be written to. */
export interface Report {
  /** The option that asks for it: `html`. */
  readonly option: string;
  /** As it was given. */
  readonly given: string;
  /** Where it really is. */
  readonly file: string;
  /** How Cucumber calls reports of this kind; undefined if they are made from the results. */
  readonly format: string | undefined;
}

/**
 * Finds out whether reports can be written where they are wanted, and takes those of an earlier run away: they must not
 * be taken for those of this one. Nothing is touched unless all of them can be written.
 *
 * @param wanted - the files, by option: `{ html: 'reports/spec.html' }`
 * @param inputs - files that the run reads
 * @returns the reports
 * @throws SpecError if one cannot be written, or would be written over something else
 */
export function prepare(
  wanted: Readonly<Record<string, string | undefined>>,
  inputs: readonly (string | undefined)[],
): Report[] {
  const reports = Object.entries(wanted).flatMap(([option, given]): Report[] => {
    const kind = KINDS[option];
    if (given === undefined || kind === undefined) return [];
    if (/^-|:\/\//.test(given)) throw new SpecError(`--${option}: expected a file, and got ${given}`);
    const report = { option, given, file: placeOf(option, given), format: kind.format };
    refuseStrange(report, kind);
    return [report];
  });
  refuseShared(reports, inputs);
  const made: string[] = [];
  try {
    const seen = new Map<string, Report>();
    for (const report of reports) {
      if (statOf(report.file) === undefined) made.push(report.file);
      // two names may be one file for reasons that a name does not show: small letters and capitals, or a hard link
      const id = touch(report);
      const other = seen.get(id);
      if (other !== undefined) throw twice(other, report);
      seen.set(id, report);
    }
  } catch (error) {
    for (const file of made) attempt(() => unlinkSync(file));
    throw error;
  }
  for (const report of reports) attempt(() => unlinkSync(report.file), report);
  return reports;
}

/** Where a report is to be, without links on the way; makes its folder. */
function placeOf(option: string, given: string): string {
  const named = `--${option} ${given}`;
  if (/[\\/]$/.test(given)) throw new SpecError(`${named}: expected a file, and this is a folder`);
  const file = resolve(given);
  if (/\.feature$/i.test(file)) throw new SpecError(`${named}: a report is no feature file`);
  const report = { option, given };
  const link = attempt(() => lstatSync(file, { throwIfNoEntry: false }), report);
  if (link?.isSymbolicLink()) {
    if (statOf(file) === undefined) throw new SpecError(`${named}: this is a link that leads nowhere`);
    return realpathSync(file);
  }
  return attempt(() => {
    mkdirSync(dirname(file), { recursive: true });
    return join(realpathSync(dirname(file)), basename(file));
  }, report);
}

/** What is there already must be an earlier report of the same kind, or nothing. */
function refuseStrange({ option, given, file }: Report, { begins }: Kind): void {
  const named = `--${option} ${given}`;
  const stats = statOf(file);
  if (stats === undefined) return;
  if (stats.isDirectory()) throw new SpecError(`${named}: expected a file, and this is a folder`);
  if (!stats.isFile()) throw new SpecError(`${named}: expected a file, and this is a device or a pipe`);
  if (stats.size === 0) return;
  if (!begins.test(attempt(() => read(file, 0), { option, given }))) {
    throw new SpecError(
      `${named}: this file is there, and is no report of this kind; move it away, or choose another name`,
    );
  }
}

/** No report over another, nor over what the run reads. */
function refuseShared(reports: readonly Report[], inputs: readonly (string | undefined)[]): void {
  for (const [i, report] of reports.entries()) {
    const other = reports.slice(0, i).find(({ file }) => file === report.file);
    if (other !== undefined) throw twice(other, report);
    const stats = statOf(report.file);
    for (const input of inputs) {
      if (input === undefined) continue;
      const read = statOf(input);
      const isSame = stats !== undefined && read !== undefined && stats.ino === read.ino && stats.dev === read.dev;
      if (isSame || resolve(input) === report.file) {
        throw new SpecError(`--${report.option} ${report.given}: the run reads this file, and would lose it`);
      }
    }
  }
}

function twice(one: Report, other: Report): SpecError {
  return new SpecError(
    `--${one.option} ${one.given} and --${other.option} ${other.given} are one file: expected one for each report`,
  );
}

/** Opens a file to write, and closes it; says which file it is. */
function touch(report: Report): string {
  return attempt(() => {
    const fd = openSync(report.file, 'a');
    const { dev, ino } = fstatSync(fd, { bigint: true });
    closeSync(fd);
    return `${dev}:${ino}`;
  }, report);
}

/**
 * What has become of the reports, once the run is over. Where one has failed, the others are waited for.
 *
 * @param reports - the reports
 * @returns a sentence for each that is not whole
 */
export async function faultsOfReports(reports: readonly Report[]): Promise<string[]> {
  const until = Date.now() + PATIENCE;
  let size = -1;
  for (;;) {
    const faults = reports.flatMap((report) => faultOf(report) ?? []);
    const now = reports.reduce((sum, { file }) => sum + (statOf(file)?.size ?? 0), 0);
    if (faults.length === 0 || now === size || Date.now() > until) return faults;
    size = now;
    await wait(100);
  }
}

function faultOf({ option, given, file }: Report): string | undefined {
  const named = `--${option} ${given}`;
  const kind = KINDS[option];
  const stats = statOf(file);
  if (stats === undefined) return `${named}: the report was lost: something took it away during the run`;
  try {
    const isWhole = kind?.begins.test(read(file, 0)) && kind.ends.test(read(file, Math.max(0, stats.size - LOOK)));
    return isWhole ? undefined : `${named}: the report is not whole: something kept it from being written to its end`;
  } catch (error) {
    return `${named}: the report cannot be read: ${(error as Error).message}`;
  }
}

/** A part of a file. */
function read(file: string, from: number): string {
  const fd = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(LOOK);
    return bytes.toString('utf8', 0, readSync(fd, bytes, 0, LOOK, from));
  } finally {
    closeSync(fd);
  }
}

function statOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined; // a way that leads through a file, or in a circle: what wants to write there will say so
  }
}

/** Does something with a file; what the file system says of it is put into a sentence. */
function attempt<T>(act: () => T, report?: Pick<Report, 'option' | 'given'>): T {
  try {
    return act();
  } catch (error) {
    const { given = '?' } = report ?? {};
    throw new SpecError(`${given} cannot be written: ${(error as Error).message}`);
  }
}
