// @ts-nocheck
/*
 * Wrong engines: a single operation is right, and what is kept, edited, shared or folded is not. See base.cjs for the
 * engine that they are made from.
 */
const { list } = require('./base.cjs');

const { fault, faults, classes } = list('new');

const graph = (kind, program, right, wrong) => ({ kind, direction: 'graph', program, right, wrong });

/** Lets `data` be written through a setter, and calls `edit` for each time but the first, which makes the node. */
const onEdit = (Value, edit) => {
  Object.defineProperty(Value.prototype, 'data', {
    get() {
      return this.number;
    },
    set(to) {
      const isMade = 'number' in this;
      this.number = to;
      if (isMade) edit(this);
    },
  });
};

// A second pass, or an edit between two.

fault(
  'leavesOnce',
  graph(
    'survives the pass',
    'a = Value(2); y = a * 3; y.backward(); a.grad = 0; z = a * 5; z.backward(); a.grad',
    [5],
    [0],
  ),
  (Value) => {
    const { backward } = Value.prototype;
    Value.prototype.backward = function () {
      backward.call(this);
      for (const node of this.order()) node.isDone = true;
    };
    Value.prototype.give = function (share) {
      if (!this.isDone || this.operands.length > 0) this.grad += share;
    };
  },
);
fault(
  'thirdPassSkips',
  graph(
    'survives the pass',
    'a = Value(2); b = a * 3; c = b * 2; e = Value(1); d = b * 5; c.backward(); e.backward(); a.grad = 0; d.backward(); a.grad',
    [15],
    [0],
  ),
  (Value) => {
    // Each pass has a number, which the nodes that it has seen bear: 0 or 1, in turn.
    const { order } = Value.prototype;
    let pass = 0;
    const seen = {
      has: (node) => node.pass === pass,
      add: (node) => {
        node.pass = pass;
      },
    };
    Value.prototype.order = function () {
      pass = 1 - pass;
      return order.call(this, { seen });
    };
  },
);
fault('editUnseen', graph('edits', 'a = Value(2); a.data = 5; y = a * 3; a.data; y.data', [5, 15], [5, 6]), (Value) => {
  // Operations go on with the number that a node was made with.
  const { apply } = Value;
  let isWorking = false;
  Object.defineProperty(Value.prototype, 'data', {
    get() {
      return isWorking ? this.made : this.number;
    },
    set(to) {
      this.made ??= to;
      this.number = to;
    },
  });
  Value.apply = (operation, ...given) => {
    isWorking = true;
    try {
      return apply(operation, ...given);
    } finally {
      isWorking = false;
    }
  };
});
fault(
  'editRunsOne',
  graph('edits', 'a = Value(2); y = a * 3; z = y + 1; a.data = 5; a.data; y.data; z.data', [5, 6, 7], [5, 15, 7]),
  (Value, rules) => {
    // Computes again the node that was last made from it, and none of those that were made from that.
    const { apply } = Value;
    Value.apply = (operation, ...given) => {
      const out = apply(operation, ...given);
      for (const operand of out.operands) operand.user = out;
      return out;
    };
    onEdit(Value, ({ user }) => {
      if (user) user.number = rules[user.operation].value(...user.operands.map((x) => x.data));
    });
  },
);
fault(
  'editClearsGradient',
  graph('edits', 'a = Value(2); y = a * 3; y.backward(); a.data = 5; a.data; a.grad', [5, 3], [5, 0]),
  (Value) => {
    onEdit(Value, (node) => {
      node.grad = 0;
    });
  },
);
fault(
  'zeroesOneDeep',
  graph('repeated pass', 'a = Value(2); y = a * 3 * 5 * 2; y.backward(); y.backward(); a.grad', [60], [90]),
  (Value) => {
    Value.description = { repeatedBackward: 'accumulate' };
    Value.prototype.start = function () {
      for (const node of [this, ...this.operands]) if (node.operands.length > 0) node.grad = 0;
      this.grad += 1;
    };
  },
);

// What an engine says of itself, and does not do.

fault(
  'saysAccumulates',
  graph('said of itself', 'a = Value(2); y = a * 3 * 5; y.backward(); y.backward(); a.grad', [30], [45]),
  (Value) => {
    Value.description = { repeatedBackward: 'accumulate' };
    Value.prototype.start = function () {
      this.grad = this.operands.length > 0 ? 1 : this.grad + 1;
    };
  },
);
fault(
  'saysResets',
  graph('said of itself', 'a = Value(2); y = a * 3 * 5; y.backward(); y.backward(); a.grad', [15], [30]),
  (Value) => {
    Value.description = { repeatedBackward: 'reset' };
  },
);
fault(
  'saysAccumulatesButResets',
  graph('said of itself', 'a = Value(2); y = a * 3 * 5; y.backward(); y.backward(); a.grad', [30], [15]),
  (Value) => {
    Value.description = { repeatedBackward: 'accumulate' };
    Value.prototype.start = function (order) {
      for (const node of order) node.grad = 0;
      this.grad = 1;
    };
  },
);
fault(
  'saysFollows',
  graph('said of itself', 'a = Value(2); y = a * 3; a.data = 5; a.data; y.data', [5, 15], [5, 6]),
  (Value) => {
    Value.description = { follows: true };
  },
);
fault(
  'saysKept',
  graph('said of itself', 'a = Value(2); b = a * 3; y = b * 5; y.backward(); a.grad; b.grad', [15, 5], [15, null]),
  (Value) => {
    Value.description = { interiorGradients: 'kept' };
    const { backward } = Value.prototype;
    Value.prototype.backward = function () {
      backward.call(this);
      for (const node of this.order()) if (node !== this && node.operands.length > 0) node.grad = null;
    };
  },
);

