import { describe, expect, it } from 'vitest';
import { bar, Live } from '../src/gate/live';
import { soonest } from '../src/gate/order';
import { command, run } from './run-spec';

/* Who waits for a verdict learns early what is wrong, can leave it at that, and sees how far long work has come. */

const FIXTURES = './test/engines/engines.cjs';

describe('a guest', () => {
  it('is tried first where most engines fail, and last on random expressions', () => {
    const scenarios = [1, 2, 7, 8, 12, 13, 14, 15, 16].flatMap((chapter) =>
      [1, 2].map((line) => ({ line, gherkinDocument: { uri: `features/${chapter}-a-b.feature` } })),
    );
    const places = soonest(scenarios, ({ gherkinDocument }) => gherkinDocument.uri).map(
      ({ line, gherkinDocument }) => `${Number.parseInt(gherkinDocument.uri.slice(9), 10)}:${line}`,
    );
    const order = [13, 7, 8, 1, 2, 12, 14, 16, 15];
    expect(places).toEqual(order.flatMap((chapter) => [`${chapter}:1`, `${chapter}:2`]));
    expect(soonest([''], (file) => file)).toHaveLength(1);
  });

  it('has what is found told at once, within the first quarter of its scenarios, and at the end', async () => {
    const { output } = await command('--engine', `${FIXTURES}#subSign`, '--runs', '5');
    const [before = '', after = ''] = output.split('found: sub: the gradient of its second operand is wrong');
    expect(before.split('random expressions').at(-1)?.match(/[.F-]/g)?.length).toBeLessThan(30);
    expect(after).toContain('finding 1 of 1: sub: the gradient of its second operand is wrong');
  });

  it('has the chapters in the order of the notes where they were chosen', async () => {
    const { output } = await command('--engine', `${FIXTURES}#subSign`, '1', '13');
    expect(output).toMatch(/could be why \d+ scenarios failed: 1\./);
  });
});

describe('--max-failures', () => {
  const LAST = /(\d+) passed, (\d+) failed, \d+ not claimed; (\d+) not run, after so many failures \(--max-failures\)/;

  it('runs nothing more after so many, says so, and the run has failed', async () => {
    const { code, output } = await command('--engine', `${FIXTURES}#subSign`, '--runs', '5', '--max-failures', '2');
    const [, passed, failed, left] = LAST.exec(output) ?? [];
    expect(failed).toBe('2');
    expect(Number(passed)).toBeGreaterThan(10);
    expect(Number(left)).toBeGreaterThan(150);
    expect(output).toContain('could be why 2 scenarios failed');
    expect(output).not.toContain('Not everything was checked');
    expect(code).toBe(1);
  });

  it('in plain Cucumber too', async () => {
    const parameters = JSON.stringify({ engine: `${FIXTURES}#subSign`, maxFailures: 1 });
    const { code, output } = await run('npx', [
      'cucumber-js',
      'features/13*',
      'features/07*',
      '--world-parameters',
      parameters,
    ]);
    expect(LAST.exec(output)?.[2]).toBe('1');
    expect(code).toBe(1);
  });

  it('has to be a number there as well', async () => {
    const parameters = JSON.stringify({ engine: `${FIXTURES}#subSign`, maxFailures: -1 });
    const { code, output } = await run('npx', ['cucumber-js', 'features/02*', '--world-parameters', parameters]);
    expect(output).toContain(
      'the world parameter "maxFailures": expected a whole number, from 1 on; got the number -1',
    );
    expect(code).toBe(1);
  });

  it('changes nothing where nothing fails', async () => {
    const { code, output } = await command('1', '2', '--max-failures', '1');
    expect(output).toMatch(/\n\d+ passed, 0 failed, 0 not claimed\n$/);
    expect(code).toBe(0);
  });

  it('expects a whole number', async () => {
    const { code, output } = await command('1', '--max-failures', '0');
    expect(output).toContain('Expected a whole number, from 1 on');
    expect(code).toBe(2);
  });
});

describe('how far long work has come', () => {
  const at = (isTTY: boolean, columns = 80) => {
    const written: string[] = [];
    let time = 0;
    const live = new Live({ isTTY, columns, write: (text) => written.push(text) }, () => time);
    return { live, written, wait: (milliseconds: number) => (time += milliseconds) };
  };

  it('is one line on a terminal, which is written over and taken away', () => {
    const { live, written, wait } = at(true);
    live.say('too soon');
    wait(200);
    live.say('one of three');
    wait(200);
    live.say('two');
    live.clear();
    live.clear();
    expect(written).toEqual(['\rone of three', `\rtwo         ${'\b'.repeat(9)}`, '\r   \r']);
  });

  it('is never longer than the terminal is wide', () => {
    const { live, written, wait } = at(true, 10);
    wait(200);
    live.say('a line that would be broken');
    expect(written).toEqual(['\ra line th']);
  });

  it('is a line every few seconds elsewhere', () => {
    const { live, written, wait } = at(false);
    for (let i = 0; i < 100; i++) {
      wait(1000);
      live.say(`line ${i}`);
    }
    live.clear();
    expect(written).toHaveLength(20);
    expect(written[0]).toBe('\nline 4\n');
  });

  it('is a bar, and how much of how much', () => {
    expect(bar(6, 12, 'scenarios')).toBe(`[${'='.repeat(12)}${' '.repeat(12)}] 6 of 12 scenarios`);
    expect(bar(0, 0, 'scenarios')).toContain('0 of 0');
  });
});
