package io.gluonj.codegen;

import io.gluonj.op.LoopNest;
import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.LoopNest.Store;
import io.gluonj.op.Scalar;
import io.gluonj.types.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A long reduction to few values, cut into parts that threads reduce at the same time. How it is
 * cut depends on extents only, so the result is the same for any number of threads.
 *
 * @param parts nests that write partial values: their inputs are the operator's, output 0 is the
 *     scratch memory
 * @param combine reduces the partial values, its input 0, and writes the operator's outputs
 * @param scratchBytes size of the partial values
 */
public record SplitReduction(List<LoopNest> parts, LoopNest combine, long scratchBytes) {
  /** With as many independent values as this, threads have enough to do. */
  private static final long ENOUGH_UNITS = 16;

  private static final long PARTS = 32;

  /** Positions that are worth a part of their own. */
  private static final long SMALLEST_PART = 8192;

  /** Cuts a reduction, where that makes it faster. */
  public static Optional<SplitReduction> of(LoopNest nest) {
    if (nest.reduction() == Reduction.NONE
        || nest.outer() == 0
        || nest.loads().isEmpty()
        || nest.positional()
        || nest.scans()) {
      return Optional.empty();
    }
    Uses uses = Uses.of(nest);
    Space space = Space.of(nest, uses);
    long positions = nest.outer() * nest.inner();
    long units = new HostWalk(nest, space).units();
    if (space.reduced().isEmpty() || units >= ENOUGH_UNITS || positions < 2 * SMALLEST_PART) {
      return Optional.empty();
    }
    long extent = space.reduced().getFirst().extent();
    long wanted = Math.min(PARTS / units, positions / SMALLEST_PART);
    long length = (extent + wanted - 1) / wanted;
    return length >= extent ? Optional.empty() : Optional.of(cut(space.apply(nest), length));
  }

  private static SplitReduction cut(LoopNest nest, long length) {
    DType type = nest.compute();
    long extent = nest.reduced().getFirst();
    long whole = extent / length;
    long rest = extent % length;
    var parts = new ArrayList<LoopNest>();
    parts.add(part(nest, type, 0, whole, length));
    if (rest > 0) {
      parts.add(part(nest, type, whole, 1, rest));
    }
    long count = whole + (rest > 0 ? 1 : 0);
    return new SplitReduction(
        parts, combine(nest, type, count), count * nest.outer() * type.bytes());
  }

  /** Steps of row-major memory of the parallel axes. */
  private static List<Long> rowMajor(LoopNest nest) {
    var steps = new ArrayList<Long>();
    long step = 1;
    for (long extent : nest.parallel().reversed()) {
      steps.addFirst(step);
      step *= extent;
    }
    return steps;
  }

  private static <T> List<T> join(List<T> a, List<T> b) {
    return Stream.concat(a.stream(), b.stream()).toList();
  }

  /** {@code count} parts of {@code length} positions from part {@code first} of the same length. */
  private static LoopNest part(LoopNest nest, DType type, long first, long count, long length) {
    int axis = nest.parallel().size();
    long full = nest.reduced().getFirst();
    long start = first == 0 ? 0 : full - length;
    var loads = new ArrayList<Access>();
    for (Access load : nest.loads()) {
      long step = load.strides().get(axis);
      loads.add(
          new Access(
              load.operand(),
              load.dtype(),
              load.offset() + start * step,
              join(List.of(step * length), load.strides()),
              load.indices()));
    }
    List<Long> written =
        join(
            join(List.of(nest.outer()), rowMajor(nest)),
            nest.reduced().stream().map(r -> 0L).toList());
    Access partial = new Access(0, type, first * nest.outer(), written);
    var reduced = new ArrayList<>(nest.reduced());
    reduced.set(0, length);
    return new LoopNest(
        join(List.of(count), nest.parallel()),
        reduced,
        loads,
        List.of(new Store(partial, nest.stores().getFirst().body(), Scalar.arg(0))),
        nest.reduction());
  }

  private static LoopNest combine(LoopNest nest, DType type, long count) {
    Store store = nest.stores().getFirst();
    int axes = nest.parallel().size();
    Access result =
        new Access(
            store.access().operand(),
            store.access().dtype(),
            store.access().offset(),
            join(store.access().strides().subList(0, axes), List.of(0L)));
    Access partial = new Access(0, type, 0, join(rowMajor(nest), List.of(nest.outer())));
    return new LoopNest(
        nest.parallel(),
        List.of(count),
        List.of(partial),
        List.of(new Store(result, Scalar.arg(0), store.epilogue())),
        nest.reduction());
  }
}
