// @ts-nocheck
/*
 * Right engines: one for each style that authors really choose. `styles` says of each what is special about it, and
 * whether a class adapter that looks for micrograd's names, and calls what it finds as micrograd is called, connects.
 * Those that are made from base.cjs have all operations of the protocol, the others some.
 */
Object.assign(exports, require('./styles-graphs.cjs'), require('./styles-shapes.cjs'), require('./styles-state.cjs'));

exports.styles = {
  Whole: 'Every operation, as a method and as a static one, with numbers on either side; connects.',
  Micrograd: "micrograd's own design, where interior gradients of an earlier pass stay; connects.",
  Tape: 'Nodes are places on one global tape, with an accessor for data and one for grad; connects.',
  Switch: 'An operation is a code, and one switch knows what to do for each; connects.',
  Statics: 'Operations are static methods alone, and take numbers on either side; connects.',
  StaticsAndMethods:
    'Operations of two operands are methods and those of one are static; connects, but the static ones are not seen.',
  Immutable: 'Neither data nor grad has a setter, and a pass works gradients out anew; connects, without edits.',
  NodesOnly: 'Operations take nodes alone, exponents included, and throw at numbers; connects, through leaves.',
  Exponentials: 'Powers are e^(y·log x), tanh is 2σ(2x) - 1, and a/b is a·b⁻¹, all off in the last digits; connects.',
  Lazy: 'Data is undefined until forward() is called, and backward() throws before; connects, and then all fails.',
  ManyNames: 'value, gradient, plus, minus, times, divide, power and negate; connects.',
  WithFlag: 'Only leaves made as new Value(2, true) get gradients, the others keep 0; connects, and then fails.',
  Options: 'A leaf is made as new Value({ data: 2 }); connects.',
  Seeded: "backward(seed) needs the root's gradient, and without it makes all NaN; connects, and then fails.",
  OwnClosure: "backward() is the node's own local rule, and backprop() is the walk; connects to the wrong one.",
  PowValue: 'pow takes a plain number, and powValue a node; connects, without powers of nodes.',
  GradNodes: 'A gradient is null or itself a node, as in x.grad.data; connects, and fails at the first gradient.',
  Follows: 'Data is computed anew from the leaves after an edit, as it says; connects, but is not understood.',
  ResetsLeaves: 'Every pass zeroes all gradients of its graph first, as it says; connects.',
  Single: 'Single precision throughout, as it says; connects.',
};
