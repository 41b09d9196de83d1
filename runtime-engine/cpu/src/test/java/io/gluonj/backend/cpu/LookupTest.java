package io.gluonj.backend.cpu;

import static com.google.common.truth.Truth.assertThat;
import static io.gluonj.backend.cpu.Comparison.access;
import static io.gluonj.backend.cpu.Comparison.longs;
import static io.gluonj.backend.cpu.Comparison.map;
import static io.gluonj.types.DType.FLOAT32;
import static io.gluonj.types.DType.INT32;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.op.LoopNest;
import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Bounds;
import io.gluonj.op.LoopNest.Index;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.LoopNest.Store;
import io.gluonj.op.Scalar;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.types.DType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Loads whose places are computed, on the CPU against the definition. */
final class LookupTest {
  private static final int ROWS = 5;
  private static final int WIDTH = 7;
  private static final int TAKEN = 40;

  private static Access row(Scalar index, Bounds bounds) {
    return new Access(0, FLOAT32, 0, longs(0, 1), List.of(new Index(index, WIDTH, ROWS, bounds)));
  }

  private static LoopNest rows(DType indexType, Bounds bounds) {
    return map(
        longs(TAKEN, WIDTH),
        List.of(row(Scalar.arg(1), bounds), access(1, indexType, 0, 1, 0)),
        access(0, FLOAT32, 0, WIDTH, 1),
        Scalar.arg(0).times(2));
  }

  @TestFactory
  Stream<DynamicTest> rowsAreLookedUp() {
    return Stream.of(DType.FLOAT32, DType.INT32, DType.INT64, DType.FLOAT64, DType.UINT8)
        .flatMap(type ->
            Stream.of(Bounds.values())
                .map(bounds ->
                    DynamicTest.dynamicTest(
                        type + " " + bounds,
                        () ->
                            new Comparison(11, 0)
                                .range(type == DType.UINT8 ? 0 : -9, 13)
                                .nest(
                                    rows(type, bounds),
                                    longs(ROWS * WIDTH, TAKEN),
                                    (long) TAKEN * WIDTH))));
  }

  @Test
  void placesDependOnPositionsAndOnSeveralIndices() {
    // each row is reversed up to a length of its own
    Scalar column = new Scalar.Iota(1);
    Scalar back = Scalar.arg(1).minus(column).minus(1);
    Scalar source = column.with(Fn2.LT, Scalar.arg(1)).choose(back, column);
    Access reversed =
        new Access(
            0, FLOAT32, 0, longs(WIDTH, 0), List.of(new Index(source, 1, WIDTH, Bounds.CLIP)));
    new Comparison(12, 0)
        .range(0, WIDTH)
        .nest(
            map(
                longs(ROWS, WIDTH),
                List.of(reversed, access(1, INT32, 0, 1, 0)),
                access(0, FLOAT32, 0, WIDTH, 1),
                Scalar.arg(0)),
            longs(ROWS * WIDTH, ROWS),
            ROWS * WIDTH);
    Access point =
        new Access(
            0,
            FLOAT32,
            0,
            longs(0),
            List.of(
                new Index(Scalar.arg(1), WIDTH, ROWS, Bounds.ZERO),
                new Index(Scalar.arg(2), 1, WIDTH, Bounds.ZERO)));
    new Comparison(13, 0)
        .range(-2, 9)
        .nest(
            map(
                longs(TAKEN),
                List.of(point, access(1, INT32, 0, 1), access(2, FLOAT32, 0, 1)),
                access(0, FLOAT32, 0, 1),
                Scalar.arg(0)),
            longs(ROWS * WIDTH, TAKEN, TAKEN),
            TAKEN);
  }

  @Test
  void lookedUpValuesAreReduced() {
    long many = 60_000;
    Access value =
        new Access(
            0,
            FLOAT32,
            0,
            longs(0),
            List.of(new Index(Scalar.arg(1), 1, ROWS * WIDTH, Bounds.WRAP)));
    new Comparison(14, 1e-5)
        .range(-50, 50)
        .nest(
            new LoopNest(
                List.of(),
                longs(many),
                List.of(value, access(1, INT32, 0, 1)),
                List.of(new Store(access(0, FLOAT32, 0, 0), Scalar.arg(0), Scalar.arg(0))),
                Reduction.SUM),
            longs(ROWS * WIDTH, many),
            1);
  }

  @Test
  void indexOfAnIndexIsRefused() {
    List<Access> loads =
        List.of(
            row(Scalar.arg(1), Bounds.CLIP),
            new Access(
                1,
                INT32,
                0,
                longs(0, 0),
                List.of(new Index(new Scalar.Iota(0), 1, ROWS, Bounds.CLIP))));
    assertThat(
            assertThrows(
                IllegalArgumentException.class,
                () ->
                    map(
                        longs(TAKEN, WIDTH),
                        loads,
                        access(0, FLOAT32, 0, WIDTH, 1),
                        Scalar.arg(0))))
        .hasMessageThat()
        .contains("affine");
  }
}
