// @ts-nocheck
/*
 * Wrong engines: what published engines got wrong in the rules of single operations. See base.cjs for the engine that
 * they are made from.
 */
const { BINARY, list } = require('./base.cjs');

const { fault, faults, classes } = list('known');

/** Of each operation: where its gradient shows, and what it is there. */
const GRADIENTS = {
  add: ['x + y', 3, 4, 1, 1],
  sub: ['x - y', 3, 4, 1, -1],
  mul: ['x * y', 3, 4, 4, 3],
  div: ['x / y', 3, 4, 0.25, -0.1875],
  pow: ['x ** 3 + y', 2, 4, 12, 1],
  max: ['max(x, y)', 3, 4, 0, 1],
  min: ['min(x, y)', 3, 4, 1, 0],
  neg: ['-x', 3, 4, -1, 0],
  exp: ['exp(x)', 1, 4, Math.E, 0],
  log: ['log(x)', 2, 4, 0.5, 0],
  tanh: ['tanh(x)', 0.5, 4, 0.7864477329659274, 0],
  relu: ['relu(x)', 2.5, 4, 1, 0],
  sigmoid: ['sigmoid(x)', 0, 4, 0.25, 0],
  sqrt: ['sqrt(x)', 4, 4, 0.25, 0],
  abs: ['abs(x)', -3, 4, -1, 0],
  sin: ['sin(x)', 0, 4, 1, 0],
  cos: ['cos(x)', 1, 4, -0.8414709848078965, 0],
};
for (const [operation, [line, x, y, dx, dy]] of Object.entries(GRADIENTS)) {
  const reads = BINARY.includes(operation) ? 'x.grad; y.grad' : 'x.grad';
  fault(
    `${operation}NoRule`,
    {
      kind: 'no rule',
      operation,
      direction: 'backward',
      program: `x = Value(${x}); y = Value(${y}); z = ${line}; z.backward(); ${reads}`,
      right: BINARY.includes(operation) ? [dx, dy] : [dx],
      wrong: operation === 'pow' ? [0, 1] : BINARY.includes(operation) ? [0, 0] : [0],
    },
    (_, rules) => {
      rules[operation].slopes = () => [0, 0];
      if (operation === 'pow') rules.power.slopes = () => [0, 0];
    },
  );
}

fault(
  'powerSkipsZero',
  {
    kind: 'skipped at zero',
    operation: 'pow',
    direction: 'backward',
    program: 'x = Value(0); z = x ** 1; z.backward(); x.grad',
    right: [1],
    wrong: [0],
  },
  (_, rules) => {
    rules.power.slopes = (x, n) => [x === 0 || n === 0 ? 0 : n * x ** (n - 1), 0];
  },
);

fault(
  'nodeExponent',
  {
    kind: 'no rule',
    operation: 'pow',
    direction: 'backward',
    program: 'x = Value(2); y = Value(3); z = x ** y; z.backward(); x.grad; y.grad',
    right: [12, 8 * Math.LN2],
    wrong: [12, 0],
  },
  (_, rules) => {
    rules.pow.slopes = (x, y) => [y === 0 ? 0 : y * x ** (y - 1), 0];
  },
);

fault(
  'zerothPower',
  {
    level: 'edge',
    kind: '0 ** 0',
    operation: 'pow',
    direction: 'backward',
    program: 'x = Value(0); z = x ** 0; z.backward(); z.data; x.grad',
    right: [1, 0],
    wrong: [1, Number.NaN],
  },
  (_, rules) => {
    rules.power.slopes = (x, n) => [n * x ** (n - 1), 0];
  },
);

fault(
  'zerothPowerThrows',
  {
    level: 'edge',
    kind: '0 ** 0',
    operation: 'pow',
    direction: 'forward',
    program: 'x = Value(0); z = x ** 0; z.data',
    right: [1],
    wrong: 'error',
  },
  (_, rules) => {
    rules.power.value = (x, n) => {
      if (x === 0 && n <= 0) throw new RangeError('0 cannot be raised to such a power');
      return x ** n;
    };
  },
);

fault(
  'tanhOverflows',
  {
    level: 'edge',
    kind: 'overflow',
    operation: 'tanh',
    direction: 'forward',
    program: 'x = Value(400); z = tanh(x); z.backward(); z.data; x.grad',
    right: [1, 0],
    wrong: [Number.NaN, Number.NaN],
  },
  (_, rules) => {
    rules.tanh.value = (x) => (Math.exp(2 * x) - 1) / (Math.exp(2 * x) + 1);
  },
);

fault(
  'tanhWrong',
  {
    kind: 'derivative',
    operation: 'tanh',
    direction: 'backward',
    program: 'x = Value(0.5); z = tanh(x); z.backward(); x.grad',
    right: [0.7864477329659274],
    wrong: [1 - Math.tanh(0.5)],
  },
  (_, rules) => {
    rules.tanh.slopes = (_x, z) => [1 - z];
  },
);

fault(
  'reluOutput',
  {
    kind: 'derivative',
    operation: 'relu',
    direction: 'backward',
    program: 'x = Value(2.5); z = relu(x); z.backward(); x.grad',
    right: [1],
    wrong: [2.5],
  },
  (_, rules) => {
    rules.relu.slopes = (_x, z) => [z];
  },
);

fault(
  'logOutput',
  {
    kind: 'derivative',
    operation: 'log',
    direction: 'backward',
    program: 'x = Value(2); z = log(x); z.backward(); x.grad',
    right: [0.5],
    wrong: [Math.LN2],
  },
  (_, rules) => {
    rules.log.slopes = (_x, z) => [z];
  },
);

module.exports = { faults, ...classes };
