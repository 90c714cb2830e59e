@tanh
Feature: 6. A neuron

  A **neuron** takes some inputs, multiplies each by a number of its own, called a **weight**, adds everything up, adds
  one more number, the **bias**, and bends the sum. (What bends it is usually called an **activation function**.) What
  it learns is in the weights and the bias. The inputs are whatever it is shown.

  The bend here is **tanh**. It leaves small sums nearly as they are, and presses large ones together: whatever goes in,
  what comes out lies between −1 and 1. Without a bend, however many neurons stood in a row, they could do no more than
  one could.

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

  The bias looks odd. It was chosen so that the gradients of this chapter come out round.

    Scenario: The sum is 0.88137, and the output 0.7071
      Then n is 0.8813735870195432
      And o is about 0.7071

  Rule: The gradients flow back through the bend

  The local derivative of tanh is 1 − o², here one half. So n gets 0.5. Sums hand that on unchanged, to the bias and to
  each product. And in a product, each factor gets the other factor times what came: w1 gets half of x1.

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

  A neuron that gets a large sum is **saturated**. Its output lies close to 1 or −1 and hardly moves any more, whatever
  the weights do, and so its weights hardly learn.

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
