import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { bundledEngine } from '../src/engines/bundled';
import { merge } from '../src/gate/merge';
import { ciRun, DAY } from '../src/gate/origin';
import { readPart } from '../src/gate/part';
import { type Seal, sealOf } from '../src/gate/seal';
import { differenceOf, probe } from '../src/judge/probe';
import { type Outcome, ROOT, run } from './run-spec';

/*
 * What is no part of one run, though it looks like one: kind by kind, as docs/gate.md lists them.
 */

const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-'));
const at = (name: string) => join(folder, name);
const text = (name: string) => readFileSync(at(name), 'utf8');
const write = (name: string, content: string | Uint8Array) => {
  writeFileSync(at(name), content);
  return name;
};
const lines = (name: string) => text(name).split('\n');
/** Each run and each merge is told which run it is of, or on a CI server all would be of that server's. */
const RUN = { MICROGRAD_SPEC_RUN: 'test' };
const NOBODY = Object.fromEntries(
  ['GITHUB_RUN_ID', 'CI_PIPELINE_ID', 'BUILD_TAG', 'MICROGRAD_SPEC_RUN'].map((name) => [name, '']),
);
const ENGINE = ['--engine', at('engine.cjs#Value')];
const inner = readFileSync(join(ROOT, 'test', 'engines', 'engines.cjs'), 'utf8');
const CLI = ['-r', './steps/typescript.cjs', 'src/command/cli.ts'];

function spec(args: readonly string[], env: Readonly<Record<string, string>> = RUN, cwd = ROOT): Promise<Outcome> {
  return run(process.execPath, [...CLI, ...args], cwd, env);
}

/** The second part, with a line more. */
function inserted(i: number, line: string): string {
  const all = lines('2.ndjson');
  return [...all.slice(0, i), line, ...all.slice(i)].join('\n');
}

/** Makes a part of chapter 1, and says where. */
async function part(name: string, i: string, args: readonly string[] = ENGINE, env = RUN as Record<string, string>) {
  const { output } = await spec(['1', ...args, '--shard', i, '--messages', at(name)], env);
  expect(existsSync(at(name)), output).toBe(true);
  return name;
}

/** The seal of a part, changed, and with a digest that is right again: as if it had been written so. */
function resealed(name: string, change: (seal: Seal) => Seal, to = 'resealed.ndjson'): string {
  const all = lines(name);
  const messages = Buffer.from(`${all.slice(0, -2).join('\n')}\n`);
  const [read] = readPart(at(name), []);
  const { digest: _, ...seal } = read?.seal ?? { digest: '' };
  return write(to, Buffer.concat([messages, Buffer.from(sealOf(messages, change(seal as Seal)))]));
}

const later = (milliseconds: number) =>
  resealed('2.ndjson', (seal) => ({ ...seal, origin: { ...seal.origin, begun: seal.origin.begun + milliseconds } }));

/** Runs the second part, of an engine that was edited in between. */
async function edited(file: string, from: string, to: string): Promise<string> {
  const before = text(file);
  expect(before).toContain(from);
  write(file, before.replace(from, to));
  await part('other.ndjson', '2/2');
  write(file, before);
  return 'other.ndjson';
}

/** Runs the second part, in a copy of the project in which one file was edited. */
async function copied(file: string, change: (content: string) => string): Promise<string> {
  const copy = at('copy');
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy);
  for (const name of ['src', 'steps', 'features', 'package.json', 'tsconfig.json']) {
    cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');
  writeFileSync(join(copy, file), change(readFileSync(join(copy, file), 'utf8')));
  const { output } = await spec(['1', ...ENGINE, '--shard', '2/2', '--messages', at('other.ndjson')], RUN, copy);
  expect(existsSync(at('other.ndjson')), output).toBe(true);
  return 'other.ndjson';
}

/** What stands beside the first part, and what is wrong with it. */
type Variants = Readonly<Record<string, () => Files | Promise<Files>>>;
type Files = string | readonly string[];

