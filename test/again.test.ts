import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { Gathering } from '../src/gate/gather';
import { verdictText } from '../src/gate/verdict';
import { command, ROOT } from './run-spec';

/*
 * Each finding ends with the command that shows it alone: it is taken from the output, split into words as a shell splits
 * it, and run.
 */

interface Shown {
  readonly of: string;
  readonly title: string;
  readonly words: readonly string[];
}

/** The findings that a run has told, each with its command. */
async function shown(output: string): Promise<Shown[]> {
  const { parseArgsStringToArgv } = await import('string-argv');
  const blocks = output.split(/^finding /m).slice(1);
  return blocks.map((block) => {
    const [, of = '', title = ''] = /^\d+ of (\d+): (.*)$/m.exec(block) ?? [];
    const [, line = ''] = /^ {2}again: npx micrograd-spec (.*)$/m.exec(block) ?? [];
    return { of, title, words: parseArgsStringToArgv(line) };
  });
}

const FAULTS = './test/engines/faults.cjs';
const folder = mkdtempSync(join(tmpdir(), 'micrograd spec again-'));
afterAll(() => rmSync(folder, { recursive: true }));
const spaced = join(folder, 'my engine.cjs');
writeFileSync(spaced, `module.exports = require(${JSON.stringify(join(ROOT, FAULTS))});`);
/** Where these engines fail, and few random expressions, or the test would take as long as twenty runs. */
const CHOSEN = ['7', '8', '13', '15.nothing-left-behind', '15.one-operation-at-a-time', '--runs', '30'];

describe('the command behind a finding shows it, and nothing else', () => {
  test.each<[string, number, string[]]>([
    ['operations whose shares are assigned', 1, ['--engine', `${FAULTS}#assigns`]],
    ['an operation that is wrong', 1, ['--engine', `${FAULTS}#subSign`]],
    ['two operations that are wrong', 2, ['--engine', `${FAULTS}#mulSwapsAndReluOutput`]],
    ['two others', 2, ['--engine', `${FAULTS}#expTwiceAndLogHalf`]],
    ['an operation and a graph', 2, ['--engine', `${FAULTS}#assignsAndSubSign`]],
    ['several passes, which a law alone shows', 1, ['--engine', `${FAULTS}#thirdPassSkips`]],
    ['many uses of one leaf', 1, ['--engine', `${FAULTS}#ninthShareLost`]],
    ['nodes that are taken for one', 1, ['--engine', `${FAULTS}#equalDataAreOne`]],
    ['a refusal', 1, ['--engine', `${FAULTS}#leafRootThrows`, '--require', 'add,mul', '--edges']],
    ['an engine whose path is quoted', 1, ['--engine', `${spaced}#lastUserOnly`, '--timeout', '20']],
  ])('%s', { timeout: 180_000 }, async (_, count, engine) => {
    const findings = await shown((await command(...engine, ...CHOSEN)).output);
    expect(findings).toHaveLength(count);
    for (const { title, words } of findings) {
      for (const word of engine) expect(words).toContain(word);
      const again = await command(...words);
      const came = (await shown(again.output)).map(({ of, title }) => ({ of, title }));
      expect(came, words.join(' ')).toEqual([{ of: '1', title }]);
      expect(again.code).toBe(1);
    }
  });

  it('is that of the first crash, where an engine has been given up: that shows in no scenario alone', async () => {
    const gathering = new Gathering();
    const end = (id: string, ...logs: string[]) => {
      gathering.take({ testCase: { id, pickleId: id } } as never);
      gathering.take({ testCaseStarted: { id, testCaseId: id } } as never);
      for (const body of logs) gathering.take({ attachment: { body, testCaseStartedId: id } } as never);
      gathering.take({ testStepFinished: { testCaseStartedId: id, testStepResult: { status: 'FAILED' } } } as never);
      gathering.take({ testCaseFinished: { testCaseStartedId: id } } as never);
    };
    end('wrong', 'again: npx micrograd-spec 1.a');
    end('first', 'crashed: it exited', 'again: npx micrograd-spec 1.b');
    end('second', 'crashed: it exited', 'again: npx micrograd-spec 1.c');
    end('later', 'crashed: it is given up', 'finding: it is given up');
    expect(await shown(verdictText(gathering.gathered))).toEqual([
      { of: '1', title: 'it is given up', words: ['1.b'] },
    ]);
  });
});
