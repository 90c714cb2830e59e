@edge
Feature: 17. The edges

  The **core** of the notes is what every engine must do: one that fails there is wrong. The core is all of the chapters
  before this one, and there nearly every number was an ordinary one. This chapter goes further out: to the numbers that
  a computer can just hold, and to the places where a function is not defined.

  An **edge** is a place where sound engines differ: one gives infinity, another an error; one holds on where another
  gives up. None of them is wrong for that, so nothing in this chapter counts against an engine. What it gives is told
  in the end, one line for each edge at which it differs from what stands here.

  It is worth knowing one's own engine's edges all the same. A training run that ends in "not a number" has usually
  stepped over one of them.

  Rule: Zero to the power of zero

  x⁰ is 1 for every x, so it is a flat line, and its slope at 0 is 0. But whoever computes the slope as n·xⁿ⁻¹
  multiplies 0 by 0⁻¹, which is infinite, and gets "not a number", or an error.

    Scenario: x ** 0 at 0 is 1, and flat
      Given the leaves
        | x |
        | 0 |
      And the expressions
        """
        z = x ** 0
        """
      When the backward pass runs from z
      Then z is 1
      And x.grad is 0

    @pow-of-nodes
    Scenario: At base 0, the exponent changes nothing
      Given the leaves
        | x | y |
        | 0 | 2 |
      And the expressions
        """
        z = x ** y
        """
      When the backward pass runs from z
      Then y.grad is 0

  Rule: Far out, a bend is flat on both sides

  A formula with exponentials may come to infinity divided by infinity there, on one side or on both.

    Scenario Outline: Far out: <line> at x = <x>
      Given the leaves
        | x   |
        | <x> |
      And the expressions
        """
        z = <line>
        """
      When the backward pass runs from z
      Then z is <z>
      And x.grad is 0

      @tanh
      Examples:
        | line    | x    | z  |
        | tanh(x) | 400  | 1  |
        | tanh(x) | -400 | -1 |

      @sigmoid
      Examples:
        | line       | x    | z |
        | sigmoid(x) | 800  | 1 |
        | sigmoid(x) | -800 | 0 |

  Rule: Beyond the largest number lies infinity, below the smallest zero

  The largest number that a computer usually holds is about 1.8 · 10³⁰⁸, the smallest above 0 about 5 · 10⁻³²⁴.

    Scenario Outline: Out of range: <line> at x = <x>
      Given the leaves
        | x   |
        | <x> |
      And the expressions
        """
        z = <line>
        """
      Then z is <z>

      Examples:
        | line  | x      | z      |
        | x * x | 1e200  | ∞      |
        | x * x | 1e-200 | 0      |
        | x + x | 1e308  | ∞      |
        | x / 2 | 1e-323 | 5e-324 |
        | x * 1 | 5e-324 | 5e-324 |
        | x * 1 | 1.7976931348623157e308 | 1.7976931348623157e308 |

      @exp
      Examples:
        | line   | x    | z |
        | exp(x) | 710  | ∞ |
        | exp(x) | -800 | 0 |

    Scenario: In range, but its square is not: the y of x / y
      Given the leaves
        | x     | y     |
        | 1e300 | 1e200 |
      And the expressions
        """
        z = x / y
        """
      When the backward pass runs from z
      Then z is 1e100
      And x.grad is 1e-200
      And y.grad is -1e-100

    @exp
    Scenario Outline: In range, but only just: exp(x) at <x>
      Given the leaves
        | x   |
        | <x> |
      And the expressions
        """
        z = exp(x)
        """
      When the backward pass runs from z
      Then z is about <z>
      And x.grad is about <z>

      Examples:
        | x    | z                  |
        | 100  | 2.688117141816e43  |
        | 700  | 1.014232054735e304 |
        | -700 | 9.85967654376e-305 |

    @log
    Scenario Outline: In range, but only just: log(x) at <x>
      Given the leaves
        | x   |
        | <x> |
      And the expressions
        """
        z = log(x)
        """
      When the backward pass runs from z
      Then z is about <z>
      And x.grad is about <dx>

      Examples:
        | x      | z             | dx                |
        | 1e-20  | -46.051701860 | 1.000000000000e20 |
        | 1e-300 | -690.77552790 | 1.00000000000e300 |
        | 1e300  | 690.77552790  | 1.0000000000e-300 |

  Rule: Where a function is not defined, no finite number is right

  Infinity, "not a number" and an error are all in order. An ordinary number is not: it would go on as if nothing had
  happened.

    Scenario Outline: Not defined: <line> at x = <x>
      Given the leaves
        | x   |
        | <x> |
      Then this code gives no finite number
        """
        z = <line>
        """

      Examples:
        | line       | x  |
        | 1 / x      | 0  |
        | x / x      | 0  |
        | x ** (-1)  | 0  |
        | x ** 0.5   | -4 |

      @log
      Examples:
        | line   | x  |
        | log(x) | 0  |
        | log(x) | -2 |

      @sqrt
      Examples:
        | line    | x  |
        | sqrt(x) | -1 |

  Rule: The base of a power may be negative, with a node as its exponent

  The derivative by the exponent does not exist there, because a negative number has no logarithm, and an engine may
  refuse the whole power for that. But the power itself exists for a whole exponent, and so does its derivative by the
  base.

    @pow-of-nodes
    Scenario Outline: The base of (<x>) ** <y> has a gradient, whatever its sign
      Given the leaves
        | x   | y   |
        | <x> | <y> |
      And the expressions
        """
        z = x ** y
        """
      When the backward pass runs from z
      Then z is <z>
      And x.grad is <dx>

      Examples:
        | x  | y | z  | dx |
        | -2 | 3 | -8 | 12 |
        | -2 | 2 | 4  | -4 |
        | 0  | 2 | 0  | 0  |

  Rule: A chain may be long

  Chapter 8 asks for a few hundred operations in a row. How far beyond that an engine gets depends on how it walks. One
  whose functions call themselves ends where the computer has no more room for calls.

    Scenario Outline: A long chain that uses x <gradient> times
      Given the leaves
        | x |
        | 1 |
      And the expressions
        """
        y = x + x
        """
      When this code runs <more> times
        """
        y = y + x
        """
      And the backward pass runs from y
      Then y is <gradient>
      And x.grad is <gradient>

      @depth-10000
      Examples:
        | more | gradient |
        | 9999 | 10001    |

      @depth-100000
      Examples:
        | more  | gradient |
        | 99999 | 100001   |

  Rule: Infinity and "not a number" go on through the graph

  A node that is made from one of them is mostly one as well. So a single one, anywhere in a training run, soon stands
  in every parameter. And 0 has a sign in a computer, which is kept.

    Scenario Outline: Not finite: <line> at x = <x>
      Given the leaves
        | x   |
        | <x> |
      And the expressions
        """
        z = <line>
        """
      Then z is <z>

      Examples:
        | line  | x    | z   |
        | x + 1 | ∞    | ∞   |
        | -x    | ∞    | -∞  |
        | 1 / x | -∞   | -0  |
        | x - x | ∞    | NaN |
        | x * 2 | NaN  | NaN |
        | x * 3 | -0   | -0  |

  Rule: In short: know your own edges

  - Sound engines differ at the edges, and nothing there counts against one.
  - Infinity and "not a number" are honest answers; a finite number where there is none is not.
  - An expression that is the same on paper may go over an edge where another does not.

  *Change it and see.* A square root far out, by two ways.

  - Make `(x * x) ** 0.5` into `x * 1`: nothing on the way is too large, `z is 1e200`.
  - Make `| 1e200 |` into `| 1e-200 |`: on the other side the square vanishes, and with it the root, `z is 0`.

  For exercises: `npm run exercises 17`.

    Scenario: The root of a square that is out of range
      Given the leaves
        | x     |
        | 1e200 |
      And the expressions
        """
        z = (x * x) ** 0.5
        """
      Then z is ∞
