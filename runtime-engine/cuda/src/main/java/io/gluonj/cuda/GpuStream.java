package io.gluonj.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jcuda.driver.CUgraph;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;

/**
 * Work of a device in order. One thread at a time may enqueue: hold {@link Gpu#lock()} for {@link
 * Gpu#compute()}. All methods except {@link #synchronize()} return before the work is done; the
 * context of the device is made current on the calling thread.
 */
public final class GpuStream {
  private static final int NON_BLOCKING = 1;
  private static final int CAPTURE_THREAD_LOCAL = 1;
  private static final int PARAMETERS = 64;

  private static final class Handle extends CUstream {
    long value() {
      return getNativePointer();
    }
  }

  private final Gpu gpu;
  private final Handle stream = new Handle();
  private MemorySegment parameters;
  private DevicePointer parametersPointer;
  private boolean capturing;

  GpuStream(Gpu gpu) {
    this.gpu = gpu;
    this.parameters = Arena.ofAuto().allocate(ValueLayout.JAVA_LONG, 2 * PARAMETERS);
    this.parametersPointer = DevicePointer.of(parameters.address());
    gpu.activate();
    Cuda.check(JCudaDriver.cuStreamCreate(stream, NON_BLOCKING), "cuStreamCreate");
  }

  /** The {@code CUstream}, for libraries bound otherwise than through JCuda. */
  public long handle() {
    return stream.value();
  }

  /** JCuda's form of it. */
  public CUstream raw() {
    return stream;
  }

  /**
   * Launches a kernel whose parameters are pointers.
   *
   * @param blocks thread blocks in x, 1 to 2^31 - 1
   * @param threads threads in each block, 1 to 1024
   * @param pointers device addresses
   */
  public void launch(GpuFunction function, long blocks, int threads, long[] pointers) {
    if (blocks < 1 || blocks > Integer.MAX_VALUE || threads < 1 || threads > 1024) {
      throw new IllegalArgumentException(
          "kernel " + function.name() + ": " + blocks + " blocks of " + threads + " threads");
    }
    gpu.activate();
    place(pointers);
    log(function.name());
    int code =
        JCudaDriver.cuLaunchKernel(
            function.raw(), (int) blocks, 1, 1, threads, 1, 1, 0, stream, parametersPointer, null);
    if (code != Cuda.SUCCESS) {
      Cuda.check(code, "cuLaunchKernel of '" + function.name() + "'");
    }
    settle(function.name());
  }

  /**
   * The array of pointers to parameters that cuLaunchKernel takes, then the parameters. The driver
   * copies them before it returns, so that the memory serves every launch.
   */
  private void place(long[] pointers) {
    int n = pointers.length;
    if (parameters.byteSize() < 2L * n * Long.BYTES) {
      parameters = Arena.ofAuto().allocate(ValueLayout.JAVA_LONG, 2L * n);
      parametersPointer = DevicePointer.of(parameters.address());
    }
    long values = parameters.address() + (long) n * Long.BYTES;
    for (int i = 0; i < n; i++) {
      parameters.setAtIndex(ValueLayout.JAVA_LONG, i, values + (long) i * Long.BYTES);
      parameters.setAtIndex(ValueLayout.JAVA_LONG, n + i, pointers[i]);
    }
  }

  /**
   * Notes work that a library has enqueued on this stream, and waits for it if faults are to be
   * reported by what made them.
   */
  public void enqueued(String call) {
    log(call);
    settle(call);
  }

  /** What is captured does not run yet. */
  private void log(String kernel) {
    if (!capturing) {
      gpu.log().launched(kernel);
    }
  }

  private void settle(String kernel) {
    if (Cuda.synchronous() && !capturing) {
      int code = JCudaDriver.cuStreamSynchronize(stream);
      Cuda.check(code, "waiting for kernel '" + kernel + "'");
      gpu.log().finished(gpu.log().count());
    }
  }

