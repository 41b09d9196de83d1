package io.gluonj.backend.cuda;

import static com.google.common.truth.Truth.assertThat;
import static io.gluonj.backend.cuda.GpuPoolingTest.window;

import io.gluonj.codegen.ConvolutionPlan;
import io.gluonj.codegen.GpuConvolution;
import io.gluonj.op.Conv;
import io.gluonj.op.Window;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Convolution plans at shapes of all kinds, against the definitions. */
final class GpuConvolutionTest {
  private static final Window K3 = window(l(3, 3), l(1, 1), l(1, 1));

  private static List<Long> l(long... values) {
    return LongStream.of(values).boxed().toList();
  }

  private record Case(
      Window window, long groups, Shape data, long filters, DType type, long limit) {
    Case(Window window, long groups, Shape data, long filters) {
      this(window, groups, data, filters, DType.FLOAT32);
    }

    Case(Window window, long groups, Shape data, long filters, DType type) {
      this(window, groups, data, filters, type, GpuConvolution.COLUMN_BYTES);
    }

    /** The same with so little memory that it takes several chunks and partial sums. */
    Case tight(long limit) {
      return new Case(window, groups, data, filters, type, limit);
    }

    Shape weight() {
      LongStream outer = LongStream.of(filters, data.dim(1) / groups);
      LongStream kernel = window.kernel().stream().mapToLong(k -> k);
      return Shape.of(LongStream.concat(outer, kernel).toArray());
    }

    Conv forward(boolean bias) {
      return new Conv(window, groups, bias);
    }

    void check() {
      TensorType x = new TensorType(data, type);
      TensorType w = new TensorType(weight(), type);
      TensorType b = new TensorType(Shape.of(filters), type);
      TensorType y = new TensorType(window.output(data, filters), type);
      Conv.GradData gradData = new Conv.GradData(window, groups, data);
      Conv.GradWeight gradWeight = new Conv.GradWeight(window, groups, weight());
      try (var comparison = new PtxComparison(tolerance(y.shape().size()))) {
        for (boolean bias : new boolean[] {false, true}) {
          comparison.check(
              comparison.kernel(GpuConvolution.forward(forward(bias), data, weight(), type, limit)),
              forward(bias),
              bias ? List.of(x, w, b) : List.of(x, w),
              List.of(y));
        }
        comparison.check(
            comparison.kernel(GpuConvolution.gradData(gradData, weight(), type, limit)),
            gradData,
            List.of(w, y),
            List.of(x));
        comparison.check(
            comparison.kernel(GpuConvolution.gradWeight(gradWeight, data, type, limit)),
            gradWeight,
            List.of(x, y),
            List.of(w));
      }
    }

    /** A float32 sum of so many products of numbers below 1 rounds at each of them. */
    private double tolerance(long products) {
      double roundings = Math.max(1, Math.sqrt((double) Math.min(products, 10_000)) / 4);
      return switch (type) {
        case FLOAT16 -> 2e-3;
        case BFLOAT16 -> 1.6e-2;
        case FLOAT32, FLOAT64, UINT8, INT8, BOOL, INT32, INT64 -> 1e-5 * roundings;
      };
    }
  }

