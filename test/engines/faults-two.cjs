// @ts-nocheck
/*
 * Wrong engines with two faults at once. See base.cjs for the engine that they are made from.
 */
const { list } = require('./base.cjs');

const { fault, faults, classes } = list('new');

/** Facts of two faults: what each of them is, and a program that shows both. */
const two = (of, program, right, wrong) => ({ kind: 'two', direction: 'backward', of, program, right, wrong });

fault(
  'assignsAndSubSign',
  two(
    ['assigns', 'subSign'],
    'a = Value(3); b = Value(4); y = a + a - b; y.backward(); a.grad; b.grad',
    [2, -1],
    [1, 1],
  ),
  (Value, rules) => {
    Value.prototype.give = function (share) {
      this.grad = share;
    };
    rules.sub.slopes = () => [1, 1];
  },
);
fault(
  'mulSwapsAndReluOutput',
  two(
    ['mulSwapsShares', 'reluOutput'],
    'a = Value(3); b = Value(4); y = relu(a * b); y.backward(); a.grad; b.grad',
    [4, 3],
    [36, 48],
  ),
  (_, rules) => {
    rules.mul.slopes = (x, y) => [x, y];
    rules.relu.slopes = (_x, z) => [z];
  },
);
fault(
  'unreversedAndLogOutput',
  two(
    ['unreversed', 'logOutput'],
    'a = Value(2); b = Value(3); y = log(a); y.backward(); z = b * 3 * 5; z.backward(); a.grad; b.grad',
    [0.5, 15],
    [Math.LN2, 0],
  ),
  (Value, rules) => {
    const { order } = Value.prototype;
    Value.prototype.order = function () {
      return order.call(this).reverse();
    };
    rules.log.slopes = (_x, z) => [z];
  },
);
fault(
  'tanhWrongAndDivNoRule',
  two(
    ['tanhWrong', 'divNoRule'],
    'a = Value(0.5); b = Value(2); y = tanh(a) + b / 4; y.backward(); a.grad; b.grad',
    [1 - Math.tanh(0.5) ** 2, 0.25],
    [1 - Math.tanh(0.5), 0],
  ),
  (_, rules) => {
    rules.tanh.slopes = (_x, z) => [1 - z];
    rules.div.slopes = () => [0, 0];
  },
);
fault(
  'expTwiceAndLogHalf',
  two(
    ['a factor 2 in exp', 'a factor ½ in log'],
    'a = Value(1); y = log(exp(a)); y.backward(); b = Value(1); z = exp(b); z.backward(); a.grad; b.grad',
    [1, Math.E],
    [1, 2 * Math.E],
  ),
  (_, rules) => {
    // One hides the other in log(exp(x)).
    rules.exp.slopes = (_x, z) => [2 * z];
    rules.log.slopes = (x) => [0.5 / x];
  },
);
fault(
  'negSignAndSubSign',
  two(
    ['the sign of neg', 'subSign'],
    'a = Value(1); b = Value(2); y = a - (-b); y.backward(); c = -a; c.backward(); a.grad; b.grad',
    [0, 1],
    [2, 1],
  ),
  (_, rules) => {
    // One hides the other in x - -y.
    rules.neg.slopes = () => [1];
    rules.sub.slopes = () => [1, 1];
  },
);

module.exports = { faults, ...classes };
