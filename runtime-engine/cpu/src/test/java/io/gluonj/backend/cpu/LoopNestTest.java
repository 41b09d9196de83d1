package io.gluonj.backend.cpu;

import static io.gluonj.backend.cpu.Comparison.access;
import static io.gluonj.backend.cpu.Comparison.longs;
import static io.gluonj.backend.cpu.Comparison.map;
import static io.gluonj.types.DType.FLOAT32;
import static io.gluonj.types.DType.FLOAT64;

import io.gluonj.op.LoopNest;
import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.LoopNest.Store;
import io.gluonj.op.Scalar;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.types.DType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All forms of loop nests at sizes that reach all ways of walking them. */
final class LoopNestTest {
  private final Comparison comparison = new Comparison(5, 1e-6);

  private static long product(List<Long> extents) {
    return extents.stream().reduce(1L, Math::multiplyExact);
  }

  private static long[] rowMajor(List<Long> extents) {
    long[] strides = new long[extents.size()];
    long step = 1;
    for (int i = strides.length - 1; i >= 0; i--) {
      strides[i] = step;
      step *= extents.get(i);
    }
    return strides;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 15, 16, 17, 1023, 2047, 2048, 2049, 4097, 100_003})
  void tanhOfProductAndSum(long n) {
    Scalar body = Scalar.arg(0).times(Scalar.arg(1)).plus(Scalar.arg(2)).map(Fn.TANH);
    List<Access> loads =
        List.of(access(0, FLOAT32, 0, 1), access(1, FLOAT32, 0, 1), access(2, FLOAT32, 0, 1));
    comparison.nest(map(longs(n), loads, access(0, FLOAT32, 0, 1), body), longs(n, n, n), n);
  }

  @Test
  void biasIsAddedToRowsAndToChannels() {
    Scalar sum = Scalar.arg(0).plus(Scalar.arg(1));
    comparison.nest(
        map(
            longs(97, 10),
            List.of(access(0, FLOAT32, 0, 10, 1), access(1, FLOAT32, 0, 0, 1)),
            access(0, FLOAT32, 0, 10, 1),
            sum),
        longs(970, 10),
        970);
    comparison.nest(
        map(
            longs(16, 20, 24, 24),
            List.of(access(0, FLOAT32, 0, 20 * 576, 576, 24, 1), access(1, FLOAT32, 0, 0, 1, 0, 0)),
            access(0, FLOAT32, 0, 20 * 576, 576, 24, 1),
            sum),
        longs(16 * 20 * 576, 20),
        16 * 20 * 576);
  }

  @Test
  void longRowsAreCutIntoBlocks() {
    comparison.nest(
        map(
            longs(3, 5001),
            List.of(access(0, FLOAT32, 0, 5001, 1), access(1, FLOAT32, 0, 1, 0)),
            access(0, FLOAT32, 0, 5001, 1),
            Scalar.arg(0).times(Scalar.arg(1))),
        longs(3 * 5001, 3),
        3 * 5001);
  }

  @Test
  void axesArePermutedReversedAndSkipped() {
    comparison.nest(
        map(
            longs(7, 5, 3, 9),
            List.of(access(0, FLOAT32, 0, 1, 7 * 9, 7 * 9 * 5, 7)),
            access(0, FLOAT32, 0, 135, 27, 9, 1),
            Scalar.arg(0)),
        longs(945),
        945);
    comparison.nest(
        map(
            longs(40, 30),
            List.of(access(0, FLOAT32, 79 * 60, -60, 2)),
            access(0, FLOAT32, 0, 30, 1),
            Scalar.arg(0)),
        longs(80 * 60),
        1200);
    comparison.nest(
        map(
            longs(300, 200),
            List.of(access(0, FLOAT32, 0, 200, 1)),
            access(0, FLOAT32, 0, 1, 300),
            Scalar.arg(0)),
        longs(60_000),
        60_000);
  }

  @Test
  void positionsAreNumbers() {
    Scalar body =
        new Scalar.Iota(0).times(100).plus(new Scalar.Iota(2)).plus(new Scalar.Iota(1).times(0.5));
    comparison.nest(
        map(longs(5, 1, 7), List.of(), access(0, FLOAT32, 0, 7, 7, 1), body), longs(), 35);
    comparison.nest(
        new LoopNest(
            longs(6),
            longs(4, 5),
            List.of(access(0, FLOAT32, 0, 20, 5, 1)),
            List.of(
                new Store(
                    access(0, FLOAT32, 0, 1, 0, 0),
                    Scalar.arg(0).times(new Scalar.Iota(1)).plus(new Scalar.Iota(2)),
                    Scalar.arg(0).plus(new Scalar.Iota(0)))),
            Reduction.SUM),
        longs(120),
        6);
  }

  @Test
  void severalResultsAreStored() {
    LoopNest nest =
        new LoopNest(
            longs(1000),
            List.of(),
            List.of(access(0, FLOAT32, 0, 1)),
            List.of(
                new Store(access(0, FLOAT32, 0, 2), Scalar.arg(0).map(Fn.EXP), Scalar.arg(0)),
                new Store(access(0, FLOAT32, 1, 2), Scalar.arg(0).map(Fn.SIN), Scalar.arg(0))),
            Reduction.NONE);
    comparison.nest(nest, longs(1000), 2000);
  }

  /** A reduction of a row-major tensor over some of its axes. */
  private record Case(List<Long> extents, List<Integer> reduced, DType type) {
    LoopNest nest(Reduction reduction, Scalar body, Scalar epilogue) {
      long[] steps = rowMajor(extents);
      List<Integer> kept =
          java.util.stream.IntStream.range(0, extents.size())
              .filter(i -> !reduced.contains(i))
              .boxed()
              .toList();
      List<Long> parallel = kept.stream().map(extents::get).toList();
      long[] load =
          Stream.concat(kept.stream(), reduced.stream()).mapToLong(i -> steps[i]).toArray();
      long[] store = Arrays.copyOf(rowMajor(parallel), extents.size());
      return new LoopNest(
          parallel,
          reduced.stream().map(extents::get).toList(),
          List.of(access(0, type, 0, load)),
          List.of(new Store(access(0, type, 0, store), body, epilogue)),
          reduction);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 7, 300})
  void scansWriteEveryStep(long columns) {
    Comparison comparison = new Comparison(5, 5e-6); // a step rounds
    List<Access> rows = List.of(access(0, FLOAT32, 0, 70, 1));
    Store row = new Store(access(0, FLOAT32, 0, 70, 1), Scalar.arg(0), Scalar.arg(0).times(0.5));
    comparison.nest(
        new LoopNest(longs(columns), longs(70), rows, List.of(row), Reduction.SUM),
        longs(70 * columns),
        70 * columns);
    Access last = access(0, FLOAT32, 69 * columns, 1, -columns);
    Store column = new Store(last, Scalar.arg(0), Scalar.arg(0));
    comparison.nest(
        new LoopNest(longs(columns), longs(70), List.of(last), List.of(column), Reduction.MAX),
        longs(70 * columns),
        70 * columns);
  }

  @TestFactory
  Stream<DynamicTest> reductionsOfAllForms() {
    List<Case> cases =
        List.of(
            new Case(longs(64, 992), List.of(1), FLOAT32),
            new Case(longs(64, 10), List.of(0), FLOAT32),
            new Case(longs(64, 10), List.of(1), FLOAT32),
            new Case(longs(1000, 777), List.of(0), FLOAT32),
            new Case(longs(8, 20, 24, 24), List.of(0, 2, 3), FLOAT32),
            new Case(longs(4, 3, 100, 100), List.of(0, 2, 3), FLOAT32),
            new Case(longs(4, 21, 50), List.of(1), FLOAT32),
            new Case(longs(4, 3, 5, 6), List.of(1, 3), FLOAT32),
            new Case(longs(100_003), List.of(0), FLOAT32),
            new Case(longs(100_003, 2), List.of(0), FLOAT32),
            new Case(longs(317, 331), List.of(0, 1), FLOAT64),
            new Case(longs(1, 1), List.of(1), FLOAT32),
            new Case(longs(5, 0), List.of(1), FLOAT32),
            new Case(longs(0, 5), List.of(1), FLOAT32),
            new Case(longs(0, 5), List.of(0), FLOAT32),
            new Case(longs(1), List.of(0), FLOAT64));
    return cases.stream()
        .flatMap(c ->
            Stream.of(Reduction.SUM, Reduction.MAX, Reduction.MIN, Reduction.PROD)
                .map(r ->
                    DynamicTest.dynamicTest(
                        r + " of " + c.extents() + " over " + c.reduced(), () -> reduce(c, r))));
  }

  private static void reduce(Case c, Reduction reduction) {
    long results =
        product(c.extents())
            / Math.max(1, product(c.reduced().stream().map(c.extents()::get).toList()));
    if (product(c.extents()) == 0) {
      results =
          java.util.stream.IntStream.range(0, c.extents().size())
              .filter(i -> !c.reduced().contains(i))
              .mapToLong(c.extents()::get)
              .reduce(1, (a, b) -> a * b);
    }
    // a product rounds at every factor; many of them must neither vanish nor explode
    Comparison comparison = new Comparison(6, reduction == Reduction.PROD ? 2e-4 : 5e-6);
    if (reduction == Reduction.PROD) {
      comparison.range(0.9995, 1.0005);
    }
    Scalar body = reduction == Reduction.SUM ? Scalar.arg(0).times(Scalar.arg(0)) : Scalar.arg(0);
    LoopNest nest = c.nest(reduction, body, Scalar.arg(0).times(0.5).plus(1));
    comparison.nest(nest, longs(product(c.extents())), results);
  }
}
