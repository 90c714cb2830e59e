import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { distance } from 'fastest-levenshtein';

/*
 * What npm has done to the options. Behind `npm run spec`, without `--` before them, it takes options for its own, hands
 * on what is left, and notes them in the environment as npm_config_…, beside what its settings say.
 */

/** Options of Cucumber that choose what is run: there are none such here, and whoever gives one means less than all. */
const OF_CUCUMBER = [
  ...['name', 'retry', 'parallel', 'format', 'profile', 'config', 'exit', 'strict', 'fail-fast', 'order'],
  ...['world-parameters', 'plugin', 'plugin-options'],
];
/** Timeouts of npm's, which people set though npm has long forgotten them, are in milliseconds. */
const LONGEST_TIMEOUT = 3600;

/**
 * What npm has kept of the options that were meant for a command: the run would not be what was asked for.
 *
 * @param command - the command, which has read what is left
 * @param env - the environment
 * @returns a sentence; undefined if nothing is missing, as far as can be told
 */
export function swallowed(command: Command, env: NodeJS.ProcessEnv): string | undefined {
  const isNpm = /^npm\//.test(env.npm_config_user_agent ?? 'npm/');
  if (!isNpm || (env.npm_command ?? env.npm_lifecycle_event) === undefined) return undefined;
  const said = settings(env);
  const kept = Object.entries(env).flatMap(([key, value = '']): string[] => {
    const name = /^npm_config_(\w+)$/.exec(key)?.[1]?.replaceAll('_', '-');
    if (name === undefined || said.get(name) === value) return [];
    const given = name === 'engine-strict' ? 'engine' : name;
    return isOurs(name, value, command) ? [`${name.length === 1 ? '-' : '--'}${given}`] : [];
  });
  const [first] = kept;
  if (first === undefined) return undefined;
  const before =
    env.npm_command === 'exec' ? 'npm exec -- micrograd-spec' : `npm run ${env.npm_lifecycle_event ?? 'spec'} --`;
  return `npm has taken ${first} for an option of its own: write "${before} ${first} …"`;
}

/** Whether an option that npm has kept was meant for the command. */
function isOurs(name: string, value: string, command: Command): boolean {
  const options = command.options.flatMap(({ long }) => long?.slice(2) ?? []);
  // npm completes what begins a name of its own: --engine becomes --engine-strict, which is a common setting as well;
  // what stood behind it is handed on, and is told from a setting by that
  if (name === 'engine-strict') return command.args.some((each) => /\.[cm]?[jt]sx?(#\w*)?$/.test(each));
  // a switch of npm's own; what stood behind it is handed on
  if (name === 'json') return command.args.some((each) => each.endsWith('.json'));
  if (name === 'tag') return /^@|\s/.test(value);
  if (name === 'timeout' && Number(value) > LONGEST_TIMEOUT) return false;
  if (name === 'message') return false; // of npm version
  if (options.includes(name)) return !isPassedOn(name, value, command);
  if (name.length === 1) return true; // npm knows the long names of all letters that are its own
  if (OF_CUCUMBER.includes(name)) return true;
  return options.some((option) => looksLike(option, name));
}

/** Whether a name is most likely another one, mistyped: a letter is wrong, or two are swapped. */
function looksLike(option: string, name: string): boolean {
  const off = distance(option, name);
  return off <= (option.length > 5 ? 2 : 1) || (off === 2 && [...option].sort().join() === [...name].sort().join());
}

/** Whether a script hands an option on by itself: `--seed $npm_config_seed`. */
function isPassedOn(name: string, value: string, command: Command): boolean {
  const attribute = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return value !== '' && value !== 'true' && String(command.opts()[attribute]) === value;
}

/** What npm's settings say, by name. */
function settings(env: NodeJS.ProcessEnv): Map<string, string> {
  const { npm_config_local_prefix: project, npm_config_userconfig: user, npm_config_globalconfig: global } = env;
  const files = [global, user, project === undefined ? undefined : join(project, '.npmrc')];
  const lines = files.flatMap((file) => (file === undefined ? [] : read(file).split(/\r?\n/)));
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const [, name, value = 'true'] = /^\s*([\w-]+)(?:\s*=\s*(.*?))?\s*$/.exec(line) ?? [];
      if (name === undefined) return [];
      const plain = value.replace(/^(["'])(.*)\1$/, '$2');
      return [[name.replaceAll('_', '-'), plain === 'false' ? '' : plain]];
    }),
  );
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // most people have none
  }
}
