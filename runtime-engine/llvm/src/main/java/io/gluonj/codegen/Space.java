package io.gluonj.codegen;

import io.gluonj.op.LoopNest;
import io.gluonj.op.LoopNest.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The iteration space of a nest with as few axes as possible: those of extent 1 are dropped, and
 * neighbours merged where that is one step for every access, so that inner loops are long.
 */
record Space(List<Axis> parallel, List<Axis> reduced) {
  /** The axis has no number that an expression reads. */
  private static final int NONE = -1;

  private static final long FEW = 16;

  /**
   * One axis.
   *
   * @param loads step of each load in elements
   * @param stores step of each store in elements
   * @param linear step of the row-major position among the parallel axes
   * @param iota number of the nest's axis if an expression reads the position along it, else -1
   */
  record Axis(long extent, List<Long> loads, List<Long> stores, long linear, int iota) {
    /** An axis of one position. */
    static Axis single(LoopNest nest) {
      return new Axis(
          1,
          nest.loads().stream().map(l -> 0L).toList(),
          nest.stores().stream().map(s -> 0L).toList(),
          0,
          NONE);
    }

    /** How many loads step over elements. */
    long scattered() {
      return loads.stream().filter(s -> s != 0 && s != 1).count();
    }

    private boolean continues(Axis inner) {
      return iota == NONE
          && inner.iota == NONE
          && continues(loads, inner.loads, inner.extent)
          && continues(stores, inner.stores, inner.extent)
          && linear == inner.linear * inner.extent;
    }

    private static boolean continues(List<Long> outer, List<Long> inner, long extent) {
      return IntStream.range(0, outer.size()).allMatch(i -> outer.get(i) == inner.get(i) * extent);
    }

    private Axis merged(Axis inner) {
      return new Axis(extent * inner.extent, inner.loads, inner.stores, inner.linear, NONE);
    }
  }

  static Space of(LoopNest nest, Uses uses) {
    int parallel = nest.parallel().size();
    long[] linear = new long[nest.rank()];
    long step = uses.random() ? 1 : 0;
    for (int i = parallel - 1; i >= 0; i--) {
      linear[i] = step;
      step *= nest.parallel().get(i);
    }
    return new Space(
        axes(nest, uses, linear, 0, parallel), axes(nest, uses, linear, parallel, nest.rank()));
  }

  /** The space of a nest that is not positional, axis by axis. */
  static Space unmerged(LoopNest nest) {
    List<Axis> axes =
        IntStream.range(0, nest.rank())
            .mapToObj(at ->
                new Axis(
                    at < nest.parallel().size()
                        ? nest.parallel().get(at)
                        : nest.reduced().get(at - nest.parallel().size()),
                    nest.loads().stream().map(l -> l.strides().get(at)).toList(),
                    nest.stores().stream().map(s -> s.access().strides().get(at)).toList(),
                    0,
                    NONE))
            .toList();
    return new Space(
        axes.subList(0, nest.parallel().size()), axes.subList(nest.parallel().size(), nest.rank()));
  }

  private static List<Axis> axes(LoopNest nest, Uses uses, long[] linear, int from, int to) {
    var axes = new ArrayList<Axis>();
    for (int i = from; i < to; i++) {
      int at = i;
      int parallel = nest.parallel().size();
      long extent = i < parallel ? nest.parallel().get(i) : nest.reduced().get(i - parallel);
      if (extent == 1) {
        continue;
      }
      Axis axis =
          new Axis(
              extent,
              // what is not read must not keep axes apart
              IntStream.range(0, nest.loads().size())
                  .mapToObj(
                      l -> uses.loads().contains(l) ? nest.loads().get(l).strides().get(at) : 0L)
                  .toList(),
              nest.stores().stream().map(s -> s.access().strides().get(at)).toList(),
              linear[i],
              uses.iotas().contains(i) ? i : NONE);
      if (!axes.isEmpty() && axes.getLast().continues(axis)) {
        axes.add(axes.removeLast().merged(axis));
      } else {
        axes.add(axis);
      }
    }
    return List.copyOf(axes);
  }

  /**
   * Whether neighbouring columns, positions of the innermost parallel axis, are better reduced side
   * by side than one after another. There is a reduction.
   */
  boolean columnwise() {
    if (parallel.isEmpty()) {
      return false;
    }
    Axis column = parallel.getLast();
    Axis row = reduced.getLast();
    long byColumn = column.scattered();
    long byRow = row.scattered();
    boolean shortRows = row.extent() < FEW && column.extent() > row.extent();
    return byColumn < byRow || (byColumn == byRow && shortRows);
  }

  private static List<Long> extents(List<Axis> axes) {
    return axes.stream().map(Axis::extent).toList();
  }

  /** {@code nest} over this space; its expressions must not read positions. */
  LoopNest apply(LoopNest nest) {
    var loads = new ArrayList<Access>();
    for (int i = 0; i < nest.loads().size(); i++) {
      int at = i;
      loads.add(along(nest.loads().get(i), all().map(a -> a.loads().get(at)).toList()));
    }
    var stores = new ArrayList<LoopNest.Store>();
    for (int i = 0; i < nest.stores().size(); i++) {
      int at = i;
      LoopNest.Store store = nest.stores().get(i);
      Access access = along(store.access(), all().map(a -> a.stores().get(at)).toList());
      stores.add(new LoopNest.Store(access, store.body(), store.epilogue()));
    }
    return new LoopNest(extents(parallel), extents(reduced), loads, stores, nest.reduction());
  }

  private java.util.stream.Stream<Axis> all() {
    return java.util.stream.Stream.concat(parallel.stream(), reduced.stream());
  }

  private static Access along(Access access, List<Long> strides) {
    return new Access(access.operand(), access.dtype(), access.offset(), strides, access.indices());
  }

  /** Number of positions of some axes. */
  static long size(List<Axis> axes) {
    return LongStream.concat(LongStream.of(1), axes.stream().mapToLong(Axis::extent))
        .reduce(1, Math::multiplyExact);
  }
}
