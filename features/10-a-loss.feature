Feature: 10. A loss

  A network that is to learn must be told how wrong it is, in one number. The **loss** is one number that says how wrong
  a network is: the more wrong, the larger. It is built from the same operations as everything else, on top of the
  network's outputs, so it is just one more node, the last one. And because it is a node, its gradients say, for every
  parameter, how to become less wrong.

  Which number? For each example, take the difference between what the network says and what it should say, and square
  it, so that too much and too little count alike. Then add up the squares. A loss built from the bare differences would
  not do: an error of 1 and one of −1 would cancel, and a network that is always wrong might look perfect.

        square of the error
      5 ┤   ·                                                     ·
        │    ˙.                                                 .˙
      4 ┤      o p3: gradient −4                               ·
        │       ˙.                                           .˙
      3 ┤         ·.                                       .·
        │           ·                                     ·
      2 ┤            ˙·.                               .·˙
        │               ·.                           .·
      1 ┤                 ˙·.                     .·˙
        │                    ˙··.             .··˙
      0 ┤                        ˙˙˙···o···˙˙o p1: gradient 1
        │                       p2: gradient 0
        └──────┬───────────┬───────────┬───────────┬───────────┬─────── error
              −2          −1           0           1           2

  Rule: The loss is zero only when every prediction is right

  A **prediction** is what the network says about an example. Here there are four, p1 to p4, and what they should be is
  1, −1, −1 and 1. No square is negative, so the sum is 0 only if each square is.

    Scenario: Four right predictions
      Given the leaves
        | p1 | p2 | p3 | p4 |
        | 1  | -1 | -1 | 1  |
      And the expressions
        """
        loss = (p1 - 1)**2 + (p2 + 1)**2 + (p3 + 1)**2 + (p4 - 1)**2
        """
      Then loss is 0

    Scenario: One prediction is off by a half
      Given the leaves
        | p1 | p2 | p3   | p4 |
        | 1  | -1 | -0.5 | 1  |
      And the expressions
        """
        loss = (p1 - 1)**2 + (p2 + 1)**2 + (p3 + 1)**2 + (p4 - 1)**2
        """
      Then loss is 0.25

  Rule: Bare differences cancel

  The first prediction is too large by 1, the second too small by 1. Added up as they are, the two errors vanish; squared,
  each counts 1.

    Scenario: Two wrong predictions that look perfect
      Given the leaves
        | p1 | p2 |
        | 2  | -2 |
      And the expressions
        """
        bare = (p1 - 1) + (p2 + 1)
        loss = (p1 - 1)**2 + (p2 + 1)**2
        """
      Then bare is 0
      But loss is 2

  Rule: The gradient of the loss says which way each prediction is wrong

  A prediction that is too large gets a positive gradient: let it grow, and the loss grows. One that is too small gets a
  negative gradient. The further off it is, the larger the gradient. One that is right gets none.

    Scenario: Too large, right, and too small
      Given the leaves
        | p1  | p2 | p3 |
        | 1.5 | -1 | -3 |
      And the expressions
        """
        loss = (p1 - 1)**2 + (p2 + 1)**2 + (p3 + 1)**2
        """
      When the backward pass runs from loss
      Then the nodes hold
        | node | gradient |
        | p1   | 1        |
        | p2   | 0        |
        | p3   | -4       |

  Rule: The loss of a network is a node like any other

  Four examples: three numbers go in, and 1 or −1 should come out. A network that has not learned yet says something
  different, and the loss says how far off that is. Three of the four predictions have the right sign all the same, by
  luck.

    @network @tanh
    Scenario: The loss of an untrained network over four examples
      Given the examples
        | x1  | x2 | x3  | y  |
        | 2   | 3  | -1  | 1  |
        | 3   | -1 | 0.5 | -1 |
        | 0.5 | 1  | 1   | -1 |
        | 1   | 1  | -1  | 1  |
      And a tanh network N of 3 inputs and layers 4, 4, 1 from seed 1
      And the loss summed over the examples
        """
        prediction = N(x1, x2, x3)
        loss = (prediction - y) ** 2
        """
      Then loss is about 4.9878
      And prediction has the sign of y in 3 of 4 examples

  Rule: In short: one number for how wrong

  - The loss adds up, for each example, the square of what the prediction is off by.
  - It is a node like any other, so a backward pass from it gives every parameter a gradient.
  - A prediction that is too large gets a positive gradient, one that is too small a negative one.

  *Change it and see.* Two predictions, the first too large and the second too small.

  - Make both `**2` into `**4`: far is now punished more, and near less, `loss is 16.0625` and `p1.grad is 0.5`.
  - Make `(p1 - 1)**2` into `abs(p1 - 1)`: its error counts as it is, so its gradient is 1 however far off it
    is, `loss is 4.5` and `p1.grad is 1`.

  For exercises: `npm run exercises 10`.

    Scenario: Too large by a half, and too small by 2
      Given the leaves
        | p1  | p2 |
        | 1.5 | -3 |
      And the expressions
        """
        loss = (p1 - 1)**2 + (p2 + 1)**2
        """
      When the backward pass runs from loss
      Then loss is 4.25
      And p1.grad is 1
      And p2.grad is -4
