import { quote } from '../errors';

/** What an operation accepts: a node, or a plain number, which becomes a leaf of its own. */
export type Operand = Value | number;

/** An operation: how its output is computed, and how the output's gradient flows back to its operands. */
interface Rule {
  readonly name: string;
  forward(x: number, y: number): number;
  /** Adds to each operand's gradient: the output's gradient times the local derivative. */
  back(out: Value): void;
}

// Each gradient is added, never assigned: a node that is used twice gets a share from each use.

const LEAF: Rule = {
  name: 'leaf',
  forward: (x) => x,
  back() {},
};

const ADD: Rule = {
  name: 'add',
  forward: (x, y) => x + y,
  back({ grad, a, b }) {
    a.grad += grad; //                                      ∂(x + y)/∂x = 1
    b.grad += grad; //                                      ∂(x + y)/∂y = 1
  },
};

const SUB: Rule = {
  name: 'sub',
  forward: (x, y) => x - y,
  back({ grad, a, b }) {
    a.grad += grad; //                                      ∂(x − y)/∂x = 1
    b.grad -= grad; //                                      ∂(x − y)/∂y = −1
  },
};

const MUL: Rule = {
  name: 'mul',
  forward: (x, y) => x * y,
  back({ grad, a, b }) {
    a.grad += b.data * grad; //                             ∂(x·y)/∂x = y
    b.grad += a.data * grad; //                             ∂(x·y)/∂y = x
  },
};

const DIV: Rule = {
  name: 'div',
  forward: (x, y) => x / y,
  back({ grad, a, b }) {
    a.grad += grad / b.data; //                             ∂(x/y)/∂x = 1/y
    b.grad -= (a.data / b.data / b.data) * grad; //         ∂(x/y)/∂y = −x/y²
  },
};

const POW: Rule = {
  name: 'pow',
  forward: (x, y) => x ** y,
  back({ data, grad, a, b }) {
    const x = a.data;
    const y = b.data;
    if (y !== 0) a.grad += y * x ** (y - 1) * grad; //      ∂(xʸ)/∂x = y·xʸ⁻¹, and 0 for x⁰, even at x = 0
    // An exponent that is a plain number gets a gradient too, which nobody reads: NaN, where x is negative.
    const slope = x === 0 && y > 0 ? 0 : data * Math.log(x);
    b.grad += slope * grad; //                              ∂(xʸ)/∂y = xʸ·log x, and its limit 0 at x = 0
  },
};

const NEG: Rule = {
  name: 'neg',
  forward: (x) => -x,
  back({ grad, a }) {
    a.grad -= grad; //                                      ∂(−x)/∂x = −1
  },
};

const EXP: Rule = {
  name: 'exp',
  forward: (x) => Math.exp(x),
  back({ data, grad, a }) {
    a.grad += data * grad; //                               ∂(eˣ)/∂x = eˣ
  },
};

const LOG: Rule = {
  name: 'log',
  forward: (x) => Math.log(x),
  back({ grad, a }) {
    a.grad += grad / a.data; //                             ∂(log x)/∂x = 1/x
  },
};

const TANH: Rule = {
  name: 'tanh',
  forward: (x) => Math.tanh(x),
  back({ data, grad, a }) {
    a.grad += (1 - data * data) * grad; //                  ∂(tanh x)/∂x = 1 − tanh² x
  },
};

const RELU: Rule = {
  name: 'relu',
  forward: (x) => Math.max(0, x),
  back({ grad, a }) {
    if (a.data > 0) a.grad += grad; //                      ∂(relu x)/∂x = 1 if x > 0, else 0
  },
};

const SIGMOID: Rule = {
  name: 'sigmoid',
  forward: (x) => 1 / (1 + Math.exp(-x)),
  back({ data, grad, a }) {
    a.grad += data * (1 - data) * grad; //                  ∂(σ(x))/∂x = σ(x)·(1 − σ(x))
  },
};

const SQRT: Rule = {
  name: 'sqrt',
  forward: (x) => Math.sqrt(x),
  back({ data, grad, a }) {
    a.grad += (0.5 / data) * grad; //                       ∂(√x)/∂x = 1/(2·√x)
  },
};

const ABS: Rule = {
  name: 'abs',
  forward: (x) => Math.abs(x),
  back({ grad, a }) {
    a.grad += Math.sign(a.data) * grad; //                  ∂|x|/∂x = 1 if x > 0, −1 if x < 0
  },
};

const SIN: Rule = {
  name: 'sin',
  forward: (x) => Math.sin(x),
  back({ grad, a }) {
    a.grad += Math.cos(a.data) * grad; //                   ∂(sin x)/∂x = cos x
  },
};

