Feature: Exercises for chapter 11

  Scenario: Where do w and the loss go with the learning rate 1/9?
    Write w with three decimals. With smaller rates w comes nearer to 2/3, and with larger ones it runs away.

    Given the leaves
      | w |
      | 1 |
    And the expressions
      """
      loss = (3*w - 2) ** 2
      """
    When the backward pass runs from loss
    And this code runs
      """
      w.data -= 1/9 * w.grad
      """
    And the expressions run again
    # Hint: The gradient is 6 before the step; how far is w from 2/3 then, and how far after the step?
    Then w is about ?
    And loss is ?

  Scenario: Which learning rate reaches the lowest point in one step?
    The code works out the rate from the way to 2/3. Write it with four decimals.

    Given the leaves
      | w |
      | 1 |
    And the expressions
      """
      loss = (3*w - 2) ** 2
      """
    When the backward pass runs from loss
    And this code runs
      """
      rate = (w.data - 2/3) / w.grad
      w.data -= rate * w.grad
      """
    And the expressions run again
    Then loss is about 0.00000000
    # Hint: The way from w to 2/3 must be the rate times the gradient.
    And rate is about ?

  Scenario: Where does the third forgetful step lead?
    After two steps without zeroing w is 0.8308, and its gradient has grown to 6 + 4.92.

    Given the leaves
      | w |
      | 1 |
    When this code runs 3 times
      """
      loss = (3*w - 2) ** 2
      loss.backward()
      w.data -= 0.01 * w.grad
      """
    # Hint: The gradient at w is 6 · (3w − 2), and it is added to what is there.
    Then w is ?

  Scenario: What is on a and on e after two passes without zeroing?
    This is the graph of chapter 4, where a single pass leaves 6 on a and −2 on e.

    Given the leaves
      | a | b  | c  | f  |
      | 2 | -3 | 10 | -2 |
    And the expressions
      """
      e = a * b
      d = e + c
      L = d * f
      """
    When the backward pass runs from L
    And the backward pass runs from L
    # Hint: A pass adds to the gradients of leaves, but chapter 8 says what it does to those of the other nodes first.
    Then a.grad is ?
    And e.grad is ?
