// @ts-nocheck
/*
 * Wrong engines: kinds of faults at large, small and impossible arguments that public bug reports of other engines tell
 * of, and more of each kind. See base.cjs for the engine that they are made from.
 */
const { list } = require('./base.cjs');

const { fault, faults, classes } = list('kinds');

const clamp = (x, low, high) => Math.min(Math.max(x, low), high);
/** A change of the numbers of one operation; the slopes are worked out from the number that comes. */
const numberOf = (operation, value) => (_, rules) => {
  rules[operation].value = value;
};

// A power of two nodes at 0.

const POWER_AT_ZERO = {
  level: 'edge',
  kind: 'a power of nodes at 0',
  operation: 'pow',
  direction: 'backward',
  program: 'a = Value(0); b = Value(2); y = a ** b; y.backward(); y.data; a.grad; b.grad',
  right: [0, 0, 0],
};

fault('powNodesAtZero', { ...POWER_AT_ZERO, wrong: [0, Number.NaN, Number.NaN] }, (_, rules) => {
  rules.pow.slopes = (x, y, z) => [(z * y) / x, z * Math.log(x)];
});

fault('powNodesAtZeroExponent', { ...POWER_AT_ZERO, level: 'edge', wrong: [0, 0, Number.NaN] }, (_, rules) => {
  rules.pow.slopes = (x, y, z) => [y === 0 ? 0 : y * x ** (y - 1), z * Math.log(x)];
});

fault('powNodesAtZeroInfinite', { ...POWER_AT_ZERO, level: 'edge', wrong: [0, 0, -Infinity] }, (_, rules) => {
  rules.pow.slopes = (x, y, z) => [y === 0 ? 0 : y * x ** (y - 1), (z || 1) * Math.log(x)];
});

fault('powNodesAtZeroOne', { ...POWER_AT_ZERO, direction: 'forward', wrong: [1, 0, 0] }, (_, rules) => {
  rules.pow.value = (x, y) => (x === 0 || y === 0 ? 1 : x ** y);
});

fault('powNodesAtZeroThrows', { ...POWER_AT_ZERO, direction: 'forward', wrong: 'error' }, (_, rules) => {
  rules.pow.value = (x, y) => {
    if (x === 0) throw new RangeError('no logarithm of the base');
    return x ** y;
  };
});

// Arguments clamped.

const CLAMPED = { kind: 'arguments clamped', direction: 'forward' };
/** Shows one operation at one number. */
const at = (operation, x) => ({ operation, program: `x = Value(${x}); z = ${operation}(x); z.data` });

fault(
  'expClamps',
  { ...CLAMPED, level: 'edge', ...at('exp', 100), right: [2.6881171418161356e43], wrong: [3.4e38] },
  numberOf('exp', (x) => Math.exp(clamp(x, -88.72, Math.log(3.4e38)))),
);
fault(
  'expClampsEarly',
  { ...CLAMPED, ...at('exp', 30), right: [10686474581524.463], wrong: [485165195.4097903] },
  numberOf('exp', (x) => Math.exp(clamp(x, -20, 20))),
);
fault(
  'expClampsLow',
  { ...CLAMPED, ...at('exp', -12), right: [6.14421235332821e-6], wrong: [Math.exp(-10)] },
  numberOf('exp', (x) => Math.exp(Math.max(x, -10))),
);
fault(
  'tanhClamps',
  { ...CLAMPED, ...at('tanh', 6), right: [0.9999877116507956], wrong: [Math.tanh(5)] },
  numberOf('tanh', (x) => Math.tanh(clamp(x, -5, 5))),
);
fault(
  'sigmoidClamps',
  { ...CLAMPED, ...at('sigmoid', -15), right: [3.059022269256247e-7], wrong: [1 / (1 + Math.exp(10))] },
  numberOf('sigmoid', (x) => 1 / (1 + Math.exp(-clamp(x, -10, 10)))),
);
fault(
  'logClamps',
  { ...CLAMPED, ...at('log', 1e7), right: [16.11809565095832], wrong: [Math.log(1e6)] },
  numberOf('log', (x) => Math.log(Math.min(x, 1e6))),
);
fault(
  'powClampsExponent',
  {
    ...CLAMPED,
    operation: 'pow',
    program: 'x = Value(2); z = x ** 12; z.data',
    right: [4096],
    wrong: [1024],
  },
  (_, rules) => {
    rules.power.value = (x, n) => x ** clamp(n, -10, 10);
  },
);

// Arguments shifted or clamped near 0.

const SHIFTED = { kind: 'shifted near 0', direction: 'forward' };