const COS: Rule = {
  name: 'cos',
  forward: (x) => Math.cos(x),
  back({ grad, a }) {
    a.grad -= Math.sin(a.data) * grad; //                   ∂(cos x)/∂x = −sin x
  },
};

const MAX: Rule = {
  name: 'max',
  forward: (x, y) => Math.max(x, y),
  back({ grad, a, b }) {
    const larger = a.data > b.data ? a : b;
    larger.grad += grad; //                                 ∂(max(x, y))/∂x = 1 if x is the larger, else 0
  },
};

const MIN: Rule = {
  name: 'min',
  forward: (x, y) => Math.min(x, y),
  back({ grad, a, b }) {
    const smaller = a.data < b.data ? a : b;
    smaller.grad += grad; //                                ∂(min(x, y))/∂x = 1 if x is the smaller, else 0
  },
};

/**
 * A node of a scalar graph: a number that remembers how it was made.
 *
 * Operations make new nodes; {@link Value.backward} works out, for every node that an output was made from, how fast
 * that output changes with the node. Numbers follow IEEE 754: NaN and infinities are numbers, and no errors.
 *
 * @example
 * ```ts
 * const a = new Value(2);
 * const b = new Value(-3);
 * const e = a.mul(b).add(10); // 4
 * e.backward();
 * a.grad; // -3: e changes by −3 per unit of a
 * ```
 */
export class Value {
  /** The number. Overwriting it recomputes nothing: nodes made from this one keep theirs. */
  data: number;
  /**
   * How fast an output changes with this node, in units of output per unit of `data`. On a leaf, passes add up until it is
   * zeroed; on any other node this is about the last pass alone.
   */
  grad: number;
  /** How the node was made. */
  readonly rule: Rule;
  /** The operands. A node with one operand has it twice; a leaf has itself, so that there is always something. */
  readonly a: Value;
  readonly b: Value;
  /** Used by the backward pass alone, and null outside it: see {@link Value.order}. */
  private link: Value | null;

  /**
   * Makes a leaf.
   *
   * @param data - its number
   * @throws TypeError if `data` is not a number
   */
  constructor(data: number);
  /** @internal */
  constructor(data: number, rule: Rule, a: Value, b: Value);
  constructor(data: number, rule: Rule = LEAF, a?: Value, b?: Value) {
    if (typeof data !== 'number') throw new TypeError(`new Value: expected a number, got ${quote(data)}`);
    this.data = data;
    this.grad = 0;
    this.rule = rule;
    this.a = a ?? this;
    this.b = b ?? this;
    this.link = null;
  }

  // These take a plain number on the left as well, as in 1 − x; a method begins at a node.

  /** x + y. @throws TypeError if an operand is neither a Value nor a number; so do all operations of two operands. */
  static add(x: Operand, y: Operand): Value {
    return binary(ADD, x, y);
  }
  /** x − y. */
  static sub(x: Operand, y: Operand): Value {
    return binary(SUB, x, y);
  }
  /** x·y. */
  static mul(x: Operand, y: Operand): Value {
    return binary(MUL, x, y);
  }
  /** x/y. */
  static div(x: Operand, y: Operand): Value {
    return binary(DIV, x, y);
  }
  /** xʸ. A node as exponent gets a gradient too, which is NaN where x is negative. */
  static pow(x: Operand, y: Operand): Value {
    return binary(POW, x, y);
  }
  /** The larger of x and y. Where they are equal, y gets the whole gradient. */
  static max(x: Operand, y: Operand): Value {
    return binary(MAX, x, y);
  }
  /** The smaller of x and y. Where they are equal, y gets the whole gradient. */
  static min(x: Operand, y: Operand): Value {
    return binary(MIN, x, y);
  }

  /** This node plus `y`. */
  add(y: Operand): Value {
    return Value.add(this, y);
  }
  /** This node minus `y`. */
  sub(y: Operand): Value {
    return Value.sub(this, y);
  }
  /** This node times `y`. */
  mul(y: Operand): Value {
    return Value.mul(this, y);
  }
  /** This node divided by `y`. */
  div(y: Operand): Value {
    return Value.div(this, y);
  }
  /** This node to the power of `y`. */
  pow(y: Operand): Value {
    return Value.pow(this, y);
  }
  /** Minus this node. */
  neg(): Value {
    return unary(NEG, this);
  }
  /** e to the power of this node. */
  exp(): Value {
    return unary(EXP, this);
  }
  /** The natural logarithm of this node. */
  log(): Value {
    return unary(LOG, this);
  }
  /** The hyperbolic tangent of this node: between −1 and 1. */
  tanh(): Value {
    return unary(TANH, this);
  }
  /** This node where it is positive, else 0. */
  relu(): Value {
    return unary(RELU, this);
  }

