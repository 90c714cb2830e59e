// @ts-nocheck
/*
 * Wrong engines: one operation hands on the wrong gradient to some kinds of operands, or if it is not the root. See
 * base.cjs for the engine that they are made from.
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
/** A change of one operation's local derivatives where `applies` holds of what it was given. */
const slopesWhere = (operation, applies, change) => (Value, rules) => {
  const rule = Value.rule;
  const changed = { ...rules[operation], slopes: change };
  Value.rule = (each, given) => (each === operation && applies(...given) ? changed : rule(each, given));
};
const isNumber = (x) => typeof x === 'number';

// Wrong for some kinds of operands only.

fault(
  'divNumberForgets',
  { ...slopes('div', 'numbers only', 'x / 4', 3), right: [0.25], wrong: [1] },
  slopesWhere(
    'div',
    (_, y) => isNumber(y),
    () => [1, 0],
  ),
);
fault(
  'subNumberSign',
  { ...slopes('sub', 'numbers only', 'x - 3', 5), right: [1], wrong: [-1] },
  slopesWhere(
    'sub',
    (_, y) => isNumber(y),
    () => [-1, 0],
  ),
);
fault(
  'mulNumberForgets',
  { ...slopes('mul', 'numbers only', 'x * 2', 3), right: [2], wrong: [1] },
  slopesWhere(
    'mul',
    (_, y) => isNumber(y),
    () => [1, 0],
  ),
);
fault(
  'addLeftNumberCuts',
  { ...slopes('add', 'number on the left', '2 + x', 3), right: [1], wrong: [0] },
  slopesWhere('add', isNumber, () => [1, 0]),
);
fault(
  'powLeftNumberSwaps',
  { ...slopes('pow', 'number on the left', '2 ** x', 3), right: [8 * Math.LN2], wrong: [8 * Math.log(3)] },
  slopesWhere('pow', isNumber, (_, y, z) => [0, z * Math.log(y)]),
);
fault(
  'mulSameNode',
  { ...slopes('mul', 'one node on both sides', 'x * x', 3), right: [6], wrong: [3] },
  slopesWhere(
    'mul',
    (x, y) => x === y,
    (_, y) => [y, 0],
  ),
);
fault(
  'subSameNode',
  { ...slopes('sub', 'one node on both sides', 'x - x + x', 3), right: [1], wrong: [2] },
  slopesWhere(
    'sub',
    (x, y) => x === y,
    () => [1, 0],
  ),
);
fault(
  'divSameNode',
  { ...slopes('div', 'one node on both sides', 'x / x', 4), right: [0], wrong: [0.25] },
  slopesWhere(
    'div',
    (x, y) => x === y,
    (_, y) => [1 / y, 0],
  ),
);

// The gradient of the output is left out: the chain rule's other factor.

/** A change of what one operation hands on, given its operands, its output and its local derivatives. */
const handsOn = (operation, handOn) => (Value) => {
  Value.prototype.give = function (share, from) {
    this.grad += from.operation === operation ? handOn(share, from, this) : share;
  };
};

fault(
  'tanhUnchained',
  { ...slopes('tanh', 'chain factor', '3 * tanh(x)', 0), right: [3], wrong: [1] },
  handsOn('tanh', (_, { data }) => 1 - data * data),
);
fault(
  'reluUnchained',
  { ...slopes('relu', 'chain factor', '3 * relu(x)', 2), right: [3], wrong: [1] },
  handsOn('relu', (share) => (share === 0 ? 0 : 1)),
);
fault(
  'negUnchained',
  { ...slopes('neg', 'chain factor', '3 * -x', 2), right: [-3], wrong: [-1] },
  handsOn('neg', () => -1),
);
fault(
  'addUnchained',
  { ...slopes('add', 'chain factor', '3 * (x + y)', 2, 5), right: [3, 3], wrong: [1, 1] },
  handsOn('add', () => 1),
);
fault(
  'addSecondUnchained',
  { ...slopes('add', 'chain factor', '3 * (x + y)', 2, 5), right: [3, 3], wrong: [3, 1] },
  handsOn('add', (share, { operands }, x) => (x === operands[1] && x !== operands[0] ? 1 : share)),
);
fault(
  'expChainedTwice',
  { ...slopes('exp', 'chain factor', '3 * exp(x)', 0), right: [3], wrong: [9] },
  handsOn('exp', (share, { grad }) => share * grad),
);
fault(
  'mulAssignsSecond',
  { ...slopes('mul', 'accumulation', 'y + x * y', 3, 5), right: [5, 4], wrong: [5, 3] },
  (Value) => {
    Value.prototype.give = function (share, from) {
      const isSecond = from.operation === 'mul' && from.operands[1] === this && from.operands[0] !== this;
      this.grad = isSecond ? share : this.grad + share;
    };
  },
);

module.exports = { faults, ...classes };
