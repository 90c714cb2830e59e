import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import type { Engine, Instruction } from '../src/protocol/program';
import { native, runNotes } from './notes';
import { chapter, command, ROOT } from './run-spec';

const { processEngine } = native('../src/node/process.ts') as typeof import('../src/node/process');
const { moduleEngine } = native('../src/node/module.ts') as typeof import('../src/node/module');
const { Connection } = native('../src/node/connection.ts') as typeof import('../src/node/connection');
const { Notebook } = native('../src/notebook/notebook.ts') as typeof import('../src/notebook/notebook');
const { bundledEngine } = native('../src/engines/bundled.ts') as typeof import('../src/engines/bundled');

const SERVER = 'node test/engines/server.cjs';
/** How long an answer may take of an engine that answers, in seconds: however slow the machine is, it is enough. */
const AMPLE = 60;
const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-'));
/** Where each engine, and each of its children, writes its number down. */
const PIDS = join(folder, 'pids');
process.env.PIDS = PIDS;
/** Where an engine leaves word that it hangs. */
const HANGS = join(folder, 'hangs');
process.env.HANGS = HANGS;

const pids = () => readFileSync(PIDS, 'utf8').trim().split('\n').map(Number);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** From now on time stands still, but whenever an engine leaves word that it hangs, its time is up. */
function hurryWhoHangs(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  rmSync(HANGS, { force: true });
  let seen = 0;
  watching = setInterval(() => {
    const hung = existsSync(HANGS) ? readFileSync(HANGS, 'utf8').split('\n').length - 1 : 0;
    if (hung > seen) vi.advanceTimersByTime(AMPLE * 1000);
    seen = hung;
  }, 10);
}

let watching: NodeJS.Timeout | undefined;
afterEach(() => {
  clearInterval(watching);
  vi.useRealTimers();
});

