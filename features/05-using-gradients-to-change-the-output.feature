Feature: 5. Using gradients to change the output

  After the backward pass every node of the graph has a gradient beside its data. So far we have only looked at these
  gradients. Now we use them: we want the output L, which is −8, to become larger.

  We could try other numbers for a, b, c and f until L happens to grow. With four numbers that may work. With the
  thousands of a small network it will not: there are far too many directions to try, and most of them help very little.
  But we need not try. Each gradient says which way its own number has to move.

  We follow that advice once, with one small step, and look closely at what it does, what it does not do, and how far it
  can be trusted.

  Background:
    Given the leaves
      | a | b  | c  | f  |
      | 2 | -3 | 10 | -2 |
    And the expressions
      """
      e = a * b
      d = e + c
      L = d * f
      """
    And the backward pass runs from L

  Rule: A gradient says what a small change does to the output

  The gradient of a is 6. It means: if a grows by a very small amount, L grows by about six times that amount. The
  gradient of b is −4, so when b grows, L falls, four times as much.

    Scenario Outline: When <leaf> grows by 0.001, L changes by <change>
      When this code runs
        """
        before = L.data
        <leaf>.data += 0.001
        """
      And the expressions run again
      And this code runs
        """
        change = L.data - before
        """
      Then <leaf>.grad is <gradient>
      And change is about <change>

      Examples:
        | leaf | gradient | change |
        | a    | 6        | 0.006  |
        | b    | -4       | -0.004 |

  Rule: The leaves are the nodes that are ours to move

  Somebody chose the numbers of the leaves. The nodes e, d and L were computed, and changing one of those is of no use.
  The next time the expressions run, its number is computed afresh, and the change is gone.

    Scenario: L was made from four leaves
      Then the leaves of L are a, b, c and f

    Scenario: A change to a node that is no leaf does not last
      When this code runs
        """
        e.data += 1
        """
      Then e is -5
      When the expressions run again
      Then e is -6
      And L is -8

  Rule: A small step moves each leaf along its gradient

  The **step size** is a small number that says how far each leaf moves for each unit of its gradient. Multiply each
  gradient by it, and add the result to the leaf. The sign takes care of itself. Where the gradient is positive, the
  leaf goes up; where it is negative, the leaf goes down; either way, L is pushed up. And a leaf that matters more moves
  further. In **gradient ascent**, the leaves step along their gradients, so that the output grows.

    Scenario: With step size 0.01, a goes up, and b goes down
      When this code runs
        """
        a.data += 0.01 * a.grad
        b.data += 0.01 * b.grad
        c.data += 0.01 * c.grad
        f.data += 0.01 * f.grad
        """
      Then the nodes hold
        | node | data  | gradient |
        | a    | 2.06  | 6        |
        | b    | -3.04 | -4       |
        | c    | 9.98  | -2       |
        | f    | -1.96 | 4        |

  Rule: The old nodes keep their old values

  The leaves have moved, but nobody has told e, d and L. Each node holds the number that was computed when it was made,
  and goes on holding it. To ask L now is to read yesterday's newspaper. And to run a backward pass from it now would be
  worse: it would mix the old numbers with the new ones.

    Scenario: L still says −8 after every leaf has moved
      When this code runs
        """
        a.data += 0.01 * a.grad
        b.data += 0.01 * b.grad
        c.data += 0.01 * c.grad
        f.data += 0.01 * f.grad
        """
      Then the nodes hold
        | node | data |
        | e    | -6   |
        | d    | 4    |
        | L    | -8   |

  Rule: Running the expressions again shows the new output

  Running the same three lines once more makes new nodes under the names e, d and L, computed from the leaves as they
  are now. That is a new forward pass, and L has grown: −7.286496 is less negative than −8, and so it is larger. The
  gradients pointed the right way.

    Scenario: L rises from −8 to −7.286496
      When this code runs
        """
        a.data += 0.01 * a.grad
        b.data += 0.01 * b.grad
        c.data += 0.01 * c.grad
        f.data += 0.01 * f.grad
        """
      And the expressions run again
      Then e is -6.2624
      And d is 3.7176
      And L is -7.286496
      And L is greater than -8

  Rule: A small step against the gradient lowers the output

  When a network learns, the output says how wrong the network is, and it is meant to shrink. The step is the same with
  its sign turned round: subtract instead of adding. In **gradient descent**, the leaves step against their gradients,
  so that the output falls.

    Scenario: L falls from −8 to −8.726304
      When this code runs
        """
        a.data -= 0.01 * a.grad
        b.data -= 0.01 * b.grad
        c.data -= 0.01 * c.grad
        f.data -= 0.01 * f.grad
        """
      And the expressions run again
      Then L is -8.726304
      And L is less than -8

  Rule: Parameters move, and inputs stay as they are

  A **parameter** is a leaf that learning may change. The other leaves of a network are inputs: the examples that it
  learns from. An input has a gradient like any leaf, but it is a fact, and moving it would be cheating. Suppose that
  only a and b are parameters. Two leaves move, and L still grows, only less far.

    Scenario: Only a and b move
      When this code runs
        """
        a.data += 0.01 * a.grad
        b.data += 0.01 * b.grad
        """
      And the expressions run again
      Then the nodes hold
        | node | data    |
        | a    | 2.06    |
        | b    | -3.04   |
        | c    | 10      |
        | f    | -2      |
        | L    | -7.4752 |

  Rule: The gradients promise how much the output will change

  Before taking the step we can work out what to expect. The leaf a moves by 0.01 · 6, and L changes 6 times as fast:
  that makes 0.01 · 6². The four leaves together promise a rise of 0.01 · (6² + 4² + 2² + 4²) = 0.72. What comes is
  0.713504: close, but not the same.

    Scenario: Promised is a rise of 0.72, and 0.713504 comes
      When this code runs
        """
        before = L.data
        promise = 0.01 * (a.grad ** 2 + b.grad ** 2 + c.grad ** 2 + f.grad ** 2)
        a.data += 0.01 * a.grad
        b.data += 0.01 * b.grad
        c.data += 0.01 * c.grad
        f.data += 0.01 * f.grad
        """
      And the expressions run again
      And this code runs
        """
        rise = L.data - before
        """
      Then promise is 0.72
      And rise is 0.713504

  Rule: The promise is missed because the leaves move together

  In chapter 4 each leaf was nudged alone, and each kept its promise exactly: as long as only one of them moves, L
  follows it along a straight line. (Where it follows a single leaf along a curve, as in chapter 1, that alone makes a
  promise miss.) Here all four move at once, and f moves while d does. With a step size of s, a is at 2 + 6s and b at −3
  − 4s, which makes d = 4 − 28s − 24s²; f is at −2 + 4s; and the product of the two is

      L = −8 + 72s − 64s² − 96s³

  The promise is the beginning of this, −8 + 72s: the straight line that leaves the curve at s = 0. What is missed is
  the rest. With s = 0.01 that is 64 · 0.01² + 96 · 0.01³ = 0.006496. The curve climbs as far as 5.34, with a step of
  about 0.325; from there it falls, and with a step of about 0.595 one is back at −8.

          L = −8 + 72s − 64s² − 96s³, and the promise −8 + 72s
        8 ┤                 _-¯
          │              _-¯  ...····o····...
          │           _-..··˙˙ 5.34 at 0.325 ˙˙·..
        0 ┤        _.··˙                          ˙·.
          │     .··˙                                 ˙·.
          │  .·˙                                        ˙.
       −8 ┤o˙- - - - - - - - - - - - - - - - - - - - - - -˙o 0.595 -
          │                                                 ˙.
          │                                                   ·.
      −16 ┤                                                     ·
          │                                                      ˙.
          │                                                        .
      −24 ┤
          └┬───────┬───────┬───────┬───────┬───────┬───────┬───────┬─ s
           0      0.1     0.2     0.3     0.4     0.5     0.6     0.7

    Scenario Outline: A step of <step> leads along this curve to <output>
      When this code runs
        """
        s = <step>
        half_way = 4 - 28*s - 24*s**2
        curve = -8 + 72*s - 64*s**2 - 96*s**3
        a.data += s * a.grad
        b.data += s * b.grad
        c.data += s * c.grad
        f.data += s * f.grad
        """
      And the expressions run again
      And this code runs
        """
        off_half_way = d.data - half_way
        off = L.data - curve
        """
      Then L is about <output>
      And off_half_way is about 0.000000000000
      And off is about 0.000000000000

      Examples:
        | step   | output     |
        | 0.01   | -7.2864960 |
        | 0.325  | 5.3445000  |
        | 0.5946 | -7.9970980 |

  Rule: A step ten times smaller errs about a hundred times less

  A gradient is true at the point where it was taken, and a little less so with every bit of distance from there. The
  error grows roughly with the *square* of the step. So small steps are not only safer: they are better understood.

    Scenario Outline: The promise of a step of <step> is off by <miss>
      When this code runs
        """
        promised = L.data + <step> * (a.grad ** 2 + b.grad ** 2 + c.grad ** 2 + f.grad ** 2)
        a.data += <step> * a.grad
        b.data += <step> * b.grad
        c.data += <step> * c.grad
        f.data += <step> * f.grad
        """
      And the expressions run again
      And this code runs
        """
        miss = promised - L.data
        """
      Then miss is about <miss>

      Examples:
        | step  | miss         |
        | 0.01  | 0.006496     |
        | 0.001 | 0.0000640960 |

  Rule: A step along the gradient can be too large

  The gradient knows the slope underfoot, and nothing of what lies further on. A step of 0.1 still climbs. A step of 1
  goes in the very same direction and lands at −96, far *below* where it started: at that distance, the slope that it
  followed is no longer there.

    Scenario Outline: A step of <step> leads to <output>
      When this code runs
        """
        a.data += <step> * a.grad
        b.data += <step> * b.grad
        c.data += <step> * c.grad
        f.data += <step> * f.grad
        """
      And the expressions run again
      Then L is <output>
      And L is <side> than -8

      Examples:
        | step | output | side    |
        | 0.1  | -1.536 | greater |
        | 1    | -96    | less    |

  Rule: In short: a small step, and then look again

  - Adding a small multiple of its gradient to each leaf raises the output; subtracting it lowers the output.
  - Old nodes keep their old numbers: run the expressions again to see what has come of a step.
  - The promise of a gradient holds for a small step; ten times smaller, it is missed by a hundred times less.

  *Change it and see.* Here is the step by itself.

  - Make `0.01` into `0.02`: twice the step is not quite twice the rise, `L is -6.586368`.
  - Make `+=` into `-=`: every leaf goes the other way, `L is -8.726304`.
  - Make `* c.grad` into `* 0`: c stays where it is, and `L is -7.325696`: a little less far up.

  For exercises: `npm run exercises 5`.

    Scenario: One step along the gradient
      When this code runs
        """
        a.data += 0.01 * a.grad
        b.data += 0.01 * b.grad
        c.data += 0.01 * c.grad
        f.data += 0.01 * f.grad
        """
      And the expressions run again
      Then L is -7.286496
