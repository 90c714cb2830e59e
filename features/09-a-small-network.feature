@network
Feature: 9. A small network

  One neuron with two inputs draws one straight line through the plane, and tells on which side of it a point lies. For
  anything more interesting, many are put together. A **layer** is made of neurons side by side: each sees the same
  inputs, and answers in its own way. In a **multi-layer perceptron**, layers stand in a row, so that the answers of one
  layer are the inputs of the next.

                 ┌── o ──┐            ┌── o ──┐
      x1 ──┐     │       │            │       │
           │     ├── o ──┤            ├── o ──┤
      x2 ──┼─────┤       ├────────────┤       ├─────────── o ── y
           │     ├── o ──┤            ├── o ──┤
      x3 ──┘     │       │            │       │
                 └── o ──┘            └── o ──┘
             4 · (3 + 1) = 16     4 · (4 + 1) = 20    1 · (4 + 1) = 5    together 41

  To the engine it is nothing new: multiplications, additions and bends, a few dozen or a few thousand of them, and one
  graph. What is new is that nobody writes this graph down by hand. A network is a recipe that writes it for us.

  Beside tanh there is a simpler bend. **relu** leaves a positive sum as it is, and makes 0 of a negative one. A tanh
  network bends with the one, a relu network with the other.

  In these notes the neurons of the last layer are not bent, so that the output may be any number. Weights start at
  random between −1 and 1, and biases at 0. A **seed** is a number from which random numbers are made: from the same
  seed come the same numbers.

  Rule: The parameters are all weights and all biases

  A neuron has a weight for each input, and one bias. Four neurons with three inputs have 4 · (3 + 1) = 16 parameters;
  four with four inputs, 4 · (4 + 1) = 20; and one with four inputs, 4 + 1 = 5. Together, 41.

  This is how the recipe writes the graph. A neuron multiplies each input by its weight, adds everything to the bias,
  and bends the sum. In the code, the sum begins as the bias, and weight times input is added for each input. `T` stands
  for any kind of node, and `bend` for tanh or relu; the neurons of the last layer have none.

  ```ts
  let sum = this.bias;
  for (let i = 0; i < x.length; i++) sum = sum.add((this.weights[i] as T).mul(x[i] as T | number));
  return this.bend === undefined ? sum : this.bend(sum);
  ```

  A layer asks each of its neurons; and in a network each layer is given the answers of the one before.

  ```ts
  return this.neurons.map((neuron) => neuron.call(x));
  let signal = x;
  for (const layer of this.layers) signal = layer.call(signal);
  ```

    @tanh
    Scenario: Three inputs, and layers of 4, 4 and 1
      Given a tanh network N of 3 inputs and layers 4, 4, 1 from seed 1
      Then N has 41 parameters

    @relu
    Scenario: Two inputs, and layers of 16, 16 and 1
      Given a relu network N of 2 inputs and layers 16, 16, 1 from seed 1
      Then N has 337 parameters

  Rule: The same seed gives the same network

  Otherwise no number of this chapter and the next ones could be repeated. The network M is made from the seed of N, and
  gives what N gives; Q is made from another.

    @tanh
    Scenario: Two networks from one seed agree, and from another they do not
      Given a tanh network N of 2 inputs and layers 3, 1 from seed 7
      And a tanh network M of 2 inputs and layers 3, 1 from seed 7
      And a tanh network Q of 2 inputs and layers 3, 1 from seed 8
      When this code runs
        """
        same = N(0.5, -1) - M(0.5, -1)
        other = (N(0.5, -1) - Q(0.5, -1)) ** 2
        """
      Then same is 0
      And other is greater than 0.0001

  Rule: Without a bend, outputs only add up

  A layer without a bend only scales and adds. Do it twice, and it is still scaling and adding. As long as all biases
  are 0, as they are at the start, the output for a sum of inputs is then the sum of the outputs. No such network could
  tell two moons apart. The bend breaks this.

    @tanh
    Scenario: A single layer, without a bend: the outputs add up
      Given a tanh network N of 2 inputs and layers 1 from seed 1
      When this code runs
        """
        parts = N(1, 0) + N(0, 1)
        whole = N(1, 1)
        gap = parts - whole
        """
      Then gap is 0

    Scenario: Two layers by hand, without a bend, are as good as one
      Given the leaves
        | x | y |
        | 2 | 5 |
      And the expressions
        """
        h1 = 2*x - y
        h2 = x + 3*y
        two = 4*h1 - h2
        one = 7*x - 7*y
        """
      Then two is -21
      And one is -21

    @tanh
    Scenario: Two layers, with a bend between them: they do not
      Given a tanh network N of 2 inputs and layers 3, 1 from seed 1
      When this code runs
        """
        gap = (N(1, 0) + N(0, 1) - N(1, 1)) ** 2
        """
      Then gap is greater than 0.0001

  Rule: To the engine, a network is a graph like any other

  The engine does not know that this is a network. It walks back through the graph, and each parameter gets its
  gradient. Move each of the 41 parameters a little along its gradient, and the output rises.

    @tanh
    Scenario: A small step along 41 gradients raises the output
      Given a tanh network N of 3 inputs and layers 4, 4, 1 from seed 1
      And the expressions
        """
        y = N(2, 3, -1)
        """
      When this code runs
        """
        before = y.data
        """
      And the backward pass runs from y
      And each parameter of N moves by 0.001 times its gradient
      And the expressions run again
      And this code runs
        """
        rise = y.data - before
        """
      Then N has 41 parameters
      And rise is greater than 0

  Rule: In short: a recipe for a graph

  - A layer is neurons side by side, a network is layers in a row, and all of it is one graph.
  - A neuron has a weight for each input, and a bias; together these are the parameters.
  - Without a bend, layers in a row can do no more than a single one.

  *Change it and see.* A network, and what it is made of. Its output adds up three products of a weight and a bent sum,
  each between −1 and 1, so it stays below 3.

  - Make `layers 3, 1` into `layers 5, 1`: five neurons with two inputs and one with five, `N has 21 parameters`.
  - Make `2 inputs` into `4 inputs`, and `N(0.5, -1)` into `N(0.5, -1, 0, 2)`: three neurons with four inputs, and one
    with three, `N has 19 parameters`.

  For exercises: `npm run exercises 9`.

    @tanh
    Scenario: Two inputs, and layers of 3 and 1
      Given a tanh network N of 2 inputs and layers 3, 1 from seed 7
      When this code runs
        """
        y = N(0.5, -1)
        """
      Then N has 13 parameters
      And y is less than 3
