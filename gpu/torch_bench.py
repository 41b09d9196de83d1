"""PyTorch on the work of `./gluonj bench`, as JSON lines of the same form; --compare sets two files beside each other.

Data and first weights are those of GluonJ (java.util.Random), so that equal losses show equal work. The time of a
training step is taken as GluonJ takes it, on the host with the loss read back; `device_ms` is the same step between
two CUDA events. Operations are timed in rounds of ten with one wait at the end of each. Medians throughout.
TF32 is off, except for the matrix products named torch-tf32.
"""

import json
import math
import statistics
import sys
import time

ROUNDS, REPEATS = 9, 10


def compare(ours, theirs):
    """Prints a Markdown table; the ratio is PyTorch's time by GluonJ's."""
    others = {}
    for line in lines_of(theirs):
        others.setdefault(key(line), []).append(line)
    print("| work | GluonJ | | PyTorch | | ratio (above 1: GluonJ is faster) |")
    print("|---|---|---|---|---|---|")
    for line in lines_of(ours):
        tf32 = line["impl"].endswith("-tf32")
        for other in others.get(key(line), []):
            if other["impl"].endswith("-tf32") == tf32:
                print("| {} {}, {} | {:.4g} ms | {} | {}: {:.4g} ms | {} | {:.2f} |".format(
                    *key(line), line["impl"], line["median_ms"], rate(line), other["impl"], other["median_ms"],
                    rate(other), other["median_ms"] / line["median_ms"]))


def lines_of(path):
    with open(path) as file:
        return [json.loads(line) for line in file]


def key(line):
    return line["work"], str(line.get("what") or "b{}".format(line.get("batch")))


def rate(line):
    if "rate" in line:
        return "{:.1f} {}".format(line["rate"], line["unit"])
    return "{:,.0f} samples/s, first loss {:.6f}".format(line["samples_per_s"], line["first_loss"])


class JavaRandom:
    """java.util.Random in bulk: the generator is a power of one affine map, so many steps are computed at once."""

    A, C, MASK = 0x5DEECE66D, 0xB, (1 << 48) - 1

    def __init__(self, name):
        seed = 0
        for char in name:
            seed = (31 * seed + ord(char)) & 0xFFFFFFFF
        seed -= (seed >> 31) << 32
        self.state = ((0x5DEECE66D ^ (seed * 0x9E3779B97F4A7C15)) ^ self.A) & self.MASK

    def states(self, count):
        """The next states, as an array."""
        import numpy as np
        mask = np.uint64(self.MASK)
        a, c = np.array([self.A], np.uint64), np.array([self.C], np.uint64)
        while len(a) < count:  # the map applied len(a) + 1 .. 2 len(a) times
            a, c = np.concatenate((a, a * a[-1] & mask)), np.concatenate((c, (a * c[-1] + c) & mask))
        found = (a[:count] * np.uint64(self.state) + c[:count]) & mask
        self.state = int(found[-1])
        return found

    def doubles(self, count):
        import numpy as np
        bits = self.states(2 * count).reshape(count, 2)
        words = (bits[:, 0] >> np.uint64(22) << np.uint64(27)) + (bits[:, 1] >> np.uint64(21))
        return words.astype(np.float64) * 2.0**-53

    def gauss(self, count, deviation):
        """nextGaussian: Marsaglia's polar method, two numbers from each point inside the circle."""
        import numpy as np
        parts, have = [], 0
        while have < count:
            v = 2 * self.doubles(2 * max(1024, int((count - have) * 0.66))).reshape(-1, 2) - 1
            s = v[:, 0] ** 2 + v[:, 1] ** 2
            inside = (s < 1) & (s != 0)
            v, s = v[inside], s[inside]
            parts.append((v * np.sqrt(-2 * np.log(s) / s)[:, None]).reshape(-1))
            have += len(parts[-1])
        return (deviation * np.concatenate(parts)[:count]).astype(np.float32)

    def integers(self, count, bound):
        """nextInt(bound) for a bound that is no power of two; a refused draw is as good as impossible for 10."""
        import numpy as np
        return ((self.states(count) >> np.uint64(17)) % np.uint64(bound)).astype(np.int64)


