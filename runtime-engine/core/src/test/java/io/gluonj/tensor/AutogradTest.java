package io.gluonj.tensor;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.op.Op;
import io.gluonj.op.UnaryMath;
import io.gluonj.types.AutogradException;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AutogradTest {
  private static NDArray array(float... values) {
    return NDArray.of(values, Shape.of(values.length), Device.reference());
  }

  private static NDArray leaf(float... values) {
    NDArray array = array(values);
    array.attachGrad();
    return array;
  }

  @Test
  void theGradientOfASquareIsTwiceTheInput() {
    NDArray x = leaf(1, -2, 3);
    NDArray y;
    try (var _ = Autograd.record()) {
      y = x.square().sum();
    }
    y.backward();
    assertThat(x.grad().toFloats()).isEqualTo(new float[] {2, -4, 6});
  }

  @Test
  void scopesSetTheirModeAndRestoreTheOldOne() {
    assertThat(Autograd.isRecording()).isFalse();
    assertThat(Autograd.isTraining()).isFalse();
    try (var _ = Autograd.record()) {
      assertThat(Autograd.isRecording()).isTrue();
      assertThat(Autograd.isTraining()).isTrue();
      try (var _ = Autograd.predictMode()) {
        assertThat(Autograd.isRecording()).isTrue();
        assertThat(Autograd.isTraining()).isFalse();
      }
      try (var _ = Autograd.pause()) {
        assertThat(Autograd.isRecording()).isFalse();
        assertThat(Autograd.isTraining()).isFalse();
        try (var _ = Autograd.trainMode()) {
          assertThat(Autograd.isRecording()).isFalse();
          assertThat(Autograd.isTraining()).isTrue();
        }
      }
      assertThat(Autograd.isRecording()).isTrue();
      assertThat(Autograd.isTraining()).isTrue();
    }
    try (var _ = Autograd.record(false)) {
      assertThat(Autograd.isRecording()).isTrue();
      assertThat(Autograd.isTraining()).isFalse();
    }
    assertThat(Autograd.isRecording()).isFalse();
  }

  @Test
  void scopesAreRestoredAfterAnException() {
    assertThrows(
        IllegalStateException.class,
        () -> {
          try (var _ = Autograd.record()) {
            throw new IllegalStateException("in the user's forward");
          }
        });
    assertThat(Autograd.isRecording()).isFalse();
    assertThat(Autograd.isTraining()).isFalse();
  }

  @Test
  void nothingIsRecordedWhilePaused() {
    NDArray x = leaf(2);
    NDArray y;
    try (var _ = Autograd.record()) {
      NDArray constant;
      try (var _ = Autograd.pause()) {
        constant = x.square();
      }
      y = x.mul(constant);
    }
    y.backward();
    assertThat(x.grad().toFloats()).isEqualTo(new float[] {4});
  }

  @Test
  void writeReplacesAndAddAccumulates() {
    NDArray write = leaf(1);
    NDArray add = array(1);
    add.attachGrad(GradReq.ADD);
    for (int step = 0; step < 3; step++) {
      NDArray y;
      try (var _ = Autograd.record()) {
        y = write.mul(5).add(add.mul(7));
      }
      y.backward();
    }
    assertThat(write.grad().toFloats()).isEqualTo(new float[] {5});
    assertThat(add.grad().toFloats()).isEqualTo(new float[] {21});
  }

  @Test
  void nullCollectsNothing() {
    NDArray x = leaf(1);
    NDArray fixed = array(3);
    fixed.attachGrad(GradReq.NULL);
    NDArray y;
    try (var _ = Autograd.record()) {
      y = x.mul(fixed);
    }
    y.backward();
    assertThat(x.grad().toFloats()).isEqualTo(new float[] {3});
    assertThat(fixed.hasGrad()).isFalse();
    var e = assertThrows(AutogradException.class, fixed::grad);
    assertThat(e).hasMessageThat().contains("attachGrad()");
  }

  @Test
  void aGradientThatWasWrittenIsFreshUntilItIsCleared() {
    NDArray x = leaf(1);
    NDArray unused = leaf(1);
    NDArray y;
    try (var _ = Autograd.record()) {
      y = x.mul(2);
    }
    y.backward();
    assertThat(x.hasFreshGrad(true)).isTrue();
    assertThat(x.hasFreshGrad(false)).isFalse();
    assertThat(unused.hasFreshGrad(false)).isFalse();
  }

  @Test
  void aSecondBackwardNeedsARetainedGraph() {
    NDArray x = leaf(3);
    NDArray y;
    try (var _ = Autograd.record()) {
      y = x.square();
    }
    y.backward(true);
    y.backward();
    assertThat(x.grad().toFloats()).isEqualTo(new float[] {6});
    var e = assertThrows(AutogradException.class, y::backward);
    assertThat(e).hasMessageThat().contains("a second time through square");
    assertThat(e).hasMessageThat().contains("backward(true)");
  }

  @Test
  void backwardOfSomethingUnrecordedSaysHowToRecord() {
    var e = assertThrows(AutogradException.class, () -> array(1, 2).mul(2).backward());
    assertThat(e).hasMessageThat().contains("Autograd.record()");
    assertThat(Autograd.isRecording()).isFalse();
  }

  @Test
  void sharedInputsAddTheirGradients() {
    NDArray x = leaf(2);
    NDArray y;
    try (var _ = Autograd.record()) {
      NDArray a = x.mul(3);
      y = a.mul(x).add(a).add(x);
    }
    y.backward();
    assertThat(x.grad().toFloats()).isEqualTo(new float[] {16}); // 3x² + 4x
  }

  @Test
  void anInputUsedTwiceByOneOperatorGetsBothGradients() {
    NDArray x = leaf(5);
    NDArray y;
    try (var _ = Autograd.record()) {
      y = x.mul(x);
    }
    y.backward();
    assertThat(x.grad().toFloats()).isEqualTo(new float[] {10});
  }

  @Test
  void severalHeadsWithTheirOwnGradients() {
    NDArray x = leaf(1, 2);
    NDArray a;
    NDArray b;
    try (var _ = Autograd.record()) {
      a = x.mul(2);
      b = x.square();
    }
    Autograd.backward(List.of(a, b), List.of(array(1, 10), array(100, 1000)), false);
    assertThat(x.grad().toFloats()).isEqualTo(new float[] {202, 4020});
  }

  @Test
  void aHeadGradientOfAnotherShapeIsRefused() {
    NDArray x = leaf(1, 2);
    NDArray y;
    try (var _ = Autograd.record()) {
      y = x.mul(2);
    }
    var e =
        assertThrows(
            AutogradException.class,
            () -> Autograd.backward(List.of(y), List.of(array(1, 2, 3)), false));
    assertThat(e).hasMessageThat().contains("float32(3,)");
  }

  @Test
  void detachAndBlockGradStopGradients() {
    NDArray x = leaf(3);
    NDArray y;
    try (var _ = Autograd.record()) {
      Op block = new UnaryMath.BlockGrad();
      NDArray blocked = (NDArray) Ops.call(block, x.square());
      y = x.mul(x.square().detach()).add(x.mul(blocked));
    }
    y.backward();
    assertThat(x.grad().toFloats()).isEqualTo(new float[] {18});
  }

  @Test
  void derivativesOfACubeToThirdOrder() {
    NDArray x = leaf(2, -1);
    NDArray third;
    try (var _ = Autograd.record()) {
      NDArray cube = x.mul(x).mul(x);
      NDArray first = Autograd.grad(List.of(cube), List.of(x), true, true).getFirst();
      assertThat(first.toFloats()).isEqualTo(new float[] {12, 3});
      third = Autograd.grad(List.of(first), List.of(x), true, true).getFirst();
      assertThat(third.toFloats()).isEqualTo(new float[] {12, -6});
    }
    third.backward();
    assertThat(x.grad().toFloats()).isEqualTo(new float[] {6, 6});
  }

  @Test
  void gradLeavesCollectedGradientsAlone() {
    NDArray x = leaf(2);
    NDArray y;
    try (var _ = Autograd.record()) {
      y = x.square();
    }
    NDArray gradient = Autograd.grad(List.of(y), List.of(x), false, false).getFirst();
    assertThat(gradient.toFloats()).isEqualTo(new float[] {4});
    assertThat(x.grad().toFloats()).isEqualTo(new float[] {0});
    assertThat(x.hasFreshGrad(false)).isFalse();
  }

  @Test
  void gradForSomethingUnrelatedIsRefused() {
    NDArray x = leaf(2);
    NDArray other = leaf(2);
    NDArray y;
    try (var _ = Autograd.record()) {
      y = x.square();
    }
    var e =
        assertThrows(
            AutogradException.class, () -> Autograd.grad(List.of(y), List.of(other), true, false));
    assertThat(e).hasMessageThat().contains("the heads do not depend on it");
  }

  @Test
  void newValuesAfterTheForwardPassDoNotChangeTheGradient() {
    NDArray x = leaf(3);
    NDArray y;
    try (var _ = Autograd.record()) {
      y = x.square();
    }
    x.set(new float[] {100});
    y.backward();
    assertThat(x.grad().toFloats()).isEqualTo(new float[] {6});
  }
}
