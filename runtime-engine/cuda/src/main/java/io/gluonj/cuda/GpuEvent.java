package io.gluonj.cuda;

import jcuda.driver.CUevent;
import jcuda.driver.JCudaDriver;

/** A point in the work of a stream that others can wait for. */
public final class GpuEvent implements AutoCloseable {
  private static final int DISABLE_TIMING = 2;

  private final Gpu gpu;
  private final CUevent event = new CUevent();

  private GpuEvent(Gpu gpu, int flags) {
    this.gpu = gpu;
    gpu.activate();
    Cuda.check(JCudaDriver.cuEventCreate(event, flags), "cuEventCreate");
  }

  /** An event to wait for. */
  public static GpuEvent of(Gpu gpu) {
    return new GpuEvent(gpu, DISABLE_TIMING);
  }

  /** An event that also notes the time when it is reached. */
  public static GpuEvent timed(Gpu gpu) {
    return new GpuEvent(gpu, 0);
  }

  CUevent raw() {
    return event;
  }

  /** Whether all work before it is done, or it was never recorded. */
  public boolean reached() {
    gpu.activate();
    int code = JCudaDriver.cuEventQuery(event);
    if (code == Cuda.NOT_READY) {
      return false;
    }
    Cuda.check(code, "cuEventQuery");
    return true;
  }

  /** Blocks the calling thread until it is reached. */
  public void synchronize() {
    gpu.activate();
    Cuda.check(JCudaDriver.cuEventSynchronize(event), "cuEventSynchronize");
  }

  /** Milliseconds of the device between two timed events that were reached. */
  public float millisecondsSince(GpuEvent earlier) {
    gpu.activate();
    float[] milliseconds = new float[1];
    Cuda.check(
        JCudaDriver.cuEventElapsedTime(milliseconds, earlier.event, event), "cuEventElapsedTime");
    return milliseconds[0];
  }

  /** Destroys it; the driver waits with that until it is reached. */
  @Override
  public void close() {
    gpu.activate();
    Cuda.check(JCudaDriver.cuEventDestroy(event), "cuEventDestroy");
  }
}
