import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { merge, writeHtml } from '../src/gate/merge';
import { command, type Outcome, ROOT } from './run-spec';

const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-'));
const at = (name: string) => join(folder, name);
const last = ({ output }: Outcome) => output.trim().split('\n').at(-1);

// Chapters with everything in them: laws with random expressions, and scenarios that this engine does not claim.
const ENGINE = ['7', '8', '13', '14', '15', '17', '--engine', './test/engines/engines.cjs#Few', '--runs', '5'];
const WHOLE = [...ENGINE, '--tags', 'not @demonstration'];

/** An engine that fails when nothing more is asked of it. */
const LATE = `import { createRequire } from 'node:module';
process.on('beforeExit', () => Promise.reject(new Error('late')));
export default createRequire(${JSON.stringify(join(ROOT, 'test', 'x.js'))})('./engines/engines.cjs').Closures;`;

/** How each scenario of a report ended. */
function endsIn(report: string): string[] {
  const [, json = '[]'] = /window\.CUCUMBER_MESSAGES = (\[.*\]);?$/m.exec(readFileSync(report, 'utf8')) ?? [];
  const messages: Record<string, Record<string, string>>[] = JSON.parse(json.replaceAll('\\x3C', '<'));
  const names = new Map<unknown, unknown>();
  const ends = new Map<unknown, string>();
  for (const { pickle, testCase, testCaseStarted, testStepFinished } of messages) {
    if (pickle) names.set(pickle.id, `${pickle.uri} ${pickle.name}`);
    if (testCase) names.set(testCase.id, names.get(testCase.pickleId));
    if (testCaseStarted) names.set(testCaseStarted.id, names.get(testCaseStarted.testCaseId));
    if (testStepFinished) {
      const name = names.get(testStepFinished.testCaseStartedId);
      const { status } = testStepFinished.testStepResult as unknown as { status: string };
      ends.set(name, `${ends.get(name) ?? ''} ${status}`);
    }
  }
  return [...ends].map(([name, statuses]) => `${name}:${statuses}`).sort();
}

let whole: Outcome;
let parts: Outcome[];
let merged: Outcome;

