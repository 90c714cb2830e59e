Feature: Exercises for chapter 16

  Scenario: What does the first expression come to at x = 1?
    Given the leaves
      | x |
      | 1 |
    And the expressions
      """
      z = 2*x + 2 + x
      q = relu(z) + z*x
      h = relu(z*z)
      y = h + q + q*x
      """
    When the backward pass runs from y
    # Hint: Here z is positive, so relu changes nothing: y is z² + (z + z·x)(1 + x), with z = 3x + 2.
    Then y is ?
    And x.grad is ?

  Scenario: What are the gradients of q and z at x = −4?
    Given the leaves
      | x  |
      | -4 |
    And the expressions
      """
      z = 2*x + 2 + x
      q = relu(z) + z*x
      h = relu(z*z)
      y = h + q + q*x
      """
    When the backward pass runs from y
    # Hint: q is used twice in y; z is used twice in z·z, once in z·x, and once in a relu that lets nothing through.
    Then q.grad is ?
    And z.grad is ?

  Scenario: What do the three lines of c come to?
    Given the leaves
      | a | b |
      | 1 | 2 |
    And the expressions
      """
      c = a + b
      c = c + (c + 1)
      c = c + (1 + c + (-a))
      """
    When the backward pass runs from c
    # Hint: Give the three nodes names of their own, and see how each grows with the one before.
    Then c is ?
    And a.grad is ?
    And b.grad is ?

  Scenario: What is the gradient of e at the end of the second expression?
    Given the leaves
      | e |
      | 2 |
    And the expressions
      """
      f = e**2
      g = f/2
      g = g + 10/f
      """
    When the backward pass runs from g
    # Hint: f is used twice, and how much less 10/f is for a little more of f, the table of chapter 13 says.
    Then g is ?
    And e.grad is ?
