"""PyTorch on the work of `./gluonj bench`, as JSON lines of the same form; --compare sets two files beside each other.

Times are taken with CUDA events around a whole step, or on the host where there is no GPU; medians. The loss of each
step is read back, as `./gluonj bench` does. Matrix products run in float32 without TF32, as GluonJ's do.
"""

import json
import statistics
import sys
import time


def lines_of(path):
    with open(path) as file:
        return [json.loads(line) for line in file]


def key(line):
    return line["work"], str(line.get("batch") or line.get("what"))


def compare(ours, theirs):
    print("| work | GluonJ | PyTorch | ratio (above 1: GluonJ is faster) |")
    print("|---|---|---|---|")
    others = {}
    for line in lines_of(theirs):
        others.setdefault(key(line), []).append(line)
    for line in lines_of(ours):
        for other in others.get(key(line), []):
            ratio = other["median_ms"] / line["median_ms"]
            name = "{} {}, {}".format(*key(line), line["impl"])
            print("| {} | {:.4f} ms | {}: {:.4f} ms | {:.2f} |".format(
                name, line["median_ms"], other["impl"], other["median_ms"], ratio))


def main():
    import torch
    from torch import nn

    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cudnn.benchmark = True

    def wait():
        if device.type == "cuda":
            torch.cuda.synchronize()

    def milliseconds(action):
        if device.type == "cuda":
            begin, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
            begin.record()
            action()
            end.record()
            end.synchronize()
            return begin.elapsed_time(end)
        start = time.perf_counter()
        action()
        return (time.perf_counter() - start) * 1e3

    def report(**values):
        print(json.dumps(values), flush=True)

    def lenet():
        return nn.Sequential(
            nn.Conv2d(1, 20, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(20, 50, 5), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(800, 128), nn.ReLU(), nn.Linear(128, 10)).to(device)

    def train(batch, impl, prepare):
        torch.manual_seed(1)
        net = prepare(lenet())
        loss = nn.CrossEntropyLoss()
        optimizer = torch.optim.SGD(net.parameters(), lr=0.01, fused=device.type == "cuda")
        data = [torch.randn(batch, 1, 28, 28, device=device) for _ in range(8)]
        labels = [torch.randint(10, (batch,), device=device) for _ in range(8)]
        losses = []

        def step(k):
            optimizer.zero_grad(set_to_none=True)
            value = loss(net(data[k % 8]), labels[k % 8])
            value.backward()
            optimizer.step()
            losses.append(value.item())

        begin = time.perf_counter()
        k = 0
        while k < 10 or time.perf_counter() - begin < 3:
            step(k)
            k += 1
        times = []
        begin = time.perf_counter()
        while len(times) < 30 or time.perf_counter() - begin < 5:
            times.append(milliseconds(lambda: step(len(times))))
        median = statistics.median(times)
        report(impl=impl, work="lenet", batch=batch, median_ms=median, samples_per_s=batch / median * 1e3,
               first_loss=losses[0], final_loss=losses[-1], steps=len(losses))

    def operation(work, what, action, amount, unit):
        times = []
        for _ in range(10):
            wait()
            times.append(milliseconds(lambda: [action() for _ in range(10)]) / 10)
        median = statistics.median(times[1:])
        report(impl="torch", work=work, what=what, median_ms=median, rate=amount / median, unit=unit)

    for batch in (64, 1024):
        train(batch, "torch", lambda net: net)
        try:
            train(batch, "torch-compile", lambda net: torch.compile(net, mode="reduce-overhead"))
        except Exception as problem:  # the compiler's own needs may be missing; the report must say so
            print("torch.compile failed:", problem, flush=True)
    n = 1 << 26
    a, b = (torch.randn(n, device=device) for _ in range(2))
    for what, action, arrays in (
            ("negation", lambda: a.neg(), 2), ("add", lambda: a + b, 3), ("tanh", lambda: a.tanh(), 2),
            ("sum", lambda: a.sum(), 1)):
        operation("pointwise", "{} {}".format(what, n), action, arrays * 4 * n / 1e6, "GB/s")
    del a, b
    for size in (1024, 4096, 8192):
        x, y = (torch.randn(size, size, device=device) for _ in range(2))
        operation("gemm", "float32 {}".format(size), lambda: x @ y, 2 * size**3 / 1e9, "TFLOP/s")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--compare"]:
        compare(*sys.argv[2:4])
    else:
        main()
