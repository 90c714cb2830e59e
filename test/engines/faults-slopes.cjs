// @ts-nocheck
/*
 * Wrong engines: one operation hands on the wrong gradient, and its number is right. See base.cjs for the engine that
 * they are made from.
 */
const { list } = require('./base.cjs');

const { fault, faults, classes } = list('new');

/** Facts of a wrong gradient of `z`, which is the expression `line` of x, and of y if there is one. */
const slopes = (operation, kind, line, x, y) => ({
  kind,
  operation,
  direction: 'backward',
  program:
    y === undefined
      ? `x = Value(${x}); z = ${line}; z.backward(); x.grad`
      : `x = Value(${x}); y = Value(${y}); z = ${line}; z.backward(); x.grad; y.grad`,
});
/** A change of one operation's local derivatives. */
const slopesOf = (operation, change) => (_, rules) => {
  rules[operation].slopes = change;
};
// The wrong factor, sign, or operand.

fault(
  'mulSwapsShares',
  { ...slopes('mul', 'swapped shares', 'x * y', 3, 4), right: [4, 3], wrong: [3, 4] },
  slopesOf('mul', (x, y) => [x, y]),
);
fault(
  'divSecondSign',
  { ...slopes('div', 'sign', 'x / y', 3, 4), right: [0.25, -0.1875], wrong: [0.25, 0.1875] },
  slopesOf('div', (x, y) => [1 / y, x / (y * y)]),
);
fault(
  'divSecondUnsquared',
  { ...slopes('div', 'derivative', 'x / y', 3, 4), right: [0.25, -0.1875], wrong: [0.25, -0.75] },
  slopesOf('div', (x, y) => [1 / y, -x / y]),
);
fault(
  'divSecondCuts',
  { ...slopes('div', 'second operand', 'x / y', 3, 4), right: [0.25, -0.1875], wrong: [0.25, 0] },
  slopesOf('div', (_, y) => [1 / y, 0]),
);
fault(
  'mulSecondCuts',
  { ...slopes('mul', 'second operand', 'x * y', 3, 4), right: [4, 3], wrong: [4, 0] },
  slopesOf('mul', (_, y) => [y, 0]),
);
fault(
  'powForgetsFactor',
  { ...slopes('pow', 'derivative', 'x ** 3', 2), right: [12], wrong: [4] },
  slopesOf('power', (x, n) => [n === 0 ? 0 : x ** (n - 1), 0]),
);
fault(
  'powKeepsExponent',
  { ...slopes('pow', 'derivative', 'x ** 3', 2), right: [12], wrong: [24] },
  slopesOf('power', (x, n) => [n * x ** n, 0]),
);
fault(
  'powOfSquaresOnly',
  { ...slopes('pow', 'derivative', 'x ** 3', 2), right: [12], wrong: [4] },
  slopesOf('power', (x) => [2 * x, 0]),
);
fault(
  'powNodesLogOfExponent',
  { ...slopes('pow', 'derivative', 'x ** y', 2, 3), right: [12, 8 * Math.LN2], wrong: [12, 8 * Math.log(3)] },
  slopesOf('pow', (x, y, z) => [y === 0 ? 0 : y * x ** (y - 1), x === 0 ? 0 : z * Math.log(y)]),
);
fault(
  'powNodesLogTen',
  { ...slopes('pow', 'derivative', 'x ** y', 2, 3), right: [12, 8 * Math.LN2], wrong: [12, 8 * Math.log10(2)] },
  slopesOf('pow', (x, y, z) => [y === 0 ? 0 : y * x ** (y - 1), x === 0 ? 0 : z * Math.log10(x)]),
);
fault(
  'expPowerRule',
  { ...slopes('exp', 'derivative', 'exp(x)', 2), right: [Math.exp(2)], wrong: [2 * Math.E] },
  slopesOf('exp', (x) => [x * Math.exp(x - 1)]),
);
fault(
  'expOne',
  { ...slopes('exp', 'derivative', 'exp(x)', 1), right: [Math.E], wrong: [1] },
  slopesOf('exp', () => [1]),
);
fault(
  'sigmoidOfInput',
  { ...slopes('sigmoid', 'derivative', 'sigmoid(x)', 0), right: [0.25], wrong: [0] },
  slopesOf('sigmoid', (x) => [x * (1 - x)]),
);
fault(
  'sigmoidHalf',
  { ...slopes('sigmoid', 'derivative', 'sigmoid(x)', 0), right: [0.25], wrong: [0.5] },
  slopesOf('sigmoid', (_, z) => [z]),
);
fault(
  'sigmoidAsTanh',
  { ...slopes('sigmoid', 'derivative', 'sigmoid(x)', 0), right: [0.25], wrong: [0.75] },
  slopesOf('sigmoid', (_, z) => [1 - z * z]),
);
fault(
  'tanhOfInput',
  { ...slopes('tanh', 'derivative', 'tanh(x)', 2), right: [1 - Math.tanh(2) ** 2], wrong: [-3] },
  slopesOf('tanh', (x) => [1 - x * x]),
);
fault(
  'sinOfOutput',
  { ...slopes('sin', 'derivative', 'sin(x)', 1), right: [Math.cos(1)], wrong: [Math.cos(Math.sin(1))] },
  slopesOf('sin', (_, z) => [Math.cos(z)]),
);
fault(
  'cosSign',
  { ...slopes('cos', 'sign', 'cos(x)', 1), right: [-Math.sin(1)], wrong: [Math.sin(1)] },
  slopesOf('cos', (x) => [Math.sin(x)]),
);
fault(
  'sqrtForgetsHalf',
  { ...slopes('sqrt', 'derivative', 'sqrt(x)', 4), right: [0.25], wrong: [0.5] },
  slopesOf('sqrt', (_, z) => [1 / z]),
);
fault(
  'sqrtOfInput',
  { ...slopes('sqrt', 'derivative', 'sqrt(x)', 4), right: [0.25], wrong: [0.125] },
  slopesOf('sqrt', (x) => [0.5 / x]),
);
fault(
  'maxBoth',
  { ...slopes('max', 'second operand', 'max(x, y)', 3, 4), right: [0, 1], wrong: [1, 1] },
  slopesOf('max', () => [1, 1]),
);
fault(
  'maxFirst',
  { ...slopes('max', 'swapped shares', 'max(x, y)', 3, 4), right: [0, 1], wrong: [1, 0] },
  slopesOf('max', () => [1, 0]),
);
fault(
  'minAsMax',
  { ...slopes('min', 'swapped shares', 'min(x, y)', 3, 4), right: [1, 0], wrong: [0, 1] },
  slopesOf('min', (x, y) => (x > y ? [1, 0] : [0, 1])),
);

