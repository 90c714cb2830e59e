import { ADD, LEAF, MUL, RELU, RULES, type Rule, Value } from './value';

/*
 * What a recording needs of the rules. There, data and gradients are plain numbers in rows, and not fields of nodes.
 */

/** The numbers of the rules that nearly all nodes of a network are made by: whoever replays them has a shortcut for these. */
export const [LEAF_NUMBER, ADD_NUMBER, MUL_NUMBER, RELU_NUMBER] = [LEAF, ADD, MUL, RELU].map(numberOf) as [
  number,
  number,
  number,
  number,
];

/**
 * The number that stands for a rule.
 *
 * @param rule - how a node is made
 */
export function numberOf(rule: Rule): number {
  return RULES.indexOf(rule);
}

/**
 * The number that a node holds.
 *
 * @param rule - the number of its rule
 * @param p - the data of its first operand
 * @param q - the data of its second one
 */
export function dataOf(rule: number, p: number, q: number): number {
  return (RULES[rule] as Rule).forward(p, q);
}

// A rule can do no more than add to the gradients of nodes. So it is lent three, and what it has added is read off.
const [first, second] = [new Value(0), new Value(0)];
const out = new Value(0, LEAF, first, second);
const OPERANDS = [first, second] as const;

/**
 * What a node adds to the gradients of its operands.
 *
 * @param rule - the number of its rule
 * @param p - the data of its first operand
 * @param q - the data of its second one
 * @param data - its own
 * @param grad - its gradient
 * @returns for each operand a node whose gradient is its share; the next call overwrites them
 */
export function sharesOf(rule: number, p: number, q: number, data: number, grad: number): typeof OPERANDS {
  first.data = p;
  second.data = q;
  first.grad = 0;
  second.grad = 0;
  out.data = data;
  out.grad = grad;
  (RULES[rule] as Rule).back(out);
  return OPERANDS;
}
