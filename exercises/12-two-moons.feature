Feature: Exercises for chapter 12

  Scenario: What do three scores cost, if each is to be right with 1 to spare?
    The labels of the three points are 1, 1 and −1. Where 1 − label · score is negative, relu makes it 0.

    Given the leaves
      | s1  | s2   | s3  |
      | 2.5 | 0.25 | 0.5 |
    And the expressions
      """
      shortfall = relu(1 - s1) + relu(1 - s2) + relu(1 + s3)
      """
    When the backward pass runs from shortfall
    # Hint: Which score is right with enough to spare, which is right with too little, and which is on the wrong side?
    Then shortfall is ?
    And s1.grad is ?
    And s3.grad is ?

  Scenario: What is the average shortfall over four points?
    The score is only w·x here, so that it can be reckoned by hand.

    Given the leaves
      | w |
      | 2 |
    And the examples
      | x    | label |
      | 1    | 1     |
      | 0.25 | 1     |
      | -1   | -1    |
      | 0.5  | -1    |
    And the shortfall summed over the examples
      """
      score = w * x
      shortfall = relu(1 - label * score) / 4
      """
    When the backward pass runs from shortfall
    # Hint: Two of the points cost nothing, and what the others cost changes with w as fast as −label · x, before it is divided by 4.
    Then shortfall is ?
    And w.grad is ?

  Scenario: Which part of the sum of squares is left after this step?
    Given a relu network N of 2 inputs and layers 16, 16, 1 from seed 1
    And the sum S of the squares of the parameters of N
    When this code runs
      """
      before = S.data
      """
    And the backward pass runs from S
    And each parameter of N moves by -0.25 times its gradient
    And the expressions run again
    And this code runs
      """
      part = S.data / before
      """
    # Hint: The gradient of p² is 2p, so what is left of each parameter, and what of its square?
    Then part is ?
