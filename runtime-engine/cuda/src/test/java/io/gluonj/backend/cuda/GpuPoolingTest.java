package io.gluonj.backend.cuda;

import static io.gluonj.backend.cuda.KernelComparison.floats;

import io.gluonj.backend.reference.ReferenceBackend;
import io.gluonj.codegen.GpuPooling;
import io.gluonj.op.MaxPool;
import io.gluonj.op.SumPool;
import io.gluonj.op.Window;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Pooling kernels at windows of all kinds, against the definitions. */
final class GpuPoolingTest {
  private static List<Long> l(long... values) {
    return LongStream.of(values).boxed().toList();
  }

  static Window window(List<Long> kernel, List<Long> stride, List<Long> pad) {
    return Window.of(kernel, stride, kernel.stream().map(k -> 1L).toList(), pad);
  }

  private record Case(Window window, Shape data, DType type) {}

  private static Case floatCase(Window window, long... data) {
    return new Case(window, Shape.of(data), DType.FLOAT32);
  }

  @TestFactory
  Stream<DynamicTest> pooling() {
    Window k2 = window(l(2, 2), l(2, 2), l(0, 0));
    Window k3 = window(l(3, 3), l(2, 2), l(1, 1));
    return Stream.of(
            floatCase(k2, 3, 5, 20, 19),
            floatCase(k3, 3, 5, 20, 19),
            floatCase(window(l(2, 3), l(1, 2), l(0, 1)), 3, 5, 20, 19),
            floatCase(new Window(l(3, 2), l(2, 2), l(1, 1), l(1, 0), l(2, 1)), 3, 5, 20, 19),
            floatCase(new Window(l(3, 3), l(2, 2), l(1, 1), l(0, 0), l(1, 1)), 3, 5, 20, 19),
            floatCase(Window.of(l(2, 2), l(1, 1), l(2, 2), l(0, 0)), 3, 5, 20, 19),
            floatCase(Window.of(l(3, 2), l(2, 3), l(3, 2), l(2, 1)), 3, 5, 20, 19),
            floatCase(window(l(17, 17), l(1, 1), l(0, 0)), 3, 5, 20, 19),
            floatCase(window(l(20, 19), l(1, 1), l(0, 0)), 3, 5, 20, 19),
            floatCase(window(l(1, 1), l(3, 3), l(0, 0)), 3, 5, 20, 19),
            floatCase(new Window(l(2, 2), l(1, 1), l(1, 1), l(3, 0), l(4, 0)), 2, 2, 4, 4),
            floatCase(window(l(2), l(2), l(0)), 3, 4, 9),
            floatCase(window(l(5), l(2), l(3)), 3, 4, 9),
            floatCase(window(l(2, 2, 2), l(2, 1, 2), l(0, 1, 0)), 2, 3, 4, 5, 6),
            floatCase(k2, 4, 10, 24, 24),
            floatCase(k2, 0, 20, 24, 24),
            new Case(k3, Shape.of(2, 3, 9, 8), DType.FLOAT64),
            new Case(k3, Shape.of(2, 3, 9, 8), DType.FLOAT16),
            new Case(k3, Shape.of(2, 3, 9, 8), DType.BFLOAT16),
            new Case(k3, Shape.of(2, 3, 9, 8), DType.INT32))
        .map(c -> DynamicTest.dynamicTest(c.toString(), () -> pool(c)));
  }

  private void pool(Case c) {
    MaxPool max = new MaxPool(c.window());
    SumPool sum = new SumPool(c.window());
    MaxPool.Grad maxGrad = new MaxPool.Grad(c.window(), c.data());
    SumPool.Grad sumGrad = new SumPool.Grad(c.window(), c.data());
    // sums of halves are rounded once, the definition's too, but may fall on either side of a tie
    double unit = c.type() == DType.BFLOAT16 ? 1 / 128.0 : c.type() == DType.FLOAT16 ? 1e-3 : 1e-5;
    TensorType x = new TensorType(c.data(), c.type());
    Shape result = c.window().output(c.data(), c.data().dim(1));
    TensorType y = new TensorType(result, c.type());
    TensorType at = new TensorType(result, max.positionType());
    try (var comparison = new PtxComparison(unit)) {
      MemorySegment values = comparison.fill(x, -9, 9);
      MemorySegment dy = comparison.fill(y, -9, 9);
      comparison.check(
          comparison.kernel(GpuPooling.max(max, c.data(), c.type())),
          max,
          List.of(x),
          List.of(values),
          List.of(y, at));
      comparison.check(
          comparison.kernel(GpuPooling.sum(sum, c.data(), c.type())),
          sum,
          List.of(x),
          List.of(values),
          List.of(y));
      comparison.check(
          comparison.kernel(GpuPooling.sumGrad(sumGrad, c.type())),
          sumGrad,
          List.of(y),
          List.of(dy),
          List.of(x));
      // positions of real maxima: those of a random number may lie in the padding
      MemorySegment maxima = comparison.allocate(y);
      MemorySegment positions = comparison.allocate(at);
      new ReferenceBackend()
          .library(Device.reference(), max, List.of(x), List.of(y, at))
          .run(new long[] {values.address(), maxima.address(), positions.address()});
      comparison.check(
          comparison.kernel(GpuPooling.maxGrad(maxGrad, c.type())),
          maxGrad,
          List.of(y, at),
          List.of(dy, positions),
          List.of(x));
    }
  }

  @Test
  void firstOfEqualMaximaAndLastNotANumberWin() {
    MaxPool max = new MaxPool(window(l(2, 2), l(2, 2), l(0, 0)));
    TensorType x = floats(1, 1, 2, 10);
    TensorType y = floats(1, 1, 1, 5);
    float nan = Float.NaN;
    float low = Float.NEGATIVE_INFINITY;
    try (var comparison = new PtxComparison(0)) {
      float[] values = {
        1, 1, 1, 2, nan, 3, nan, nan, low, low, //
        1, 0, 2, 2, 4, 5, nan, 1, low, low
      };
      MemorySegment data = comparison.allocate(x).copyFrom(MemorySegment.ofArray(values));
      comparison.check(
          comparison.kernel(GpuPooling.max(max, x.shape(), DType.FLOAT32)),
          max,
          List.of(x),
          List.of(data),
          List.of(y, new TensorType(y.shape(), DType.UINT8)));
    }
  }
}
