// @ts-nocheck
/*
 * A right engine in the form of the protocol: execute(program). Nodes are places on a tape, which a reset clears.
 */

/** Of each operation: its number, and its local derivatives, from the operands and the number. */
const RULES = {
  add: [(x, y) => x + y, () => [1, 1]],
  sub: [(x, y) => x - y, () => [1, -1]],
  mul: [(x, y) => x * y, (x, y) => [y, x]],
  div: [(x, y) => x / y, (_, y, z) => [1 / y, -z / y]],
  pow: [(x, y) => x ** y, (x, y, z) => [y === 0 ? 0 : y * x ** (y - 1), x === 0 && y > 0 ? 0 : z * Math.log(x)]],
  neg: [(x) => -x, () => [-1]],
  exp: [(x) => Math.exp(x), (_, z) => [z]],
  log: [(x) => Math.log(x), (x) => [1 / x]],
  tanh: [(x) => Math.tanh(x), (_, z) => [1 - z * z]],
  relu: [(x) => Math.max(0, x), (x) => [x > 0 ? 1 : 0]],
};

let tape = [];
let places = new Map();

function record(operation, data, operands) {
  tape.push({ operation, data, grad: 0, operands, reached: false });
  return tape.length - 1;
}

function place(operand) {
  if (typeof operand === 'number') return record('leaf', operand, []);
  if (!places.has(operand)) throw new Error(`unknown node '${operand}'`);
  return places.get(operand);
}

const entry = (name) => tape[place(name)];

/** Gives a share of the gradient to a place, which begins at zero in each pass if it is no leaf. */
function give(index, share) {
  const each = tape[index];
  if (!each.reached && each.operands.length > 0) each.grad = 0;
  each.reached = true;
  each.grad += share;
}

function backward(root) {
  for (const each of tape) each.reached = false;
  give(root, 1);
  for (let index = root; index >= 0; index -= 1) {
    const { operation, data, grad, operands, reached } = tape[index];
    if (!reached || operands.length === 0) continue;
    const slopes = RULES[operation][1](...operands.map((x) => tape[x].data), data);
    for (const [i, operand] of operands.entries()) give(operand, slopes[i] * grad);
  }
}

/** Carries out a program, and gives what it reads. */
exports.execute = (program) => {
  const readings = [];
  for (const instruction of program) {
    const { do: what, to, of, data } = instruction;
    if (what === 'describe') {
      readings.push({
        engine: 'a tape',
        protocol: 1,
        operations: [...Object.keys(RULES), 'pow-of-nodes'],
        repeatedBackward: 'accumulate',
      });
    } else if (what === 'reset') {
      tape = [];
      places = new Map();
    } else if (what === 'leaf') places.set(to, record('leaf', data, []));
    else if (what === 'backward') backward(place(of));
    else if (what === 'setData') entry(of).data = data;
    else if (what === 'zeroGrad') for (const name of of) entry(name).grad = 0;
    else if (what === 'read') for (const name of of) readings.push({ data: entry(name).data, grad: entry(name).grad });
    else if (what in RULES) {
      const operands = of.map(place);
      places.set(to, record(what, RULES[what][0](...operands.map((x) => tape[x].data)), operands));
    } else throw new Error(`${what}: no such instruction`);
  }
  return readings;
};
