// @ts-nocheck
/*
 * Wrong engines: what published engines got wrong in their graphs, and on which side of an operation. See base.cjs for the engine that they are made from.
 */
const { list } = require('./base.cjs');

const { fault, faults, classes } = list('known');

fault(
  'assigns',
  {
    kind: 'accumulation',
    direction: 'graph',
    program: 'a = Value(3); b = a + a; b.backward(); a.grad',
    right: [2],
    wrong: [1],
  },
  (Value) => {
    Value.prototype.give = function (share) {
      this.grad = share;
    };
  },
);

fault(
  'powAssigns',
  {
    kind: 'accumulation',
    operation: 'pow',
    direction: 'backward',
    program: 'x = Value(2); z = x + x ** 3; z.backward(); x.grad',
    right: [13],
    wrong: [12],
  },
  (Value) => {
    Value.prototype.give = function (share, from) {
      this.grad = from.operation === 'pow' ? share : this.grad + share;
    };
  },
);

fault(
  'breadthFirst',
  {
    kind: 'order',
    direction: 'graph',
    program: 'x = Value(1); a = 2 * x; b = 3 * a; r = a + b; r.backward(); x.grad',
    right: [8],
    wrong: [2],
  },
  (Value) => {
    Value.prototype.order = function () {
      const seen = new Set([this]);
      for (const node of seen) for (const operand of node.operands) seen.add(operand);
      return [...seen];
    };
  },
);

fault(
  'recursive',
  {
    kind: 'order',
    direction: 'graph',
    program: 'x = Value(1); y = 3 * x; r = 2 * y + 5 * y; r.backward(); x.grad',
    right: [21],
    wrong: [27],
  },
  (Value) => {
    // Hands on, at each visit, all that has come together so far.
    const push = (node) => {
      node.back();
      for (const operand of new Set(node.operands)) push(operand);
    };
    Value.prototype.backward = function () {
      this.start(this.order());
      push(this);
    };
  },
);

fault(
  'everyWay',
  {
    kind: 'every way is walked',
    direction: 'graph',
    program: `x = Value(1); y = x + x; ${'y = y + y; '.repeat(39)}y.backward(); x.grad`,
    right: [2 ** 40],
    wrong: 'slow',
  },
  (Value) => {
    Value.prototype.order = function () {
      const order = [];
      const visit = (node) => {
        for (const operand of node.operands) visit(operand);
        order.push(node);
      };
      visit(this);
      return [...new Set(order)].reverse();
    };
  },
);

fault(
  'recursiveOrder',
  {
    level: 'edge',
    kind: 'depth',
    direction: 'graph',
    program: `x = Value(1); y = x + x; ${'y = y + x; '.repeat(19998)}y.backward(); x.grad`,
    right: [20000],
    wrong: 'error',
  },
  (Value) => {
    Value.prototype.order = function () {
      const order = [];
      const seen = new Set();
      const visit = (node) => {
        if (seen.has(node)) return;
        seen.add(node);
        for (const operand of node.operands) visit(operand);
        order.push(node);
      };
      visit(this);
      return order.reverse();
    };
  },
);

fault(
  'subSign',
  {
    kind: 'sign',
    operation: 'sub',
    direction: 'backward',
    program: 'x = Value(5); y = Value(3); z = x - y; z.backward(); x.grad; y.grad',
    right: [1, -1],
    wrong: [1, 1],
  },
  (_, rules) => {
    rules.sub.slopes = () => [1, 1];
  },
);

fault(
  'subSwaps',
  {
    kind: 'swapped operands',
    operation: 'sub',
    direction: 'forward',
    program: 'x = Value(5); y = Value(3); z = x - y; z.backward(); z.data; x.grad; y.grad',
    right: [2, 1, -1],
    wrong: [-2, -1, 1],
  },
  (_, rules) => {
    rules.sub = { value: (x, y) => y - x, slopes: () => [-1, 1] };
  },
);

fault(
  'divSwaps',
  {
    kind: 'swapped operands',
    operation: 'div',
    direction: 'forward',
    program: 'x = Value(2); y = Value(4); z = x / y; z.data',
    right: [0.5],
    wrong: [2],
  },
  (_, rules) => {
    rules.div = { value: (x, y) => y / x, slopes: (x, y) => [-y / x / x, 1 / x] };
  },
);

fault(
  'leftSubSwaps',
  {
    kind: 'number on the left',
    operation: 'sub',
    direction: 'forward',
    program: 'x = Value(4); z = 3 - x; z.backward(); z.data; x.grad',
    right: [-1, -1],
    wrong: [1, 1],
  },
  (Value) => {
    Value.sub = (x, y) => (typeof x === 'number' ? y.sub(x) : x.sub(y));
  },
);

fault(
  'leftDivSwaps',
  {
    kind: 'number on the left',
    operation: 'div',
    direction: 'forward',
    program: 'x = Value(4); z = 2 / x; z.backward(); z.data; x.grad',
    right: [0.5, -0.125],
    wrong: [2, 0.5],
  },
  (Value) => {
    Value.div = (x, y) => (typeof x === 'number' ? y.div(x) : x.div(y));
  },
);

fault(
  'negCuts',
  {
    kind: 'cut',
    operation: 'neg',
    direction: 'graph',
    program: 'a = Value(3); z = -a; z.backward(); a.grad',
    right: [-1],
    wrong: [0],
  },
  (Value) => {
    Value.neg = (x) => new Value(-x.data);
    Value.prototype.neg = function () {
      return Value.neg(this);
    };
  },
);

fault(
  'subCuts',
  {
    kind: 'cut',
    operation: 'sub',
    direction: 'graph',
    program: 'a = Value(5); b = Value(3); z = a - b; z.backward(); a.grad; b.grad',
    right: [1, -1],
    wrong: [1, 0],
  },
  (Value) => {
    Value.sub = (x, y) => Value.add(x, new Value(-Value.node(y).data));
    Value.prototype.sub = function (y) {
      return Value.sub(this, y);
    };
  },
);

fault(
  'subDivRefuseNumbers',
  {
    kind: 'numbers refused',
    direction: 'forward',
    program: 'a = Value(5); z = a - 3; z.data',
    right: [2],
    wrong: 'error',
  },
  (Value) => {
    for (const operation of ['sub', 'div']) {
      Value[operation] = (x, y) => {
        if (typeof x === 'number' || typeof y === 'number') throw new TypeError(`${operation} takes two Values`);
        return Value.apply(operation, x, y);
      };
      Value.prototype[operation] = function (y) {
        return Value[operation](this, y);
      };
    }
  },
);

fault(
  'leftMulThrows',
  {
    kind: 'number on the left',
    operation: 'mul',
    direction: 'forward',
    program: 'a = Value(2); z = 3 * a; z.data',
    right: [6],
    wrong: 'error',
  },
  (Value) => {
    Value.mul = (x, y) => x.mul(y);
  },
);

fault(
  'sameNodeThrows',
  {
    kind: 'one node on both sides',
    direction: 'graph',
    program: 'a = Value(3); b = a + 1; c = b * b; c.data',
    right: [16],
    wrong: 'error',
  },
  (Value) => {
    const apply = Value.apply;
    Value.apply = (operation, x, y) => {
      if (x === y) throw new Error('a node cannot be its own operand');
      return y === undefined ? apply(operation, x) : apply(operation, x, y);
    };
  },
);

module.exports = { faults, ...classes };
