package io.gluonj.backend.cuda;

import static com.google.common.truth.Truth.assertThat;
import static io.gluonj.backend.cuda.HostLibraries.types;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.backend.reference.ReferenceBackend;
import io.gluonj.op.BatchNormTraining;
import io.gluonj.op.MaxPool;
import io.gluonj.op.Window;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import io.gluonj.types.UnsupportedOpException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Library operators as they are put together for a GPU, against their definitions: generated kernels
 * run on the processor, models stand for NVIDIA's libraries.
 */
final class CudaLibraryTest {
  private static final CudaLibrary OWN = HostLibraries.library(false);
  private static final CudaLibrary WITH_DNN = HostLibraries.library(true);

  private static void check(CudaLibrary library, LibraryCases.Case c) {
    new KernelComparison(c.tolerance())
        .from(positive(c) ? 0.5 : -1, positive(c) ? 2 : 1)
        .check(library.kernel(c.op(), c.in(), c.out()), c.op(), c.in(), c.out());
  }

  /** A variance is not negative. */
  private static boolean positive(LibraryCases.Case c) {
    return c.op() instanceof BatchNormTraining.Grad;
  }

  @TestFactory
  Stream<DynamicTest> operatorsWithoutCudnn() {
    return LibraryCases.all()
        .map(c -> DynamicTest.dynamicTest(c.toString(), () -> check(OWN, c)));
  }

  @TestFactory
  Stream<DynamicTest> convolutionsWithCudnn() {
    return LibraryCases.convolutions()
        .map(c -> DynamicTest.dynamicTest(c.toString(), () -> check(WITH_DNN, c)));
  }

  @Test
  void gradientsOfMaximaGoWhereTheyWere() {
    Window window =
        Window.of(List.of(3L, 2L), List.of(2L, 1L), List.of(1L, 1L), List.of(1L, 1L));
    TensorType x = new TensorType(Shape.of(2, 3, 7, 6), DType.FLOAT32);
    MaxPool max = new MaxPool(window);
    Shape result = window.output(x.shape(), 3);
    TensorType y = new TensorType(result, DType.FLOAT32);
    TensorType at = new TensorType(result, max.positionType());
    var comparison = new KernelComparison(1e-6);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment positions = arena.allocate(at.bytes(), 64);
      new ReferenceBackend()
          .library(Device.reference(), max, List.of(x), List.of(y, at))
          .run(
              new long[] {
                comparison.fill(arena, x, -1, 1).address(),
                arena.allocate(y.bytes(), 64).address(),
                positions.address()
              });
      MaxPool.Grad grad = new MaxPool.Grad(window, x.shape());
      comparison.check(
          arena,
          OWN.kernel(grad, List.of(y, at), List.of(x)),
          grad,
          List.of(y, at),
          List.of(comparison.fill(arena, y, -1, 1), positions),
          List.of(x));
    }
  }

  @Test
  void equalOperatorsAreMadeOnce() {
    LibraryCases.Case c = LibraryCases.products().findFirst().orElseThrow();
    assertThat(OWN.kernel(c.op(), c.in(), c.out()))
        .isSameInstanceAs(OWN.kernel(c.op(), c.in(), c.out()));
  }

  @Test
  void whatHasNoKernelIsRefused() {
    Shape x = Shape.of(4, 3);
    Shape c = Shape.of(3);
    var e =
        assertThrows(
            UnsupportedOpException.class,
            () ->
                OWN.kernel(
                    new BatchNormTraining(1e-5),
                    types(DType.INT32, x, c, c),
                    types(DType.INT32, x, c, c)));
    assertThat(e).hasMessageThat().contains("_batch_norm_training of [int32(4, 3)");
    assertThat(e).hasMessageThat().contains("astype(FLOAT32)");
  }
}
