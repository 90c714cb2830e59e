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

    Scenario: tanh from exponentials
      Given the expressions
        """
        n = x1*w1 + x2*w2 + b
        e = exp(2 * n)
        o = (e - 1) / (e + 1)
        """
      When the backward pass runs from o
      Then the nodes hold about
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

  Each line is x·x in disguise, or nearly. The slope at 3 is 6 in all of them.

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
  infinite, and infinity divided by infinity is "not a number". An engine's own tanh must not be built that way.

    Scenario: At n = 400, tanh from exponentials breaks down
      When this code runs
        """
        e = exp(2 * 400)
        o = (e - 1) / (e + 1)
        """
      Then e is ∞
      And o is NaN

    @tanh @edge
    Scenario: At n = 400, tanh in one step is 1
      Given the leaves
        | n   |
        | 400 |
      And the expressions
        """
        o = tanh(n)
        """
      When the backward pass runs from o
      Then o is 1
      And n.grad is 0
