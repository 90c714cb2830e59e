@exp
Feature: 14. One function, many graphs

  How fine must the steps of a graph be? The engine does not care. tanh can be one node, with a local derivative that
  somebody has worked out. Or it can be written out in smaller operations: (e²ⁿ − 1)/(e²ⁿ + 1). Then there are more
  nodes, each with a simpler derivative, and the chain rule puts them together.

  Both are the same function, so both must have the same gradients. An author of an engine may choose whatever is
  convenient. And for us it is a check that is hard to pass by accident: two graphs, with hardly a node in common, have
  to agree.

  Background:
    Given the leaves
      | x1 | x2 | w1 | w2 | b                  |
      | 2  | 0  | -3 | 1  | 6.8813735870195432 |

  Rule: Written out in smaller steps, the neuron is the same neuron

  The neuron of chapter 6, with its tanh in pieces. Its output and its gradients are those of chapter 6. In between
  there is a new node e, with a gradient that the one-node version never showed.

      2 ──────────────┐
                     [×]──[exp]── e 5.828 (0.0429) ──┬───────┐
      n 0.881 (0.5) ──┘                              │      [−]── 4.828 (0.14645) ───┐
                                                     │  1 ───┘                       │
                                                     │                              [÷]── o 0.707 (1)
                                                     └───────┐                       │
                                                            [+]── 6.828 (−0.10355) ──┘
                                                        1 ───┘

  The node e is used twice, above and below the line, so two shares meet there. And with e for e²ⁿ the local derivatives
  of the pieces, multiplied and added, are 4e/(e + 1)²: the same number as 1 − o².

    Scenario: tanh from exponentials
      Given the expressions
        """
        n = x1*w1 + x2*w2 + b
        e = exp(2 * n)
        o = (e - 1) / (e + 1)
        """
      When the backward pass runs from o
      And this code runs
        """
        pieces = 4*e.data / (e.data + 1)**2
        whole = 1 - o.data**2
        """
      Then pieces is about 0.50000000000
      And whole is about 0.50000000000
      And the nodes hold about
        | node | data    | gradient            |
        | o    | 0.7071  | 1                   |
        | e    | 5.8284  | 0.04289321881345247 |
        | n    | 0.88137 | 0.50000000000       |
        | x1   | 2       | -1.5000000000       |
        | w1   | -3      | 1.0000000000        |
        | x2   | 0       | 0.50000000000       |
        | w2   | 1       | 0                   |

    @tanh
    Scenario: tanh in one step
      Given the expressions
        """
        n = x1*w1 + x2*w2 + b
        o = tanh(n)
        """
      When the backward pass runs from o
      Then the nodes hold about
        | node | data    | gradient      |
        | o    | 0.7071  | 1             |
        | n    | 0.88137 | 0.50000000000 |
        | x1   | 2       | -1.5000000000 |
        | w1   | -3      | 1.0000000000  |
        | x2   | 0       | 0.50000000000 |
        | w2   | 1       | 0             |

  Rule: Other functions can be written in several ways too

  Each line is x·x in disguise, at least where x is positive. The slope at 3 is 6 in all of them.

    Scenario Outline: The square of x as <line>
      Given the leaves
        | x |
        | 3 |
      And the expressions
        """
        z = <line>
        """
      When the backward pass runs from z
      Then z is about 9.000000000000
      And x.grad is about 6.000000000000

      Examples:
        | line                |
        | x * x               |
        | x ** 2              |
        | x / (1 / x)         |
        | x ** 3 / x          |
        | (x - 1)*(x + 1) + 1 |

      @log
      Examples: with the logarithm
        | line            |
        | exp(2 * log(x)) |

  Rule: What is the same on paper need not be the same in a computer

  For large n the two forms of tanh part ways. e²ⁿ grows beyond the largest number that a computer can hold, becomes
  infinite, and infinity divided by infinity is "not a number", NaN in the code. An engine's own tanh had better not be
  built that way; what it gives there is an edge, see chapter 17. (Below, plain numbers are reckoned with, and no engine
  is asked.)

    Scenario: At n = 400, tanh from exponentials breaks down
      When this code runs
        """
        e = exp(2 * 400)
        o = (e - 1) / (e + 1)
        """
      Then e is ∞
      And o is NaN

  Rule: In short: the graph is yours to choose

  - A function may be one node, or many: the chain rule gives the same gradients.
  - So two graphs for one function check each other.
  - In a computer they may still part ways, where a number on the way becomes too large.

  *Change it and see.* A cube, written in two ways.

  - Make `x ** 3` into `x * x * x`: three uses of one node, and the same slope, `x.grad is 12`.
  - Make `x ** 3` into `exp(3 * log(x))`: the same once more, but for the last digits, `x.grad is about 12.00000000`.
  - Make `| 2 |` into `| -2 |`: the slope of a cube is the same on the other side, `x.grad is 12`. (By way of the
    logarithm, there would be none.)

  For exercises: `npm run exercises 14`.

    Scenario: The slope of a cube at 2
      Given the leaves
        | x |
        | 2 |
      And the expressions
        """
        z = x ** 3
        """
      When the backward pass runs from z
      Then x.grad is 12
