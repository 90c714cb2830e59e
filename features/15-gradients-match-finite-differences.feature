@laws
Feature: 15. Gradients match finite differences

  So far we have looked at examples that somebody chose. An engine can be right on all of them and wrong on the next. We
  would like to know that it is right on *any* expression, and no list of examples says that.

  But we know what a gradient means: nudge a leaf, and see how far the output moves. A **finite difference** is how far
  the output has moved, divided by how far the leaf was nudged. It needs no derivative rule and no backward pass. So
  here the spec makes up expressions by the hundred, of every shape: nodes used twice, numbers on either side, long
  chains, leaves that nobody uses. For each, it compares every gradient of the engine with a finite difference.

  Chapter 1 has shown that a nudge is either too large or too small. Here it is neither: the differences are taken apart
  from the engine, with 60 digits. There a nudge can be so tiny that the slope does not change on the way, and still
  there are digits enough to see how far the output moves. And an engine's own rounding is not held against it: for each
  expression the spec works out how much of it there can be, and allows that much and no more.

  Rule: The gradients that we know match finite differences

  First two graphs of which we know every gradient. If the differences did not agree with these, they could not be trusted
  with others.

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

  Rule: So do those of an expression that nobody chose

  This one was made up by the spec: it is the 36th of those that it tries in the scenario "Random expressions,
  backward", from the seed 1. Nobody would write such a thing, and that is what it is good for. The node n2 is used
  twice, and so is b.

    @sigmoid @cos @min @exp
    Scenario: The 36th random expression from the seed 1
      Given the leaves
        | a | b |
        | 1 | 3 |
      And the expressions
        """
        n1 = sigmoid(b)
        n2 = sigmoid(n1)
        n3 = cos(n2)
        n4 = min(n3, a)
        n5 = n4 / n2
        n6 = exp(n5)
        n7 = n6 - b
        n8 = cos(n7)
        """
      When the backward pass runs from n8
      Then every gradient of n8 matches its finite difference

  Rule: So do those of all that the spec makes up

  A **law** is a statement that must hold for every expression. A scenario below states one, and the spec tries it on
  some hundreds of expressions. When one of them fails, the spec looks for a smaller one that fails too, and shows the
  smallest that it finds, with what was expected and what came. Take an engine that writes = where += belongs. It fails
  on the expression above; but what its author gets to read is this:

      a = Value(1)
      n1 = a + a
      n1.backward()
      a.grad is wrong
          expected  2
          came      1

  The numbers on the way are checked as well as the gradients: an engine whose forward pass is wrong may have gradients
  that agree with its own mistake.

    Scenario: One operation at a time
      Then in random expressions, each operation is right by itself, for operands of all sizes

    Scenario: Random expressions, forward
      Then in random expressions, every node holds the right number

    Scenario: Random expressions, backward
      Then in random expressions, every gradient matches its finite difference

  Rule: What means the same has the same gradients

  a + b and b + a are the same number, so they must hand on the same gradients, although an engine walks through them in
  another order. A node that is used twice is as good as two nodes that are made alike. And a name is only a label: when
  it moves on to another node, nothing changes for the one that had it before.

  Where two such expressions disagree, one of them is wrong by itself, and then the spec shows that one. So these laws
  find little that those above would not. They stand here for what they say.

    Scenario: The sides of sums and products swapped
      Then in random expressions, swapping the sides of a sum or a product changes no gradient

    Scenario: Shared nodes written out
      Then in random expressions, a shared node is as good as the same expression written out twice

    Scenario: Names that move on
      Then in random expressions, a name that is given to a new node changes nothing for the old one

    Scenario: A leaf that nobody uses, among others
      Then in random expressions, a leaf that is not used gets no gradient, and changes none

  Rule: Gradients multiply and add as derivatives do

  These are the rules that one learns at school, and an engine that walks a graph must come to the same. A factor in
  front of a function comes out in front of its gradient. The gradient of a sum is the sum of the gradients. And when one
  expression is put into another, their gradients multiply: that is the chain rule.

    Scenario: A factor in front
      Then in random expressions, the gradient of k times f is k times the gradient of f

    Scenario: The sum of two outputs
      Then in random expressions, the gradient of f + g is the sum of both gradients

    Scenario: One expression inside another
      Then in random expressions, substituting one expression into another multiplies their gradients

  Rule: A gradient keeps its promise, if the step is small

  Chapter 5 took a step in one graph. Here it is taken in all of them, and so small that the rise that comes must be the
  rise that the gradients promise, to within a tenth of it.

    Scenario: A small step in any graph
      Then in random expressions, one small step along the gradient raises the output as far as it promises

  Rule: A second backward pass does what the engine says

  Engines differ in what a second pass over the same graph does to the gradients of the leaves. Most add to them, as
  chapter 11 describes; some begin afresh. Whatever an engine says of itself, it has to do. (How it says so, and what it
  is then not asked, stands in docs/engine-protocol.md.)

    Scenario: Two passes over one graph
      Then in random expressions, a second backward pass does what the engine says of it

  Rule: One pass leaves nothing behind that gets into the next

  Chapter 7 has asked one graph several questions. Here any two nodes of any graph are the outputs, one after the other,
  and each must get the answer that it gets alone. What is built again after a leaf has moved must be as good as new.
  And what a pass over another graph does to the leaves of both, whether it adds or begins afresh, is again for the
  engine to say, and then to do.

    Scenario: Any two outputs, with zeroing in between
      Then in random expressions, after one output, another one gets the gradients that it has alone

    Scenario: Two graphs on the same leaves, without zeroing
      Then in random expressions, without zeroing, a pass over another graph does what the engine says of it

    Scenario: The same expressions, built again
      Then in random expressions, built again after an edit, an expression has the gradients of its new numbers

    Scenario: What an edit of a leaf does to the nodes that it was used for
      Then in random expressions, nodes keep their numbers when a leaf is edited, unless the engine says that they follow

  Rule: In short: any expression at all

  - A finite difference says what a gradient should be, without any derivative rule.
  - Taken in 60 digits, it is exact enough to judge an engine by.
  - What holds for every expression is a law; the spec tries it on hundreds, and shows the smallest that breaks it.

  *Change it and see.* Any expression of your own can stand here.

  - Make `x / y` into `x ** y`: `x.grad is 15`, and again `every gradient of z matches its finite difference`.
  - Make `| 2 | 3 |` into `| 3 | 2 |`: `x.grad is 2.5`, and again `every gradient of z matches its finite difference`.

  For exercises: `npm run exercises 15`.

    Scenario: An expression that is yours to change
      Given the leaves
        | x | y |
        | 2 | 3 |
      And the expressions
        """
        z = x * y + x / y
        """
      When the backward pass runs from z
      Then every gradient of z matches its finite difference
