// @ts-nocheck
/*
 * A sound engine in a process, behind an adapter that is right in all but one thing, which its argument names.
 */
const { createInterface } = require('node:readline');
const { Closures } = require('./engines.cjs');

const [fault = 'none'] = process.argv.slice(2);
const is = (name) => fault === name;

/** A dictionary that is a plain object, and so knows `constructor` and its like. */
class PlainObject {
  names = {};
  has = (name) => name in this.names;
  get = (name) => this.names[name];
  set = (name, node) => {
    this.names[name] = node;
  };
  clear = () => {
    this.names = {};
  };
}

const nodes = is('plainObject') ? new PlainObject() : new Map();
const programs = new Map();
const OPERATIONS = ['add', 'sub', 'mul', 'div', 'pow', 'neg', 'exp', 'log', 'tanh', 'relu'];

function read(text) {
  const x = Number(text);
  if (is('singles')) return Math.fround(x);
  return is('sixDigits') ? Number(x.toPrecision(6)) : x;
}

function write(x) {
  if (is('nanIsNull')) return x; // which JSON.stringify makes null
  if (Object.is(x, -0)) return is('losesMinusZero') ? 0 : '-0';
  return Number.isFinite(x) ? x : String(x);
}

function nodeOf(name) {
  if (nodes.has(name)) return nodes.get(name);
  if (is('unknownIsZero')) return new Closures(0);
  throw new Error(`unknown node '${name}'`);
}

function operand(x) {
  if (typeof x === 'number') return x;
  return nodes.has(x) || Number.isNaN(Number(x)) ? nodeOf(x) : Number(x);
}

function setData(name, data) {
  if (is('setDataReplaces')) {
    nodeOf(name);
    nodes.set(name, new Closures(data));
  } else nodeOf(name).data = data;
}

function zeroGrad(name) {
  nodeOf(name).grad = 0;
  if (is('zeroesData')) nodeOf(name).data = 0;
}

const DO = {
  describe: () => [{ engine: fault, protocol: 1, operations: OPERATIONS, repeatedBackward: 'accumulate', again: true }],
  reset: () => is('forgetsNothing') || nodes.clear(),
  leaf: ({ to, data }) => nodes.set(to, new Closures(read(data))),
  backward: ({ of }) => nodeOf(of).backward(),
  setData: ({ of, data }) => setData(of, read(data)),
  zeroGrad: ({ of }) => of.forEach(zeroGrad),
  read: ({ of }) =>
    (is('readsSorted') ? [...of].sort() : of).map((name) => {
      const { data, grad } = nodeOf(name);
      return { data: write(data), grad: write(grad) };
    }),
};

function carryOut(instruction) {
  const { do: what, to, of } = instruction;
  if (Object.hasOwn(DO, what)) return DO[what](instruction);
  const [x, ...others] = (is('swaps') ? [...of].reverse() : of).map(operand);
  const name = is('tanhForExp') && what === 'exp' ? 'tanh' : what;
  nodes.set(to, (typeof x === 'number' ? new Closures(x) : x)[name](...others));
  return [];
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, keep, again, program = programs.get(again) } = JSON.parse(line);
  if (keep && !(is('keepsTheFirst') && programs.has(keep))) programs.set(keep, program);
  let at = 0;
  let reply;
  try {
    const readings = [];
    for (; at < program.length; at++) {
      const said = carryOut(program[at]);
      if (Array.isArray(said)) readings.push(...said);
    }
    reply = { id, readings: is('nullForNothing') && readings.length === 0 ? null : readings };
  } catch (error) {
    reply = { id, error: { at, message: error.message } };
  }
  process.stdout.write(`${JSON.stringify(reply)}\n`);
});
