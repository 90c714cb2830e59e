import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { RandomProgram } from '../src/judge/alone';
import { Fixed, OutOfReach } from '../src/judge/fixed';
import { programs, single } from '../src/judge/programs';
import { FULL, SOON, type Way } from '../src/judge/reference';
import { inTurn, once } from '../src/judge/turns';
import { allowance, type Truth } from '../src/protocol/bounds';
import { CLAIMS, EPSILON, type MakingInstruction } from '../src/protocol/program';

/*
 * What is judged in a fixed point, because that is sooner done, is judged no less strictly than in decimal arithmetic.
 */

const More = Decimal.clone({ precision: 110, toExpNeg: -200, toExpPos: 200 });
const exactly = (x: number) => new More(x.toPrecision(100));

/** How far a number with a fixed point is off, in its own last places: units of 2⁻²⁵⁶. */
function lastPlacesOff(came: Fixed, wanted: Decimal): number {
  return new More(String(Reflect.get(came, 'units')))
    .minus(wanted.times(new More(2).toPower(256)))
    .abs()
    .toNumber();
}

describe('a number with a fixed point is right to its last places', () => {
  type Function = (x: Fixed, y: Fixed) => Fixed;
  type Same = (x: Decimal, y: Decimal) => Decimal;
  const small = fc.double({ min: -40, max: 40, noNaN: true }).filter((x) => x === 0 || Math.abs(x) > 1e-30);
  const positive = fc.double({ min: -20, max: 18, noNaN: true }).map((x) => 10 ** x);
  const whole = fc.integer({ min: -12, max: 12 });

  test.each<[string, fc.Arbitrary<readonly [number, number]>, Function, Same]>([
    ['x + y', fc.tuple(small, small), (x, y) => x.plus(y), (x, y) => x.plus(y)],
    ['x - y', fc.tuple(small, small), (x, y) => x.minus(y), (x, y) => x.minus(y)],
    ['x * y', fc.tuple(small, small), (x, y) => x.times(y), (x, y) => x.times(y)],
    ['x / y', fc.tuple(small, positive), (x, y) => x.dividedBy(y), (x, y) => x.dividedBy(y)],
    ['|x|', fc.tuple(small, small), (x) => x.abs(), (x) => x.abs()],
    ['exp x', fc.tuple(small, small), (x) => x.exp(), (x) => x.exp()],
    ['log x', fc.tuple(positive, small), (x) => x.ln(), (x) => x.ln()],
    ['tanh x', fc.tuple(small, small), (x) => x.tanh(), (x) => x.tanh()],
    ['sin x', fc.tuple(small, small), (x) => x.sin(), (x) => x.sin()],
    ['cos x', fc.tuple(small, small), (x) => x.cos(), (x) => x.cos()],
    ['√x', fc.tuple(positive, small), (x) => x.squareRoot(), (x) => x.squareRoot()],
    [
      'x ** n',
      fc.tuple(
        small.filter((x) => Math.abs(x) > 0.1),
        whole,
      ),
      (x, n) => x.toPower(n),
      (x, n) => x.toPower(n),
    ],
    [
      'x ** y',
      fc.tuple(
        positive,
        fc.double({ min: -1, max: 1, noNaN: true }).filter((y) => Math.abs(y) > 1e-30),
      ),
      (x, y) => x.toPower(y),
      (x, y) => x.toPower(y),
    ],
  ])('%s', (_, operands, came, wanted) => {
    for (const [x, y] of fc.sample(operands, { numRuns: 300, seed: 1 })) {
      const right = wanted(exactly(x), exactly(y));
      const off = lastPlacesOff(came(Fixed.of(x), Fixed.of(y)), right);
      expect(off, `${x}, ${y}`).toBeLessThan(1000 * Math.max(1, right.abs().toNumber()));
    }
  });

  it('and far out, where that can be told', () => {
    for (const x of [1e6, -12345678.9, 1e15]) {
      expect(lastPlacesOff(Fixed.of(x).sin(), exactly(x).sin())).toBeLessThan(1000);
      expect(lastPlacesOff(Fixed.of(x).cos(), exactly(x).cos())).toBeLessThan(1000);
    }
    expect(Fixed.of(-1e9).exp().toNumber()).toBe(0);
    expect(Fixed.of(1e9).tanh().toNumber()).toBe(1);
  });

  it.each<[string, () => unknown]>([
    ['a double beyond its reach', () => Fixed.of(1e20)],
    ['a double that is too small', () => Fixed.of(1e-40)],
    ['NaN', () => Fixed.of(Number.NaN)],
    ['infinity', () => Fixed.of(Number.POSITIVE_INFINITY)],
    ['a division by 0', () => Fixed.of(1).dividedBy(0)],
    ['the logarithm of 0', () => Fixed.of(0).ln()],
    ['the logarithm of a negative number', () => Fixed.of(-1).ln()],
    ['the root of a negative number', () => Fixed.of(-1).squareRoot()],
    ['a broken power of a negative number', () => Fixed.of(-2).toPower(0.5)],
    ['0 to the power of -1', () => Fixed.of(0).toPower(-1)],
    ['a power that is too large', () => Fixed.of(1e9).toPower(1e9)],
    ['the sine of a number that is too large', () => Fixed.of(1e16).sin()],
  ])('or says that it is out of reach: %s', (_, compute) => {
    expect(compute).toThrow(OutOfReach);
  });
});