const KINDS: Readonly<Record<string, Variants>> = {
  'a part is missing': {
    'the second': () => [],
    'one of three': async () => [await part('1.of3.ndjson', '1/3'), await part('other.ndjson', '3/3')],
    'all but one of a thousand': () => resealed('1.ndjson', (seal) => ({ ...seal, part: '1/1000' }), '1.of1000.ndjson'),
  },
  'a part is there twice': {
    'by its name': () => ['2.ndjson', '2.ndjson'],
    'by another name for it': () => ['2.ndjson', './/2.ndjson'],
    'as a copy': () => ['2.ndjson', write('copy.ndjson', text('2.ndjson'))],
    'run twice': async () => [await part('again.ndjson', '2/2'), '2.ndjson'],
  },
  'the parts are of different runs': {
    'one is the whole': () => part('other.ndjson', '1/1'),
    'another seed': () => part('other.ndjson', '2/2', [...ENGINE, '--seed', '2']),
    'another number of expressions': () => part('other.ndjson', '2/2', [...ENGINE, '--runs', '7']),
    'other tags': () => part('other.ndjson', '2/2', [...ENGINE, '--tags', 'not @exp']),
    'more is required': () => part('other.ndjson', '2/2', [...ENGINE, '--require', 'add']),
    'edges count': () => part('other.ndjson', '2/2', [...ENGINE, '--edges']),
    'the demonstration was asked for': () => part('other.ndjson', '2/2', [...ENGINE, '--demonstration']),
    'another chapter as well': () => part('other.ndjson', '2/2', ['2', ...ENGINE]),
    'another engine': () => part('other.ndjson', '2/2', []),
  },
  'an option differs': {
    'the time for an answer': () => part('other.ndjson', '2/2', [...ENGINE, '--timeout', '9']),
    'another skip list': () => skipped('Another reason'),
    'a skip list, of which one has a name more': () => skipped('Fine', 'At 3, the function gives 20 # Fine\n'),
    'another command': async () => {
      await part('1.command.ndjson', '1/2', ['--engine-command', 'node test/engines/server.cjs right']);
      return [
        '1.command.ndjson',
        await part('other.ndjson', '2/2', ['--engine-command', 'node test/engines/server.cjs right too']),
      ];
    },
  },
  'the engine was changed in between': {
    'its only file': () => edited('engine.cjs', 'exports', '/* a comment */ exports'),
    'a file that it loads, in a number': () => edited('inner.cjs', 'this.data * y.data', 'this.data * y.data + 1e-6'),
    'a file that it loads, in a gradient': () => edited('inner.cjs', 'y.give(x * out.grad)', 'y.give(-x * out.grad)'),
    'a file that it loads, in what it says of itself': () =>
      edited(
        'inner.cjs',
        'exports.Closures = make();',
        "exports.Closures = make(); exports.Closures.description = { version: '2' };",
      ),
    'a file that its process loads': async () => {
      const engine = ['--engine-command', `node ${at('server.cjs')} right`];
      write('server.cjs', readFileSync(join(ROOT, 'test', 'engines', 'server.cjs'), 'utf8'));
      write('engines.cjs', inner);
      await part('1.process.ndjson', '1/2', engine);
      write('engines.cjs', inner.replace('this.data * y.data', 'this.data * y.data + 1e-6'));
      return ['1.process.ndjson', await part('other.ndjson', '2/2', engine)];
    },
    'it answers now so and now so': () =>
      edited('inner.cjs', 'this.data * y.data', 'this.data * y.data + Math.random() / 1000'),
  },
  'micrograd-spec was changed in between': {
    'a law': () => copied('src/judge/laws.ts', (content) => `${content}\n// a comment\n`),
    'a step': () => copied('steps/laws.ts', (content) => `${content}\n// a comment\n`),
    'what is right': () => copied('src/judge/compare.ts', (content) => content.replace('export', '\n\nexport')),
    'the version of a package': () =>
      resealed('2.ndjson', (seal) => ({ ...seal, origin: { ...seal.origin, spec: 'another' } })),
  },
  'the parts were not started together': {
    'two runs on GitHub': () => started({ GITHUB_RUN_ID: '1' }, { GITHUB_RUN_ID: '2' }),
    'two attempts on GitHub': () =>
      started({ GITHUB_RUN_ID: '1', GITHUB_RUN_ATTEMPT: '1' }, { GITHUB_RUN_ID: '1', GITHUB_RUN_ATTEMPT: '2' }),
    'two pipelines on GitLab': () => started({ CI_PIPELINE_ID: '1' }, { CI_PIPELINE_ID: '2' }),
    'one of them by hand': () => started({ BUILD_TAG: 'jenkins-spec-1' }, {}),
    'two that the user names': () => started(RUN, { MICROGRAD_SPEC_RUN: 'another' }),
  },
  'a part was begun more than a day ago': {
    'by an hour': () => later(-DAY - 3600_000),
    'by a month': () => later(-30 * DAY),
    'or will be': () => later(DAY + 3600_000),
    'or at no known time': () =>
      resealed('2.ndjson', (seal) => ({ ...seal, origin: { ...seal.origin, begun: Number.NaN } })),
  },
  'a part was changed after it was written': {
    'in a word': () => write('other.ndjson', text('2.ndjson').replace('A function', 'a function')),
    'in a number of its seal': () => write('other.ndjson', text('2.ndjson').replace(/\\"begun\\":\d/, '\\"begun\\":9')),
    'in its order': () => {
      const [first = '', second = '', ...others] = lines('2.ndjson');
      return write('other.ndjson', [second, first, ...others].join('\n'));
    },
    'by a line less': () =>
      write(
        'other.ndjson',
        lines('2.ndjson')
          .filter((_, i) => i !== 3)
          .join('\n'),
      ),
    'by an empty line within': () => write('other.ndjson', inserted(3, '')),
    'by an empty line at its end': () => write('other.ndjson', `${text('2.ndjson')}\n`),
    'by the end of its last line': () => write('other.ndjson', text('2.ndjson').trimEnd()),
    'by other ends of lines': () => write('other.ndjson', text('2.ndjson').replaceAll('\n', '\r\n')),
    'by a mark at its beginning': () => write('other.ndjson', `\uFEFF${text('2.ndjson')}`),
  },
  'a file does not come to its end': {
    'cut in a line': () => write('other.ndjson', text('2.ndjson').slice(0, 5000)),
    'cut between lines': () => write('other.ndjson', lines('2.ndjson').slice(0, 9).join('\n')),
    'cut before its seal': () => write('other.ndjson', `${lines('2.ndjson').slice(0, -2).join('\n')}\n`),
    'sealed by a version that says less': () =>
      write('other.ndjson', text('2.ndjson').replace('\\"origin\\"', '\\"place\\"')),
  },
  'more than one part is in a file': {
    'both, one after the other': () => write('other.ndjson', text('1.ndjson') + text('2.ndjson')),
    'one, twice': () => write('other.ndjson', text('2.ndjson') + text('2.ndjson')),
    'a seal within': () => write('other.ndjson', inserted(9, lines('1.ndjson').at(-2) ?? '')),
  },
  'something stands behind the end of a file': {
    'a message': () => write('other.ndjson', `${text('2.ndjson')}${lines('2.ndjson')[3]}\n`),
    'a part that was cut off': () => write('other.ndjson', text('2.ndjson') + lines('1.ndjson').slice(0, 9).join('\n')),
    'another object': () => write('other.ndjson', `${text('2.ndjson')}{}\n`),
  },
  'there is no such file': {
    'a mistyped name': () => 'tow.ndjson',
    'a mistyped folder': () => 'parst/2.ndjson',
    'a pattern that matches nothing': () => '*.json',
  },
  'a file is a folder': {
    'that of the parts': () => '.',
    'one with a name of a part': () => {
      mkdirSync(at('folder.ndjson'), { recursive: true });
      return 'folder.ndjson';
    },
    'by another name for it': () => './folder.ndjson/..',
  },
  'a file is no part at all': {
    empty: () => write('other.ndjson', ''),
    'packed by gzip': () => write('other.ndjson', gzipSync(text('2.ndjson'))),
    'packed by zip': () =>
      write('other.ndjson', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.from(text('2.ndjson'))])),
    'a report': () => write('other.ndjson', '<!DOCTYPE html>\n<html></html>\n'),
    'a device': () => '/dev/null',
    'a list': () => write('other.ndjson', JSON.stringify(lines('2.ndjson'))),
  },
};

