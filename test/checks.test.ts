import { describe, expect, it, test } from 'vitest';
import { bundledEngine } from '../src/engines/bundled';
import { wrong } from '../src/judge/alone';
import { checkColumns, mismatch, report, requireBound, requireDigits, requireNumbers } from '../src/judge/compare';
import { LAWS } from '../src/judge/laws';
import { checkLaw } from '../src/judge/property';
import { numeral } from '../src/notebook/numbers';
import { readDescription } from '../src/protocol/description';
import { type Engine, EPSILON, type Reading } from '../src/protocol/program';

/*
 * Who checks the checkers? Each must reject what is wrong, however little it is.
 */

const quantity = (value: number) => ({
  text: 'L',
  number: { value, error: () => 0, isMade: true },
  origin: 'L = d * f',
});

describe('a number is compared', () => {
  test.each<[number, string, boolean]>([
    [-7.286496, '-7.286496', true],
    [-7.2864960000001, '-7.286496', false],
    [7.286496, '-7.286496', false],
    [0, '-0', false],
    [Number.NaN, '-7.286496', false],
    [Number.POSITIVE_INFINITY, '-7.286496', false],
    [Number.NEGATIVE_INFINITY, '∞', false],
    [1e-200, '0', false],
  ])('%s is %s: %s', (came, expected, holds) => {
    expect(mismatch(quantity(came), 'is', numeral(expected), EPSILON.double) === undefined).toBe(holds);
  });

  it('and the message names the node, both numbers, and how it was made', () => {
    expect(mismatch(quantity(-8), 'is about', numeral('-7.29'), EPSILON.double)).toBe(
      'L is not about -7.29\n    expected  -7.29\n    came      -8   (off by 0.71; the digits shown allow 0.0050)\n    where     L = d * f',
    );
  });

  it('and a bare 0 shows no digits that could be wrong', () => {
    expect(mismatch(quantity(0.4), 'is about', numeral('0'), EPSILON.double)).toContain(
      '(off by 0.40; rounding explains',
    );
  });

  test.each(['1e3', '-1e3', '0e3', '1e1', '0e1', '1e300'])('with %s, its digits say nothing', (text) => {
    expect(() => requireDigits('L', numeral(text))).toThrow(
      /^L is about .*: these digits would let anything from \S+ to \S+ pass; write more of them$/,
    );
  });

  test.each(['3', '1', '2e3', '1.0e3', '0', '0.00', '10', '0.1', '1e-6', '∞', 'NaN', '-1500'])(
    'with %s, they do',
    (text) => {
      expect(() => requireDigits('L', numeral(text))).not.toThrow();
    },
  );

  test.each(['∞', '-∞', 'Infinity', 'NaN'])('and %s is no bound', (text) => {
    expect(() => requireBound('L', numeral(text))).toThrow(`${text} is no bound for L`);
    expect(() => requireBound('L', numeral('-1e300'))).not.toThrow();
  });

  it('and a missing gradient is not claimed, rather than passed', () => {
    const said = { protocol: 1, operations: ['add'] };
    const missing = [{ text: 'd.grad', number: null, origin: '' }];
    expect(() => requireNumbers(missing, readDescription(said, 'mine'))).toThrow(
      'mine does not claim gradients of nodes that are not leaves',
    );
    expect(() => requireNumbers(missing, readDescription({ ...said, interiorGradients: 'kept' }, 'mine'))).toThrow(
      'd.grad: the engine says that it keeps the gradients of all nodes, and has none here',
    );
  });

  it('and every problem is reported', () => {
    expect(() => report([undefined, 'one', undefined, 'two'])).toThrow('one\ntwo');
    expect(() => report([undefined])).not.toThrow();
  });
});

