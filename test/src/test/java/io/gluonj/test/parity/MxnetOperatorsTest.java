package io.gluonj.test.parity;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.testing.GoldenRun;
import io.gluonj.testing.TestDevices;
import io.gluonj.types.Device;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every device that can be used here against the operator cases recorded from MXNet. */
final class MxnetOperatorsTest {
  @TestFactory
  Stream<DynamicTest> devicesComputeWhatMxnetComputed() {
    return TestDevices.fast().stream()
        .map(device -> DynamicTest.dynamicTest(device.toString(), () -> run(device)));
  }

  private static void run(Device device) {
    GoldenRun run = GoldenRun.on(device, 1e-5);
    System.out.println(device + ": " + run.table().lines().findFirst().orElseThrow());
    assertWithMessage(run.table()).that(run.failures()).isEmpty();
    assertThat(run.covered().size()).isAtLeast(100);
  }
}
