// @ts-nocheck
/*
 * Engines of odd shapes, and modules in which there is none. `oddities` says of each whether the spec should connect to it
 * (`connects`: what it asks is then asked in a way that the engine understands, and what is wrong is told as a fault of
 * the engine) or refuse it in a sentence that says what to do (`refused`), and why. `engine` is what to write after
 * `--engine`, if that is not the export of the same name; `faulty` stands where something is wrong with the engine itself.
 */
const { BINARY, make, UNARY } = require('./base.cjs');
const { sorted } = require('./sorted.cjs');
const { styles: _, ...styles } = require('./styles.cjs');

const oddities = {};
const odd = (name, expect, why, Value, more = {}) => {
  oddities[name] = { expect, why, ...more };
  if (Value !== undefined) exports[name] = Value;
};
const ALL = [...BINARY, ...UNARY];

/** Lets a field be written through a function, of what is written, the node, and the name under which it is kept. */
const accessor = (Value, field, write) => {
  const kept = `_${field}`;
  Object.defineProperty(Value.prototype, field, {
    get() {
      return this[kept];
    },
    set(to) {
      this[kept] = write(to, this, kept);
    },
  });
};

// What a node holds.

odd(
  'GradientObject',
  'refused',
  'a gradient is { value } where a number is expected: one sentence, not a failure of every scenario',
  class GradientObject {
    constructor(data, parents = []) {
      this.data = data;
      this.grad = { value: 0 };
      this.parents = parents;
    }
    mul(other) {
      const y = other instanceof GradientObject ? other : new GradientObject(other);
      return new GradientObject(this.data * y.data, [
        [this, y.data],
        [y, this.data],
      ]);
    }
    backward() {
      this.grad.value = 1;
      for (const node of sorted(this, ({ parents }) => parents.map(([x]) => x)).reverse()) {
        for (const [x, slope] of node.parents) x.grad.value += slope * node.grad.value;
      }
    }
  },
);
odd('GradientNode', 'refused', 'a gradient is null, and after a pass itself a node: x.grad.data', styles.GradNodes);
odd(
  'DataText',
  'refused',
  'data is a text such as "2.000", which no field of 2 is found for',
  class DataText {
    constructor(data) {
      this.data = Number(data).toFixed(3);
      this.grad = 0;
    }
    add(other) {
      return new DataText(Number(this.data) + Number(other.data ?? other));
    }
    backward() {
      this.grad = 1;
    }
  },
);
odd('DataLater', 'connects', 'data is undefined until forward(), which backward() needs too', styles.Lazy);

// What an operation takes.

/** A change after which plain numbers are not turned into nodes: what they should hold is undefined. */
const takesNodesOnly = (operations) => (Value) => {
  const { apply } = Value;
  Value.apply = (operation, ...given) =>
    apply(
      operation,
      ...given.map((x) => (typeof x === 'number' && operations.includes(operation) ? new Value(x.data) : x)),
    );
};
odd(
  'NumbersGiveNaN',
  'connects',
  'new Value(3).mul(2) is NaN: through leaves all is right, and numbers on either side are not claimed',
  make(takesNodesOnly(ALL)),
);
odd(
  'SubRefusesNumbers',
  'connects',
  'sub throws at a plain number, and all other operations take them: a fault, told once',
  make((Value) => {
    Value.sub = (x, y) => {
      if (typeof x === 'number' || typeof y === 'number') throw new TypeError('sub takes two Values');
      return Value.apply('sub', x, y);
    };
    Value.prototype.sub = function (y) {
      return Value.sub(this, y);
    };
  }),
  { faulty: true },
);
odd(
  'AddTakesNumbersMulDoesNot',
  'connects',
  'mul gives NaN for a plain number, and add takes it: a fault of mul alone, and its nodes are right',
  make(takesNodesOnly(['mul'])),
  { faulty: true },
);
odd('NeedsFlag', 'connects', 'leaves get gradients only if made as new Value(2, true)', styles.WithFlag);
odd('NeedsSeed', 'connects', 'backward(1): without the 1, every gradient is NaN', styles.Seeded);
odd(
  'OwnBackward',
  'connects',
  'backward() is the rule of the node alone, and backprop() is the walk',
  styles.OwnClosure,
);
odd(
  'StaticBesideMethods',
  'connects',
  'add and the like are methods, and exp, relu and the like are static: both are on offer',
  styles.StaticsAndMethods,
);

// Powers of nodes.

/** A change of the numbers of powers of nodes. */
const powerOfNodes = (value) =>
  make((_Value, rules) => {
    rules.pow.value = value;
  });
