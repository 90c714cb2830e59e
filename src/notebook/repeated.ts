import type { GraphNode } from './graph';
import { isNode, type Scope, type Trace } from './scope';
import { isLong, type Session, type Tape } from './session';

/** What was taken down of a run. */
interface Taken {
  readonly tape: Tape;
  readonly trace: Trace;
  /** The nodes that were made from some that others will stand for the next time. */
  readonly moving: ReadonlySet<GraphNode>;
}

/**
 * Something that is run again and again. The first time, it is taken down: what the engine is asked, which nodes are made,
 * and what is named. As long as the names that it found stand for the same, it is asked and made again as it was.
 */
export class Repeated {
  private taken: Taken | undefined;

  /**
   * @param session - the conversation with the engine
   * @param scope - what names stand for
   * @param work - what to run
   * @param isSteady - whether it only makes nodes and names them, and waits for no answer
   */
  constructor(
    private readonly session: Session,
    private readonly scope: Scope,
    private readonly work: () => Promise<void>,
    readonly isSteady: boolean,
  ) {}

  /** Whether an engine is asked much by it. */
  get isLong(): boolean {
    return this.taken !== undefined && isLong(this.taken.tape);
  }

  /** The names that it finds, and does not give before. */
  get found(): string[] {
    return [...(this.taken?.trace.found.keys() ?? [])];
  }

  /** The names that it gives to nodes. */
  get given(): string[] {
    return [...(this.taken?.trace.given ?? [])].filter(([, thing]) => isNode(thing)).map(([name]) => name);
  }

  /** Runs it. */
  async run(): Promise<void> {
    if (!this.isSteady) return this.work();
    const { taken, scope, session } = this;
    const now = taken && scope.retrace(taken.trace);
    if (taken === undefined || now === undefined) return this.takeDown();
    const current = (operand: GraphNode | number) =>
      typeof operand === 'number' ? operand : (now.get(operand) ?? operand);
    for (const node of taken.tape.made) {
      now.set(node, session.remade(node, taken.moving.has(node) ? node.operands.map(current) : node.operands));
    }
    scope.rename(taken.trace, now);
    await session.repeat(taken.tape);
  }

  private async takeDown(): Promise<void> {
    const { session, scope } = this;
    const [trace, tape] = await scope.takeDown(() => session.takeDown(this.work, this.taken?.tape.name));
    const changing = new Set([...trace.found.values(), ...tape.made].filter(isNode));
    const isMoving = ({ operands }: GraphNode) =>
      operands.some((each) => typeof each !== 'number' && changing.has(each));
    this.taken = { trace, tape, moving: new Set(tape.made.filter(isMoving)) };
    await session.say(tape);
  }
}
