package io.gluonj.backend.cuda;

import io.gluonj.codegen.GpuBatchNorm;
import io.gluonj.op.BatchNormTraining;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Batch normalization at shapes of all kinds, against the definitions. */
final class GpuBatchNormTest {
  private record Case(Shape shape, DType type, DType statistics) {
    void check() {
      TensorType x = new TensorType(shape, type);
      TensorType c = new TensorType(Shape.of(shape.dim(1)), statistics);
      BatchNormTraining forward = new BatchNormTraining(1e-5, false);
      BatchNormTraining.Grad grad = new BatchNormTraining.Grad(1e-5, false);
      double unit = type == DType.BFLOAT16 ? 3e-2 : type == DType.FLOAT16 ? 4e-3 : 2e-5;
      try (var comparison = new PtxComparison(unit)) {
        List<MemorySegment> data = Stream.of(x, c, c).map(t -> comparison.fill(t, 0.5, 2)).toList();
        comparison.check(
            comparison.kernel(GpuBatchNorm.forward(forward, x, statistics)),
            forward,
            List.of(x, c, c),
            data,
            List.of(x, c, c));
        List<MemorySegment> gradient =
            Stream.of(x, c, c, c, x).map(t -> comparison.fill(t, 0.5, 2)).toList();
        comparison.check(
            comparison.kernel(GpuBatchNorm.grad(grad, x, statistics)),
            grad,
            List.of(x, c, c, c, x),
            gradient,
            List.of(x, c, c));
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> batchNormalization() {
    Stream<Case> floats =
        Stream.of(
                Shape.of(8, 3),
                Shape.of(64, 3, 12, 12),
                Shape.of(3, 17, 5),
                Shape.of(2, 3, 4, 3, 2),
                Shape.of(1, 4, 6, 6),
                Shape.of(1, 3),
                Shape.of(0, 3, 2, 2),
                Shape.of(2, 0, 2, 2),
                Shape.of(3, 2, 64, 67),
                Shape.of(2, 120, 3))
            .map(shape -> new Case(shape, DType.FLOAT32, DType.FLOAT32));
    Stream<Case> others =
        Stream.of(
            new Case(Shape.of(4, 3, 5, 5), DType.FLOAT64, DType.FLOAT64),
            new Case(Shape.of(4, 3, 5, 5), DType.FLOAT16, DType.FLOAT16),
            new Case(Shape.of(4, 3, 5, 5), DType.FLOAT16, DType.FLOAT32),
            new Case(Shape.of(4, 3, 5, 5), DType.BFLOAT16, DType.FLOAT32));
    return Stream.concat(floats, others).map(c -> DynamicTest.dynamicTest(c.toString(), c::check));
  }
}
