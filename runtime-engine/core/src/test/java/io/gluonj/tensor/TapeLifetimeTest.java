package io.gluonj.tensor;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.types.AutogradException;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What recorded computations keep, and when they let it go. */
final class TapeLifetimeTest {
  private static final AtomicInteger NEXT_DEVICE = new AtomicInteger(100);

  /** Of each test its own, on which no other one leaves blocks. */
  private final Device device = Device.reference(NEXT_DEVICE.getAndIncrement());

  private NDArray array(float... values) {
    return NDArray.of(values, Shape.of(values.length), device);
  }

  private NDArray leaf(float... values) {
    NDArray x = array(values);
    x.attachGrad();
    return x;
  }

  private long blocks() {
    return device.memory().blocks();
  }

  @Test
  void closingTheLastArrayFreesWhatWasKeptForIt() {
    NDArray x = leaf(1, 2);
    long before = blocks();
    try (var _ = Autograd.record()) {
      NDArray y = x.exp();
      NDArray z = y.mul(y);
      y.close();
      assertThat(blocks()).isEqualTo(before + 2); // the product needs its factors
      z.close();
    }
    assertThat(blocks()).isEqualTo(before);
  }

  @Test
  void gradientsFlowThroughClosedArrays() {
    NDArray x = leaf(3);
    NDArray z;
    try (var _ = Autograd.record()) {
      NDArray y = x.square();
      z = y.mul(x);
      y.close();
    }
    z.backward();
    assertThat(x.grad().toFloats()).isEqualTo(new float[] {27});
    z.close();
  }

  @Test
  void aBackwardPassFreesWhatWasKeptThoughTheResultStaysOpen() {
    NDArray x = leaf(1, 2);
    long before = blocks();
    NDArray z;
    try (var _ = Autograd.record()) {
      NDArray y = x.exp();
      z = y.square();
      y.close();
    }
    assertThat(blocks()).isEqualTo(before + 2);
    z.backward();
    assertThat(blocks()).isEqualTo(before + 1);
    z.close();
    assertThat(blocks()).isEqualTo(before);
  }

  @Test
  void forgottenArraysAreFreedWithTheirComputations() {
    NDArray x = leaf(1, 2);
    long before = blocks();
    long forgotten = LiveArrays.forgotten();
    forget(x);
    assertThat(blocks()).isGreaterThan(before);
    collectUntil(before);
    assertThat(blocks()).isEqualTo(before);
    assertThat(LiveArrays.forgotten()).isAtLeast(forgotten + 20);
  }

  private static void forget(NDArray x) {
    try (var _ = Autograd.record()) {
      for (int i = 0; i < 10; i++) {
        x.exp().square();
      }
    }
  }

  private void collectUntil(long blocks) {
    for (int i = 0; i < 200 && blocks() > blocks; i++) {
      System.gc();
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }
  }

  @Test
  void longChainsAreFreedWithoutDeepRecursion() {
    NDArray x = leaf(1);
    long before = blocks();
    try (var _ = Autograd.record()) {
      NDArray y = x.add(0);
      for (int i = 0; i < 20_000; i++) {
        NDArray next = y.mul(1);
        y.close();
        y = next;
      }
      y.close();
    }
    assertThat(blocks()).isEqualTo(before);
  }

  @Test
  void aFailedPassLeavesNothingBehind() {
    NDArray x = leaf(1, 2);
    NDArray y;
    NDArray z;
    long before = blocks();
    try (var _ = Autograd.record()) {
      y = x.exp();
      z = y.square();
    }
    y.backward();
    var e = assertThrows(AutogradException.class, z::backward);
    assertThat(e).hasMessageThat().contains("a second time through exp");
    y.close();
    z.close();
    assertThat(blocks()).isEqualTo(before);
  }

  @Test
  void threadsMayRecordWithTheSameArrays() {
    NDArray x = leaf(1, 2, 3);
    long before = blocks();
    List<CompletableFuture<Void>> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      threads.add(
          CompletableFuture.runAsync(() -> {
            try (var _ = Autograd.record()) {
              for (int i = 0; i < 2000; i++) {
                try (NDArray y = x.exp();
                    NDArray z = y.mul(x)) {
                  assertThat(z.isClosed()).isFalse();
                }
              }
            }
          }));
    }
    threads.forEach(CompletableFuture::join);
    assertThat(blocks()).isEqualTo(before);
  }
}
