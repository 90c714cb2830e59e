Feature: 3. A value remembers how it was made

  When a computer works out a·b, it hands back a number and forgets the rest. Nothing in −6 says that it came from 2 and
  −3. But whoever wants to walk back from a result to its inputs must know the way.

  So the engine wraps each number up. A **node** is a number that remembers how it was made. It holds four
  things. The **data** of a node is the number itself. The **operation** of a node is what made it, such as a sum or a
  product. The **operands** of a node are the nodes that it was made from. And there is a place for its gradient. A leaf
  is a node without operands.

  A **graph** is made of nodes, each linked to its operands. This one goes with us through the next chapters.

  Background:
    Given the leaves
      | a | b  | c  | f  |
      | 2 | -3 | 10 | -2 |
    And the expressions
      """
      e = a * b
      d = e + c
      L = d * f
      """

  Rule: Every step of a computation is a node

  The **output** is the node whose change is asked about. Here it is the last one, L. The **forward pass** computes
  every node, from the leaves to the output. Here is the graph, with the data of each node; an operation stands in
  brackets:

      a  2 ──┐
            [×]── e −6 ──┐
      b −3 ──┘          [+]── d 4 ──┐
      c 10 ──────────────┘         [×]── L −8
      f −2 ─────────────────────────┘

  The engine that runs beneath these notes is small, and in the course of them we shall see all of it. It is written in
  TypeScript. This is what a node holds: its data; its gradient; its operation, which the code calls a
  `Rule` and chapter 4 explains; and its operands. The code calls the two operands a and b, whatever names they have in the notes. (What `link`
  is for, chapter 8 says.)

  ```ts
  export class Value {
    data: number;
    grad: number;
    readonly rule: Rule;
    readonly a: Value;
    readonly b: Value;
    private link: Value | null;
  ```

  A leaf is made by `new Value(2)`, and its gradient is 0. It has no operands; so that the two places are not empty, the
  engine puts the leaf itself there. (`LEAF` is what stands in the place of a rule.)

  ```ts
  constructor(data: number, rule: Rule = LEAF, a?: Value, b?: Value) {
    this.data = data;
    this.grad = 0;
    this.rule = rule;
    this.a = a ?? this;
    this.b = b ?? this;
    this.link = null;
  }
  ```

  And this is all that an operation on two nodes does: it computes a number, and makes a node that remembers where the
  number came from.

  ```ts
  function binary(rule: Rule, x: Operand, y: Operand): Value {
    const a = operand(rule, x);
    const b = operand(rule, y);
    return new Value(rule.forward(a.data, b.data), rule, a, b);
  }
  ```

    Scenario: The graph computes L = −8
      Then the nodes hold
        | node | data |
        | e    | -6   |
        | d    | 4    |
        | L    | -8   |

  Rule: From a node, one can walk back to everything it was made from

  A node knows its operands, they know theirs, and so on, until a leaf is reached. L was made from d and f; d from e and
  c; and e from a and b. So four leaves lie behind L. And as long as somebody holds L, all of its graph is kept.

    Scenario Outline: The way back from <node>
      Then the leaves of <node> are <leaves>

      Examples:
        | node | leaves        |
        | e    | a and b       |
        | d    | a, b and c    |
        | L    | a, b, c and f |

  Rule: A name is only a label

  A name points at a node. Point it at another, and the first node is still there: whoever was made from it keeps it.
  Below, the name a moves on to a new node, which holds 3. The node e was made from the old one, and nothing about that
  has changed. The old one is still a leaf, it still holds 2, and it is what the last line calls a: a leaf is told by
  the name that it was first given.

    Scenario: The name a moves on, and e stays what it was
      When this code runs
        """
        a = a + 1
        """
      Then a is 3
      And e is -6
      And the leaves of e are a and b

  Rule: Until the backward pass has run, no gradient says anything

  A gradient belongs to a question: how fast does *this output* change? As long as nobody has asked, the gradient of
  each leaf is 0. This 0 is no answer: it only says that nothing has been added there yet.

    Scenario: The gradients of the leaves start at 0
      Then the nodes hold
        | node | gradient |
        | a    | 0        |
        | b    | 0        |
        | c    | 0        |
        | f    | 0        |

  Rule: In short: numbers that remember

  - A node holds its data, its operation, its operands, and a place for its gradient.
  - Nodes and their operands form a graph, from the leaves to the output; computing it is the forward pass.
  - A name points at a node, and may move on; the node stays as it was.

  *Change it and see.* Here the name a has moved on, and is used again.

  - Make `a = a + 1` into `a *= 10`: that is a new node as well, ten times as large, and `g is -60`; the old product
    stays, `e is -6`.
  - Make `a = a + 1` into `a.data = 3`: now the leaf itself has changed, but e was computed before, `e is -6`. The code
    for g comes after: `g is -9`.

  For exercises: `npm run exercises 3`.

    Scenario: Before the name moved on, and after
      When this code runs
        """
        a = a + 1
        g = a * b
        """
      Then e is -6
      And g is -9
