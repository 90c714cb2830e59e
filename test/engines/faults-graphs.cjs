// @ts-nocheck
/*
 * Wrong engines: each operation is right, and the walk through the graph is not, or what is kept from one pass to the
 * next. See base.cjs for the engine that they are made from.
 */
const { list } = require('./base.cjs');

const { fault, faults, classes } = list('new');

const graph = (kind, program, right, wrong) => ({ kind, direction: 'graph', program, right, wrong });

// Nodes that the walk leaves out.

/** A change of the walk: what it notes of a node that it has seen, and to which operands it goes on. */
const walk = (options) => (Value) => {
  const { order } = Value.prototype;
  Value.prototype.order = function () {
    return order.call(this, options);
  };
};

fault(
  'equalDataAreOne',
  graph(
    'equality',
    'a = Value(1); b = Value(2); c = Value(1); d = Value(2); y = (a + b) * (c + d); y.backward(); a.grad; b.grad; c.grad; d.grad',
    [3, 3, 3, 3],
    [3, 3, 0, 0],
  ),
  walk({ key: (node) => (node.operands.length === 0 ? node : node.data) }),
);
fault(
  'equalTextsAreOne',
  graph(
    'equality',
    'a = Value(1); b = Value(2); c = Value(1); d = Value(2); y = (a + b) * (c + d); y.backward(); a.grad; c.grad',
    [3, 3],
    [3, 0],
  ),
  walk({
    key: (node) =>
      node.operands.length === 0 ? node : [node.operation, ...node.operands.map((x) => x.data)].join(' '),
  }),
);
fault(
  'operandsAreASet',
  graph('one node on both sides', 'a = Value(3); b = a + a; b.backward(); a.grad', [2], [1]),
  (Value) => {
    const apply = Value.apply;
    Value.apply = (operation, ...given) => {
      const out = apply(operation, ...given);
      const back = out.back;
      out.back = () => {
        if (given.length < 2 || given[0] !== given[1]) return back();
        const [before, operand] = [given[0].grad, given[0]];
        back();
        operand.grad = before + (operand.grad - before) / 2;
      };
      return out;
    };
  },
);
fault(
  'goesFiftyDeep',
  graph('depth', `x = Value(1); y = x + x; ${'y = y + x; '.repeat(98)}y.backward(); x.grad`, [100], [51]),
  walk({ operandsOf: (node, depth) => (depth < 50 ? node.operands : []) }),
);
fault(
  'goesIntoTheFirst',
  graph(
    'operands left out',
    'a = Value(2); b = Value(3); y = a * 2 + b * 5; y.backward(); a.grad; b.grad',
    [2, 5],
    [2, 0],
  ),
  walk({ operandsOf: (node) => node.operands.slice(0, 1) }),
);
fault(
  'leavesOutSeconds',
  graph(
    'operands left out',
    'a = Value(2); b = Value(3); y = a - b * 5; y.backward(); a.grad; b.grad',
    [1, -5],
    [1, 0],
  ),
  walk({ operandsOf: (node) => (node.operation === 'sub' ? node.operands.slice(0, 1) : node.operands) }),
);
fault(
  'stopsAtZeroGradient',
  graph(
    'stops early',
    'a = Value(0); b = Value(2); p = b * 3; q = b * 7; y = p + a * q; y.backward(); a.grad; b.grad',
    [14, 3],
    [14, 0],
  ),
  (Value) => {
    Value.prototype.backward = function () {
      const order = this.order();
      this.start(order);
      for (const node of order) {
        if (node.operands.length > 0 && node.grad === 0) return;
        node.back();
      }
    };
  },
);
fault(
  'stopsAtNegative',
  graph(
    'stops early',
    'a = Value(2); b = a * 3; c = b * (-1); y = c * (-5); y.backward(); b.grad; a.grad',
    [5, 15],
    [5, 0],
  ),
  walk({ operandsOf: (node) => (node.data < 0 ? [] : node.operands) }),
);
fault(
  'ninthShareLost',
  graph('a limit', `x = Value(1); y = x + x; ${'y = y + x; '.repeat(8)}y.backward(); x.grad`, [10], [8]),
  (Value) => {
    const backward = Value.prototype.backward;
    Value.prototype.backward = function () {
      for (const node of this.order()) node.shares = 0;
      backward.call(this);
    };
    Value.prototype.give = function (share) {
      if (this.shares < 8) this.grad += share;
      this.shares += 1;
    };
  },
);