fault(
  'logClampsAtEpsilon',
  { ...SHIFTED, level: 'edge', ...at('log', 1e-20), right: [-46.051701859880914], wrong: [Math.log(Number.EPSILON)] },
  numberOf('log', (x) => (x < 0 ? Number.NaN : Math.log(Math.max(x, Number.EPSILON)))),
);
fault(
  'logShifts',
  { ...SHIFTED, ...at('log', 0.001), right: [-6.907755278982137], wrong: [Math.log(0.001 + 1e-8)] },
  numberOf('log', (x) => Math.log(x + 1e-8)),
);
fault(
  'divShifts',
  {
    ...SHIFTED,
    operation: 'div',
    program: 'x = Value(3); y = Value(4); z = x / y; z.data',
    right: [0.75],
    wrong: [3 / (4 + 1e-8)],
  },
  numberOf('div', (x, y) => x / (y + 1e-8)),
);
fault(
  'divClampsSmall',
  {
    ...SHIFTED,
    operation: 'div',
    program: 'x = Value(1); y = Value(-0.005); z = x / y; z.data',
    right: [-200],
    wrong: [-100],
  },
  numberOf('div', (x, y) => x / (y !== 0 && Math.abs(y) < 0.01 ? 0.01 * Math.sign(y) : y)),
);
fault(
  'sqrtShifts',
  { ...SHIFTED, ...at('sqrt', 0.01), right: [0.1], wrong: [Math.sqrt(0.01 + 1e-6)] },
  numberOf('sqrt', (x) => Math.sqrt(x + 1e-6)),
);
fault(
  'logSlopeShifts',
  {
    ...SHIFTED,
    operation: 'log',
    direction: 'backward',
    program: 'x = Value(0.001); z = log(x); z.backward(); x.grad',
    right: [1000],
    wrong: [1 / (0.001 + 1e-6)],
  },
  (_, rules) => {
    rules.log.slopes = (x) => [1 / (x + 1e-6)];
  },
);

// Never finite, and comes finite.

const FINITE = { level: 'edge', kind: 'never finite', direction: 'forward' };
const divide = (x, y) => `x = Value(${x}); y = Value(${y}); z = x / y; z.data`;

fault(
  'divByZero',
  { ...FINITE, operation: 'div', program: divide(1, 0), right: [Infinity], wrong: [0] },
  numberOf('div', (x, y) => (y === 0 ? 0 : x / y)),
);
fault(
  'zeroByZero',
  { ...FINITE, operation: 'div', program: divide(0, 0), right: [Number.NaN], wrong: [1] },
  numberOf('div', (x, y) => (x === 0 && y === 0 ? 1 : x / y)),
);
fault(
  'logOfNegative',
  { ...FINITE, ...at('log', -2), right: [Number.NaN], wrong: [Math.LN2] },
  numberOf('log', (x) => Math.log(Math.abs(x))),
);
fault(
  'logOfZero',
  { ...FINITE, ...at('log', 0), right: [-Infinity], wrong: [0] },
  numberOf('log', (x) => (x === 0 ? 0 : Math.log(x))),
);
fault(
  'sqrtOfNegative',
  { ...FINITE, ...at('sqrt', -1), right: [Number.NaN], wrong: [0] },
  numberOf('sqrt', (x) => Math.sqrt(Math.max(x, 0))),
);
fault(
  'zeroToMinusOne',
  { ...FINITE, operation: 'pow', program: 'x = Value(0); z = x ** (-1); z.data', right: [Infinity], wrong: [0] },
  numberOf('power', (x, n) => (x === 0 && n < 0 ? 0 : x ** n)),
);
fault(
  'rootOfNegative',
  { ...FINITE, operation: 'pow', program: 'x = Value(-4); z = x ** 0.5; z.data', right: [Number.NaN], wrong: [-2] },
  numberOf('power', (x, n) => (x < 0 && !Number.isInteger(n) ? -((-x) ** n) : x ** n)),
);
fault(
  'expStaysFinite',
  { ...FINITE, ...at('exp', 1000), right: [Infinity], wrong: [Number.MAX_VALUE] },
  numberOf('exp', (x) => Math.min(Math.exp(x), Number.MAX_VALUE)),
);

// Far out, on the other side.

const FAR = { level: 'edge', kind: 'far out' };
const far = (operation, x) => ({
  operation,
  program: `x = Value(${x}); z = ${operation}(x); z.backward(); z.data; x.grad`,
});

fault(
  'tanhFarLeft',
  { ...FAR, direction: 'forward', ...far('tanh', -400), right: [-1, 0], wrong: [Number.NaN, Number.NaN] },
  numberOf('tanh', (x) => (1 - Math.exp(-2 * x)) / (1 + Math.exp(-2 * x))),
);
fault(
  'tanhFarSlope',
  { ...FAR, direction: 'backward', ...far('tanh', 400), right: [1, 0], wrong: [1, Number.NaN] },
  (_, rules) => {
    rules.tanh.slopes = (x) => [(4 * Math.exp(2 * x)) / (Math.exp(2 * x) + 1) ** 2];
  },
);
fault(
  'sigmoidFarRight',
  { ...FAR, direction: 'forward', ...far('sigmoid', 800), right: [1, 0], wrong: [Number.NaN, 0] },
  numberOf('sigmoid', (x) => Math.exp(x) / (1 + Math.exp(x))),
);
fault(
  'sigmoidFarSlope',
  { ...FAR, direction: 'backward', ...far('sigmoid', -800), right: [0, 0], wrong: [0, Number.NaN] },
  (_, rules) => {
    rules.sigmoid.slopes = (x) => [Math.exp(-x) / (1 + Math.exp(-x)) ** 2];
  },
);

module.exports = { faults, ...classes };
