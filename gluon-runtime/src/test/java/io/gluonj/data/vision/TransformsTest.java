package io.gluonj.data.vision;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.data.HostArray;
import io.gluonj.types.DType;
import io.gluonj.types.InvalidArgumentException;
import org.junit.jupiter.api.Test;

final class TransformsTest {
  private final HostArray image =
      HostArray.ofUint8(new byte[] {0, 51, (byte) 255, 102, 0, (byte) 204}, 1, 3, 2);

  @Test
  void toTensorMovesChannelsToTheFrontAndScales() {
    assertThat(Transforms.toTensor().apply(image))
        .isEqualTo(HostArray.of(new float[] {0, 1, 0, 0.2f, 0.4f, 0.8f}, 2, 1, 3));
  }

  @Test
  void normalizeWorksPerChannel() {
    HostArray tensor = HostArray.of(new float[] {1, 2, 3, 4}, 2, 1, 2);
    assertThat(Transforms.normalize(new float[] {1, 2}, new float[] {1, 4}).apply(tensor))
        .isEqualTo(HostArray.of(new float[] {0, 1, 0.25f, 0.5f}, 2, 1, 2));
    assertThat(Transforms.normalize(1, 2).apply(tensor))
        .isEqualTo(HostArray.of(new float[] {0, 0.5f, 1, 1.5f}, 2, 1, 2));
  }

  @Test
  void normalizeLeavesItsInputAlone() {
    HostArray tensor = HostArray.of(new float[] {1, 2}, 1, 1, 2);
    assertThat(Transforms.normalize(1, 2).apply(tensor)).isNotEqualTo(tensor);
    assertThat(tensor).isEqualTo(HostArray.of(new float[] {1, 2}, 1, 1, 2));
  }

  @Test
  void composeAppliesInOrder() {
    assertThat(Transforms.mnist().apply(image))
        .isEqualTo(
            Transforms.normalize(0.1307f, 0.3081f).apply(Transforms.toTensor().apply(image)));
    assertThat(Transforms.compose().apply(image)).isSameInstanceAs(image);
  }

  @Test
  void castKeepsValues() {
    HostArray cast = Transforms.cast(DType.FLOAT32).apply(image);
    assertThat(cast).isEqualTo(HostArray.of(new float[] {0, 51, 255, 102, 0, 204}, 1, 3, 2));
  }

  @Test
  void wrongInputsAreNamed() {
    var toTensor = Transforms.toTensor();
    var normalize = Transforms.normalize(0, 1);
    HostArray floats = toTensor.apply(image);
    assertThat(assertThrows(InvalidArgumentException.class, () -> toTensor.apply(floats)))
        .hasMessageThat()
        .contains("toTensor: got float32(2, 1, 3), wanted uint8 (height, width, channels)");
    assertThat(assertThrows(InvalidArgumentException.class, () -> normalize.apply(image)))
        .hasMessageThat()
        .contains("normalize: got uint8(1, 3, 2)");
    var three = Transforms.normalize(new float[3], new float[] {1, 1, 1});
    assertThrows(InvalidArgumentException.class, () -> three.apply(floats));
  }

  @Test
  void impossibleStatisticsAreRefused() {
    assertThrows(InvalidArgumentException.class, () -> Transforms.normalize(0, 0));
    assertThrows(InvalidArgumentException.class, () -> Transforms.normalize(0, Float.NaN));
    assertThrows(
        InvalidArgumentException.class,
        () -> Transforms.normalize(new float[2], new float[] {1, 1, 1}));
  }
}
