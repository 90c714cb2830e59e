@network @relu @demonstration
Feature: 12. Two moons

  To close the first part, something that no formula of ours could do. Take a hundred points, half of them on one
  crescent moon and half on another. The moons reach into each other, so that no straight line parts them. A network
  with two layers of sixteen neurons, and one neuron for the output, is shown the points and learns, with nothing but
  what these notes have explained, to put each point on the side of its own moon.

  The **score** of a point is the output of the network for it. A positive score means one moon, a negative one the
  other. The **boundary** is where the score is zero: on one side of it the network says one moon, on the other
  side the other. Each point has a *label*, 1 or −1, the side on which it belongs.

  The loss asks for a little more than the right side. The **shortfall** of a point is what its score lacks to be right
  with 1 to spare: 1 − label · score, or nothing if that is negative. The average of the shortfalls is most of the loss.
  A small part is the sum of all squared parameters, which keeps the weights from growing without need. And the learning
  rate falls from step to step, from large strides to careful ones.

  This is the plane after the last step. The points with the label 1 are o, the others x; where two fall on one place,
  one is drawn.

      o and x: the points of the two moons; dots: where the score is above 0
      ┌──────────────────────────────────────────────────────────────┐
      │······························································│
      │······························································│
      │··················ooo···oo·o··································│
      │·············oo·oo·······o····oo··o························   │
      │············oo··o········o·o·o··o························     │
      │················o·················oo··················        │
      │········o·········        ········o·················   x      │
      │········oo·······   x   x    ········oo···········   xx       │
      │·····oo··o······        x     ······o··o········              │
      │······oo·······        x x     ····o··········       x   x    │
      │········o·····       x x        ····o·o······        x        │
      │····o··o······                   ··········         x         │
      │············           x x  x      ·····o·       x x x        │
      │············           x  xx  x               xx xx  x        │
      │·········                    x   x         x xx               │
      │······                         xx  x xxxx                     │
      │··                              x  x     x    x               │
      │                                                              │
      │                                                              │
      └──────────────────────────────────────────────────────────────┘

  The report of a run, and this chapter's page in the book, have two pictures: the loss as it fell, and the plane with its
  boundary, before and after.

  Rule: A small network learns to tell two moons apart

  Before the first step 75 of the points are on the right side, after the last one all of them are. Every step is one
  forward pass over the hundred points, one backward pass, and one move of 337 parameters. The graph has the same shape in
  each of them: so the engine of these notes builds it in the first steps, and then computes it again where it stands, as
  chapter 11 explains. Any other engine builds it anew each time, and comes to the same numbers.

    Scenario: A hundred steps, and each point is on its side
      Given two moons of 100 points from seed 1
      And a relu network N of 2 inputs and layers 16, 16, 1 from seed 1
      And the shortfall summed over the examples
        """
        score = N(x, y)
        shortfall = relu(1 - label * score) / 100
        """
      And the sum S of the squares of the parameters of N
      And the expressions
        """
        loss = shortfall + 0.0001 * S
        """
      Then N has 337 parameters
      And loss is about 0.642
      And score has the sign of label in 75 of 100 examples
      When N learns to lower loss in 100 steps from 0.5 down to 0.05
      Then loss is about 0.0197
      And score has the sign of label in 100 of 100 examples

  Rule: In short: nothing but nodes

  - A hundred points, 337 parameters and one loss are a graph of about 65,000 nodes, and the engine walks it like any
    other.
  - The loss asks for the right side with 1 to spare, so that the boundary keeps its distance from the points.
  - All that the network has learned is in its parameters; the recipe and the examples stay as they are.

  *Change it and see.* Fewer points, fewer neurons.

  - Make `layers 16, 1` into `layers 1`: with no layer before the last one the boundary is a straight line, and it parts
    the moons badly, `score has the sign of label in 34 of 40 examples`.
  - Make `100 steps` into `20 steps`: the network has not finished
    learning, `score has the sign of label in 34 of 40 examples`.
  - Make `of 0.5` into `of 0`: no parameter moves, `score has the sign of label in 28 of 40 examples`.

  For exercises: `npm run exercises 12`.

    Scenario: Forty points, and a layer of sixteen neurons
      Given two moons of 40 points from seed 1
      And a relu network N of 2 inputs and layers 16, 1 from seed 1
      And the loss summed over the examples
        """
        score = N(x, y)
        loss = relu(1 - label * score) / 40
        """
      When N learns to lower loss in 100 steps of 0.5
      Then score has the sign of label in 39 of 40 examples
