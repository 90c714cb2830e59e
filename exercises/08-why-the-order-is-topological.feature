Feature: Exercises for chapter 8

  Scenario: What does recursion without an order give for y + y?
    Here y is 3x. The code is what such an engine does; after it, the engine of the notes does it in order.

    Given the leaves
      | x |
      | 1 |
    And the expressions
      """
      y = 3 * x
      r = y + y
      """
    When this code runs
      """
      r.grad = 1
      y.grad = r.grad           # r hands a share to its left operand ...
      x.grad = 3 * y.grad       # ... which at once hands on what it has
      y.grad += r.grad          # r hands a share to its right operand, the same node ...
      x.grad += 3 * y.grad      # ... which once more hands on what it has
      """
    # Hint: How much has y when it hands on for the second time?
    Then x.grad is ?
    When the backward pass runs from r
    Then x.grad is ?

  Scenario: What does an engine find that goes in the order r, a, b?
    The code is what such an engine does; after it, the engine of the notes goes in the order r, b, a.

    Given the leaves
      | x |
      | 3 |
    And the expressions
      """
      a = 2 * x
      b = a + 1
      r = a * b
      """
    When this code runs
      """
      r.grad = 1
      a.grad = b.data * r.grad
      b.grad = a.data * r.grad
      x.grad = 2 * a.grad       # the turn of a
      a.grad += 1 * b.grad      # the turn of b
      """
    # Hint: Which share has a not got yet when its turn comes?
    Then x.grad is ?
    When the backward pass runs from r
    Then x.grad is ?

  Scenario: What are the gradients of c and of a, with shares from many sides?
    Given the leaves
      | a | b |
      | 1 | 2 |
    And the expressions
      """
      c = a + b
      d = a * b
      y = c + d + c*d
      """
    When the backward pass runs from y
    # Hint: First collect all shares of c, and all shares of d, and only then hand them on to a.
    Then c.grad is ?
    And a.grad is ?

  Scenario: How many ways lead back to x after ten doublings?
    Each way adds 1 to the gradient of x.

    Given the leaves
      | x |
      | 1 |
    And the expressions
      """
      y = x + x
      """
    When this code runs 9 times
      """
      y = y + y
      """
    And the backward pass runs from y
    # Hint: How many ways are there after the first doubling, how many after the second, and how many after the third?
    Then x.grad is ?
