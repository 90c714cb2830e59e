Feature: 4. Gradients by hand

  A graph computes forward: from the leaves a, b, c and f to the output L. Now we ask the question backward. If one of
  these numbers were a little larger, how much larger would L be? Not only leaves have such a number, but every node: its
  gradient is the derivative of L by that node, ∂L/∂e for the node e.

  Nudging would find them, with a run for each. The better way starts at L, walks back once through the graph, and gives
  every node its gradient on the way. Here we walk it by hand.

  In this chapter `x.grad` is what *we* write there, line by line, as in a notebook. A nudge of each leaf then says
  whether we were right.

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

  Rule: The output changes exactly as fast as itself

  Every walk needs a place to start. If L were larger by one, L would be larger by one: its gradient is 1, whatever the
  graph. And so it is if L were larger by a thousandth.

    Scenario: The gradient of L is 1
      When this code runs
        """
        after = L.data + 0.001
        L.grad = (after - L.data) / 0.001
        """
      Then L.grad is about 1.000

  Rule: In a product, each factor gets the other factor, times what came

  L is d times f, and f is −2. Let d grow by a little: L grows by −2 times that little. The **local derivative** of an
  operation by one of its operands says how much its result changes for each unit of change in that operand. Here it is
  −2. So the gradient of d is the data of f, times the gradient that L has already. For f it is the other way round.

    Scenario: The gradients of d and f
      When this code runs
        """
        L.grad = 1.0
        d.grad = f.data * L.grad
        f.grad = d.data * L.grad
        """
      Then the nodes hold
        | node | data | gradient |
        | d    | 4    | -2       |
        | f    | -2   | 4        |

  Rule: A sum hands its gradient on unchanged

  d is e plus c. A little more of e, or of c, is exactly as much more of d: both local derivatives are 1. Whatever d's
  gradient is, both of them have it too.

    Scenario: The gradients of e and c are that of d
      When this code runs
        """
        L.grad = 1.0
        d.grad = f.data * L.grad
        e.grad = 1.0 * d.grad
        c.grad = 1.0 * d.grad
        """
      Then the nodes hold
        | node | gradient |
        | d    | -2       |
        | e    | -2       |
        | c    | -2       |

  Rule: Along a path, local derivatives multiply

  Raise a by a little: e changes b = −3 times as much, because e is a times b. And each bit of change in e changes L −2
  times as much, as we have just seen. Together, L changes −3 · −2 = 6 times as much as a. The **chain rule** says that
  along any path through a graph the local derivatives multiply. All of the walk rests on it. To go one node further
  back, take the gradient that is there, and multiply it by one more local derivative.

  Here is the whole graph once more, with each node's gradient in parentheses behind its data:

      a  2 (6) ───┐
                 [×]── e −6 (−2) ──┐
      b −3 (−4) ──┘               [+]── d 4 (−2) ──┐
      c 10 (−2) ───────────────────┘              [×]── L −8 (1)
      f −2 (4) ────────────────────────────────────┘

    Scenario: The whole walk, from the output back to every leaf
      When this code runs
        """
        L.grad = 1.0
        d.grad = f.data * L.grad
        f.grad = d.data * L.grad
        e.grad = 1.0 * d.grad
        c.grad = 1.0 * d.grad
        a.grad = b.data * e.grad
        b.grad = a.data * e.grad
        """
      Then the nodes hold
        | node | data | gradient |
        | L    | -8   | 1        |
        | d    | 4    | -2       |
        | f    | -2   | 4        |
        | e    | -6   | -2       |
        | c    | 10   | -2       |
        | a    | 2    | 6        |
        | b    | -3   | -4       |

    Scenario: Whoever forgets what came before gets a wrong gradient
      When this code runs
        """
        L.grad = 1.0
        d.grad = f.data * L.grad
        e.grad = 1.0 * d.grad
        a.grad = b.data        # the local derivative alone: e.grad is missing
        right = b.data * e.grad
        """
      Then a.grad is -3
      But right is 6

  Rule: A nudge confirms each gradient

  We need not trust our algebra. Move one leaf by a thousandth, run the expressions again, and divide the change in L by
  the thousandth. The leaf a should come out at 6, not at the −3 of the forgetful walk.

    Scenario Outline: L changes <slope> times as much as <leaf>
      When this code runs
        """
        before = L.data
        <leaf>.data += 0.001
        """
      And the expressions run again
      And this code runs
        """
        slope = (L.data - before) / 0.001
        """
      Then slope is about <slope>

      Examples:
        | leaf | slope   |
        | a    | 6.0000  |
        | b    | -4.0000 |
        | c    | -2.0000 |
        | f    | 4.0000  |

  Rule: An engine walks the same way

  Each step of the walk was mechanical: take the gradient of the result, multiply by the local derivative, hand it to
  the operand. So a program can do it. That program is the autograd engine that chapter 1 has promised, and from here on
  its backward pass writes the gradients for us.

  What has to be known for that is known to each operation by itself. In the engine, an operation is an object, called a
  `Rule`, of two parts: how its number is computed, and how the gradient of its result is handed back to its operands.

  ```ts
  interface Rule {
    readonly name: string;
    forward(x: number, y: number): number;
    back(out: Value): void;
  }
  ```

  These are the rules of the product and of the sum. Here `{ grad, a, b }` takes three things out of the result: its
  gradient and its two operands. On the right stands the local derivative, and each line is one of our own, such as
  `a.grad = b.data * e.grad`. (Why it says += there, and not =, is what chapter 7 is about.)

  ```ts
  const MUL: Rule = {
    name: 'mul',
    forward: (x, y) => x * y,
    back({ grad, a, b }) {
      a.grad += b.data * grad; // ∂(x·y)/∂x = y
      b.grad += a.data * grad; // ∂(x·y)/∂y = x
    },
  };
  const ADD: Rule = {
    name: 'add',
    forward: (x, y) => x + y,
    back({ grad, a, b }) {
      a.grad += grad; // ∂(x + y)/∂x = 1
      b.grad += grad; // ∂(x + y)/∂y = 1
    },
  };
  ```

  A leaf has a rule as well, one that hands nothing back. And where the notes write `a * b`, the engine's own language has
  `a.mul(b)`, or `Value.mul(a, b)`; so it is for each operation, under the name that its rule has.

  ```ts
  const LEAF: Rule = {
    name: 'leaf',
    forward: (x) => x,
    back() {},
  };
  static mul(x: Operand, y: Operand): Value {
    return binary(MUL, x, y);
  }
  mul(y: Operand): Value {
    return Value.mul(this, y);
  }
  ```

    Scenario: The backward pass finds what we found by hand
      When the backward pass runs from L
      Then the nodes hold
        | node | gradient |
        | L    | 1        |
        | d    | -2       |
        | f    | 4        |
        | e    | -2       |
        | c    | -2       |
        | a    | 6        |
        | b    | -4       |

  Rule: With one output, backward is the short way

  One can walk forward as well. Begin at a. It changes as fast as itself; e changes b times as fast as a; d as fast as
  e; and L changes f times as fast as d. That is the chain rule, multiplied from its other end, and 6 comes again. But
  it is the answer for a alone. For b one has to set out anew.

  So count the walks. Forward, each *leaf* needs one, and it says how fast every node after the leaf changes with it.
  Backward, each *output* needs one, and it says how fast the output changes with every node before it. Our graph has
  four leaves and one output: four walks forward, or one backward. A network has thousands of leaves, and again one
  output, a single number that is to become smaller: thousands of walks, or one. That is why engines like this one walk
  backward, and why a pass begins at one single number. With one leaf and thousands of outputs it would be the other way
  round.

    Scenario: Forward, each leaf needs a walk of its own
      When this code runs
        """
        e_a = b.data * 1          # the walk from a: how fast does each node change with a?
        d_a = 1 * e_a
        L_a = f.data * d_a
        e_b = a.data * 1          # the walk from b
        d_b = 1 * e_b
        L_b = f.data * d_b
        """
      Then L_a is 6
      And L_b is -4

    Scenario: Backward, each output needs a walk of its own
      Given the leaves
        | x |
        | 5 |
      And the expressions
        """
        p = 3 * x
        q = p + 1
        r = q * -2
        """
      When this code runs
        """
        p_x = 3 * 1               # one walk forward, from x, says it of all three
        q_x = 1 * p_x
        r_x = -2 * q_x
        """
      And the backward pass runs from p
      Then x.grad is 3
      And p_x is 3
      When the gradients are zeroed
      And the backward pass runs from q
      Then x.grad is 3
      And q_x is 3
      When the gradients are zeroed
      And the backward pass runs from r
      Then x.grad is -6
      And r_x is -6

  Rule: In short: one walk back, a local derivative for each operand

  - The walk starts at the output, with the gradient 1.
  - To each operand goes the gradient of the result, times the local derivative: that is the chain rule.
  - One walk back gives every node its gradient, where nudging, or walking forward, needs a run for each leaf.

  *Change it and see.* The same graph, walked by the engine.

  - Make `d = e + c` into `d = e - c`: more of c is now less of d, so `c.grad is 2`; and as d is −16, `f.grad is -16`.
  - Make `L = d * f` into `L = d + f`: the sum hands on its 1, `f.grad is 1`, and for a only b is left, `a.grad is -3`.
  - Make `e = a * b` into `e = a + b`: nothing is multiplied there any more, `a.grad is -2`.

  For exercises: `npm run exercises 4`.

    Scenario: The walk once more, by the engine
      Given the expressions
        """
        e = a * b
        d = e + c
        L = d * f
        """
      When the backward pass runs from L
      Then a.grad is 6
      And c.grad is -2
      And f.grad is 4
