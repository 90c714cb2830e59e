@relu
Feature: 16. The reference expressions

  When micrograd was published, two expressions came with it, and nearly every engine written since then in its image is
  tested with these two. Anyone who wants to compare engines can hardly leave them out. So here they are.

  They are good expressions: long, with nodes used many times over and names that move on. But they are only two, and an
  engine may pass both and be wrong everywhere else. The numbers are easy to copy. The chapters before this one are the
  better test.

  Rule: The first expression

  The leaf x occurs four times, the node z four times, and q twice.

    Scenario: One leaf, and y = −20
      Given the leaves
        | x  |
        | -4 |
      And the expressions
        """
        z = 2*x + 2 + x
        q = relu(z) + z*x
        h = relu(z*z)
        y = h + q + q*x
        """
      When the backward pass runs from y
      Then y is -20
      And x.grad is 46

  Rule: The second expression

  Watch the names c and d. Each line makes a new node and gives it the old name.

    Scenario: Two leaves, and g = 24.70408163265306
      Given the leaves
        | a  | b |
        | -4 | 2 |
      And the expressions
        """
        c = a + b
        d = a*b + b**3
        c = c + (c + 1)
        c = c + (1 + c + (-a))
        d = d + (d*2 + relu(b + a))
        d = d + (3*d + relu(b - a))
        e = c - d
        f = e**2
        g = f/2
        g = g + 10/f
        """
      When the backward pass runs from g
      Then g is 24.70408163265306
      And a.grad is 138.8338192419825
      And b.grad is 645.5772594752186

  Rule: In short: necessary, and not enough

  - Nearly every engine in the image of micrograd is tried on these two expressions, so engines can be compared on them.
  - They use nodes many times over, and let names move on.
  - They have few operations, each at one place only, and numbers that anybody can copy: passing them says little.

  *Change it and see.* The first expression, with another leaf.

  - Make `| -4 |` into `| -1 |`: `y is 1`, and `x.grad is -5`, numbers that stand in no copy.
  - Make `h + q + q*x` into `h + q*x`: one use less of q, `y is -60`, and `x.grad is 68`.

  For exercises: `npm run exercises 16`.

    Scenario: The first expression once more, to be changed
      Given the leaves
        | x  |
        | -4 |
      And the expressions
        """
        z = 2*x + 2 + x
        q = relu(z) + z*x
        h = relu(z*z)
        y = h + q + q*x
        """
      When the backward pass runs from y
      Then y is -20
      And x.grad is 46