  private static Stream<Case> cases() {
    return Stream.of(
        new Case(window(l(5, 5), l(1, 1), l(0, 0)), 1, Shape.of(2, 1, 28, 28), 7),
        new Case(window(l(5, 5), l(1, 1), l(0, 0)), 1, Shape.of(2, 9, 12, 12), 21),
        new Case(window(l(3, 3), l(2, 2), l(1, 1)), 1, Shape.of(2, 8, 9, 11), 12),
        new Case(window(l(1, 1), l(1, 1), l(0, 0)), 1, Shape.of(2, 64, 7, 7), 16),
        new Case(window(l(1, 1), l(1, 1), l(0, 0)), 2, Shape.of(3, 6, 7, 7), 4),
        new Case(window(l(1, 1), l(2, 2), l(0, 0)), 1, Shape.of(2, 6, 7, 7), 4),
        new Case(window(l(1, 1), l(1, 1), l(1, 1)), 1, Shape.of(2, 6, 7, 7), 4),
        new Case(K3, 8, Shape.of(2, 8, 6, 6), 8),
        new Case(K3, 2, Shape.of(2, 6, 6, 6), 4),
        new Case(K3, 3, Shape.of(2, 6, 6, 6), 9),
        new Case(window(l(3), l(2), l(1)), 1, Shape.of(2, 3, 17), 5),
        new Case(window(l(2, 3, 2), l(1, 2, 1), l(0, 1, 0)), 1, Shape.of(2, 3, 4, 7, 5), 4),
        new Case(window(l(2, 2, 2), l(1, 1, 1), l(0, 0, 0)), 2, Shape.of(1, 4, 3, 3, 3), 4),
        new Case(Window.of(l(3, 3), l(1, 1), l(2, 2), l(2, 1)), 1, Shape.of(2, 3, 9, 9), 4),
        new Case(
            new Window(l(3, 2), l(2, 2), l(1, 1), l(1, 0), l(2, 1)), 1, Shape.of(2, 3, 8, 7), 4),
        new Case(window(l(3, 3), l(3, 3), l(0, 0)), 1, Shape.of(1, 2, 10, 11), 3),
        new Case(window(l(2, 2), l(1, 1), l(0, 0)), 1, Shape.of(0, 2, 4, 4), 3),
        new Case(K3, 1, Shape.of(2, 3, 5, 6), 4, DType.FLOAT64),
        new Case(K3, 1, Shape.of(2, 3, 5, 6), 4, DType.FLOAT16),
        new Case(K3, 2, Shape.of(2, 4, 5, 6), 4, DType.BFLOAT16),
        new Case(K3, 1, Shape.of(5, 3, 5, 6), 4).tight(8000),
        new Case(K3, 1, Shape.of(5, 3, 5, 6), 4).tight(1),
        new Case(K3, 2, Shape.of(7, 4, 5, 6), 4).tight(12_000),
        new Case(K3, 4, Shape.of(7, 4, 5, 6), 4).tight(9_000),
        new Case(K3, 1, Shape.of(5, 3, 5, 6), 4, DType.FLOAT16).tight(8000),
        new Case(window(l(1, 1), l(1, 1), l(0, 0)), 1, Shape.of(5, 3, 5, 6), 4).tight(800));
  }

  @TestFactory
  Stream<DynamicTest> convolutions() {
    return cases().map(c -> DynamicTest.dynamicTest(c.toString(), c::check));
  }

  @Test
  void imagesAreTakenInChunksThatFitTheScratchMemory() {
    Case c = new Case(K3, 1, Shape.of(5, 64, 224, 224), 64);

    ConvolutionPlan plan =
        GpuConvolution.forward(
            c.forward(false), c.data(), c.weight(), DType.FLOAT32, GpuConvolution.COLUMN_BYTES);

    assertThat(plan.scratchBytes()).isAtMost(256L << 20);
    // 110 MiB of columns for each image: two chunks of two and one of one
    assertThat(plan.steps()).hasSize(6);
    assertThat(plan.steps().get(4)).isInstanceOf(ConvolutionPlan.Kernel.class);
    assertThat(((ConvolutionPlan.Kernel) plan.steps().get(4)).offsets())
        .containsExactly(4L * 4 * 64 * 224 * 224, 0L)
        .inOrder();
  }

  @Test
  void kernelOfOneElementNeedsNoScratchMemory() {
    Case c = new Case(window(l(1, 1), l(1, 1), l(0, 0)), 1, Shape.of(8, 64, 14, 14), 256);

    ConvolutionPlan plan =
        GpuConvolution.forward(
            c.forward(false), c.data(), c.weight(), DType.FLOAT32, GpuConvolution.COLUMN_BYTES);

    assertThat(plan.scratchBytes()).isEqualTo(0);
    assertThat(plan.steps()).hasSize(1);
  }
}
