package io.gluonj.backend.cuda;

import static com.google.common.truth.Truth.assertThat;
import static io.gluonj.backend.cuda.KernelComparison.floats;

import io.gluonj.backend.Kernel;
import io.gluonj.codegen.GpuGemm;
import io.gluonj.op.MatMul;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The matrix product of our own at extents of all kinds, against the definition. */
final class GpuGemmTest {
  private record Case(MatMul op, long batch, long m, long n, long k, DType type) {
    private Shape shape(long rows, long columns) {
      return batch == 0 ? Shape.of(rows, columns) : Shape.of(batch, rows, columns);
    }

    void check() {
      Shape a = op.transposeA() ? shape(k, m) : shape(m, k);
      Shape b = op.transposeB() ? shape(n, k) : shape(k, n);
      var in = new ArrayList<TensorType>();
      in.add(new TensorType(a, type));
      in.add(new TensorType(b, type));
      if (op.bias()) {
        in.add(new TensorType(Shape.of(n), type));
      }
      double unit = type == DType.BFLOAT16 ? 1 / 128.0 : type == DType.FLOAT16 ? 1e-3 : 1e-5;
      try (var comparison = new PtxComparison(unit * Math.max(1, Math.sqrt((double) k) / 8))) {
        comparison.check(
            comparison.kernel(GpuGemm.of(GpuGemm.Product.of(op, a, b, type))),
            op,
            in,
            List.of(new TensorType(shape(m, n), type)));
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> products() {
    long[][] extents = {
      {0, 64, 64, 16},
      {0, 64, 128, 100},
      {0, 64, 10, 128},
      {0, 1, 1, 1},
      {0, 1, 7, 5},
      {0, 7, 1, 5},
      {0, 33, 17, 129},
      {3, 17, 70, 9},
      {12, 1, 8, 16},
      {0, 0, 3, 4},
      {0, 3, 4, 0}
    };
    List<MatMul> operators =
        List.of(
            new MatMul(false, false, false),
            new MatMul(true, false, false),
            new MatMul(false, true, true),
            new MatMul(true, true, true));
    Stream<Case> floats =
        Stream.of(extents)
            .flatMap(e ->
                operators.stream().map(op -> new Case(op, e[0], e[1], e[2], e[3], DType.FLOAT32)));
    Stream<Case> others =
        Stream.of(DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16, DType.INT32)
            .map(type -> new Case(new MatMul(false, true, true), 2, 19, 67, 33, type));
    return Stream.concat(floats, others).map(c -> DynamicTest.dynamicTest(c.toString(), c::check));
  }

  @Test
  void repeatedFactorAddsToTheResult() {
    var product =
        new GpuGemm.Product(
            false, false, 3, 5, 7, 2, 0, 35, 20, 1, false, DType.FLOAT32, DType.FLOAT32);
    try (var comparison = new PtxComparison(1e-5)) {
      MemorySegment a = comparison.fill(floats(3, 7), -1, 1);
      MemorySegment b = comparison.fill(floats(2, 7, 5), -1, 1);
      MemorySegment c = comparison.fill(floats(40), -1, 1);
      double[] expected = new double[40];
      for (int i = 0; i < 40; i++) {
        expected[i] = DType.FLOAT32.read(c, i);
        int batch = i / 20;
        int row = i % 20 / 5;
        for (int k = 0; k < 7 && row < 3; k++) {
          double left = DType.FLOAT32.read(a, row * 7L + k);
          expected[i] += left * DType.FLOAT32.read(b, batch * 35L + k * 5L + i % 5);
        }
      }

      Kernel kernel = comparison.kernel(GpuGemm.of(product));
      kernel.run(new long[] {a.address(), b.address(), c.address()});

      double[] actual = new double[40];
      java.util.Arrays.setAll(actual, i -> DType.FLOAT32.read(c, i));
      comparison.check("gemm", actual, expected);
    }
  }

  @Test
  void equalProductsGiveEqualText() {
    GpuGemm.Product product =
        GpuGemm.Product.of(
            new MatMul(false, false, false), Shape.of(3, 4), Shape.of(4, 5), DType.FLOAT32);

    assertThat(GpuGemm.of(product)).isEqualTo(GpuGemm.of(product));
  }
}
