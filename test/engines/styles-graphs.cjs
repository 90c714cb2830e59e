// @ts-nocheck
/*
 * Right engines, which differ in how they hold the graph and walk through it. Each is spoken to as micrograd is, unless
 * its comment says otherwise.
 */

const { sorted } = require('./sorted.cjs');

/**
 * The design of micrograd: four operations with closures, the others made of them. A pass sets the gradient of its root
 * and adds everywhere else, so that a second pass over one graph finds old gradients between leaves and root.
 */
class Micrograd {
  constructor(data, children = [], op = '') {
    this.data = data;
    this.grad = 0;
    this.prev = new Set(children);
    this.op = op;
    this.pushBack = () => {};
  }

  add(other) {
    const y = other instanceof Micrograd ? other : new Micrograd(other);
    const out = new Micrograd(this.data + y.data, [this, y], '+');
    out.pushBack = () => {
      this.grad += out.grad;
      y.grad += out.grad;
    };
    return out;
  }

  mul(other) {
    const y = other instanceof Micrograd ? other : new Micrograd(other);
    const out = new Micrograd(this.data * y.data, [this, y], '*');
    out.pushBack = () => {
      this.grad += y.data * out.grad;
      y.grad += this.data * out.grad;
    };
    return out;
  }

  pow(n) {
    if (typeof n !== 'number') throw new TypeError('only plain numbers as exponents');
    const out = new Micrograd(this.data ** n, [this], `**${n}`);
    out.pushBack = () => {
      this.grad += n * this.data ** (n - 1) * out.grad;
    };
    return out;
  }

  relu() {
    const out = new Micrograd(this.data < 0 ? 0 : this.data, [this], 'relu');
    out.pushBack = () => {
      this.grad += (out.data > 0 ? 1 : 0) * out.grad;
    };
    return out;
  }

  neg() {
    return this.mul(-1);
  }

  sub(other) {
    return this.add(other instanceof Micrograd ? other.neg() : -other);
  }

  div(other) {
    return this.mul(other instanceof Micrograd ? other.pow(-1) : 1 / other);
  }

  backward() {
    this.grad = 1;
    for (const node of sorted(this, (each) => each.prev).reverse()) node.pushBack();
  }
}

/**
 * Nodes are places on one tape, where each stands after its operands: a pass goes down the tape from its root. The tape
 * grows for as long as the program runs.
 */
class Tape {
  static tape = [];

  constructor(data) {
    this.index = Tape.record('leaf', data);
  }

  static record(operation, data, x, y) {
    Tape.tape.push({ operation, data, grad: 0, x, y });
    return Tape.tape.length - 1;
  }

  get data() {
    return Tape.tape[this.index].data;
  }

  set data(to) {
    Tape.tape[this.index].data = to;
  }

  get grad() {
    return Tape.tape[this.index].grad;
  }

  set grad(to) {
    Tape.tape[this.index].grad = to;
  }

  make(operation, data, other) {
    const out = Object.create(Tape.prototype);
    out.index = Tape.record(operation, data, this.index, other?.index);
    return out;
  }

  static node(x) {
    return x instanceof Tape ? x : new Tape(x);
  }

  add(other) {
    const y = Tape.node(other);
    return this.make('add', this.data + y.data, y);
  }

  sub(other) {
    const y = Tape.node(other);
    return this.make('sub', this.data - y.data, y);
  }

  mul(other) {
    const y = Tape.node(other);
    return this.make('mul', this.data * y.data, y);
  }

  div(other) {
    const y = Tape.node(other);
    return this.make('div', this.data / y.data, y);
  }

  neg() {
    return this.make('neg', -this.data);
  }

  tanh() {
    return this.make('tanh', Math.tanh(this.data));
  }

  backward() {
    const { tape } = Tape;
    const reached = new Set([this.index]);
    if (tape[this.index].x !== undefined) tape[this.index].grad = 0;
    tape[this.index].grad += 1;
    const give = (index, share) => {
      if (!reached.has(index)) {
        reached.add(index);
        if (tape[index].x !== undefined) tape[index].grad = 0;
      }
      tape[index].grad += share;
    };
    // Nothing stands below the lowest place that has been reached.
    let waiting = 1;
    for (let index = this.index; waiting > 0; index -= 1) {
      if (!reached.has(index)) continue;
      const before = reached.size;
      const { operation, data, grad, x, y } = tape[index];
      if (operation === 'add') {
        give(x, grad);
        give(y, grad);
      } else if (operation === 'sub') {
        give(x, grad);
        give(y, -grad);
      } else if (operation === 'mul') {
        give(x, tape[y].data * grad);
        give(y, tape[x].data * grad);
      } else if (operation === 'div') {
        give(x, grad / tape[y].data);
        give(y, (-data / tape[y].data) * grad);
      } else if (operation === 'neg') give(x, -grad);
      else if (operation === 'tanh') give(x, (1 - data * data) * grad);
      waiting += reached.size - before - 1;
    }
  }
}

/** A node knows the code of its operation, and one switch knows what to do for each. */
class Switch {
  constructor(data, op = 'leaf', x = undefined, y = undefined) {
    this.data = data;
    this.grad = 0;
    this.op = op;
    this.x = x;
    this.y = y;
  }

  static make(op, x, other) {
    const y = typeof other === 'number' ? new Switch(other) : other;
    switch (op) {
      case 'add':
        return new Switch(x.data + y.data, op, x, y);
      case 'sub':
        return new Switch(x.data - y.data, op, x, y);
      case 'mul':
        return new Switch(x.data * y.data, op, x, y);
      case 'div':
        return new Switch(x.data / y.data, op, x, y);
      case 'exp':
        return new Switch(Math.exp(x.data), op, x);
      case 'log':
        return new Switch(Math.log(x.data), op, x);
      case 'relu':
        return new Switch(Math.max(x.data, 0), op, x);
      case 'max':
        return new Switch(Math.max(x.data, y.data), op, x, y);
      default:
        throw new Error(`what is ${op}?`);
    }
  }

  add(other) {
    return Switch.make('add', this, other);
  }

  sub(other) {
    return Switch.make('sub', this, other);
  }

  mul(other) {
    return Switch.make('mul', this, other);
  }

  div(other) {
    return Switch.make('div', this, other);
  }

  max(other) {
    return Switch.make('max', this, other);
  }

  exp() {
    return Switch.make('exp', this);
  }

  log() {
    return Switch.make('log', this);
  }

  relu() {
    return Switch.make('relu', this);
  }

  handOn() {
    const { op, x, y, data, grad } = this;
    switch (op) {
      case 'add':
        x.grad += grad;
        y.grad += grad;
        break;
      case 'sub':
        x.grad += grad;
        y.grad -= grad;
        break;
      case 'mul':
        x.grad += y.data * grad;
        y.grad += x.data * grad;
        break;
      case 'div':
        x.grad += grad / y.data;
        y.grad -= (data / y.data) * grad;
        break;
      case 'exp':
        x.grad += data * grad;
        break;
      case 'log':
        x.grad += grad / x.data;
        break;
      case 'relu':
        x.grad += x.data > 0 ? grad : 0;
        break;
      case 'max':
        if (x.data >= y.data) x.grad += grad;
        else y.grad += grad;
        break;
    }
  }

  backward() {
    const order = sorted(this, ({ x, y }) => [x, y].filter((each) => each !== undefined)).reverse();
    for (const node of order) if (node.op !== 'leaf') node.grad = 0;
    this.grad += 1;
    for (const node of order) node.handOn();
  }
}

module.exports = { Micrograd, Tape, Switch };
