Feature: Exercises for chapter 6

  Scenario: What are the gradients of a neuron whose sum is 0?
    Given the leaves
      | x1 | x2 | w1 | w2 | b |
      | 2  | 3  | -3 | 1  | 3 |
    And the expressions
      """
      n = x1*w1 + x2*w2 + b
      o = tanh(n)
      """
    When the backward pass runs from o
    # Hint: Where is o if the sum is 0, and what is the local derivative of tanh there?
    Then b.grad is ?
    And w1.grad is ?
    And x1.grad is ?

  Scenario: What are the gradients of a neuron whose output is 0.6?
    The bias is an odd number again. It was chosen so that the output is 0.6.

    Given the leaves
      | x1 | x2 | w1 | w2 | b                  |
      | 2  | 0  | -3 | 1  | 6.6931471805599453 |
    And the expressions
      """
      n = x1*w1 + x2*w2 + b
      o = tanh(n)
      """
    When the backward pass runs from o
    Then o is 0.6
    # Hint: Begin with the local derivative of tanh, 1 − o².
    And b.grad is ?
    And w1.grad is ?
    And w2.grad is ?

  Scenario: What is the gradient of w2 when x2 is −1?
    The bias is raised by 1 as well, so that the sum n stays where it was in the chapter.

    Given the leaves
      | x1 | x2 | w1 | w2 | b                  |
      | 2  | -1 | -3 | 1  | 7.8813735870195432 |
    And the expressions
      """
      n = x1*w1 + x2*w2 + b
      o = tanh(n)
      """
    When the backward pass runs from o
    # Hint: The gradient of n is what it was, and a factor of a product gets that times the other factor.
    Then w2.grad is ?

  Scenario: How small is the gradient of the bias when the bias is 12?
    The sum is 6 then, and tanh of 6 is 0.9999877.
    Write the gradient with six decimals.

    Given the leaves
      | x1 | x2 | w1 | w2 | b  |
      | 2  | 0  | -3 | 1  | 12 |
    And the expressions
      """
      n = x1*w1 + x2*w2 + b
      o = tanh(n)
      """
    When the backward pass runs from o
    # Hint: A sum hands its gradient on unchanged, so the bias gets all that comes through the bend.
    Then b.grad is about ?
