// @ts-nocheck
/*
 * Wrong engines: an operation gives the wrong number, or takes its operands for something else. See base.cjs for the
 * engine that they are made from.
 */
const { BINARY, list } = require('./base.cjs');

const { fault, faults, classes } = list('new');

/** Facts of a wrong number of `z`, which is the expression `line` of x. */
const shows = (operation, kind, line, x) => ({
  kind,
  operation,
  direction: 'forward',
  program: `x = Value(${x}); z = ${line}; z.data`,
});
/** A change of one operation's numbers. */
const numberOf = (operation, value) => (_, rules) => {
  rules[operation].value = value;
};

// Precision.

/** A change of all numbers of all operations. */
const everyValue = (change) => (_, rules) => {
  for (const rule of Object.values(rules)) {
    const { value } = rule;
    rule.value = (...operands) => change(value(...operands));
  }
};

fault(
  'singleInSecret',
  { ...shows(undefined, 'precision', 'x / 3', 1), right: [1 / 3], wrong: [Math.fround(1 / 3)] },
  everyValue(Math.fround),
);
fault(
  'sixDigits',
  { ...shows(undefined, 'precision', 'x / 3', 1), right: [1 / 3], wrong: [0.333333] },
  everyValue((z) => (Number.isFinite(z) ? Number(z.toFixed(6)) : z)),
);
fault(
  'singleGradients',
  {
    kind: 'precision',
    direction: 'backward',
    program: 'x = Value(1); z = x / 3; z.backward(); x.grad',
    right: [1 / 3],
    wrong: [Math.fround(1 / 3)],
  },
  (Value) => {
    Value.prototype.give = function (share) {
      this.grad = Math.fround(this.grad + share);
    };
  },
);
fault(
  'clipsGradients',
  {
    kind: 'clamped',
    direction: 'backward',
    program: 'x = Value(2); z = x * 250; z.backward(); x.grad',
    right: [250],
    wrong: [100],
  },
  (Value) => {
    Value.prototype.give = function (share) {
      this.grad = Math.max(-100, Math.min(100, this.grad + share));
    };
  },
);
fault(
  'clampsData',
  { ...shows(undefined, 'clamped', 'x * 50', 30), right: [1500], wrong: [1000] },
  everyValue((z) => Math.max(-1000, Math.min(1000, z))),
);
fault(
  'tinyIsZero',
  { ...shows(undefined, 'clamped', 'x * 0.0001', 0.001), right: [1e-7], wrong: [0] },
  everyValue((z) => (Math.abs(z) < 1e-6 ? 0 : z)),
);

// One operation's number.

fault(
  'divWhole',
  { ...shows('div', 'whole numbers', 'x / 4', 7), right: [1.75], wrong: [1] },
  numberOf('div', (x, y) => (Number.isInteger(x) && Number.isInteger(y) && y !== 0 ? Math.trunc(x / y) : x / y)),
);
fault(
  'powWhole',
  { ...shows('pow', 'whole numbers', 'x ** 1.5', 4), right: [8], wrong: [4] },
  numberOf('power', (x, n) => x ** Math.trunc(n)),
);
fault(
  'logTen',
  { ...shows('log', 'another function', 'log(x)', 100), right: [Math.log(100)], wrong: [2] },
  (_, rules) => {
    // The slope is right for this logarithm: a difference of the engine's own numbers finds nothing.
    rules.log = { value: Math.log10, slopes: (x) => [1 / (x * Math.LN10)] };
  },
);
fault(
  'logOfOneMore',
  { ...shows('log', 'another function', 'log(x)', 1), right: [0], wrong: [Math.LN2] },
  (_, rules) => {
    rules.log = { value: Math.log1p, slopes: (x) => [1 / (1 + x)] };
  },
);
fault(
  'expLessOne',
  { ...shows('exp', 'another function', 'exp(x)', 1), right: [Math.E], wrong: [Math.expm1(1)] },
  (_, rules) => {
    rules.exp = { value: Math.expm1, slopes: (x) => [Math.exp(x)] };
  },
);
fault(
  'expOfTwo',
  { ...shows('exp', 'another function', 'exp(x)', 3), right: [Math.exp(3)], wrong: [8] },
  (_, rules) => {
    rules.exp = { value: (x) => 2 ** x, slopes: (_x, z) => [z * Math.LN2] };
  },
);
fault(
  'sinOfDegrees',
  { ...shows('sin', 'another function', 'sin(x)', 1), right: [Math.sin(1)], wrong: [Math.sin(Math.PI / 180)] },
  (_, rules) => {
    const unit = Math.PI / 180;
    rules.sin = { value: (x) => Math.sin(x * unit), slopes: (x) => [Math.cos(x * unit) * unit] };
  },
);
fault(
  'tanhOfHalf',
  { ...shows('tanh', 'another function', 'tanh(x)', 1), right: [Math.tanh(1)], wrong: [Math.tanh(0.5)] },
  (_, rules) => {
    // (eˣ - 1)/(eˣ + 1): the 2 in the exponents is missing.
    rules.tanh = { value: (x) => Math.tanh(x / 2), slopes: (_x, z) => [(1 - z * z) / 2] };
  },
);
fault(
  'reluSix',
  { ...shows('relu', 'another function', 'relu(x)', 8), right: [8], wrong: [6] },
  numberOf('relu', (x) => Math.min(Math.max(x, 0), 6)),
);
fault('reluLeaks', { ...shows('relu', 'another function', 'relu(x)', -2), right: [0], wrong: [-0.02] }, (_, rules) => {
  rules.relu = { value: (x) => (x > 0 ? x : 0.01 * x), slopes: (x) => [x > 0 ? 1 : 0.01] };
});
fault('absFlips', { ...shows('abs', 'sign', 'abs(x)', 3), right: [3], wrong: [-3] }, (_, rules) => {
  rules.abs = { value: (x) => -x, slopes: () => [-1] };
});
fault('minIsMax', { ...shows('min', 'another function', 'min(x, 5)', 3), right: [3], wrong: [5] }, (_, rules) => {
  rules.min = { ...rules.max };
});
fault('maxOfSizes', { ...shows('max', 'region', 'max(x, 2)', -3), right: [2], wrong: [-3] }, (_, rules) => {
  rules.max = {
    value: (x, y) => (Math.abs(x) > Math.abs(y) ? x : y),
    slopes: (x, y) => (Math.abs(x) > Math.abs(y) ? [1, 0] : [0, 1]),
  };
});

