import { NAMES, OPERATIONS, type Operation } from '../protocol/operations';
import type { Shape } from './shape';
import type { Way, Ways } from './ways';

/**
 * Says how an engine is reached, a line for each thing that was found.
 *
 * @param shape - what was found
 */
export function foundOf({ connection, isLazy }: Shape): string[] {
  const { leaves, reached, walk } = connection;
  const line = (what: string, how: string) => `${what.padEnd(14)}${how}`;
  return [
    line('a leaf', leaves.text),
    line('its number', `x.${leaves.data}${isLazy ? ', once it has been computed' : ''}`),
    line('its gradient', `x.${leaves.grad}`),
    line('backward pass', walk.text),
    ...[...reached].map(([operation, ways]) => line(operation, sayWays(operation, ways))),
    line('not found', NAMES.filter((name) => !reached.has(name)).join(', ') || 'nothing'),
  ];
}

function sayWays(operation: Operation, { nodes, left, right }: Ways): string {
  if (OPERATIONS[operation].operands === 1) return nodes === undefined ? '' : say(nodes, 'x');
  return [
    nodes === undefined ? 'not between nodes' : say(nodes, 'x', 'y'),
    right === undefined ? 'a number on the right becomes a leaf' : say(right, 'x', '2'),
    left === undefined
      ? nodes !== undefined && 'a number on the left becomes a leaf'
      : say(left, '2', left.kind === 'reversed' ? 'y' : 'x'),
  ]
    .filter((part) => part !== false)
    .join('; ');
}

function say({ text, kind }: Way, x: string, y?: string): string {
  if (kind === 'method') return `${text}(${y ?? ''})`;
  if (kind === 'reversed') return `${text}(${x})`;
  return `${text}(${y === undefined ? x : `${x}, ${y}`})`;
}
