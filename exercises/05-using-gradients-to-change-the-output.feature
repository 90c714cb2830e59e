Feature: Exercises for chapter 5

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
    And the backward pass runs from L

  Scenario: Where is L if f alone takes a step of 0.5?
    When this code runs
      """
      f.data += 0.5 * f.grad
      """
    And the expressions run again
    # Hint: The gradient of f is the data of d, so where does f go, and what is d · f there?
    Then L is ?

  Scenario: Where is L if b alone takes a step of 0.1 against its gradient?
    When this code runs
      """
      b.data -= 0.1 * b.grad
      """
    And the expressions run again
    # Hint: The gradient of b is negative, so first say which way b goes when it is subtracted.
    Then b is ?
    And L is ?

  Scenario: What does d say once a is 5, before and after a new forward pass?
    When this code runs
      """
      a.data = 5
      """
    # Hint: When was the number in d computed, and from which a?
    Then d is ?
    When the expressions run again
    Then d is ?

  Scenario: What rise does a step of 0.05 promise, and what rise comes?
    When this code runs
      """
      before = L.data
      promise = 0.05 * (a.grad ** 2 + b.grad ** 2 + c.grad ** 2 + f.grad ** 2)
      a.data += 0.05 * a.grad
      b.data += 0.05 * b.grad
      c.data += 0.05 * c.grad
      f.data += 0.05 * f.grad
      """
    And the expressions run again
    And this code runs
      """
      rise = L.data - before
      """
    # Hint: The promise is the straight line of the chapter, and what comes is the curve −8 + 72s − 64s² − 96s³.
    Then promise is ?
    And rise is ?
