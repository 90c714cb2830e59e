Feature: 11. Gradient descent, and the bug that hides

  Now everything is in place. Compute the loss. Run the backward pass. Move every parameter a little *against* its
  gradient. Then do it again, and again: that is **gradient descent**, and it is how networks learn. The step size of
  chapter 5, how far to move per unit of gradient, is now called the **learning rate**.

  One line is easily forgotten. In micrograd, and in most engines, a backward pass *adds* to the gradients of the leaves.
  Within one pass that is as it should be (chapter 7). But it also adds to what the pass before has left there, and so
  the gradients have to be set back to **zero** in between. Forgetting it is a famous bug, because it hides: at first
  the loss falls all the same.

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
      Then w is 0.94
      When the gradients are zeroed
      And the expressions run again
      And this code runs
        """
        loss.backward()
        w.data -= 0.01 * w.grad
        """
      Then w is 0.8908

  Rule: Without zeroing, the step is wrong, and the loss falls all the same

  The same two steps, without the zeroing. The second gradient is added to the first: 6 + 4.92 instead of 4.92. The step
  is more than twice as long as it should be, and ends at 0.8308. The loss has fallen, faster even than before. So "the
  loss fell" proves nothing. Only the exact parameters do, which is why this spec checks them.

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
      Then w is 0.8308
      But before is 1
      And loss is less than 0.25

  Rule: In the end, the forgetful descent swings up again

  The third step still comes very near to the lowest point. But the sum of all old gradients drives w past it and up the
  other side, and after seven steps the loss is larger than the 1 that it began with. (The line for the loss runs once more before we look: a loss that was
  computed before the last move knows nothing of that move, as chapter 5 has shown.)

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

  Each step overshoots the lowest point and ends up on the other side, further away than before.

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

  The network and the four examples of chapter 10, and the same three things in turn: zero, backward, move. After fifty
  steps all four predictions have the right sign, and the loss is nearly 0.

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
      Then total is less than 0.01
      And prediction has the sign of y in 4 of 4 examples
