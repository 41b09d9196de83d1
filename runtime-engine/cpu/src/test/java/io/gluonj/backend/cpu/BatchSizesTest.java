package io.gluonj.backend.cpu;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static io.gluonj.backend.cpu.Comparison.access;
import static io.gluonj.backend.cpu.Comparison.floats;
import static io.gluonj.backend.cpu.Comparison.longs;
import static io.gluonj.types.DType.FLOAT32;

import io.gluonj.llvm.Jit;
import io.gluonj.llvm.ObjectCache;
import io.gluonj.op.Conv;
import io.gluonj.op.LoopNest;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.LoopNest.Store;
import io.gluonj.op.MaxPool;
import io.gluonj.op.Scalar;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Window;
import io.gluonj.types.TensorType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches of another size, and later starts, compute with what is there already. */
final class BatchSizesTest {
  @TempDir private Path folder;

  /** Unit by unit, by columns, cut into parts as other batches of this binade are, and of all. */
  private static List<LoopNest> nests(long n) {
    return List.of(
        Comparison.map(
            longs(n, 300),
            List.of(access(0, FLOAT32, 0, 300, 1)),
            access(0, FLOAT32, 0, 300, 1),
            new Scalar.Unary(Fn.TANH, Scalar.arg(0))),
        sum(longs(300), longs(n), List.of(1L, 300L), List.of(1L, 0L)),
        sum(longs(20), longs(n * 600), List.of(1L, 20L), List.of(1L, 0L)),
        sum(longs(), longs(n * 12_000), List.of(1L), List.of(0L)));
  }

  private static LoopNest sum(
      List<Long> parallel, List<Long> reduced, List<Long> read, List<Long> written) {
    return new LoopNest(
        parallel,
        reduced,
        List.of(new LoopNest.Access(0, FLOAT32, 0, read, List.of())),
        List.of(
            new Store(
                new LoopNest.Access(0, FLOAT32, 0, written, List.of()),
                Scalar.arg(0),
                Scalar.arg(0))),
        Reduction.SUM);
  }

  private static long elements(LoopNest nest) {
    return nest.outer() * nest.inner();
  }

  private static void compile(Jit jit, long n) {
    var kernels = new LoopKernels(CpuRuntime.on(jit));
    nests(n).forEach(nest -> kernels.kernel(nest, 1));
  }

  @Test
  void anotherSizeIsComputedRight() {
    for (long n : new long[] {64, 63, 37, 5, 1}) {
      for (LoopNest nest : nests(n)) {
        new Comparison(41 + n, 1e-4).nest(nest, List.of(elements(nest)), nest.outer());
      }
    }
  }

  @Test
  void anotherSizeCompilesNothing() {
    try (Jit jit = new Jit(ObjectCache.none())) {
      compile(jit, 64);
      long before = jit.statistics().compiled();
      compile(jit, 60);
      compile(jit, 57);

      assertThat(before).isGreaterThan(0);
      assertThat(jit.statistics().compiled()).isEqualTo(before);
    }
  }

  @Test
  void aSecondStartCompilesNothing() {
    long first;
    try (Jit jit = new Jit(ObjectCache.in(folder))) {
      compile(jit, 64);
      first = jit.statistics().compiled();
    }
    try (Jit jit = new Jit(ObjectCache.in(folder))) {
      compile(jit, 64);
      compile(jit, 57);

      assertThat(jit.statistics().compiled()).isEqualTo(0);
      assertThat(jit.statistics().fromDisk()).isEqualTo(first);
    }
  }

  /** Convolutions, their gradients and pooling of a batch of a size against their definitions. */
  private static void layers(long n) {
    Window window = Window.of(longs(3, 3), longs(1, 1), longs(1, 1), longs(0, 0));
    Window pool = Window.of(longs(2, 2), longs(2, 2), longs(1, 1), longs(0, 0));
    TensorType x = floats(n, 5, 14, 14);
    TensorType w = floats(11, 5, 3, 3);
    TensorType y = floats(n, 11, 12, 12);
    TensorType z = floats(n, 11, 6, 6);
    var comparison = new Comparison(51, 2e-3).range(-1, 1);
    comparison.library(new Conv(window, 1, false), List.of(x, w), List.of(y));
    comparison.library(new Conv.GradData(window, 1, x.shape()), List.of(w, y), List.of(x));
    comparison.library(new Conv.GradWeight(window, 1, w.shape()), List.of(x, y), List.of(w));
    var max = new MaxPool(pool);
    comparison.library(max, List.of(y), List.of(z, new TensorType(z.shape(), max.positionType())));
  }

  @Test
  void anotherSizeMeasuresNothingAndIsComputedRight() {
    layers(20);
    long before = Candidates.measured();
    for (long n : new long[] {19, 11, 4, 29}) {
      layers(n);
      assertWithMessage("choices measured for a batch of %s", n)
          .that(Candidates.measured())
          .isEqualTo(before);
    }
  }
}
