package io.gluonj.types;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class ShapeTest {
  private static final long HALF = 1L << 32;

  @Test
  void elementsAreCountedBeyondAnInteger() {
    assertThat(Shape.of(70_000, 70_000).size()).isEqualTo(4_900_000_000L);
    assertThat(Shape.of(3, HALF, 5).strides()).asList().containsExactly(5 * HALF, 5L, 1L).inOrder();
    assertThat(new TensorType(Shape.of(HALF, 1L << 27), DType.FLOAT64).bytes()).isEqualTo(1L << 62);
  }

  @Test
  void whatCannotBeCountedIsRefused() {
    Shape shape = Shape.of(HALF, HALF);
    var e = assertThrows(InvalidArgumentException.class, shape::size);
    assertThat(e).hasMessageThat().contains(shape.toString());
    assertThrows(InvalidArgumentException.class, shape::strides);
    var type = new TensorType(Shape.of(HALF, HALF / 4), DType.FLOAT32);
    assertThrows(InvalidArgumentException.class, type::bytes);
    assertThat(type.shape().size()).isEqualTo(1L << 62);
  }

  @Test
  void noElementsAreCountedWhateverTheOtherExtents() {
    assertThat(Shape.of(HALF, HALF, 0, HALF).size()).isEqualTo(0);
    assertThat(Shape.of(HALF, Shape.UNKNOWN, HALF).size()).isEqualTo(Shape.UNKNOWN);
  }

  @Test
  void productsOfExtentsAreChecked() {
    assertThat(Shape.times(HALF, 5)).isEqualTo(5 * HALF);
    assertThat(Shape.times(-3, HALF)).isEqualTo(-3 * HALF);
    assertThrows(InvalidArgumentException.class, () -> Shape.times(HALF, HALF));
    assertThrows(InvalidArgumentException.class, () -> Shape.times(HALF, HALF / 2));
    assertThrows(InvalidArgumentException.class, () -> Shape.times(-HALF, HALF));
  }
}
