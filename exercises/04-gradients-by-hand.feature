Feature: Exercises for chapter 4

  Scenario: What are the gradients of a and f if f is 2?
    Given the leaves
      | a | b  | c  | f |
      | 2 | -3 | 10 | 2 |
    And the expressions
      """
      e = a * b
      d = e + c
      L = d * f
      """
    When the backward pass runs from L
    # Hint: In which lines of the walk does the data of f stand?
    Then a.grad is ?
    And f.grad is ?

  Scenario: What are the gradients of c and f if d is e minus c?
    Given the leaves
      | a | b  | c  | f  |
      | 2 | -3 | 10 | -2 |
    And the expressions
      """
      e = a * b
      d = e - c
      L = d * f
      """
    When the backward pass runs from L
    # Hint: A little more of c is exactly as much less of d, and d is another number than in the chapter.
    Then c.grad is ?
    And f.grad is ?

  Scenario: Walk back through a graph that you have not seen
    Given the leaves
      | p | q | r | k  |
      | 1 | 2 | 4 | -1 |
    And the expressions
      """
      s = p + q
      t = s * r
      L = t * k
      """
    When the backward pass runs from L
    # Hint: Write down the gradient of t first, then those of s and r, and only then that of p.
    Then p.grad is ?
    And r.grad is ?
    And k.grad is ?

  Scenario: By how much must a grow so that L grows by 0.3?
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
    And this code runs
      """
      growth = 0.3 / a.grad
      a.data += growth
      """
    And the expressions run again
    Then L is -7.7
    # Hint: The gradient of a says how much L grows when a grows by 1.
    And growth is ?
