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

    def __pow__(self, other):
        x, n = self.data, other.data if isinstance(other, Value) else other
        slope = n * x ** (n - 1) if n != 0 else 0.0
        if not isinstance(other, Value):
            return Value(x**n, (self,), (slope,))
        return Value(x**n, (self, other), (slope, x**n * math.log(x) if x > 0 else 0.0))

    def __rpow__(self, other):
        return Value.of(other) ** self

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

    def log(self):
        return Value(math.log(self.data), (self,), (1 / self.data,))

    def sigmoid(self):
        e = math.exp(-abs(self.data))  # never too large, on either side
        s = 1 / (1 + e) if self.data >= 0 else e / (1 + e)
        return Value(s, (self,), (s * (1 - s),))

    def sqrt(self):
        r = math.sqrt(self.data)
        return Value(r, (self,), (0.5 / r,))

    def __abs__(self):
        return Value(abs(self.data), (self,), (1.0 if self.data > 0 else -1.0,))

    def sin(self):
        return Value(math.sin(self.data), (self,), (math.cos(self.data),))

    def cos(self):
        return Value(math.cos(self.data), (self,), (-math.sin(self.data),))

    @staticmethod
    def max(x, y):
        x, y = Value.of(x), Value.of(y)
        return Value(max(x.data, y.data), (x, y), (1.0, 0.0) if x.data > y.data else (0.0, 1.0))

    @staticmethod
    def min(x, y):
        x, y = Value.of(x), Value.of(y)
        return Value(min(x.data, y.data), (x, y), (1.0, 0.0) if x.data < y.data else (0.0, 1.0))

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
