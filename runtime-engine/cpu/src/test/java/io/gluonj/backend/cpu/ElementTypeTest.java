package io.gluonj.backend.cpu;

import static io.gluonj.backend.cpu.Comparison.access;
import static io.gluonj.backend.cpu.Comparison.longs;
import static io.gluonj.backend.cpu.Comparison.map;

import io.gluonj.op.LoopNest;
import io.gluonj.op.MatMul;
import io.gluonj.op.Op;
import io.gluonj.op.Scalar;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Loads and stores of every element type, converted to every other. */
final class ElementTypeTest {
  private static final int SIZE = 333;

  @TestFactory
  Stream<DynamicTest> everyTypeBecomesEveryOther() {
    return Arrays.stream(DType.values())
        .flatMap(from ->
            Arrays.stream(DType.values())
                .map(to -> DynamicTest.dynamicTest(from + " to " + to, () -> convert(from, to))));
  }

  private static void convert(DType from, DType to) {
    LoopNest nest =
        map(longs(SIZE), List.of(access(0, from, 0, 1)), access(0, to, 0, 1), Scalar.arg(0));
    for (double range : new double[] {1.5, 130, 300, 70_000, 5e9, 1e20}) {
      new Comparison(11, 0).range(-range, range).nest(nest, longs(SIZE), SIZE);
    }
  }

  @TestFactory
  Stream<DynamicTest> arithmeticIsDoneInTheTypeOfComputation() {
    Scalar body = Scalar.arg(0).times(Scalar.arg(0)).plus(0.25);
    return Arrays.stream(DType.values())
        .map(type ->
            DynamicTest.dynamicTest(
                type.toString(),
                () ->
                    new Comparison(12, type.bytes() == 2 ? 8e-3 : 1e-6)
                        .range(-3, 3)
                        .nest(
                            map(
                                longs(SIZE),
                                List.of(access(0, type, 0, 1)),
                                access(0, type, 0, 1),
                                body),
                            longs(SIZE),
                            SIZE)));
  }

  /** What a library operator does for the types oneDNN is not asked for. */
  @TestFactory
  Stream<DynamicTest> productsOfOtherTypesFollowTheDefinition() {
    Op.Library product = new MatMul(false, false, false);
    return Stream.of(DType.FLOAT64, DType.FLOAT16, DType.INT32)
        .map(type ->
            DynamicTest.dynamicTest(
                type.toString(),
                () ->
                    // own products add in another order, and round a product and a sum once
                    new Comparison(13, type == DType.FLOAT64 ? 1e-15 : 0)
                        .library(
                            product,
                            List.of(type(type, 3, 4), type(type, 4, 2)),
                            List.of(type(type, 3, 2)))));
  }

  private static TensorType type(DType type, long... dims) {
    return new TensorType(Shape.of(dims), type);
  }
}
