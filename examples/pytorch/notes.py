"""The notes' own lines in PyTorch: python3 notes.py says nothing if all of it holds. Shown in features/pytorch.md."""

import torch

# Chapters 3 and 4: leaves, expressions, the backward pass
leaves = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in (2, -3, 10, -2)]
a, b, c, f = leaves


def expressions():
    e = a * b
    d = e + c
    return d * f


L = expressions()
assert L.item() == -8
assert a.grad is None  # before a pass there is no gradient yet
L.backward()
assert [x.grad.item() for x in leaves] == [6, -4, -2, 4]

# Chapter 5: a step along the gradient, and the expressions again
with torch.no_grad():
    for leaf in leaves:
        leaf += 0.01 * leaf.grad
assert L.item() == -8  # the old node keeps its old value
L = expressions()
assert round(L.item(), 6) == -7.286496

# Chapter 7: shares add up
a = torch.tensor(3.0, dtype=torch.float64, requires_grad=True)
(a + a).backward()
assert a.grad.item() == 2

# Chapter 9: a network with layers of 4, 4 and 1
network = torch.nn.Sequential(
    torch.nn.Linear(3, 4),
    torch.nn.Tanh(),
    torch.nn.Linear(4, 4),
    torch.nn.Tanh(),
    torch.nn.Linear(4, 1),
)
assert sum(parameter.numel() for parameter in network.parameters()) == 41

# Chapter 11: zero, backward, move
w = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)
descent = torch.optim.SGD([w], lr=0.01)
for step in range(2):
    loss = (3 * w - 2) ** 2
    descent.zero_grad()
    loss.backward()
    descent.step()
assert round(w.item(), 12) == 0.8908
