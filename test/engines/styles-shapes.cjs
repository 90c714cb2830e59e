// @ts-nocheck
/*
 * Right engines, which differ in what one calls, with what, and under which names.
 */
const { BINARY, make, UNARY } = require('./base.cjs');
const { sorted } = require('./sorted.cjs');

/** Every operation of the protocol, as a method and as a static method, with numbers on either side. */
const Whole = make();

/** Operations are static methods alone: `Value.sub(3, a)`. */
const Statics = make((Value) => {
  for (const operation of [...BINARY, ...UNARY]) delete Value.prototype[operation];
});

/** Operations of two operands are methods of the node, and those of one are static: `Value.relu(a.add(b))`. */
const StaticsAndMethods = make((Value) => {
  for (const operation of BINARY) delete Value[operation];
  for (const operation of UNARY) delete Value.prototype[operation];
});

/** Operations take nodes and nothing else; a plain number throws, as an exponent too. */
const NodesOnly = make((Value) => {
  Value.node = (x) => {
    if (!(x instanceof Value)) throw new TypeError(`expected a Value, and got ${x}`);
    return x;
  };
});

/** The gradient of the root is what `backward(seed)` is given, and there is no default. */
const Seeded = make((Value) => {
  Value.prototype.backward = function (seed) {
    const order = this.order();
    for (const node of order) if (node.operands.length > 0) node.grad = 0;
    this.grad += seed;
    for (const node of order) node.back();
  };
});

/** `backward` is what one node hands on to its operands; the walk through the graph is `backprop()`. */
const OwnClosure = make((Value) => {
  Value.prototype.backprop = function () {
    const order = this.order();
    this.start(order);
    for (const node of order) node.backward();
  };
  Value.prototype.backward = function () {
    this.back();
  };
});

/** `pow` takes a plain number, and `powValue` a node. */
const PowValue = make((Value) => {
  delete Value.pow;
  const { pow } = Value.prototype;
  Value.prototype.pow = function (n) {
    if (typeof n !== 'number') throw new TypeError('pow takes a plain number, and powValue a Value');
    return pow.call(this, n);
  };
  Value.prototype.powValue = function (y) {
    return pow.call(this, y);
  };
});

/** A leaf takes part in the backward pass only if it was made so: `new Value(2, true)`, or `{ requiresGrad: true }`. */
class WithFlag {
  constructor(data, options = false, operands = [], slopes = []) {
    this.data = data;
    this.requiresGrad = options === true || options?.requiresGrad === true;
    this.grad = 0;
    this.operands = operands;
    this.slopes = slopes;
  }

  static make(data, operands, slopes) {
    return new WithFlag(
      data,
      operands.some((x) => x.requiresGrad),
      operands,
      slopes,
    );
  }

  static node(x) {
    return x instanceof WithFlag ? x : new WithFlag(x);
  }

  add(other) {
    const y = WithFlag.node(other);
    return WithFlag.make(this.data + y.data, [this, y], [1, 1]);
  }

  sub(other) {
    const y = WithFlag.node(other);
    return WithFlag.make(this.data - y.data, [this, y], [1, -1]);
  }

  mul(other) {
    const y = WithFlag.node(other);
    return WithFlag.make(this.data * y.data, [this, y], [y.data, this.data]);
  }

  div(other) {
    const y = WithFlag.node(other);
    return WithFlag.make(this.data / y.data, [this, y], [1 / y.data, -this.data / y.data / y.data]);
  }

  sigmoid() {
    const z = 1 / (1 + Math.exp(-this.data));
    return WithFlag.make(z, [this], [z * (1 - z)]);
  }

  backward() {
    if (!this.requiresGrad) return;
    const order = sorted(this, (node) => node.operands.filter((x) => x.requiresGrad)).reverse();
    for (const node of order) if (node.operands.length > 0) node.grad = 0;
    this.grad += 1;
    for (const { operands, slopes, grad } of order) {
      for (const [i, x] of operands.entries()) if (x.requiresGrad) x.grad += slopes[i] * grad;
    }
  }
}

