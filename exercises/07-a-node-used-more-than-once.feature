Feature: Exercises for chapter 7

  Scenario: What is the gradient of a in a · a · a?
    Given the leaves
      | a |
      | 2 |
    And the expressions
      """
      b = a * a * a
      """
    When the backward pass runs from b
    # Hint: Each use of a is a path with a share of its own, and the shares add up.
    Then a.grad is ?

  Scenario: What does an engine that assigns report for a · a?
    The code is what such an engine does: a = sign stands where += belongs.

    Given the leaves
      | a |
      | 5 |
    And the expressions
      """
      b = a * a
      """
    When this code runs
      """
      b.grad = 1
      a.grad = a.data * b.grad      # the share of the left side
      a.grad = a.data * b.grad      # the share of the right side
      """
    # Hint: What has become of the first share after the last line?
    Then a.grad is ?

  Scenario: What do an engine that assigns and one that adds report for a·a + 3a?
    The code is what the engine does that assigns; the backward pass is that of the engine that adds.

    Given the leaves
      | a |
      | 5 |
    And the expressions
      """
      p = a * a
      q = 3 * a
      y = p + q
      """
    When this code runs
      """
      y.grad = 1
      p.grad = 1 * y.grad
      q.grad = 1 * y.grad
      a.grad = a.data * p.grad      # from the left side of p
      a.grad = a.data * p.grad      # from the right side of p
      a.grad = 3 * q.grad           # from q
      """
    # Hint: Of three shares that are assigned only the last one stays, and of three that are added all do.
    Then a.grad is ?
    When the backward pass runs from y
    Then a.grad is ?

  Scenario: What is on a after one pass from b and two from c?
    Nothing is set back to zero in between.

    Given the leaves
      | a |
      | 2 |
    And the expressions
      """
      b = a * 3
      c = a * 5
      """
    When the backward pass runs from b
    And the backward pass runs from c
    And the backward pass runs from c
    # Hint: Each pass adds what it would leave on a if it were alone.
    Then a.grad is ?
