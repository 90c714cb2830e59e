import { execFile, execFileSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeEach, describe, expect, it, test } from 'vitest';
import { swallowed } from '../src/command/environment';
import { checkArguments, strict } from '../src/command/options';
import { checkReadable } from '../src/command/readable';
import { faultsOfReports, prepare } from '../src/command/reports';
import { hiding } from '../src/gate/flags';
import { Gate } from '../src/gate/gate';
import { faultsOfReplay, faultsOfTold, isLaw } from '../src/gate/told';
import { checkParameters, describeRun, type Parameters, typed } from '../src/settings';
import { RIGHT } from './holes/hole';
import { command, commandIn, cucumber, type Outcome, ROOT, run } from './run-spec';

/*
 * What the command is told, and what it leaves behind: no option is lost, and no file is damaged.
 */

const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-reports-'));
let count = 0;
/** A folder of its own for each test. */
let own = folder;
const at = (name: string) => join(own, name);
/** A file with something in it. */
const put = (name: string, text = '') => {
  writeFileSync(at(name), text);
  return at(name);
};
/** A pipe: no test goes near a device, which whoever forgets to look would take away from the whole machine. */
const pipe = (name: string) => {
  execFileSync('mkfifo', [at(name)]);
  return at(name);
};
beforeEach(() => fresh());
afterAll(() => rmSync(folder, { recursive: true }));

function fresh(): string {
  count += 1;
  own = join(folder, String(count));
  mkdirSync(own);
  return own;
}

const HTML = '<!DOCTYPE html>\n<html lang="en">\n<head>\n\t<title>Cucumber</title>\n';
const XML = '<?xml version="1.0"?>\n<testsuite name="Cucumber" time="1">\n';
const SUMMARY = '<!-- micrograd-spec: summary -->\n';
const OWN_XML = '<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="micrograd-spec">\n';
const JSON_RESULTS = '{\n  "schema": 1,\n  "edition": 1,\n';
const MESSAGES = '{"meta":{"protocolVersion":"32"}}\n';
const FIXTURES = './test/engines/engines.cjs';
const NPM = { npm_command: 'run-script', npm_lifecycle_event: 'spec', npm_config_user_agent: 'npm/11.0.0 node' };

/** Runs the command in a shell, which may close its output, or limit its files. */
function shell(text: string): Promise<Outcome> {
  const cli = `"${process.execPath}" -r ./steps/typescript.cjs src/command/cli.ts`;
  return new Promise((resolve) => {
    const script = `run() { ${cli} "$@"; echo "code $?" >&2; }; ${text}`;
    execFile('bash', ['-c', script], { cwd: ROOT }, (_, stdout, stderr) => {
      resolve({ code: Number(/^code (\d+)$/m.exec(stderr)?.[1]), output: stdout + stderr });
    });
  });
}

/** So that what is compiled and drawn is kept already, where nothing can be kept any more. */
const warm = (what: string) => `run ${what} ${at('warm')} > ${at('warm.log')} 2>&1;`;

/** An engine in whose run something is taken away. */
function thief(what: string): string {
  const engine = join(ROOT, 'test', 'x.js');
  return put(
    'thief.mjs',
    `import { createRequire } from 'node:module';
     import { existsSync, rmSync } from 'node:fs';
     const what = ${JSON.stringify(what)};
     const { Closures } = createRequire(${JSON.stringify(engine)})('./engines/engines.cjs');
     export default class extends Closures {
       constructor(...given) {
         super(...given);
         if (existsSync(what)) rmSync(what, { recursive: true });
       }
     }`,
  );
}

