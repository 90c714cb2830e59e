Feature: 13. Each operation knows its local derivative

  The walk back through a graph asks each node the same question: how fast does your number change with each of your
  operands? An addition need not know about tanh, or what the output of the graph is. It need only know its local
  derivatives.

  So an engine is a table: for each operation, how to compute it, and its local derivatives. This is the table:

      z           ∂z/∂x                ∂z/∂y               why
      ───────────────────────────────────────────────────────────────────────────────────────────
      x + y       1                    1                   what comes is handed on unchanged
      x - y       1                    -1                  more of y is less of z
      x * y       y                    x                   each gets the other factor
      x / y       1 / y                -x / y**2           the larger y, the flatter
      x ** y      y * x**(y - 1)       z * log(x)          y·xʸ⁻¹, as at school
      -x          -1                                       more of x is less of z
      exp(x)      z                                        it grows as fast as it is large
      log(x)      1 / x                                    the larger x, the flatter
      tanh(x)     1 - z**2                                 flat where z is close to 1 or -1
      relu(x)     1 if x > 0, else 0                       all comes through, or nothing
      sigmoid(x)  z * (1 - z)                              flat where z is close to 0 or 1
      sqrt(x)     0.5 / z                                  the larger z, the flatter
      abs(x)      1 if x > 0, else -1                      it falls up to 0, and then it rises
      sin(x)      cos(x)                                   steepest at 0, where cos(x) is 1
      cos(x)      -sin(x)                                  flat at 0; from there it falls
      max(x, y)   1 if x > y, else 0   1 if y > x, else 0  only the larger one counts
      min(x, y)   1 if x < y, else 0   1 if y < x, else 0  only the smaller one counts

  At a corner, where x is 0 for relu and abs, or x and y are equal for max and min, no slope is asked for, and the table
  has nothing to say. This chapter goes through it row by row. Read the rows that you need, and come back for the
  others.

  It checks the number and the derivatives together, because a derivative can be right by accident where a number is
  wrong, and the other way round.

  An operation of one operand has one local derivative. One of two operands has two, and they need not be alike: in x −
  y, the one for x is 1 and the one for y is −1.

  Of the engine's own table we have seen the sum and the product. Here is the rest. A node of one operand is made like one
  of two, and a plain number becomes a leaf.

  ```ts
  function unary(rule: Rule, a: Value): Value {
    return new Value(rule.forward(a.data, a.data), rule, a, a);
  }
  function operand(rule: Rule, x: unknown): Value {
    if (x instanceof Value) return x;
    if (typeof x === 'number') return new Value(x);
    throw new TypeError(`${rule.name}: expected a Value or a number, got ${quote(x)}`);
  }
  ```

  Rule: Sums, differences, products and quotients

  In a difference, more of y is less of the result. In a quotient of positive numbers it is less too, and the more so
  the smaller y is already: the derivative by y is −x/y². (The engine divides by y twice, because y² may be too large a
  number to hold: chapter 17.)

  ```ts
  const SUB: Rule = {
    name: 'sub',
    forward: (x, y) => x - y,
    back({ grad, a, b }) {
      a.grad += grad; // ∂(x − y)/∂x = 1
      b.grad -= grad; // ∂(x − y)/∂y = −1
    },
  };
  const DIV: Rule = {
    name: 'div',
    forward: (x, y) => x / y,
    back({ grad, a, b }) {
      a.grad += grad / b.data; // ∂(x/y)/∂x = 1/y
      b.grad -= (a.data / b.data / b.data) * grad; // ∂(x/y)/∂y = −x/y²
    },
  };
  const NEG: Rule = {
    name: 'neg',
    forward: (x) => -x,
    back({ grad, a }) {
      a.grad -= grad; // ∂(−x)/∂x = −1
    },
  };
  ```

    Scenario Outline: The local derivatives of z = <line>
      Given the leaves
        | x   | y   |
        | <x> | <y> |
      And the expressions
        """
        z = <line>
        """
      When the backward pass runs from z
      Then z is <z>
      And x.grad is <dx>
      And y.grad is <dy>

      Examples:
        | line  | x  | y  | z    | dx   | dy      |
        | x + y | 3  | 4  | 7    | 1    | 1       |
        | x - y | 5  | 3  | 2    | 1    | -1      |
        | x * y | 3  | 4  | 12   | 4    | 3       |
        | x / y | 3  | 4  | 0.75 | 0.25 | -0.1875 |
        | x / y | -6 | -2 | 3    | -0.5 | 1.5     |

  @numbers
  Rule: A plain number may stand on either side

  A number becomes a leaf without a name. It takes part in the result, and nobody asks for its gradient. On which side
  it stands matters: 3 − x falls when x rises. In a language in which `3 - x` can be said of numbers alone, an engine
  needs a way to say it; in ours it is `Value.sub(3, x)`.

    Scenario Outline: The local derivative of z = <line> at x = <x>
      Given the leaves
        | x   |
        | <x> |
      And the expressions
        """
        z = <line>
        """
      When the backward pass runs from z
      Then z is <z>
      And x.grad is <dx>

      Examples:
        | line  | x | z    | dx     |
        | x + 2 | 3 | 5    | 1      |
        | 2 + x | 3 | 5    | 1      |
        | x - 3 | 5 | 2    | 1      |
        | 3 - x | 4 | -1   | -1     |
        | 2 * x | 3 | 6    | 2      |
        | x * 2 | 3 | 6    | 2      |
        | x / 4 | 3 | 0.75 | 0.25   |
        | 1 / x | 4 | 0.25 | -0.0625 |
        | 2 / x | 4 | 0.5  | -0.125 |
        | -x    | 3 | -3   | -1     |

  @numbers
  Rule: A power with a number as its exponent

  The local derivative of xⁿ is n·xⁿ⁻¹. At 0 some care is needed: x¹ is x itself, and its slope is 1 at 0 too. And x⁰ is
  1: a flat line, with the slope 0. (Even at 0; but there, engines differ, and chapter 17 is about such places.)

  ```ts
  const POW: Rule = {
    name: 'pow',
    forward: (x, y) => x ** y,
    back({ data, grad, a, b }) {
      const x = a.data;
      const y = b.data;
      if (y !== 0) a.grad += y * x ** (y - 1) * grad; // ∂(xʸ)/∂x = y·xʸ⁻¹, and 0 for x⁰, even at x = 0
      // An exponent that is a plain number gets a gradient too, which nobody reads: NaN, where x is negative.
      const slope = x === 0 && y > 0 ? 0 : data * Math.log(x);
      b.grad += slope * grad; // ∂(xʸ)/∂y = xʸ·log x, and its limit 0 at x = 0
    },
  };
  ```

    Scenario Outline: The power z = <line> at x = <x>
      Given the leaves
        | x   |
        | <x> |
      And the expressions
        """
        z = <line>
        """
      When the backward pass runs from z
      Then z is <z>
      And x.grad is <dx>

      Examples:
        | line      | x  | z     | dx      |
        | x ** 2    | 3  | 9     | 6       |
        | x ** 3    | -2 | -8    | 12      |
        | x ** (-1) | 4  | 0.25  | -0.0625 |
        | x ** 0.5  | 4  | 2     | 0.25    |
        | x ** 2    | 0  | 0     | 0       |
        | x ** 1    | 0  | 0     | 1       |
        | x ** 0    | 3  | 1     | 0       |

  Rule: A power with a node as its exponent has two gradients

  Raise the exponent, and the power changes as well: for 2³ about 5.5452 times as fast, which is 2³ times the natural
  logarithm of 2. A negative base has no logarithm, so there the exponent has no gradient; what the base gets there is an
  edge, see chapter 17.

    @pow-of-nodes
    Scenario: Both the base and the exponent of 2³ have a gradient
      Given the leaves
        | x | y |
        | 2 | 3 |
      And the expressions
        """
        z = x ** y
        """
      When the backward pass runs from z
      Then z is 8
      And x.grad is 12
      And y.grad is about 5.5452

    @pow-of-nodes @numbers
    Scenario: A plain number may be the base
      Given the leaves
        | x |
        | 3 |
      And the expressions
        """
        z = 2 ** x
        """
      When the backward pass runs from z
      Then z is 8
      And x.grad is about 5.5452

  Rule: The exponential and the logarithm

  The exponential function is its own derivative. The logarithm, its opposite, has the derivative 1/x.

  ```ts
  const EXP: Rule = {
    name: 'exp',
    forward: (x) => Math.exp(x),
    back({ data, grad, a }) {
      a.grad += data * grad; // ∂(eˣ)/∂x = eˣ
    },
  };
  const LOG: Rule = {
    name: 'log',
    forward: (x) => Math.log(x),
    back({ grad, a }) {
      a.grad += grad / a.data; // ∂(log x)/∂x = 1/x
    },
  };
  ```

    @exp
    Scenario: The derivative of the exponential is the exponential
      Given the leaves
        | x |
        | 1 |
      And the expressions
        """
        z = exp(x)
        """
      When the backward pass runs from z
      Then z is 2.718281828459045
      And x.grad is 2.718281828459045

    @log
    Scenario: The derivative of the logarithm at 2 is one half
      Given the leaves
        | x |
        | 2 |
      And the expressions
        """
        z = log(x)
        """
      When the backward pass runs from z
      Then z is 0.6931471805599453
      And x.grad is 0.5

    @exp
    Scenario Outline: The exponential of <x>, and its slope, which is the same
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
        | x   | z                  |
        | 50  | 5.184705528587e21  |
        | 30  | 1.068647458152e13  |
        | -30 | 9.357622968840e-14 |
        | -50 | 1.928749847964e-22 |

    @log
    Scenario: At 0.00001, the logarithm is steep
      Given the leaves
        | x       |
        | 0.00001 |
      And the expressions
        """
        z = log(x * x)
        """
      When the backward pass runs from z
      Then z is about -23.02585092994
      And x.grad is about 200000.000000

  Rule: The bends: tanh and relu

  tanh has the derivative 1 − tanh²: steepest at 0, and flat far out on either side. relu is simpler. It lets positive
  numbers through, and turns negative ones into 0, so its slope is 1 or 0. *At* 0 it has a corner, and no slope that all
  would agree on; this spec asks for none.

  ```ts
  const TANH: Rule = {
    name: 'tanh',
    forward: (x) => Math.tanh(x),
    back({ data, grad, a }) {
      a.grad += (1 - data * data) * grad; // ∂(tanh x)/∂x = 1 − tanh² x
    },
  };
  const RELU: Rule = {
    name: 'relu',
    forward: (x) => Math.max(0, x),
    back({ grad, a }) {
      if (a.data > 0) a.grad += grad; // ∂(relu x)/∂x = 1 if x > 0, else 0
    },
  };
  ```

    @tanh
    Scenario Outline: tanh at <x>
      Given the leaves
        | x   |
        | <x> |
      And the expressions
        """
        z = tanh(x)
        """
      When the backward pass runs from z
      Then z is about <z>
      And x.grad is about <dx>

      Examples:
        | x    | z         | dx      |
        | 0    | 0         | 1.0     |
        | 0.5  | 0.46212   | 0.78645 |
        | -0.5 | -0.46212  | 0.78645 |
        | 4    | 0.99933   | 0.00134 |
        | -4   | -0.99933  | 0.00134 |

    @relu
    Scenario Outline: relu at <x>
      Given the leaves
        | x   |
        | <x> |
      And the expressions
        """
        z = relu(x)
        """
      When the backward pass runs from z
      Then z is <z>
      And x.grad is <dx>

      Examples:
        | x      | z     | dx |
        | 2.5    | 2.5   | 1  |
        | -2.5   | 0     | 0  |
        | 1e-12  | 1e-12 | 1  |
        | -1e-12 | 0     | 0  |

  Rule: Another bend: the sigmoid

  The **sigmoid** is a bend that presses any number into the range from 0 to 1: it is 1/(1 + e⁻ˣ). At 0 it is one half.
  Its derivative is its result times what the result leaves to 1: steep in the middle, where that is ½ · ½, and flat on
  both sides.

  ```ts
  const SIGMOID: Rule = {
    name: 'sigmoid',
    forward: (x) => 1 / (1 + Math.exp(-x)),
    back({ data, grad, a }) {
      a.grad += data * (1 - data) * grad; // ∂(σ(x))/∂x = σ(x)·(1 − σ(x))
    },
  };
  ```

    @sigmoid
    Scenario Outline: sigmoid at <x>
      Given the leaves
        | x   |
        | <x> |
      And the expressions
        """
        z = sigmoid(x)
        """
      When the backward pass runs from z
      Then z is about <z>
      And x.grad is about <dx>

      Examples:
        | x  | z            | dx            |
        | 0  | 0.5000000000 | 0.25000000000 |
        | 2  | 0.8807970780 | 0.10499358540 |
        | -3 | 0.0474258732 | 0.04517665973 |

  Rule: The square root and the magnitude

  The square root gets flatter the larger x is: its derivative is one half divided by the root. The magnitude of x, |x|,
  is x where x is positive and −x where it is negative, so its slope is 1 or −1. At 0 it has a corner, like relu.

  ```ts
  const SQRT: Rule = {
    name: 'sqrt',
    forward: (x) => Math.sqrt(x),
    back({ data, grad, a }) {
      a.grad += (0.5 / data) * grad; // ∂(√x)/∂x = 1/(2·√x)
    },
  };
  const ABS: Rule = {
    name: 'abs',
    forward: (x) => Math.abs(x),
    back({ grad, a }) {
      a.grad += Math.sign(a.data) * grad; // ∂|x|/∂x = 1 if x > 0, −1 if x < 0
    },
  };
  ```

    @sqrt
    Scenario: The slope of the square root at 4 is one quarter
      Given the leaves
        | x |
        | 4 |
      And the expressions
        """
        z = sqrt(x)
        """
      When the backward pass runs from z
      Then z is 2
      And x.grad is 0.25

    @abs
    Scenario Outline: abs at <x>
      Given the leaves
        | x   |
        | <x> |
      And the expressions
        """
        z = abs(x)
        """
      When the backward pass runs from z
      Then z is <z>
      And x.grad is <dx>

      Examples:
        | x      | z     | dx |
        | 1.5    | 1.5   | 1  |
        | -1.5   | 1.5   | -1 |
        | 1e-12  | 1e-12 | 1  |
        | -1e-12 | 1e-12 | -1 |

  Rule: Sine and cosine are each other's derivative, but for a sign

  Where the sine is steepest, the cosine is largest; where the sine turns round, the cosine is 0. So the derivative of the
  sine is the cosine. That of the cosine is *minus* the sine: just behind its peak at 0, the cosine falls. Angles are in
  radians.

  ```ts
  const SIN: Rule = {
    name: 'sin',
    forward: (x) => Math.sin(x),
    back({ grad, a }) {
      a.grad += Math.cos(a.data) * grad; // ∂(sin x)/∂x = cos x
    },
  };
  const COS: Rule = {
    name: 'cos',
    forward: (x) => Math.cos(x),
    back({ grad, a }) {
      a.grad -= Math.sin(a.data) * grad; // ∂(cos x)/∂x = −sin x
    },
  };
  ```

    @sin
    Scenario Outline: sin at <x>
      Given the leaves
        | x   |
        | <x> |
      And the expressions
        """
        z = sin(x)
        """
      When the backward pass runs from z
      Then z is about <z>
      And x.grad is about <dx>

      Examples:
        | x | z            | dx            |
        | 0 | 0.0000000000 | 1.0000000000  |
        | 2 | 0.9092974268 | -0.4161468365 |

    @cos
    Scenario Outline: cos at <x>
      Given the leaves
        | x   |
        | <x> |
      And the expressions
        """
        z = cos(x)
        """
      When the backward pass runs from z
      Then z is about <z>
      And x.grad is about <dx>

      Examples:
        | x  | z             | dx            |
        | 2  | -0.4161468365 | -0.9092974268 |
        | -1 | 0.5403023059  | 0.8414709848  |

  Rule: The larger and the smaller of two

  Only the operand that is chosen matters: it gets the whole gradient, and the other one gets nothing. Where both are
  equal there is a corner, and this spec asks for no slope.

  ```ts
  const MAX: Rule = {
    name: 'max',
    forward: (x, y) => Math.max(x, y),
    back({ grad, a, b }) {
      const larger = a.data > b.data ? a : b;
      larger.grad += grad; // ∂(max(x, y))/∂x = 1 if x is the larger, else 0
    },
  };
  const MIN: Rule = {
    name: 'min',
    forward: (x, y) => Math.min(x, y),
    back({ grad, a, b }) {
      const smaller = a.data < b.data ? a : b;
      smaller.grad += grad; // ∂(min(x, y))/∂x = 1 if x is the smaller, else 0
    },
  };
  ```

    @max
    Scenario Outline: max of <x> and <y>
      Given the leaves
        | x   | y   |
        | <x> | <y> |
      And the expressions
        """
        z = max(x, y)
        """
      When the backward pass runs from z
      Then z is <z>
      And x.grad is <dx>
      And y.grad is <dy>

      Examples:
        | x     | y     | z     | dx | dy |
        | 3     | -5    | 3     | 1  | 0  |
        | -3    | 5     | 5     | 0  | 1  |
        | 1e-12 | 2e-12 | 2e-12 | 0  | 1  |

    @min
    Scenario Outline: min of <x> and <y>
      Given the leaves
        | x   | y   |
        | <x> | <y> |
      And the expressions
        """
        z = min(x, y)
        """
      When the backward pass runs from z
      Then z is <z>
      And x.grad is <dx>
      And y.grad is <dy>

      Examples:
        | x     | y     | z     | dx | dy |
        | 3     | -5    | -5    | 0  | 1  |
        | -3    | 5     | -3    | 1  | 0  |
        | 1e-12 | 2e-12 | 1e-12 | 1  | 0  |

    @numbers
    Scenario Outline: A plain number among the two: z = <line> at x = <x>
      Given the leaves
        | x   |
        | <x> |
      And the expressions
        """
        z = <line>
        """
      When the backward pass runs from z
      Then z is <z>
      And x.grad is <dx>

      @max
      Examples:
        | line      | x  | z | dx |
        | max(x, 2) | 3  | 3 | 1  |
        | max(2, x) | 3  | 3 | 1  |
        | max(2, x) | -3 | 2 | 0  |

      @min
      Examples:
        | line      | x  | z  | dx |
        | min(x, 2) | 3  | 2  | 0  |
        | min(2, x) | -3 | -3 | 1  |

  Rule: At a corner there is a number, though no slope

  At 0, relu and the magnitude have a corner, and so have the larger and the smaller of two equal numbers. How steep
  they are there is not defined, and nothing is asked about it. But what they are is as plain there as anywhere.

    Scenario Outline: <line> is <z>
      Given the leaves
        | x   |
        | <x> |
      And the expressions
        """
        z = <line>
        """
      Then z is <z>

      @relu
      Examples:
        | line    | x | z |
        | relu(x) | 0 | 0 |

      @abs
      Examples:
        | line   | x | z |
        | abs(x) | 0 | 0 |

      @max
      Examples:
        | line      | x | z |
        | max(x, x) | 3 | 3 |

      @min
      Examples:
        | line      | x  | z  |
        | min(x, x) | -4 | -4 |

  Rule: In short: a table

  - An operation needs to know two things: its number, and a local derivative for each operand.
  - Whatever else the graph is made of does not matter to it.
  - A plain number has a part in the result, and nobody asks for its gradient; where a function has a corner, no slope
    is asked for.

  *Change it and see.* One line of the table.

  - Make `x / y` into `y / x`: now y stands above, and `y.grad is 0.5`, and `x.grad is -0.75`.
  - Make `x / y` into `x * y ** (-1)`: the same function in two steps, so nothing
    changes, `y.grad is about -0.22222222`.
  - Make `x / y` into `x / y + y`: y gets its 1 from the sum on top, `y.grad is about 0.77777778`.

  For exercises: `npm run exercises 13`.

    Scenario: One quotient, and its two derivatives
      Given the leaves
        | x | y |
        | 2 | 3 |
      And the expressions
        """
        z = x / y
        """
      When the backward pass runs from z
      Then x.grad is about 0.33333333
      And y.grad is about -0.22222222
