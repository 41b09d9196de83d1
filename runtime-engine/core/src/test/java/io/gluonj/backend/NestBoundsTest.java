package io.gluonj.backend;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.op.LoopNest;
import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Bounds;
import io.gluonj.op.LoopNest.Index;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.LoopNest.Store;
import io.gluonj.op.Scalar;
import io.gluonj.types.DType;
import io.gluonj.types.TensorType;
import io.gluonj.types.VerificationException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NestBoundsTest {
  private static final TensorType SIX = TensorType.float32(6);

  private static LoopNest nest(List<Long> parallel, List<Long> reduced, Access load, Access store) {
    return new LoopNest(
        parallel,
        reduced,
        List.of(load),
        List.of(new Store(store, Scalar.arg(0), Scalar.arg(0))),
        reduced.isEmpty() ? Reduction.NONE : Reduction.SUM);
  }

  private static Access access(long offset, Long... strides) {
    return new Access(0, DType.FLOAT32, offset, List.of(strides));
  }

  private static void check(LoopNest nest) {
    var _ = NestBounds.within(nest, List.of(SIX), List.of(SIX), "op");
  }

  @Test
  void placesWithinTheOperandsPass() {
    check(nest(List.of(6L), List.of(), access(0, 1L), access(5, -1L)));
    check(nest(List.of(2L, 3L), List.of(), access(1, 3L, 0L), access(0, 3L, 1L)));
    check(nest(List.of(2L), List.of(3L), access(0, 3L, 1L), access(4, 1L, 0L)));
  }

  @Test
  void placesOutsideAreRefused() {
    List<Long> six = List.of(6L);
    List<LoopNest> wrong =
        List.of(
            nest(six, List.of(), access(1, 1L), access(0, 1L)),
            nest(six, List.of(), access(0, 1L), access(4, -1L)),
            nest(six, List.of(), access(0, 1L), access(0, 2L)),
            nest(six, List.of(), access(0, Long.MAX_VALUE), access(0, 1L)),
            nest(six, List.of(), access(0, 1L, 1L), access(0, 1L)),
            nest(List.of(2L), List.of(4L), access(0, 3L, 1L), access(0, 1L, 0L)));
    for (LoopNest nest : wrong) {
      var e = assertThrows(VerificationException.class, () -> check(nest));
      assertThat(e).hasMessageThat().startsWith("op: ");
    }
  }

  @Test
  void nothingIsTouchedWhereNothingRuns() {
    check(nest(List.of(0L), List.of(), access(99, 1L), access(99, 1L)));
    check(nest(List.of(6L), List.of(0L), access(99, 1L, 1L), access(0, 1L, 0L)));
    LoopNest storesTheIdentity =
        nest(List.of(7L), List.of(0L), access(0, 0L, 0L), access(0, 1L, 0L));
    assertThrows(VerificationException.class, () -> check(storesTheIdentity));
  }

  @Test
  void computedPlacesCountToTheirExtent() {
    check(nest(List.of(6L), List.of(), looked(2, 3, Bounds.CLIP), access(0, 1L)));
    LoopNest beyond = nest(List.of(6L), List.of(), looked(2, 4, Bounds.CLIP), access(0, 1L));
    assertThrows(VerificationException.class, () -> check(beyond));
    LoopNest nowhere = nest(List.of(6L), List.of(), looked(1, 0, Bounds.CLIP), access(0, 1L));
    assertThrows(VerificationException.class, () -> check(nowhere));
    check(nest(List.of(6L), List.of(), looked(1, 0, Bounds.ZERO), access(0, 1L)));
  }

  private static Access looked(long stride, long extent, Bounds bounds) {
    var index = new Index(new Scalar.Iota(0), stride, extent, bounds);
    return new Access(0, DType.FLOAT32, 0, List.of(0L), List.of(index));
  }
}
