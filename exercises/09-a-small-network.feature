Feature: Exercises for chapter 9

  Scenario: What does a new tanh network say when all inputs are 0?
    Given a tanh network N of 2 inputs and layers 4, 1 from seed 3
    When this code runs
      """
      y = N(0, 0)
      """
    # Hint: If every product in the sum of a neuron is nothing, what is left, and where does that start?
    Then y is ?

  Scenario: By which factor does the answer of a layer without a bend change?
    The network has a single layer, which is not bent. The factor is the second answer divided by the first.

    Given a tanh network N of 2 inputs and layers 1 from seed 3
    When this code runs
      """
      first = N(1, 2)
      second = N(-4, -8)
      factor = second.data / first.data
      """
    # Hint: Such a layer only scales and adds, and the bias is still 0.
    Then factor is ?

  Scenario: How many parameters are there, and how many does a neuron more bring?
    A network of 5 inputs has layers of 3 and 2. The expression counts its parameters, layer by layer, and the
    gradient of first says how many parameters one more neuron in the first layer brings.

    Given the leaves
      | inputs | first | second |
      | 5      | 3     | 2      |
    And the expressions
      """
      parameters = first * (inputs + 1) + second * (first + 1)
      """
    When the backward pass runs from parameters
    # Hint: A new neuron has parameters of its own, and each neuron of the second layer needs a weight for it.
    Then parameters is ?
    And first.grad is ?

  Scenario: What are the gradients in a network of three neurons?
    Two neurons, bent by tanh, see the input x, and a third one, which is not bent, sees both of their answers.

    Given the leaves
      | x | w1 | b1 | w2 | b2 | v1 | v2 | b3 |
      | 2 | 1  | -2 | -1 | 2  | 3  | 5  | 4  |
    And the expressions
      """
      h1 = tanh(w1*x + b1)
      h2 = tanh(w2*x + b2)
      y = v1*h1 + v2*h2 + b3
      """
    When the backward pass runs from y
    # Hint: What are the two sums, so what are h1 and h2, and what comes through their bends?
    Then w1.grad is ?
    And v1.grad is ?
    And x.grad is ?
