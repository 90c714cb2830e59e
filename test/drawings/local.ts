import { Value } from '../../src/index';
import { OPERATIONS, type Operation } from '../../src/protocol/operations';

/**
 * The result of an operation and its local derivatives, as the engine finds them.
 *
 * @param operation - which
 * @param numbers - its operands, each of which becomes a leaf of its own
 */
export function local(operation: Operation, numbers: readonly number[]): { data: number; derivatives: number[] } {
  const leaves = numbers.slice(0, OPERATIONS[operation].operands).map((each) => new Value(each));
  const [x, y] = leaves as [Value, Value];
  // each operation is a method; those of one operand look at no second one
  const out = (x[operation] as (this: Value, y?: Value) => Value).call(x, y);
  out.backward();
  return { data: out.data, derivatives: leaves.map(({ grad }) => grad) };
}
