import { describe, expect, it } from 'vitest';
import { native } from './notes';
import { ROOT } from './run-spec';

/* The spec, run from a test. */

const LONG = 120_000;
const { conform, Value } = native('../src') as typeof import('../src');

/** A class that only this process has, and whose products forget what their second operand was. */
class Wrong extends Value {
  override mul(y: number | InstanceType<typeof Value>) {
    return super.mul(typeof y === 'number' ? y : y.data);
  }
}

describe('conform', () => {
  it(
    'tries a class of this process, and gives the results that --json writes',
    async () => {
      const results = await conform({ engine: Value, only: [5, '7', '15'], runs: 5, seed: 3 });
      expect(results.failed).toEqual([]);
      expect(results.verdict.passed).toBe(true);
      expect(results.run).toMatchObject({ seed: 3, runs: 5, engine: { engine: 'Value' } });
      expect(results.scenarios.length).toBeGreaterThan(50);
      expect(results.text.split('\n').at(-1)).toBe(results.verdict.line);
    },
    LONG,
  );

  it(
    'says what has failed, and what to type, which is nothing of a socket',
    async () => {
      const results = await conform({ engine: Wrong, only: [7, 13, 15], runs: 5 });
      expect(results.verdict.passed).toBe(false);
      expect(results.failed.length).toBe(results.verdict.counts.failed);
      expect(results.failed[0]).toMatch(/^7\.[\w/-]+: .*\n(?:.*\n)*.*expected/);
      expect(results.findings[0]?.again).toMatch(
        /^npx micrograd-spec --engine YOUR-MODULE#Wrong --runs 5 13\.two-local-derivatives/,
      );
      expect(JSON.stringify(results)).not.toContain('relay:');
    },
    LONG,
  );

  it(
    'tries a module, or what a command starts',
    async () => {
      const module = await conform({
        module: './test/engines/engines.cjs#subSign',
        only: ['13'],
        tags: '@edge or not @edge',
      });
      expect(module.findings[0]?.again).toContain('--engine ./test/engines/engines.cjs#subSign 13.');
      expect(module.failed).toHaveLength(1);
      const command = await conform({
        command: `"${process.execPath}" "${ROOT}/test/engines/server.cjs" remembers`,
        only: ['5'],
      });
      expect(command.failed).toEqual([]);
    },
    LONG,
  );

  it(
    'is no success where nothing was checked',
    async () => {
      const { failed } = await conform({ engine: Value, only: ['5'], tags: '@network' });
      expect(failed.join()).toContain('No scenario was chosen');
    },
    LONG,
  );

  it(
    'refuses what cannot be used, in the words of the command',
    async () => {
      await expect(conform({})).rejects.toThrow('expected one of "engine", "module" and "command", and got 0');
      await expect(conform({ engine: Value, module: './x.mjs' })).rejects.toThrow('and got 2 of them');
      await expect(conform({ engine: class Nothing {} })).rejects.toThrow('Nothing');
      await expect(conform({ module: './no-such.mjs' })).rejects.toThrow('cannot load ./no-such.mjs');
      await expect(conform({ engine: Value, tags: '@tahn' })).rejects.toThrow('no scenario has the tag @tahn');
      await expect(conform({ engine: Value, only: [99] })).rejects.toThrow('there is no chapter 99');
    },
    LONG,
  );
});
