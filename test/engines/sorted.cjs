// @ts-nocheck
/** All nodes that a node was made from, and itself: each after its operands. Recursive, as most engines are. */
exports.sorted = function sorted(root, operandsOf) {
  const order = [];
  const seen = new Set();
  const visit = (node) => {
    if (seen.has(node)) return;
    seen.add(node);
    for (const operand of operandsOf(node)) visit(operand);
    order.push(node);
  };
  visit(root);
  return order;
};