/** Runs both parts with a skip list, which changes in between. */
async function skipped(reason: string, more = ''): Promise<Files> {
  const skips = at('skips.txt');
  const line = (why: string) => `With h = 0.001, the slope comes out as 14.003 # ${why}\n`;
  writeFileSync(skips, line('Fine'));
  await part('1.skips.ndjson', '1/2', [...ENGINE, '--skip-list', skips]);
  writeFileSync(skips, more + line(reason));
  return ['1.skips.ndjson', await part('other.ndjson', '2/2', [...ENGINE, '--skip-list', skips])];
}

/** Runs each part as a part of a run of a CI server. */
async function started(first: Record<string, string>, second: Record<string, string>): Promise<Files> {
  await part('1.ci.ndjson', '1/2', ENGINE, { ...NOBODY, ...first });
  return ['1.ci.ndjson', await part('other.ndjson', '2/2', ENGINE, { ...NOBODY, ...second })];
}

/** What the documentation says of each kind. */
const documented = new Map(
  [...readFileSync(join(ROOT, 'docs', 'gate.md'), 'utf8').matchAll(/^- \*(.+?):\* (.+)$/gm)].map(
    ([, kind = '', says = '']) => [kind, says.split(', or ')] as const,
  ),
);

beforeAll(async () => {
  write('inner.cjs', inner);
  write('engine.cjs', "exports.Value = require('./inner.cjs').Closures;\n");
  for (const i of [1, 2]) await part(`${i}.ndjson`, `${i}/2`);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  for (const [name, value] of Object.entries({ ...NOBODY, ...RUN })) vi.stubEnv(name, value);
});
afterEach(() => vi.unstubAllEnvs());

