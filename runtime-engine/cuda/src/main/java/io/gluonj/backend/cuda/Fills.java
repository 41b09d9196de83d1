package io.gluonj.backend.cuda;

import io.gluonj.op.LoopNest;
import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.LoopNest.Store;
import io.gluonj.op.Scalar;
import io.gluonj.types.DType;
import java.util.List;

/** Loop nests that library operators need around their library. */
final class Fills {
  private Fills() {}

  /** {@code n} times a value; no inputs. */
  static LoopNest constant(long n, DType type, double value) {
    return new LoopNest(
        List.of(n),
        List.of(),
        List.of(),
        List.of(new Store(new Access(0, type, 0, List.of(1L)), Scalar.of(value), Scalar.arg(0))),
        Reduction.NONE);
  }

  /** A row, {@code rows} times; its one input is the row. */
  static LoopNest rows(long rows, long columns, DType type) {
    return map(
        List.of(rows, columns),
        new Access(0, type, 0, List.of(0L, 1L)),
        new Access(0, type, 0, List.of(columns, 1L)));
  }

  /** {@code n} elements in another type. */
  static LoopNest cast(long n, DType from, DType to) {
    return map(List.of(n), new Access(0, from, 0, List.of(1L)), new Access(0, to, 0, List.of(1L)));
  }

  private static LoopNest map(List<Long> extents, Access from, Access to) {
    return new LoopNest(
        extents,
        List.of(),
        List.of(from),
        List.of(new Store(to, Scalar.arg(0), Scalar.arg(0))),
        Reduction.NONE);
  }
}
