// @ts-nocheck
/*
 * Engines for the tests of the spec: the usual micrograd with closures, and what goes wrong in it. Each wrong engine
 * differs from the right one in one thing, which its quirk names.
 */

function make(quirks = {}) {
  const round = quirks.single ? Math.fround : (x) => x;

  class Value {
    constructor(data, operands = [], back = () => {}) {
      this.data = round(data);
      this.grad = quirks.noGradients ? null : 0;
      this.operands = operands;
      this.back = back;
    }

    static of(x) {
      if (quirks.noNumbers && typeof x === 'number') throw new TypeError('not a Value');
      return x instanceof Value ? x : new Value(x);
    }

    give(amount) {
      if (quirks.assigns) this.grad = round(amount);
      else this.grad = round((this.grad ?? 0) + round(amount));
    }

    add(other) {
      const y = Value.of(other);
      const out = new Value(this.data + y.data, [this, y], () => {
        this.give(out.grad);
        y.give(out.grad);
      });
      return out;
    }

    mul(other) {
      const y = Value.of(other);
      const out = new Value(this.data * y.data, [this, y], () => {
        const [x, z] = [this.data, y.data];
        this.give(z * out.grad);
        y.give(x * out.grad);
      });
      return out;
    }

    pow(other) {
      if (typeof other !== 'number') {
        if (!quirks.nodeExponent) throw new TypeError('only numbers as exponents');
        const out = new Value(this.data ** other.data, [this, other], () => {
          this.give(other.data * this.data ** (other.data - 1) * out.grad);
        });
        return out;
      }
      const out = new Value(this.data ** other, [this], () => {
        if (quirks.powerSkipsZero && this.data === 0) return;
        if (other === 0 && !quirks.zerothPower) return;
        this.give(other * this.data ** (other - 1) * out.grad);
      });
      return out;
    }

    relu() {
      const out = new Value(this.data > 0 ? this.data : 0, [this], () => {
        this.give((quirks.reluOutput ? out.data : out.data > 0 ? 1 : 0) * out.grad);
      });
      return out;
    }

    backward() {
      if (quirks.recursive) {
        // Pushes on, at each visit, all that has come together so far.
        const push = (node) => {
          node.back();
          for (const operand of new Set(node.operands)) push(operand);
        };
        this.grad = 1;
        push(this);
        return;
      }
      const order = [];
      if (quirks.breadthFirst) {
        // Each node once, but in the order in which it is met: too early for a node that is also used further on.
        const seen = new Set([this]);
        for (const node of seen) for (const operand of node.operands) seen.add(operand);
        order.push(...seen);
      } else {
        // A stack of its own, so that a long chain is no trouble, unless that is the quirk.
        const seen = new Set();
        const visit = (node) => {
          if (seen.has(node)) return;
          seen.add(node);
          for (const operand of node.operands) visit(operand);
          order.push(node);
        };
        const visitEveryWay = (node) => {
          for (const operand of node.operands) visitEveryWay(operand);
          order.push(node);
        };
        if (quirks.everyWay) {
          visitEveryWay(this);
          order.splice(0, order.length, ...new Set(order));
        } else if (quirks.recursiveOrder) visit(this);
        else {
          const path = [[this, 0]];
          seen.add(this);
          while (path.length > 0) {
            const top = path[path.length - 1];
            const operand = top[0].operands[top[1]++];
            if (operand === undefined) order.push(path.pop()[0]);
            else if (!seen.has(operand)) {
              seen.add(operand);
              path.push([operand, 0]);
            }
          }
        }
        order.reverse();
      }
      for (const node of order) {
        if (quirks.resets || node.operands.length > 0) node.grad = 0;
      }
      this.grad = round((this.grad ?? 0) + 1);
      for (const node of order) {
        node.back();
        if (quirks.forgetsInterior && node.operands.length > 0) Object.defineProperty(node, 'grad', { value: null });
      }
    }
  }

  if (quirks.few) return Value;

  Object.assign(Value.prototype, {
    neg() {
      if (quirks.negCuts) return new Value(-this.data);
      const out = new Value(-this.data, [this], () => this.give(-out.grad));
      return out;
    },
    sub(other) {
      if (quirks.subSwaps) return Value.of(other).add(this.neg());
      const y = Value.of(other);
      const out = new Value(this.data - y.data, [this, y], () => {
        this.give(out.grad);
        y.give(quirks.subSign ? out.grad : -out.grad);
      });
      return out;
    },
    div(other) {
      const y = Value.of(other);
      if (quirks.inverse) return this.mul(y.pow(-1));
      const out = new Value(this.data / y.data, [this, y], () => {
        if (quirks.divNoRule) return;
        this.give(out.grad / y.data);
        y.give((-this.data / y.data / y.data) * out.grad);
      });
      return out;
    },
    exp() {
      const out = new Value(Math.exp(this.data), [this], () => this.give(out.data * out.grad));
      return out;
    },
    log() {
      const out = new Value(Math.log(this.data), [this], () =>
        this.give((quirks.logOutput ? out.data : 1 / this.data) * out.grad),
      );
      return out;
    },
    tanh() {
      const e = Math.exp(2 * this.data);
      const t = quirks.tanhOverflows ? (e - 1) / (e + 1) : Math.tanh(this.data);
      const out = new Value(t, [this], () => this.give((quirks.tanhWrong ? 1 - t : 1 - t * t) * out.grad));
      return out;
    },
  });
  if (quirks.single) Value.description = { precision: 'single' };
  return Value;
}

/** Wrong engines. */
exports.wrong = {
  assigns: { assigns: true },
  breadthFirst: { breadthFirst: true },
  recursive: { recursive: true },
  recursiveOrder: { recursiveOrder: true },
  everyWay: { everyWay: true },
  subSign: { subSign: true },
  subSwaps: { subSwaps: true },
  negCuts: { negCuts: true },
  divNoRule: { divNoRule: true },
  powerSkipsZero: { powerSkipsZero: true },
  zerothPower: { zerothPower: true },
  nodeExponent: { nodeExponent: true },
  tanhOverflows: { tanhOverflows: true },
  tanhWrong: { tanhWrong: true },
  reluOutput: { reluOutput: true },
  logOutput: { logOutput: true },
};
for (const [name, quirks] of Object.entries(exports.wrong)) exports[name] = make(quirks);

/** Right engines, which differ as right engines do. */
exports.Closures = make();
exports.Few = make({ few: true });
exports.AddOnly = (() => {
  const Value = make();
  for (const name of ['mul', 'sub', 'div', 'pow', 'neg', 'exp', 'log', 'tanh', 'relu']) delete Value.prototype[name];
  return Value;
})();
exports.Resets = make({ resets: true });
exports.ForgetsInterior = make({ forgetsInterior: true });
exports.Inverse = make({ inverse: true });
exports.NoGradients = make({ noGradients: true });
exports.NodesOnly = make({ noNumbers: true });
exports.Single = make({ single: true });
/** Right, but for what it says of itself. */
exports.SingleInSecret = make({ single: true });
exports.SingleInSecret.description = {};
