package io.gluonj.test.parity;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.function.F;
import io.gluonj.tensor.NDArray;
import io.gluonj.testing.EachDevice;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code docs/dtypes.md} says of values. */
@EachDevice(reference = true)
final class ElementTypesTest {
  private static final List<DType> HALVES = List.of(DType.FLOAT16, DType.BFLOAT16);
  private static final int MANY = 4096;

  private final Device device;

  ElementTypesTest(Device device) {
    this.device = device;
  }

  private NDArray array(DType type, double... values) {
    float[] single = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      single[i] = (float) values[i];
    }
    return NDArray.of(single, Shape.of(values.length), device).cast(type);
  }

  /** One and the type's smallest step above it; 4096 of them are a number of the type again. */
  private static double slightlyMore(DType type) {
    return type == DType.FLOAT16 ? 1 + 0x1p-10 : 1 + 0x1p-7;
  }

  private NDArray many(DType type) {
    double[] values = new double[MANY];
    Arrays.fill(values, slightlyMore(type));
    return array(type, values);
  }

  private static float[] values(NDArray array) {
    return array.cast(DType.FLOAT32).toFloats();
  }

  @Test
  void sumsOfHalvesAreExact() {
    for (DType type : HALVES) {
      NDArray sum = many(type).sum();
      assertThat(sum.dtype()).isEqualTo(type);
      assertWithMessage("%s", type)
          .that(values(sum)[0])
          .isEqualTo((float) (MANY * slightlyMore(type)));
      assertThat(values(many(type).mean())[0]).isEqualTo((float) slightlyMore(type));
    }
  }

  @Test
  void productsOfHalvesAddUpInSinglePrecision() {
    for (DType type : HALVES) {
      NDArray ones = many(type).onesLike().reshape(1, MANY);
      NDArray product = ones.dot(many(type).reshape(MANY, 1));
      assertThat(product.dtype()).isEqualTo(type);
      assertWithMessage("%s", type)
          .that(values(product)[0])
          .isEqualTo((float) (MANY * slightlyMore(type)));
    }
  }

  @Test
  void softmaxOfHalvesAddsUpInSinglePrecision() {
    for (DType type : HALVES) {
      NDArray shares = many(type).softmax(-1);
      assertThat(shares.dtype()).isEqualTo(type);
      assertWithMessage("%s", type).that(values(shares)[MANY - 1]).isEqualTo(1f / MANY);
    }
  }

  @Test
  void halvesBecomeSingleWhereTheyMeetIt() {
    NDArray sum = array(DType.FLOAT16, 1).add(array(DType.FLOAT32, 0x1p-20));
    assertThat(sum.dtype()).isEqualTo(DType.FLOAT32);
    assertThat(values(sum)[0]).isEqualTo(1 + 0x1p-20f);
    NDArray both = array(DType.FLOAT16, 1 + 0x1p-10).mul(array(DType.BFLOAT16, 3));
    assertThat(both.dtype()).isEqualTo(DType.FLOAT32);
    assertThat(values(both)[0]).isEqualTo(3 + 3 * 0x1p-10f);
  }

  @Test
  void integersAreCutTowardsZero() {
    NDArray numbers = array(DType.INT32, 3, -3, 7);
    assertThat(values(numbers.add(2.5))).isEqualTo(new float[] {5, 0, 9});
    assertThat(values(numbers.div(array(DType.INT32, 2, 2, 2)))).isEqualTo(new float[] {1, -1, 3});
    assertThat(values(array(DType.FLOAT32, 2.9, -2.9).cast(DType.INT8)))
        .isEqualTo(new float[] {2, -2});
  }

  @Test
  void floatsWinOverIntegersAndIntegersOverTruth() {
    NDArray numbers = array(DType.INT64, 1, 2).mul(array(DType.FLOAT16, 0.5, 0.5));
    assertThat(numbers.dtype()).isEqualTo(DType.FLOAT16);
    assertThat(values(numbers)).isEqualTo(new float[] {0.5f, 1});
    NDArray counted = array(DType.BOOL, 2, 0).add(array(DType.UINT8, 1, 1));
    assertThat(counted.dtype()).isEqualTo(DType.UINT8);
    assertThat(values(counted)).isEqualTo(new float[] {2, 1});
  }

  @Test
  void comparisonsGiveTheTypeOfTheirOperands() {
    NDArray greater = F.greater(array(DType.INT8, 1, 2), array(DType.INT8, 2, 1));
    assertThat(greater.dtype()).isEqualTo(DType.INT8);
    assertThat(values(greater)).isEqualTo(new float[] {0, 1});
  }
}
