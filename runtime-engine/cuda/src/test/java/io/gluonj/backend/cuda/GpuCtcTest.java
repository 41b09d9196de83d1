package io.gluonj.backend.cuda;

import io.gluonj.codegen.GpuCtc;
import io.gluonj.op.CtcPaths;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The paths of labels, against their definition. */
final class GpuCtcTest {
  private record Case(
      CtcPaths op, TensorType weights, DType numbers, long width, double low, double high) {
    private TensorType whole(long... dims) {
      return new TensorType(Shape.of(dims), numbers);
    }

    void check() {
      long steps = weights.shape().dim(0);
      long batch = weights.shape().dim(1);
      List<TensorType> in = List.of(weights, whole(batch, width), whole(batch), whole(batch));
      List<TensorType> out =
          List.of(new TensorType(Shape.of(batch), weights.dtype()), weights);
      double tolerance = weights.dtype() == DType.FLOAT16 ? 4e-3 : 1e-6;
      try (var comparison = new PtxComparison(tolerance)) {
        List<MemorySegment> inputs =
            List.of(
                comparison.fill(in.get(0), -3, 0),
                comparison.fill(in.get(1), low, high),
                comparison.fill(in.get(2), -1, steps + 2),
                comparison.fill(in.get(3), -1, width + 2));
        comparison.check(comparison.kernel(GpuCtc.of(op, in)), op, in, inputs, out);
      }
    }
  }

  private static Case floats(long blank, long width, double high, long... weights) {
    return new Case(
        new CtcPaths(blank), TensorType.float32(weights), DType.INT32, width, 0, high);
  }

  @TestFactory
  Stream<DynamicTest> paths() {
    return Stream.of(
            floats(0, 3, 4, 8, 40, 4),
            floats(4, 3, 4, 12, 30, 5),
            floats(2, 2, 3, 5, 20, 3), // a label may be the blank
            floats(0, 0, 1, 4, 3, 2),
            floats(0, 2, 3, 1, 6, 3),
            floats(0, 2, 3, 0, 3, 3),
            floats(0, 150, 9, 310, 6, 9), // more states than threads
            new Case(
                new CtcPaths(0), TensorType.float32(6, 30, 4), DType.INT32, 2, -1, 6), // no classes
            new Case(
                new CtcPaths(3),
                new TensorType(Shape.of(7, 9, 4), DType.FLOAT64),
                DType.FLOAT32,
                2,
                0,
                3),
            new Case(
                new CtcPaths(3),
                new TensorType(Shape.of(7, 9, 4), DType.FLOAT16),
                DType.INT64,
                2,
                0,
                3))
        .map(c -> DynamicTest.dynamicTest(c.toString(), c::check));
  }
}
