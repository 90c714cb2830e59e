import { Value } from '../../src/index';
import { inOrder, type Recording, record } from '../../src/micrograd/record';
import { NAMES } from '../../src/protocol/operations';

/*
 * A recording as an engine of its own: whatever is asked of a node comes from a replay of its graph. So a node follows its
 * leaves: what it holds is computed anew whenever somebody looks.
 */

/** The recording of a node's graph, and the nodes in the order of their places. */
interface Recorded {
  readonly recording: Recording;
  readonly nodes: readonly Value[];
}

/** A node that is made once, and replayed from then on. */
export class Replayed {
  static readonly description = { engine: 'recorded and replayed', follows: true };
  private readonly value: Value;
  private recorded: Recorded | undefined;

  constructor(data: number | Value) {
    this.value = data instanceof Value ? data : new Value(data);
  }

  get data(): number {
    return this.replayed().recording.forward();
  }
  set data(data: number) {
    this.value.data = data;
  }

  get grad(): number {
    return this.value.grad;
  }
  set grad(grad: number) {
    this.value.grad = grad;
  }

  backward(): void {
    const { recording, nodes } = this.replayed();
    recording.forward();
    recording.backward();
    for (const [place, node] of nodes.entries()) node.grad = recording.grad[place] as number;
  }

  private replayed(): Recorded {
    this.recorded ??= { recording: record(this.value), nodes: inOrder(this.value) };
    return this.recorded;
  }
}

type Operand = Replayed | number;

for (const name of NAMES) {
  const unwrap = (x: Operand) => (x instanceof Replayed ? (x as unknown as { value: Value }).value : x);
  const isBinary = name in Value;
  const apply = (x: Operand, y: Operand) => {
    const made = isBinary ? Value[name as 'add'](unwrap(x), unwrap(y)) : (unwrap(x) as Value)[name as 'exp']();
    return new Replayed(made);
  };
  Object.defineProperty(Replayed.prototype, name, {
    value: isBinary
      ? function method(this: Replayed, y: Operand) {
          return apply(this, y);
        }
      : function method(this: Replayed) {
          return apply(this, 0);
        },
  });
  if (isBinary) Object.defineProperty(Replayed, name, { value: apply });
}
