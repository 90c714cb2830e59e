import { ADD, LEAF, MUL, RELU, type Rule, Value } from './value';

/** All rules that were recorded; a recording has the place of each in this list. Nearly all of a network is in the first four. */
export const RULES: Rule[] = [LEAF, ADD, MUL, RELU];
export const IS_ADD = 1;
export const IS_MUL = 2;
export const IS_RELU = 3;

/**
 * The number that stands for a rule; one that was not met before gets the next.
 *
 * @param rule - how a node is made
 */
export function numberOf(rule: Rule): number {
  const known = RULES.indexOf(rule);
  return known < 0 ? RULES.push(rule) - 1 : known;
}

/** A node that stands in for any other, and its operands: a rule reads all three, and adds to the operands' gradients. */
const [x, y] = [new Value(0), new Value(0)];
const standIn = new Value(0, ADD, x, y);
const SHARES = [x, y] as const;

/**
 * What a node adds to the gradients of its operands.
 *
 * @param rule - the number of its rule
 * @param p - the data of its first operand
 * @param q - the data of its second one
 * @param data - its own
 * @param grad - its gradient, in units of output per unit of the node
 * @returns for each operand a node whose gradient is its share; the next call overwrites them
 */
export function sharesOf(rule: number, p: number, q: number, data: number, grad: number): typeof SHARES {
  x.data = p;
  y.data = q;
  x.grad = 0;
  y.grad = 0;
  standIn.data = data;
  standIn.grad = grad;
  (RULES[rule] as Rule).back(standIn);
  return SHARES;
}
