package io.gluonj.cuda;

import static com.google.common.truth.Truth.assertThat;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.llvm.Ptx;
import io.gluonj.softgpu.SoftwareGpu;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jcuda.driver.JCudaDriver;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That the stub is as strict as a device: what is wrong on one shows here. */
@Tag("gpu")
final class SoftwareGpuTest {
  private static final int N = 256;

  private static final String DOUBLE =
      """
      declare i32 @llvm.nvvm.read.ptx.sreg.tid.x()
      define ptx_kernel void @twice(ptr addrspace(1) %x, ptr addrspace(1) %y) {
        %t = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
        %p = getelementptr float, ptr addrspace(1) %x, i32 %t
        %q = getelementptr float, ptr addrspace(1) %y, i32 %t
        %v = load float, ptr addrspace(1) %p
        %w = fadd float %v, %v
        store float %w, ptr addrspace(1) %q
        ret void
      }
      """;

  private static GpuFunction twice(Gpu gpu) {
    return gpu.load(Ptx.compile(DOUBLE, "sm_80")).function("twice");
  }

  @BeforeEach
  void onlyOnTheSoftwareGpu() {
    Assumptions.assumeTrue(SoftwareGpu.wanted(), "a real device does not promise to be late");
  }

  private static void heal() {
    SoftwareGpu.install().heal();
    Cuda.forgetLoss();
  }