  /** Copies from host memory; pinned, or the call takes as long as the copy. */
  public void copyIn(long host, long device, long bytes) {
    gpu.activate();
    Cuda.check(
        JCudaDriver.cuMemcpyHtoDAsync(
            DevicePointer.of(device), DevicePointer.of(host), bytes, stream),
        "cuMemcpyHtoDAsync");
  }

  /** Copies to host memory; pinned, or the call takes as long as the copy. */
  public void copyOut(long device, long host, long bytes) {
    gpu.activate();
    Cuda.check(
        JCudaDriver.cuMemcpyDtoHAsync(
            DevicePointer.of(host), DevicePointer.of(device), bytes, stream),
        "cuMemcpyDtoHAsync");
  }

  /** Copies within the device. */
  public void copy(long source, long target, long bytes) {
    gpu.activate();
    Cuda.check(
        JCudaDriver.cuMemcpyDtoDAsync(
            DevicePointer.of(target), DevicePointer.of(source), bytes, stream),
        "cuMemcpyDtoDAsync");
  }

  /** Copies to another device. */
  public void copyTo(Gpu other, long source, long target, long bytes) {
    gpu.activate();
    Cuda.check(
        JCudaDriver.cuMemcpyPeerAsync(
            DevicePointer.of(target),
            other.context(),
            DevicePointer.of(source),
            gpu.context(),
            bytes,
            stream),
        "cuMemcpyPeerAsync from " + gpu + " to " + other);
  }

  /** Fills with one byte. */
  public void fill(long device, byte value, long bytes) {
    gpu.activate();
    Cuda.check(
        JCudaDriver.cuMemsetD8Async(DevicePointer.of(device), value, bytes, stream),
        "cuMemsetD8Async");
  }

  /** Records an event that was made before; what it stood for earlier is forgotten. */
  public GpuEvent record(GpuEvent event) {
    gpu.activate();
    Cuda.check(JCudaDriver.cuEventRecord(event.raw(), stream), "cuEventRecord");
    return event;
  }

  /** Records a new event, which the caller closes. */
  public GpuEvent record() {
    return record(GpuEvent.of(gpu));
  }

  /** Lets all work enqueued later wait for an event, also of another device. */
  public void await(GpuEvent event) {
    gpu.activate();
    Cuda.check(JCudaDriver.cuStreamWaitEvent(stream, event.raw(), 0), "cuStreamWaitEvent");
  }

  /** Blocks the calling thread until all work is done. */
  public void synchronize() {
    gpu.activate();
    long launched = gpu.log().count();
    Cuda.check(JCudaDriver.cuStreamSynchronize(stream), "cuStreamSynchronize");
    if (this == gpu.compute()) {
      gpu.log().finished(launched);
    }
  }

  /**
   * From here to {@link #endCapture()} work of this thread is recorded, not done. Other threads may
   * go on with other streams.
   */
  public void beginCapture() {
    gpu.activate();
    Cuda.check(
        JCudaDriver.cuStreamBeginCapture(stream, CAPTURE_THREAD_LOCAL), "cuStreamBeginCapture");
    capturing = true;
  }

  /**
   * Ends a capture, also one that failed.
   *
   * @throws CudaException if something was asked for that cannot be captured
   */
  public GpuGraph endCapture() {
    capturing = false;
    gpu.activate();
    var captured = new CUgraph();
    Cuda.check(JCudaDriver.cuStreamEndCapture(stream, captured), "cuStreamEndCapture");
    return new GpuGraph(gpu, captured);
  }

  /** Ends a capture whose work failed, and forgets it. */
  public void abandonCapture() {
    capturing = false;
    gpu.activate();
    var captured = new CUgraph();
    int code = JCudaDriver.cuStreamEndCapture(stream, captured);
    if (code == Cuda.SUCCESS) {
      Cuda.check(JCudaDriver.cuGraphDestroy(captured), "cuGraphDestroy");
    } // else the capture was invalid already, and the stream is free again
  }

  /** Runs a captured graph. */
  public void launch(GpuGraph graph) {
    gpu.activate();
    gpu.log().launched("a graph");
    Cuda.check(JCudaDriver.cuGraphLaunch(graph.raw(), stream), "cuGraphLaunch");
  }
}