// Orders.

fault('unreversed', graph('order', 'a = Value(2); y = (a * 3) * 5; y.backward(); a.grad', [15], [0]), (Value) => {
  const order = Value.prototype.order;
  Value.prototype.order = function () {
    return order.call(this).reverse();
  };
});
fault('rootLast', graph('order', 'a = Value(2); y = (a * 3) * 5; y.backward(); a.grad', [15], [0]), (Value) => {
  const order = Value.prototype.order;
  Value.prototype.order = function () {
    const [root, ...others] = order.call(this);
    return [...others, root];
  };
});
fault(
  'biggestFirst',
  graph('order', 'x = Value(1); p = x * 8; q = p / 4; z = q * 3; z.backward(); x.grad', [6], [0]),
  (Value) => {
    const order = Value.prototype.order;
    Value.prototype.order = function () {
      const [root, ...others] = order.call(this);
      return [root, ...others.sort((x, y) => Math.abs(y.data) - Math.abs(x.data))];
    };
  },
);
fault(
  'sortsAsText',
  graph('order', `x = Value(1); y = x + x; ${'y = y + y; '.repeat(11)}y.backward(); x.grad`, [4096], [0]),
  (Value) => {
    // By the place of each node in the order, which JavaScript sorts as texts: 10 comes before 2.
    const { order } = Value.prototype;
    Value.prototype.order = function () {
      const sorted = order.call(this);
      return [...sorted.keys()].sort().map((place) => sorted[place]);
    };
  },
);
fault(
  'asMet',
  graph('order', 'x = Value(1); a = 2 * x; b = 3 * a; r = a + b; r.backward(); x.grad', [8], [2]),
  (Value) => {
    const { order } = Value.prototype;
    Value.prototype.order = function () {
      const seen = new Set();
      order.call(this, { seen });
      return [...seen];
    };
  },
);
fault(
  'handsOnOnce',
  graph('order', 'x = Value(1); y = 3 * x; r = 2 * y + 5 * y; r.backward(); x.grad', [21], [6]),
  (Value) => {
    Value.prototype.backward = function () {
      this.start(this.order());
      const seen = new Set();
      const push = (node) => {
        if (seen.has(node)) return;
        seen.add(node);
        node.back();
        for (const operand of node.operands) push(operand);
      };
      push(this);
    };
  },
);
fault(
  'nearestFirst',
  graph('order', 'x = Value(1); p = x * 2; q = p * 3; s = q * 5; r = s + p; r.backward(); x.grad', [32], [2]),
  (Value) => {
    const order = Value.prototype.order;
    // By the shortest way from the root; the longest would be right.
    Value.prototype.order = function () {
      const away = new Map([[this, 0]]);
      for (const [node, steps] of away) {
        for (const operand of node.operands) if (!away.has(operand)) away.set(operand, steps + 1);
      }
      return order.call(this).sort((x, y) => away.get(x) - away.get(y));
    };
  },
);

// Nodes that have no part in the root.

fault('usersToo', graph('users', 'a = Value(2); b = a * 3; c = b * 7; b.backward(); a.grad', [3], [21]), (Value) => {
  const apply = Value.apply;
  Value.apply = (operation, ...given) => {
    const out = apply(operation, ...given);
    for (const operand of out.operands) operand.user = out;
    return out;
  };
  // Begins at the end of the graph, wherever it was asked to.
  const backward = Value.prototype.backward;
  Value.prototype.backward = function () {
    let root = this;
    while (root.user !== undefined) root = root.user;
    backward.call(root);
  };
});
/** A change of what the gradient of a leaf is that no pass has reached. */
const unreached = (initial) => (Value) => {
  Value.initial = initial;
  Value.prototype.start = function (order) {
    for (const node of order) {
      if (node.operands.length > 0 || !node.isReached) node.grad = 0;
      node.isReached = true;
    }
    this.grad += 1;
  };
};
fault(
  'unreachedIsOne',
  graph('unreached', 'a = Value(3); b = Value(5); y = a * 2; y.backward(); a.grad; b.grad', [2, 0], [2, 1]),
  unreached(1),
);
fault(
  'unreachedIsNaN',
  graph('unreached', 'a = Value(3); b = Value(5); y = a * 2; y.backward(); a.grad; b.grad', [2, 0], [2, Number.NaN]),
  unreached(Number.NaN),
);

module.exports = { faults, ...classes };
