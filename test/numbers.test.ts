import { describe, expect, test } from 'vitest';
import { is, isAbout, numeral } from '../src/notebook/numbers';
import { EPSILON } from '../src/protocol/program';

describe('numbers as the notes write them', () => {
  test.each([
    ['-7.286496', -7.286496, 1e-6],
    ['−8', -8, 1],
    ['14', 14, 1],
    ['3.10', 3.1, 0.01],
    ['1e-6', 1e-6, 1e-6],
    ['1.5e-3', 1.5e-3, 1e-4],
    ['1.5e−3', 1.5e-3, 1e-4],
    ['2e+3', 2000, 1000],
    ['∞', Infinity, 1],
    ['-∞', -Infinity, 1],
    ['-Infinity', -Infinity, 1],
  ])('%s', (text, value, lastPlace) => {
    const read = numeral(text);
    expect(read.value).toBe(value);
    expect(read.lastPlace).toBeCloseTo(lastPlace, 12);
  });

  test.each(['', 'x', '1 2', '0x10', '1.', '.5', '--1', '1e', '1,5', 'constructor'])('"%s" is none', (text) => {
    expect(() => numeral(text)).toThrow('expected a number');
  });

  test('the error names what the number was for', () => {
    expect(() => numeral('x', 'the leaf b')).toThrow(
      'the leaf b: expected a number, such as -7.286496, 1e-6 or ∞, and got "x"',
    );
  });
});

const computed = (value: number, error = 0) => ({ value, error: () => error, isMade: true });

describe('is', () => {
  test.each<[number, string, boolean]>([
    [-7.286496, '-7.286496', true],
    [-7.286496 * (1 + 2 ** -50), '-7.286496', true],
    [-7.286496 * (1 + 2 ** -47), '-7.286496', false],
    [-7.286496, '-7.286497', false],
    [7.286496, '-7.286496', false],
    [0, '0', true],
    [-0, '0', true],
    [-0, '-0', true],
    [0, '-0', false],
    [1e-300, '0', false],
    [Number.NaN, 'NaN', true],
    [Number.NaN, '0', false],
    [0, 'NaN', false],
    [Infinity, '∞', true],
    [-Infinity, '∞', false],
    [1e308, '∞', false],
    [Infinity, '1', false],
  ])('%s is %s: %s', (value, text, expected) => {
    expect(is(computed(value), numeral(text), EPSILON.double)).toBe(expected);
  });

  test('rounding errors are as large as what the number was made from allows', () => {
    const nearly = 1 + 2 ** -45;
    expect(is(computed(nearly), numeral('1'), EPSILON.double)).toBe(false);
    expect(is(computed(nearly, 1000), numeral('1'), EPSILON.double)).toBe(true);
  });

  test('in single precision, they are larger', () => {
    expect(is(computed(Math.fround(0.1)), numeral('0.1'), EPSILON.double)).toBe(false);
    expect(is(computed(Math.fround(0.1)), numeral('0.1'), EPSILON.single)).toBe(true);
  });
});

describe('is about', () => {
  test.each<[number, string, boolean]>([
    [0.7072, '0.7072', true],
    [0.70714, '0.7071', true],
    [0.70716, '0.7071', false],
    [0.70704, '0.7071', false],
    [14.4, '14', true],
    [14.6, '14', false],
    [0, '0.0', true],
    [Infinity, '1', false],
    [Number.NaN, '1', false],
    [Infinity, '∞', true],
    [-Infinity, '∞', false],
  ])('%s is about %s: %s', (value, text, expected) => {
    expect(isAbout(computed(value), numeral(text), EPSILON.double)).toBe(expected);
  });
});
