// @ts-nocheck
/*
 * Wrong engines that were written without a look at what the suite recognises: mistakes that authors of ports make.
 *
 * `exports.blind` says what is wrong with each, `exports.<name>` is its class.
 */
const { make } = require('./base.cjs');

exports.blind = {};

const blind = (name, what, facts, change) => {
  exports.blind[name] = { what, operation: null, level: 'core', ...facts };
  exports[name] = make(change);
};

/** Replaces how nodes are made: `instead` gets the old way, and what was asked for. */
const applied = (Value, instead) => {
  const apply = Value.apply;
  Value.apply = (operation, ...given) => instead(apply, operation, given);
};

/** Replaces how a node passes its gradient on. */
const passes = (Value, rules, back) => {
  applied(Value, (apply, operation, given) => {
    const out = apply(operation, ...given);
    const rule = typeof given[1] === 'number' && operation === 'pow' ? rules.power : rules[operation];
    const slopes = () => rule.slopes(...out.operands.map((x) => x.data), out.data);
    const sound = out.back;
    out.back = () => back({ out, operation, given, slopes, sound });
    return out;
  });
};

const leaky = (rules) => {
  rules.relu.slopes = (x) => [x > 0 ? 1 : 0.01];
};

const swapped = (Value) =>
  applied(Value, (apply, operation, given) =>
    operation === 'sub' && typeof given[0] === 'number' ? apply('sub', given[1], given[0]) : apply(operation, ...given),
  );

const preorder = (Value) => {
  Value.prototype.order = function () {
    const seen = new Set();
    const order = [];
    const stack = [this];
    while (stack.length > 0) {
      const node = stack.pop();
      if (seen.has(node)) continue;
      seen.add(node);
      order.push(node);
      for (let i = node.operands.length - 1; i >= 0; i--) stack.push(node.operands[i]);
    }
    return order;
  };
};

/* The local derivative of one operation. */

blind('sqrt_times', 'the derivative of sqrt is root/2 instead of 1/(2·root)', { operation: 'sqrt' }, (_, rules) => {
  rules.sqrt.slopes = (_x, z) => [0.5 * z];
});

blind(
  'pow_precedence',
  'the derivative of a constant power is n·xⁿ − 1, for want of parentheses around n − 1',
  { operation: 'pow' },
  (_, rules) => {
    rules.power.slopes = (x, n) => [n * x ** n - 1, 0];
  },
);

blind(
  'div_unsquared',
  'the derivative of x/y by y is −x/y: the square is forgotten',
  { operation: 'div' },
  (_, rules) => {
    rules.div.slopes = (x, y) => [1 / y, -x / y];
  },
);

blind(
  'exponent_without_log',
  'the derivative of a power by its exponent is the power itself: log of the base is forgotten',
  { operation: 'pow' },
  (_, rules) => {
    rules.pow.slopes = (x, y, z) => [y * x ** (y - 1), z];
  },
);

blind(
  'relu_leaky_backward',
  'relu is 0 below 0, but its derivative there is 0.01',
  { operation: 'relu' },
  (_, rules) => {
    leaky(rules);
  },
);

blind(
  'rdiv_slope',
  'a number divided by a node has the right value, and the derivative of the node divided by the number',
  { operation: 'div' },
  (Value, rules) => {
    passes(Value, rules, ({ out, operation, given, sound }) => {
      if (operation === 'div' && typeof given[0] === 'number') out.operands[1].give(out.grad / given[0], out);
      else sound();
    });
  },
);

/* Values, and regions. */

blind('tanh_half', 'tanh is (eˣ − 1)/(eˣ + 1), which is tanh(x/2)', { operation: 'tanh' }, (_, rules) => {
  rules.tanh.value = (x) => (Math.exp(x) - 1) / (Math.exp(x) + 1);
});

blind(
  'div_trunc',
  'division is that of whole numbers, with the derivatives of a real one',
  { operation: 'div' },
  (_, rules) => {
    rules.div.value = (x, y) => Math.trunc(x / y);
    rules.div.slopes = (x, y) => [1 / y, -x / (y * y)];
  },
);

blind(
  'pow_by_log',
  'a constant power is computed as exp(n·log x), which is NaN for negative x',
  { operation: 'pow' },
  (_, rules) => {
    rules.power.value = (x, n) => Math.exp(n * Math.log(x));
  },
);

blind('relu_six', 'relu stops at 6, in value and derivative', { operation: 'relu' }, (_, rules) => {
  rules.relu.value = (x) => Math.min(Math.max(x, 0), 6);
  rules.relu.slopes = (x) => [x > 0 && x < 6 ? 1 : 0];
});

blind('sigmoid_saturates', 'sigmoid is 0 or 1, and flat, beyond ±4', { operation: 'sigmoid' }, (_, rules) => {
  const { value, slopes } = rules.sigmoid;
  rules.sigmoid.value = (x) => (x > 4 ? 1 : x < -4 ? 0 : value(x));
  rules.sigmoid.slopes = (x, z) => (Math.abs(x) > 4 ? [0] : slopes(x, z));
});

