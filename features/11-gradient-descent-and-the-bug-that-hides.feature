Feature: 11. Gradient descent, and the bug that hides

  Now everything is in place. Compute the loss. Run the backward pass. Move every parameter a little *against* its
  gradient. Then do it again, and again: that is gradient descent, as in chapter 5, and it is how networks learn. The
  **learning rate** is the step size of a network that learns: how far a parameter moves for each unit of its gradient.

  One line is easily forgotten. In micrograd, in the engine of these notes, and in most others, a backward pass *adds*
  to the gradients of the leaves. Within one pass that is as it should be (chapter 7). But it also adds to what the pass
  before has left there, and so the gradients have to be zeroed in between. No engine can know when that is wanted, so
  it is for whoever trains to do. Forgetting it is a famous bug, because it hides: at first the loss falls all the same.

  Background:
    Given the leaves
      | w |
      | 1 |
    And the expressions
      """
      loss = (3*w - 2) ** 2
      """

  Rule: Each step moves the parameter against its gradient

  The loss is smallest, namely 0, at w = 2/3. We begin at w = 1, where the gradient is 6. With the learning rate 0.01,
  the first step leads to 0.94. There the gradient is 4.92, and the second step leads to 0.8908.

          loss after 0 to 6 steps of 0.01
        1 ┤                                               .0
          │                                             .·
          │                                           .·
          │                                         1˙
          │                                      .·˙
      0.5 ┤                                   2·˙
          │                                .·˙
          │                             .3˙
          │                        ..4˙˙
          │                 ...6·˙5
        0 ┤˙˙˙···········˙˙˙
          └┬───────────┬───────────┬───────────┬───────────┬───────────┬─ w
          0.6         0.7         0.8         0.9          1          1.1

  To zero is no more than this:

  ```ts
  zeroGrad(): void {
    this.grad = 0;
  }
  ```

    Scenario: Two steps lead to 0.94 and then to 0.8908
      When this code runs
        """
        loss.backward()
        w.data -= 0.01 * w.grad
        """
      Then w.grad is 6
      And w is 0.94
      When the gradients are zeroed
      And the expressions run again
      And this code runs
        """
        loss.backward()
        w.data -= 0.01 * w.grad
        """
      Then w.grad is 4.92
      And w is 0.8908

  Rule: Without zeroing, the step is wrong, and the loss falls all the same

  The same two steps, without the zeroing. The second gradient is added to the first: 6 + 4.92 = 10.92 instead of 4.92.
  The step is more than twice as long as it should be, and ends at 0.8308. The loss has fallen, faster even than before.
  So "the loss fell" proves nothing about the gradients. The exact parameters do, and so this chapter checks them, step
  by step.

  Why add at all, then? Because the gradient of a sum is the sum of the gradients. Whoever has more examples than fit
  into one graph can run a pass for each part of them, without zeroing in between, and has the gradients of the whole
  loss.

    Scenario: Without zeroing, the second step leads to 0.8308
      When this code runs
        """
        before = loss.data
        loss.backward()
        w.data -= 0.01 * w.grad
        """
      And the expressions run again
      And this code runs
        """
        loss.backward()
        w.data -= 0.01 * w.grad
        """
      And the expressions run again
      Then w.grad is 10.92
      And w is 0.8308
      But before is 1
      And loss is less than 0.25

  Rule: In the end, the forgetful descent swings up again

  The third step still comes very near to the lowest point. But the sum of all old gradients drives w past it and up the
  other side, and after 7 steps the loss is larger than the 1 that it began with. (The line for the loss runs once more
  before we look: a loss that was computed before the last move knows nothing of that move, as chapter 5 has shown.)

    Scenario Outline: After <steps> steps without zeroing, the loss is <loss>
      When this code runs <steps> times
        """
        loss = (3*w - 2) ** 2
        loss.backward()
        w.data -= 0.01 * w.grad
        """
      And the expressions run again
      Then loss is about <loss>

      Examples:
        | steps | loss  |
        | 3     | 0.006 |
        | 7     | 1.043 |
        | 8     | 0.813 |

  Rule: Repeated, the steps lead to the lowest point

  The nearer w comes to 2/3, the smaller the gradient is, and the shorter the step: each leaves 0.82 of the
  distance. After a hundred steps, nothing is left of it in the first eight digits.

    Scenario: A hundred steps reach w = 2/3
      When this code runs 100 times
        """
        w.grad = 0
        loss = (3*w - 2) ** 2
        loss.backward()
        w.data -= 0.01 * w.grad
        """
      And the expressions run again
      Then w is about 0.66666667
      And loss is about 0.00000000

  Rule: With too large a learning rate, the loss climbs

  Each step overshoots the lowest point and ends up on the other side. Whether that is nearer or further away is for the
  learning rate to say: the gradient, 2 · (3w − 2) · 3, is 18 times the distance of w from 2/3, so a step leaves 1 − 18
  · rate of the distance; a negative number means the other side. Below a rate of 1/9 it comes nearer all the same. With
  0.12 it is −1.16: on the other side, and further away than it began. Here the numbers on the curve count the steps:

        loss after 0 to 6 steps of 0.12
      6 ┤       ˙.                                               6˙
        │         .                                             .
        │          ·                                           ·
      4 ┤           5.                                       .˙
        │             ·                                     ·
        │              ˙.                                 .4
        │                3.                             .˙
      2 ┤                  ˙.                         2˙
        │                    1·.                   0·˙
        │                       ˙·..           ..·˙
      0 ┤                           ˙˙·······˙˙
        └┬───────────┬───────────┬───────────┬───────────┬───────────┬─ w
       −0.4          0          0.4         0.8         1.2         1.6

    Scenario Outline: With the learning rate <rate>, a step leaves <left> of the distance
      When this code runs
        """
        rate = <rate>
        before = w.data - 2/3
        loss.backward()
        w.data -= rate * w.grad
        left = (w.data - 2/3) / before
        by_the_formula = 1 - 18 * rate
        """
      Then left is about <left>
      And by_the_formula is about <left>

      Examples:
        | rate | left             |
        | 0.01 | 0.8200000000     |
        | 1/18 | 0.0000000000     |
        | 1/9  | -1.0000000000    |
        | 0.12 | -1.1600000000    |

    Scenario: With the learning rate 0.12, w runs away
      When this code runs 10 times
        """
        w.grad = 0
        loss = (3*w - 2) ** 2
        loss.backward()
        w.data -= 0.12 * w.grad
        """
      And the expressions run again
      Then loss is greater than 4

  Rule: A network learns in the same way

  The network and the four examples of chapter 10, and the same three things in turn: zero, backward, move. After 50 steps
  all 4 predictions have the right sign, and the loss is nearly 0.

  What does this scenario show, and what not? Three of the four signs were right before the first step, and a loss may
  fall with wrong gradients too. That the loss falls almost to 0 says that the network can learn these examples. That
  the gradients are right is shown elsewhere: by exact numbers, as above, and in chapters 13 to 15.

    @network @tanh
    Scenario: Fifty steps with 41 parameters
      Given the examples
        | x1  | x2 | x3  | y  |
        | 2   | 3  | -1  | 1  |
        | 3   | -1 | 0.5 | -1 |
        | 0.5 | 1  | 1   | -1 |
        | 1   | 1  | -1  | 1  |
      And a tanh network N of 3 inputs and layers 4, 4, 1 from seed 1
      And the total summed over the examples
        """
        prediction = N(x1, x2, x3)
        total = (prediction - y) ** 2
        """
      When N learns to lower total in 50 steps of 0.02
      Then N has 41 parameters
      And total is less than 0.01
      And prediction has the sign of y in 4 of 4 examples

  Rule: A graph is built again, or computed again where it stands

  Must the lines for the loss really run again in every step? The old nodes hold old numbers, so these notes build new
  ones. There is a second way. As long as the same lines would make the same graph, its nodes may stay: it is enough to
  compute their numbers again, each after its operands. Here is one step, with the nodes computed again by hand. The
  lines that run again afterwards make new nodes, and come to the same numbers.

  The engine of these notes can do this for you. `record(loss)` puts the nodes of a graph in a row: first the leaves,
  then each node after its operands, in the order of chapter 8. To compute all of them again is then a loop along the
  row. Of each node, `made` has three numbers: which rule it is made by, and where in the row its operands are.

  ```ts
  forward(): number {
    const { leaves, made, data } = this;
    for (let i = 0; i < leaves.length; i++) data[i] = (leaves[i] as Value).data;
    for (let i = leaves.length; i < data.length; i++) {
      const rule = made[3 * i] as number;
      const p = data[made[3 * i + 1] as number] as number;
      const q = data[made[3 * i + 2] as number] as number;
      if (rule === ADD_NUMBER) data[i] = p + q;
      else if (rule === MUL_NUMBER) data[i] = p * q;
      else if (rule === RELU_NUMBER) data[i] = Math.max(0, p);
      else data[i] = dataOf(rule, p, q);
    }
    return data[data.length - 1] as number;
  }
  ```

  The backward pass is the same loop from the end of the row. No node is made, no order has to be found, and the numbers
  are the same to the last digit.

    Scenario: w moves, and the same nodes are computed again
      Given the expressions
        """
        p = 3 * w
        q = p - 2
        """
      When this code runs
        """
        w.data -= 0.06
        p.data = 3 * w.data
        q.data = p.data - 2
        """
      Then p is 2.82
      And q is 0.82
      When the expressions run again
      Then p is 2.82
      And q is 0.82
      And loss is 0.6724

  Rule: A graph knows nothing of the code that built it

  So there is one thing to be careful of. Say that somebody wants the magnitude of x, and writes a choice:
  −x if x is negative, and x if it is not. For x = −3 the graph that is built has the node −x, and nothing is left of
  the choice. Built again for x = 2, it would be another graph, and say 2. Computed again where it stands, it says −2. So
  a graph may be computed again where its *shape* does not depend on the numbers; in training it hardly ever does.

    Scenario: Computed again, the graph still goes the way that it was built
      Given the leaves
        | x  |
        | -3 |
      And the expressions
        """
        z = -x
        """
      Then z is 3
      When this code runs
        """
        x.data = 2
        z.data = -x.data
        """
      Then z is -2

  Rule: In short: zero, backward, move

  - Gradient descent repeats three things: set the gradients to 0, run the backward pass, move each parameter against
    its gradient.
  - Without zeroing, old gradients are added to the new ones; the loss falls at first, and then swings up.
  - With too large a learning rate, each step ends further from the lowest point than it began.

  *Change it and see.* Ten steps down.

  - Make `0.01` into `0.1`: each step leaps over the lowest point, and comes nearer all the same, `w is about 0.7025`.
  - Make `0.01` into `1/18`: a single step lands on the lowest point, and stays there, `w is about 0.66666667`.
  - Make `w.grad = 0` into `w.grad = w.grad`: nothing is zeroed any more, `loss is about 0.0514`, after it was nearly 0
    on the way.

  For exercises: `npm run exercises 11`.

    Scenario: Ten steps with the learning rate 0.01
      When this code runs 10 times
        """
        w.grad = 0
        loss = (3*w - 2) ** 2
        loss.backward()
        w.data -= 0.01 * w.grad
        """
      And the expressions run again
      Then w is about 0.7125
      And loss is about 0.0189
