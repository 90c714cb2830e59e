// @ts-nocheck
/*
 * An engine whose operations, and whose backward pass, are functions beside the class, as many ports have it. `relu`, `abs` and
 * `sub` are helpers for plain numbers: nodes, which are numbers where one is wanted, come out of them as they went in, or as
 * no nodes at all.
 */
class Value {
  constructor(data, operands = [], hand = () => {}) {
    Object.assign(this, { data, operands, hand, grad: 0 });
  }
  valueOf() {
    return this.data;
  }
}

class WithMethod extends Value {
  add(y) {
    return add(this, y);
  }
}

const node = (x) => (x instanceof Value ? x : new Value(x));

function add(left, right) {
  const [x, y] = [node(left), node(right)];
  const out = new x.constructor(x.data + y.data, [x, y], () => {
    x.grad += out.grad;
    y.grad += out.grad;
  });
  return out;
}

function mul(left, right) {
  const [x, y] = [node(left), node(right)];
  const out = new x.constructor(x.data * y.data, [x, y], () => {
    x.grad += y.data * out.grad;
    y.grad += x.data * out.grad;
  });
  return out;
}

function exp(x) {
  const out = new x.constructor(Math.exp(x.data), [x], () => {
    x.grad += out.data * out.grad;
  });
  return out;
}

function tanh(x) {
  const out = new x.constructor(Math.tanh(x.data), [x], () => {
    x.grad += (1 - out.data ** 2) * out.grad;
  });
  return out;
}

function backward(root) {
  const order = [];
  const seen = new Set();
  (function visit(x) {
    if (seen.has(x)) return;
    seen.add(x);
    x.operands.forEach(visit);
    order.push(x);
  })(root);
  for (const x of order) if (x.operands.length > 0) x.grad = 0;
  root.grad = root.operands.length > 0 ? 1 : root.grad + 1;
  for (const x of order.reverse()) x.hand();
}

const relu = (x) => (x > 0 ? x : 0);
const abs = (x) => (x < 0 ? -x : x);
const sub = (x, y) => x - y;

module.exports = { default: Value, Value, WithMethod, add, mul, exp, tanh, backward, relu, abs, sub };
