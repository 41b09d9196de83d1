package io.gluonj.cli.bench;

import io.gluonj.backend.Backend;
import io.gluonj.backend.Backends;
import io.gluonj.initializer.Zero;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a device reaches in simple operations: bytes moved or products computed in a second. */
public final class DeviceBench {
  /** Names on the command line. */
  public static final List<String> WORKS = List.of("pointwise", "gemm");

  /**
   * A result.
   *
   * @param what the operation and its size
   * @param median milliseconds of one operation
   * @param rate in {@code unit}: GB/s of memory read and written once, or TFLOP/s
   */
  public record Line(String work, String what, double median, double rate, String unit) {
    /** As one JSON object. */
    public String json(String impl, int threads) {
      return String.format(
          Locale.ROOT,
          "{\"impl\":\"%s\",\"work\":\"%s\",\"what\":\"%s\",\"threads\":%d,"
              + "\"median_ms\":%.4f,\"rate\":%.2f,\"unit\":\"%s\"}",
          impl,
          work,
          what,
          threads,
          median,
          rate,
          unit);
    }
  }

  private static final int ELEMENTS = 1 << 26;
  private static final int ROWS = 4096;
  private static final int REPEATS = 10;
  private static final int ROUNDS = 9;

  private final Device device;
  private final Backend backend;
  private final double seconds;

  /**
   * Prepares.
   *
   * @param seconds to spend on each operation at most, when rounds are long
   */
  public DeviceBench(Device device, double seconds) {
    this.device = device;
    this.backend = Backends.of(device);
    this.seconds = seconds;
  }

  /** Runs one of {@link #WORKS}; a size of null is the usual one. */
  public void run(String work, @Nullable Integer size, Consumer<Line> results) {
    switch (work) {
      case "pointwise" -> pointwise(size == null ? ELEMENTS : size, results);
      case "gemm" -> gemm(size == null ? ROWS : size, results);
      default -> throw new IllegalArgumentException(work);
    }
  }

  private NDArray gauss(String name, int count, Shape shape) {
    return NDArray.of(BenchData.gauss(name, 1, count), shape, device);
  }

  private void pointwise(int n, Consumer<Line> results) {
    Shape shape = Shape.of(n);
    FusedTanh fused = new FusedTanh();
    fused.initialize(new Zero(), device);
    fused.hybridize();
    try (NDArray a = gauss("a", n, shape);
        NDArray b = gauss("b", n, shape)) {
      double bytes = 4.0 * n;
      results.accept(moved("copy", n, 2 * bytes, () -> a.copyTo(device)));
      results.accept(moved("negation", n, 2 * bytes, () -> a.mul(-1)));
      results.accept(moved("add", n, 3 * bytes, () -> a.add(b)));
      results.accept(moved("tanh", n, 2 * bytes, a::tanh));
      results.accept(moved("tanh(a*b+a)", n, 3 * bytes, () -> fused.call(a, b, a)));
      results.accept(moved("sum", n, bytes, a::sum));
    }
  }

  private Line moved(String what, int n, double bytes, Supplier<?> operation) {
    double median = median(operation);
    return new Line("pointwise", what + " " + n, median, bytes / median / 1e6, "GB/s");
  }

  private void gemm(int n, Consumer<Line> results) {
    Shape shape = Shape.of(n, n);
    try (NDArray a = gauss("a", n * n, shape);
        NDArray b = gauss("b", n * n, shape)) {
      double median = median(() -> a.dot(b));
      results.accept(
          new Line("gemm", "float32 " + n, median, 2.0 * n * n * n / median / 1e9, "TFLOP/s"));
    }
  }

  /** Milliseconds of one operation: the median of rounds of several, each waited for once. */
  private double median(Supplier<?> operation) {
    round(operation);
    var times = new ArrayList<Double>();
    long begin = System.nanoTime();
    for (int r = 0; r < ROUNDS && (r < 3 || System.nanoTime() - begin < seconds * 1e9); r++) {
      times.add(round(operation));
    }
    double[] sorted = times.stream().mapToDouble(t -> t).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private double round(Supplier<?> operation) {
    backend.synchronize(device);
    long start = System.nanoTime();
    for (int i = 0; i < REPEATS; i++) {
      try (var _ = TensorScope.open()) {
        Object _ = operation.get();
      }
    }
    backend.synchronize(device);
    return (System.nanoTime() - start) / 1e6 / REPEATS;
  }
}