// Nodes that share what they should not.

fault(
  'operandsOverwritten',
  graph(
    'shared state',
    'a = Value(2); b = Value(3); y = (a * 2 + 1) * (b * 5 + 2); y.backward(); a.grad; b.grad',
    [34, 25],
    [0, 25],
  ),
  (Value) => {
    // One array for the operands of all additions, by which the walk finds its way.
    const { apply } = Value;
    const { order } = Value.prototype;
    const scratch = [];
    Value.apply = (operation, ...given) => {
      const out = apply(operation, ...given);
      if (operation === 'add') {
        scratch.splice(0, 2, ...out.operands);
        out.scratch = scratch;
      }
      return out;
    };
    Value.prototype.order = function () {
      return order.call(this, { operandsOf: (node) => node.scratch ?? node.operands });
    };
  },
);
fault(
  'namesakesShareGradient',
  graph('shared state', 'a = Value(2); b = Value(2); y = a * 3 + b * 5; y.backward(); a.grad; b.grad', [3, 5], [8, 8]),
  (Value) => {
    // The gradients are kept by the number that a node was made with; a new node begins at 0.
    const grads = new Map();
    Object.defineProperty(Value.prototype, 'grad', {
      get() {
        return grads.get(this.made ?? this.data) ?? 0;
      },
      set(to) {
        this.made ??= this.data;
        if (grads.size > 100_000) grads.clear();
        grads.set(this.made, to);
      },
    });
  },
);
fault('numberIsLeaf', graph('shared state', 'a = Value(3); y = a * 3; y.backward(); a.grad', [3], [6]), (Value) => {
  // A plain number is taken for the node that was last made by hand, if that holds the same number.
  const { node } = Value;
  let last;
  Value.node = (x) => (typeof x === 'number' && last?.data === x ? last : node(x));
  Object.defineProperty(Value.prototype, 'operands', {
    get() {
      return this.made;
    },
    set(to) {
      this.made = to;
      if (to.length === 0) last = this;
    },
  });
});
fault(
  'addsInPlace',
  graph('shared state', 'a = Value(2); p = a * 2; q = p + 1; p.data; q.data', [4, 5], [5, 5]),
  (Value) => {
    // The sum of a product and something else takes the place of the product.
    Value.add = (x, y) => {
      const out = Value.apply('add', x, y);
      if (x.operation === 'mul') x.data = out.data;
      return out;
    };
    Value.prototype.add = function (y) {
      return Value.add(this, y);
    };
  },
);
fault(
  'lastUserOnly',
  graph('shared state', 'a = Value(2); y = a * 3 + a * 5; y.backward(); a.grad', [8], [5]),
  (Value) => {
    // A node remembers one node that was made from it, and takes shares from that alone.
    const { apply } = Value;
    const { give } = Value.prototype;
    Value.apply = (operation, ...given) => {
      const out = apply(operation, ...given);
      for (const operand of out.operands) operand.user = out;
      return out;
    };
    Value.prototype.give = function (share, from) {
      if (from === this.user) give.call(this, share);
    };
  },
);

// Nodes that are folded away.

/** A change of an operation, which gives a leaf instead where `applies` holds of the operands' numbers. */
const folds = (operation, applies) => (Value) => {
  const { apply } = Value;
  Value.apply = (each, ...given) => {
    const numbers = given.map((x) => (typeof x === 'number' ? x : x.data));
    const out = apply(each, ...given);
    return each === operation && applies(...numbers) ? new Value(out.data) : out;
  };
};
fault(
  'timesZeroFolds',
  graph('cut', 'a = Value(3); b = Value(0); y = a * b; y.backward(); a.grad; b.grad', [0, 3], [0, 0]),
  folds('mul', (x, y) => x === 0 || y === 0),
);
fault(
  'powOneFolds',
  graph('cut', 'a = Value(3); y = a ** 1; y.backward(); a.grad', [1], [0]),
  folds('pow', (_, n) => n === 1),
);
fault(
  'absOfPositiveFolds',
  graph('cut', 'a = Value(3); y = abs(a); y.backward(); a.grad', [1], [0]),
  folds('abs', (x) => x >= 0),
);

module.exports = { faults, ...classes };