def main():
    import torch
    from torch import nn

    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    cuda = device.type == "cuda"
    quick = "--quick" in sys.argv
    batches, n, sizes = ((64,), 1 << 16, (256,)) if quick else ((64, 1024), 1 << 26, (1024, 2048, 4096, 8192))
    seconds = 0.2 if quick else 4
    torch.backends.cudnn.benchmark = True

    def tf32(allowed):
        torch.backends.cuda.matmul.allow_tf32 = allowed
        torch.backends.cudnn.allow_tf32 = allowed

    def wait():
        if cuda:
            torch.cuda.synchronize()

    def report(**values):
        print(json.dumps(values), flush=True)

    def lenet():
        net = nn.Sequential(
            nn.Conv2d(1, 20, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(20, 50, 5), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(800, 128), nn.ReLU(), nn.Linear(128, 10))
        layers = [layer for layer in net if hasattr(layer, "weight")]
        with torch.no_grad():
            for name, layer in zip(("conv1", "conv2", "fc1", "fc2"), layers):
                fan_in = layer.weight[0].numel()
                values = JavaRandom(name + ".w").gauss(layer.weight.numel(), math.sqrt(2 / fan_in))
                layer.weight.copy_(torch.from_numpy(values).view_as(layer.weight))
                layer.bias.zero_()
        return net.to(device)

    def train(batch, impl, prepare, data, labels):
        net = prepare(lenet())
        loss = nn.CrossEntropyLoss()
        optimizer = torch.optim.SGD(net.parameters(), lr=0.01, **({"fused": True} if cuda else {}))
        losses = []

        def step():
            k = len(losses) % 8
            optimizer.zero_grad(set_to_none=True)
            value = loss(net(data[k]), labels[k])
            value.backward()
            optimizer.step()
            return value

        def timed():
            if cuda:
                begin, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
                begin.record()
            start = time.perf_counter()
            value = step()
            if cuda:
                end.record()
            losses.append(value.item())
            host = (time.perf_counter() - start) * 1e3
            return host, begin.elapsed_time(end) if cuda else host

        begin = time.perf_counter()
        while len(losses) < 10 or time.perf_counter() - begin < seconds / 2:
            timed()
        times = []
        begin = time.perf_counter()
        while len(times) < 30 or time.perf_counter() - begin < seconds:
            times.append(timed())
        median = statistics.median(host for host, _ in times)
        report(impl=impl, work="lenet", batch=batch, median_ms=median,
               device_ms=statistics.median(on_device for _, on_device in times),
               samples_per_s=batch / median * 1e3, first_loss=losses[0], final_loss=losses[-1], steps=len(losses))

    def operation(impl, work, what, action, amount, unit):
        times = []
        for _ in range(ROUNDS + 1):
            wait()
            start = time.perf_counter()
            for _ in range(REPEATS):
                action()
            wait()
            times.append((time.perf_counter() - start) * 1e3 / REPEATS)
        median = statistics.median(times[1:])
        report(impl=impl, work=work, what=what, median_ms=median, rate=amount / median, unit=unit)

    def compiled(name, action):
        """What needs torch.compile, whose own needs (a C compiler, Triton) may be missing."""
        try:
            action()
        except Exception as problem:
            print("{} failed: {}".format(name, str(problem).splitlines()[:1]), flush=True)

    print("PyTorch {} on {}".format(torch.__version__, torch.cuda.get_device_name() if cuda else "the CPU"), flush=True)
    tf32(False)
    a, b = (torch.randn(n, device=device) for _ in range(2))
    fused = torch.compile(lambda x, y, z: torch.tanh(x * y + z))
    for what, action, arrays in (
            ("copy", a.clone, 2), ("negation", a.neg, 2), ("add", lambda: a + b, 3), ("tanh", a.tanh, 2),
            ("tanh(a*b+a)", lambda: torch.tanh(a * b + a), 3), ("sum", a.sum, 1)):
        operation("torch", "pointwise", "{} {}".format(what, n), action, arrays * 4 * n / 1e6, "GB/s")
    compiled("torch.compile of tanh(a*b+a)", lambda: operation(
        "torch-compile", "pointwise", "tanh(a*b+a) {}".format(n), lambda: fused(a, b, a), 3 * 4 * n / 1e6, "GB/s"))
    del a, b
    for size in sizes:
        x, y = (torch.randn(size, size, device=device) for _ in range(2))
        for allowed in (False, True):
            tf32(allowed)
            operation("torch-tf32" if allowed else "torch", "gemm", "float32 {}".format(size), lambda: x @ y,
                      2 * size**3 / 1e9, "TFLOP/s")
    tf32(False)
    for batch in batches:
        data = [torch.from_numpy(JavaRandom("x{}".format(k)).gauss(batch * 784, 1)).view(batch, 1, 28, 28).to(device)
                for k in range(8)]
        labels = [torch.from_numpy(JavaRandom("y{}".format(k)).integers(batch, 10)).to(device) for k in range(8)]
        train(batch, "torch", lambda net: net, data, labels)
        compiled("torch.compile of lenet", lambda: train(
            batch, "torch-compile", lambda net: torch.compile(net, mode="reduce-overhead"), data, labels))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--compare"]:
        compare(*sys.argv[2:4])
    else:
        main()
