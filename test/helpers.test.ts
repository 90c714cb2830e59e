import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { native } from './notes';
import { command, ROOT } from './run-spec';

/*
 * A long run is spread over helpers, processes that try expressions. It must come to what one process would come to, and
 * whatever happens to a helper must be a failure.
 */

const { spreadOver, tryWithHelpers } = native('../src/node/helpers.ts') as typeof import('../src/node/helpers');
const { closeEngines, sharedEngine } = native('../src/node/open.ts') as typeof import('../src/node/open');
const { checkLaw } = native('../src/judge/property.ts') as typeof import('../src/judge/property');
const { LAWS } = native('../src/judge/laws.ts') as typeof import('../src/judge/laws');

const GRADIENTS = 'every gradient matches its finite difference';
const folder = mkdtempSync(join(tmpdir(), 'micrograd-spec-'));
const at = (name: string) => join(folder, name);
const moduleOf = (engine: string) => ({ engine, engineCommand: undefined, timeout: 1, folder: ROOT });
/** Where code runs that is run in the process of an engine. */
const IN_HELPER = `process.ppid !== ${process.pid}`;

afterEach(async () => {
  vi.unstubAllEnvs();
  await closeEngines().catch(() => {});
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a law comes to on an engine, with so many helpers, or without. */
async function outcome(engine: string | undefined, helpers: number, runs: number, name = GRADIENTS): Promise<string> {
  const choice = engine === undefined ? {} : moduleOf(engine);
  const law = LAWS.get(name);
  if (law === undefined) throw new Error(name);
  const spread = (count: number) => tryWithHelpers(choice, helpers, { law: name, seed: 1 }, count);
  const options = { runs, seed: 1, spread: helpers === 0 ? undefined : spread };
  return checkLaw(await sharedEngine(choice), law, options).then(
    ({ tried, discarded }) => `${tried} tried, ${discarded} discarded`,
    ({ message }: Error) => message,
  );
}

/** A module with an engine: the bundled one, and some code that is run in its process for each program. */
function withCode(name: string, code: string): string {
  const bundled = JSON.stringify(join(ROOT, 'src', 'engines', 'bundled'));
  writeFileSync(
    at(name),
    `const { bundledEngine } = require(${bundled});
    const engine = bundledEngine();
    let programs = 0;
    exports.execute = (program) => {
      programs += program.filter((each) => each.do === 'reset').length;
      const description = { protocol: 1, ...engine.description };
      ${code}
      return program[0].do === 'describe' ? [description] : engine.execute(program);
    };`,
  );
  return at(name);
}

describe('helpers come to what one process comes to', () => {
  it.each(['one small step along the gradient raises the output as far as it promises', GRADIENTS])(
    'where an engine is right: %s',
    async (law) => {
      const alone = await outcome(undefined, 0, 700, law);
      expect(alone).toMatch(/^700 tried, \d+ discarded$/);
      for (const helpers of [1, 2, 3]) expect(await outcome(undefined, helpers, 700, law)).toBe(alone);
    },
  );

  it.each<[string, string, string]>([
    ['from the first case on', './test/engines/engines.cjs#assigns', GRADIENTS],
    ['in few cases', withCode('few.cjs', 'if (program.length > 45) throw new Error("too long");'), GRADIENTS],
    [
      'in cases that are no random ones',
      './test/engines/engines.cjs#assigns',
      'each operation is right by itself, for operands of all sizes',
    ],
  ])('where it is wrong %s', async (_, engine, law) => {
    const alone = await outcome(engine, 0, 600, law);
    expect(alone).toMatch(/replay with --seed 1 --path/);
    for (const helpers of [2, 3]) expect(await outcome(engine, helpers, 600, law)).toBe(alone);
  });

  it('and try the same expressions', async () => {
    const tried = async (helpers: number) => {
      vi.stubEnv('RECORD', at(`tried-${helpers}`));
      await outcome('./test/engines/recorder.cjs', helpers, 200);
      await closeEngines();
      return new Set(readFileSync(at(`tried-${helpers}`), 'utf8').split('\n'));
    };
    const alone = await tried(0);
    expect(alone.size).toBeGreaterThan(200);
    expect(await tried(2)).toEqual(alone);
    expect(await tried(3)).toEqual(alone);
  });
});

describe('it is a failure', () => {
  it.each<[string, string, string]>([
    [
      'if a helper is ended',
      'if (programs > 150) process.kill(process.ppid, "SIGKILL");',
      'a process that tried random expressions has ended on SIGKILL',
    ],
    [
      'if the engine says different things of itself in two processes',
      'description.depth = process.pid;',
      'the engine is not the same in two processes: it says different things of itself',
    ],
    [
      'if the engine goes wrong in a helper, and not here',
      `if (${IN_HELPER} && program.length > 20) throw new Error('not here');`,
      'replay with',
    ],
    [
      'if the engine cannot be asked any more in a helper',
      `if (${IN_HELPER} && program.length > 4) for (;;);`,
      'in one of two processes: the engine has not answered three times in a row',
    ],
    [
      'if the engine holds other corners in a helper',
      `if (${IN_HELPER} && program.some((each) => each.do === 'pow' && each.of[1] === 0)) {
        const readings = [...engine.execute(program)];
        return program.some((each) => each.do === 'leaf' && each.data === 0) ? readings.map(() => ({ data: NaN, grad: NaN })) : readings;
      }`,
      'the engine is not the same in two processes: it holds other corners of its operations',
    ],
    ['if the engine cannot be used in a helper', `if (${IN_HELPER}) throw new Error('not here');`, 'not here'],
  ])('%s', async (title, code, says) => {
    expect(await outcome(withCode(`${title.replaceAll(/\W/g, '-')}.cjs`, code), 2, 600)).toContain(says);
  });

  it('if the engine fails in a helper when all is over', async () => {
    const engine = withCode('late.cjs', `process.once('beforeExit', () => Promise.reject(new Error('late')));`);
    expect(await outcome(engine, 2, 600)).toMatch(/^600 tried/);
    await expect(closeEngines()).rejects.toThrow(/the engine exited with code 1, when nothing more was asked of it/);
  });
});

describe('a run', () => {
  it('has helpers if it is long, and its engine is no command', () => {
    const isSpread = (runs: number, engineCommand?: string) =>
      spreadOver({ engineCommand }, runs, { law: GRADIENTS, seed: 1 }) !== undefined;
    expect(isSpread(5000)).toBe(availableParallelism() > 1);
    expect(isSpread(4999)).toBe(false);
    expect(isSpread(5000, 'python3 my_adapter.py')).toBe(false);
  });

  it.runIf(availableParallelism() > 1)('fails if a helper is ended', async () => {
    const line = readFileSync(join(ROOT, 'features', '15-gradients-match-finite-differences.feature'), 'utf8')
      .split('\n')
      .findIndex((each) => each.includes('Scenario: Random expressions, backward'));
    const engine = withCode('killer.cjs', 'if (programs > 150) process.kill(process.ppid, "SIGKILL");');
    const { code, output } = await command('--engine', engine, `15:${line + 1}`, '--runs', '5000');
    expect(output).toContain('a process that tried random expressions has ended on SIGKILL');
    expect(output).toMatch(/0 passed, 1 failed/);
    expect(code).toBe(1);
  });
});
