// Your engine, as the spec reaches it: a class of nodes in the shape of micrograd's Value. What it offers is found by looking.
// Here the class is a small one, so that there is something to run; put yours in its place:
//
//     export { Value } from '../src/my-engine.mjs';

export class Value {
  constructor(data, operands = [], back = () => {}) {
    this.data = data;
    this.grad = 0;
    this.operands = operands;
    this.back = back;
  }

  add(y) {
    const other = y instanceof Value ? y : new Value(y);
    const out = new Value(this.data + other.data, [this, other], () => {
      this.grad += out.grad;
      other.grad += out.grad;
    });
    return out;
  }

  mul(y) {
    const other = y instanceof Value ? y : new Value(y);
    const out = new Value(this.data * other.data, [this, other], () => {
      this.grad += other.data * out.grad;
      other.grad += this.data * out.grad;
    });
    return out;
  }

  tanh() {
    const out = new Value(Math.tanh(this.data), [this], () => {
      this.grad += (1 - out.data * out.data) * out.grad;
    });
    return out;
  }

  backward() {
    const order = [];
    const seen = new Set([this]);
    const path = [this];
    while (path.length > 0) {
      const node = path.at(-1);
      const next = node.operands.find((each) => !seen.has(each));
      if (next === undefined) order.push(path.pop());
      else {
        seen.add(next);
        path.push(next);
      }
    }
    for (const node of order) if (node.operands.length > 0) node.grad = 0;
    this.grad += 1;
    for (const node of order.reverse()) node.back();
  }
}
