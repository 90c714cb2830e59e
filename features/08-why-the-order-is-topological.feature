Feature: 8. Why the order is topological

  Why is an order needed at all? Why not walk back from the output like this: at each node, hand each operand its share,
  and at once do the same for that operand, before turning to the next one? A function that calls itself can do it, so
  it is called recursion. It is short, it looks right, and on the graph of chapter 4 it *is* right. This is the smallest
  graph on which it goes wrong:

      a 1 (4) ──┬──(2)──┐
                │      [+]── b 2 (2) ──┬──(1)──┐
                └──(2)──┘              │      [+]── c 4 (1)
                                       └──(1)──┘

  Two shares come to b, one from each side of the sum c. Recursion hands on the first before the second has come: 1 to
  each side, 2 for a. Then the second share comes. Now b holds 2, and hands on all that it has: 2 to each side, 4 more
  for a. That makes 6, where 4 is right.

  The **users** of a node are the nodes that were made from it. So a node must wait until all its users have handed on.
  A **topological order** of a graph is one in which every node comes after all its users. There is one for every graph,
  because no node is made from nodes that were made from it. The backward pass goes through the nodes in such an order,
  each once.

  Rule: A node waits until all its users have handed on

  b is a + a, and c is b + b. So c is four times a, and the gradient of a is 4. Here is first what is right, and then the
  recursion, line by line.

    Scenario: Two sums in a row
      Given the leaves
        | a |
        | 1 |
      And the expressions
        """
        b = a + a
        c = b + b
        """
      When the backward pass runs from c
      Then b.grad is 2
      And a.grad is 4

    Scenario: Recursion without an order gives 6
      Given the leaves
        | a |
        | 1 |
      And the expressions
        """
        b = a + a
        c = b + b
        """
      When this code runs
        """
        c.grad = 1
        b.grad = c.grad           # c hands a share to its left operand, b ...
        a.grad = b.grad           # ... and b at once hands on what it has, to the left
        a.grad += b.grad          # and to the right
        b.grad += c.grad          # now c hands a share to its right operand, b again ...
        a.grad += b.grad          # ... which once more hands on all that it has: the first share for the second time
        a.grad += b.grad
        """
      Then b.grad is 2
      But a.grad is 6

  Rule: The order counts, and not the side on which an operand stands

  Here a is used by b and by r:

      2 ────────┐
               [×]── a 2 (4) ──┬────────────────────(1)──┐
      x 1 (8) ──┘              │                        [+]── r 8 (1)
                               └──(3)──┐                 │
                                      [×]── b 6 (1) ─────┘
                                  3 ───┘

  Take an engine that visits each node once, and as soon as it meets it. In the sum b + a it meets b first, so b hands
  on before a does, and the engine is lucky: it finds 8. In the sum a + b it meets a first. Then a hands on to x before
  the share from b has come, and the engine finds 2. So both sums are tried.

    Scenario Outline: With r = <sum>, the gradient of x is 8
      Given the leaves
        | x |
        | 1 |
      And the expressions
        """
        a = 2 * x
        b = 3 * a
        r = <sum>
        """
      When the backward pass runs from r
      Then r is 8
      And x.grad is 8

      Examples:
        | sum   |
        | a + b |
        | b + a |

    Scenario: Visited as they are met, the nodes of a + b give 2
      Given the leaves
        | x |
        | 1 |
      And the expressions
        """
        a = 2 * x
        b = 3 * a
        r = a + b
        """
      When this code runs
        """
        r.grad = 1
        a.grad = r.grad           # r hands on to both of its operands
        b.grad = r.grad
        x.grad = 2 * a.grad       # a was met first, and hands on what it has
        a.grad += 3 * b.grad      # now the share from b comes, too late: a has had its turn
        """
      Then a.grad is 4
      But x.grad is 2

  Rule: Shares from many sides come together

  The more a node is used, the more there is to wait for. In the last two scenarios y gets a share of 2 and one of 5,
  together 7, and x gets three times as much: 21. Handed on with each share that comes, it is 3 · 2 and then 3 · 7,
  which makes 27.

    Scenario: Two leaves, used in a sum, a product, and the product of both
      Given the leaves
        | a | b |
        | 2 | 3 |
      And the expressions
        """
        c = a + b
        d = a * b
        y = c + d + c*d
        """
      When the backward pass runs from y
      Then y is 41
      And a.grad is 25
      And b.grad is 19

    Scenario: A share must not be handed on before the next one has come
      Given the leaves
        | x |
        | 1 |
      And the expressions
        """
        y = 3 * x
        r = 2*y + 5*y
        """
      When the backward pass runs from r
      Then x.grad is 21

    Scenario: Handed on with each share that comes, the gradient is 27
      Given the leaves
        | x |
        | 1 |
      And the expressions
        """
        y = 3 * x
        r = 2*y + 5*y
        """
      When this code runs
        """
        y.grad = 2                # the first share ...
        x.grad = 3 * y.grad       # ... is handed on at once
        y.grad += 5               # then the second share comes ...
        x.grad += 3 * y.grad      # ... and the first one is handed on again together with it
        """
      Then y.grad is 7
      But x.grad is 27

  Rule: An order is found by finishing the operands first

  How does one find such an order? Walk down from the output. At each node, go on to an operand that was not visited
  yet; when there is none left, go back up to where you came from. A node is **finished** when all its operands have
  been visited, and the walk goes back up from it. So a node is finished after everything that it was made from; and
  read backward, the order in which nodes are finished is an order in which each comes after all its users. For r = a +
  b, where b is made from a, and a from the leaf x:

      down from r to a      a is finished: its operands are leaves
      back up to r
      down from r to b      b is finished: one operand is a leaf, and a is finished
      back up to r          r is finished
                            finished: a, b, r.   The backward pass: r, b, a.

    Scenario: In the order r, b, a, the gradient of x is 8
      Given the leaves
        | x |
        | 1 |
      And the expressions
        """
        a = 2 * x
        b = 3 * a
        r = a + b
        """
      When this code runs
        """
        r.grad = 1
        a.grad = r.grad           # r hands on to both of its operands
        b.grad = r.grad
        a.grad += 3 * b.grad      # then b, while a still waits
        x.grad = 2 * a.grad       # a comes last, and has all that it gets
        """
      Then a.grad is 4
      And x.grad is 8

  Rule: The engine finds the order, and then follows it

  The engine does the same, and needs no list for it: while it walks,
  `link` leads from each node back up to where the walk came from; and once a node is finished, `link` leads on to the
  node that was finished before it. So in the end the links form a chain, which begins with the output, and ends at
  `END`, a node that serves for nothing else. A node whose `link` is `null` has not been met; `unseen` is such an
  operand, the first or else the second, or `null` if there is none. Leaves have nothing to hand on, and are left out,
  unless one of them is the output itself. Every other node that is met has its gradient set to 0, so that nothing of an
  earlier pass is in the way; what earlier passes have left on the leaves stays, and is added to.

  For r = a + b as above, where only a, b and r are no leaves:

                             a.link    b.link    r.link    the chain so far
      begin at r             null      null      END
      go down to a           r         null      END
      a is finished          END       null      END       a
      go down to b           END       r         END       a
      b is finished          END       a         END       b, a
      r is finished          END       a         b         r, b, a

  ```ts
  const END = new Value(0);
  private order(): Value {
    let first = END;
    let node: Value = this;
    node.link = END;
    if (node.rule !== LEAF) node.grad = 0;
    while (node !== END) {
      const { a, b } = node;
      const unseen = a.link === null && a.rule !== LEAF ? a : b.link === null && b.rule !== LEAF ? b : null;
      if (unseen !== null) {
        unseen.grad = 0;
        unseen.link = node;
        node = unseen;
      } else {
        const up = node.link as Value;
        node.link = first;
        first = node;
        node = up;
      }
    }
    return first;
  }
  ```

  What is left is the backward pass itself. The output changes as fast as itself; then each node of the chain hands on
  what it has, by its rule.

  ```ts
  backward(): void {
    let node = this.order();
    this.grad += 1; // ∂x/∂x
    while (node !== END) {
      const next = node.link as Value;
      node.link = null;
      node.rule.back(node);
      node = next;
    }
  }
  ```

    Scenario: What it finds is what was found by hand
      Given the leaves
        | x |
        | 1 |
      And the expressions
        """
        a = 2 * x
        b = 3 * a
        r = a + b
        """
      When the backward pass runs from r
      Then the nodes hold
        | node | gradient |
        | r    | 1        |
        | b    | 1        |
        | a    | 4        |
        | x    | 8        |

  Rule: However many ways lead to a node, one visit is enough

  Recursion could be mended in another way: with each share that comes, hand on only that share. It would come out
  right. But then a node is walked from as often as there are ways to it, and those may be very many. Double a number a
  hundred times. There are only 101 nodes, but 2¹⁰⁰ ways from the last back to the first: an engine that walks every way
  separately would be at it longer than the universe is old. Visiting each node once, in order, is enough.

  Each way adds 1 to the gradient of x, and so the gradient is 2¹⁰⁰ as well. That is the long number below.

    Scenario: A hundred doublings
      Given the leaves
        | x |
        | 1 |
      And the expressions
        """
        y = x + x
        """
      When this code runs
        """
        nodes = 2                 # x, and the first sum
        """
      And this code runs 99 times
        """
        y = y + y
        nodes = nodes + 1
        """
      And the backward pass runs from y
      Then nodes is 101
      And y is 1267650600228229401496703205376
      And x.grad is 1267650600228229401496703205376

    Scenario: Thousands of nodes, and one that is used hundreds of times
      Given the leaves
        | a | b |
        | 2 | 3 |
      And the expressions
        """
        m = a * b
        y = m + b
        """
      When this code runs 290 times
        """
        p = m + a
        q = p + b
        r = q + m
        s = r + q
        t = s * a
        u = t + p
        v = u + m
        w = v + q
        y = y + w
        """
      And the backward pass runs from y
      Then the nodes hold
        | node | data  | gradient |
        | y    | 23499 | 1        |
        | m    | 6     | 2611     |
        | a    | 2     | 17693    |
        | b    | 3     | 6673     |

  Rule: A long chain has a gradient too

  Recursion has one more fault: it goes as deep as the graph, and a computer lets it go only so deep. Many engines give
  up after a few thousand nodes, even those that recurse only to find the order. A sum of a few thousand numbers, added
  one after the other, is deeper than that. What helps is to remember the way back oneself, in a list or, as here, in
  the nodes: there is room for that as long as there is memory.

  The first addition below uses x twice, and each later one once more. Each use adds 1 to the gradient of x. A few hundred
  operations in a row are asked of every engine; how far beyond that one gets is an edge, see chapter 17.

    Scenario Outline: A chain that uses x <gradient> times
      Given the leaves
        | x |
        | 1 |
      And the expressions
        """
        y = x + x
        """
      When this code runs <more> times
        """
        y = y + x
        """
      And the backward pass runs from y
      Then y is <gradient>
      And x.grad is <gradient>

      Examples:
        | more | gradient |
        | 299  | 301      |

  Rule: In short: wait until all shares have come

  - A node may hand on its gradient only when all its users have handed on theirs.
  - A topological order sees to that; it is found by finishing the operands of each node first, and reading backward.
  - Each node is visited once, however many ways lead to it.

  *Change it and see.* The graph of this chapter, walked by the engine.

  - Make `a + b` into `b + a`: by the engine nothing changes, since it waits, `x.grad is 8`.
  - Make `b = 3 * a` into `b = a * a`: now b sends two shares of 2 to a, and `x.grad is 10`.

  For exercises: `npm run exercises 8`.

    Scenario: The same graph, by the engine
      Given the leaves
        | x |
        | 1 |
      And the expressions
        """
        a = 2 * x
        b = 3 * a
        r = a + b
        """
      When the backward pass runs from r
      Then x.grad is 8
