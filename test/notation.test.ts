import { describe, expect, it, test } from 'vitest';
import { type Expression, parse, write } from '../src/notebook/notation';

function expression(source: string): Expression {
  const [statement] = parse(`y = ${source}`).statements;
  if (statement?.kind !== 'bind') throw new Error('not a binding');
  return statement.value;
}

describe('what it reads, it writes again with no parentheses but those it needs', () => {
  test.each([
    ['a*b', 'a * b'],
    ['(a + b) * c', '(a + b) * c'],
    ['(a * b) + c', 'a * b + c'],
    ['a - (b - c)', 'a - (b - c)'],
    ['(a - b) - c', 'a - b - c'],
    ['a / (b * c)', 'a / (b * c)'],
    ['x ** 3', 'x ** 3'],
    ['(x ** 2) ** 3', '(x ** 2) ** 3'],
    ['x ** (2 ** y)', 'x ** 2 ** y'],
    ['(-x) ** 2', '(-x) ** 2'],
    ['-(x ** 2)', '-x ** 2'],
    ['x * -2', 'x * (-2)'],
    ['-a', '-a'],
    ['n.tanh()', 'tanh(n)'],
    ['tanh(n)', 'tanh(n)'],
    ['(a * b).exp().log()', 'log(exp(a * b))'],
    ['relu(b + a)', 'relu(b + a)'],
    ['0.01 * a.grad', '0.01 * a.grad'],
    ['1e-6 * a.data', '0.000001 * a.data'],
    ['Value(2)', 'Value(2)'],
  ])('%s', (source, written) => {
    expect(write(expression(source))).toBe(written);
  });
});

describe('statements', () => {
  const kinds = (source: string) => parse(source).statements.map(({ kind }) => kind);

  it('binds, assigns, and runs the backward pass', () => {
    expect(kinds('e = a * b\na.data += 0.01\nd.grad = 2\nL.backward()')).toEqual([
      'bind',
      'assign',
      'assign',
      'backward',
    ]);
  });

  it('takes comments as the notes write them, and empty lines', () => {
    expect(kinds('# first\n\ne = a * b  # product\n')).toEqual(['bind']);
  });

  test.each(['+', '-', '*', '/', '**'])('spells out %s=', (sign) => {
    const [statement] = parse(`c ${sign}= a + 1`).statements;
    expect(statement?.kind === 'bind' && write(statement.value)).toBe(
      sign === '+' ? 'c + (a + 1)' : sign === '-' ? 'c - (a + 1)' : `c ${sign} (a + 1)`,
    );
  });
});

describe('what is not understood is quoted, with the column', () => {
  test.each([
    ['e = a * * b', 'I do not understand "*" here', '        ^ line 1, column 9'],
    ['e = a *', 'this ends too early', '^ line 1, column 8'],
    ['d = e + c\ne = a @ b', 'I do not understand "@" here', 'line 2, column 7'],
    ['e = -a ** 2', 'write (-x) ** 2 or -(x ** 2)', 'line 1, column 8'],
    ['a * b', 'each line either names something', 'line 1, column 1'],
    ['e = "a"', 'I do not understand this', 'line 1, column 5'],
    ['e = a > b', 'I do not understand this', 'line 1, column 5'],
    ['e = a[0]', 'of a node there are .data and .grad', 'line 1, column 7'],
    ['e = a.size', 'of a node there are .data and .grad', 'line 1, column 7'],
    ['e = a.sinh()', 'there is no such function here', 'line 1, column 7'],
    ['e = tanh()', 'tanh takes one operand, not 0', 'line 1, column 5'],
    ['e = tanh(a, b)', 'tanh takes one operand, not 2', 'line 1, column 5'],
    ['e = a.tanh(b)', 'tanh takes one operand, not 2', 'line 1, column 5'],
    ['3 = a', 'I do not understand', 'line 1, column 1'],
    ['a.size = 3', 'of a node there are .data and .grad', 'line 1, column 3'],
    ['a %= 3', 'I do not understand "%=" here', 'line 1, column 1'],
    ['L.backward(1)', 'each line either names something', 'line 1, column 1'],
    ['f = () => 1', 'I do not understand this', 'line 1, column 5'],
    ['e = process.exit(1)', 'there is no such function here', 'line 1, column 13'],
    ['e = (a * b).data', 'of a node there are .data and .grad', 'line 1, column 13'],
  ])('%s', (source, message, place) => {
    let error: unknown;
    try {
      parse(source);
    } catch (e) {
      error = e;
    }
    expect(String(error)).toContain(message);
    expect(String(error)).toContain(place);
    expect(String(error)).toContain(`\n    ${source.split('\n').at(-1)}\n`);
  });

  it('says so when code is nested too deeply', () => {
    expect(() => parse(`e = ${'('.repeat(1e5)}a${')'.repeat(1e5)}`)).toThrow('nested too deeply');
  });
});
