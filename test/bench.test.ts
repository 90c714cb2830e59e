import { describe, expect, it, test } from 'vitest';
import { requireAgreement } from '../bench/engine/answers';
import type { ContenderName } from '../bench/engine/contender';
import { contender as batch } from '../bench/engine/contenders/batch';
import { contender as closure } from '../bench/engine/contenders/closure';
import { contender as loops } from '../bench/engine/contenders/loops';
import { contender as replay } from '../bench/engine/contenders/replay';
import { contender as value } from '../bench/engine/contenders/value';
import type { Answers } from '../bench/engine/task';
import { ANSWERED } from '../bench/engine/workloads';
import { gradcheck } from '../bench/laws/gradcheck';
import { inRounds } from '../bench/measuring/rounds';
import { spreadOf } from '../bench/measuring/statistics';
import { optionsOf } from '../bench/options';
import { better, compare, type Kept, type Ratio, shown } from '../bench/ratios';
import { table } from '../bench/report/table';
import { wrap } from '../bench/report/wrap';
import { bundledEngine } from '../src/engines/bundled';
import { native } from './notes';

/*
 * The measurement: what can be wrong in it though nothing is slow. What it measures, and against whom, is tried when it runs.
 */

const { classEngine } = native('../src/engines/class.ts') as typeof import('../src/engines/class');

const kept = (ratio: number, more: Partial<Kept> = {}): Kept => ({
  ...{ part: 'engine', ratio, low: ratio, high: ratio, good: 'small' },
  ...more,
});
const now = (name: string, median: number, good: Ratio['good'] = 'small'): Ratio => ({
  ...{ part: 'engine', name, good, spread: { median, low: median, high: median } },
});

describe('ratios', () => {
  test.each([
    ['small', 2, true],
    ['small', 2.01, false],
    ['small', 0.1, true],
    ['large', 0.5, true],
    ['large', 0.49, false],
    ['large', 10, true],
  ] as const)('%s is good: 1 was measured before, and now %s', (good, median, passes) => {
    const { failures, failed, count } = compare(
      [now('x over y', median, good)],
      { 'x over y': kept(1, { good }) },
      new Set(),
    );
    expect(failed).toEqual(passes ? [] : ['x over y']);
    expect(failures).toHaveLength(passes ? 0 : 1);
    expect(count).toBe(1);
  });

  it('a ratio that is worse is named, with both numbers', () => {
    expect(compare([now('x over y', 5)], { 'x over y': kept(2) }, new Set()).failures).toEqual([
      'x over y: 5.0, and it was 2.0; that is 2.5 times worse, and more than 2 times fails',
    ]);
  });

  it('a ratio that is not a number fails', () => {
    expect(compare([now('x over y', Number.NaN)], { 'x over y': kept(2) }, new Set()).failures).toHaveLength(1);
  });

  it('a ratio that is not measured any more fails, unless there was nothing to measure it with', () => {
    const before = { 'x over y': kept(2, { needs: 'python' }) };
    expect(compare([], before, new Set()).failures).toEqual(['was not measured, though it was before: x over y']);
    const { failures, left, count } = compare([], before, new Set(['python'] as const));
    expect({ failures, left, count }).toEqual({
      failures: [],
      left: new Map([['for want of Python', ['x over y']]]),
      count: 0,
    });
  });

  it('of two measurements, the better one counts', () => {
    const first = [now('x', 5), now('y', 5, 'large'), now('z', 5)];
    const second = [now('x', 3), now('y', 3, 'large')];
    expect(better(first, second).map(({ spread }) => spread.median)).toEqual([3, 5, 5]);
  });
});

describe('rounds', () => {
  it('are begun by another one each time, and compared within one round', async () => {
    const order: string[] = [];
    const turn = (name: 'x' | 'y', times: number[]) => ({
      name,
      measure: async () => {
        order.push(name);
        return times.shift() ?? Number.NaN;
      },
    });
    const rounds = await inRounds([turn('x', [1, 10, 100]), turn('y', [2, 20, 300])], 3, () => {});
    expect(order.join('')).toBe('xyyxxy');
    expect(rounds.ratio('y', 'x')).toEqual({ median: 2, low: 2, high: 2.5 });
  });

  it('leave out who cannot be measured, and say why', async () => {
    let tries = 0;
    const turn = {
      name: 'x',
      measure: async () => {
        tries += 1;
        return { why: 'there is none' };
      },
    };
    const rounds = await inRounds([turn], 3, () => {});
    expect([tries, rounds.has('x'), rounds.why('x')]).toEqual([1, false, 'there is none']);
    expect(() => rounds.of('x')).toThrow('x was not measured: there is none');
  });

  it('have a middle and quartiles', () => {
    expect(spreadOf([5, 1, 3, 2, 4])).toEqual({ median: 3, low: 2, high: 4 });
    expect(spreadOf([1, 2])).toEqual({ median: 1.5, low: 1.25, high: 1.75 });
    expect(() => spreadOf([])).toThrow('no numbers');
  });
});

