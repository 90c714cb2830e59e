import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import parseTags from '@cucumber/tag-expressions';
import { list, SpecError } from '../errors';
import { namesInChapters } from '../gate/entries';
import { readFailed } from '../gate/failed';
import { faultsOfTags } from '../gate/tags';
import { UNKNOWN } from '../gate/told';
import { readExpected } from '../judge/expected';
import { ROOT } from '../node/place';
import { findNamed, linesOf, looksLikeId, nearest } from './named';

/*
 * Which scenarios a run is about: chapters, tags, and those that are known to fail.
 */

/**
 * Where that is which somebody names on the command line.
 *
 * @param what - the number of a chapter, an id of it, or a path, perhaps with lines: `5`, `9:14`, `7.both-sides-of-one-sum`,
 *   `5.the-curve/2`, `my.feature:12`
 * @param tell - is told what an earlier id is called now
 * @returns a path, from the project's folder
 * @throws SpecError if there is none
 */
export function featurePath(what: string, tell: (line: string) => void = () => {}): string {
  const [, number, lines = ''] = /^(\d+)((?::\d+)*)$/.exec(what) ?? [];
  if (number !== undefined) return `${chapterPath(number)}${lines}`;
  const named = findNamed(what, tell);
  if (named !== undefined) {
    return `${chapterPath(named.entry.id)}${linesOf(named)
      .map((line) => `:${line}`)
      .join('')}`;
  }
  // as it was typed, or as a failure prints it: from the folder of this project on
  const found = [resolve(what), resolve(ROOT, what)].find((path) => existsSync(path.replace(/(:\d+)+$/, '')));
  if (found !== undefined) return found;
  if (!looksLikeId(what)) throw new SpecError(`there is no feature file ${what}`);
  throw new SpecError(`there is no rule or scenario ${what}; the nearest are ${nearest(what)}`);
}

/** Where a chapter is, of which the number is given, or something that begins with it. */
function chapterPath(given: string): string {
  const chapters = readdirSync(join(ROOT, 'features')).filter((name) => name.endsWith('.feature'));
  const found = chapters.find((name) => Number.parseInt(name, 10) === Number.parseInt(given, 10));
  if (found === undefined) throw new SpecError(`there is no chapter ${given}; there are 1 to ${chapters.length}`);
  return `features/${found}`;
}

/**
 * What has failed when it was last run.
 *
 * @param named - what was named besides
 * @param file - where it is kept
 * @throws SpecError if something was named, or nothing is kept that is still there
 */
export function failedBefore(named: readonly string[], file: string): string[] {
  if (named.length > 0)
    throw new SpecError(`--failed runs what has failed: expected nothing besides, and got ${list(named)}`);
  const kept = readFailed(file).filter((what) => {
    try {
      return featurePath(what) !== '';
    } catch {
      return false; // it went with another version, or with its file
    }
  });
  if (kept.length > 0) return kept;
  throw new SpecError('--failed: nothing is kept that has failed with this engine, run from this folder');
}

/**
 * Checks that the tags of an expression are in use: one that is not chooses nothing, and `not` one that is not leaves
 * nothing out.
 *
 * @param expression - tags, as Cucumber combines them
 * @param features - feature files besides the chapters, or folders of them
 * @throws SpecError if the expression is not understood, or a tag is not in use
 */
export function checkTags(expression: string, features: readonly string[]): void {
  try {
    parseTags(expression);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new SpecError(`expected tags, such as "@tanh and not @network": ${why}`);
  }
  const [fault] = faultsOfTags(expression);
  if (fault !== undefined) throw new SpecError(fault);
  const chapters = readdirSync(join(ROOT, 'features')).map((name) => join(ROOT, 'features', name));
  const files = [...chapters, ...features.flatMap(filesIn)];
  const known = new Set(
    files
      .filter((file) => file.endsWith('.feature'))
      .flatMap((file) => readFileSync(file, 'utf8').match(/^\s*@.*$/gm) ?? [])
      .flatMap((line) => line.trim().split(/\s+/)),
  );
  const strange = (expression.match(/@[^\s()]+/g) ?? []).filter((tag) => !known.has(tag));
  if (strange.length > 0) throw new SpecError(`no scenario has the tag ${list(strange)}; there are ${list(known)}`);
}

/** The files that a path means: a file, perhaps with lines, or those of a folder. */
function filesIn(path: string): string[] {
  const file = resolve(ROOT, path.replace(/(:\d+)+$/, ''));
  if (!statSync(file).isDirectory()) return [file];
  return readdirSync(file, { recursive: true, encoding: 'utf8' }).map((name) => join(file, name));
}

/**
 * Reads a list of scenarios that are expected to fail.
 *
 * @param file - where it is: a rule, a scenario or a row a line, `7.both-sides-of-one-sum # reason`
 * @returns what is said of each, by the name that stands there
 * @throws SpecError, which names the line, if one is not understood
 */
export function readExpectedList(file: string): Record<string, string> {
  if (!existsSync(file)) throw new SpecError(`there is no list of expected failures ${file}`);
  if (statSync(file).isDirectory()) throw new SpecError(`the list of expected failures ${file} is a folder`);
  const found = new Map<string, string>();
  for (const [i, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const at = `${file}, line ${i + 1}`;
    const [, name, reason] = /^(.+?)\s+#\s*(\S.*)$/.exec(line.trim()) ?? [];
    if (name === undefined || reason === undefined) {
      throw new SpecError(
        `${at}: expected an id, or the title of a scenario, then # and the reason, and got "${line}"`,
      );
    }
    if (found.has(name)) throw new SpecError(`${at}: ${name} stands in the list already`);
    try {
      readExpected(reason);
    } catch (error) {
      throw new SpecError(`${at}: ${(error as Error).message}`);
    }
    found.set(name, reason);
  }
  return Object.fromEntries(found);
}

/**
 * Checks that there is what a list of expected failures names.
 *
 * @param names - what stands in it
 * @param more - what there is besides the chapters: titles of scenarios, and where they stand
 * @param tell - is told what an earlier id is called now
 * @throws SpecError that names the nearest ids, if there is not
 */
export function checkExpected(names: readonly string[], more: readonly string[], tell: (line: string) => void): void {
  const known = new Set([...namesInChapters(), ...more]);
  const strange = names.filter((name) => !known.has(name));
  if (strange.length > 0) {
    const near = strange.filter(looksLikeId).map((name) => `; nearest to ${name} are ${nearest(name)}`);
    throw new SpecError(`${UNKNOWN}: ${list(strange)}${near.join('')}`);
  }
  for (const name of names) findNamed(name, tell);
}
