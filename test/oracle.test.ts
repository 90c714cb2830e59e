import { describe, expect, it, test } from 'vitest';
import { judge } from '../src/judge/alone';
import { truths } from '../src/judge/reference';
import { allowance } from '../src/protocol/bounds';
import type { Operation } from '../src/protocol/operations';
import type { Engine, MakingInstruction } from '../src/protocol/program';

/** The gradients of one operation on leaves x and y. */
function gradients(operation: Operation, x: number, y?: number): number[] {
  const names = y === undefined ? ['x'] : ['x', 'y'];
  const program: MakingInstruction[] = [
    { do: 'leaf', to: 'x', data: x },
    ...(y === undefined ? [] : [{ do: 'leaf', to: 'y', data: y } as const]),
    { do: operation, to: 'z', of: names },
  ];
  const found = truths(program, 'z').gradients;
  return names.map((name) => found.get(name)?.value as number);
}

describe('finite differences agree with derivatives in closed form, to the last digit of a double', () => {
  test.each<[string, number[], number[]]>([
    ['x + y', gradients('add', 3, 4), [1, 1]],
    ['x - y', gradients('sub', 3, 4), [1, -1]],
    ['x * y', gradients('mul', 3, 4), [4, 3]],
    ['x / y', gradients('div', 3, 4), [0.25, -0.1875]],
    ['x ** y', gradients('pow', 2, 3), [12, 8 * Math.LN2]],
    ['-x', gradients('neg', 3), [-1]],
    ['exp x', gradients('exp', 1), [Math.E]],
    ['log x', gradients('log', 2), [0.5]],
    ['tanh x', gradients('tanh', 0.5), [0.7864477329659274]],
    ['tanh x near 0', gradients('tanh', 1e-7), [1 - 1e-14]],
    ['tanh x far out', gradients('tanh', -20), [1.6993417021166355e-17]],
    ['relu x', gradients('relu', 2.5), [1]],
    ['relu -x', gradients('relu', -2.5), [0]],
    ['1e-6 as a factor', gradients('mul', 1e-6, 1), [1, 1e-6]],
    ['log near 0', gradients('log', 1e-8), [1e8]],
    ['exp of much', gradients('exp', 18), [Math.exp(18)]],
  ])('%s', (_, found, expected) => {
    for (const [i, value] of found.entries()) {
      const wanted = expected[i] as number;
      expect(Math.abs(value - wanted)).toBeLessThanOrEqual(2 * Number.EPSILON * Math.abs(wanted));
    }
  });
});

describe('how far off an engine may be', () => {
  const program = (gap: number): MakingInstruction[] => [
    { do: 'leaf', to: 'a', data: 1e6 },
    { do: 'leaf', to: 'b', data: 1e6 - gap },
    { do: 'mul', to: 'p', of: ['a', 'a'] },
    { do: 'mul', to: 'q', of: ['b', 'b'] },
    { do: 'sub', to: 'z', of: ['p', 'q'] },
  ];

  it('is a few last places of a well-conditioned result', () => {
    const { data, gradients } = truths(
      [
        { do: 'leaf', to: 'a', data: 3 },
        { do: 'mul', to: 'z', of: ['a', 'a'] },
      ],
      'z',
    );
    expect(data.get('z')?.bound).toBe(9);
    expect(gradients.get('a')?.bound).toBeLessThan(100);
  });

  it('is what cancellation makes of a badly conditioned one', () => {
    const truth = truths(program(1e-3), 'z').data.get('z');
    const float = 1e6 ** 2 - (1e6 - 1e-3) ** 2;
    expect(Math.abs(float - (truth?.value as number))).toBeGreaterThan(1e-8);
    expect(Math.abs(float - (truth?.value as number))).toBeLessThan(allowance(truth!, Number.EPSILON));
  });

  it('takes in what the first order leaves out: the square of what should be 0, and is not', () => {
    const program: MakingInstruction[] = [
      { do: 'leaf', to: 'a', data: 1 },
      { do: 'exp', to: 'b', of: ['a'] },
      { do: 'log', to: 'c', of: ['b'] },
      { do: 'sub', to: 'd', of: ['c', 'a'] },
      { do: 'mul', to: 'z', of: ['d', 'd'] },
    ];
    const single = Math.fround(Math.log(Math.fround(Math.exp(1)))) - 1;
    const truth = truths(program, 'z', 'single').data.get('z')!;
    expect(truth.value).toBeLessThan(1e-90);
    expect(single).not.toBe(0);
    expect(allowance(truth, 2 ** -23)).toBeGreaterThan(single ** 2);
    expect(allowance(truth, 2 ** -23)).toBeLessThan(1e-10);
  });

  it('is no more where a node that should be 0 comes with the last of its many digits', () => {
    const program: MakingInstruction[] = [
      { do: 'leaf', to: 'a', data: 1 },
      { do: 'leaf', to: 'b', data: -1 },
      { do: 'exp', to: 'c', of: ['b'] },
      { do: 'log', to: 'd', of: ['c'] },
      { do: 'add', to: 'e', of: ['d', 'a'] },
      { do: 'add', to: 'z', of: ['e', 'a'] },
    ];
    const { data, gradients } = truths(program, 'z');
    expect(data.get('e')?.value).not.toBe(0);
    expect(Math.abs(data.get('e')?.value as number)).toBeLessThan(1e-50);
    for (const truth of [data.get('e')!, ...gradients.values()]) expect(truth.bound).toBeLessThan(100);
  });

  it('says nothing of an engine where it explains as much as the number, or 1', () => {
    const sum = (size: number): MakingInstruction[] => [
      { do: 'leaf', to: 'a', data: size },
      { do: 'leaf', to: 'b', data: 0.3 },
      { do: 'mul', to: 'c', of: ['a', 'b'] },
      { do: 'neg', to: 'd', of: ['c'] },
      { do: 'add', to: 'z', of: ['c', 'd'] },
    ];
    const judged = (size: number, precision: 'double' | 'single') =>
      judge({ description: { precision } } as Engine, { program: sum(size), output: 'z', leaves: ['a', 'b'] }, truths);
    expect(judged(1e3, 'single')?.data.get('z')?.value).toBe(0);
    expect(judged(1e7, 'single')).toBeUndefined();
    expect(judged(1e7, 'double')).toBeDefined();
  });

  it('does not hide a small gradient', () => {
    const { gradients } = truths(
      [
        { do: 'leaf', to: 'a', data: 1 },
        { do: 'mul', to: 'z', of: ['a', 1e-6] },
      ],
      'z',
    );
    const truth = gradients.get('a')!;
    expect(truth.value).toBe(1e-6);
    expect(allowance(truth, Number.EPSILON)).toBeLessThan(1e-20);
  });
});
