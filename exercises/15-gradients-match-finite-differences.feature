Feature: Exercises for chapter 15

  Scenario: How far is a finite difference of x ** 3 from the gradient?
    The nudge is 0.1, far too large. Write two decimals.

    Given the leaves
      | x |
      | 2 |
    And the expressions
      """
      y = x ** 3
      """
    When the backward pass runs from y
    And this code runs
      """
      before = y.data
      gradient = x.grad
      x.data += 0.1
      """
    And the expressions run again
    And this code runs
      """
      difference = (y.data - before) / 0.1
      off = difference - gradient
      """
    # Hint: 2.1 to the power of 3 is 9.261, and the gradient is 3x².
    Then difference is about ?
    And off is about ?

  Scenario: Which share has an engine lost that reports 4 for x·x + 4x?
    The engine reports 4 for the gradient of x at 3. A small nudge finds what it should be. Write two decimals.

    Given the leaves
      | x |
      | 3 |
    And the expressions
      """
      y = x*x + 4*x
      """
    When this code runs
      """
      reported = 4
      before = y.data
      x.data += 0.0001
      """
    And the expressions run again
    And this code runs
      """
      difference = (y.data - before) / 0.0001
      lost = difference - reported
      """
    # Hint: The report is the share of 4x alone, and x is used in another place as well.
    Then lost is about ?

  Scenario: What is the gradient of a in −5 times L?
    In the graph of chapter 4 the gradient of a is 6.

    Given the leaves
      | a | b  | c  | f  |
      | 2 | -3 | 10 | -2 |
    And the expressions
      """
      e = a * b
      d = e + c
      L = d * f
      y = -5 * L
      """
    When the backward pass runs from y
    # Hint: A factor in front of a function comes out in front of its gradient.
    Then a.grad is ?

  Scenario: What are the gradients of a and b in L + e?
    In the graph of chapter 4 the gradients of a and b are 6 and −4.

    Given the leaves
      | a | b  | c  | f  |
      | 2 | -3 | 10 | -2 |
    And the expressions
      """
      e = a * b
      d = e + c
      L = d * f
      y = L + e
      """
    When the backward pass runs from y
    # Hint: The gradient of a sum is the sum of the gradients, so what are those of e alone?
    Then a.grad is ?
    And b.grad is ?