describe('a fault of the engine fails the scenario, says what happened, and spoils nothing else', () => {
  // Chapter 6 has six scenarios, in all of which the fault shows; chapter 16 has three, in which it does not.
  test.each<[string, string]>([
    ['crashes', 'the engine exited with code 3\n'],
    ['hangs', 'the engine did not answer within 60 seconds'],
    ['strayLine', 'expected a reply in JSON, and the engine wrote: "debug: here I am"'],
    ['halfALine', 'the engine exited with code 0, after half a line: "{\\"id\\": 1, \\"readi"'],
    ['wrongId', 'expected the reply to request 2, and got that to the number 9'],
    ['tooFew', 'expected 10 readings, one for each name, and got 9'],
    ['badJson', 'expected a reply in JSON, and the engine wrote'],
    ['textForNumber', 'x1.data: expected a number, or "NaN"'],
    ['tenMegabytes', 'the engine wrote more than 4 megabytes'],
    ['tenMegabytesInALine', 'the engine wrote more than 4 megabytes'],
    ['error', 'leaf to x1: the engine says: out of cheese'],
    ['refusesToDie', 'the engine did not answer within 60 seconds'],
    ['floods', 'the last words'],
  ])('%s', async (fault, message) => {
    if (fault === 'hangs' || fault === 'refusesToDie') hurryWhoHangs();
    const engine = await processEngine(`${SERVER} ${fault}`, AMPLE);
    const ended = await runNotes(engine, { chapters: [6, 16], parameters: { engineCommand: SERVER } });
    await engine.close();
    // Who does not answer three times in a row is given up; after any other fault there is a fresh process.
    const isGivenUp = fault === 'hangs' || fault === 'refusesToDie';
    const after = isGivenUp ? 'failed' : 'passed';
    expect(ended.map(({ end }) => end)).toEqual([...Array(6).fill('failed'), ...Array(3).fill(after)]);
    if (isGivenUp) expect(ended.at(-1)?.why).toContain('has not answered three times in a row, and is given up');
    expect(ended.map(({ why }) => why).join('\n')).toContain(message);
  });

  it('an engine that answers with no list where no reading was asked for', async () => {
    const engine = await processEngine(`${SERVER} nullForNothing`, AMPLE);
    const program: Instruction[] = [{ do: 'reset' }, { do: 'leaf', to: 'x1', data: 1 }];
    await expect(engine.execute(program)).rejects.toThrow('expected a list of readings, and got null');
    await engine.close();
  });

  it('an engine that is silent in its backward pass alone is given up too, though it answers in between', async () => {
    hurryWhoHangs();
    const engine = await processEngine(`${SERVER} hangsBackward`, AMPLE);
    const ask = async (what: 'read' | 'backward') => {
      const asked = { do: what, of: what === 'read' ? ['x'] : 'x' } as Instruction;
      try {
        return await engine.execute([{ do: 'reset' }, { do: 'leaf', to: 'x', data: 1 }, asked]);
      } catch (error) {
        return (error as Error).constructor.name;
      }
    };
    const came = [];
    for (let i = 0; i < 4; i++) came.push(await ask('backward'), await ask('read'));
    const answer = [{ data: 1, grad: 0 }];
    expect(came).toEqual([
      ...['EngineFailure', answer, 'EngineFailure', answer],
      ...['EngineFailure', 'EngineGivenUp', 'EngineGivenUp', 'EngineGivenUp'],
    ]);
    await Promise.resolve(engine.close()).catch(() => {});
  });

  // What such an engine leaves of a real run: a report, and the verdict.
  test.concurrent.each<[string, string[], number, RegExp]>([
    ['crashes', [], 6, /the engine exited with code 3\n[\s\S]*The engine's last words:\n +something broke in line 42/],
    ['hangs', ['--timeout', '5'], 1, /the engine did not answer within 5 seconds/],
  ])('%s, in a real run', async (fault, options, failed, message) => {
    // Who hangs is waited for: once is enough.
    const line = (await chapter('06-a-neuron')).split('\n').findIndex((text) => text.includes('Scenario:')) + 1;
    const features = failed === 1 ? [`features/06-a-neuron.feature:${line}`, '16'] : ['6', '16'];
    const html = join(folder, `${fault}.html`);
    const engine = ['--engine-command', `${SERVER} ${fault}`];
    const { code, output } = await command(...features, ...engine, ...options, '--html', html);
    expect(output).toMatch(message);
    expect(output.trim().split('\n').at(-1)).toBe(`3 passed, ${failed} failed, 0 not claimed`);
    expect(code).toBe(1);
    const report = readFileSync(html, 'utf8');
    expect(report).toContain('testRunFinished');
    expect(report.trim()).toMatch(/<\/html>$/);
  });

  it.each([
    ['describesNothing', [], 'expected "protocol" to be 1, and got undefined'],
    ['exitsAtOnce', [], 'the engine exited with code 4'],
    ['neverAnswers', ['--timeout', '1'], 'the engine did not answer within 1 second'],
  ])('an engine that %s cannot be used', async (fault, options, message) => {
    const { code, output } = await command(...options, '--engine-command', `${SERVER} ${fault}`);
    expect(output).toContain(message);
    expect(code).toBe(2);
  });

  it('a line that nobody asked for is told in the step that follows', async () => {
    const engine = await processEngine(`${SERVER} answersTwice`, AMPLE);
    const pid = pids().at(-1)!;
    await engine.execute([{ do: 'reset' }, { do: 'leaf', to: 'x1', data: 1 }]);
    await vi.waitFor(() => expect(isAlive(pid), 'it is ended').toBe(false), { timeout: 30_000 });
    await expect(engine.execute([{ do: 'read', of: ['x1'] }])).rejects.toThrow('a line that nobody asked for');
    await engine.close();
  });
});

it('a right engine in a process passes, and ends with the spec', async () => {
  const { code, output } = await command('6', '16', '--engine-command', `${SERVER} right`);
  expect(output).toContain('9 passed, 0 failed, 0 not claimed');
  expect(code).toBe(0);
});

it('a command is split into words, and reaches no shell', async () => {
  const engine = await processEngine(`${SERVER} 'two words; echo $HOME' && echo no`, AMPLE);
  expect(engine.description.engine).toBe('two words; echo $HOME');
  await engine.close();
});

it('numbers that JSON has not travel as text', async () => {
  const engine = await processEngine(`${SERVER} right`, AMPLE);
  const numbers = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e-300, 0.1];
  const names = numbers.map((_, i) => `a${i}`);
  const leaves = numbers.map((data, i) => ({ do: 'leaf', to: `a${i}`, data }) as const);
  const readings = await engine.execute([{ do: 'reset' }, ...leaves, { do: 'read', of: names }]);
  expect(readings.map(({ data }) => data)).toEqual(numbers);
  await engine.close();
});