/** Each row of the table in docs/gate.md: a run in a process of its own. */
const ROWS: Readonly<Record<string, () => Promise<Outcome>>> = {
  'npm has kept an option, since `--` is missing before it': () => run('npm', ['run', '-s', 'spec', '1', '--seed=5']),
  'an option is given twice': () => command('1', '--html', at('a.html'), '--html', at('b.html')),
  'an option is given nothing': () => command('1', '--tags', ''),
  'an option stands where a value should': () => command('1', '--engine', '--describe'),
  'an empty word stands for a chapter or a file': () => command('1', ''),
  'a dash is no hyphen': () => command('1', '—seed', '5'),
  '`--path` with more than one law, or with none': () => command('15', '--path', '17:0'),
  'Node.js is told to go on after an error that nobody has caught': () =>
    commandIn({ NODE_OPTIONS: '--unhandled-rejections=warn' }, '1'),
  'a file that is loaded first hides such errors': () => {
    const quiet = put('quiet.cjs', "process.on('unhandledRejection', () => {});");
    return commandIn({ NODE_OPTIONS: `-r ${quiet}` }, '1');
  },
  'a feature file that is a folder, a pipe or a dead link': () => {
    mkdirSync(at('x.feature'));
    return command(at('x.feature'));
  },
  'a world parameter of the wrong kind': () => plain({ seed: '1' }),
  'a world parameter that there is not': () => plain({ sed: 1 }),
  'the world parameters of two engines': () => plain({ engine: 'a', engineCommand: 'b' }),
  'the world parameter `path` with more than one law, or with none': () => plain({ path: '17:0' }),
  'the world parameter `skips` with a name that no scenario has': () => plain({ skips: { Nobody: 'gone' } }),
  'two reports into one file': () => command('1', '--html', at('x'), '--junit', join(own, '..', String(count), 'x')),
  'a report over what the run reads': () => {
    const skips = put('skips.txt');
    return command('1', '--expected', skips, '--html', skips);
  },
  'a report over any other file': () => command('1', '--html', put('mine.txt', 'all that I know')),
  'a report over one of another kind': () => command('1', '--html', put('1.ndjson', MESSAGES)),
  'a report of `--describe`': () => command('--describe', '--html', at('a.html')),
  'a report to an address, or to `-`': async () => {
    const { code, output } = await command('1', '--messages', '-x');
    expect(output).toMatch(/expected a file, and got -x|begins like an option/);
    expect(code).toBe(2);
    return command('1', '--html', 'https://x/a.html');
  },
  'a report into a folder': () => command('1', '--html', own),
  'a report into a device or a pipe': () => command('1', '--html', pipe('pipe')),
  'a report through a link that leads nowhere': () => {
    symlinkSync(at('nothing'), at('link'));
    return command('1', '--html', at('link'));
  },
  'a report where nothing can be written': () => command('1', '--html', 'package.json/x.html'),
  'a report for which the disk has no room': () =>
    shell(`${warm('1 --html')} ulimit -f 100; run 1 --html ${at('a.html')}`),
  'results for which the disk has no room': () =>
    shell(`${warm('13 --json')} ulimit -f 12; run 13 --json ${at('a.json')}`),
  'a report that is taken away during the run': () =>
    command('1', '13', '--engine', thief(at('sub')), '--html', join(at('sub'), 'a.html')),
  'a message file whose end cannot be written': () =>
    command('1', '13', '--engine', thief(at('sub')), '--messages', join(at('sub'), 'a.ndjson')),
  'the output is closed, or its disk is full': () => shell(`run 1 5 --html ${at('a.html')} | head -1`),
};

function plain(parameters: object): Promise<Outcome> {
  return cucumber(['-f', 'progress', 'features/01*', '--world-parameters', JSON.stringify(parameters)]);
}

const table = new Map(
  [...readFileSync(join(ROOT, 'docs', 'gate.md'), 'utf8').matchAll(/^\| ([^|]+?) \| (\d) \| ([^|]+?) \|$/gm)].map(
    ([, what = '', code, says = '']) => [what, { code: Number(code), says: says.replaceAll('`', '') }] as const,
  ),
);

describe('options and reports', () => {
  it('are documented, row by row', () => {
    expect([...table.keys()]).toEqual(Object.keys(ROWS));
  });

  test.each(Object.entries(ROWS))('%s', { timeout: 60_000 }, async (name, start) => {
    const row = table.get(name);
    const { code, output } = await start();
    expect(code, output).toBe(row?.code);
    for (const part of row?.says.split(' … ') ?? []) expect(output).toContain(part);
    expect(output, 'no trace of code').not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  });
});

