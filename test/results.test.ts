import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Results } from '../src/gate/results';
import { scenario } from './holes/hole';
import { command, type Outcome, ROOT, run } from './run-spec';

/* The results of a run for machines. */

const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-results-'));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

const FIXTURES = './test/engines/engines.cjs';
const schema = JSON.parse(readFileSync(join(ROOT, 'docs', 'results.schema.json'), 'utf8'));
const isValid = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);
const read = (name: string): Results => JSON.parse(readFileSync(at(name), 'utf8'));
const last = ({ output }: Outcome) => output.trim().split('\n').at(-1);

describe('the results of a run', () => {
  const RUN = ['7', '13', '15', '--engine', `${FIXTURES}#subSign`, '--runs', '5'];
  let whole: Outcome;

  beforeAll(async () => {
    writeFileSync(at('skips.txt'), 'One operation at a time # told already\n');
    whole = await command(...RUN, '--skip-list', at('skips.txt'), '--json', at('whole.json'));
  }, 60_000);

  it('are written where the run has failed, in the form of their schema', () => {
    expect(whole.code).toBe(1);
    expect(isValid(read('whole.json')), JSON.stringify(isValid.errors)).toBe(true);
    const { schema, edition, run, verdict } = read('whole.json');
    expect([schema, edition]).toEqual([1, 1]);
    expect(run).toMatchObject({ node: process.versions.node, seed: 1, runs: 5, engine: { precision: 'double' } });
    expect(run?.chosen).toMatch(/^7 13 15 --expected /);
    expect(verdict.passed).toBe(false);
    expect(verdict.line).toBe(last(whole));
    const { passed, failed, notClaimed, expectedFailures } = verdict.counts;
    expect(verdict.line).toBe(
      `${passed} passed, ${failed} failed, ${notClaimed} not claimed, ${expectedFailures} known to fail`,
    );
  });

  it('have each scenario under its id, in the order of the notes, and how it ended', () => {
    const { scenarios, findings, chapters, verdict } = read('whole.json');
    const of = (id: string) => scenarios.find((each) => each.id === id);
    const row = of(scenarios.find(({ status }) => status === 'failed')?.id ?? '');
    expect(row).toMatchObject({ chapter: '7', findings: [0], reason: '', edge: false });
    expect(row?.id).toMatch(/^7\.[a-z0-9-]+\/\d+$/);
    expect(row?.place).toMatch(/^7:\d+$/);
    expect(row?.message).toContain('expected');
    expect(scenarios.find(({ status }) => status === 'not claimed')?.reason).not.toBe('');
    expect(scenarios.find(({ status }) => status === 'expected failure')).toMatchObject({
      title: 'One operation at a time',
      reason: 'told already',
    });
    const law = scenarios.find(({ replay }) => replay !== undefined);
    expect(law?.replay?.seed).toBe(1);
    expect(law?.message).toContain(`--path ${law?.replay?.path} `);
    expect(scenarios.find(({ tried }) => tried !== undefined)?.tags).toContain('@laws');
    expect([...new Set(scenarios.map(({ chapter }) => chapter))]).toEqual(['7', '13', '15']);
    expect(new Set(scenarios.map(({ id }) => id)).size).toBe(scenarios.length);
    expect(chapters.map(({ chapter }) => chapter)).toEqual(['7', '13', '15']);
    expect(chapters.reduce((sum, { counts }) => sum + counts.failed, 0)).toBe(verdict.counts.failed);
    expect(findings).toMatchObject([
      {
        title: 'sub: the gradient of its second operand is wrong',
        code: ['x = Value(5)', 'y = Value(3)', 'z = x - y', 'z.backward()'],
        cause: 'the sign is turned round',
        scenarios: scenarios.filter((each) => each.findings.includes(0)).map(({ id }) => id),
      },
    ]);
    expect(whole.output).toContain(`again: ${findings[0]?.again}\n`);
  });

  it('are in the order of the notes, where those are run first at which most engines fail', async () => {
    const { output } = await command('--engine', `${FIXTURES}#Closures`, '--tags', '@tanh', '--json', at('soon.json'));
    const chapters = read('soon.json').scenarios.map(({ chapter }) => Number(chapter));
    expect(output).toContain(' passed, 0 failed');
    expect(new Set(chapters).size).toBeGreaterThan(2);
    expect(chapters).toEqual([...chapters].sort((x, y) => x - y));
  }, 60_000);

  it('name no place on the machine', () => {
    const { run, ...rest } = read('whole.json');
    expect(run).not.toBeNull();
    for (const place of [ROOT, folder]) expect(JSON.stringify(rest)).not.toContain(place);
  });
});

