"""Speaks the engine protocol for an engine in the shape of micrograd: one request a line, one reply a line."""

import gc, json, math, operator, sys
from engine import Value

OPERATIONS = {"add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.truediv, "pow": operator.pow,
              "max": Value.max, "min": Value.min, "neg": operator.neg, "exp": Value.exp, "log": Value.log,
              "tanh": Value.tanh, "relu": Value.relu, "sigmoid": Value.sigmoid, "sqrt": Value.sqrt, "abs": abs,
              "sin": Value.sin, "cos": Value.cos}
ABOUT = {"engine": "the example in Python", "protocol": 1, "repeatedBackward": "accumulate", "again": True,
         "operations": [*OPERATIONS, "pow-of-nodes"]}
NUMBERS = {text: float(text) for text in ("NaN", "Infinity", "-Infinity", "-0")}  # JSON has none of these
nodes, programs = dict(NUMBERS), {}

def number(x):
    return x if math.isfinite(x) else "NaN" if math.isnan(x) else "Infinity" if x > 0 else "-Infinity"

def carry_out(do, to=None, of=None, data=None):
    if do == "describe": return [ABOUT]
    elif do == "reset": nodes.clear(); nodes.update(NUMBERS)
    elif do == "leaf": nodes[to] = Value(float(data))
    elif do == "backward": nodes[of].backward()
    elif do == "setData": nodes[of].data = float(data)
    elif do == "zeroGrad":
        for name in of: nodes[name].grad = 0.0
    elif do == "read": return [{"data": number(nodes[name].data), "grad": number(nodes[name].grad)} for name in of]
    else: raise ValueError(f"unknown instruction {do}")
    return []

def answer(id, program=None, keep=None, again=None):
    readings, at = [], 0
    try:
        if again is not None: program = programs[again]
        if keep is not None:
            programs[keep] = program
            gc.freeze()  # what is remembered need not be searched for garbage
        for at, each in enumerate(program):
            operation = OPERATIONS.get(each["do"])
            if operation: nodes[each["to"]] = operation(*map(nodes.get, each["of"], each["of"]))
            else: readings += carry_out(**each)
        return {"id": id, "readings": readings}
    except Exception as error:
        return {"id": id, "error": {"at": at, "message": f"{type(error).__name__}: {error}"}}

for line in sys.stdin: print(json.dumps(answer(**json.loads(line))), flush=True)
