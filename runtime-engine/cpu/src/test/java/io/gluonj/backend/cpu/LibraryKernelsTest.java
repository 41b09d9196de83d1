package io.gluonj.backend.cpu;

import static com.google.common.truth.Truth.assertThat;
import static io.gluonj.backend.cpu.Comparison.floats;

import io.gluonj.backend.Kernel;
import io.gluonj.backend.reference.ReferenceBackend;
import io.gluonj.op.BatchNormTraining;
import io.gluonj.op.Conv;
import io.gluonj.op.MatMul;
import io.gluonj.op.MaxPool;
import io.gluonj.op.SumPool;
import io.gluonj.op.Window;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Library operators at shapes of all kinds, against their definitions. */
final class LibraryKernelsTest {
  private final Comparison comparison = new Comparison(21, 1e-5);

  private static List<Long> l(long... values) {
    return Comparison.longs(values);
  }

  private static Window window(List<Long> kernel, List<Long> stride, List<Long> pad) {
    return Window.of(kernel, stride, kernel.stream().map(k -> 1L).toList(), pad);
  }

  /** A float32 sum of so many products of numbers below 1 rounds at each of them. */
  private static double tolerance(long products) {
    return 1e-5 * Math.max(1, Math.sqrt((double) Math.min(products, 10_000)) / 4);
  }

  private record Product(boolean ta, boolean tb, boolean bias, long batch, long m, long n, long k) {
    private Shape shape(long rows, long columns) {
      return batch == 0 ? Shape.of(rows, columns) : Shape.of(batch, rows, columns);
    }

    void check() {
      var in = new ArrayList<TensorType>();
      in.add(new TensorType(ta ? shape(k, m) : shape(m, k), DType.FLOAT32));
      in.add(new TensorType(tb ? shape(n, k) : shape(k, n), DType.FLOAT32));
      if (bias) {
        in.add(floats(n));
      }
      new Comparison(22, tolerance(k))
          .range(-1, 1)
          .library(
              new MatMul(ta, tb, bias), in, List.of(new TensorType(shape(m, n), DType.FLOAT32)));
    }
  }

  @TestFactory
  Stream<DynamicTest> products() {
    long[][] extents = {
      {0, 64, 128, 800}, {0, 64, 10, 128}, {0, 1, 1, 1}, {0, 1, 7, 5}, {0, 7, 1, 5}, {0, 5, 7, 1},
      {0, 33, 17, 129}, {3, 17, 5, 9}, {1, 4, 4, 4}, {12, 1, 8, 16}, {0, 0, 3, 4}, {0, 3, 4, 0}
    };
    return Stream.of(extents)
        .flatMap(e ->
            Stream.of(false, true)
                .flatMap(ta ->
                    Stream.of(false, true)
                        .flatMap(tb ->
                            Stream.of(false, true)
                                .map(bias -> new Product(ta, tb, bias, e[0], e[1], e[2], e[3])))))
        .map(p -> DynamicTest.dynamicTest(p.toString(), p::check));
  }

  private record Convolution(Window window, long groups, Shape data, long filters) {
    void check() {
      long[] dims = new long[window.rank() + 2];
      dims[0] = filters;
      dims[1] = data.dim(1) / groups;
      for (int i = 0; i < window.rank(); i++) {
        dims[i + 2] = window.kernel().get(i);
      }
      TensorType x = new TensorType(data, DType.FLOAT32);
      TensorType w = floats(dims);
      TensorType y = new TensorType(window.output(data, filters), DType.FLOAT32);
      Comparison comparison = new Comparison(23, tolerance(y.shape().size())).range(-1, 1);
      comparison.library(
          new Conv(window, groups, true), List.of(x, w, floats(filters)), List.of(y));
      comparison.library(new Conv(window, groups, false), List.of(x, w), List.of(y));
      comparison.library(new Conv.GradData(window, groups, data), List.of(w, y), List.of(x));
      comparison.library(new Conv.GradWeight(window, groups, w.shape()), List.of(x, y), List.of(w));
    }
  }

