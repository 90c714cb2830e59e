// @ts-nocheck
// A script that has an engine and exports nothing.
class Value {
  constructor(data) {
    this.data = data;
    this.grad = 0;
  }
}

console.log(new Value(2).data);
