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

  test.each([
    ...[
      '1e999',
      '-1e999',
      '−2e308',
      '1e309',
      '1.8e308',
      `1${'0'.repeat(400)}`,
      '1e99999999999',
      `${'9'.repeat(310)}.5`,
    ],
  ])('"%s" is larger than any double', (text) => {
    expect(() => numeral(text)).toThrow(
      `${text.replace('−', '-')} is larger than any double: it would be read as infinite`,
    );
  });

  test.each(['1e-999', '-1e-999', '1e-324', '2e−324', `0.${'0'.repeat(400)}1`, '0.5e-330'])(
    '"%s" is nearer to 0 than any double',
    (text) => {
      expect(() => numeral(text)).toThrow('is nearer to 0 than any double: it would be read as 0');
    },
  );

  test.each([
    ['9007199254740993', '9007199254740992'],
    ['-9007199254740993', '-9007199254740992'],
    ['9007199254740993.0', '9007199254740992'],
    ['9007199254740992.5', '9007199254740992'],
    ['9.007199254740993e15', '9007199254740992'],
    ['90071992547409930e-1', '9007199254740992'],
    ['12345678901234567890', '12345678901234567168'],
    ['123456789012345678901234', '1.234567890123456'],
  ])('"%s" has more digits than a double can tell', (text, read) => {
    expect(() => numeral(text)).toThrow(`${text} has more digits than a double can tell: it would be read as ${read}`);
  });

  test.each([
    ...[
      '0.1',
      '1e308',
      '1.7976931348623157e308',
      '5e-324',
      '0',
      '-0',
      '0.000',
      '0e999',
      '0e-999',
      '1e23',
      '9007199254740992',
    ],
    ...[
      '9007199254740994',
      '36028797018963968',
      '12345678901234567000',
      '12345678901234567168',
      '1.2345678901234568e+21',
    ],
    ...[
      '100000000000000000000000',
      '3.14159265358979323846264338327950288',
      '0.1000000000000000055511151231257827',
      '1e16',
      '∞',
      'NaN',
    ],
  ])('"%s" is read as it is', (text) => {
    expect(numeral(text).value).toBe(Number(text.replace('∞', 'Infinity')));
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
    [0.04, '0.0', true],
    [0.06, '0.0', false],
    [0, '0', true],
    [0.4, '0', false],
    [-0.4, '-0', false],
    [1e-300, '0', false],
    [Infinity, '1', false],
    [Number.NaN, '1', false],
    [Infinity, '∞', true],
    [-Infinity, '∞', false],
  ])('%s is about %s: %s', (value, text, expected) => {
    expect(isAbout(computed(value), numeral(text), EPSILON.double)).toBe(expected);
  });
});