describe('a merge', () => {
  it('is documented, kind by kind', () => {
    expect([...documented.keys()]).toEqual(Object.keys(KINDS));
    for (const [kind, variants] of Object.entries(KINDS)) {
      expect(Object.keys(variants).length, kind).toBeGreaterThan(2);
    }
  });

  it('passes where nothing is wrong, twice over', () => {
    for (let i = 0; i < 2; i++) {
      const { isPassed, text: said } = merge([at('1.ndjson'), at('2.ndjson')]);
      expect(said).not.toContain('no whole run');
      expect(isPassed).toBe(true);
    }
  });

  describe.each(Object.entries(KINDS))('is refused where %s', (kind, variants) => {
    test.each(Object.entries(variants))('%s', async (_, make) => {
      const made = [await make()].flat();
      const files = made.some((name) => name.startsWith('1.')) ? made : ['1.ndjson', ...made];
      const { isPassed, text: said } = merge(
        files.map((name) => (/^\/dev/.test(name) ? name : name.startsWith('.') ? `${folder}/${name}` : at(name))),
      );
      expect(isPassed).toBe(false);
      expect(
        (documented.get(kind) ?? ['?']).some((each) => said.includes(each)),
        said,
      ).toBe(true);
    });
  });

  it('does not mind clocks that differ by hours, nor parts that one run began hours apart', () => {
    for (const hours of [-20, -5, 5, 20]) {
      expect(merge([at('1.ndjson'), at(later(hours * 3600_000))]).isPassed).toBe(true);
    }
  });

  it('is of the run in which it is made, if both are of one, whatever the attempt', () => {
    const both = () => merge([at('1.ndjson'), at('2.ndjson')]);
    vi.stubEnv('MICROGRAD_SPEC_RUN', '');
    expect(both().isPassed).toBe(true);
    vi.stubEnv('MICROGRAD_SPEC_RUN', 'another');
    expect(both().text).toContain('it is of MICROGRAD_SPEC_RUN=test, and is merged in MICROGRAD_SPEC_RUN=another');
    expect(both().isPassed).toBe(false);
    expect(ciRun({ GITHUB_RUN_ID: '7', GITHUB_RUN_ATTEMPT: '2' })).toEqual({ id: 'GITHUB_RUN_ID=7', attempt: '2' });
  });

  it.each(['Closures', 'Few', 'assigns', 'Inverse', 'Single'])(
    'says what one run says, to the letter: %s',
    async (name) => {
      const engine = ['5', '7', '13', '17', '--runs', '30', '--engine', `./test/engines/engines.cjs#${name}`];
      const whole = await spec(engine);
      expect(whole.code).toBe(name === 'assigns' ? 1 : 0);
      for (const i of [1, 2, 3]) await spec([...engine, '--shard', `${i}/3`, '--messages', at(`whole-${i}.ndjson`)]);
      const merged = await spec(['merge', ...[1, 2, 3].map((i) => at(`whole-${i}.ndjson`))]);
      expect(merged.code).toBe(whole.code);
      expect(merged.output.length).toBeGreaterThan(100);
      expect(whole.output.endsWith(merged.output), merged.output).toBe(true);
    },
  );

  it('says that the demonstration was left out, as one run does', async () => {
    const args = [...ENGINE, '--tags', 'not @network', '--runs', '3'];
    const whole = await spec(args);
    for (const i of [1, 2]) await spec([...args, '--shard', `${i}/2`, '--messages', at(`all-${i}.ndjson`)]);
    const merged = await spec(['merge', at('all-1.ndjson'), at('all-2.ndjson')]);
    expect(merged.output).toContain('; chapter 12 left out (--demonstration)');
    expect(whole.output.endsWith(merged.output), merged.output).toBe(true);
  });
});

describe('what an engine answers', () => {
  it('is the same each time, and leaves nothing behind', async () => {
    const engine = bundledEngine();
    const answers = await probe(engine);
    expect(Object.keys(answers).length).toBeGreaterThan(50);
    expect(differenceOf(answers, JSON.parse(JSON.stringify(await probe(engine))), 'double')).toBe(undefined);
    expect(Object.values(answers)).not.toContain('refused');
    expect(() => engine.execute([{ do: 'reset' }, { do: 'read', of: ['x'] }])).toThrow('unknown');
  });

  it('may differ in the last places, and no further', async () => {
    const answers = await probe(bundledEngine());
    const off = (by: number) => ({ ...answers, tanh: (answers.tanh as number[]).map((x) => x * (1 + by)) });
    expect(differenceOf(answers, off(1e-13), 'double')).toBe(undefined);
    expect(differenceOf(answers, off(1e-7), 'double')).toMatch(/^tanh: .*, and /);
    expect(differenceOf(answers, off(1e-7), 'single')).toBe(undefined);
    expect(differenceOf(answers, { ...answers, exp: 'refused' }, 'double')).toBe('exp: answered, and refused');
    const { exp: _, ...fewer } = answers;
    expect(differenceOf(answers, fewer, 'double')).toBe('exp: answered, and not asked');
  });
});