const ground = { claims: CLAIMS, repeatedBackward: 'accumulate', avoided: [] } as const;

/** The same program with other leaves. */
function withLeaves(random: RandomProgram, leaf: (data: number, i: number) => number): RandomProgram {
  const program = random.program.map((each, i): MakingInstruction => {
    return each.do === 'leaf' ? { ...each, data: leaf(each.data, i) } : each;
  });
  return { ...random, program };
}

const SOME = fc.sample(programs(ground), { numRuns: 1000, seed: 1 });
const FACTORS = [1e-12, 1e12, 1e-6, 1e6, -1, 0, 1e-3, 1e3, 1e9];

describe('what is to be expected is the same in a fixed point as in decimal arithmetic', () => {
  it.each<[string, readonly RandomProgram[], number]>([
    ['random programs', SOME, 0.99],
    ['in single precision', SOME.slice(0, 300), 0.99],
    ['each operation by itself', single(ground), 0.99],
    ['random programs off kinks and poles no longer', SOME.map((each) => withLeaves(each, (x, i) => x + i)), 0.5],
    [
      'random programs of extreme numbers',
      SOME.map((each, k) => withLeaves(each, (x, i) => x * (FACTORS[(7 * i + k) % FACTORS.length] as number))),
      0.4,
    ],
  ])('%s', (title, some, share) => {
    const precision = title.includes('single') ? 'single' : 'double';
    let reached = 0;
    for (const { program, output } of some) {
      const soon = SOON.truths(program, output, precision);
      if (soon === undefined) continue;
      reached += 1;
      const full = FULL.truths(program, output, precision) as typeof soon;
      const text = JSON.stringify(program);
      for (const what of ['data', 'gradients'] as const) {
        expect([...soon[what].keys()], text).toEqual([...full[what].keys()]);
        for (const [name, truth] of full[what])
          sameTruth(soon[what].get(name) as Truth, truth, EPSILON[precision], text);
      }
    }
    expect(reached).toBeGreaterThan(share * some.length);
  });

  it('but for a number that should be 0, and is not because of rounding: how far off it may be would be anything', () => {
    const program: MakingInstruction[] = [
      { do: 'leaf', to: 'a', data: 1 },
      { do: 'div', to: 'b', of: ['a', 5] },
      { do: 'mul', to: 'c', of: ['b', 5] },
      { do: 'sub', to: 'd', of: ['c', 'a'] },
    ];
    expect(FULL.dataOnly(program, 'd')?.data.get('d')?.value).toBe(0);
    expect(SOON.dataOnly(program, 'd')).toBeUndefined();
    expect(SOON.dataOnly(program.slice(0, 3), 'c')).toEqual(FULL.dataOnly(program.slice(0, 3), 'c'));
  });

  /** The same number, or the one beside it if it lies in the middle between both; and no more is allowed. */
  function sameTruth(soon: Truth, full: Truth, epsilon: number, text: string): void {
    const isNumber = ({ value, bound }: Truth) => Number.isFinite(value) && Number.isFinite(bound);
    expect(isNumber(soon), text).toBe(isNumber(full));
    if (!isNumber(full)) return;
    const lastPlace = Math.abs(full.value) * 2 ** -52;
    const off = Math.abs(soon.value - full.value);
    expect(off, text).toBeLessThanOrEqual(Math.max(lastPlace, 1e-6 * allowance(full, epsilon)));
    expect(soon.bound, text).toBeLessThanOrEqual(full.bound * (1 + 1e-9));
  }
});

describe('what is wrong in a fixed point is judged anew', () => {
  const ways = (outcomes: ReadonlyMap<Way, 'discarded' | undefined>) => {
    const asked: Way[] = [];
    const outcome = inTurn(async (way) => {
      asked.push(way);
      return outcomes.get(way);
    });
    return outcome.then((came) => ({ came, asked }));
  };

  it('and what is right is not', async () => {
    expect(await ways(new Map([[FULL, 'discarded']]))).toEqual({ came: undefined, asked: [SOON] });
    expect(await ways(new Map([[SOON, 'discarded']]))).toEqual({ came: undefined, asked: [SOON, FULL] });
  });

  it('on the same answer of the engine', async () => {
    let asked = 0;
    const ask = once(async () => ++asked);
    expect([await ask(), await ask(), asked]).toEqual([1, 1, 1]);
  });
});
