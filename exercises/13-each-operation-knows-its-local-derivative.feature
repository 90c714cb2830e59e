Feature: Exercises for chapter 13

  Scenario: What are the derivatives of x / y at 6 and 2?
    Given the leaves
      | x | y |
      | 6 | 2 |
    And the expressions
      """
      z = x / y
      """
    When the backward pass runs from z
    # Hint: The table of the chapter has one line for x and one for y, and the second has a minus sign.
    Then x.grad is ?
    And y.grad is ?

  Scenario: What is left for w when relu gets a negative sum?
    Given the leaves
      | x | w  | b |
      | 2 | -4 | 1 |
    And the expressions
      """
      z = relu(w*x + b) + 3*w
      """
    When the backward pass runs from z
    # Hint: There are two paths from z to w, and relu lets nothing through on one of them.
    Then w.grad is ?
    And x.grad is ?

  Scenario: What are the two gradients of x ** y at 1 and 5?
    Given the leaves
      | x | y |
      | 1 | 5 |
    And the expressions
      """
      z = x ** y
      """
    When the backward pass runs from z
    # Hint: What is 1 to the power of a larger exponent, and what is the slope of x⁵?
    Then x.grad is ?
    And y.grad is ?

  Scenario: How far off is an engine that forgets the square in −x/y²?
    Given the leaves
      | x | y |
      | 8 | 4 |
    And the expressions
      """
      z = x / y
      """
    When the backward pass runs from z
    And this code runs
      """
      wrong = -x.data / y.data
      off = wrong - y.grad
      """
    # Hint: Reckon −x/y and −x/y², and mind which is subtracted from which.
    Then off is ?
