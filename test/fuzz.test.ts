import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundledEngine } from '../src/engines/bundled';
import { EngineFailure, SpecError } from '../src/errors';
import { parse } from '../src/notebook/notation';
import { Notebook } from '../src/notebook/notebook';
import { numeral } from '../src/notebook/numbers';
import { readDescription } from '../src/protocol/description';
import type { Instruction } from '../src/protocol/program';
import { decodeReadings, namesRead } from '../src/protocol/readings';
import { readReply } from '../src/protocol/reply';
import { within } from './stage/within';

/** How many inputs each reader is given: `npm run fuzz` gives a million. */
const INPUTS = Number(process.env.FUZZ ?? 10_000);
/** All inputs together take a small part of this, in seconds, however busy the machine is. */
const HANG = 60 + INPUTS / 500;
/** Another seed in each run; a failure prints it. */
const options = { numRuns: INPUTS, seed: Number(process.env.SEED ?? Date.now() % 2 ** 31) };

const POISON = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'globalThis', 'process', 'this'];

const CODE = [
  ...['a', 'b', 'x1', '2', '-3', '0.5', '1e400', '1e-400', '0x1f', '1_000', '08', '.', '..', '...', 'data', 'grad'],
  ...[' ', '\n', '\r', '\t', ';', ',', '=', '+=', '-=', '*=', '**=', '??=', '+', '-', '*', '/', '**', '%', '@', '!'],
  ...['(', ')', '[', ']', '{', '}', '<', '>', '=>', '?', '?.', ':', '#', '//', '/*', '*/', '"', "'", '`', '`${', '\\'],
  ...['tanh', 'exp(', '.tanh()', '.backward()', '.data', '.grad', 'Value(', 'N(', 'relu', 'log', '/(a+)+$/', '"""'],
  ...['import(', 'require(', 'eval(', 'new ', 'await ', 'yield ', 'async ', 'class ', 'function*', 'var ', 'let '],
  ...[
    'for(;;)',
    'while(1)',
    'throw ',
    'delete ',
    'with(a)',
    'debugger',
    '<!--',
    '-->',
    '\u2028',
    '\0',
    '\ufeff',
    '∂',
    '💥',
  ],
  ...['process.exit(0)', 'globalThis.hacked = 1', '\ud800', ...POISON],
];
const CELLS = [
  'e = a * b\nd = e + c\nL = d * f',
  'a.data += 0.01 * a.grad\nL.backward()',
  'y = (exp(2 * x) - 1) / (exp(2 * x) + 1)\nz = tanh(y).relu() ** -0.5',
  'd.grad = f.data * L.grad  # by hand',
  'x = Value(3)\ny = 3*x**2 - 4*x + 5',
];
const REPLIES = [
  '{"id":1,"readings":[{"data":2,"grad":-3},{"data":"NaN","grad":null}]}',
  '{"id":1,"error":{"at":2,"message":"mul: unknown node \'b\'"}}',
  '{"id":1,"readings":[{"engine":"e","protocol":1,"precision":"double","operations":["add"]}]}',
];
const JSON_PARTS = [
  ...['{', '}', '[', ']', ',', ':', '"', 'null', 'true', '1', '-0', '1e999', '"NaN"', '"-0"', ' ', '\\u0000', '\\'],
  ...['"id":1', '"readings":', '"error":', '"data":', '"grad":', '"at":', '"message":', '"engine":', '"protocol":1'],
  ...POISON.map((name) => `"${name}":`),
];

/** Random text: parts in any order, whole texts with changes, and anything at all. */
function texts(parts: readonly string[], wholes: readonly string[]): fc.Arbitrary<string> {
  const soup = fc.array(fc.constantFrom(...parts), { maxLength: 30 }).map((words) => words.join(''));
  const changed = fc
    .tuple(fc.constantFrom(...wholes), fc.nat(60), fc.nat(12), soup)
    .map(([whole, from, count, insert]) => whole.slice(0, from) + insert.slice(0, 20) + whole.slice(from + count));
  const repeated = fc
    .tuple(fc.constantFrom(...parts), fc.nat(200), soup)
    .map(([part, times, end]) => part.repeat(times) + end);
  return fc.oneof(soup, changed, repeated, fc.string({ unit: 'binary', maxLength: 50 }));
}

/** Runs something that may refuse its input, but only in words meant for its users. */
function refusesClearly(run: () => void, words: new (message: string) => Error): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof words)) throw error;
    expect(error.message).toMatch(/\S/);
  }
}

describe(`${INPUTS} random inputs neither crash nor hang`, () => {
  const untouched = () => [
    ...[Object.prototype, Array.prototype].map((thing) => Object.entries(Object.getOwnPropertyDescriptors(thing))),
    Object.keys(globalThis),
  ];
  const before = untouched();

  it('the notation', async () => {
    await within(HANG, () =>
      fc.assert(
        fc.property(texts(CODE, CELLS), (text) => refusesClearly(() => parse(text), SpecError)),
        options,
      ),
    );
    expect(untouched()).toEqual(before);
  }, 3_600_000);

  it('the notebook that runs it', async () => {
    const engine = bundledEngine();
    let ran = 0;
    const property = fc.asyncProperty(texts(CODE, CELLS), async (text) => {
      const notebook = new Notebook(engine);
      for (const name of ['a', 'b', 'c', 'f', 'x', '__proto__', 'constructor']) notebook.leaf(name, 2);
      try {
        await within(HANG, () => notebook.run(text));
        await notebook.graph(30);
        ran += 1;
      } catch (error) {
        if (!(error instanceof SpecError)) throw error;
      }
    });
    await fc.assert(property, { ...options, numRuns: Math.ceil(INPUTS / 10) });
    expect(ran).toBeGreaterThan(0);
    expect(untouched()).toEqual(before);
  }, 3_600_000);

  it('the numbers of a feature file', async () => {
    const digits = [...'0123456789', '.', '-', '−', '+', 'e', 'E', 'Infinity', 'NaN', ' ', ',', '_', '٣'];
    await within(HANG, () =>
      fc.assert(
        fc.property(texts(digits, ['-7.286496', '1e-6']), (text) =>
          refusesClearly(() => numeral(text, 'x'), SpecError),
        ),
        options,
      ),
    );
  }, 3_600_000);

  it('the reader of replies', async () => {
    const json = fc.json({ maxDepth: 4 }).map((value) => `{"id":1,"readings":[${value}],"error":null}`);
    const lines = fc.oneof(texts(JSON_PARTS, REPLIES), json, fc.json());
    const names = fc.array(fc.constantFrom('a', ...POISON), { maxLength: 3 });
    await within(HANG, () =>
      fc.assert(
        fc.property(lines, names, (line, of) => {
          const program: Instruction[] = [{ do: 'read', of }];
          refusesClearly(() => {
            const reply = readReply(line, 1);
            if ('error' in reply) throw new EngineFailure(reply.error || 'no words');
            const readings = decodeReadings(reply.readings, namesRead(program));
            for (const { data, grad } of readings)
              expect([typeof data, typeof (grad ?? 0)]).toEqual(['number', 'number']);
          }, EngineFailure);
          refusesClearly(() => {
            const reply = readReply(line, 1);
            const said = 'readings' in reply && Array.isArray(reply.readings) ? reply.readings[0] : undefined;
            expect(readDescription(said, 'the engine').engine).toMatch(/^[^\n]+$/);
          }, EngineFailure);
        }),
        options,
      ),
    );
    expect(untouched()).toEqual(before);
  }, 3_600_000);
});
