package io.gluonj.op;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.op.BoxCoding.BoxDecode;
import io.gluonj.op.BoxCoding.BoxEncode;
import io.gluonj.op.Boxes.BoxIou.Format;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Boxes as offsets and back. */
final class BoxCodingTest {
  private static NDArray array(float[] values, long... dims) {
    return NDArray.of(values, Shape.of(dims), Device.reference());
  }

  private static final float[] ANCHORS = {0, 0, 2, 4, 1, 1, 3, 2};

  private static List<NDArray> encoded() {
    return Ops
        .callAll(
            new BoxEncode(),
            "",
            List.of(
                array(new float[] {1, 0}, 1, 2),
                array(new float[] {1, 0}, 1, 2),
                array(ANCHORS, 1, 2, 4),
                array(new float[] {9, 9, 9, 9, 1, 2, 5, 4}, 1, 2, 4),
                array(new float[] {0.1f, 0, 0, 0.5f}, 4),
                array(new float[] {0.5f, 1, 1, 2}, 4)))
        .stream()
        .map(NDArray.class::cast)
        .toList();
  }

  @Test
  void offsetsAreNormalizedAndWithoutABoxZero() {
    // anchor: middle (1, 2), extent (2, 4); box: middle (3, 3), extent (4, 2)
    float ln2 = (float) Math.log(2);
    assertThat(encoded().get(0).toFloats())
        .usingTolerance(1e-6)
        .containsExactly(new float[] {1.8f, 0.25f, ln2, (-ln2 - 0.5f) / 2, 0, 0, 0, 0})
        .inOrder();
    assertThat(encoded().get(1).toFloats()).isEqualTo(new float[] {1, 1, 1, 1, 0, 0, 0, 0});
  }

  @Test
  void decodingGivesTheBoxBack() {
    float ln2 = (float) Math.log(2);
    NDArray boxes =
        (NDArray)
            Ops.call(
                new BoxDecode(0.5, 1, 1, 2, -1, Format.CORNER),
                array(new float[] {2, 0.25f, ln2, -ln2 / 2, 0, 0, 0, 0}, 1, 2, 4),
                array(ANCHORS, 1, 2, 4));
    assertThat(boxes.toFloats())
        .usingTolerance(1e-6)
        .containsExactly(new float[] {1, 2, 5, 4, 1, 1, 3, 2})
        .inOrder();
  }

  @Test
  void extentsAreCutOff() {
    NDArray box =
        (NDArray)
            Ops.call(
                new BoxDecode(1, 1, 1, 1, Math.log(3), Format.CENTER),
                array(new float[] {0, 0, 50, 0}, 1, 1, 4),
                array(new float[] {0, 0, 2, 2}, 1, 1, 4));
    assertThat(box.toFloats())
        .usingTolerance(1e-5)
        .containsExactly(new float[] {-3, -1, 3, 1})
        .inOrder();
  }
}
