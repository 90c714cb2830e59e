import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { init, LANGUAGES } from '../src/command/init';
import { list } from '../src/errors';
import { command, ROOT } from './run-spec';
import { isInstalled, typed } from './typed';

const empty = () => mkdtempSync(join(tmpdir(), 'micrograd-spec-init-'));
const read = (...path: string[]) => readFileSync(join(...path), 'utf8');

/** The commands that an author is told to run, in order. */
const commandsOf = (said: string) => said.split('\n').flatMap((line) => /^ {2}(\S.*)$/.exec(line)?.[1] ?? []);

/** What must be installed for a language: the first word of a command that is not of this project. */
function toolOf(language: string): string | undefined {
  const commands = commandsOf(init(language, empty()));
  const [first = ''] = commands;
  return first.startsWith('npx') ? /--engine-command "?(\w+)/.exec(first)?.[1] : first.split(' ')[0];
}

const missing = LANGUAGES.filter((language) => !isInstalled(toolOf(language) ?? 'node'));
if (missing.length > 0) {
  const tools = missing.map((language) => `${language}, for there is no ${toolOf(language)}`);
  process.stderr.write(`What init writes is not tried for ${tools.join('; ')}.\n`);
}

// Where all must be tried, a language that is missing is a fault.
it.runIf(process.env.CI)('there is every language for which init writes something', () => {
  expect(missing).toEqual([]);
});

describe('what init writes runs at once', () => {
  test.each(LANGUAGES.filter((language) => !missing.includes(language)))(
    'in %s',
    async (language) => {
      const folder = empty();
      const commands = commandsOf(init(language, folder));
      const [check = '', whole = ''] = commands.slice(-2);
      for (const line of commands.slice(0, -2)) expect(await typed(line, folder)).toEqual({ code: 0, output: '' });
      const checked = await typed(check, folder);
      expect(checked.output).toMatch(/\n[3-9]\d right, 0 wrong, 0 other ways with odd numbers\n$/);
      expect(checked.code).toBe(0);
      const skips = ['--expected', join('micrograd-spec', 'expected-failures.txt')];
      const { code, output } = await typed(whole, folder, '4', '7', '11', ...skips);
      expect(output).toMatch(/\n\d+ passed, 0 failed, \d+ not claimed\n$/);
      expect(code).toBe(0);
    },
    180_000,
  );
});

describe('an author begins', () => {
  test.each(LANGUAGES)('in %s, with an adapter, a list of expected failures, and a workflow', (language) => {
    const folder = empty();
    const said = init(language, folder);
    const written = readdirSync(join(folder, 'micrograd-spec'));
    expect(written).toContain('expected-failures.txt');
    expect(written.length).toBeGreaterThan(1);
    for (const name of written.filter((each) => each !== 'expected-failures.txt')) {
      expect(read(folder, 'micrograd-spec', name)).toBe(read(ROOT, 'examples', language, name));
    }
    const workflow = read(folder, '.github', 'workflows', 'micrograd-spec.yml');
    const commands = commandsOf(said);
    expect(commands.length).toBeGreaterThan(1);
    for (const line of commands.filter((each) => !each.includes(' check '))) {
      expect(workflow).toContain(line.replace('npx micrograd-spec', 'npx --yes micrograd-spec'));
    }
  });

  it('with a workflow that installs what the project depends on', () => {
    const workflowIn = (project?: string) => {
      const folder = empty();
      if (project !== undefined) writeFileSync(join(folder, 'package.json'), project);
      init('python', folder);
      return read(folder, '.github', 'workflows', 'micrograd-spec.yml');
    };
    expect(workflowIn('{ "devDependencies": { "micrograd-spec": "file:it.tgz" } }')).toContain('- run: npm ci\n');
    for (const other of [undefined, '{}', '{ "devDependencies": { "micrograd": "1" } }']) {
      expect(workflowIn(other)).toContain('# as long as the package is not on npm');
      expect(workflowIn(other)).not.toContain('npm ci');
    }
    expect(() => workflowIn('{')).toThrow(/package\.json cannot be read as JSON: /);
  });

  it('and loses nothing that is there', () => {
    const folder = empty();
    init('python', folder);
    expect(() => init('python', folder)).toThrow(/^there is already .*adapter\.py.*: nothing was written$/);
    const before = readdirSync(join(folder, 'micrograd-spec'));
    // the workflow is there already, so nothing else is written either
    expect(() => init('cpp', folder)).toThrow('nothing was written');
    expect(readdirSync(join(folder, 'micrograd-spec'))).toEqual(before);
  });

  it('in a language that is not known, with the protocol', async () => {
    const { code, output } = await command('init', 'cobol');
    expect(output).toContain('there is nothing to begin with for "cobol", but for javascript, python, cpp, rust, go, ');
    expect(code).toBe(2);
    const help = (await command('init', '--help')).output.replace(/\s+/g, ' ');
    expect(help).toContain(`: ${list(LANGUAGES).replace(/ and /, ' or ')}`);
    expect(() => init('constructor', empty())).toThrow('there is nothing to begin with for "constructor"');
  });
});
