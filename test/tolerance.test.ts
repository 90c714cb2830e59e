import { describe, expect, it, test } from 'vitest';
import { bundledEngine } from '../src/engines/bundled';
import { Notebook } from '../src/notebook/notebook';
import { is, numeral } from '../src/notebook/numbers';
import { type Engine, EPSILON } from '../src/protocol/program';

/*
 * How far off a number may be comes from what it was made from, when it was made. Each engine here is off by a half, in
 * one number; somewhere else in the scenario there is 1e16, of which the last place is 2.
 */

/** The bundled engine, off by a half in what it says of one node. */
function off(name: string, field: 'data' | 'grad'): Engine {
  const engine = bundledEngine();
  return {
    ...engine,
    execute: async (program) => {
      const asked = program.flatMap((instruction) => (instruction.do === 'read' ? instruction.of : []));
      const readings = await engine.execute(program);
      return readings.map((reading, i) =>
        asked[i] === name ? { ...reading, [field]: (reading[field] ?? 0) + 0.5 } : reading,
      );
    },
  };
}

/** What is found to be off after some code, on leaves a = 2, d = 5 and big = 1e16, and with a network N. */
async function holds(engine: Engine, code: readonly string[], text: string, expected: string): Promise<boolean> {
  const notebook = new Notebook(engine);
  for (const [name, data] of [
    ['a', 2],
    ['d', 5],
    ['big', 1e16],
  ] as const)
    notebook.leaf(name, data);
  notebook.network('N', { inputs: 1, layers: [2, 1], activation: 'tanh', seed: 1 });
  for (const cell of code) {
    if (cell === 'zero') notebook.zeroGradients();
    else await notebook.run(cell);
  }
  const { number } = await notebook.quantity(text);
  return number !== null && is(number, numeral(expected), EPSILON.double);
}

test.each<[string, string[], string, string]>([
  ['a leaf beside a large one', [], 'a', '2'],
  ['a node beside a large one', ['c = big * big\nb = a * 3'], 'b', '6'],
  ['a node, of which a leaf is large later', ['b = a * 3', 'a.data = 1e16'], 'b', '6'],
  [
    'a node, of which a leaf was large before',
    ['c = a * 3', 'a.data = 1e16', 'c = a * 3', 'a.data = 2', 'b = a * 3'],
    'b',
    '6',
  ],
  ['a node that is made from one that is kept', ['c = a * 3', 'a.data = 1e16', 'b = c + 1'], 'b', '7'],
  ['a gradient, before any pass', ['b = a * big'], 'a.grad', '0'],
  ['a gradient that was zeroed', ['b = a * big\nb.backward()', 'zero'], 'a.grad', '0'],
  ['a gradient that was zeroed by itself', ['b = a * big\nb.backward()\na.grad = 0'], 'a.grad', '0'],
  ['a gradient that a pass did not reach', ['b = d * big\nb.backward()'], 'a.grad', '0'],
  ['a gradient beside a large addend', ['b = a * 3 + big\nb.backward()'], 'a.grad', '3'],
  ['a gradient beside a large gradient', ['b = a * 3 + d * big\nb.backward()'], 'a.grad', '3'],
  ['a gradient, of which a leaf is large later', ['b = a * d\nb.backward()', 'd.data = 1e16'], 'a.grad', '5'],
  ['a gradient of an earlier pass', ['b = a * 3\nb.backward()', 'c = d * big\nc.backward()'], 'a.grad', '3'],
  ['a gradient at a node that is kept', ['b = d * 3', 'd.data = 1e16', 'c = a * b\nc.backward()'], 'a.grad', '15'],
  ['a number, before a leaf is large', ['y = a.data', 'a.data = 1e16'], 'y', '2'],
  ['a gradient as a number', ['b = a * 3\nb.backward()\ny = a.grad', 'zero', 'c = a * big\nc.backward()'], 'y', '3'],
  ['a gradient beside a network', ['s = N(1)\nb = a * 3 + s + big\nb.backward()'], 'a.grad', '3'],
  ['a gradient through a network', ['s = N(0)\nt = s * 0\nb = a * 4 + t\nb.backward()'], 'a.grad', '4'],
  ['a node beside a network', ['s = N(big)\nb = a * 3'], 'b', '6'],
  [
    'a node from a network, of which an input is large later',
    ['s = N(a)\nt = s * 0 + 1\nb = t + 0', 'a.data = 1e16'],
    'b',
    '1',
  ],
])('%s is off by a half, and is found', async (_, code, text, expected) => {
  const [name = '', field] = text.split('.');
  const wrong = off(
    name === 'y' ? 'a' : name,
    field === 'grad' || (name === 'y' && expected === '3') ? 'grad' : 'data',
  );
  expect(await holds(bundledEngine(), code, text, expected)).toBe(true);
  expect(await holds(wrong, code, text, expected)).toBe(false);
});

describe('what a number was made from', () => {
  it.each<[string, string[], string, string]>([
    ['a large addend', ['b = (a * 0.5 + big) - big'], 'b', '1.5'],
    ['a large factor', ['b = a * big - a * big + d'], 'b', '4.5'],
    ['a large gradient', ['b = a * big - a * big + a\nb.backward()'], 'a.grad', '1.5'],
    ['an input of a network', ['s = N(big)\nb = s - s + a'], 'b', '2.5'],
    [
      'a leaf that was large before the pass',
      ['d.data = 1e16', 'b = a * d - a * d + a', 'd.data = 5', 'b.backward()'],
      'a.grad',
      '1.5',
    ],
    ['a leaf that is large in the pass', ['b = a * d - a * d + a', 'd.data = 1e16', 'b.backward()'], 'a.grad', '1.5'],
  ])('may have lost its digits to %s, and then cannot be compared', async (_, code, text, expected) => {
    expect(await holds(bundledEngine(), code, text, expected)).toBe(false);
  });

  it.each<[string, string[], string, string, boolean]>([
    ['a large addend', ['e = Value(1e8)\nb = (a * 0.5 + e) - e'], 'b', '1.00000001', true],
    ['the same, off by more', ['e = Value(1e8)\nb = (a * 0.5 + e) - e'], 'b', '1.00005', false],
    ['a nudge that is lost', ['y = a.data', 'a.data += 1e-17', 'y = (a.data - y) / 1e-17'], 'y', '-1000', false],
    ['the same', ['y = a.data', 'a.data += 1e-17', 'y = (a.data - y) / 1e-17'], 'y', '14', false],
    ['a power that is taken off', ['b = exp(a * 300) - exp(a * 300)'], 'b', '1e100', false],
    ['a difference', ['b = a * 0.1 - a * 0.1'], 'b', '0', true],
  ])('allows for its own rounding, and for no more: %s', async (_, code, text, expected, isRight) => {
    expect(await holds(bundledEngine(), code, text, expected)).toBe(isRight);
  });

  it('allows for the rounding of what an engine is given, in single precision', async () => {
    const engine = bundledEngine();
    const single: Engine = {
      ...engine,
      description: { ...engine.description, precision: 'single' },
      execute: async (program) =>
        (await engine.execute(program)).map((reading) => ({ ...reading, data: Math.fround(reading.data) })),
    };
    const notebook = new Notebook(single);
    notebook.leaf('a', 0.1);
    await notebook.run('y = a.data - 0.1');
    const { number } = await notebook.quantity('y');
    expect(number?.value).not.toBe(0);
    expect(number !== null && is(number, numeral('0'), notebook.epsilon)).toBe(true);
    expect(number !== null && is(number, numeral('0.00001'), notebook.epsilon)).toBe(false);
  });
});
