"""A small engine in the shape of micrograd, to be replaced by your own."""

import math


class Value:
    def __init__(self, data, operands=(), derivatives=()):
        self.data = float(data)
        self.grad = 0.0
        self.operands = operands
        self.derivatives = derivatives

    @staticmethod
    def of(x):
        return x if isinstance(x, Value) else Value(x)

    def __add__(self, other):
        other = Value.of(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = Value.of(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def __pow__(self, n):
        slope = n * self.data ** (n - 1) if n != 0 else 0.0
        return Value(self.data**n, (self,), (slope,))

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -Value.of(other)

    def __truediv__(self, other):
        return self * Value.of(other) ** -1

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __rsub__(self, other):
        return Value.of(other) - self

    def __rtruediv__(self, other):
        return Value.of(other) / self

    def exp(self):
        e = math.exp(self.data)
        return Value(e, (self,), (e,))

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, (self,), (1 - t * t,))

    def relu(self):
        return Value(max(0.0, self.data), (self,), (1.0 if self.data > 0 else 0.0,))

    def backward(self):
        order, seen, path = [], {self}, [(self, iter(self.operands))]
        while path:  # depth first, without recursion: a graph may be deep
            node, operands = path[-1]
            operand = next((each for each in operands if each not in seen), None)
            if operand is None:
                order.append(node)
                path.pop()
            else:
                seen.add(operand)
                path.append((operand, iter(operand.operands)))
        for node in order:
            if node.operands:
                node.grad = 0.0
        self.grad += 1.0
        for node in reversed(order):
            for operand, derivative in zip(node.operands, node.derivatives):
                operand.grad += derivative * node.grad
