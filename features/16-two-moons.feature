@network @relu @pow @demonstration
Feature: 16. Two moons

    Scenario: The network learns to tell the moons apart
      Given two moons of 100 points from seed 1
      And a relu network N of 2 inputs and layers 16, 16, 1 from seed 1
      And the margin summed over the examples
        """
        score = N(x, y)
        margin = relu(1 - label * score) / 100
        """
      And the sum S of the squares of the parameters of N
      And the expressions
        """
        loss = margin + 0.0001 * S
        """
      Then score has the sign of label in 75 of 100 examples
      When N learns to lower loss in 100 steps from 1.0 down to 0.1
      Then loss is about 0.02
      And score has the sign of label in 100 of 100 examples
