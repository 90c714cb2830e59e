Feature: Exercises for chapter 3

  Scenario: What is L if f is 2?
    Given the leaves
      | a | b  | c  | f |
      | 2 | -3 | 10 | 2 |
    And the expressions
      """
      e = a * b
      d = e + c
      L = d * f
      """
    # Hint: Which of the three nodes were made from f?
    Then L is ?

  Scenario: What are d and L if d is e minus c?
    Given the leaves
      | a | b  | c  | f  |
      | 2 | -3 | 10 | -2 |
    And the expressions
      """
      e = a * b
      d = e - c
      L = d * f
      """
    # Hint: Go forward, one node after the other, and mind the signs.
    Then d is ?
    And L is ?

  Scenario: What do d and L hold after the name d has moved on?
    Given the leaves
      | a | b | c | f |
      | 1 | 4 | 2 | 3 |
    And the expressions
      """
      e = a * b
      d = e + c
      L = d * f
      """
    When this code runs
      """
      d = d * 2
      """
    # Hint: From which node was L made, and does it care what that node is called now?
    Then d is ?
    And L is ?

  Scenario: What is a after its name has moved on three times?
    Given the leaves
      | a |
      | 5 |
    When this code runs 3 times
      """
      a = a + a
      """
    # Hint: Each run makes a new node from the node that had the name until then.
    Then a is ?
