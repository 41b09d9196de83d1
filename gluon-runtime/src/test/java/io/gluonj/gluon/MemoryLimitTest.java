package io.gluonj.gluon;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.gluonj.gluon.Samples.Net;
import io.gluonj.initializer.Uniform;
import io.gluonj.optimizer.Adam;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.Device;
import io.gluonj.types.MemoryFigures;
import io.gluonj.types.MemoryLimitException;
import io.gluonj.types.MemoryOwner;
import io.gluonj.types.MemoryShare;
import io.gluonj.types.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Training until the memory is exhausted, and on. */
class MemoryLimitTest {
  private static final long LIMIT = 1 << 20;
  private static final String PROPERTY = "gluonj.memory.limit";

  private static Stream<Arguments> cases() {
    return Stream.of(
        arguments(Device.reference(41), false),
        arguments(Device.reference(42), true),
        arguments(Device.cpu(41), false),
        arguments(Device.cpu(42), true));
  }

  /** The memory of a device is made, and its limit read, at its first use. */
  private static MemoryFigures limited(Device device) {
    String before = System.getProperty(PROPERTY);
    System.setProperty(PROPERTY, Long.toString(LIMIT));
    try {
      return device.memory();
    } finally {
      if (before == null) {
        System.clearProperty(PROPERTY);
      } else {
        System.setProperty(PROPERTY, before);
      }
    }
  }

  private static void step(Net net, Trainer trainer, Device device, int batch) {
    try (var _ = TensorScope.open()) {
      NDArray x = MemoryOwner.BATCH.during(() -> NDArray.ones(Shape.of(batch, 5), device));
      NDArray loss;
      try (var _ = Autograd.record()) {
        loss = net.call(x).square().sum();
      }
      loss.backward();
      trainer.step(batch);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void exhaustionIsExplainedAndTrainingGoesOn(Device device, boolean hybrid) {
    assertThat(limited(device).limit()).isEqualTo(LIMIT);
    Net net = new Net();
    net.initialize(new Uniform(), device, Shape.of(1, 5));
    net.hybridize(hybrid);
    Trainer trainer = new Trainer(net.collectParams(), new Adam(0.01));
    step(net, trainer, device, 8);
    var e = assertThrows(MemoryLimitException.class, () -> step(net, trainer, device, 20_000));
    assertThat(e.askedBy()).contains("Net");
    assertThat(e).hasMessageThat().contains(" were asked for on " + device + ", for: ");
    assertThat(e).hasMessageThat().contains("data batch");
    assertThat(e).hasMessageThat().containsMatch("fix +close each batch|fix +use a smaller batch");
    assertThat(e.figures().limit()).isEqualTo(LIMIT);
    List<String> owners = e.largest().stream().map(s -> s.owner().toString()).toList();
    assertThat(owners).contains("parameter Net.first.weight");
    assertThat(owners).contains("gradient of Net.first.weight");
    assertThat(owners).contains("optimizer state of Net.first.weight");
    long named = e.largest().stream().mapToLong(MemoryShare::bytes).sum();
    assertThat(named).isAtLeast(e.figures().inUse() * 9 / 10);

    for (int i = 0; i < 3; i++) {
      step(net, trainer, device, 8);
    }
    // What the failed step had kept for its backward is found when it is needed.
    NDArray.zeros(Shape.of(180_000), device).close();
    assertThat(device.memory().inUse()).isLessThan(LIMIT / 4);
    assertThat(device.memory().peak()).isAtMost(LIMIT);
  }
}