blind('min_is_max', 'min was copied from max and still takes the greater', { operation: 'min' }, (_, rules) => {
  rules.min.value = rules.max.value;
  rules.min.slopes = rules.max.slopes;
});

blind('log_epsilon', 'log adds 1e-7 to its operand, to be safe', { operation: 'log' }, (_, rules) => {
  rules.log.value = (x) => Math.log(x + 1e-7);
  rules.log.slopes = (x) => [1 / (x + 1e-7)];
});

blind('log_guarded', 'log of 0 and of what is below is 0', { operation: 'log', level: 'edge' }, (_, rules) => {
  rules.log.value = (x) => (x > 0 ? Math.log(x) : Number.isNaN(x) ? x : 0);
});

blind('rounded', 'what an operation gives is rounded to four decimals', {}, (_, rules) => {
  for (const rule of Object.values(rules)) {
    const { value } = rule;
    rule.value = (...numbers) => {
      const z = value(...numbers);
      return Number.isFinite(z) ? Number(z.toFixed(4)) : z;
    };
  }
});

/* Plain numbers. */

blind(
  'rsub_swapped',
  'a number minus a node is computed as the node minus the number',
  { operation: 'sub' },
  (Value) => {
    swapped(Value);
  },
);

blind(
  'mul_zero_default',
  'a product with the plain number 0 takes 1 instead, by `other || 1`',
  { operation: 'mul' },
  (Value) => {
    applied(Value, (apply, operation, given) =>
      operation === 'mul'
        ? apply('mul', ...given.map((x) => (typeof x === 'number' ? x || 1 : x)))
        : apply(operation, ...given),
    );
  },
);

blind('numbers_to_whole', 'a plain number as operand is cut to a whole number', {}, (Value) => {
  Value.node = (x) => (typeof x === 'number' ? new Value(Math.trunc(x)) : x);
});

blind('interned', 'a plain number becomes the last leaf that had this number, which gets its gradient', {}, (Value) => {
  const leaves = new Map();
  Object.defineProperty(Value.prototype, 'back', {
    get() {
      return this.pass;
    },
    set(pass) {
      this.pass = pass;
      if (this.operands.length === 0) leaves.set(this.data, this);
    },
  });
  Value.node = (x) => (typeof x === 'number' ? (leaves.get(x) ?? new Value(x)) : x);
});

/* How gradients are passed on. */

blind(
  'exp_unchained',
  'exp passes its derivative on without the gradient from above',
  { operation: 'exp' },
  (Value, rules) => {
    passes(Value, rules, ({ out, operation, slopes, sound }) => {
      if (operation === 'exp') out.operands[0].give(slopes()[0], out);
      else sound();
    });
  },
);

blind(
  'gradient_in_place',
  "a node multiplies its own gradient by each derivative in turn, so the second operand's share holds both",
  {},
  (Value, rules) => {
    passes(Value, rules, ({ out, slopes }) => {
      for (const [i, slope] of slopes().entries()) {
        if (i >= out.operands.length) continue;
        out.grad *= slope;
        out.operands[i].give(out.grad, out);
      }
    });
  },
);

blind(
  'operands_in_a_set',
  'operands are kept in a set, so x·x and x + x pass on one share of two',
  {},
  (Value, rules) => {
    passes(Value, rules, ({ out, slopes }) => {
      const local = slopes();
      for (const [i, operand] of [...new Set(out.operands)].entries()) operand.give(local[i] * out.grad, out);
    });
  },
);

blind('zero_is_nothing', 'an operand gets its share only `if (operand.data)`, so never at 0', {}, (Value, rules) => {
  passes(Value, rules, ({ out, slopes }) => {
    const local = slopes();
    for (const [i, operand] of out.operands.entries()) if (operand.data) operand.give(local[i] * out.grad, out);
  });
});

blind(
  'slopes_in_a_buffer',
  'each operation keeps its derivatives in one buffer, which the next node of the operation overwrites',
  {},
  (Value) => {
    const buffers = {};
    applied(Value, (apply, operation, given) => {
      const out = apply(operation, ...given);
      const rule = Value.rule(operation, given);
      buffers[operation] = rule.slopes(...out.operands.map((x) => x.data), out.data);
      out.back = () => {
        for (const [i, operand] of out.operands.entries()) operand.give(buffers[operation][i] * out.grad, out);
      };
      return out;
    });
  },
);

blind('clipped', 'gradients are clipped to ±10 as they gather', {}, (Value) => {
  Value.prototype.give = function (share) {
    this.grad = Math.max(-10, Math.min(10, this.grad + share));
  };
});

blind('descending', 'the pass starts from −1, so that gradients point downhill', {}, (Value) => {
  Value.prototype.start = function (order) {
    for (const node of order) if (node.operands.length > 0) node.grad = 0;
    this.grad -= 1;
  };
});

/* The walk. */

blind('preorder', 'the walk goes depth first and calls a node when it is first met', {}, preorder);

blind('seen_by_data', 'the walk takes two nodes with the same number for one', {}, (Value) => {
  const { order } = Value.prototype;
  Value.prototype.order = function () {
    return order.call(this, { key: (node) => node.data });
  };
});

