package io.gluonj.data;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.tensor.NDArray;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StackTest {

  @Test
  void samplesRunAlongANewFirstAxis() {
    List<NDArray> arrays =
        stack(
            List.of(
                new Sample<>(HostArray.of(new float[] {1, 2}, 1, 2), 5),
                new Sample<>(HostArray.of(new float[] {3, 4}, 1, 2), 6)));
    assertThat(arrays).hasSize(2);
    assertThat(arrays.get(0).shape()).isEqualTo(Shape.of(2, 1, 2));
    assertThat(arrays.get(0).dtype()).isEqualTo(DType.FLOAT32);
    assertThat(HostArray.of(arrays.get(0)).floats()).isEqualTo(new float[] {1, 2, 3, 4});
    assertThat(arrays.get(1).shape()).isEqualTo(Shape.of(2));
    assertThat(arrays.get(1).dtype()).isEqualTo(DType.INT32);
    assertThat(HostArray.of(arrays.get(1)).floats()).isEqualTo(new float[] {5, 6});
    arrays.forEach(NDArray::close);
  }

  @Test
  void numbersKeepTheirType() {
    List<NDArray> arrays =
        stack(List.of(List.of(1, 2L, 3f, 4.0, true), List.of(5, 6L, 7f, 8.0, false)));
    assertThat(arrays.stream().map(NDArray::dtype).toList())
        .containsExactly(DType.INT32, DType.INT64, DType.FLOAT32, DType.FLOAT64, DType.BOOL)
        .inOrder();
    assertThat(HostArray.of(arrays.get(3)).floats()).isEqualTo(new float[] {4, 8});
    assertThat(HostArray.of(arrays.get(4)).floats()).isEqualTo(new float[] {1, 0});
    arrays.forEach(NDArray::close);
  }

  @Test
  void primitiveArraysAndNestedPairsAreTakenApart() {
    List<NDArray> arrays =
        stack(
            List.of(
                new Sample<>(new Sample<>(new float[] {1, 2}, new int[] {3}), new long[] {4}),
                new Sample<>(new Sample<>(new float[] {5, 6}, new int[] {7}), new long[] {8})));
    assertThat(arrays.stream().map(NDArray::shape).toList())
        .containsExactly(Shape.of(2, 2), Shape.of(2, 1), Shape.of(2, 1))
        .inOrder();
    arrays.forEach(NDArray::close);
  }

  @Test
  void unequalShapesAreNamed() {
    var thrown =
        assertThrows(
            InvalidArgumentException.class,
            () -> stack(List.of(new float[] {1, 2}, new float[] {1, 2}, new float[] {1})));
    assertThat(thrown)
        .hasMessageThat()
        .contains("sample 2 of the batch has float32(1,), sample 0 has float32(2,)");
  }

  @Test
  void unequalTypesAndPartsAreNamed() {
    assertThat(assertThrows(InvalidArgumentException.class, () -> stack(List.of(1, 2f))))
        .hasMessageThat()
        .contains("sample 1 of the batch has float32(), sample 0 has int32()");
    List<Object> uneven = List.of(1, List.of(1, 2));
    assertThat(assertThrows(InvalidArgumentException.class, () -> stack(uneven)))
        .hasMessageThat()
        .contains("has 2 parts, sample 0 has 1 parts");
  }

  @Test
  void whatCannotBeStackedIsNamed() {
    assertThat(assertThrows(InvalidArgumentException.class, () -> stack(List.of("text"))))
        .hasMessageThat()
        .contains("a sample holds a java.lang.String");
    assertThrows(InvalidArgumentException.class, () -> stack(List.of()));
  }

  private static List<NDArray> stack(List<?> samples) {
    return Batchify.<Object>stack().apply(samples, Device.reference());
  }
}
