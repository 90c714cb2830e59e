"""Speaks the engine protocol for an engine in the shape of micrograd: one request a line, one reply a line."""

import json, math, operator, sys
from engine import Value

BINARY = {"add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.truediv, "pow": operator.pow,
          "max": Value.max, "min": Value.min}
UNARY = {"neg": operator.neg, "exp": Value.exp, "log": Value.log, "tanh": Value.tanh, "relu": Value.relu,
         "sigmoid": Value.sigmoid, "sqrt": Value.sqrt, "abs": abs, "sin": Value.sin, "cos": Value.cos}
ABOUT = {"engine": "the example in Python", "protocol": 1, "repeatedBackward": "accumulate",
         "operations": [*BINARY, *UNARY, "pow-of-nodes"]}
nodes = {}

def number(x):  # JSON has no NaN and no infinities: they travel as text
    return x if math.isfinite(x) else "NaN" if math.isnan(x) else "Infinity" if x > 0 else "-Infinity"

def carry_out(do, to=None, of=None, data=None):
    operands = [nodes[x] if x in nodes else float(x) for x in of] if do in BINARY or do in UNARY else []
    if do == "describe": return [ABOUT]
    elif do == "reset": nodes.clear()
    elif do == "leaf": nodes[to] = Value(float(data))
    elif do in BINARY or do in UNARY: nodes[to] = (BINARY.get(do) or UNARY[do])(*operands)
    elif do == "backward": nodes[of].backward()
    elif do == "setData": nodes[of].data = float(data)
    elif do == "zeroGrad":
        for name in of: nodes[name].grad = 0.0
    elif do == "read": return [{"data": number(nodes[name].data), "grad": number(nodes[name].grad)} for name in of]
    else: raise ValueError(f"unknown instruction {do}")
    return []

for line in sys.stdin:
    request, readings, at = json.loads(line), [], 0
    try:
        for at, instruction in enumerate(request["program"]): readings += carry_out(**instruction)
        reply = {"id": request["id"], "readings": readings}
    except Exception as error:
        reply = {"id": request["id"], "error": {"at": at, "message": f"{type(error).__name__}: {error}"}}
    print(json.dumps(reply), flush=True)