describe('an option', () => {
  /** What the command says of some arguments. */
  const said = (...args: string[]) => {
    const command = new Command('x')
      .argument('[all...]')
      .option('--edges')
      .configureOutput({ writeErr: () => {} });
    for (const name of ['engine', 'tags', 'html', 'seed']) command.option(`--${name} <value>`);
    command.option('--require <list>', '', (text: string, earlier: string[] = []) => [...earlier, text]);
    command.option('--timeout <n>', '', Number, 10).exitOverride();
    strict(command);
    try {
      return command.parse(args, { from: 'user' }).opts();
    } catch (error) {
      return (error as Error).message;
    }
  };

  test.each([
    [['--seed', '1', '--seed', '1']],
    [['--timeout', '5', '--edges', '--timeout=6']],
    [['--html=a', '1', '--html', 'b']],
  ])('is not given twice: %j', (args) => expect(said(...args)).toContain('It is given twice'));

  it('may be given twice where both count, or where once is as good', () => {
    expect(said('--require', 'a', '--edges', '--require', 'b', '--edges')).toMatchObject({ require: ['a', 'b'] });
  });

  test.each([[['--tags', '']], [['--html=  ']], [['--require', '']], [['--engine=']]])('is not empty: %j', (args) =>
    expect(said(...args)).toContain('is empty'),
  );

  test.each([[['--engine', '--describe']], [['--html', '-t']], [['--tags', '—seed']], [['--require', '--edges']]])(
    'is no value: %j',
    (args) => expect(said(...args)).toContain('It begins like an option'),
  );

  test.each([['—seed'], ['–-seed'], ['-seed'], ['−t']])('with a dash that is no hyphen is no file: %s', (text) =>
    expect(() => checkArguments(['1', text])).toThrow('with two hyphens'),
  );
});

describe('npm', () => {
  const options = ['engine', 'engine-command', 'tags', 'seed', 'timeout', 'html', 'json', 'skip-list', 'require'];
  const kept = (env: Record<string, string>, ...args: string[]) => {
    const command = new Command('x').argument('[all...]').option('--edges');
    for (const name of options) command.option(`--${name} <value>`);
    return swallowed(command.parse(args, { from: 'user' }), { ...NPM, ...env });
  };

  test.each<[string, Record<string, string>, string[], string]>([
    ['--engine ./x.mjs', { npm_config_engine_strict: 'true' }, ['./x.mjs'], '--engine'],
    ['--engine=x.cjs#Value', { npm_config_engine_strict: 'true' }, ['5', 'x.cjs#Value'], '--engine'],
    ['--engine-command=x', { npm_config_engine_command: 'x' }, [], '--engine-command'],
    ['--tags @x', { npm_config_tags: 'true' }, ['@x'], '--tags'],
    ['--tag @x', { npm_config_tag: '@x' }, [], '--tag'],
    ['-t @x', { npm_config_t: 'true' }, ['@x'], '-t'],
    ['--no-edges', { npm_config_edges: '' }, [], '--edges'],
    ['--edges', { npm_config_edges: 'true' }, [], '--edges'],
    ['--seed 5', { npm_config_seed: 'true' }, ['5'], '--seed'],
    ['--seed 5 --seed 6, once on either side', { npm_config_seed: '5' }, ['--seed', '6'], '--seed'],
    ['--require=tanh', { npm_config_require: 'tanh' }, [], '--require'],
    ['--timeout 5', { npm_config_timeout: 'true' }, ['5'], '--timeout'],
    ['--timeout=5', { npm_config_timeout: '5' }, [], '--timeout'],
    ['--htlm=x', { npm_config_htlm: 'x' }, [], '--htlm'],
    ['--skiplist=x', { npm_config_skiplist: 'x' }, [], '--skiplist'],
    ['--json x.json', { npm_config_json: 'true' }, ['x.json'], '--json'],
    ['--name=x', { npm_config_name: 'x' }, [], '--name'],
    ['--html=x, where the script says another', { npm_config_html: 'x' }, ['--html', 'r'], '--html'],
  ])('has kept %s', (_, env, args, name) => {
    expect(kept(env, ...args)).toBe(
      `npm has taken ${name} for an option of its own: write "npm run spec -- ${name} …"`,
    );
  });

  test.each<[string, Record<string, string>, string[]]>([
    ['a setting of npm', { npm_config_loglevel: 'silent', npm_config_json: 'true', npm_config_yes: '' }, []],
    ['engine-strict', { npm_config_engine_strict: 'true' }, ['5']],
    ['a timeout in milliseconds', { npm_config_timeout: '600000' }, []],
    ['a tag to publish with', { npm_config_tag: 'next' }, []],
    ['a message of npm version', { npm_config_message: 'v%s' }, []],
    ['what builds of add-ons want', { npm_config_nodedir: '/usr', npm_config_target: '20', npm_config_arch: 'x' }, []],
    ['what a script hands on', { npm_config_seed: '5' }, ['--seed', '5']],
    ['another program than npm', { npm_config_seed: '5', npm_config_user_agent: 'pnpm/10.0.0 npm/?' }, []],
  ])('has not kept what is %s', (_, env, args) => expect(kept(env, ...args)).toBeUndefined());

  it('may be told by a setting what is no option', () => {
    put('.npmrc', '; mine\nseed = 7\ntimeout="30"\nedges=false\nengine-strict\n');
    const env = { npm_config_seed: '7', npm_config_timeout: '30', npm_config_edges: '' };
    expect(kept({ ...env, npm_config_userconfig: at('.npmrc') })).toBeUndefined();
    expect(kept({ ...env, npm_config_local_prefix: own })).toBeUndefined();
    expect(kept({ ...env, npm_config_seed: '8', npm_config_local_prefix: own })).toContain('--seed');
  });

  it('is not asked where it has not started the command', async () => {
    const env = { npm_config_seed: '5', npm_command: '', npm_lifecycle_event: '', npm_config_user_agent: 'yarn/1.22' };
    expect((await commandIn(env, '1')).code).toBe(0);
  });
});

