// @ts-nocheck
/*
 * Wrong engines: all operations are static methods, and a number on the left is one thing too many. See base.cjs for the
 * engine that they are made from.
 */
const { BINARY, list } = require('./base.cjs');

const { fault, faults, classes } = list('kinds');

// A static method with a number on the left, in an engine that has static methods alone.

const onlyStatic = (Value) => {
  for (const operation of Object.keys(Value)) delete Value.prototype[operation];
};

fault(
  'staticLeftSub',
  {
    kind: 'number on the left',
    operation: 'sub',
    direction: 'forward',
    program: 'x = Value(5); z = 3 - x; z.backward(); z.data; x.grad',
    right: [-2, -1],
    wrong: [2, 1],
  },
  (Value) => {
    onlyStatic(Value);
    Value.sub = (x, y) => (typeof x === 'number' ? Value.apply('sub', y, x) : Value.apply('sub', x, y));
  },
);

fault(
  'staticLeftDiv',
  {
    kind: 'number on the left',
    operation: 'div',
    direction: 'forward',
    program: 'x = Value(4); z = 2 / x; z.backward(); z.data; x.grad',
    right: [0.5, -0.125],
    wrong: [2, 0.5],
  },
  (Value) => {
    onlyStatic(Value);
    Value.div = (x, y) => (typeof x === 'number' ? Value.apply('div', y, x) : Value.apply('div', x, y));
  },
);

fault(
  'staticLeftPow',
  {
    kind: 'number on the left',
    operation: 'pow',
    direction: 'forward',
    program: 'x = Value(3); z = 2 ** x; z.backward(); z.data; x.grad',
    right: [8, 8 * Math.LN2],
    wrong: [9, 6],
  },
  (Value) => {
    onlyStatic(Value);
    Value.pow = (x, y) => (typeof x === 'number' ? Value.apply('pow', y, x) : Value.apply('pow', x, y));
  },
);

fault(
  'staticLeftGradient',
  {
    kind: 'number on the left',
    operation: 'sub',
    direction: 'backward',
    program: 'x = Value(5); z = 3 - x; z.backward(); z.data; x.grad',
    right: [-2, -1],
    wrong: [-2, 1],
  },
  (Value, rules) => {
    onlyStatic(Value);
    const rule = Value.rule;
    const leftSub = { ...rules.sub, slopes: () => [1, 1] };
    Value.rule = (operation, given) =>
      operation === 'sub' && typeof given[0] === 'number' ? leftSub : rule(operation, given);
  },
);

fault(
  'staticLeftThrows',
  {
    kind: 'number on the left',
    operation: 'div',
    direction: 'forward',
    program: 'x = Value(4); z = 2 / x; z.data',
    right: [0.5],
    wrong: 'error',
  },
  (Value) => {
    onlyStatic(Value);
    Value.div = (x, y) => {
      if (typeof x === 'number') throw new TypeError('div takes a Value first');
      return Value.apply('div', x, y);
    };
  },
);

fault(
  'staticLeftNumberLost',
  {
    kind: 'number on the left',
    direction: 'forward',
    program: 'x = Value(4); z = 3 * x; z.backward(); z.data; x.grad',
    right: [12, 3],
    wrong: [16, 8],
  },
  (Value) => {
    onlyStatic(Value);
    // Whatever is no node is taken for the other operand.
    for (const operation of BINARY) {
      Value[operation] = (x, y) => Value.apply(operation, typeof x === 'number' ? y : x, y);
    }
  },
);

module.exports = { faults, ...classes };
