Feature: 2. Several inputs

  A function may depend on more than one number. Let d be a·b + c. Now "how fast does d change?" has no single answer:
  it depends on which input we move. So there is one derivative for each input, found by moving that one and holding the
  others still. They are written ∂d/∂a, ∂d/∂b and ∂d/∂c. Read ∂d/∂a as "the derivative of d by a".

  Nudging works as before, and shows at once what is wrong with it: each input needs a run of its own. Three inputs are
  three runs more. A network with a thousand numbers needs a thousand runs for every single step of its learning.

  Background:
    Given the leaves
      | a | b  | c  |
      | 2 | -3 | 10 |
    And the expressions
      """
      d = a * b + c
      """

  Rule: With several inputs there is still one result

  Three numbers go in, and one comes out: 2 · −3 + 10 = 4.

    Scenario: At a = 2, b = −3 and c = 10, d is 4
      Then d is 4

  Rule: Each input has a derivative of its own

  Raise only a: it is multiplied by b, which is −3, so d *falls*, three times as fast as a rises. Raise only b: it is
  multiplied by a, so d rises twice as fast. Raise only c: d rises just as fast.

    Scenario Outline: Raising <input> alone by 0.0001 takes d to <result>
      When this code runs
        """
        before = d.data
        <input>.data += 0.0001
        """
      And the expressions run again
      And this code runs
        """
        slope = (d.data - before) / 0.0001
        """
      Then d is <result>
      And slope is about <slope>

      Examples:
        | input | result | slope  |
        | a     | 3.9997 | -3.000 |
        | b     | 4.0002 | 2.000  |
        | c     | 4.0001 | 1.000  |

  Rule: The derivative for one input depends on where the others are

  The slope of d with respect to a is b itself. So when b grows, the gradient of a grows with it; and when b is 0, a may
  be moved as one likes, and d stays where it is.

    Scenario Outline: When b is <b>, the gradient of a is <b>
      When this code runs
        """
        b.data = <b>
        """
      And the expressions run again
      And the backward pass runs from d
      Then a.grad is <b>

      Examples:
        | b  |
        | -3 |
        | 0  |
        | 7  |

  Rule: One backward pass finds the derivatives for all inputs

  Nothing is nudged, and the expression is not computed again. The engine walks back once from d, and writes a gradient
  beside each of the three leaves.

    Scenario: A single pass gives −3, 2 and 1
      When the backward pass runs from d
      Then the nodes hold
        | node | data | gradient |
        | a    | 2    | -3       |
        | b    | -3   | 2        |
        | c    | 10   | 1        |

  Rule: In short: one derivative for each input

  - With several inputs there is one derivative for each, found by moving that input alone.
  - Where the others are matters: in a·b, the derivative by a is b.
  - A nudge costs a run for each input; one backward pass finds all the derivatives.

  *Change it and see.* Here d is made in another way.

  - Make `a * b + c` into `a * b * c`: now the derivative by c is a·b, `c.grad is -6`, and that by a is
    b·c, `a.grad is -30`.
  - Make `a * b + c` into `a * b - c`: more of c is less of d, `c.grad is -1`, and the others stay, `a.grad is -3`.

  For exercises: `npm run exercises 2`.

    Scenario: Three derivatives, by one pass
      Given the expressions
        """
        d = a * b + c
        """
      When the backward pass runs from d
      Then a.grad is -3
      And b.grad is 2
      And c.grad is 1
