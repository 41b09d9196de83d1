package io.gluonj.backend.cuda;

import static io.gluonj.types.DType.BFLOAT16;
import static io.gluonj.types.DType.BOOL;
import static io.gluonj.types.DType.FLOAT16;
import static io.gluonj.types.DType.FLOAT32;
import static io.gluonj.types.DType.FLOAT64;
import static io.gluonj.types.DType.INT32;
import static io.gluonj.types.DType.INT64;
import static io.gluonj.types.DType.INT8;
import static io.gluonj.types.DType.UINT8;

import io.gluonj.op.LoopNest;
import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Bounds;
import io.gluonj.op.LoopNest.Index;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.LoopNest.Store;
import io.gluonj.op.Scalar;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Iota;
import io.gluonj.op.Scalar.Uniform;
import io.gluonj.types.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Loop nests that together reach every way of walking them. */
final class NestTable {
  /**
   * One nest with the numbers of elements of its operands.
   *
   * @param common whether kernels like this are what training spends its time with
   */
  record Case(String name, LoopNest nest, List<Long> inputs, List<Long> outputs, boolean common) {
    /** Positions in all: how long it takes to interpret. */
    long positions() {
      return nest.outer() * Math.max(1, nest.inner());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final Scalar X = Scalar.arg(0);
  private static final Scalar Y = Scalar.arg(1);

  private NestTable() {}

  static List<Long> longs(long... values) {
    return LongStream.of(values).boxed().toList();
  }

  static Access access(int operand, DType type, long offset, long... strides) {
    return new Access(operand, type, offset, longs(strides));
  }

  static LoopNest map(List<Long> extents, List<Access> loads, Access store, Scalar body) {
    return new LoopNest(
        extents, List.of(), loads, List.of(new Store(store, body, X)), Reduction.NONE);
  }

  /** Row-major steps. */
  static long[] rowMajor(List<Long> extents) {
    long[] strides = new long[extents.size()];
    long step = 1;
    for (int i = strides.length - 1; i >= 0; i--) {
      strides[i] = step;
      step *= extents.get(i);
    }
    return strides;
  }

  /** A reduction of a row-major tensor over some of its axes. */
  static LoopNest reduce(
      Reduction reduction, DType type, Scalar body, List<Long> extents, Integer... over) {
    List<Integer> reduced = Arrays.asList(over);
    long[] steps = rowMajor(extents);
    List<Integer> kept =
        IntStream.range(0, extents.size()).filter(i -> !reduced.contains(i)).boxed().toList();
    List<Long> parallel = kept.stream().map(extents::get).toList();
    long[] load =
        IntStream.concat(kept.stream().mapToInt(i -> i), reduced.stream().mapToInt(i -> i))
            .mapToLong(i -> steps[i])
            .toArray();
    long[] store = Arrays.copyOf(rowMajor(parallel), extents.size());
    return new LoopNest(
        parallel,
        reduced.stream().map(extents::get).toList(),
        List.of(access(0, type, 0, load)),
        List.of(new Store(access(0, type, 0, store), body, X.times(0.5).plus(1))),
        reduction);
  }

  private static long product(List<Long> extents) {
    return extents.stream().reduce(1L, Math::multiplyExact);
  }

  private static Case add(String name, boolean common, DType type, long n) {
    return new Case(
        name,
        map(
            longs(n),
            List.of(access(0, type, 0, 1), access(1, type, 0, 1)),
            access(0, type, 0, 1),
            X.plus(Y)),
        longs(n, n),
        longs(n),
        common);
  }

  private static List<Case> maps() {
    var cases = new ArrayList<Case>();
    for (long n : new long[] {1, 3, 4, 1024, 1027, 100_003}) {
      cases.add(add("add " + n, true, FLOAT32, n));
    }
    for (DType type : DType.values()) {
      cases.add(add("add of " + type, false, type, 517));
      cases.add(add("add of even " + type, true, type, 512));
    }
    cases.add(add("add of very many", true, FLOAT32, 3_000_000_001L));
    cases.add(
        new Case(
            "scalar",
            map(longs(), List.of(access(0, FLOAT32, 3)), access(0, FLOAT32, 2), X),
            longs(5),
            longs(4),
            true));
    cases.add(
        new Case(
            "nothing",
            map(longs(0, 5), List.of(access(0, FLOAT32, 0, 5, 1)), access(0, FLOAT32, 0, 5, 1), X),
            longs(0),
            longs(0),
            true));
    cases.add(
        new Case(
            "bias of rows",
            map(
                longs(97, 10),
                List.of(access(0, FLOAT32, 0, 10, 1), access(1, FLOAT32, 0, 0, 1)),
                access(0, FLOAT32, 0, 10, 1),
                X.plus(Y)),
            longs(970, 10),
            longs(970),
            true));
    cases.add(
        new Case(
            "bias of channels",
            map(
                longs(3, 20, 24, 24),
                List.of(
                    access(0, FLOAT32, 0, 20 * 576, 576, 24, 1), access(1, FLOAT32, 0, 0, 1, 0, 0)),
                access(0, FLOAT32, 0, 20 * 576, 576, 24, 1),
                X.plus(Y).with(Scalar.Fn2.MAX, Scalar.of(0))),
            longs(3 * 20 * 576, 20),
            longs(3 * 20 * 576),
            true));
    cases.add(
        new Case(
            "permuted",
            map(
                longs(7, 5, 3, 9),
                List.of(access(0, FLOAT32, 0, 1, 7 * 9, 7 * 9 * 5, 7)),
                access(0, FLOAT32, 0, 135, 27, 9, 1),
                X),
            longs(945),
            longs(945),
            true));
    cases.add(
        new Case(
            "reversed and skipped",
            map(
                longs(40, 30),
                List.of(access(0, FLOAT32, 79 * 60, -60, 2)),
                access(0, FLOAT32, 0, 30, 1),
                X),
            longs(80 * 60),
            longs(1200),
            true));
    cases.add(
        new Case(
            "stored with an offset",
            map(
                longs(6, 8), List.of(access(0, FLOAT16, 4, 8, 1)),
                access(0, FLOAT32, 12, 16, 1), X.times(3)),
            longs(52),
            longs(12 + 5 * 16 + 8),
            true));
    cases.add(
        new Case(
            "positions",
            map(
                longs(5, 1, 8),
                List.of(),
                access(0, FLOAT32, 0, 8, 8, 1),
                new Iota(0).times(100).plus(new Iota(2)).plus(new Iota(1).times(0.5))),
            longs(),
            longs(40),
            true));
    cases.add(
        new Case(
            "random numbers",
            map(
                longs(6, 50),
                List.of(access(0, INT64, 0, 0, 0)),
                access(0, FLOAT32, 0, 50, 1),
                new Uniform(0, 3)),
            longs(2),
            longs(300),
            true));
    cases.add(
        new Case(
            "dropout",
            map(
                longs(1000),
                List.of(access(0, FLOAT32, 0, 1), access(1, INT64, 0, 0)),
                access(0, FLOAT32, 0, 1),
                new Uniform(1, 1).with(Scalar.Fn2.LT, Scalar.of(0.7)).times(X.times(1 / 0.7))),
            longs(1000, 2),
            longs(1000),
            true));
    cases.add(
        new Case(
            "two results",
            new LoopNest(
                longs(1000),
                List.of(),
                List.of(access(0, FLOAT32, 0, 1)),
                List.of(
                    new Store(access(0, FLOAT32, 0, 2), X.map(Fn.EXP), X),
                    new Store(access(1, FLOAT32, 1, 1), X.map(Fn.SIN), X)),
                Reduction.NONE),
            longs(1000),
            longs(1999, 1001),
            true));
    cases.add(
        new Case(
            "rows looked up",
            map(
                longs(9, 12),
                List.of(
                    new Access(
                        0, FLOAT32, 0, longs(0, 1), List.of(new Index(Y, 12, 7, Bounds.CLIP))),
                    access(1, INT32, 0, 1, 0)),
                access(0, FLOAT32, 0, 12, 1),
                X),
            longs(84, 9),
            longs(108),
            true));
    cases.add(
        new Case(
            "shifted over the edge",
            map(
                longs(5, 16),
                List.of(
                    new Access(
                        0,
                        FLOAT32,
                        0,
                        longs(16, 0),
                        List.of(new Index(new Iota(1).minus(3), 1, 16, Bounds.ZERO)))),
                access(0, FLOAT32, 0, 16, 1),
                X),
            longs(80),
            longs(80),
            true));
    cases.add(
        new Case(
            "comparison",
            map(
                longs(77), List.of(access(0, FLOAT16, 0, 1), access(1, BFLOAT16, 0, 1)),
                access(0, BOOL, 0, 1), X.with(Scalar.Fn2.GT, Y)),
            longs(77, 77),
            longs(77),
            true));
    cases.add(
        new Case(
            "integers to doubles",
            map(
                longs(64), List.of(access(0, UINT8, 0, 1), access(1, INT8, 0, 1)),
                access(0, FLOAT64, 0, 1), X.over(Y.plus(200))),
            longs(64, 64),
            longs(64),
            true));
    return cases;
  }

  private static Case reduction(
      Reduction reduction, DType type, List<Long> extents, Integer... over) {
    Scalar body = reduction == Reduction.SUM ? X.times(X) : X;
    LoopNest nest = reduce(reduction, type, body, extents, over);
    return new Case(
        "%s of %s %s over %s".formatted(reduction, type, extents, Arrays.asList(over)),
        nest,
        longs(product(extents)),
        longs(nest.outer()),
        true);
  }

  private static List<Case> reductions() {
    var cases = new ArrayList<Case>();
    for (Reduction reduction : Reduction.values()) {
      if (reduction == Reduction.NONE) {
        continue;
      }
      for (DType type : List.of(FLOAT32, FLOAT64)) {
        cases.add(reduction(reduction, type, longs(64, 992), 1));
        cases.add(reduction(reduction, type, longs(37, 3), 1));
        cases.add(reduction(reduction, type, longs(37, 10), 1));
        cases.add(reduction(reduction, type, longs(3, 5001), 1));
        cases.add(reduction(reduction, type, longs(64, 10), 0));
        cases.add(reduction(reduction, type, longs(500, 77), 0));
        cases.add(reduction(reduction, type, longs(4, 21, 50), 1));
        cases.add(reduction(reduction, type, longs(4, 3, 5, 6), 1, 3));
        cases.add(reduction(reduction, type, longs(2, 3, 100, 100), 0, 2, 3));
        cases.add(reduction(reduction, type, longs(100_003), 0));
        cases.add(reduction(reduction, type, longs(20_003, 2), 0));
        cases.add(reduction(reduction, type, longs(40, 50), 0, 1));
        cases.add(reduction(reduction, type, longs(1, 1), 1));
        cases.add(reduction(reduction, type, longs(5, 0), 1));
        cases.add(reduction(reduction, type, longs(0, 5), 0));
      }
    }
    cases.add(reduction(Reduction.SUM, FLOAT16, longs(64, 2048), 1));
    cases.add(reduction(Reduction.MAX, INT32, longs(64, 100), 0));
    cases.add(reduction(Reduction.SUM, FLOAT32, longs(1 << 20, 4096), 1));
    cases.add(reduction(Reduction.SUM, FLOAT32, longs(4096, 1 << 20), 0));
    cases.add(reduction(Reduction.SUM, FLOAT32, longs(3_000_000_001L), 0));
    for (long rows : new long[] {6, 1}) {
      cases.add(
          new Case(
              "positions reduced to " + rows,
              new LoopNest(
                  longs(rows),
                  longs(40, 500),
                  List.of(access(0, FLOAT32, 0, 20_000, 500, 1)),
                  List.of(
                      new Store(
                          access(0, FLOAT32, 0, 1, 0, 0),
                          X.times(new Iota(1)).plus(new Iota(2)).plus(new Iota(0)),
                          X.plus(new Iota(0)))),
                  Reduction.SUM),
              longs(20_000 * rows),
              longs(rows),
              true));
    }
    cases.add(
        new Case(
            "random numbers after a reduction",
            new LoopNest(
                longs(3),
                longs(50_000),
                List.of(access(0, FLOAT32, 0, 50_000, 1), access(1, INT64, 0, 0, 0)),
                List.of(new Store(access(0, FLOAT32, 0, 1, 0), X, X.plus(new Uniform(1, 2)))),
                Reduction.MAX),
            longs(150_000, 2),
            longs(3),
            true));
    return cases;
  }

  /** The last axis step by step, and the first one from its end. */
  private static List<Case> scans() {
    Store forward = new Store(access(0, FLOAT32, 0, 70, 1), X.times(X), X.times(0.5));
    Store backward = new Store(access(0, FLOAT32, 272 * 70, 1, -70), X, X);
    return List.of(
        new Case(
            "running sum",
            new LoopNest(
                longs(273),
                longs(70),
                List.of(access(0, FLOAT32, 0, 70, 1)),
                List.of(forward),
                Reduction.SUM),
            longs(273 * 70),
            longs(273 * 70),
            true),
        new Case(
            "running maximum from the end",
            new LoopNest(
                longs(70),
                longs(273),
                List.of(access(0, FLOAT32, 272 * 70, 1, -70)),
                List.of(backward),
                Reduction.MAX),
            longs(273 * 70),
            longs(273 * 70),
            true));
  }

  /** All of them. */
  static List<Case> cases() {
    var all = new ArrayList<>(maps());
    all.addAll(scans());
    all.addAll(reductions());
    return all;
  }
}
