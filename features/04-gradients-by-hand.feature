Feature: 4. Gradients by hand

  A graph computes forward: from the leaves a, b, c and f to the output L. Now we ask the question backward. If one of
  these numbers were a little larger, how much larger would L be? The answer is a number too, one for each node: how
  fast L changes per unit of change in that node. It is called the node's **gradient**, and written ∂L/∂a for the node
  a.

  One way to find it needs no thought: change a by a thousandth, run everything again, and see how far L has moved. But
  each leaf then costs a run of its own, and a network has thousands of leaves. There is a better way. It starts at L,
  walks back once through the graph, and gives every node its gradient on the way. Here we walk it by hand.

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

  Rule: In a product, each factor's speed is the other factor

  L is d times f, and f is −2. Let d grow by a little: L grows by −2 times that little. So the gradient of d is the data
  of f, times the gradient that L has already. For f it is the other way round.

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

  d is e plus c. A little more of e, or of c, is exactly as much more of d. Whatever d's gradient is, both of them have
  it too.

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

  Rule: Along a path, speeds multiply

  This is the **chain rule**, and all of the walk rests on it. Raise a by a little: e changes b = −3 times as much,
  because e is a times b. And each bit of change in e changes L −2 times as much, as we have just seen. Together, L
  changes −3 · −2 = 6 times as much as a. To go one node further back, multiply by one **local derivative**: how fast an
  operation's result changes with one of its operands, here b for the operand a.

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

    Scenario Outline: L changes <speed> times as much as <leaf>
      When this code runs
        """
        before = L.data
        <leaf>.data += 0.001
        """
      And the expressions run again
      And this code runs
        """
        speed = (L.data - before) / 0.001
        """
      Then speed is about <speed>

      Examples:
        | leaf | speed   |
        | a    | 6.0000  |
        | b    | -4.0000 |
        | c    | -2.0000 |
        | f    | 4.0000  |

  Rule: An engine walks the same way

  Each step of the walk was mechanical: take the gradient of the result, multiply by the local derivative, hand it to
  the operand. So a program can do it. That program is the autograd engine that chapter 1 has promised, and from here on
  its backward pass writes the gradients for us.

  What has to be known for that is known to each operation by itself. In the engine, an operation is a **rule** of two
  parts: how its number is computed, and how the gradient of its result is handed back to its operands.

  ```ts
  interface Rule {
    readonly name: string;
    forward(x: number, y: number): number;
    back(out: Value): void;
  }
  ```

  These are the rules of the product and of the sum. On the right stands the local derivative, and each line is one of
  our own: `a.grad = b.data * e.grad`. (Why it says += there, and not =, is what chapter 7 is about.)

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
