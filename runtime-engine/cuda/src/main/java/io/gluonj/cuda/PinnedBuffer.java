package io.gluonj.cuda;

import java.lang.foreign.MemorySegment;
import jcuda.Pointer;
import jcuda.driver.JCudaDriver;

/** Host memory that the device reads and writes by itself, while the processor goes on. */
public final class PinnedBuffer implements AutoCloseable {
  private final Gpu gpu;
  private final Pointer pointer = new Pointer();
  private final MemorySegment memory;

  /**
   * Allocates.
   *
   * @param bytes 1 to 2^31 - 1
   */
  public PinnedBuffer(Gpu gpu, int bytes) {
    this.gpu = gpu;
    gpu.activate();
    Cuda.check(
        JCudaDriver.cuMemHostAlloc(pointer, bytes, 0), "cuMemHostAlloc of " + bytes + " bytes");
    this.memory = MemorySegment.ofBuffer(pointer.getByteBuffer(0, bytes));
  }

  /** The memory; valid until closed. */
  public MemorySegment memory() {
    return memory;
  }

  /** Gives it back; the device must be done with it. */
  @Override
  public void close() {
    gpu.activate();
    Cuda.check(JCudaDriver.cuMemFreeHost(pointer), "cuMemFreeHost");
  }
}
