package io.gluonj.llvm;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.api.Test;

final class HostTargetTest {
  @Test
  void widthFollowsTheFeaturesAndNotTheName() {
    assertThat(new HostTarget("t", "rocketlake", "+avx,+avx2,+avx512f").vectorBits())
        .isEqualTo(512);
    assertThat(new HostTarget("t", "znver4", "+avx,+avx2,-avx512f").vectorBits()).isEqualTo(256);
    assertThat(new HostTarget("t", "nehalem", "+sse4.2,-avx").vectorBits()).isEqualTo(128);
  }

  @Test
  void currentHostIsDescribed() {
    HostTarget host = HostTarget.current();

    assertThat(host.triple()).contains("linux");
    assertThat(host.cpu()).isNotEmpty();
    assertThat(host.features()).contains("+sse2");
  }
}
