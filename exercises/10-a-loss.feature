Feature: Exercises for chapter 10

  Scenario: What is the loss of three predictions, and what the bare sum?
    Given the leaves
      | p1  | p2 | p3 |
      | 1.5 | -3 | 1  |
    And the expressions
      """
      bare = (p1 - 1) + (p2 + 1) + (p3 - 1)
      loss = (p1 - 1)**2 + (p2 + 1)**2 + (p3 - 1)**2
      """
    # Hint: How far is each prediction off, and in which direction?
    Then bare is ?
    And loss is ?

  Scenario: What gradients do errors of 3 and of −0.25 get?
    Given the leaves
      | p1 | p2    |
      | 4  | -1.25 |
    And the expressions
      """
      loss = (p1 - 1)**2 + (p2 + 1)**2
      """
    When the backward pass runs from loss
    # Hint: In the chapter an error of 0.5 has the gradient 1, and an error of −2 has the gradient −4.
    Then p1.grad is ?
    And p2.grad is ?

  Scenario: Which way is a prediction pushed that should be both 1 and 5?
    Given the leaves
      | p |
      | 2 |
    And the expressions
      """
      loss = (p - 1)**2 + (p - 5)**2
      """
    When the backward pass runs from loss
    # Hint: Each square has a gradient of its own, and p gets the sum of both.
    Then p.grad is ?

  Scenario: What are the gradients of w and b over two examples?
    Given the leaves
      | w | b |
      | 2 | 0 |
    And the examples
      | x | y |
      | 1 | 3 |
      | 2 | 3 |
    And the loss summed over the examples
      """
      prediction = w*x + b
      loss = (prediction - y) ** 2
      """
    When the backward pass runs from loss
    # Hint: Find the gradient of the prediction in each example, and hand it on to w through the x of that example.
    Then loss is ?
    And w.grad is ?
    And b.grad is ?
