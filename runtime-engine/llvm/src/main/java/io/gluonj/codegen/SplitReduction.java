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
 * @param parts a nest that writes partial values: its inputs are the operator's, output 0 is the
 *     scratch memory; its first axis counts the parts, its first reduced axis is as long as all of
 *     them but the last
 * @param extent of the reduced axis that is cut, where the last part ends
 * @param combine reduces the partial values, its input 0, and writes the operator's outputs
 * @param scratchBytes size of the partial values
 */
public record SplitReduction(LoopNest parts, long extent, LoopNest combine, long scratchBytes) {
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
    long units = HostWalk.of(nest, space).units();
    if (space.reduced().isEmpty() || units >= ENOUGH_UNITS || positions < 2 * SMALLEST_PART) {
      return Optional.empty();
    }
    long extent = space.reduced().getFirst().extent();
    long wanted = Math.min(PARTS / units, positions / SMALLEST_PART);
    long length = powerOfTwo((extent + wanted - 1) / wanted);
    return length >= extent ? Optional.empty() : Optional.of(cut(space.apply(nest), length));
  }

  /** The least power of 2 that is not below: extents that are near each other are cut alike. */
  private static long powerOfTwo(long length) {
    return length <= 1 ? 1 : Long.highestOneBit(length - 1) << 1;
  }

  private static SplitReduction cut(LoopNest nest, long length) {
    DType type = nest.compute();
    long extent = nest.reduced().getFirst();
    long count = (extent + length - 1) / length;
    return new SplitReduction(
        parts(nest, type, count, length),
        extent,
        combine(nest, type, count),
        count * nest.outer() * type.bytes());
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

  private static LoopNest parts(LoopNest nest, DType type, long count, long length) {
    int axis = nest.parallel().size();
    var loads = new ArrayList<Access>();
    for (Access load : nest.loads()) {
      long step = load.strides().get(axis);
      loads.add(
          new Access(
              load.operand(),
              load.dtype(),
              load.offset(),
              join(List.of(step * length), load.strides()),
              load.indices()));
    }
    List<Long> written =
        join(
            join(List.of(nest.outer()), rowMajor(nest)),
            nest.reduced().stream().map(r -> 0L).toList());
    Access partial = new Access(0, type, 0, written);
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
