@tanh
Feature: 6. A neuron

  A **neuron** multiplies each of its inputs by a number of its own, adds everything up, adds one number more, and bends
  the sum. The **weight** of an input is the number that the neuron multiplies it by. The **bias** of a neuron is the
  number that it adds at the end. Weights and bias are its parameters: what it learns is in them. The inputs are
  whatever it is shown.

  An **activation function** is what bends the sum of a neuron; here we just say *bend*. The bend of this chapter is
  **tanh**: it leaves small sums nearly as they are and presses large ones together, so that what comes out lies between
  −1 and 1. Without a bend, however many neurons stood in a row, they could do no more than one could; chapter 9 shows
  it.

         o = tanh n
       1 ┤                                           .....·················
         │                        0.707 at 0.881.o·˙˙
         │                                    ·˙
         │                                  ·˙
       0 ┤-   -   -   -   -   -   -   -  .·˙  -   -   -   -   -   -   -   -
         │                             .·
         │                           .·
         │                      ..·˙˙
      −1 ┤·················˙˙˙˙˙
         └┬───────┬───────┬───────┬───────┬───────┬───────┬───────┬───────┬─ n
         −4      −3      −2      −1       0       1       2       3       4

  Nothing about this is new to the engine. A neuron is a graph like any other, only with more nodes.

  Background:
    Given the leaves
      | x1 | x2 | w1 | w2 | b                  |
      | 2  | 0  | -3 | 1  | 6.8813735870195432 |
    And the expressions
      """
      n = x1*w1 + x2*w2 + b
      o = tanh(n)
      """

  Rule: A neuron's output is its bent sum

  The sum is 2 · −3 + 0 · 1 + b. The bias looks odd: it was chosen so that the gradients of this chapter come out round.

    Scenario: The sum is 0.88137, and the output 0.7071
      Then n is 0.8813735870195432
      And o is about 0.7071

  Rule: The gradients flow back through the bend

  The local derivative of tanh is 1 − o², where o is the result. (That is a fact about tanh, as 2x is one about x². A
  nudge confirms it below, and chapter 14 takes tanh to pieces.) Here o is 0.7071, the square root of one half. So o² is
  0.5, and 1 − 0.5 is 0.5: that is what n gets. Sums hand it on unchanged, to the bias and to each product. And in a
  product, each factor gets the other factor times what came: w1 gets 2 · 0.5 = 1, and x1 gets −3 · 0.5 = −1.5. (A node
  without a name of its own is asked for by its code, as `x1 * w1` is below.)

      x1  2 (−1.5) ──┐
                    [×]── −6 (0.5) ──┐
      w1 −3 (1) ─────┘              [+]──┐
      x2  0 (0.5) ───┐               │   │
                    [×]──  0 (0.5) ──┘  [+]── n 0.881 (0.5) ──[tanh]── o 0.707 (1)
      w2  1 (0) ─────┘                   │
      b   6.881 (0.5) ───────────────────┘

    Scenario: Every node of the neuron gets its gradient
      When the backward pass runs from o
      Then the nodes hold
        | node    | gradient |
        | n       | 0.5      |
        | b       | 0.5      |
        | x1 * w1 | 0.5      |
        | x2 * w2 | 0.5      |
        | x1      | -1.5     |
        | w1      | 1        |
        | x2      | 0.5      |
        | w2      | 0        |

    Scenario: A nudge of the bias says the same
      When this code runs
        """
        before = o.data
        square = o.data ** 2
        b.data += 0.00001
        """
      And the expressions run again
      And this code runs
        """
        slope = (o.data - before) / 0.00001
        """
      Then square is 0.5
      And slope is about 0.5000

  Rule: A weight whose input is 0 has the gradient 0

  Look at w2. Its input x2 is 0, so whatever w2 is, the product is 0. Turning this weight changes nothing, and the
  gradient says so: from an example in which an input is 0, the neuron learns nothing about that input's weight.

    Scenario: Once its input is not 0, the weight matters
      When this code runs
        """
        x2.data = 0.5
        """
      And the expressions run again
      And the backward pass runs from o
      Then w2.grad is greater than 0
      And w2.grad is about 0.1117

  Rule: Where the bend is nearly flat, hardly any gradient comes through

  A neuron is **saturated** when its sum is so large, or so far below 0, that its output hardly moves any more. It lies
  close to 1 or −1, whatever the weights do, and so the weights hardly learn.

    Scenario: With a bias of 12, the gradient of the bias all but vanishes
      When this code runs
        """
        b.data = 12
        """
      And the expressions run again
      And the backward pass runs from o
      Then o is greater than 0.99998
      And b.grad is less than 0.00003
      And b.grad is greater than 0

  Rule: In short: a sum, and a bend

  - A neuron adds up its inputs, each times its weight, and its bias, and bends the sum.
  - The gradient comes back through the bend, times the bend's local derivative, and goes to every weight.
  - A weight learns nothing where its input is 0, and hardly anything where the neuron is saturated.

  *Change it and see.* The neuron with a bias that one can read.

  - Make `b.data = 6` into `b.data = -12`: saturated on the other side, since `o is about -1.00000`, so that hardly
    anything comes back: `b.grad is about 0.00000000`.
  - Make `b.data = 6` into `b.data = 7`: the sum is now 1 and no longer 0, so the bend is less
    steep, `b.grad is about 0.4200`.
  - Make `tanh(n)` into `1 * n`: without a bend the whole 1 comes through, `b.grad is 1`, and `w1.grad is 2`.

  For exercises: `npm run exercises 6`.

    Scenario: In the middle of the bend
      When this code runs
        """
        b.data = 6
        n = x1*w1 + x2*w2 + b
        o = tanh(n)
        """
      And the backward pass runs from o
      Then o is 0
      And b.grad is 1
      And w1.grad is 2
