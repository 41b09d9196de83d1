package io.gluonj.test.parity;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.testing.GoldenRun;
import io.gluonj.types.Device;
import org.junit.jupiter.api.Test;

/** The CPU backend against the operator cases recorded from MXNet. */
final class MxnetOperatorsTest {
  @Test
  void theCpuBackendComputesWhatMxnetComputed() {
    GoldenRun run = GoldenRun.on(Device.cpu(), 1e-5);
    System.out.println(run.table().lines().findFirst().orElseThrow());
    assertWithMessage(run.table()).that(run.failures()).isEmpty();
    assertThat(run.covered().size()).isAtLeast(320);
  }
}
