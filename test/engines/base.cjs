// @ts-nocheck
/*
 * The engine that the wrong engines of this folder are made from: closures, a topological walk with a stack of its own,
 * every operation of the protocol, as a method and as a static method, with numbers on either side.
 *
 * Right in itself. A wrong engine changes one thing in it: a rule of `rules`, or a method of `Value`.
 */

const sigmoid = (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));

/** Of each operation: its number, and its local derivatives, worked out from the operands and, last, the number. */
const RULES = {
  add: { value: (x, y) => x + y, slopes: () => [1, 1] },
  sub: { value: (x, y) => x - y, slopes: () => [1, -1] },
  mul: { value: (x, y) => x * y, slopes: (x, y) => [y, x] },
  div: { value: (x, y) => x / y, slopes: (_, y, z) => [1 / y, -z / y] },
  // The exponent's slope is xʸ·log x, which is 0 at x = 0, as 0 to any positive power is.
  pow: {
    value: (x, y) => x ** y,
    slopes: (x, y, z) => [y === 0 ? 0 : y * x ** (y - 1), x === 0 && y > 0 ? 0 : z * Math.log(x)],
  },
  /** A power whose exponent is a plain number. */
  power: { value: (x, n) => x ** n, slopes: (x, n) => [n === 0 ? 0 : n * x ** (n - 1), 0] },
  max: { value: (x, y) => Math.max(x, y), slopes: (x, y) => (x === y ? [0.5, 0.5] : x > y ? [1, 0] : [0, 1]) },
  min: { value: (x, y) => Math.min(x, y), slopes: (x, y) => (x === y ? [0.5, 0.5] : x < y ? [1, 0] : [0, 1]) },
  neg: { value: (x) => -x, slopes: () => [-1] },
  exp: { value: (x) => Math.exp(x), slopes: (_, z) => [z] },
  log: { value: (x) => Math.log(x), slopes: (x) => [1 / x] },
  tanh: { value: (x) => Math.tanh(x), slopes: (_, z) => [1 - z * z] },
  relu: { value: (x) => (x > 0 ? x : 0), slopes: (x) => [x > 0 ? 1 : 0] },
  sigmoid: { value: sigmoid, slopes: (x) => [sigmoid(x) * sigmoid(-x)] },
  sqrt: { value: (x) => Math.sqrt(x), slopes: (_, z) => [0.5 / z] },
  abs: { value: (x) => Math.abs(x), slopes: (x) => [Math.sign(x)] },
  sin: { value: (x) => Math.sin(x), slopes: (x) => [Math.cos(x)] },
  cos: { value: (x) => Math.cos(x), slopes: (x) => [-Math.sin(x)] },
};

exports.BINARY = ['add', 'sub', 'mul', 'div', 'pow', 'max', 'min'];
exports.UNARY = ['neg', 'exp', 'log', 'tanh', 'relu', 'sigmoid', 'sqrt', 'abs', 'sin', 'cos'];

/**
 * Makes the engine anew, so that nothing which a change keeps on the class reaches another engine.
 *
 * @param change - changes the class and its rules; without it, the engine is right
 */
exports.make = (change) => {
  const rules = {};
  for (const [name, rule] of Object.entries(RULES)) rules[name] = { ...rule };

  class Value {
    constructor(data, operands = [], operation = '') {
      this.data = data;
      this.grad = Value.initial;
      this.operands = operands;
      this.operation = operation;
      this.back = () => {};
    }

    /** What a gradient is before any pass. */
    static initial = 0;

    /** A plain number becomes a leaf that nobody asks about. */
    static node(x) {
      return typeof x === 'number' ? new Value(x) : x;
    }

    /** The rule for an operation on what it was given: nodes and plain numbers. */
    static rule(operation, given) {
      return operation === 'pow' && typeof given[1] === 'number' ? rules.power : rules[operation];
    }

    static apply(operation, ...given) {
      const operands = given.map((x) => Value.node(x));
      const numbers = operands.map((x) => x.data);
      const rule = Value.rule(operation, given);
      const out = new Value(rule.value(...numbers), operands, operation);
      out.back = () => {
        const slopes = rule.slopes(...operands.map((x) => x.data), out.data);
        for (const [i, operand] of operands.entries()) operand.give(slopes[i] * out.grad, out);
      };
      return out;
    }

    /** Takes a share of the gradient. */
    give(share) {
      this.grad += share;
    }

    /**
     * The nodes that this one was made from, and itself: each before its operands. What is passed to it is for wrong
     * engines: where the walk notes what it has seen, what it notes of a node, and which operands it goes on to.
     */
    order({ seen = new Set(), key = (node) => node, operandsOf = (node) => node.operands } = {}) {
      const order = [];
      const path = [];
      const enter = (node) => {
        if (seen.has(key(node))) return;
        seen.add(key(node));
        path.push({ node, next: 0, operands: operandsOf(node, path.length) });
      };
      enter(this);
      while (path.length > 0) {
        const top = path[path.length - 1];
        if (top.next === top.operands.length) order.push(path.pop().node);
        else enter(top.operands[top.next++]);
      }
      return order.reverse();
    }

    /** Leaves go on gathering from pass to pass, all others begin anew. */
    start(order) {
      for (const node of order) if (node.operands.length > 0) node.grad = 0;
      this.grad += 1;
    }

    backward() {
      const order = this.order();
      this.start(order);
      for (const node of order) node.back();
    }
  }

  for (const operation of exports.BINARY) {
    Value[operation] = (x, y) => Value.apply(operation, x, y);
    Value.prototype[operation] = function (y) {
      return Value.apply(operation, this, y);
    };
  }
  for (const operation of exports.UNARY) {
    Value[operation] = (x) => Value.apply(operation, x);
    Value.prototype[operation] = function () {
      return Value.apply(operation, this);
    };
  }
  change?.(Value, rules);
  return Value;
};

/**
 * A list of wrong engines, and what is said of each.
 *
 * `fault(name, facts, change)` adds one. The facts: `level`, `kind`, `operation` and `direction` where there is one,
 * `program`, which ends with what is read, and the numbers that are `right` and `wrong` there, in the order in which
 * they are read. `wrong` is `error` if the engine throws, and `slow` if it does not come back.
 *
 * @param set - which set the engines belong to
 */
exports.list = (set) => {
  const faults = {};
  const classes = {};
  const fault = (name, facts, change) => {
    if (name in faults) throw new Error(`there are two faults of the name ${name}`);
    faults[name] = { level: 'core', ...facts, set };
    classes[name] = exports.make(change);
  };
  return { fault, faults, classes };
};
