"""The workloads in PyTorch: `pytorch.py TASK SECONDS`, with the numbers as JSON on its standard input.

Its last line says what came, as JSON. Times are in nanoseconds.
"""

import json, statistics, sys, time
import torch

torch.set_num_threads(1)
given = json.load(sys.stdin)


def tensor(numbers, **options):  # whole numbers in JSON would become tensors of integers
    return torch.tensor(numbers, dtype=torch.float64, **options)


def example():
    a, b, c, f = leaves = [tensor(x, requires_grad=True) for x in given["leaves"]]
    out = (a * b + c) * f
    out.backward()
    return [out.item(), *(leaf.grad.item() for leaf in leaves)]


def chain(operations, link):
    times, plus = link["times"], link["plus"]
    begin = end = tensor(1, requires_grad=True)
    for _ in range(operations // 2):
        end = end * times + plus
    end.backward()
    return [end.item(), begin.grad.item()]


def dense(layer):
    return [tensor(layer["weights"]).reshape(layer["inputs"], layer["outputs"]), tensor(layer["biases"])]


initial = [each for layer in given["layers"] for each in dense(layer)]
parameters = [each.clone().requires_grad_() for each in initial]
batches = [
    (tensor([[point["x"], point["y"]] for point in points]), tensor([point["label"] for point in points]))
    for points in given["batches"]
]
optimizer = torch.optim.SGD(parameters, lr=given["rate"])


def step(inputs, labels):
    signal = inputs
    for i in range(0, len(parameters), 2):
        signal = torch.addmm(parameters[i + 1], signal, parameters[i])
        if i < len(parameters) - 2:
            signal = torch.relu(signal)
    loss = torch.relu(1 - signal.reshape(-1) * labels).mean()
    loss = loss + given["decay"] * sum((each * each).sum() for each in parameters)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


def training():
    with torch.no_grad():
        for parameter, each in zip(parameters, initial):
            parameter.copy_(each)
    return [step(*batch) for batch in batches]


WARM = 0.5  # so long is it done before it is measured, in seconds


def samples(work, seconds, fewest):
    taken, end = [], time.perf_counter() + seconds
    while len(taken) < fewest or time.perf_counter() < end:
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return taken


def timed(work, seconds):
    samples(work, WARM, 1)
    return statistics.median(samples(work, seconds, 3)) * 1e9


def long_chain():
    short, long = given["short"], given["long"]
    seconds = timed(lambda: chain(short, given["chain"]), 0.2) / 1e9 * long / short
    return {"seconds": seconds} if seconds > given["patience"] else {"time": timed(lambda: chain(long, given["chain"]), 0) / long}


task, seconds = sys.argv[1], float(sys.argv[2])
came = {
    "version": lambda: torch.__version__.split("+")[0],
    "answers": lambda: {"example": example(), "chain": chain(**given["answered"]), "training": training()},
    "example": lambda: timed(example, seconds),
    "chain": lambda: timed(lambda: chain(given["short"], given["chain"]), seconds) / given["short"],
    "training": lambda: timed(training, seconds) / len(batches),
    "long chain": long_chain,
}[task]()
print()
print(json.dumps(came))
