Feature: Exercises for chapter 1

  Scenario: What does a nudge as large as 1 find at 3?
    The slope at 3 is exactly 14. A nudge of 1 is far too large, and finds something else.

    When this code runs
      """
      x = 3
      h = 1
      slope = ((3*(x + h)**2 - 4*(x + h) + 5) - (3*x**2 - 4*x + 5)) / h
      """
    # Hint: What does the function give at either end of the nudge?
    Then slope is ?

  Scenario: What does a large nudge find on a straight line?
    When this code runs
      """
      x = 10
      h = 0.5
      slope = ((7*(x + h) - 2) - (7*x - 2)) / h
      """
    # Hint: The function of the chapter got steeper while x moved; does this one?
    Then slope is ?

  Scenario: What comes out if x is nudged to both sides?
    This code goes from x down by h, and from x up by h, and divides by the whole way.
    Compare what comes out with the slope at 1, which a small nudge finds.

    When this code runs
      """
      x = 1
      h = 1
      right = 3*(x + h)**2 - 4*(x + h) + 5
      left = 3*(x - h)**2 - 4*(x - h) + 5
      slope = (right - left) / (2*h)
      """
    # Hint: What does the function give at either end, and how far is it from one end to the other?
    Then slope is ?

  Scenario: Which slope does a nudge of 1e-11 find at a million?
    On paper, the slope of 5x is 5 everywhere. A computer has only about 16 digits for a number.

    When this code runs
      """
      x = 1000000
      h = 1e-11
      slope = (5*(x + h) - 5*x) / h
      """
    # Hint: Write down x + h in full, and count the digits.
    Then slope is ?