beforeAll(async () => {
  const skips = at('skips.txt');
  writeFileSync(skips, 'Both sides of one sum # no longer true\n');
  whole = await command(...WHOLE, '--html', at('whole.html'));
  parts = [];
  for (const i of [1, 2, 3]) {
    parts.push(await command(...WHOLE, '--shard', `${i}/3`, '--messages', at(`${i}.ndjson`)));
  }
  await command(...ENGINE, '--tags', 'not @network', '--shard', '3/3', '--messages', at('tagged.ndjson'));
  const { output } = await command(...WHOLE, '--expected', skips, '--shard', '1/3', '--messages', at('skips.ndjson'));
  expect(output).toContain('Expected to fail, and passing');
  writeFileSync(at('late.mjs'), LATE);
  const late = await command('--engine', at('late.mjs'), '7', '--messages', at('late.ndjson'));
  expect(late.output).toMatch(/the engine exited with code 1, when nothing more .*Error: late.*passed, 0 failed/s);
  expect(late.code).toBe(1);
  merged = await command('merge', at('1.ndjson'), at('2.ndjson'), at('3.ndjson'), '--html', at('merged.html'));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('three parts of a run, each in a process of its own', () => {
  it('give the verdict of one run when they are merged', () => {
    expect([whole.code, ...parts.map(({ code }) => code), merged.code]).toEqual([0, 0, 0, 0, 0]);
    expect(last(merged)).toBe(last(whole));
    expect(last(merged)).toMatch(/^\d\d+ passed, 0 failed, [1-9]\d* not claimed; \d+ of \d+ edges differ$/);
    expect(merged.output).toMatch(/not claimed, .*tanh \(\d+\)/);
  });

  it('say what the run is, as one run does', () => {
    const says = /micrograd-spec \d+\.\d+\.\d+ on Node\.js \d+\.\d+\.\d+, seed 1, 5 random expressions for each law/;
    for (const output of [whole.output, merged.output]) expect(output).toMatch(says);
    for (const report of ['whole.html', 'merged.html']) expect(readFileSync(at(report), 'utf8')).toMatch(says);
    expect(parts[0]?.output).toContain('Part 1/3 of: micrograd-spec');
  });

  it('give the scenarios of one run, each with the same end', () => {
    const ends = endsIn(at('whole.html'));
    expect(ends.length).toBeGreaterThan(100);
    expect(endsIn(at('merged.html'))).toEqual(ends);
  });
});

describe('a merge fails, and still writes a report,', () => {
  const text = (name: string) => readFileSync(at(name), 'utf8');

  it.each<[string, () => string[], string]>([
    ['if a part is missing', () => ['1.ndjson', '3.ndjson'], 'of 3 parts, missing: 2'],
    ['if a file is missing', () => ['1.ndjson', '2.ndjson', 'three.ndjson'], 'three.ndjson: there is no such file'],
    [
      'if a file is cut in half',
      () => {
        writeFileSync(at('half.ndjson'), text('2.ndjson').slice(0, text('2.ndjson').length / 2));
        return ['1.ndjson', 'half.ndjson', '3.ndjson'];
      },
      'half.ndjson: it does not come to its end',
    ],
    [
      'if a file is cut at the end of a line',
      () => {
        writeFileSync(at('half.ndjson'), text('1.ndjson').split('\n').slice(0, -3).join('\n'));
        return ['half.ndjson', '2.ndjson', '3.ndjson'];
      },
      'half.ndjson: it does not come to its end',
    ],
    [
      'if lines are lost',
      () => {
        const lines = text('1.ndjson').split('\n');
        const kept = lines.filter((line, i) => !line.startsWith('{"testCaseFinished"') || i < lines.length / 2);
        writeFileSync(at('holes.ndjson'), kept.join('\n'));
        return ['holes.ndjson', '2.ndjson', '3.ndjson'];
      },
      'chosen, and not run to the end',
    ],
    [
      'if a whole scenario is lost',
      () => {
        const lines = text('1.ndjson').split('\n');
        const id = /"testCaseStarted":\{.*?"testCaseId":"([^"]*)"/.exec(text('1.ndjson'))?.[1] ?? '?';
        const started = lines.find((line) => line.startsWith('{"testCaseStarted"') && line.includes(id)) ?? '';
        const run = /"id":"([^"]*)"/.exec(started)?.[1] ?? '?';
        writeFileSync(at('holes.ndjson'), lines.filter((line) => !line.includes(id) && !line.includes(run)).join('\n'));
        return ['holes.ndjson', '2.ndjson', '3.ndjson'];
      },
      'scenarios were run, and',
    ],
    [
      'if a part is there twice',
      () => ['1.ndjson', '2.ndjson', '3.ndjson', '2.ndjson'],
      'of 3 parts, there more than once: 2',
    ],
    [
      'if a part is of another run',
      () => {
        writeFileSync(at('other.ndjson'), text('2.ndjson').replaceAll('seed 1,', 'seed 2,'));
        return ['1.ndjson', 'other.ndjson', '3.ndjson'];
      },
      'these are parts of different runs',
    ],
    [
      'if a part has other features',
      () => {
        writeFileSync(at('other.ndjson'), text('2.ndjson').replaceAll('A small step', 'A tiny step'));
        return ['1.ndjson', 'other.ndjson', '3.ndjson'];
      },
      'its features or steps are not those of',
    ],
    [
      'if a scenario failed in a part',
      () => {
        writeFileSync(at('failed.ndjson'), text('2.ndjson').replace('"status":"PASSED"', '"status":"FAILED"'));
        return ['1.ndjson', 'failed.ndjson', '3.ndjson'];
      },
      ', 1 failed, ',
    ],
    [
      'if a part failed as a whole',
      () => {
        writeFileSync(at('failed.ndjson'), text('2.ndjson').replace('"success":true', '"success":false'));
        return ['1.ndjson', 'failed.ndjson', '3.ndjson'];
      },
      'failed.ndjson: the run in it has failed',
    ],
    ['if a part chose otherwise', () => ['1.ndjson', '2.ndjson', 'tagged.ndjson'], 'these are parts of different runs'],
    [
      'if the gate was closed in a part',
      () => ['1.ndjson', '2.ndjson', 'skips.ndjson'],
      'passing; take out of the list: Both sides of one',
    ],
    ['if a part failed after its last step', () => ['late.ndjson'], 'late.ndjson: '],
    ['if a file is a folder', () => ['1.ndjson', '2.ndjson', '.'], 'it is a folder; name the files in it'],
    ['if a file is something else', () => ['1.ndjson', '2.ndjson', 'whole.html'], 'this line is no message'],
  ])('%s', async (_, files, says) => {
    const report = at('failed.html');
    rmSync(report, { force: true });
    const { messages, text, isPassed } = merge(files().map(at));
    await writeHtml(messages, report);
    expect(text).toContain(says);
    expect(isPassed).toBe(false);
    expect(endsIn(report).length).toBeGreaterThan(2);
  });

  it('with exit code 1', async () => {
    const report = at('code.html');
    const { code, output } = await command('merge', at('1.ndjson'), at('3.ndjson'), '--html', report);
    expect(output).toContain('of 3 parts, missing: 2');
    expect(code).toBe(1);
    expect(endsIn(report).length).toBeGreaterThan(2);
  });
});

describe('a seed', () => {
  afterEach(() => vi.unstubAllEnvs());

  /** The programs of the laws, as an engine sees them. */
  async function programs(name: string, ...args: string[]): Promise<string[]> {
    vi.stubEnv('RECORD', at(name));
    const { code, output } = await command('--engine', './test/engines/recorder.cjs', '15', '--runs', '10', ...args);
    expect(code, output).toBe(0);
    return readFileSync(at(name), 'utf8').trim().split('\n').sort();
  }

  it('gives the same expressions in one run and in three parts of it, and on every version of Node.js', async () => {
    const all = await programs('all');
    for (const i of [1, 2, 3]) await programs('parts', '--shard', `${i}/3`);
    // each process asks the engine anew which corners it holds
    expect(new Set(readFileSync(at('parts'), 'utf8').trim().split('\n'))).toEqual(new Set(all));
    expect(all.length).toBeGreaterThan(200);
    // CI runs this on every version. Whoever changes a law, or how programs are made, changes this fingerprint too.
    expect(createHash('sha256').update(all.join('\n')).digest('hex').slice(0, 16)).toBe('159ad11beb145b90');
    expect(await programs('another', '--seed', '2')).not.toEqual(all);
  }, 120_000);
});
