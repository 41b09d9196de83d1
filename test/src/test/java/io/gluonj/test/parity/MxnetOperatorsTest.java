package io.gluonj.test.parity;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.testing.EachDevice;
import io.gluonj.testing.GoldenRun;
import io.gluonj.types.Device;
import org.junit.jupiter.api.Test;

/** Each device against the operator cases recorded from MXNet. */
@EachDevice
final class MxnetOperatorsTest {
  private final Device device;

  MxnetOperatorsTest(Device device) {
    this.device = device;
  }

  @Test
  void theDeviceComputesWhatMxnetComputed() {
    GoldenRun run = GoldenRun.on(device, 1e-5);
    System.out.println(device + ": " + run.table().lines().findFirst().orElseThrow());
    assertWithMessage(run.table()).that(run.failures()).isEmpty();
    assertThat(run.covered().size()).isAtLeast(320);
  }
}
