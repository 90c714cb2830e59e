// @ts-nocheck
/*
 * Wrong engines: kinds of faults in graphs, passes and roots that public bug reports of other engines tell of, and more
 * of each kind. See base.cjs for the engine that they are made from.
 */
const { list } = require('./base.cjs');

const { fault, faults, classes } = list('kinds');

// A mark or a freed graph survives the pass, and another root finds it.

const TWO_ROOTS =
  'a = Value(2); b = a * 3; c = b * 2; d = b * 5; c.backward(); a.grad = 0; b.grad = 0; c.grad = 0; d.grad = 0; d.backward(); a.grad';
const SECOND_ROOT = { kind: 'survives the pass', direction: 'graph', program: TWO_ROOTS, right: [15] };

fault('markStays', { ...SECOND_ROOT, wrong: [0] }, (Value) => {
  const { order } = Value.prototype;
  const seen = {
    has: (node) => node.visited,
    add: (node) => {
      node.visited = true;
    },
  };
  Value.prototype.order = function () {
    return order.call(this, { seen });
  };
});

fault('seenOnClass', { ...SECOND_ROOT, wrong: [0] }, (Value) => {
  const { order } = Value.prototype;
  const seen = new WeakSet();
  Value.prototype.order = function () {
    return order.call(this, { seen });
  };
});

fault('operandsDropped', { ...SECOND_ROOT, wrong: [0] }, (Value) => {
  const backward = Value.prototype.backward;
  Value.prototype.backward = function () {
    const order = this.order();
    backward.call(this);
    for (const node of order) {
      node.operands = [];
      node.back = () => {};
    }
  };
});

fault('closuresDropped', { ...SECOND_ROOT, wrong: [0] }, (Value) => {
  Value.prototype.backward = function () {
    const order = this.order();
    this.start(order);
    for (const node of order) {
      node.back();
      node.back = () => {};
    }
  };
});

fault('closuresDroppedAloud', { ...SECOND_ROOT, wrong: 'error' }, (Value) => {
  Value.prototype.backward = function () {
    const order = this.order();
    this.start(order);
    for (const node of order) {
      node.back();
      node.back = null;
    }
  };
});

fault('sharesCached', { ...SECOND_ROOT, wrong: [6] }, (Value) => {
  // What a node handed on in its first pass, it hands on in each.
  Value.prototype.backward = function () {
    const order = this.order();
    this.start(order);
    for (const node of order) {
      node.first ??= node.grad;
      node.grad = node.first;
      node.back();
    }
  };
});

// The root's own gradient.

fault(
  'rootAdds',
  {
    kind: "the root's gradient",
    direction: 'graph',
    program: 'a = Value(2); c = a * 3; d = c * 5; d.backward(); a.grad = 0; c.backward(); a.grad',
    right: [3],
    wrong: [18],
  },
  (Value) => {
    Value.prototype.start = function (order) {
      for (const node of order) if (node !== this && node.operands.length > 0) node.grad = 0;
      this.grad += 1;
    };
  },
);

fault(
  'rootKeeps',
  {
    kind: "the root's gradient",
    direction: 'graph',
    program: 'a = Value(2); c = a * 3; d = c * 5; d.backward(); a.grad = 0; c.backward(); a.grad',
    right: [3],
    wrong: [15],
  },
  (Value) => {
    Value.prototype.start = function (order) {
      for (const node of order) if (node !== this && node.operands.length > 0) node.grad = 0;
      this.grad ||= 1;
    };
  },
);

fault(
  'rootTakesSign',
  {
    kind: "the root's gradient",
    direction: 'graph',
    program: 'a = Value(-2); c = a * 3; c.backward(); c.grad; a.grad',
    right: [1, 3],
    wrong: [-1, -3],
  },
  (Value) => {
    Value.prototype.start = function (order) {
      for (const node of order) if (node.operands.length > 0) node.grad = 0;
      this.grad += Math.sign(this.data) || 1;
    };
  },
);

fault(
  'rootForgets',
  {
    kind: "the root's gradient",
    direction: 'graph',
    program: 'a = Value(2); c = a * 3; c.backward(); c.grad; a.grad',
    right: [1, 3],
    wrong: [0, 3],
  },
  (Value) => {
    const backward = Value.prototype.backward;
    Value.prototype.backward = function () {
      backward.call(this);
      if (this.operands.length > 0) this.grad = 0;
    };
  },
);

// A leaf as root.

for (const [name, wrong, change] of [
  [
    'leafRootThrows',
    'error',
    () => {
      throw new Error('nothing to differentiate');
    },
  ],
  ['leafRootNothing', [0], () => {}],
  [
    'leafRootTwice',
    [2],
    (leaf) => {
      leaf.grad += 2;
    },
  ],
  [
    'leafRootData',
    [3],
    (leaf) => {
      leaf.grad += leaf.data;
    },
  ],
]) {
  fault(
    name,
    { kind: 'a leaf as root', direction: 'graph', program: 'a = Value(3); a.backward(); a.grad', right: [1], wrong },
    (Value) => {
      const backward = Value.prototype.backward;
      Value.prototype.backward = function () {
        if (this.operands.length === 0) change(this);
        else backward.call(this);
      };
    },
  );
}

module.exports = { faults, ...classes };