odd(
  'PowNearlyEight',
  'connects',
  '2 to the power of a node 3 is 7.999999999999998, by e^(y·log x): right, and on offer',
  powerOfNodes((x, y) => (x > 0 ? Math.exp(Math.log(x) * y) : x ** y)),
);
odd(
  'PowNine',
  'connects',
  '2 to the power of a node 3 is 9, the operands swapped: on offer, and a fault',
  powerOfNodes((x, y) => y ** x),
  { faulty: true },
);
odd(
  'PowNaN',
  'connects',
  'a power of two nodes is NaN: not on offer, while powers with plain numbers are',
  powerOfNodes(() => Number.NaN),
);

// What can be set.

odd(
  'SetterStoresAnother',
  'connects',
  'a number written to data is rounded to whole numbers: it can be set, and that is a fault',
  make((Value) => {
    accessor(Value, 'data', (to, node, kept) => (kept in node ? Math.round(to) : to));
  }),
  { faulty: true },
);
odd(
  'ZeroingDoesNot',
  'connects',
  'a 0 that is written to grad is ignored in silence: a fault',
  make((Value) => {
    accessor(Value, 'grad', (to, node, kept) => (kept in node && to === 0 ? node[kept] : to));
    Value.prototype.give = function (share) {
      this._grad += share;
    };
    Value.prototype.start = function (order) {
      for (const node of order) if (node.operands.length > 0) node._grad = 0;
      this._grad += 1;
    };
  }),
  { faulty: true },
);
odd(
  'GradWithoutSetter',
  'connects',
  'grad can be read and not be written, and gathers from pass to pass: zeroing is not claimed',
  class GradWithoutSetter {
    #grad = 0;
    constructor(data, parents = []) {
      this.data = data;
      this.parents = parents;
    }
    get grad() {
      return this.#grad;
    }
    add(other) {
      const y = other instanceof GradWithoutSetter ? other : new GradWithoutSetter(other);
      return new GradWithoutSetter(this.data + y.data, [
        [this, 1],
        [y, 1],
      ]);
    }
    mul(other) {
      const y = other instanceof GradWithoutSetter ? other : new GradWithoutSetter(other);
      return new GradWithoutSetter(this.data * y.data, [
        [this, y.data],
        [y, this.data],
      ]);
    }
    backward() {
      const order = sorted(this, ({ parents }) => parents.map(([x]) => x)).reverse();
      for (const node of order) if (node.parents.length > 0) node.#grad = 0;
      this.#grad += 1;
      for (const node of order) for (const [x, slope] of node.parents) x.#grad += slope * node.#grad;
    }
  },
);
odd(
  'DataFrozen',
  'connects',
  'neither data nor grad can be written, which throws: edits and zeroing are not claimed',
  styles.Immutable,
);

// What it does besides.

odd(
  'PrintsALot',
  'connects',
  'each operation prints three lines, which are not to bury the verdict',
  make((Value) => {
    const { apply } = Value;
    Value.apply = (operation, ...given) => {
      console.log(`about to ${operation}`);
      const out = apply(operation, ...given);
      console.log(`did ${operation}:`, out.data);
      console.error('and all is well');
      return out;
    };
  }),
);
odd(
  'LabelsDouble',
  'connects',
  'a label holds the labels of both operands, so that doubling thirty times is too long a text: an edge, told as such',
  make((Value) => {
    const { apply } = Value;
    Value.apply = (operation, ...given) => {
      const out = apply(operation, ...given);
      const [x, y = ''] = out.operands.map((each) => each.label ?? each.data);
      out.label = `(${x} ${operation} ${y})`;
      return out;
    };
  }),
  { faulty: true },
);

// No engine where one is looked for.

odd('Missing', 'refused', 'there is no export of this name: it says which there are, and what to write');
odd('WithoutName', 'refused', 'no name is given, and there is no default export: it says what to write', undefined, {
  engine: './test/engines/oddities.cjs',
});
odd('NoExports', 'refused', 'the module exports nothing at all: it says so', undefined, {
  engine: './test/engines/oddities-none.cjs',
});
odd('ASingleFunction', 'refused', 'free functions, and no class: it says to write execute(program)', (x, y) => x + y);
odd('AnInstance', 'refused', 'a node where the class is expected', new styles.Whole(2));
odd(
  'NoGradient',
  'refused',
  'nodes have no gradient under any known name: it says which fields they have',
  class NoGradient {
    constructor(data) {
      this.data = data;
      this.derivative = 0;
    }
    backward() {}
    add(other) {
      return new NoGradient(this.data + other.data);
    }
  },
);
odd(
  'NoBackward',
  'refused',
  'nodes have no backward pass under any known name',
  class NoBackward {
    constructor(data) {
      this.data = data;
      this.grad = 0;
    }
    add(other) {
      return new NoBackward(this.data + (other.data ?? other));
    }
  },
);
odd(
  'NoOperation',
  'refused',
  'there is nothing to make a node of others with: it says where that was looked for',
  class NoOperation {
    constructor(data) {
      this.data = data;
      this.grad = 0;
    }
    backward() {}
  },
);

exports.oddities = oddities;
