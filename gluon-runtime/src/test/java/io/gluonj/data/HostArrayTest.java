package io.gluonj.data;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.types.DType;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import org.junit.jupiter.api.Test;

final class HostArrayTest {

  @Test
  void bytesAreUnsigned() {
    HostArray array = HostArray.ofUint8(new byte[] {0, -1}, 2);
    assertThat(array.dtype()).isEqualTo(DType.UINT8);
    assertThat(array.value(1)).isEqualTo(255.0);
    assertThat(array.floats()).isEqualTo(new float[] {0, 255});
  }

  @Test
  void rowsCutTheFirstAxis() {
    HostArray array = HostArray.of(new int[] {1, 2, 3, 4, 5, 6}, 3, 2);
    assertThat(array.row(1)).isEqualTo(HostArray.of(new int[] {3, 4}, 2));
    assertThat(array.row(2).row(1)).isEqualTo(HostArray.of(new int[] {6}));
  }

  @Test
  void castConvertsElements() {
    HostArray cast = HostArray.of(new float[] {1.75f, 200}, 2).cast(DType.UINT8);
    assertThat(cast).isEqualTo(HostArray.ofUint8(new byte[] {1, (byte) 200}, 2));
    assertThat(HostArray.of(new long[] {3}, 1).cast(DType.FLOAT64))
        .isEqualTo(HostArray.of(new double[] {3}, 1));
  }

  @Test
  void equalityLooksAtTypeShapeAndElements() {
    HostArray array = HostArray.of(new float[] {1, 2}, 2);
    assertThat(array).isEqualTo(HostArray.of(new float[] {1, 2}, 2));
    assertThat(array.hashCode()).isEqualTo(HostArray.of(new float[] {1, 2}, 2).hashCode());
    assertThat(array).isNotEqualTo(HostArray.of(new float[] {1, 3}, 2));
    assertThat(array).isNotEqualTo(HostArray.of(new float[] {1, 2}, 1, 2));
    assertThat(array).isNotEqualTo(HostArray.of(new double[] {1, 2}, 2));
    assertThat(array.toString()).isEqualTo("HostArray float32(2,)");
  }

  @Test
  void elementsCannotBeChangedThroughIt() {
    HostArray array = HostArray.of(new float[] {1, 2}, 2);
    assertThat(array.values().isReadOnly()).isTrue();
    array.floats()[0] = 5;
    assertThat(array.value(0)).isEqualTo(1.0);
  }

  @Test
  void wrongSizesAreRefused() {
    var thrown =
        assertThrows(InvalidArgumentException.class, () -> HostArray.of(new float[5], 2, 3));
    assertThat(thrown).hasMessageThat().contains("5 float32 values for shape (2, 3)");
    assertThrows(InvalidArgumentException.class, () -> HostArray.of(new float[5], Shape.UNKNOWN));
    assertThrows(InvalidArgumentException.class, () -> HostArray.of(new float[1]).row(0));
    assertThrows(InvalidArgumentException.class, () -> HostArray.of(new float[2], 2).row(2));
    assertThrows(InvalidArgumentException.class, () -> HostArray.of(new float[2], 2).reshape(3));
  }
}
