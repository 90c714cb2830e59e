// @ts-nocheck
/*
 * An engine in a process, right in all but one thing, which its argument names, and which shows in chapter 6: whatever
 * it is asked after a leaf x1 was made goes wrong.
 */
const { createInterface } = require('node:readline');
const { spawn } = require('node:child_process');
const { appendFileSync } = require('node:fs');
const { Closures } = require('./engines.cjs');

const [mode = ''] = process.argv.slice(2);
const nodes = new Map();
const programs = new Map();
const record = (pid) => process.env.PIDS && appendFileSync(process.env.PIDS, `${pid}\n`);
record(process.pid);
/** Leaves word that it hangs, for whoever waits for that. */
const hang = () => process.env.HANGS && appendFileSync(process.env.HANGS, 'now\n');

function carryOut({ do: what, to, of, data }) {
  const operand = (x) => (nodes.has(x) ? nodes.get(x) : Number(x));
  if (what === 'describe') {
    const operations = ['add', 'sub', 'mul', 'div', 'pow', 'neg', 'exp', 'log', 'tanh', 'relu'];
    return [
      mode === 'describesNothing'
        ? {}
        : { engine: mode, protocol: 1, operations, repeatedBackward: 'accumulate', again: mode === 'remembers' },
    ];
  }
  if (what === 'reset') mode === 'forgetsNothing' || nodes.clear();
  else if (what === 'leaf') nodes.set(to, new Closures(Number(data)));
  else if (what === 'backward') nodes.get(of).backward();
  else if (what === 'setData') nodes.get(of).data = Number(data);
  else if (what === 'zeroGrad') for (const name of of) nodes.get(name).grad = 0;
  else if (what === 'read')
    return of.map((name) => ({ data: text(nodes.get(name).data), grad: text(nodes.get(name).grad) }));
  else {
    const [x, ...others] = of.map(operand);
    nodes.set(to, (typeof x === 'number' ? new Closures(x) : x)[what](...others));
  }
  return [];
}

function text(x) {
  return Number.isFinite(x) ? x : String(x);
}

const say = (reply) => process.stdout.write(`${JSON.stringify(reply)}\n`);

const FAULTS = {
  crashes: () => {
    process.stderr.write('something broke in line 42\n');
    process.exit(3);
  },
  hangs: hang,
  strayLine: () => process.stdout.write('debug: here I am\n'),
  halfALine: () => {
    process.stdout.write('{"id": 1, "readi');
    setTimeout(() => process.exit(0), 50);
  },
  wrongId: (id, readings) => say({ id: id + 7, readings }),
  tooFew: (id, readings) => say({ id, readings: readings.slice(1) }),
  nullForNothing: (id, readings) => say({ id, readings: readings.length > 0 ? readings : null }),
  badJson: () => process.stdout.write('{"id": 1, "readings": [}\n'),
  textForNumber: (id, readings) => say({ id, readings: readings.map(() => ({ data: '2', grad: 0 })) }),
  tenMegabytes: () => process.stdout.write('x'.repeat(10 * 2 ** 20)),
  tenMegabytesInALine: () => process.stdout.write(`${'x'.repeat(10 * 2 ** 20)}\n`),
  error: (id) => say({ id, error: { at: 1, message: 'out of cheese' } }),
  answersTwice: (id, readings) => {
    say({ id, readings });
    say({ id, readings });
  },
  refusesToDie: () => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => {});
    setInterval(() => {}, 1000);
    record(spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' }).pid);
    hang();
  },
  floods: (_id, readings) => {
    process.stderr.write(`${'noise '.repeat(200_000)}\nthe last words\n`, () => say({ id: -1, readings }));
  },
};

if (mode === 'exitsAtOnce') process.exit(4);
if (mode === 'neverAnswers') setInterval(() => {}, 1000);
else {
  createInterface({ input: process.stdin }).on('line', (line) => {
    const { id, keep, again, program = programs.get(again) } = JSON.parse(line);
    if (keep) programs.set(keep, program);
    const readings = program.flatMap(carryOut);
    if (mode === 'hangsBackward' && program.some((each) => each.do === 'backward')) return hang();
    if (nodes.has('x1') && FAULTS[mode]) FAULTS[mode](id, readings);
    else say({ id, readings });
  });
}
