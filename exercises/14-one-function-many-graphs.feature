Feature: Exercises for chapter 14

  Scenario: What are the pieces of tanh where e²ⁿ is 3?
    Here e is a leaf that holds 3. The slope is how fast o changes with n, back through the exponential and the factor 2.

    Given the leaves
      | e |
      | 3 |
    And the expressions
      """
      o = (e - 1) / (e + 1)
      """
    When the backward pass runs from o
    And this code runs
      """
      slope = e.grad * e.data * 2
      """
    # Hint: In the quotient e stands above and below, and gets a share from each, and the slope must be 1 − o² again.
    Then o is ?
    And e.grad is ?
    And slope is ?

  Scenario: How much comes through each factor of (x − 1)(x + 1)?
    Given the leaves
      | x |
      | 5 |
    And the expressions
      """
      p = x - 1
      q = x + 1
      z = p * q + 1
      """
    When the backward pass runs from z
    # Hint: In a product each factor gets the other one, and x gets both shares.
    Then p.grad is ?
    And q.grad is ?
    And x.grad is ?

  Scenario: What is the slope of x ** 4 / x at 2?
    Given the leaves
      | x |
      | 2 |
    And the expressions
      """
      z = x ** 4 / x
      """
    When the backward pass runs from z
    # Hint: Which power of x is this on paper, and what is the local derivative of that one?
    Then x.grad is ?

  Scenario: What does this other form of tanh give at n = 400?
    On paper (1 − e⁻²ⁿ)/(1 + e⁻²ⁿ) is tanh as well.

    When this code runs
      """
      e = exp(-2 * 400)
      o = (1 - e) / (1 + e)
      """
    # Hint: The exponent is negative now, so is e huge or tiny?
    Then o is ?
