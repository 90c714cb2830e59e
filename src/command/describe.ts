import { list } from '../errors';
import type { Engine } from '../protocol/program';

/**
 * Says what is known of an engine: what it says of itself or was found by looking, and how it is reached.
 *
 * @param engine - the engine
 * @returns lines for a reader
 */
export function describeEngine({ description, found = [] }: Engine): string {
  const { engine, precision, operations, throughLeaves, repeatedBackward, newGraph, interiorGradients } = description;
  const { depth, fixed, follows, version, homepage, issues } = description;
  const facts: [string, string | undefined][] = [
    ['engine', engine],
    ['version', version],
    ['homepage', homepage],
    ['issues', issues],
    ['precision', precision],
    ['operations', list(operations)],
    ['numbers', throughLeaves.length === 0 ? 'on either side' : `through leaves at ${list(throughLeaves)}`],
    ['a second backward pass over one graph', repeatedBackward],
    ['a backward pass over a new graph', newGraph],
    ['gradients of inner nodes', interiorGradients ?? 'not known'],
    ['cannot be set', fixed.length === 0 ? 'nothing' : list(fixed)],
    ['depth', depth === 0 ? 'nothing is promised' : `${depth} operations in a row`],
    ['nodes follow an edited leaf', follows ? 'yes' : 'no'],
  ];
  const known = facts.filter((fact): fact is [string, string] => fact[1] !== undefined);
  const about = known.map(([what, is]) => `${what}: ${is}`);
  return [
    ...about,
    ...(found.length > 0 ? ['', 'How it is reached:'] : []),
    ...found.map((line) => `    ${line}`),
  ].join('\n');
}