  /** 1/(1 + e⁻ˣ) of this node: between 0 and 1. */
  sigmoid(): Value {
    return unary(SIGMOID, this);
  }
  /** The square root of this node. */
  sqrt(): Value {
    return unary(SQRT, this);
  }
  /** The magnitude of this node. */
  abs(): Value {
    return unary(ABS, this);
  }
  /** The sine of this node, which is an angle in radians. */
  sin(): Value {
    return unary(SIN, this);
  }
  /** The cosine of this node, which is an angle in radians. */
  cos(): Value {
    return unary(COS, this);
  }
  /** The larger of this node and `y`. */
  max(y: Operand): Value {
    return Value.max(this, y);
  }
  /** The smaller of this node and `y`. */
  min(y: Operand): Value {
    return Value.min(this, y);
  }

  /**
   * The backward pass: adds, to the gradient of each leaf that this node was made from, the derivative of this node by that
   * leaf (chain rule, in reverse topological order).
   *
   * Leaves accumulate over several passes until {@link Value.zeroGrad}; all other nodes start afresh in each, so that a
   * second pass over one graph adds exactly what the first one did.
   */
  backward(): void {
    let node = this.order();
    this.grad += 1; // ∂x/∂x
    while (node !== END) {
      const next = node.link as Value;
      node.link = null;
      node.rule.back(node);
      node = next;
    }
  }

  /**
   * Sets the gradients of this node and of those that it was made from to zero, and chains them, so that each comes before
   * its operands. Leaves, which pass nothing on, are left out: they keep the gradient of earlier passes. Only if this node is
   * a leaf itself, it is the whole chain.
   *
   * The walk goes down to the operands before it finishes a node. It needs neither recursion, which would overflow on a
   * deep graph, nor a list of what was seen, which would cost time: `link` says both. While a node is open, it leads back
   * up; once it is finished, it leads to what was finished before it. For L = (p·q + r)·s, with e = p·q and d = e + r:
   *
   *     the walk is     open                      finished
   *     at e            END ◀── L ◀── d ◀── e     END
   *     back at d       END ◀── L ◀── d           e ──▶ END
   *     at its end      END                       L ──▶ d ──▶ e ──▶ END
   *
   * @returns the first of the chain
   */
  private order(): Value {
    let first = END;
    let node: Value = this;
    node.link = END;
    if (node.rule !== LEAF) node.grad = 0;
    while (node !== END) {
      const { a, b } = node;
      const unseen = a.link === null && a.rule !== LEAF ? a : b.link === null && b.rule !== LEAF ? b : null;
      if (unseen !== null) {
        unseen.grad = 0;
        unseen.link = node;
        node = unseen;
      } else {
        const up = node.link as Value;
        node.link = first;
        first = node;
        node = up;
      }
    }
    return first;
  }

  /** Sets this node's gradient to zero, as is needed between two steps of a descent. */
  zeroGrad(): void {
    this.grad = 0;
  }

  /** The node as text: `Value(data=-6, grad=-2, mul)`. */
  toString(): string {
    return `Value(data=${this.data}, grad=${this.grad}, ${this.rule.name})`;
  }
}

/** Ends every chain of the walk. It is no node of anyone's; and null would not do, since that means: not seen yet. */
const END = new Value(0);

function binary(rule: Rule, x: Operand, y: Operand): Value {
  const a = operand(rule, x);
  const b = operand(rule, y);
  return new Value(rule.forward(a.data, b.data), rule, a, b);
}

function unary(rule: Rule, a: Value): Value {
  return new Value(rule.forward(a.data, a.data), rule, a, a);
}

function operand(rule: Rule, x: unknown): Value {
  if (x instanceof Value) return x;
  if (typeof x === 'number') return new Value(x);
  throw new TypeError(`${rule.name}: expected a Value or a number, got ${quote(x)}`);
}

/** For graphs that are recorded, see record.ts. */
export { ADD, LEAF, MUL, RELU, type Rule };

/** All rules: a recording has the place of each in this list. */
export const RULES: readonly Rule[] = [
  ...[LEAF, ADD, SUB, MUL, DIV, POW, NEG, EXP, LOG, TANH],
  ...[RELU, SIGMOID, SQRT, ABS, SIN, COS, MAX, MIN],
];