describe('Node.js', () => {
  test.each<[string, string[]]>([
    ['--unhandled-rejections=none', []],
    ['--max-old-space-size=4096 "--unhandled-rejections=warn"', []],
    ['--unhandled-rejections warn-with-error-code --no-warnings', []],
    ['', ['-r', 'x', '--unhandled-rejections', 'none']],
    ['', ['--unhandled_rejections=warn']],
    ['--unhandled-rejections=strict', ['--unhandled-rejections=warn']],
  ])('may not be told %s %j', (options, args) => expect(hiding(options, args, [])).toContain('--unhandled-rejections'));

  it('may not have loaded what listens to late errors', () => {
    expect(hiding('', [], ['uncaughtException'])).toContain('listens to uncaughtException');
    expect(hiding('-r x', ['-r', 'y'], ['unhandledRejection'])).toContain('listens to unhandledRejection');
  });

  test.each<[string, string[]]>([
    ['', []],
    ['--import tsx --max-old-space-size=4096', ['-r', './x.cjs']],
    ['--unhandled-rejections=strict', []],
    ['--unhandled-rejections=none', ['--unhandled-rejections=throw']],
    ['--trace-warnings', ['--unhandled-rejections=throw']],
  ])('may be told %s %j', (options, args) => expect(hiding(options, args, [])).toBeUndefined());
});

