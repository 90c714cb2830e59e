import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A way for a run to check nothing, and to be a success all the same. */
export interface Hole {
  /** Files, by name; a name may have folders in it. */
  readonly files?: Readonly<Record<string, string>>;
  /** Links to what is among the files, by their names. */
  readonly links?: Readonly<Record<string, string>>;
  /** What to run, in the folder of the files; all of it if nothing is said. */
  readonly paths?: readonly string[];
  /** Further arguments. */
  readonly args?: readonly string[];
  /** What is different in the environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * A feature of one scenario.
 *
 * @param steps - its steps
 */
export function scenario(...steps: readonly string[]): string {
  return `Feature: A feature\n\n  Scenario: A scenario\n${steps.map((step) => `    ${step}\n`).join('')}`;
}

/**
 * A feature of one outline.
 *
 * @param step - its only step, behind the word Then
 * @param examples - its Examples, as they are written
 */
export function outline(step: string, examples: string): string {
  const title = 'Scenario Outline: Many';
  return `${scenario(`Then ${step}`).replace('Scenario: A scenario', title)}\n    ${examples}\n`;
}

/**
 * A feature of which a scenario is lost in its prose, because its first line is mistyped.
 *
 * @param title - that line
 */
export function block(title: string): string {
  return `Feature: F\n\n  ${title}\n    Given the leaves\n    Then all is well\n\n  Scenario: Found\n    Then all is well\n`;
}

/** A feature in which nothing is wrong. */
export const RIGHT = scenario('Then all is well');

/**
 * Writes files and links into a folder.
 *
 * @param folder - the folder
 * @param hole - what to write
 */
export function lay(folder: string, { files = { 'a.feature': RIGHT }, links = {} }: Hole): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  for (const [link, target] of Object.entries(links)) symlinkSync(target, join(folder, link));
}
