package io.gluonj.tensor;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.types.ClosedException;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import io.gluonj.types.ShapeException;
import io.gluonj.types.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls at the edge of what operators allow, which calls with random input once broke. */
final class EdgeOfRulesTest {
  private static final Device DEVICE = Device.reference();

  private static NDArray array(float... values) {
    return NDArray.of(values, Shape.of(values.length), DEVICE);
  }

  @Test
  void aProductWithZeroIsNoNumberWhereTheOtherFactorIsNone() {
    NDArray x = array(1, Float.NaN, Float.POSITIVE_INFINITY);
    assertThat(x.mul(0).toFloats()).isEqualTo(new float[] {0, Float.NaN, Float.NaN});
  }

  @Test
  void aGradientHasTheTypeOfItsInput() {
    NDArray x = array(1, 2);
    NDArray wide = NDArray.full(3, new TensorType(Shape.of(2), DType.FLOAT64), DEVICE);
    x.attachGrad();
    wide.attachGrad();
    NDArray y;
    try (var _ = Autograd.record()) {
      y = x.mul(wide);
    }
    Autograd.backward(List.of(y), List.of(NDArray.full(1, y.type(), DEVICE)), false);
    assertThat(x.grad().type()).isEqualTo(x.type());
    assertThat(x.grad().toFloats()).isEqualTo(new float[] {3, 3});
    assertThat(wide.grad().toDoubles()).isEqualTo(new double[] {1, 2});
  }

  @Test
  void aSumOverNothingHasAGradientWithoutElements() {
    NDArray x = NDArray.zeros(Shape.of(2, 0, 4), DEVICE);
    x.attachGrad();
    NDArray y;
    try (var _ = Autograd.record()) {
      y = x.sum(1);
    }
    assertThat(y.toFloats()).isEqualTo(new float[8]);
    y.backward();
    assertThat(x.grad().shape()).isEqualTo(x.shape());
  }

  @Test
  void messagesNameTheOperatorAndItsInputs() {
    NDArray x = array(1, 2);
    var axis = assertThrows(ShapeException.class, () -> x.softmax(5));
    assertThat(axis).hasMessageThat().startsWith("softmax");
    assertThat(axis).hasMessageThat().contains("data (2,)");
    x.close();
    var closed = assertThrows(ClosedException.class, x::exp);
    assertThat(closed).hasMessageThat().startsWith("exp: input 'data': ");
  }
}
