Feature: Exercises for chapter 5

  Scenario: Where is L if f alone takes a step of 0.5?
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
    When this code runs
      """
      f.data += 0.5 * f.grad
      """
    And the expressions run again
    # Hint: the gradient of f is d. Where does f go, and what is d · f there?
    Then L is ?
