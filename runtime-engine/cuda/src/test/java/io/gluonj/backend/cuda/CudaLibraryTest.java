package io.gluonj.backend.cuda;

import static com.google.common.truth.Truth.assertThat;
import static io.gluonj.backend.cuda.HostLibraries.types;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.backend.reference.ReferenceBackend;
import io.gluonj.op.ArgSort;
import io.gluonj.op.BatchNormTraining;
import io.gluonj.op.BoxSuppression;
import io.gluonj.op.CtcPaths;
import io.gluonj.op.MaxPool;
import io.gluonj.op.RoiPooling;
import io.gluonj.op.ScatterAdd;
import io.gluonj.op.Window;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import io.gluonj.types.UnsupportedOpException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Library operators as they are put together for a GPU, against their definitions: generated
 * kernels run as PTX on the host, models stand for NVIDIA's libraries.
 */
final class CudaLibraryTest {
  private static void check(boolean withDnn, LibraryCases.Case c) {
    try (var comparison = new PtxComparison(c.tolerance()).from(low(c), high(c))) {
      CudaLibrary library = HostLibraries.library(comparison, withDnn);
      comparison.check(library.kernel(c.op(), c.in(), c.out()), c.op(), c.in(), c.out());
    }
  }

  /** A variance is not negative; indices are to lie on both sides of the table. */
  private static double low(LibraryCases.Case c) {
    return switch (c.op()) {
      case BatchNormTraining.Grad _ -> 0.5;
      case ScatterAdd _, ArgSort _ -> -7;
      case CtcPaths _, RoiPooling _, BoxSuppression _ -> 0;
      default -> -1;
    };
  }

  private static double high(LibraryCases.Case c) {
    return switch (c.op()) {
      case BatchNormTraining.Grad _ -> 2;
      case ScatterAdd _, ArgSort _, CtcPaths _, RoiPooling _, BoxSuppression _ -> 7;
      default -> 1;
    };
  }

  @TestFactory
  Stream<DynamicTest> operatorsWithoutCudnn() {
    return LibraryCases.all()
        .map(c -> DynamicTest.dynamicTest(c.toString(), () -> check(false, c)));
  }

  @TestFactory
  Stream<DynamicTest> convolutionsWithCudnn() {
    return LibraryCases.convolutions()
        .map(c -> DynamicTest.dynamicTest(c.toString(), () -> check(true, c)));
  }

  @Test
  void gradientsOfMaximaGoWhereTheyWere() {
    Window window = Window.of(List.of(3L, 2L), List.of(2L, 1L), List.of(1L, 1L), List.of(1L, 1L));
    TensorType x = new TensorType(Shape.of(2, 3, 7, 6), DType.FLOAT32);
    MaxPool max = new MaxPool(window);
    Shape result = window.output(x.shape(), 3);
    TensorType y = new TensorType(result, DType.FLOAT32);
    TensorType at = new TensorType(result, max.positionType());
    try (var comparison = new PtxComparison(1e-6)) {
      MemorySegment positions = comparison.allocate(at);
      new ReferenceBackend()
          .library(Device.reference(), max, List.of(x), List.of(y, at))
          .run(
              new long[] {
                comparison.fill(x, -1, 1).address(),
                comparison.allocate(y).address(),
                positions.address()
              });
      MaxPool.Grad grad = new MaxPool.Grad(window, x.shape());
      comparison.check(
          HostLibraries.library(comparison, false).kernel(grad, List.of(y, at), List.of(x)),
          grad,
          List.of(y, at),
          List.of(comparison.fill(y, -1, 1), positions),
          List.of(x));
    }
  }

  @Test
  void equalOperatorsAreMadeOnce() {
    LibraryCases.Case c = LibraryCases.products().findFirst().orElseThrow();
    try (var comparison = new PtxComparison(1)) {
      CudaLibrary library = HostLibraries.library(comparison, false);
      assertThat(library.kernel(c.op(), c.in(), c.out()))
          .isSameInstanceAs(library.kernel(c.op(), c.in(), c.out()));
    }
  }

  @Test
  void whatHasNoKernelIsRefused() {
    Shape x = Shape.of(4, 3);
    Shape c = Shape.of(3);
    try (var comparison = new PtxComparison(1)) {
      CudaLibrary library = HostLibraries.library(comparison, false);
      var e =
          assertThrows(
              UnsupportedOpException.class,
              () ->
                  library.kernel(
                      new BatchNormTraining(1e-5, false),
                      types(DType.INT32, x, c, c),
                      types(DType.INT32, x, c, c)));
      assertThat(e).hasMessageThat().contains("_batch_norm_training of [int32(4, 3)");
      assertThat(e).hasMessageThat().contains("astype(FLOAT32)");
    }
  }
}
