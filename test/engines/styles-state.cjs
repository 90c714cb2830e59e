// @ts-nocheck
/*
 * Right engines, which differ in when data and gradients are there, where they are kept, and what they are.
 */
const { make } = require('./base.cjs');
const { sorted } = require('./sorted.cjs');

/**
 * Nothing of a node can be changed, and its gradient is kept elsewhere. A pass works out the gradients of its graph anew.
 */
const Immutable = (() => {
  const grads = new WeakMap();
  return class Immutable {
    #data;
    #parents;

    constructor(data, parents = []) {
      this.#data = data;
      // Of each operand: the node, and the local derivative.
      this.#parents = parents;
      Object.freeze(this);
    }

    static description = { repeatedBackward: 'reset' };

    static node(x) {
      return x instanceof Immutable ? x : new Immutable(x);
    }

    get data() {
      return this.#data;
    }

    get grad() {
      return grads.get(this) ?? 0;
    }

    add(other) {
      const y = Immutable.node(other);
      return new Immutable(this.data + y.data, [
        [this, 1],
        [y, 1],
      ]);
    }

    sub(other) {
      const y = Immutable.node(other);
      return new Immutable(this.data - y.data, [
        [this, 1],
        [y, -1],
      ]);
    }

    mul(other) {
      const y = Immutable.node(other);
      return new Immutable(this.data * y.data, [
        [this, y.data],
        [y, this.data],
      ]);
    }

    pow(n) {
      if (typeof n !== 'number') throw new TypeError('only plain numbers as exponents');
      return new Immutable(this.data ** n, [[this, n === 0 ? 0 : n * this.data ** (n - 1)]]);
    }

    exp() {
      const data = Math.exp(this.data);
      return new Immutable(data, [[this, data]]);
    }

    tanh() {
      const data = Math.tanh(this.data);
      return new Immutable(data, [[this, 1 - data * data]]);
    }

    backward() {
      const order = sorted(this, (node) => node.#parents.map(([parent]) => parent)).reverse();
      for (const node of order) grads.set(node, 0);
      grads.set(this, 1);
      for (const node of order) {
        for (const [parent, slope] of node.#parents) grads.set(parent, parent.grad + slope * node.grad);
      }
    }
  };
})();

/** Data is undefined until `forward()` has been called on the node, or on one that was made from it. */
class Lazy {
  constructor(data, operands = [], rule = undefined) {
    this.data = data;
    this.grad = 0;
    this.operands = operands;
    this.rule = rule;
  }

  static make(rule, ...operands) {
    return new Lazy(
      undefined,
      operands.map((x) => (x instanceof Lazy ? x : new Lazy(x))),
      rule,
    );
  }

  add(other) {
    return Lazy.make({ value: (x, y) => x + y, slopes: () => [1, 1] }, this, other);
  }

  sub(other) {
    return Lazy.make({ value: (x, y) => x - y, slopes: () => [1, -1] }, this, other);
  }

  mul(other) {
    return Lazy.make({ value: (x, y) => x * y, slopes: (x, y) => [y, x] }, this, other);
  }

  relu() {
    return Lazy.make({ value: (x) => Math.max(0, x), slopes: (x) => [x > 0 ? 1 : 0] }, this);
  }

  forward() {
    for (const node of sorted(this, (each) => each.operands)) {
      if (node.rule) node.data = node.rule.value(...node.operands.map((x) => x.data));
    }
    return this.data;
  }

  backward() {
    if (this.data === undefined) throw new Error('call forward() first');
    const order = sorted(this, (each) => each.operands).reverse();
    for (const node of order) if (node.rule) node.grad = 0;
    this.grad += 1;
    for (const { rule, operands, grad } of order) {
      const slopes = rule?.slopes(...operands.map((x) => x.data)) ?? [];
      for (const [i, slope] of slopes.entries()) operands[i].grad += slope * grad;
    }
  }
}

/** Gradients are nodes themselves, and could be differentiated again. */
class GradNodes {
  constructor(data, parents = []) {
    this.data = data;
    this.grad = null;
    // Of each operand: the node, and a function from the gradient of the output to its share.
    this.parents = parents;
  }

  static node(x) {
    return x instanceof GradNodes ? x : new GradNodes(x);
  }

  add(other) {
    const y = GradNodes.node(other);
    return new GradNodes(this.data + y.data, [
      [this, (grad) => grad],
      [y, (grad) => grad],
    ]);
  }

  mul(other) {
    const y = GradNodes.node(other);
    return new GradNodes(this.data * y.data, [
      [this, (grad) => grad.mul(y)],
      [y, (grad) => grad.mul(this)],
    ]);
  }

  neg() {
    return this.mul(-1);
  }

  sub(other) {
    return this.add(GradNodes.node(other).neg());
  }

  exp() {
    const out = new GradNodes(Math.exp(this.data), [[this, (grad) => grad.mul(out)]]);
    return out;
  }

  backward() {
    const order = sorted(this, (node) => node.parents.map(([parent]) => parent)).reverse();
    for (const node of order) if (node.parents.length > 0) node.grad = null;
    this.grad = this.grad === null ? new GradNodes(1) : this.grad.add(1);
    for (const { grad, parents } of order) {
      for (const [parent, share] of parents) {
        parent.grad = parent.grad === null ? share(grad) : parent.grad.add(share(grad));
      }
    }
  }
}

/**
 * Nodes follow the leaves, as the cells of a spreadsheet do: when a leaf is edited, whatever was made from it has another
 * number when it is next read. A number that is written into a node which was computed replaces what it was made from.
 */
class Follows {
  static description = { follows: true };
  static edits = 0;

  constructor(data, operands = [], rule = undefined) {
    this.given = data;
    this.grad = 0;
    this.operands = operands;
    this.rule = rule;
    this.computedAt = -1;
  }

  static make(rule, ...operands) {
    return new Follows(
      undefined,
      operands.map((x) => (x instanceof Follows ? x : new Follows(x))),
      rule,
    );
  }

  get data() {
    // What was computed since the last edit need not be computed again.
    if (this.rule && this.computedAt !== Follows.edits) {
      this.given = this.rule.value(...this.operands.map((x) => x.data));
      this.computedAt = Follows.edits;
    }
    return this.given;
  }

  set data(to) {
    this.given = to;
    this.operands = [];
    this.rule = undefined;
    Follows.edits += 1;
  }

  add(other) {
    return Follows.make({ value: (x, y) => x + y, slopes: () => [1, 1] }, this, other);
  }

  sub(other) {
    return Follows.make({ value: (x, y) => x - y, slopes: () => [1, -1] }, this, other);
  }

  mul(other) {
    return Follows.make({ value: (x, y) => x * y, slopes: (x, y) => [y, x] }, this, other);
  }

  pow(n) {
    if (typeof n !== 'number') throw new TypeError('only plain numbers as exponents');
    return Follows.make({ value: (x) => x ** n, slopes: (x) => [n === 0 ? 0 : n * x ** (n - 1)] }, this);
  }

  backward() {
    const order = sorted(this, (node) => node.operands).reverse();
    for (const node of order) if (node.rule) node.grad = 0;
    this.grad += 1;
    for (const { rule, operands, grad } of order) {
      const slopes = rule?.slopes(...operands.map((x) => x.data)) ?? [];
      for (const [i, slope] of slopes.entries()) operands[i].grad += slope * grad;
    }
  }
}

/** Every pass begins with all gradients of the graph at zero, those of the leaves too. */
const ResetsLeaves = make((Value) => {
  Value.description = { repeatedBackward: 'reset', newGraph: 'reset' };
  Value.prototype.start = function (order) {
    for (const node of order) node.grad = 0;
    this.grad = 1;
  };
});

/** Single precision throughout, as it says. */
const Single = make((Value, rules) => {
  Value.description = { precision: 'single' };
  for (const rule of Object.values(rules)) {
    const { value, slopes } = rule;
    rule.value = (...operands) => Math.fround(value(...operands));
    rule.slopes = (...numbers) => slopes(...numbers).map(Math.fround);
  }
  Object.defineProperty(Value.prototype, 'data', {
    get() {
      return this.number;
    },
    set(to) {
      this.number = Math.fround(to);
    },
  });
  Value.prototype.give = function (share) {
    this.grad = Math.fround(this.grad + Math.fround(share));
  };
});

module.exports = { Immutable, Lazy, GradNodes, Follows, ResetsLeaves, Single };
