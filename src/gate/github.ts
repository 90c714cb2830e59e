import { appendFileSync, realpathSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { EngineChoice } from '../settings';
import type { Results } from './results';
import { summaryOf } from './summary';
import { carryOut, commandLine } from './workflow-commands';

/*
 * What a pull request on GitHub shows of a run: a summary of the step, and annotations on the engine's own file.
 */

/** So many annotations are made: GitHub shows no more of one step. */
const MOST = 10;

/**
 * Tells GitHub Actions how a run went.
 *
 * @param results - the results
 * @param file - the engine's own file, from the workspace
 * @param env - the environment
 */
export function tellGitHub(results: Results, file: string | undefined, env: NodeJS.ProcessEnv = process.env): void {
  for (const line of annotationsOf(results, file)) carryOut(line);
  const { GITHUB_STEP_SUMMARY: summary } = env;
  if (!summary) return;
  try {
    appendFileSync(summary, `${summaryOf(results)}\n`);
  } catch (error) {
    process.stderr.write(`The summary of the step cannot be written: ${(error as Error).message}\n`);
  }
}

/**
 * One annotation for each finding; if nothing was found, and the run has failed, one that says so.
 *
 * @param results - the results
 * @param file - the engine's own file, from the workspace
 */
export function annotationsOf({ findings, verdict }: Results, file: string | undefined): string[] {
  const place: Record<string, string> = file === undefined ? {} : { file, line: '1' };
  if (findings.length === 0) {
    if (verdict.passed) return [];
    return [
      commandLine('error', { ...place, title: 'micrograd-spec' }, [verdict.line, ...verdict.problems].join('\n')),
    ];
  }
  return findings.slice(0, MOST).map(({ title, lines, again }) => {
    const message = [...lines, `again: ${again}`].join('\n');
    return commandLine('error', { ...place, title }, message);
  });
}

/**
 * Which file is the engine's own: the module, or of a command the first word after the program that is a file.
 *
 * @param choice - which engine, and where relative paths begin
 * @param workspace - the folder of the repository
 * @returns the file, from the workspace, or undefined if there is none in it
 */
export async function engineFile(
  { engine, engineCommand, folder = process.cwd() }: EngineChoice,
  workspace: string,
): Promise<string | undefined> {
  const inside = (word: string) => {
    const file = resolve(folder, word);
    if (word === '' || !statSync(file, { throwIfNoEntry: false })?.isFile()) return [];
    const from = relative(realpathSync(workspace), realpathSync(file));
    return from.startsWith('..') || resolve(from) === from ? [] : [from.split(sep).join('/')];
  };
  if (engine !== undefined) return inside(engine.replace(/#[^#]*$/, ''))[0];
  const { parseArgsStringToArgv } = await import('string-argv');
  const [program = '', ...words] = parseArgsStringToArgv(engineCommand ?? '');
  return [...words, program].flatMap(inside)[0];
}