// Wrong in one region only.

fault(
  'absNegative',
  { ...slopes('abs', 'region', 'abs(x)', -3), right: [-1], wrong: [1] },
  slopesOf('abs', () => [1]),
);
fault(
  'tanhNegative',
  { ...slopes('tanh', 'region', 'tanh(x)', -1), right: [1 - Math.tanh(1) ** 2], wrong: [1 + Math.tanh(1) ** 2] },
  slopesOf('tanh', (_, z) => [1 - z * Math.abs(z)]),
);
fault(
  'divNegative',
  { ...slopes('div', 'region', 'x / y', 3, -4), right: [-0.25, -0.1875], wrong: [-0.25, 0.1875] },
  slopesOf('div', (x, y) => [1 / y, -x / (y * Math.abs(y))]),
);
fault(
  'powEvenNegative',
  { ...slopes('pow', 'region', 'x ** 2', -3), right: [-6], wrong: [6] },
  slopesOf('power', (x, n) => [n === 0 ? 0 : n * Math.abs(x ** (n - 1)), 0]),
);
fault(
  'powOddNegative',
  { ...slopes('pow', 'region', 'x ** 3', -2), right: [12], wrong: [-12] },
  slopesOf('power', (x, n) => [n === 0 ? 0 : n * x ** (n - 1) * (x < 0 && n % 2 !== 0 ? -1 : 1), 0]),
);
fault(
  'powFraction',
  { ...slopes('pow', 'region', 'x ** 0.5', 4), right: [0.25], wrong: [0.125] },
  slopesOf('power', (x, n) => [n === 0 ? 0 : n * x ** Math.floor(n - 1), 0]),
);
fault(
  'powNegativeExponent',
  { ...slopes('pow', 'region', 'x ** (-1)', 4), right: [-0.0625], wrong: [0.0625] },
  slopesOf('power', (x, n) => [n === 0 ? 0 : Math.abs(n) * x ** (n - 1), 0]),
);
fault(
  'logSmall',
  { ...slopes('log', 'region', 'log(x)', 0.25), right: [4], wrong: [1] },
  slopesOf('log', (x) => [Math.min(1 / x, 1)]),
);
fault(
  'sigmoidSaturatesEarly',
  { ...slopes('sigmoid', 'region', 'sigmoid(x)', 3), right: [0.045176659730912], wrong: [0] },
  slopesOf('sigmoid', (x, z) => [x > 2.5 ? 0 : z * (1 - z)]),
);
fault(
  'reluBelowOne',
  { ...slopes('relu', 'region', 'relu(x)', 0.5), right: [1], wrong: [0] },
  slopesOf('relu', (x) => [x > 1 ? 1 : 0]),
);
fault(
  'reluSlopeLeaks',
  { ...slopes('relu', 'region', 'relu(x)', -2), right: [0], wrong: [0.01] },
  slopesOf('relu', (x) => [x > 0 ? 1 : 0.01]),
);
fault(
  'divSquareOverflows',
  {
    level: 'edge',
    ...slopes('div', 'overflow', 'x / y', '1e300', '1e200'),
    right: [1e-200, -1e-100],
    wrong: [1e-200, 0],
  },
  slopesOf('div', (x, y) => [1 / y, -x / (y * y)]),
);

module.exports = { faults, ...classes };