  private static float first(Gpu gpu, long device) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(4L * N, 8);
      gpu.compute().copyOut(device, host.address(), 4L * N);
      gpu.compute().synchronize();
      return host.get(JAVA_FLOAT, 0);
    }
  }

  private static void upload(Gpu gpu, long device, float value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(4L * N, 8);
      for (int i = 0; i < N; i++) {
        host.setAtIndex(JAVA_FLOAT, i, value);
      }
      gpu.compute().copyIn(host.address(), device, 4L * N);
    }
  }

  @Test
  void kernelReadsWhatWasCopiedFromPageableMemory() {
    Gpu gpu = Gpu.of(0);
    long x = gpu.allocate(4L * N);
    long y = gpu.allocate(4L * N);
    upload(gpu, x, 3);
    gpu.compute().launch(twice(gpu), 1, N, new long[] {x, y});
    assertThat(first(gpu, y)).isEqualTo(6f);
    gpu.free(x, 4L * N);
    gpu.free(y, 4L * N);
  }

  @Test
  void pinnedMemoryThatIsUsedAgainTooEarlySpoilsTheCopy() {
    Gpu gpu = Gpu.of(0);
    long x = gpu.allocate(4L * N);
    try (var pinned = new PinnedBuffer(gpu, 4 * N)) {
      pinned.memory().asSlice(0, 4).set(JAVA_FLOAT, 0, 1f);
      gpu.compute().copyIn(pinned.memory().address(), x, 4L * N);
      pinned.memory().asSlice(0, 4).set(JAVA_FLOAT, 0, 2f);
      assertThat(first(gpu, x)).isEqualTo(2f);
    }
    gpu.free(x, 4L * N);
  }

  @Test
  void otherStreamIsSeenOnlyAfterItsEvent() {
    Gpu gpu = Gpu.of(0);
    long x = gpu.allocate(4L * N);
    try (var pinned = new PinnedBuffer(gpu, 4 * N)) {
      pinned.memory().fill((byte) 0);
      gpu.compute().synchronize();
      gpu.copies().copyIn(pinned.memory().address(), x, 4L * N);
      assertThat(first(gpu, x)).isNaN();
      try (GpuEvent copied = gpu.copies().record()) {
        gpu.compute().await(copied);
        assertThat(first(gpu, x)).isEqualTo(0f);
      }
    }
    gpu.free(x, 4L * N);
  }

  @Test
  void graphReplaysWhatWasCapturedOnNewValues() {
    Gpu gpu = Gpu.of(0);
    GpuFunction twice = twice(gpu);
    long x = gpu.allocate(4L * N);
    upload(gpu, x, 1);
    gpu.compute().synchronize();
    gpu.compute().beginCapture();
    gpu.compute().launch(twice, 1, N, new long[] {x, x});
    gpu.compute().launch(twice, 1, N, new long[] {x, x});
    try (GpuGraph graph = gpu.compute().endCapture()) {
      assertThat(first(gpu, x)).isEqualTo(1f);
      gpu.compute().launch(graph);
      gpu.compute().launch(graph);
      assertThat(first(gpu, x)).isEqualTo(16f);
    }
    gpu.free(x, 4L * N);
  }

  @Test
  void waitingInACaptureSpoilsIt() {
    Gpu gpu = Gpu.of(0);
    gpu.compute().beginCapture();
    CudaException refused = assertThrows(CudaException.class, () -> gpu.compute().synchronize());
    assertThat(refused).hasMessageThat().contains("CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED");
    assertThrows(CudaException.class, () -> gpu.compute().endCapture());
    gpu.compute().synchronize();
  }

  @Test
  void newMemoryHoldsNothingOfUse() {
    Gpu gpu = Gpu.of(0);
    long x = gpu.allocate(4L * N);
    assertThat(first(gpu, x)).isNaN();
    gpu.compute().fill(x, (byte) 0, 4L * N);
    assertThat(first(gpu, x)).isEqualTo(0f);
    gpu.free(x, 4L * N);
  }

  @Test
  void exhaustedMemoryIsSaid() {
    Gpu gpu = Gpu.of(0);
    assertThat(gpu.allocate(1L << 40)).isEqualTo(0);
  }

  @Test
  void textThatIsNoPtxIsRefusedWithTheLine() {
    Gpu gpu = Gpu.of(0);
    CudaException refused =
        assertThrows(
            CudaException.class,
            () ->
                gpu.load(
                    """
                    .version 8.0
                    .target sm_80
                    .address_size 64
                    .visible .entry k() {
                    frobnicate.b32 %r1;
                    }
                    """));
    assertThat(refused).hasMessageThat().contains("CUDA_ERROR_INVALID_PTX");
    assertThat(refused).hasMessageThat().contains("PTX line 5: frobnicate");
  }

  private static Gpu second() {
    Assumptions.assumeTrue(Gpu.count() > 1, "there is one device");
    return Gpu.of(1);
  }

  @Test
  void faultShowsAtTheNextWaitAndStays() {
    Gpu gpu = second();
    long x = gpu.allocate(4L * N);
    gpu.compute().launch(twice(gpu), 1, N, new long[] {x, 64});
    CudaException fault = assertThrows(CudaException.class, () -> gpu.compute().synchronize());
    assertThat(fault).hasMessageThat().contains("CUDA_ERROR_ILLEGAL_ADDRESS (700)");
    assertThat(SoftwareGpu.install().lastFault()).contains("address 0x43c lies in no allocation");
    assertThrows(CudaException.class, () -> gpu.allocate(16));
    heal();
    gpu.free(x, 4L * N);
  }

  @Test
  void devicesCopyToEachOther() {
    Gpu one = Gpu.of(0);
    Gpu two = second();
    long x = one.allocate(4L * N);
    long y = two.allocate(4L * N);
    upload(one, x, 5);
    two.compute().fill(y, (byte) 0, 4L * N);
    two.compute().synchronize();
    one.compute().copyTo(two, x, y, 4L * N);
    try (GpuEvent copied = one.compute().record()) {
      two.compute().await(copied);
    }
    assertThat(first(two, y)).isEqualTo(5f);
    one.free(x, 4L * N);
    two.free(y, 4L * N);
  }

  @Test
  void kernelsDoNotReachAnotherDeviceUnasked() {
    Gpu one = Gpu.of(0);
    Gpu two = second();
    boolean asked = two.reaches(one); // by another test of this process
    if (asked) {
      two.activate();
      Cuda.check(JCudaDriver.cuCtxDisablePeerAccess(one.context()), "cuCtxDisablePeerAccess");
    }
    long x = one.allocate(4L * N);
    two.compute().launch(twice(two), 1, N, new long[] {x, x});
    CudaException fault = assertThrows(CudaException.class, () -> two.compute().synchronize());
    assertThat(fault).hasMessageThat().contains("CUDA_ERROR_ILLEGAL_ADDRESS");
    heal();
    one.free(x, 4L * N);
    if (asked) {
      two.activate();
      Cuda.check(JCudaDriver.cuCtxEnablePeerAccess(one.context(), 0), "cuCtxEnablePeerAccess");
    }
  }

  @Test
  void pinnedMemoryIsPoisonedWhenNew() {
    Gpu gpu = Gpu.of(0);
    try (var pinned = new PinnedBuffer(gpu, 16)) {
      assertThat(pinned.memory().get(JAVA_BYTE, 15)).isEqualTo((byte) -1);
    }
  }
}
