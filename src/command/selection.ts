import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import parseTags from '@cucumber/tag-expressions';
import { list, SpecError } from '../errors';
import { faultsOfTags } from '../gate/tags';
import { ROOT } from '../node/place';

/*
 * Which scenarios a run is about: chapters, tags, and those that are known to fail.
 */

/**
 * Where a chapter or a feature file is.
 *
 * @param feature - the number of a chapter, or a path, perhaps with lines: `5`, `9:14`, `my.feature:12`
 * @returns a path, from the project's folder
 * @throws SpecError if there is none
 */
export function featurePath(feature: string): string {
  const [, number, lines = ''] = /^(\d+)((?::\d+)*)$/.exec(feature) ?? [];
  if (number === undefined) {
    const path = resolve(feature.replace(/(:\d+)+$/, ''));
    if (!existsSync(path)) throw new SpecError(`there is no feature file ${feature}`);
    return resolve(feature);
  }
  const chapters = readdirSync(join(ROOT, 'features')).filter((name) => name.endsWith('.feature'));
  const found = chapters.find((name) => Number(name.split('-')[0]) === Number(number));
  if (found === undefined) throw new SpecError(`there is no chapter ${number}; there are 1 to ${chapters.length}`);
  return `features/${found}${lines}`;
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
 * Reads a list of scenarios that are known to fail.
 *
 * @param file - where it is: a scenario a line, `name # reason`
 * @returns the reasons, by name
 * @throws SpecError, which names the line, if one is not understood
 */
export function readSkipList(file: string): Record<string, string> {
  if (!existsSync(file)) throw new SpecError(`there is no skip list ${file}`);
  if (statSync(file).isDirectory()) throw new SpecError(`the skip list ${file} is a folder`);
  const lines = readFileSync(file, 'utf8').split('\n');
  const entries = lines.flatMap((line, i): [string, string][] => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const [, name, reason] = /^(.+?)\s+#\s*(\S.*)$/.exec(line.trim()) ?? [];
    if (name === undefined || reason === undefined) {
      throw new SpecError(`${file}, line ${i + 1}: expected "name of a scenario # reason", and got "${line}"`);
    }
    return [[name, reason]];
  });
  return Object.fromEntries(entries);
}
