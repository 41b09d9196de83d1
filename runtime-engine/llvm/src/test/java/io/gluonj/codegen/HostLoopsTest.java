package io.gluonj.codegen;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static io.gluonj.types.DType.FLOAT32;
import static io.gluonj.types.DType.INT64;

import io.gluonj.llvm.Jit;
import io.gluonj.llvm.ObjectCache;
import io.gluonj.op.LoopNest;
import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.LoopNest.Store;
import io.gluonj.op.Scalar;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class HostLoopsTest {
  private final Jit jit = new Jit(ObjectCache.none());

  @AfterEach
  void closeJit() {
    jit.close();
  }

  private static Access floats(int operand, long... strides) {
    return new Access(operand, FLOAT32, 0, list(strides));
  }

  private static List<Long> list(long... values) {
    return LongStream.of(values).boxed().toList();
  }

  private static LoopNest map(List<Long> extents, Scalar body, Access store, Access... loads) {
    return new LoopNest(
        extents,
        List.of(),
        Arrays.asList(loads),
        List.of(new Store(store, body, Scalar.arg(0))),
        Reduction.NONE);
  }

  private static LoopNest reduce(
      Reduction reduction, List<Long> parallel, List<Long> reduced, Access load, Access store) {
    return new LoopNest(
        parallel,
        reduced,
        List.of(load),
        List.of(new Store(store, Scalar.arg(0), Scalar.arg(0))),
        reduction);
  }

  /** Whether the optimized code computes on vectors of floats. */
  private void assertVectorized(String what, LoopNest nest) {
    String optimized = jit.optimized(HostLoops.of(nest, nest.loads().size()).ir());
    assertWithMessage(what).that(optimized).containsMatch("<\\d+ x float>");
  }

  @ParameterizedTest
  @EnumSource(Fn.class)
  void everyFunctionOfFloatsIsVectorized(Fn fn) {
    Scalar body = new Scalar.Unary(fn, Scalar.arg(0));
    assertVectorized(fn.toString(), map(list(10_000), body, floats(0, 1), floats(0, 1)));
  }

  @ParameterizedTest
  @EnumSource(Fn2.class)
  void everyFunctionOfTwoFloatsIsVectorized(Fn2 fn) {
    Scalar body = new Scalar.Binary(fn, Scalar.arg(0), Scalar.arg(1));
    assertVectorized(
        fn.toString(), map(list(10_000), body, floats(0, 1), floats(0, 1), floats(1, 1)));
  }

  @ParameterizedTest
  @EnumSource(value = Reduction.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void reductionsAreVectorizedAlongRowsAndColumns(Reduction reduction) {
    assertVectorized(
        reduction + " of rows",
        reduce(reduction, list(64), list(992), floats(0, 992, 1), floats(0, 1, 0)));
    assertVectorized(
        reduction + " of columns",
        reduce(reduction, list(992), list(64), floats(0, 1, 992), floats(0, 1, 0)));
    assertVectorized(
        reduction + " of channels",
        reduce(reduction, list(20), list(64, 576), floats(0, 576, 11520, 1), floats(0, 1, 0, 0)));
  }

  @Test
  void randomNumbersAreVectorized() {
    Access key = new Access(0, INT64, 0, list(0));
    String ir =
        HostLoops.of(map(list(10_000), new Scalar.Uniform(0, 3), floats(0, 1), key), 1).ir();

    assertThat(jit.optimized(ir)).containsMatch("mul <\\d+ x i64>|mul nuw <\\d+ x i64>");
  }

  @Test
  void contiguousAxesBecomeOne() {
    LoopNest cube = map(list(3, 1, 50, 70), Scalar.arg(0), cubeAccess(), cubeAccess());
    LoopNest line = map(list(10_500), Scalar.arg(0), floats(0, 1), floats(0, 1));

    assertThat(HostLoops.of(cube, 1).ir()).isEqualTo(HostLoops.of(line, 1).ir());
  }

  /** What a step over a batch is made of. */
  private static Stream<Arguments> nestsOfBatches() {
    Scalar relu = new Scalar.Binary(Fn2.MAX, Scalar.arg(0), new Scalar.Const(0));
    return Stream.of(
        nests("whole", n -> map(list(n, 500), relu, floats(0, 500, 1), floats(0, 500, 1))),
        nests("bias", n -> map(list(n, 20, 9), relu, floats(0, 180, 9, 1), floats(0, 0, 1, 0))),
        nests(
            "transposed",
            n -> map(list(n, 20, 9), relu, floats(0, 180, 9, 1), floats(0, 180, 1, 20))),
        nests(
            "rows",
            n -> reduce(Reduction.SUM, list(n), list(10), floats(0, 10, 1), floats(0, 1, 0))),
        nests(
            "columns",
            n -> reduce(Reduction.SUM, list(500), list(n), floats(0, 1, 500), floats(0, 1, 0))),
        nests(
            "channels",
            n ->
                reduce(
                    Reduction.SUM,
                    list(20),
                    list(n, 40),
                    floats(0, 40, 800, 1),
                    floats(0, 1, 0, 0))),
        nests("total", n -> reduce(Reduction.MAX, list(), list(n), floats(0, 1), floats(0, 0))),
        nests("mean", HostLoopsTest::mean));
  }

  private static LoopNest mean(long n) {
    Scalar divided = new Scalar.Binary(Fn2.DIV, Scalar.arg(0), new Scalar.Const(n));
    Store store = new Store(floats(0, 0), Scalar.arg(0), divided);
    return new LoopNest(List.of(), list(n), List.of(floats(0, 1)), List.of(store), Reduction.SUM);
  }

  private static Arguments nests(String what, LongFunction<LoopNest> ofBatch) {
    return Arguments.of(what, ofBatch);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nestsOfBatches")
  void batchesOfOtherSizesHaveTheSameText(String what, LongFunction<LoopNest> ofBatch) {
    HostLoops many = HostLoops.of(ofBatch.apply(64), 1);
    for (long n : new long[] {17, 37, 63, 1000}) {
      HostLoops few = HostLoops.of(ofBatch.apply(n), 1);
      assertWithMessage("%s of %s", what, n).that(few.ir()).isEqualTo(many.ir());
      assertWithMessage("%s of %s is told something else", what, n)
          .that(few.units() != many.units() || few.extent() != many.extent())
          .isTrue();
    }
  }

  @Test
  void longReductionsOverBatchesOfSimilarSizesHaveTheSameText() {
    LongFunction<SplitReduction> split =
        n ->
            SplitReduction.of(
                    reduce(
                        Reduction.SUM, list(20), list(n * 576), floats(0, 1, 20), floats(0, 1, 0)))
                .orElseThrow();

    for (long n : new long[] {57, 60, 63}) {
      assertThat(HostLoops.parts(split.apply(n), 1).ir())
          .isEqualTo(HostLoops.parts(split.apply(64), 1).ir());
      assertThat(HostLoops.of(split.apply(n).combine(), 1).ir())
          .isEqualTo(HostLoops.of(split.apply(64).combine(), 1).ir());
    }
  }

  private static Access cubeAccess() {
    return floats(0, 3500, 3500, 70, 1);
  }

  @Test
  void axesWhosePositionIsReadStayApart() {
    Scalar body = Scalar.arg(0).plus(new Scalar.Iota(2));
    LoopNest nest = map(list(3, 1, 50, 70), body, cubeAccess(), cubeAccess());
    Space space = Space.of(nest, Uses.of(nest));

    assertThat(space.parallel().stream().map(Space.Axis::extent).toList())
        .containsExactly(3L, 50L, 70L)
        .inOrder();
  }

  @Test
  void nestsWithoutPositionsHaveNoUnits() {
    assertThat(
            HostLoops.of(map(list(0, 5), Scalar.arg(0), floats(0, 5, 1), floats(0, 5, 1)), 1)
                .units())
        .isEqualTo(0);
  }

  @Test
  void loopsThatMayWriteInPlaceNeedNoCheckWhetherTheyDo() {
    LoopNest nest =
        map(
            list(10_000),
            Scalar.arg(0).times(Scalar.arg(1)),
            floats(0, 1),
            floats(0, 1),
            floats(1, 0));
    String optimized = jit.optimized(HostLoops.of(nest, 2).ir());

    assertThat(optimized).containsMatch("<\\d+ x float>");
    assertThat(optimized).doesNotContain("memcheck");
  }

  @Test
  void termsThatOccurTwiceAreComputedOnce() {
    Scalar root = Scalar.arg(0).map(Fn.SQRT);
    Scalar sum = root.plus(root.times(root)).plus(root);
    String ir = HostLoops.of(map(list(100), sum, floats(0, 1), floats(0, 1)), 1).ir();

    assertThat(ir.split("call float @llvm.sqrt", -1)).hasLength(2);
  }

  @Test
  void longReductionsAreCutByExtentsAlone() {
    LoopNest total = reduce(Reduction.SUM, List.of(), list(1_000_003), floats(0, 1), floats(0, 0));
    SplitReduction split = SplitReduction.of(total).orElseThrow();

    long length = split.parts().inner();
    assertThat(split.extent()).isEqualTo(1_000_003);
    assertThat(split.parts().outer()).isEqualTo((1_000_003 + length - 1) / length);
    assertThat(split.combine().inner()).isEqualTo(split.parts().outer());
    assertThat(split.combine().inner()).isGreaterThan(8);
    assertThat(split.scratchBytes()).isEqualTo(4 * split.combine().inner());
    assertThat(
            SplitReduction.of(
                reduce(Reduction.SUM, list(64), list(992), floats(0, 992, 1), floats(0, 1, 0))))
        .isEmpty();
  }
}
