package io.gluonj.tensor;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.types.ClosedException;
import io.gluonj.types.Device;
import io.gluonj.types.DeviceException;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import org.junit.jupiter.api.Test;

final class TensorScopeTest {
  private static NDArray array(float... values) {
    return NDArray.of(values, Shape.of(values.length), Device.reference());
  }

  /** Arrays that were never closed; those the collector takes meanwhile count as before. */
  private static long neverClosed() {
    return LiveArrays.count() + LiveArrays.forgotten();
  }

  @Test
  void whatIsMadeInAScopeIsFreedAtItsEnd() {
    long before = neverClosed();
    NDArray inner;
    try (var _ = TensorScope.open()) {
      inner = array(1, 2).add(array(3, 4));
      assertThat(neverClosed()).isEqualTo(before + 3);
    }
    assertThat(neverClosed()).isEqualTo(before);
    assertThat(inner.isClosed()).isTrue();
  }

  @Test
  void keptArraysMoveToTheEnclosingScope() {
    long before = neverClosed();
    NDArray kept;
    try (var _ = TensorScope.open()) {
      try (var scope = TensorScope.open()) {
        kept = scope.keep(array(1).mul(2));
      }
      assertThat(kept.toFloats()).isEqualTo(new float[] {2});
    }
    assertThat(kept.isClosed()).isTrue();
    assertThat(neverClosed()).isEqualTo(before);
  }

  @Test
  void keptArraysOfTheOutermostScopeLiveOn() {
    NDArray kept;
    try (var scope = TensorScope.open()) {
      kept = scope.keep(array(1).mul(2));
    }
    assertThat(kept.toFloats()).isEqualTo(new float[] {2});
    kept.close();
  }

  @Test
  void gradientsOutliveTheScopeTheyWereAttachedIn() {
    NDArray x = array(3);
    try (var _ = TensorScope.open()) {
      x.attachGrad();
      NDArray y;
      try (var _ = Autograd.record()) {
        y = x.square();
      }
      y.backward();
    }
    assertThat(x.grad().toFloats()).isEqualTo(new float[] {6});
  }

  @Test
  void aLoopOfTrainingStepsDoesNotGrow() {
    NDArray w = array(1, 2, 3);
    w.attachGrad();
    long before = neverClosed();
    for (int step = 0; step < 200; step++) {
      try (var _ = TensorScope.open()) {
        NDArray loss;
        try (var _ = Autograd.record()) {
          loss = w.square().sum();
        }
        loss.backward();
        w.set(w.sub(w.grad().mul(0.1)));
      }
    }
    assertThat(neverClosed()).isEqualTo(before);
    assertThat(w.toFloats()[0]).isWithin(1e-6f).of(0);
  }

  @Test
  void useAfterCloseSaysWhatAndHow() {
    NDArray x = array(1, 2);
    x.close();
    x.close();
    var e = assertThrows(ClosedException.class, x::toFloats);
    assertThat(e)
        .hasMessageThat()
        .contains("an array of type float32(2,) was used after it had been closed");
    assertThat(e).hasMessageThat().contains("scope.keep(array)");
    assertThrows(ClosedException.class, () -> x.add(1));
    assertThrows(ClosedException.class, () -> x.set(new float[] {1, 2}));
    assertThrows(ClosedException.class, x::detach);
    assertThat(x.toString()).contains("closed");
  }

  @Test
  void scopesEndInReverseOrder() {
    TensorScope outer = TensorScope.open();
    TensorScope inner = TensorScope.open();
    var e = assertThrows(InvalidArgumentException.class, outer::close);
    assertThat(e).hasMessageThat().contains("try-with-resources");
    inner.close();
    outer.close();
  }

  @Test
  void detachedArraysShareValuesAndOutliveTheirSource() {
    NDArray x = array(1, 2);
    NDArray same = x.detach();
    x.close();
    assertThat(same.toFloats()).isEqualTo(new float[] {1, 2});
    same.close();
  }

  @Test
  void aDeviceWithoutBackendIsRefusedWithTheFix() {
    var e =
        assertThrows(
            DeviceException.class, () -> NDArray.of(new float[] {1}, Shape.of(1), Device.gpu(0)));
    assertThat(e).hasMessageThat().contains("gpu:0");
    assertThat(e).hasMessageThat().contains("Device.cpu()");
  }

  @Test
  void itemOfSeveralValuesIsRefused() {
    var e = assertThrows(InvalidArgumentException.class, () -> array(1, 2).item());
    assertThat(e).hasMessageThat().contains("mean() or sum()");
  }

  @Test
  void symbolsAndArraysDoNotMix() {
    Symbol symbol = Symbol.var("x", Shape.of(2));
    var e = assertThrows(InvalidArgumentException.class, () -> ((Tensor) symbol).add(array(1, 2)));
    assertThat(e).hasMessageThat().contains("got symbols together with an array");
  }
}
