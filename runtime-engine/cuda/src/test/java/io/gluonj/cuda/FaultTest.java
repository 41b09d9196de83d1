package io.gluonj.cuda;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gluonj.llvm.Ptx;
import io.gluonj.softgpu.SoftwareGpu;
import io.gluonj.testing.GpuTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A kernel that writes where it must not. Only in software, where the process survives it. */
@GpuTest
class FaultTest {
  private static final String WILD =
      """
      define ptx_kernel void @wild(ptr %where) {
        store volatile i32 1, ptr %where
        ret void
      }
      """;

  @AfterEach
  void heal() {
    if (SoftwareGpu.wanted()) {
      SoftwareGpu.install().heal();
      Cuda.forgetLoss();
      Gpu.of(0).log().finished(Gpu.of(0).log().count());
    }
  }

  @Test
  void theMessageListsWhatRanWithItsOperator() {
    assumeTrue(SoftwareGpu.wanted(), "a fault ends the use of a real GPU by this process");
    Gpu gpu = Gpu.of(0);
    GpuProperties found = gpu.properties();
    GpuModule module = gpu.load(Ptx.compile(WILD, Ptx.architecture(found.major(), found.minor())));
    GpuFunction wild = module.function("wild");
    long good = gpu.allocate(64);
    gpu.lock().lock();
    try {
      gpu.log().operator("relu 'net.act'");
      gpu.compute().launch(wild, 1, 32, new long[] {good});
      gpu.compute().synchronize();
      gpu.log().operator("softmax 'net.out'");
      gpu.compute().launch(wild, 1, 32, new long[] {64});
    } finally {
      gpu.lock().unlock();
    }
    CudaException e = assertThrows(CudaException.class, () -> gpu.compute().synchronize());
    assertThat(e).hasMessageThat().contains("wild of softmax 'net.out'");
    assertThat(e).hasMessageThat().doesNotContain("relu");
    assertThat(e).hasMessageThat().contains("-Dgluonj.cuda.synchronous=true");
    CudaException next = assertThrows(CudaException.class, () -> gpu.allocate(64));
    assertThat(next).hasMessageThat().contains("context was lost when cuStreamSynchronize");
  }
}
