Feature: Exercises for chapter 2

  Scenario: What is the gradient of b when a is 5?
    Given the leaves
      | a | b  | c  |
      | 2 | -3 | 10 |
    And the expressions
      """
      d = a * b + c
      """
    When this code runs
      """
      a.data = 5
      """
    And the expressions run again
    And the backward pass runs from d
    # Hint: If only b is raised, by 1 say, how far does d go up?
    Then b.grad is ?

  Scenario: Where is d if a and b grow by 1, both of them?
    Given the leaves
      | a | b  | c  |
      | 2 | -3 | 10 |
    And the expressions
      """
      d = a * b + c
      """
    When this code runs
      """
      a.data += 1
      b.data += 1
      """
    And the expressions run again
    # Hint: A derivative holds the other inputs still, which is not so here: better reckon d anew.
    Then d is ?

  Scenario: What are the three derivatives of a product of three?
    Given the leaves
      | a | b | c |
      | 2 | 3 | 4 |
    And the expressions
      """
      d = a * b * c
      """
    When the backward pass runs from d
    # Hint: If only a moves, then b · c is a number that stays as it is.
    Then a.grad is ?
    And b.grad is ?
    And c.grad is ?