/** A leaf is made from an object of options: `new Value({ data: 2, label: 'a' })`. */
class Options {
  constructor({ data, label = '', operands = [], slopes = [] }) {
    this.data = data;
    this.label = label;
    this.grad = 0;
    this.operands = operands;
    this.slopes = slopes;
  }

  add(other) {
    const y = other instanceof Options ? other : new Options({ data: other });
    return new Options({ data: this.data + y.data, operands: [this, y], slopes: [1, 1] });
  }

  mul(other) {
    const y = other instanceof Options ? other : new Options({ data: other });
    return new Options({ data: this.data * y.data, operands: [this, y], slopes: [y.data, this.data] });
  }

  sqrt() {
    const data = Math.sqrt(this.data);
    return new Options({ data, operands: [this], slopes: [0.5 / data] });
  }

  backward() {
    const order = sorted(this, (node) => node.operands).reverse();
    for (const node of order) if (node.operands.length > 0) node.grad = 0;
    this.grad += 1;
    for (const { operands, slopes, grad } of order) {
      for (const [i, x] of operands.entries()) x.grad += slopes[i] * grad;
    }
  }
}

/** Other names for everything but `backward`. */
class ManyNames {
  constructor(value, operands = [], shares = () => []) {
    this.value = value;
    this.gradient = 0;
    this.operands = operands;
    this.shares = shares;
  }

  static node(x) {
    return x instanceof ManyNames ? x : new ManyNames(x);
  }

  plus(other) {
    return new ManyNames(this.value + ManyNames.node(other).value, [this, ManyNames.node(other)], (g) => [g, g]);
  }

  minus(other) {
    return new ManyNames(this.value - ManyNames.node(other).value, [this, ManyNames.node(other)], (g) => [g, -g]);
  }

  times(other) {
    const y = ManyNames.node(other);
    return new ManyNames(this.value * y.value, [this, y], (g) => [g * y.value, g * this.value]);
  }

  divide(other) {
    return this.times(ManyNames.node(other).power(-1));
  }

  power(n) {
    if (typeof n !== 'number') throw new TypeError('only plain numbers as exponents');
    return new ManyNames(this.value ** n, [this], (g) => [n === 0 ? 0 : g * n * this.value ** (n - 1)]);
  }

  negate() {
    return new ManyNames(-this.value, [this], (g) => [-g]);
  }

  backward() {
    const order = sorted(this, (node) => node.operands).reverse();
    for (const node of order) if (node.operands.length > 0) node.gradient = 0;
    this.gradient += 1;
    for (const { operands, shares, gradient } of order) {
      for (const [i, share] of shares(gradient).entries()) operands[i].gradient += share;
    }
  }
}

/**
 * As much as can be is made of exponentials and of a sigmoid that overflows on neither side: powers, quotients and tanh.
 * Right, and off in the last digits.
 */
const Exponentials = make((Value, rules) => {
  const { pow, power } = { ...rules };
  const sigmoid = rules.sigmoid.value;
  rules.pow = { ...pow, value: (x, y) => (x > 0 ? Math.exp(y * Math.log(x)) : x ** y) };
  rules.power = { ...power, value: (x, n) => (x > 0 ? Math.exp(n * Math.log(x)) : x ** n) };
  Value.div = (x, y) => Value.mul(x, Value.pow(Value.node(y), -1));
  Value.prototype.div = function (y) {
    return Value.div(this, y);
  };
  // tanh x = 2σ(2x) - 1, and its slope is 4σ(2x)σ(-2x)
  rules.tanh = {
    value: (x) => 2 * sigmoid(2 * x) - 1,
    slopes: (x) => [4 * sigmoid(2 * x) * sigmoid(-2 * x)],
  };
});

module.exports = {
  Whole,
  Statics,
  StaticsAndMethods,
  NodesOnly,
  Seeded,
  OwnClosure,
  PowValue,
  WithFlag,
  Options,
  ManyNames,
  Exponentials,
};
