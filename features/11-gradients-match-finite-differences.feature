@laws
Feature: 11. Gradients match finite differences

  So far we have looked at examples that somebody chose. An engine can be right on all of them and wrong on the next. We
  would like to know that it is right on *any* expression, and no list of examples says that.

  But we know what a gradient means: nudge a leaf, and see how far the output moves. That is a **finite difference**,
  and it needs no derivative rule and no backward pass. So here the spec makes up expressions by the hundred, of every
  shape: nodes used twice, numbers on either side, long chains, leaves that nobody uses. For each, it compares every
  gradient of the engine with a finite difference.

  Chapter 1 has shown that a nudge is either too large or too small. Here it is neither: the differences are taken apart
  from the engine, with 50 digits, which leave room for a nudge so tiny that both errors are far below what a double
  shows. And an engine's own rounding is not held against it: for each expression the spec works out how much of it
  there can be, and allows that much and no more.

  Rule: The gradients that we know match finite differences

    Scenario: The running example
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
      Then every gradient of L matches its finite difference

    @tanh
    Scenario: The neuron
      Given the leaves
        | x1 | x2 | w1 | w2 | b                  |
        | 2  | 0  | -3 | 1  | 6.8813735870195432 |
      And the expressions
        """
        o = tanh(x1*w1 + x2*w2 + b)
        """
      When the backward pass runs from o
      Then every gradient of o matches its finite difference

  Rule: So do those of expressions that nobody chose

  When one of these expressions fails, the spec looks for a smaller one that fails too, and shows the smallest that it
  finds, with what was expected and what came.

    Scenario: Random expressions
      Then in random expressions every gradient matches its finite difference