  @TestFactory
  Stream<DynamicTest> convolutions() {
    return Stream.of(
            new Convolution(window(l(5, 5), l(1, 1), l(0, 0)), 1, Shape.of(4, 1, 28, 28), 20),
            new Convolution(window(l(5, 5), l(1, 1), l(0, 0)), 1, Shape.of(2, 20, 12, 12), 50),
            new Convolution(window(l(3, 3), l(2, 2), l(1, 1)), 1, Shape.of(2, 16, 9, 11), 32),
            new Convolution(window(l(1, 1), l(1, 1), l(0, 0)), 1, Shape.of(2, 64, 7, 7), 16),
            new Convolution(window(l(3, 3), l(1, 1), l(1, 1)), 8, Shape.of(2, 8, 6, 6), 8),
            new Convolution(window(l(3, 3), l(1, 1), l(1, 1)), 2, Shape.of(2, 6, 6, 6), 4),
            new Convolution(window(l(3), l(2), l(1)), 1, Shape.of(2, 3, 17), 5),
            new Convolution(
                window(l(2, 3, 2), l(1, 2, 1), l(0, 1, 0)), 1, Shape.of(2, 3, 4, 7, 5), 4),
            new Convolution(
                window(l(2, 2, 2), l(1, 1, 1), l(0, 0, 0)), 2, Shape.of(1, 4, 3, 3, 3), 4),
            new Convolution(
                Window.of(l(3, 3), l(1, 1), l(2, 2), l(2, 1)), 1, Shape.of(2, 3, 9, 9), 4),
            new Convolution(
                new Window(l(3, 2), l(2, 2), l(1, 1), l(1, 0), l(2, 1)),
                1,
                Shape.of(2, 3, 8, 7),
                4),
            new Convolution(window(l(3, 3), l(3, 3), l(0, 0)), 1, Shape.of(1, 2, 10, 11), 3),
            new Convolution(window(l(2, 2), l(1, 1), l(0, 0)), 1, Shape.of(0, 2, 4, 4), 3))
        .map(c -> DynamicTest.dynamicTest(c.toString(), c::check));
  }

  private static List<Window> windows() {
    return List.of(
        window(l(2, 2), l(2, 2), l(0, 0)),
        window(l(3, 3), l(2, 2), l(1, 1)),
        window(l(2, 3), l(1, 2), l(0, 1)),
        new Window(l(3, 2), l(2, 2), l(1, 1), l(1, 0), l(2, 1)),
        new Window(l(3, 3), l(2, 2), l(1, 1), l(0, 0), l(1, 1)),
        Window.of(l(2, 2), l(1, 1), l(2, 2), l(0, 0)),
        window(l(17, 17), l(1, 1), l(0, 0)),
        window(l(20, 19), l(1, 1), l(0, 0)));
  }

  @TestFactory
  Stream<DynamicTest> pooling() {
    return windows().stream()
        .map(w -> DynamicTest.dynamicTest(w.toString(), () -> pool(w, Shape.of(3, 5, 20, 19))));
  }

  @Test
  void poolingOfLinesVolumesAndLargeImages() {
    pool(window(l(2), l(2), l(0)), Shape.of(3, 4, 9));
    pool(window(l(2, 2, 2), l(2, 1, 2), l(0, 1, 0)), Shape.of(2, 3, 4, 5, 6));
    pool(window(l(2, 2), l(2, 2), l(0, 0)), Shape.of(16, 20, 24, 24));
    pool(window(l(2, 2), l(2, 2), l(0, 0)), Shape.of(0, 20, 24, 24));
  }

