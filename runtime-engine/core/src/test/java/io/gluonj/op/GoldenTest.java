package io.gluonj.op;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.testing.GoldenRun;
import io.gluonj.types.Device;
import org.junit.jupiter.api.Test;

/** Operators against values recorded from MXNet. */
final class GoldenTest {
  @Test
  void supportedOperatorsComputeWhatMxnetComputes() {
    GoldenRun run = GoldenRun.on(Device.reference(), 1e-5);
    System.out.println(run.table());
    assertWithMessage(run.table()).that(run.failures()).isEmpty();
    assertThat(run.covered().size()).isAtLeast(320);
  }
}