// Series and shortcuts that hold near 0 only.

/** The sum of the first terms of eˣ. */
const series = (x) => {
  let [term, sum] = [1, 1];
  for (let n = 1; n <= 20; n += 1) {
    term *= x / n;
    sum += term;
  }
  return sum;
};
fault(
  'expSeries',
  { ...shows('exp', 'region', 'exp(x)', -10), right: [4.5399929762484854e-5], wrong: [series(-10)] },
  numberOf('exp', series),
);
fault(
  'tanhIsStraight',
  { ...shows('tanh', 'region', 'tanh(x)', 0.05), right: [0.04995837495787998], wrong: [0.05] },
  numberOf('tanh', (x) => (Math.abs(x) < 0.1 ? x : Math.tanh(x))),
);
fault(
  'sigmoidIsStraight',
  { ...shows('sigmoid', 'region', 'sigmoid(x)', 1), right: [0.7310585786300049], wrong: [0.7] },
  numberOf('sigmoid', (x) => Math.max(0, Math.min(1, 0.2 * x + 0.5))),
);
fault(
  'sinWraps',
  { ...shows('sin', 'region', 'sin(x)', 4), right: [Math.sin(4)], wrong: [Math.sin(4 - Math.PI)] },
  (_, rules) => {
    rules.sin = { value: (x) => Math.sin(x % Math.PI), slopes: (x) => [Math.cos(x % Math.PI)] };
  },
);
fault(
  'sqrtTooFewSteps',
  { ...shows('sqrt', 'region', 'sqrt(x)', 1e6), right: [1000], wrong: [1296.1915927068785] },
  numberOf('sqrt', (x) => {
    if (!(x > 0)) return Math.sqrt(x);
    let root = x;
    for (let step = 0; step < 10; step += 1) root = (root + x / root) / 2;
    return root;
  }),
);

// Plain numbers.

/** A change of what an operation makes of its second operand. */
const second = (operations, change) => (Value) => {
  const apply = Value.apply;
  Value.apply = (operation, ...given) => {
    if (operations.includes(operation)) given[1] = change(given[1]);
    return apply(operation, ...given);
  };
};
fault(
  'zeroIsMissing',
  { ...shows('mul', 'numbers only', 'x * 0', 3), right: [0], wrong: [3] },
  second(['mul'], (y) => y || 1),
);
fault(
  'zerothPowerIsMissing',
  { ...shows('pow', 'numbers only', 'x ** 0', 3), right: [1], wrong: [9] },
  second(['pow'], (n) => n || 2),
);
fault(
  'numbersAreWhole',
  { ...shows(undefined, 'numbers only', 'x + 0.5', 3), right: [3.5], wrong: [3] },
  second(BINARY, (y) => (typeof y === 'number' ? Math.trunc(y) : y)),
);
fault(
  'numbersAreNotNegative',
  { ...shows(undefined, 'numbers only', 'x + (-2)', 3), right: [1], wrong: [5] },
  second(BINARY, (y) => (typeof y === 'number' ? Math.abs(y) : y)),
);

module.exports = { faults, ...classes };
