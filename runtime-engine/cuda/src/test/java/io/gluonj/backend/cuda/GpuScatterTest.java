package io.gluonj.backend.cuda;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.codegen.GpuKernels;
import io.gluonj.codegen.GpuScatter;
import io.gluonj.codegen.GpuScatter.Rows;
import io.gluonj.op.Pick;
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

/** Rows by index, against plain loops. */
final class GpuScatterTest {
  private record Case(Rows rows, double low, double high) {
    private TensorType table() {
      return new TensorType(Shape.of(rows.rows(), rows.width()), rows.type());
    }

    private TensorType index() {
      return new TensorType(Shape.of(rows.count()), rows.indexType());
    }

    private TensorType values() {
      return new TensorType(Shape.of(rows.count(), rows.width()), rows.type());
    }

    private long row(MemorySegment index, long at) {
      long i = (long) rows.indexType().read(index, at);
      return switch (rows.mode()) {
        case CLIP -> Math.clamp(i, 0, rows.rows() - 1);
        case WRAP -> Math.floorMod(i, rows.rows());
      };
    }

    void check() {
      int width = (int) rows.width();
      double tolerance = rows.type() == DType.FLOAT16 ? 2e-3 : 1e-5;
      try (var comparison = new PtxComparison(tolerance)) {
        MemorySegment index = comparison.fill(index(), low, high);
        MemorySegment values = comparison.fill(values(), -1, 1);
        MemorySegment table = comparison.fill(table(), -1, 1);
        double[] taken = new double[(int) values().shape().size()];
        double[] sums = new double[(int) table().shape().size()];
        for (int i = 0; i < taken.length; i++) {
          int at = (int) (row(index, i / width) * width + i % width);
          taken[i] = rows.type().read(table, at);
          sums[at] += rows.type().read(values, i);
        }
        comparison.check(
            "gather",
            comparison
                .run(
                    comparison.kernel(GpuScatter.gather(rows)),
                    List.of(table, index),
                    List.of(values()))
                .getFirst(),
            taken);
        comparison.check("add", add(comparison, GpuScatter.add(rows), index, values), sums);
        if (rows.type().isFloating()) {
          GpuKernels atomic = GpuScatter.addAtomically(rows);
          comparison.check("add atomically", add(comparison, atomic, index, values), sums);
        }
      }
    }

    double[] add(
        PtxComparison comparison, GpuKernels kernels, MemorySegment index, MemorySegment values) {
      return comparison
          .run(comparison.kernel(kernels), List.of(index, values), List.of(table()))
          .getFirst();
    }
  }

  private static Rows floats(long rows, long width, long count) {
    return new Rows(rows, width, count, Pick.Mode.CLIP, DType.FLOAT32, DType.INT32);
  }

  @TestFactory
  Stream<DynamicTest> rows() {
    var cases = new ArrayList<Case>();
    cases.add(new Case(floats(10, 7, 33), 0, 10));
    cases.add(new Case(floats(1, 1, 1), 0, 1));
    cases.add(new Case(floats(5, 3, 0), 0, 1));
    cases.add(new Case(floats(5, 0, 4), 0, 1));
    cases.add(new Case(floats(1000, 2, 64), 0, 1000));
    cases.add(new Case(floats(37, 3, 2048), 0, 37));
    cases.add(new Case(floats(3, 2, 2049), 0, 3));
    cases.add(new Case(floats(5000, 1, 9000), -100, 6000));
    for (DType index :
        List.of(DType.INT64, DType.UINT8, DType.INT8, DType.FLOAT32, DType.FLOAT64)) {
      double low = index == DType.UINT8 ? 0 : -20;
      for (Pick.Mode mode : Pick.Mode.values()) {
        cases.add(new Case(new Rows(9, 4, 70, mode, DType.FLOAT32, index), low, 30));
      }
    }
    for (DType type : List.of(DType.FLOAT64, DType.FLOAT16, DType.INT32)) {
      cases.add(new Case(new Rows(9, 4, 70, Pick.Mode.WRAP, type, DType.INT32), -20, 30));
    }
    return cases.stream().map(c -> DynamicTest.dynamicTest(c.toString(), c::check));
  }

  @Test
  void orderedSumsHaveTheBitsOfAPlainLoop() {
    Rows rows = floats(4, 2, 3000);
    Case c = new Case(rows, 0, 4);
    try (var random = new PtxComparison(0)) {
      MemorySegment index = random.fill(c.index(), 0, 4);
      MemorySegment values = random.fill(c.values(), -1, 1);
      float[] sums = new float[8];
      for (int i = 0; i < 6000; i++) {
        int at = (int) c.row(index, i / 2) * 2 + i % 2;
        sums[at] += (float) DType.FLOAT32.read(values, i);
      }

      double[] actual = c.add(random, GpuScatter.add(rows), index, values);

      for (int i = 0; i < sums.length; i++) {
        assertThat((float) actual[i]).isEqualTo(sums[i]);
      }
    }
  }
}
