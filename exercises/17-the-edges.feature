Feature: Exercises for chapter 17

  Scenario: What are x ** 0 + 5x and its slope at 0?
    Given the leaves
      | x |
      | 0 |
    And the expressions
      """
      z = x ** 0 + 5*x
      """
    When the backward pass runs from z
    # Hint: Of the two parts, one is flat everywhere.
    Then z is ?
    And x.grad is ?

  Scenario: What do two ways to multiply the same four numbers give?
    Given the leaves
      | x      | y     |
      | 1e-200 | 1e200 |
    And the expressions
      """
      first = x * x * y * y
      second = x * y * x * y
      """
    # Hint: Which number on the way is too small for a computer?
    Then first is ?
    And second is ?

  Scenario: What is the slope of tanh(x) + 2x at 400?
    Given the leaves
      | x   |
      | 400 |
    And the expressions
      """
      z = tanh(x) + 2*x
      """
    When the backward pass runs from z
    # Hint: Which of the two parts still rises so far out?
    Then z is ?
    And x.grad is ?

  Scenario: What is 3 + 1 / x at infinity?
    Given the leaves
      | x |
      | ∞ |
    And the expressions
      """
      z = 3 + 1 / x
      """
    # Hint: What does the chapter say of 1 divided by something infinite?
    Then z is ?
