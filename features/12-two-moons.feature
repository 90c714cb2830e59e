@network @relu @demonstration
Feature: 12. Two moons

  To close, something that no formula of ours could do. Take a hundred points, half of them on one crescent moon and
  half on another. The moons reach into each other, so that no straight line parts them. A network with two layers of
  sixteen neurons, and one neuron for the output, is shown the points and learns, with nothing but what these notes have
  explained, to put each point on the side of its own moon.

  The network's output is called its **score**. Above 0 it means one moon, below 0 the other; so the places where the
  score is 0 are the **boundary**. The loss asks for a little more than the right side. For each point, whose label is 1
  or −1, it takes 1 − label · score wherever that is positive: a score must not only be right, but right with 1 to
  spare, the **margin**. The average of these is most of the loss. A small part is the sum of all squared parameters, which keeps the
  weights from growing without need. And the learning rate falls from step to step, from large strides to careful ones.

  Run this chapter, and open the report. It has two pictures: the loss as it fell, and the plane with its boundary,
  before and after.

  Rule: A small network learns to tell two moons apart

    Scenario: A hundred steps, and each point is on its side
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
      Then loss is about 0.642
      And score has the sign of label in 75 of 100 examples
      When N learns to lower loss in 100 steps from 0.5 down to 0.05
      Then loss is about 0.0197
      And score has the sign of label in 100 of 100 examples