describe('a table is read by its titles', () => {
  test.each<[string[][], string]>([
    [
      [
        ['data', 'gradient'],
        ['2', '6'],
      ],
      'needs the columns node, and data or gradient or both, and has "data" and "gradient"',
    ],
    [[['node'], ['a']], 'and has "node"'],
    [
      [
        ['node', 'data', 'data'],
        ['a', '1', '1'],
      ],
      'and has "node", "data" and "data"',
    ],
    [
      [
        ['node', 'grad'],
        ['a', '1'],
      ],
      'and has "node" and "grad"',
    ],
    [[['node', 'data']], 'no rows below its header'],
    [
      [
        ['data', 'node'],
        ['1', 'a'],
        ['2', 'b'],
        ['1', 'a'],
      ],
      'two rows for the node "a"',
    ],
  ])('%s', (table, message) => {
    expect(() => checkColumns(table, 'node', ['data', 'gradient'])).toThrow(message);
  });

  it('in any order of columns', () => {
    expect(() =>
      checkColumns(
        [
          ['gradient', 'node'],
          ['1', 'a'],
        ],
        'node',
        ['data', 'gradient'],
      ),
    ).not.toThrow();
  });
});

describe('a number is compared with the truth', () => {
  const truth = { value: 2, bound: 4 };
  test.each<[number | undefined, boolean]>([
    [2, true],
    [2 + 4 * EPSILON.double, true],
    [2 + 8 * EPSILON.double, false],
    [-2, false],
    [Number.NaN, false],
    [Number.POSITIVE_INFINITY, false],
    [undefined, false],
  ])('%s', (came, holds) => {
    expect(wrong('a.grad', came, truth, EPSILON.double) === undefined).toBe(holds);
  });
});

describe('the laws reject an engine', () => {
  /** The bundled engine, with its answers changed. */
  const changed = (change: (reading: Reading, i: number) => Reading): Engine => {
    const engine = bundledEngine();
    return {
      ...engine,
      execute: async (program) => (await engine.execute(program)).map(change),
    };
  };
  const breaks = async (engine: Engine) => {
    const broken: string[] = [];
    for (const [name, law] of LAWS) {
      await checkLaw(engine, law, { runs: 100, seed: 3 }).catch(() => broken.push(name));
    }
    return broken;
  };
  const GRADIENTS = 'every gradient matches its finite difference';
  const VALUES = 'every node holds the right number';

  test.each<[string, (reading: Reading, i: number) => Reading, string]>([
    ['whose numbers are NaN', ({ grad }) => ({ data: Number.NaN, grad }), VALUES],
    ['whose gradients are NaN', ({ data }) => ({ data, grad: Number.NaN }), GRADIENTS],
    ['that has no gradients', ({ data }) => ({ data, grad: null }), GRADIENTS],
    ['whose gradients are all 0', ({ data }) => ({ data, grad: 0 }), GRADIENTS],
    ['that is off in the twelfth digit', ({ data, grad }) => ({ data: data * (1 + 1e-12), grad }), VALUES],
    ['whose gradients have the wrong sign', ({ data, grad }) => ({ data, grad: -(grad ?? 0) }), GRADIENTS],
  ])(
    '%s',
    async (_, change, law) => {
      expect(await breaks(changed(change))).toContain(law);
    },
    30_000,
  );

  it('of which too little is known', async () => {
    const law = { ...LAWS.get(VALUES)!, check: async () => 'discarded' as const };
    await expect(checkLaw(bundledEngine(), law, { runs: 10, seed: 1 })).rejects.toThrow(
      '10 of 10 expressions said nothing about the engine: too little was tried',
    );
  });

  it('and an engine that breaks none passes all', async () => {
    expect(await breaks(bundledEngine())).toEqual([]);
  }, 30_000);
});

it('the same seed gives the same expressions, and its path replays a failure', async () => {
  const engine = bundledEngine();
  const broken: Engine = {
    ...engine,
    execute: async (program) => {
      const readings = await engine.execute(program);
      const hasTanh = program.some(({ do: what }) => what === 'tanh');
      return hasTanh ? readings.map(({ data, grad }) => ({ data, grad: (grad ?? 0) * 1.01 })) : readings;
    },
  };
  const law = LAWS.get('every gradient matches its finite difference')!;
  const message = async (path?: string) => {
    const options = { runs: 300, seed: 11, ...(path === undefined ? {} : { path }) };
    return checkLaw(broken, law, options).then(String, (error: Error) => error.message);
  };
  const first = await message();
  expect(await message()).toBe(first);
  const path = /--path "([^"]*)"/.exec(first)?.[1];
  const expression = (text: string) => text.split('\nfound after')[0];
  expect(expression(await message(path))).toBe(expression(first));
});
