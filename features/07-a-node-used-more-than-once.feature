Feature: 7. A node used more than once

  In the running example each node was used by one other. In a network many nodes are used more than once: an input by
  many neurons, a weight by all examples. Each use is a way in which the output depends on the node, and along each
  something comes back. The **share** of one use of a node is the gradient of the result, times the local derivative by
  that operand. The node's gradient is the sum of its shares.

  So the backward pass must *add* to a gradient. Writing it down with a plain "equals" is the most common bug in engines
  of this kind. It passes every test of one pass in which no node is used twice, and then it loses paths in silence.

  Rule: The shares from all uses add up

  b is a + a. Raise a by a little: b rises by twice as much. Each side of the sum hands back a share of 1. An engine that
  overwrites reports 1: the second share has taken the place of the first.

    Scenario: Both sides of one sum
      Given the leaves
        | a |
        | 3 |
      And the expressions
        """
        b = a + a
        """
      When the backward pass runs from b
      Then b is 6
      And a.grad is 2

    Scenario: Both sides of one product
      Given the leaves
        | a |
        | 3 |
      And the expressions
        """
        b = a * a
        """
      When the backward pass runs from b
      Then b is 9
      And a.grad is 6

    Scenario: Overwriting, by hand, gives 1 for the sum
      Given the leaves
        | a |
        | 3 |
      And the expressions
        """
        b = a + a
        """
      When this code runs
        """
        b.grad = 1
        a.grad = 1 * b.grad       # the share of the left side ...
        a.grad = 1 * b.grad       # ... is lost when that of the right side is written over it
        """
      Then a.grad is 1

  Rule: Overwriting loses a path

  Here a and b are each used twice: in the product d and in the sum e. The share that comes to a through d is 3, because
  ∂f/∂d is 1 and ∂d/∂a is 3; the one that comes through e is −6. Together that is −3. A pass that overwrites keeps
  whatever came last; in the scenario by hand below, that is what comes through the sum. In the drawing, each share
  stands in parentheses on the line along which it comes back.

      a −2 (−3) ──┬─────────────────────(3)──┐
                  │                         [×]── d −6 (1) ──┐
                  │      b 3 (−8) ──┬──(−2)──┘               │
                  │                 │                       [×]── f −6 (1)
                  │                 └──(−6)──┐               │
                  │                         [+]── e 1 (−6) ──┘
                  └────────────────────(−6)──┘

  Look at the two lines of the product once more. In a·a both operands are one node, and each line adds a share to it;
  with = in the place of += the second line would wipe out the first.

  ```ts
  a.grad += b.data * grad; // ∂(x·y)/∂x = y
  b.grad += a.data * grad; // ∂(x·y)/∂y = x
  ```

    Scenario: Two nodes, two paths each
      Given the leaves
        | a  | b |
        | -2 | 3 |
      And the expressions
        """
        d = a * b
        e = a + b
        f = d * e
        """
      When the backward pass runs from f
      Then the nodes hold
        | node | data | gradient |
        | f    | -6   | 1        |
        | d    | -6   | 1        |
        | e    | 1    | -6       |
        | a    | -2   | -3       |
        | b    | 3    | -8       |

    Scenario: Overwriting, by hand, gives −6 in both places
      Given the leaves
        | a  | b |
        | -2 | 3 |
      And the expressions
        """
        d = a * b
        e = a + b
        f = d * e
        """
      When this code runs
        """
        f.grad = 1
        d.grad = e.data * f.grad
        e.grad = d.data * f.grad
        a.grad = b.data * d.grad      # the path through d ...
        b.grad = a.data * d.grad
        a.grad = 1 * e.grad           # ... is lost here: a = sign where += belongs
        b.grad = 1 * e.grad
        """
      Then a.grad is -6
      And b.grad is -6

  Rule: Every operation adds to what is there

  Who is convinced by now may go on to chapter 8, and read the rest of this one when an engine is to be built, or put to
  the test. Overwriting is a bug that each operation can have by itself. So each is tried on nodes that are used a
  second time, in a sum. Without the sum, each gradient would be smaller by 1. (Some of these operations have not come
  up yet; chapter 13 has them all, each with its local derivatives. In the row of the cosine one x more is added,
  because its slope at 0 is 0.)

    Scenario Outline: z = <line> + x + y adds up
      Given the leaves
        | x   | y   |
        | <x> | <y> |
      And the expressions
        """
        z = <line> + x + y
        """
      When the backward pass runs from z
      Then x.grad is <dx>
      And y.grad is <dy>

      Examples:
        | line       | x   | y  | dx   | dy     |
        | (x + y)    | 3   | 4  | 2    | 2      |
        | (x - y)    | 5   | 3  | 2    | 0      |
        | x * y      | 3   | 4  | 5    | 4      |
        | x / y      | 3   | 4  | 1.25 | 0.8125 |
        | x ** 3 - y | 2   | 4  | 13   | 0      |
        | -x - -y    | 3   | 4  | 0    | 2      |

      @pow-of-nodes
      Examples:
        | line   | x | y | dx | dy |
        | x ** y | 1 | 3 | 4  | 1  |

      @exp
      Examples:
        | line            | x | y | dx | dy |
        | exp(x) - exp(y) | 0 | 0 | 2  | 0  |

      @log
      Examples:
        | line            | x | y | dx  | dy |
        | log(x) - log(y) | 2 | 1 | 1.5 | 0  |

      @tanh
      Examples:
        | line              | x | y | dx | dy |
        | tanh(x) - tanh(y) | 0 | 0 | 2  | 0  |

      @relu
      Examples:
        | line              | x | y  | dx | dy |
        | relu(x) - relu(y) | 3 | -4 | 2  | 1  |

      @sigmoid
      Examples:
        | line                    | x | y | dx   | dy   |
        | sigmoid(x) - sigmoid(y) | 0 | 0 | 1.25 | 0.75 |

      @sqrt
      Examples:
        | line              | x | y | dx   | dy  |
        | sqrt(x) - sqrt(y) | 4 | 1 | 1.25 | 0.5 |

      @abs
      Examples:
        | line            | x | y  | dx | dy |
        | abs(x) - abs(y) | 3 | -4 | 2  | 2  |

      @sin
      Examples:
        | line            | x | y | dx | dy |
        | sin(x) - sin(y) | 0 | 0 | 2  | 0  |

      @cos
      Examples:
        | line                | x | y | dx | dy |
        | cos(x) - cos(y) + x | 0 | 0 | 2  | 1  |

      @max
      Examples:
        | line      | x | y | dx | dy |
        | max(x, y) | 3 | 2 | 2  | 1  |

      @min
      Examples:
        | line      | x | y | dx | dy |
        | min(x, y) | 3 | 2 | 1  | 2  |

  Rule: A node that the output was not made from gets nothing

  Change such a node as you like: the output does not notice. Being on the same graph is not enough; there has to be a way
  from the node to the output.

    Scenario: A leaf that nobody uses
      Given the leaves
        | a | b |
        | 3 | 5 |
      And the expressions
        """
        c = b * 2
        y = a * 2
        """
      When the backward pass runs from y
      Then a.grad is 2
      And b.grad is 0

    Scenario: A product of a shared node that is not asked about
      Given the leaves
        | a |
        | 3 |
      And the expressions
        """
        b = a * 2
        z = b * b
        y = b * 5
        """
      When the backward pass runs from y
      Then b.grad is 5
      And a.grad is 10

  Rule: Equal numbers are not one node

  Two leaves that happen to hold the same number are two leaves. Each has a gradient of its own.

    Scenario: Both leaves hold 3
      Given the leaves
        | a | b |
        | 3 | 3 |
      And the expressions
        """
        y = a * a + b
        """
      When the backward pass runs from y
      Then a.grad is 6
      And b.grad is 1

  Rule: Each output asks a question of its own

  One graph can have several outputs, and a backward pass may begin at any node. Each pass answers one question: how
  fast does *this* node change? Whatever the pass before has left behind, on the nodes or within the engine, must not
  get into the next answer. For the leaves, whoever asks has to see to that. A gradient is **zeroed** when it is set
  back to 0. Why that has to be, chapter 11 says. The nodes between leaves and output begin at 0 again in each pass of
  this engine: what the pass before has left there was handed on already, and must not be handed on twice.

    Scenario Outline: Two outputs over a node in between, <first> first
      Given the leaves
        | a |
        | 2 |
      And the expressions
        """
        b = a * 3
        c = b * 2
        d = b * 5
        """
      When the backward pass runs from <first>
      Then a.grad is <one>
      When the gradients are zeroed
      And the backward pass runs from <second>
      Then a.grad is <other>

      Examples:
        | first | one | second | other |
        | c     | 6   | d      | 15    |
        | d     | 15  | c      | 6     |
        | b     | 3   | d      | 15    |
        | d     | 15  | b      | 3     |

    Scenario: An output that is used further after its pass
      Given the leaves
        | a |
        | 2 |
      And the expressions
        """
        b = a * 3
        """
      When the backward pass runs from b
      And the gradients are zeroed
      And this code runs
        """
        c = b * 5
        c.backward()
        """
      Then b.grad is 5
      And a.grad is 15

    Scenario: A node that is made after the pass changes no gradient
      Given the leaves
        | a |
        | 2 |
      And the expressions
        """
        b = a * 3
        """
      When the backward pass runs from b
      And this code runs
        """
        c = a * 5              # nobody asks how fast c changes
        """
      Then a.grad is 3

    Scenario: The output of a pass that was in the middle of an earlier one
      Given the leaves
        | a |
        | 2 |
      And the expressions
        """
        c = a * 3
        d = c * 5
        """
      When the backward pass runs from d
      Then c.grad is 5
      When this code runs
        """
        a.grad = 0
        c.backward()           # c changes exactly as fast as itself: 1, and not 5, or 5 + 1
        """
      Then a.grad is 3

    Scenario: A leaf changes exactly as fast as itself
      Given the leaves
        | a |
        | 3 |
      When the backward pass runs from a
      Then a.grad is 1

    Scenario: The same lines again, after a leaf has moved
      Given the leaves
        | a |
        | 2 |
      And the expressions
        """
        b = a * a
        c = b * a
        """
      When the backward pass runs from c
      Then a.grad is 12
      When the gradients are zeroed
      And this code runs
        """
        a.data = 3
        """
      And the expressions run again
      And the backward pass runs from c
      Then c is 27
      And a.grad is 27

  Rule: Two graphs on one leaf, without zeroing: their gradients add up

  The gradient of a sum is the sum of the gradients. So two passes, over two graphs that share a leaf, leave on it what
  one pass over the sum of both outputs would leave there.

    Scenario: Two outputs that share a leaf, one pass after the other
      Given the leaves
        | a |
        | 2 |
      And the expressions
        """
        b = a * 3
        c = a * 5
        """
      When the backward pass runs from b
      And the backward pass runs from c
      Then a.grad is 8

  Rule: The old node keeps its part when its name moves on

  A line such as `c = c + a` makes a new node, from the old c and a, and gives it the name. The old c has lost its name
  and nothing else: the gradient still flows through it.

    Scenario: The same name, three nodes
      Given the leaves
        | a | b |
        | 2 | 5 |
      And the expressions
        """
        c = a * b
        c = c + a
        c += c * b
        """
      When the backward pass runs from c
      Then c is 72
      And a.grad is 36
      And b.grad is 24

    Scenario: A new leaf under an old name
      When this code runs
        """
        a = Value(2)
        b = a * 3
        a = Value(5)
        c = a * b
        c.backward()
        """
      Then c is 30
      And b.grad is 5
      And a.grad is 6

  Rule: To set one gradient to zero changes no other

  A gradient is a number that stands beside one node. Setting it to 0 is writing down a number, and nothing else.

    Scenario: The gradient of a is set to 0, and that of b stays
      Given the leaves
        | a | b |
        | 2 | 3 |
      And the expressions
        """
        c = a * b
        """
      When the backward pass runs from c
      And this code runs
        """
        a.grad = 0
        """
      Then a.grad is 0
      And b.grad is 2

    Scenario: All gradients are set to 0, and none is left
      Given the leaves
        | a | b |
        | 2 | 3 |
      And the expressions
        """
        c = a * b
        d = c * a
        """
      When the backward pass runs from d
      Then c.grad is 2
      When the gradients are zeroed
      Then the nodes hold
        | node | gradient |
        | a    | 0        |
        | b    | 0        |
        | c    | 0        |
        | d    | 0        |

  Rule: In short: add, and never overwrite

  - Each use of a node sends back a share: the gradient of the result, times the local derivative.
  - The gradient of the node is the sum of its shares, so the backward pass adds.
  - Equal numbers are not one node, and a name that moves on leaves its old node in the graph.

  *Change it and see.* By hand, adding as an engine should.

  - Make `a.grad += 1 * e.grad` into `a.grad = 1 * e.grad`: the share through d is lost, `a.grad is -6`.
  - Make `e.grad = d.data * f.grad` into `e.grad = 0`: now the share through e is missing, `a.grad is 3`.

  For exercises: `npm run exercises 7`.

    Scenario: Two shares, added by hand
      Given the leaves
        | a  | b |
        | -2 | 3 |
      And the expressions
        """
        d = a * b
        e = a + b
        f = d * e
        """
      When this code runs
        """
        f.grad = 1
        d.grad = e.data * f.grad
        e.grad = d.data * f.grad
        a.grad += b.data * d.grad
        a.grad += 1 * e.grad
        """
      Then a.grad is -3