describe('the place of a scenario', () => {
  it('is named from where the run was started', async () => {
    writeFileSync(at('own.feature'), scenario('When this code runs', '  """', '  y = 1 + 1', '  """', 'Then y is 2'));
    const cli = ['-r', join(ROOT, 'steps', 'typescript.cjs'), join(ROOT, 'src', 'command', 'cli.ts')];
    await run(process.execPath, [...cli, 'own.feature', '--json', 'own.json'], folder);
    expect(read('own.json').scenarios).toMatchObject([{ place: 'own.feature:3', id: 'own.feature:3', chapter: 'own' }]);
  });
});

describe('the results of a run that fails after its last step', () => {
  it('say so', async () => {
    writeFileSync(
      at('late.mjs'),
      `import { createRequire } from 'node:module';
       process.on('beforeExit', () => Promise.reject(new Error('late')));
       export default createRequire(${JSON.stringify(join(ROOT, 'test', 'x.js'))})('./engines/engines.cjs').Closures;`,
    );
    const { code } = await command('7', '--engine', at('late.mjs'), '--json', at('late.json'));
    const { verdict } = read('late.json');
    expect(isValid(read('late.json'))).toBe(true);
    expect(code).toBe(1);
    expect(verdict.passed).toBe(false);
    expect(verdict.counts.failed).toBe(0);
    expect(verdict.problems.join()).toContain('when nothing more was asked of it');
  });
});

describe('results that cannot be written', () => {
  it('are a failure', async () => {
    // what stands there when the run is over was not there when it began
    writeFileSync(
      at('writes.mjs'),
      `import { createRequire } from 'node:module';
       import { writeFileSync } from 'node:fs';
       writeFileSync(${JSON.stringify(at('there.json'))}, 'mine');
       export default createRequire(${JSON.stringify(join(ROOT, 'test', 'x.js'))})('./engines/engines.cjs').Closures;`,
    );
    // the engine is loaded after the place was looked at
    const { code, output } = await command('7', '--engine', at('writes.mjs'), '--json', at('there.json'));
    expect(output).toContain('there.json: the report is not whole');
    expect(code).toBe(1);
    expect(readFileSync(at('there.json'), 'utf8')).toBe('mine');
  });

  it('are not left from an earlier run', async () => {
    const { code } = await command('99', '--json', at('whole.json'));
    expect(code).toBe(2);
    expect(existsSync(at('whole.json'))).toBe(false);
  });
});

describe('three parts of a run, merged,', () => {
  const RUN = ['7', '15', '17', '--engine', `${FIXTURES}#subSign`, '--runs', '5'];
  const REPORTS = ['json', 'markdown', 'junit'];
  const text = (name: string) =>
    readFileSync(at(name), 'utf8').replace(/"time": \{[^}]*\}|(?<=<testsuite .*)time="[\d.]*"/, '');

  it('have the results and the reports of one run', async () => {
    const asked = (name: string) => REPORTS.flatMap((kind) => [`--${kind}`, at(`${name}.${kind}`)]);
    const one = await command(...RUN, ...asked('one'));
    const parts = [1, 2, 3].map((i) => at(`${i}.ndjson`));
    for (const [i, part] of parts.entries()) await command(...RUN, '--shard', `${i + 1}/3`, '--messages', part);
    const merged = await command('merge', ...parts, ...asked('merged'), '--html', at('merged.html'));
    expect([merged.code, last(merged)]).toEqual([one.code, last(one)]);
    expect(read('one.json').findings.length).toBe(1);
    expect(read('one.json').verdict.counts.edges).toBeGreaterThan(5);
    expect(isValid(read('merged.json'))).toBe(true);
    for (const kind of REPORTS) expect(text(`merged.${kind}`)).toBe(text(`one.${kind}`));
    expect(readFileSync(at('merged.html'), 'utf8')).toMatch(/<\/html>\s*$/);

    const { code } = await command('merge', ...parts.slice(1), '--json', at('less.json'));
    expect(code).toBe(1);
    expect(isValid(read('less.json'))).toBe(true);
    expect(read('less.json').verdict).toMatchObject({ passed: false, problems: ['of 3 parts, missing: 1'] });
  }, 120_000);
});
