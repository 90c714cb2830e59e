"""Trains the two moons on the engine of the example, with nothing in between: `direct.py STEPS < NUMBERS`.

The numbers are those of `numbers.ts`. The last line says what came, as JSON.
"""

import json
import sys
import time

sys.path.insert(0, "examples/python")
from engine import Value

STEPS = int(sys.argv[1])
counts, weights, points = [[float(x) for x in line.split()] for line in sys.stdin]
shape = [int(count) for count in counts]
left = iter([Value(weight) for weight in weights])
parameters = []


def take():
    parameters.append(next(left))
    return parameters[-1]


def neuron(inputs):
    return [take() for _ in range(inputs)], take()


layers = [[neuron(inputs) for _ in range(outputs)] for inputs, outputs in zip(shape, shape[1:])]


def network(x):
    for layer in layers:
        sums = []
        for factors, bias in layer:
            total = bias
            for factor, each in zip(factors, x):
                total = total + factor * each
            sums.append(total)
        x = sums if layer is layers[-1] else [each.relu() for each in sums]
    return x[0]


def loss_now():
    shortfall = 0
    for x, y, label in zip(points[::3], points[1::3], points[2::3]):
        shortfall = shortfall + (1 - label * network([x, y])).relu() / 100
    squares = 0
    for parameter in parameters:
        squares = squares + parameter**2
    return shortfall + 0.0001 * squares


began = time.perf_counter()
for step in range(STEPS):
    loss = loss_now()
    for parameter in parameters:
        parameter.grad = 0.0
    loss.backward()
    for parameter in parameters:
        parameter.data -= 0.1 * parameter.grad
seconds = time.perf_counter() - began
print(json.dumps({"seconds": seconds, "loss": loss_now().data}))