/** Has a network learn, and gives its losses. Much of what it asks is the same in each step. */
async function learn(engine: Engine, steps: number): Promise<number[]> {
  const notebook = new Notebook(engine);
  notebook.network('N', { inputs: 1, layers: [8, 8, 1], activation: 'tanh', seed: 1 });
  const examples = [-1, 0.5, 2].map((x) => new Map([['x', x]]));
  await notebook.expressSum('loss', 'loss = (N(x) - x * x) ** 2', examples);
  return notebook.learn('N', 'loss', Array(steps).fill(0.01), () => {});
}

describe('a program that is repeated', () => {
  let lines: string[] = [];
  let bytes = 0;
  beforeEach(() => {
    lines = [];
    bytes = 0;
    const { ask } = Connection.prototype;
    vi.spyOn(Connection.prototype, 'ask').mockImplementation(async function (
      this: InstanceType<typeof Connection>,
      ...given
    ) {
      lines.push(given[0]);
      const answer = await ask.apply(this, given);
      bytes += given[0].length + answer.length + 2;
      return answer;
    });
  });
  afterEach(() => vi.restoreAllMocks());
  const count = (field: string) => lines.filter((line) => line.includes(`"${field}":`)).length;

  it('is told once to an engine that remembers it, until a reset', async () => {
    const engine = await processEngine(`${SERVER} remembers`, AMPLE);
    for (let i = 1; i <= 2; i++) {
      expect(await learn(engine, 4)).toEqual(await learn(bundledEngine(), 4));
      // the graph, which is made once more after each of four steps; and what is read before each of them
      expect([count('keep'), count('again')]).toEqual([2 * i, (4 + 3) * i]);
    }
    await engine.close();
  });

  it('is told each time, in pieces, to one that does not', async () => {
    const engine = await processEngine(`${SERVER} right`, AMPLE);
    expect(await learn(engine, 4)).toEqual(await learn(bundledEngine(), 4));
    expect([count('keep'), count('again')]).toEqual([0, 0]);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(50_000);
    await engine.close();
  });

  it('makes a long training short: ten megabytes for chapter 12', async () => {
    const engine = await moduleEngine('./src/micrograd/value.ts', ROOT, AMPLE);
    const ended = await runNotes(engine, { chapters: [12], parameters: { engine: 'a guest' } });
    expect(new Set(ended.map(({ end }) => end))).toEqual(new Set(['passed']));
    expect(bytes).toBeLessThan(10_000_000);
    expect(bytes).toBeGreaterThan(5_000_000);
    await engine.close();
  });

  it('is told anew to a fresh process', async () => {
    const engine = await processEngine(`${SERVER} remembers`, AMPLE);
    const losses = await learn(engine, 2);
    process.kill(pids().at(-1)!);
    await vi.waitFor(() => expect(isAlive(pids().at(-1)!)).toBe(false), { timeout: 30_000 });
    await expect(learn(engine, 2)).rejects.toThrow('the engine exited on SIGTERM');
    expect(await learn(engine, 2)).toEqual(losses);
    await engine.close();
  });

  it.each(['engines.cjs#Closures', 'tape-execute.cjs'])('is told once to a module: %s', async (name) => {
    const engine = await moduleEngine(`./test/engines/${name}`, ROOT, AMPLE);
    expect(await learn(engine, 4)).toEqual(await learn(bundledEngine(), 4));
    expect([count('keep'), count('again')]).toEqual([2, 4 + 3]);
    await engine.close();
  });
});

afterAll(async () => {
  expect(pids().length).toBeGreaterThan(20);
  const nothingIsLeft = () => expect(pids().filter(isAlive), 'nothing is left running').toEqual([]);
  await vi.waitFor(nothingIsLeft, { timeout: 30_000 });
  rmSync(folder, { recursive: true });
}, 60_000);