describe('answers', () => {
  const asked = ask(); // once: through the instruction set it takes a while
  const all = async () => new Map(await asked);

  async function ask(): Promise<Map<ContenderName, Answers>> {
    const answers = new Map<ContenderName, Answers>();
    for (const [name, { example, chain, training }] of Object.entries({ value, replay, batch, closure, loops })) {
      answers.set(name as ContenderName, {
        example: example && [...example()],
        chain: chain?.(ANSWERED.operations, ANSWERED.link),
        training: await training?.(),
      });
    }
    return answers;
  }

  it('of the engines that come with the project agree', async () => {
    const answers = await all();
    expect(answers.get('value')?.example).toEqual([-8, 6, -4, -2, 4]);
    requireAgreement(answers);
  });

  test.each([
    ['a wrong number', ([first = 0, ...others]: readonly number[]) => [first * (1 + 1e-11), ...others]],
    ['no number', ([, ...others]: readonly number[]) => [Number.NaN, ...others]],
    ['one too few', (losses: readonly number[]) => losses.slice(1)],
    ['one too many', (losses: readonly number[]) => [...losses, 0]],
    ['none', () => []],
  ])('that differ are refused: %s', async (_, change) => {
    const answers = await all();
    const { training = [], ...others } = answers.get('loops') ?? {};
    answers.set('loops', { ...others, training: change(training) });
    expect(() => requireAgreement(answers)).toThrow(/^loops written by hand: the limit, training: number \d+ of 11/);
  });
});

describe('the usual check of gradients', () => {
  const random = {
    program: [
      { do: 'leaf', to: 'a', data: 3 },
      { do: 'add', to: 'z', of: ['a', 'a'] },
    ],
    output: 'z',
    leaves: ['a'],
  } as const;

  it('lets a sound engine pass', async () => {
    expect(await gradcheck(bundledEngine(), random)).toBe(true);
  });

  it('finds that gradients are assigned', async () => {
    const { assigns } = native('./engines/faults.cjs') as { assigns: unknown };
    expect(await gradcheck(classEngine(assigns, 'assigns'), random)).toBe(false);
  });
});

describe('the command', () => {
  it('writes down only what is whole', () => {
    const isWhole = (...given: string[]) => optionsOf(given, {})?.isWhole;
    expect(isWhole()).toBe(true);
    expect(isWhole('--rounds', '3', '--python', 'x')).toBe(true);
    for (const given of [['--check'], ['--short'], ['--without-peers'], ['--only', 'spec']]) {
      expect(isWhole(...given)).toBe(false);
    }
  });

  test.each<[string[], NodeJS.ProcessEnv, string]>([
    [['--only', 'engines'], {}, 'there is no part "engines"; there are engine, training, spec, laws'],
    [['--rounds', '0'], {}, '--rounds: expected a whole number, from 1 on, and got "0"'],
    [['--chek'], {}, "Unknown option '--chek'"],
    [['more'], {}, "Unexpected argument 'more'"],
    [[], { npm_config_without_peers: 'true' }, 'write npm run bench -- --without-peers'],
  ])('refuses %j', (given, environment, message) => {
    expect(() => optionsOf(given, environment)).toThrow(message);
  });
});

describe('the page', () => {
  it('has tables that Markdown reads', () => {
    expect(
      table(
        ['', 'x'],
        [
          ['a', ''],
          ['b', '1'],
        ],
      ),
    ).toBe('| | x |\n| --- | --- |\n| a | |\n| b | 1 |');
  });

  it('has no line that is longer than 120 characters, and loses no word', () => {
    const list = `- ${'word '.repeat(50)}\n- ${'another '.repeat(40)}`;
    const lines = wrap(list).split('\n');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(120);
    expect(lines.join(' ').match(/word|another/g)).toHaveLength(90);
    expect(lines.every((line) => /^(- | {2})\w/.test(line))).toBe(true);
  });

  test.each([
    [4, '4.0'],
    [0.01234, '0.012'],
    [99.4, '99'],
    [123.4, '123'],
    [3456.7, '3,460'],
  ])('writes %s as %s', (number, text) => {
    expect(shown(number)).toBe(text);
  });
});
