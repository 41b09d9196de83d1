package io.gluonj.cli.bench;

import io.gluonj.backend.Backend;
import io.gluonj.backend.Backends;
import io.gluonj.initializer.Zero;
import io.gluonj.op.Units;
import io.gluonj.optimizer.Adam;
import io.gluonj.optimizer.Optimizer;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.io.IOException;
import java.util.List;

/**
 * Single operations, over and over: what calling one costs ({@code tinyadd}: 8 floats, with and
 * without recording) and what its kernel reaches ({@code eltwise}). Each result is a fresh array,
 * closed at once. There is no operation into a given array: storages are written once.
 */
public final class MicroBench {
  /** Names on the command line. */
  public static final List<String> WORKS = List.of("tinyadd", "eltwise");

  private static final int TINY = 8;
  private static final int ROWS = 4096;
  private static final int COLUMNS = 512;
  private static final double RATE = 1e-5;

  private final Device device;
  private final Backend backend;
  private final TrainingBench.Length length;
  private final MicroResult.Sink results;

  /** Prepares; each result is passed on when it is there. */
  public MicroBench(Device device, TrainingBench.Length length, MicroResult.Sink results) {
    this.device = device;
    this.backend = Backends.of(device);
    this.length = length;
    this.results = results;
  }

  /** Runs one of {@link #WORKS}. */
  public void run(String work) throws IOException {
    switch (work) {
      case "tinyadd" -> tinyAdd();
      case "eltwise" -> {
        elementwise(10_000, "1e4");
        elementwise(1_000_000, "1e6");
        rows();
      }
      default -> throw new IllegalArgumentException(work);
    }
  }

  private NDArray gauss(String name, double deviation, long... shape) {
    Shape of = Shape.of(shape);
    return NDArray.of(BenchData.gauss(name, deviation, Math.toIntExact(of.size())), of, device);
  }

  private static double mean(Tensor values) {
    double sum = 0;
    float[] all = ((NDArray) values).toFloats();
    for (float value : all) {
      sum += value;
    }
    return sum / all.length;
  }

  private static double sumOfFirstColumn(Tensor values) {
    double sum = 0;
    float[] all = ((NDArray) values).toFloats();
    for (int i = 0; i < all.length; i += COLUMNS) {
      sum += all[i];
    }
    return sum;
  }

  private void measure(String work, double checksum, Runnable operation) throws IOException {
    results.accept(
        MicroResult.measure(
            work,
            checksum,
            length,
            count -> {
              for (int i = 0; i < count; i++) {
                operation.run();
              }
              backend.synchronize(device);
            }));
  }

  private void tinyAdd() throws IOException {
    try (NDArray a = gauss("ta", 1, TINY);
        NDArray b = gauss("tb", 1, TINY)) {
      double checksum = mean(a.add(b));
      measure("tinyadd", checksum, () -> a.add(b).close());
      a.attachGrad();
      try (var _ = Autograd.record()) {
        measure("tinyadd.grad", checksum, () -> a.add(b).close());
      }
    }
  }

  private void elementwise(int n, String size) throws IOException {
    FusedTanh fused = new FusedTanh();
    fused.initialize(new Zero(), device);
    fused.hybridize();
    try (NDArray a = gauss("ea", 1, n);
        NDArray b = gauss("eb", 1, n);
        NDArray c = gauss("ec", 1, n)) {
      measure("eltwise.tanh_" + size, mean(fused.call(a, b, c)), () -> fused.call(a, b, c).close());
      measure("eltwise.gelu_" + size, mean(gelu(a)), () -> gelu(a).close());
    }
    adam(n, size);
  }

  private static NDArray gelu(NDArray x) {
    return (NDArray) Ops.call(new Units.Gelu(), x);
  }

  private void adam(int n, String size) throws IOException {
    Shape shape = Shape.of(n);
    try (NDArray weight = NDArray.of(BenchData.initial("ew" + n + ".lw", shape), shape, device);
        NDArray gradient = gauss("eg", 0.1, n)) {
      Adam adam = new Adam(RATE);
      List<NDArray> state = adam.createState(weight);
      long[] count = {0};
      measure(
          "eltwise.adam_" + size,
          mean(weight),
          () -> adam.update(new Optimizer.Step(weight, gradient, state, ++count[0], RATE, 0, 1)));
      state.forEach(NDArray::close);
    }
  }

  private void rows() throws IOException {
    Normalized normalized = new Normalized();
    normalized.initialize(new Zero(), device);
    normalized.hybridize();
    String size = "_" + ROWS + "x" + COLUMNS;
    try (NDArray x = gauss("em", 1, ROWS, COLUMNS);
        NDArray gamma = NDArray.ones(Shape.of(COLUMNS), device);
        NDArray beta = NDArray.zeros(Shape.of(COLUMNS), device)) {
      measure("eltwise.softmax" + size, sumOfFirstColumn(x.softmax(1)), () -> x.softmax(1).close());
      measure(
          "eltwise.layernorm" + size,
          sumOfFirstColumn(normalized.call(x, gamma, beta)),
          () -> normalized.call(x, gamma, beta).close());
    }
  }
}