describe('world parameters', () => {
  test.each<[unknown, string]>([
    [{ seed: '1' }, '"seed": expected a whole number, from 1 on; got the string "1"'],
    [{ seed: 0 }, '"seed": expected a whole number'],
    [{ seed: null }, '"seed": expected a whole number, from 1 on; got null'],
    [{ runs: 1.5 }, '"runs": expected a whole number'],
    [{ runs: -1 }, '"runs": expected a whole number'],
    [{ timeout: '10' }, '"timeout": expected a number of seconds'],
    [{ timeout: 0 }, '"timeout": expected a number of seconds'],
    [{ timeout: 3601 }, '"timeout": expected a number of seconds'],
    [{ engine: '' }, '"engine": expected a text'],
    [{ engine: null }, '"engine": expected a text'],
    [{ engineCommand: ['python3'] }, '"engineCommand": expected a text'],
    [{ path: 17 }, '"path": expected a path'],
    [{ path: '17:' }, '"path": expected a path'],
    [{ require: 'tanh' }, '"require": expected a list'],
    [{ require: ['sinh'] }, '"require": expected a list'],
    [{ skips: ['S'] }, '"skips": expected an object'],
    [{ skips: { S: true } }, '"skips": expected an object'],
    [{ skips: { S: '' } }, '"skips": expected an object'],
    [{ edges: 'true' }, '"edges": expected true or false'],
    [{ edges: 1 }, '"edges": expected true or false'],
    [{ chosen: 1 }, '"chosen": expected a text'],
    [{ Seed: 1 }, 'there are no world parameters Seed; there are engine'],
    [{ engine: 'a', engineCommand: 'b' }, 'expected one engine'],
    [[], 'expected the world parameters to be an object'],
    [null, 'expected the world parameters to be an object'],
  ])('may not be %j', (parameters, says) => {
    expect(() => checkParameters(parameters as Parameters)).toThrow(says);
  });

  it('may be what they should', () => {
    const engine = { engine: './x.mjs', timeout: 0.5, folder: '/', require: ['tanh', 'pow-of-nodes'] as const };
    checkParameters({ ...engine, skips: { S: 'known' }, seed: 1, runs: 5, path: '1:2', edges: false, chosen: '5' });
    checkParameters({ engine: undefined, require: [] });
  });
});

