Feature: 1. The derivative of a function with one input

  Take a function, say 3x² − 4x + 5. For every x it gives a number. We want to know more: if x were a little larger, how
  much larger would the result be? The answer has two names. The **derivative** of a function at x, or its **slope**
  there, is the change of the result for each unit of change in x, while that change is small.

  At school one learns rules for writing the derivative down as a formula. For a function as small as this one that is
  easy. A **neural network** is a function with thousands of numbers in it, which it has learned from examples. Nobody
  writes its derivative down: the formula would fill books. So these notes take another road. They look at what
  a derivative *says*, first with bare numbers, and later they follow a machine that finds it, step by step.

  Rule: A function turns a number into a number

  Put a number in the place of x, reckon, and another number comes out. At 3 that is 27 − 12 + 5 = 20.

    Scenario: At 3, the function gives 20
      When this code runs
        """
        x = 3
        y = 3*x**2 - 4*x + 5
        """
      Then y is 20

  Rule: The slope is the change of the result per unit of change in x

  A **nudge** is a small change of one input, made to see how far the result moves. Nudge x by h; the result moves too.
  Divide how far the result has moved by how far x has moved, and you have the slope, or nearly. It is the steepness of
  the straight line that touches the curve there, its tangent. Where the function rises, the slope is positive; where it
  falls, negative; and at 2/3 the function is at its lowest point, and flat.

         3x² − 4x + 5, and its tangent at 3
      40 ┤
         │                                                           .·
         │                                                         .·-¯
      30 ┤                                                       .˙-¯
         │                                                     ·˙¯
         │                                                  .·˙
      20 ┤                                       slope 14.o˙
         │                                            .·˙
         │.                                       .··˙
      10 ┤ ˙··..                             ..··˙¯
         │      ˙···..                 ..···˙ _-¯
         │            ˙˙˙˙˙·······˙˙˙˙˙    _-¯
       0 ┤                              _-¯
         └┬───────────┬───────────┬───────────┬───────────┬───────────┬─ x
         −1           0           1           2           3           4

    Scenario Outline: Near <place>, the slope is about <slope>
      When this code runs
        """
        x = <place>
        h = 0.000001
        before = 3*x**2 - 4*x + 5
        x = x + h
        after = 3*x**2 - 4*x + 5
        slope = (after - before) / h
        """
      Then slope is about <slope>

      Examples:
        | place | slope   |
        | 3     | 14.000  |
        | -3    | -22.000 |
        | 2/3   | 0.000   |

  Rule: A nudge that is too large gives a slope that is a little wrong

  The slope at 3 is exactly 14, and a nudge gives something a little else. While x moves, the slope changes already: with
  h = 0.001 we get a little more than 14, because further on the function is steeper. (Beyond 14.003, the digits are
  noise: see the next rule.)

    Scenario: With h = 0.001, the slope comes out as 14.003
      When this code runs
        """
        x = 3
        h = 0.001
        slope = ((3*(x + h)**2 - 4*(x + h) + 5) - (3*x**2 - 4*x + 5)) / h
        """
      Then slope is 14.00300000000243

  Rule: A nudge that is too small is worse

  So we might make h smaller and smaller. That helps for a while, and then it fails. A computer keeps about 16 digits of
  a number. With a tiny nudge the two results agree in nearly all of them, and the difference is made of the last digit
  or two, which are mostly noise. With h = 1e-17 (a one in the seventeenth place behind the point) the nudge is lost
  altogether: 3 plus that is 3, and the slope is 0.

  In between there is a little luck. With h = 2⁻³⁰, a number that a computer holds exactly, what is left of the error
  falls below the last digit, and the quotient is 14 to the last digit. But nobody knows beforehand which nudge that is.

  Here is how far off the slope at 3 is, with large nudges on the left and tiny ones on the right, where h is a power of
  ten, or three times one:

           error of the slope at 3
           │
           │                                                            o o o o o
         1 ┤o o
           │    o o                                               o o o
           │        o o                                       o
      1e-3 ┤            o o                                 o   o
           │                o o                       o o o
           │                    o o
      1e-6 ┤                        o o       o o o o
           │                            o o o
           │
      1e-9 ┤
           └┬───────────────┬───────────────┬───────────────┬───────────────┬───── h
            1             1e-4            1e-8            1e-12           1e-16

    Scenario Outline: With h = <h>, the slope comes out as <slope>
      When this code runs
        """
        x = 3
        h = <h>
        slope = ((3*(x + h)**2 - 4*(x + h) + 5) - (3*x**2 - 4*x + 5)) / h
        """
      Then slope is about <slope>

      Examples:
        | h     | slope |
        | 1e-15 | 10.66 |
        | 1e-17 | 0     |

    Scenario: With h = 2⁻³⁰, the slope comes out as 14
      When this code runs
        """
        x = 3
        h = 2 ** (-30)
        slope = ((3*(x + h)**2 - 4*(x + h) + 5) - (3*x**2 - 4*x + 5)) / h
        """
      Then slope is 14

  Rule: There is a way without any nudge

  An **autograd engine** is a program that computes a result, remembers every step, and then works out the slopes from
  those steps, as exactly as the result itself. How it does that is what the next chapters are about; here is what it
  finds.

  It needs three words. A **leaf** is a number that was not computed from others: somebody chose it. Here x is one. The
  **backward pass** is the engine's walk back from the result, through all the steps, to the leaves. The **gradient** of
  a number is the derivative of the result by that number; the engine writes it beside the number. In the code, `x.grad`
  is the gradient of x.

    Scenario Outline: At <place>, the engine finds the slope <slope>
      Given the leaves
        | x       |
        | <place> |
      And the expressions
        """
        y = 3*x**2 - 4*x + 5
        """
      When the backward pass runs from y
      Then x.grad is <slope>

      Examples:
        | place | slope |
        | 3     | 14    |
        | -3    | -22   |
        | 0     | -4    |

  Rule: In short: a slope without a nudge

  - A derivative, or slope, is the change of the result for each unit of change in the input.
  - A nudge finds it nearly: if it is large, the slope changes on the way, and if it is tiny, noise is left.
  - An autograd engine finds it from the steps of the computation, without a nudge.

  *Change it and see.* Here the two stand side by side.

  - Make `| 2 |` into `| 0.5 |`: the function still falls there, so `x.grad is -1`, and the nudge
    says `nudged is about -0.997`.
  - Make `h = 0.001` into `h = 1`: the nudge is off by 3, since `nudged is about 11.000`; the engine still
    says `x.grad is 8`.
  - Make `h = 0.001` into `h = -0.001`: from the other side the slope comes out too small, `nudged is about 7.997`.

  For exercises: `npm run exercises 1`.

    Scenario: The engine and a nudge, side by side, at 2
      Given the leaves
        | x |
        | 2 |
      And the expressions
        """
        y = 3*x**2 - 4*x + 5
        """
      When the backward pass runs from y
      And this code runs
        """
        h = 0.001
        u = x.data + h
        nudged = ((3*u**2 - 4*u + 5) - y.data) / h
        """
      Then x.grad is 8
      And nudged is about 8.003