  private void pool(Window window, Shape data) {
    MaxPool max = new MaxPool(window);
    TensorType x = new TensorType(data, DType.FLOAT32);
    Shape result = window.output(data, data.dim(1));
    TensorType y = new TensorType(result, DType.FLOAT32);
    TensorType at = new TensorType(result, max.positionType());
    comparison.library(max, List.of(x), List.of(y, at));
    comparison.library(new SumPool(window), List.of(x), List.of(y));
    comparison.library(new SumPool.Grad(window, data), List.of(y), List.of(x));
    try (Arena arena = Arena.ofConfined()) {
      // positions of real maxima: those of a random number may lie in the padding
      MemorySegment values = comparison.fill(arena, x, -2, 2);
      MemorySegment maxima = arena.allocate(Math.max(8, y.bytes()), 64);
      MemorySegment positions = arena.allocate(Math.max(8, at.bytes()), 64);
      new ReferenceBackend()
          .library(Device.reference(), max, List.of(x), List.of(y, at))
          .run(new long[] {values.address(), maxima.address(), positions.address()});
      comparison.library(
          arena,
          new MaxPool.Grad(window, data),
          List.of(y, at),
          List.of(comparison.fill(arena, y, -2, 2), positions),
          List.of(x));
    }
  }

  @Test
  void firstOfEqualMaximaWins() {
    Window window = window(l(2, 2), l(2, 2), l(0, 0));
    TensorType x = floats(1, 16, 4, 4);
    TensorType y = floats(1, 16, 2, 2);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment equal = arena.allocate(x.bytes(), 64);
      for (long i = 0; i < x.shape().size(); i++) {
        equal.setAtIndex(ValueLayout.JAVA_FLOAT, i, i % 3 == 0 ? 1 : -1);
      }
      comparison.library(
          arena,
          new MaxPool(window),
          List.of(x),
          List.of(equal),
          List.of(y, new TensorType(y.shape(), DType.UINT8)));
    }
  }

  @Test
  void notANumberNeverWinsAMaximum() {
    Window window = window(l(2, 2), l(2, 2), l(0, 0));
    TensorType x = floats(1, 1, 2, 4);
    TensorType y = floats(1, 1, 1, 2);
    TensorType at = new TensorType(y.shape(), DType.UINT8);
    try (Arena arena = Arena.ofConfined()) {
      float nan = Float.NaN;
      MemorySegment data =
          arena.allocateFrom(ValueLayout.JAVA_FLOAT, nan, 1, nan, nan, 3, 2, nan, nan);
      MemorySegment maxima = arena.allocate(y.bytes(), 64);
      MemorySegment positions = arena.allocate(8, 64);
      Kernel kernel =
          new CpuBackend().library(Device.cpu(), new MaxPool(window), List.of(x), List.of(y, at));
      kernel.run(
          new long[] {
            data.address(),
            maxima.address(),
            positions.address(),
            arena.allocate(kernel.scratchBytes() + 64, 64).address()
          });

      assertThat(maxima.toArray(ValueLayout.JAVA_FLOAT))
          .usingExactEquality()
          .containsExactly(3f, -Float.MAX_VALUE)
          .inOrder();
      assertThat(positions.get(ValueLayout.JAVA_BYTE, 0)).isEqualTo(2);
    }
  }

  @TestFactory
  Stream<DynamicTest> batchNormalization() {
    return Stream.of(
            Shape.of(8, 3),
            Shape.of(64, 20, 12, 12),
            Shape.of(3, 17, 5),
            Shape.of(2, 3, 4, 3, 2),
            Shape.of(1, 4, 6, 6),
            Shape.of(1, 3),
            Shape.of(0, 3, 2, 2))
        .map(shape -> DynamicTest.dynamicTest(shape.toString(), () -> normalize(shape)));
  }

  private static void normalize(Shape shape) {
    TensorType x = new TensorType(shape, DType.FLOAT32);
    TensorType c = floats(shape.dim(1));
    Comparison comparison = new Comparison(24, 2e-5).range(0.5, 2);
    comparison.library(new BatchNormTraining(1e-5, false), List.of(x, c, c), List.of(x, c, c));
    comparison.library(
        new BatchNormTraining.Grad(1e-5, false), List.of(x, c, c, c, x), List.of(x, c, c));
  }
}