describe('a path', () => {
  const law = { steps: [{ text: 'in random expressions, all is well' }] };
  const other = { steps: [{ text: 'all is well' }] };
  const faults = (...chosen: object[]) => faultsOfTold({ path: '1' }, chosen as never, [], []);

  it('replays one law', () => {
    expect(faults(law, other)).toEqual([]);
    expect(faults(other).join()).toContain('and none was chosen');
    expect(faults(law, law).join()).toContain('and 2 were chosen');
    expect(faultsOfReplay(16).join()).toContain('16 were chosen');
  });

  it('is told of what it is of', () => {
    const text = readFileSync(
      join(ROOT, 'features', readdirSync(join(ROOT, 'features')).find((name) => name.startsWith('15')) ?? ''),
      'utf8',
    );
    const lines = text.split('\n');
    const at = lines.flatMap((line, i) => (/^\s*Scenario:/.test(line) ? [i] : []));
    const laws = at.map((i) => lines[i + 1]?.trimStart().startsWith('Then in random expressions, '));
    expect(at.map((i) => isLaw(text, i + 1))).toEqual(laws);
    expect(new Set(laws)).toEqual(new Set([false, true]));
  });

  it('is what the run says, and not how many expressions were asked for', () => {
    const description = { engine: 'e', precision: 'double', operations: ['add'] } as never;
    expect(describeRun(description, { path: '17:0' }, 'v')).toBe(
      'v, seed 1, replayed from 17:0; engine e: double precision, add',
    );
  });

  it('is printed in a command that finds the failure again', async () => {
    const messages = at('a.ndjson');
    const scenario = '15.random-expressions-backward';
    await command(scenario, '--engine', `${FIXTURES}#subSign`, '--runs', '50', '--messages', messages);
    const [, line = ''] = /found after .*?: npx micrograd-spec ([^"\\]*)/.exec(readFileSync(messages, 'utf8')) ?? [];
    expect(line).toMatch(new RegExp(`^--engine \\S+ --seed 1 --runs 50 --path [\\d:]+ ${scenario}$`));
    const again = at('b.ndjson');
    const { code } = await command(...line.split(' '), '--messages', again);
    expect(code).toBe(1);
    expect(readFileSync(again, 'utf8')).toContain('found after 1 expressions');
  });

  it('is quoted where a shell needs it', () => {
    expect(typed({ engineCommand: "python3 it's.py", seed: 2 })).toBe(
      ` --engine-command 'python3 it'\\''s.py' --seed 2`,
    );
  });
});

describe('a report', () => {
  const refused = (wanted: Record<string, string>, ...inputs: string[]) => {
    const before = all();
    expect(() => prepare(wanted, inputs)).toThrow(/^[^\n]*$/);
    expect(all()).toEqual(before);
    try {
      prepare(wanted, inputs);
    } catch (error) {
      return (error as Error).message;
    }
    return '';
  };
  /** All files, and what is in them: whatever is refused leaves them as they are. */
  const all = () =>
    readdirSync(own, { withFileTypes: true }).map((each) => [
      each.name,
      each.isFile() ? readFileSync(at(each.name), 'utf8') : '',
    ]);

  test.each<[string, () => Record<string, string>]>([
    ['by its name', () => ({ html: at('x'), junit: at('x') })],
    ['through dots', () => ({ html: at('x'), messages: `${own}/./y/../x` })],
    [
      'through a link to the file',
      () => {
        put('x');
        symlinkSync(at('x'), at('y'));
        return { html: at('x'), junit: at('y') };
      },
    ],
    [
      'through a link to the folder',
      () => {
        symlinkSync(own, at('y'));
        return { junit: at('x'), messages: at('y/x') };
      },
    ],
    [
      'through a hard link',
      () => {
        linkSync(put('x'), at('y'));
        return { html: at('x'), messages: at('y') };
      },
    ],
  ])('is not written into the file of another: %s', (_, wanted) => expect(refused(wanted())).toContain('are one file'));

  test.each<[string, () => [string, string]]>([
    ['an engine', () => [put('e.mjs'), at('e.mjs')]],
    [
      'through a link',
      () => {
        put('a.txt');
        symlinkSync(at('a.txt'), at('b.html'));
        return [at('b.html'), at('a.txt')];
      },
    ],
    [
      'through a hard link',
      () => {
        linkSync(put('a.txt'), at('b.html'));
        return [at('b.html'), at('a.txt')];
      },
    ],
    ['a report that is merged', () => [put('a.html', HTML), at('a.html')]],
  ])('is not written over what the run reads: %s', (_, pair) => {
    const [report, input] = pair();
    expect(refused({ html: report }, input)).toContain('the run reads this file');
  });

  test.each<[string, string]>([
    ['html', 'all that I know'],
    ['html', '<!DOCTYPE html>\n<html><head><title>My page</title>'],
    ['html', XML],
    ['html', MESSAGES],
    ['junit', '<?xml version="1.0"?>\n<project>'],
    ['junit', HTML],
    ['messages', '{"name":"micrograd-spec"}'],
    ['messages', '{'],
    ['messages', XML],
    ['json', '{"name":"micrograd-spec"}'],
    ['json', MESSAGES],
    ['markdown', '# Mine'],
  ])('is not written over what is none of its kind: %s over %j', (option, text) => {
    expect(refused({ [option]: put('x', text) })).toContain('is no report of this kind');
  });

  test.each<[string, string]>([
    ['html', HTML],
    ['junit', XML],
    ['messages', MESSAGES],
    ['json', JSON_RESULTS],
    ['junit', OWN_XML],
    ['markdown', SUMMARY],
    ['html', ''],
  ])('takes the place of an earlier one: %s', (option, text) => {
    const [report] = prepare({ [option]: put('x', text) }, []);
    expect(report?.file).toBe(at('x'));
    expect(existsSync(at('x'))).toBe(false);
  });

  it('is written where a link leads, and the link stays', () => {
    put('x', HTML);
    symlinkSync(at('x'), at('y'));
    expect(prepare({ html: at('y') }, [])[0]?.file).toBe(at('x'));
    expect(readdirSync(own)).toEqual(['y']);
  });

  it('takes nothing away if another one is refused', () => {
    put('x', HTML);
    expect(refused({ html: at('x'), junit: put('y', 'mine') })).toContain('y: this file is there');
    expect(refused({ html: at('x'), junit: own })).toContain('this is a folder');
    expect(refused({ html: at('x'), junit: pipe('z') })).toContain('this is a device');
  });

  test.each<[string, () => string, string]>([
    ['a folder', () => own, 'this is a folder'],
    ['what is called like one', () => at('x/'), 'this is a folder'],
    [
      'a link to one',
      () => {
        symlinkSync(own, at('y'));
        return at('y');
      },
      'this is a folder',
    ],
    [
      'a link to nothing',
      () => {
        symlinkSync(at('nothing'), at('y'));
        return at('y');
      },
      'a link that leads nowhere',
    ],
    [
      'a link to itself',
      () => {
        symlinkSync(at('y'), at('y'));
        return at('y');
      },
      'a link that leads nowhere',
    ],
    ['a pipe', () => pipe('y'), 'a device or a pipe'],
    [
      'a link to a pipe',
      () => {
        symlinkSync(pipe('y'), at('x'));
        return at('x');
      },
      'a device or a pipe',
    ],
    ['what is below a file', () => `${put('x')}/a.html`, 'cannot be written'],
    ['a feature file', () => at('a.feature'), 'no feature file'],
  ])('is not written into %s', (_, place, says) => expect(refused({ html: place() })).toContain(says));

  test.each<[string, string, string]>([
    ['html', `${HTML}…</html>\n`, `${HTML}…`],
    ['junit', `${XML}</testsuite>`, `${XML}<testcase`],
    ['messages', `${MESSAGES}{"testRunFinished":{"success":true}}\n`, `${MESSAGES}{"testRunFin`],
  ])('that is not whole is told: %s', async (option, whole, part) => {
    const reports = prepare({ [option]: at('x') }, []);
    put('x', whole);
    expect(await faultsOfReports(reports)).toEqual([]);
    put('x', part);
    expect((await faultsOfReports(reports)).join()).toContain('is not whole');
    truncateSync(at('x'));
    expect((await faultsOfReports(reports)).join()).toContain('is not whole');
    rmSync(at('x'));
    expect((await faultsOfReports(reports)).join()).toContain('was lost');
  });

  it('is waited for where another one has failed', async () => {
    const reports = prepare({ html: at('x'), junit: at('y') }, []);
    put('y', XML);
    let text = HTML;
    const timer = setInterval(() => {
      text += text.length < 2000 ? 'x'.repeat(500) : '</html>';
      put('x', text);
      if (text.endsWith('</html>')) clearInterval(timer);
    }, 30);
    expect((await faultsOfReports(reports)).join()).toMatch(/^--junit \S*y: the report is not whole[^,]*$/);
  });

  test.each<[string, () => void]>([
    ['its folder has vanished', () => rmSync(at('sub'), { recursive: true })],
    ['the file has vanished', () => rmSync(at('sub/a.ndjson'))],
    [
      'it is a folder now',
      () => {
        rmSync(at('sub/a.ndjson'));
        mkdirSync(at('sub/a.ndjson'));
      },
    ],
  ])('of messages whose end cannot be written fails: %s', (_, act) => {
    mkdirSync(at('sub'));
    put('sub/a.ndjson', MESSAGES);
    const gate = new Gate({ seal: { file: at('sub/a.ndjson'), part: '1/1', run: 'r', origin: {} as never } });
    gate.take({ testRunFinished: { success: true, timestamp: { seconds: 0, nanos: 0 } } });
    act();
    gate.seal(0);
    expect(gate.isPassed).toBe(false);
    expect(gate.problems().join()).toContain('cannot be written');
    expect(existsSync(at('sub')) ? readdirSync(at('sub')) : []).toHaveLength(_ === 'it is a folder now' ? 1 : 0);
  });
});

describe('whatever becomes of the output, the reports are whole', () => {
  const isWhole = () => {
    expect(readFileSync(at('a.html'), 'utf8')).toMatch(/<\/html>\s*$/);
    expect(readFileSync(at('a.xml'), 'utf8')).toMatch(/<\/testsuite>\s*$/);
    const last = readFileSync(at('a.ndjson'), 'utf8').trim().split('\n').at(-1);
    expect(last).toContain('part of a run: ');
  };
  const reports = () => `--html ${at('a.html')} --junit ${at('a.xml')} --messages ${at('a.ndjson')}`;

  test.each<[string, string, string]>([
    ['is closed after a line', '| head -1', 'The output could not be written to its end (EPIPE)'],
    ['is closed at once', '| true', 'The output could not be written to its end (EPIPE)'],
    ['is full', '> /dev/full', 'The output could not be written to its end (ENOSPC)'],
  ])('stdout %s', async (_, to, says) => {
    const { code, output } = await shell(`run 1 5 ${reports()} ${to}`);
    expect(output).toContain(says);
    expect(output.match(/could not be written/g)).toHaveLength(1);
    expect(output).not.toContain('    at ');
    expect(code).toBe(1);
    isWhole();
  });

  test.each<[string, string]>([
    ['a merge', 'merge'],
    ['a description', '--describe'],
  ])('%s fails as well', async (_, args) => {
    await command('1', '--messages', at('m.ndjson'));
    const rest = args === 'merge' ? `${at('m.ndjson')} --html ${at('a.html')}` : '';
    const { code, output } = await shell(`run ${args} ${rest} > /dev/full`);
    expect(output).toContain('The output could not be written');
    expect(code).toBe(1);
    if (args === 'merge') expect(readFileSync(at('a.html'), 'utf8')).toMatch(/<\/html>\s*$/);
  });

  it('of three reports, one that finds no room does not harm the others', async () => {
    const { code, output } = await shell(`${warm('1 --html')} ulimit -f 120; run 1 ${reports()}`);
    expect(output).toContain('a.html: the report is not whole');
    expect(output).not.toContain('    at ');
    expect(code).toBe(1);
    expect(readFileSync(at('a.xml'), 'utf8')).toMatch(/<\/testsuite>\s*$/);
  });
});

describe('with plain Cucumber', () => {
  const cucumberJs = 'node node_modules/@cucumber/cucumber/bin/cucumber.js --config test/holes.cjs';
  const start = () => `f() { ${cucumberJs} ${put('a.feature', RIGHT)} "$@"; echo "code $?" >&2; }; f`;

  test.each<[string, () => string]>([
    ['the output is closed', () => `-f progress -f html:${at('a.html')} | head -0`],
    ['the output is full', () => `-f progress -f html:${at('a.html')} > /dev/full`],
  ])('reports are whole though %s', async (_, rest) => {
    const { code, output } = await shell(`${start()} ${rest()}`);
    expect(output).toContain('The output could not be written to its end');
    expect(code).toBe(1);
    expect(readFileSync(at('a.html'), 'utf8')).toMatch(/<\/html>\s*$/);
  });

  test.each<[string, () => string]>([
    ['there is no room', () => '-f html:/dev/full'],
    ['there is a file where its folder should be', () => `-f html:${put('x')}/a.html`],
    ['there is a folder where it should be', () => `-f html:${own}`],
  ])('a report that cannot be written fails the run: %s', async (_, rest) => {
    const { code } = await shell(`${start()} ${rest()}`);
    expect(code).toBe(1);
  });
});

describe('what cannot be read', () => {
  test.each<[string, () => string, string]>([
    [
      'a folder called like a feature file',
      () => {
        mkdirSync(at('x.feature'));
        return at('x.feature');
      },
      'this is a folder',
    ],
    [
      'one in a folder',
      () => {
        mkdirSync(at('sub/x.feature'), { recursive: true });
        return own;
      },
      'this is a folder',
    ],
    [
      'a dead link in a folder',
      () => {
        symlinkSync(at('nothing'), at('x.feature'));
        return own;
      },
      'leads nowhere',
    ],
    [
      'a link to itself in a folder',
      () => {
        symlinkSync(at('x.feature'), at('x.feature'));
        return own;
      },
      'leads nowhere',
    ],
    ['a pipe', () => pipe('x.feature'), 'a device or a pipe'],
  ])('is told at once: %s', (_, path, says) => expect(() => checkReadable([path()])).toThrow(says));

  it('is nothing that is sound', () => {
    symlinkSync(own, at('loop'));
    put('a.feature', 'Feature: F\n');
    checkReadable([own, `${at('a.feature')}:3`, 'features/*.feature', join(ROOT, 'features')]);
  });
});