blind('without_order', 'each node calls its operands on at once, every time that it is reached', {}, (Value) => {
  Value.prototype.backward = function () {
    this.start(this.order());
    const visit = (node) => {
      node.back();
      for (const operand of node.operands) visit(operand);
    };
    visit(this);
  };
});

blind(
  'sorted_as_text',
  'the nodes of a graph are numbered as they were made and sorted as texts, so 10 comes before 9',
  {},
  (Value) => {
    const { order } = Value.prototype;
    Value.prototype.order = function () {
      const names = order
        .call(this)
        .reverse()
        .map((node, i) => ({ node, name: `n${i}` }));
      names.sort((x, y) => (x.name < y.name ? 1 : -1));
      return names.map(({ node }) => node);
    };
  },
);

blind('ids_of_a_byte', 'nodes are called by falling id, and ids are bytes: 256 is 0 again', {}, (Value) => {
  const { order } = Value.prototype;
  let next = 0;
  applied(Value, (apply, operation, given) => {
    const out = apply(operation, ...given);
    out.id = next++ % 256;
    return out;
  });
  Value.prototype.order = function () {
    return order.call(this).sort((x, y) => (y.id ?? -1) - (x.id ?? -1));
  };
});

blind('fifty_nodes', 'the walk has room for 50 nodes, and leaves out the rest', {}, (Value) => {
  const { order } = Value.prototype;
  Value.prototype.order = function () {
    return order.call(this).slice(0, 50);
  };
});

/* Several passes, zeroing, edits. */

blind('visited_for_good', 'the walk marks nodes as visited and never takes the mark away', {}, (Value) => {
  const { order } = Value.prototype;
  const seen = new WeakSet();
  Value.prototype.order = function () {
    return order.call(this, { seen });
  };
});

blind('zero_ignored', 'the setter of grad has `if (g)`, so setting a gradient to 0 does nothing', {}, (Value) => {
  Object.defineProperty(Value.prototype, 'grad', {
    get() {
      return this.g ?? 0;
    },
    set(g) {
      if (g) this.g = g;
    },
  });
  Value.prototype.start = function (order) {
    for (const node of order) if (node.operands.length > 0) node.g = 0;
    this.g = (this.g ?? 0) + 1;
  };
});

blind('making_zeroes', 'making a node sets the gradients of its operands to 0', {}, (Value) => {
  applied(Value, (apply, operation, given) => {
    const out = apply(operation, ...given);
    for (const operand of out.operands) operand.grad = 0;
    return out;
  });
});

blind(
  'remembered',
  'an operation on the same nodes gives the node of the first time, also after an edit',
  {},
  (Value) => {
    const ids = new WeakMap();
    let next = 0;
    const key = (x) => {
      if (typeof x === 'number') return `${x}`;
      if (!ids.has(x)) ids.set(x, `#${next++}`);
      return ids.get(x);
    };
    const known = new Map();
    applied(Value, (apply, operation, given) => {
      const name = [operation, ...given.map(key)].join(' ');
      if (!known.has(name)) known.set(name, apply(operation, ...given));
      return known.get(name);
    });
  },
);

blind('neg_in_place', 'neg turns the sign of its operand too', { operation: 'neg' }, (Value) => {
  applied(Value, (apply, operation, given) => {
    const out = apply(operation, ...given);
    if (operation === 'neg') given[0].data = out.data;
    return out;
  });
});

/* Two at once. */

blind(
  'pair_rsub_relu',
  'a number minus a node is turned around; and the derivative of relu below 0 is 0.01',
  { pair: ['sub', 'relu'] },
  (Value, rules) => {
    swapped(Value);
    leaky(rules);
  },
);

blind(
  'pair_tanh_sigmoid',
  'the derivative of tanh is 1 − z without the square; and that of sigmoid is z without 1 − z',
  { pair: ['tanh', 'sigmoid'] },
  (_, rules) => {
    rules.tanh.slopes = (_x, z) => [1 - z];
    rules.sigmoid.slopes = (_x, z) => [z];
  },
);

blind(
  'pair_assign_log',
  'mul assigns to the gradients of its operands instead of adding; and log is that to the base 10',
  { pair: ['mul', 'log'] },
  (Value, rules) => {
    rules.log.value = (x) => Math.log10(x);
    passes(Value, rules, ({ out, operation, slopes, sound }) => {
      if (operation !== 'mul') return sound();
      const local = slopes();
      for (const [i, operand] of out.operands.entries()) operand.grad = local[i] * out.grad;
    });
  },
);

blind(
  'pair_preorder_exp',
  'the walk calls a node when it is first met; and the derivative of exp is its operand',
  { pair: [null, 'exp'] },
  (Value, rules) => {
    preorder(Value);
    rules.exp.slopes = (x) => [x];
  },
);

blind(
  'pair_div_div',
  'the derivative of x/y by x is y; and that by y lacks its sign',
  { operation: 'div', pair: ['div', 'div'] },
  (_, rules) => {
    rules.div.slopes = (x, y) => [y, x / (y * y)];
  },
);
