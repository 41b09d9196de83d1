package io.gluonj.cuda;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.JCudaDriver;
import org.jspecify.annotations.Nullable;

/** One NVIDIA GPU with its primary context, which stays retained until the process ends. */
public final class Gpu {
  private static final Map<Integer, Gpu> OPEN = new HashMap<>();

  /** Whose context the thread uses; saves asking the driver before each call. */
  private static final ThreadLocal<@Nullable Gpu> CURRENT = new ThreadLocal<>();

  private final int index;
  private final CUdevice device;
  private final CUcontext context = new CUcontext();
  private final GpuProperties properties;
  private final boolean streamOrdered;
  private final ReentrantLock lock = new ReentrantLock();
  private final LaunchLog log;
  private final GpuStream compute;
  private final GpuStream copies;
  private final Set<Gpu> peers = new HashSet<>();

  private Gpu(int index) {
    this.index = index;
    this.device = DeviceQuery.device(index);
    this.properties = DeviceQuery.properties(index);
    // Blocks of a pool can be mapped neither by peers nor by NCCL without leave that JCuda cannot
    // give, so several GPUs do with plain allocations.
    this.streamOrdered = properties.pools() && count() == 1;
    Cuda.check(
        JCudaDriver.cuDevicePrimaryCtxRetain(context, device),
        "cuDevicePrimaryCtxRetain of gpu:" + index);
    this.log = LaunchLog.of("gpu:" + index);
    this.compute = new GpuStream(this);
    this.copies = new GpuStream(this);
  }

  /** Number of GPUs the process may use (CUDA_VISIBLE_DEVICES). */
  public static int count() {
    Cuda.start();
    int[] count = new int[1];
    Cuda.check(JCudaDriver.cuDeviceGetCount(count), "cuDeviceGetCount");
    return count[0];
  }

  /**
   * A GPU, opened on first use.
   *
   * @throws CudaException if there is none of that index, or its context cannot be had
   */
  public static Gpu of(int index) {
    synchronized (OPEN) {
      Gpu open = OPEN.get(index);
      if (open == null) {
        Cuda.start();
        open = new Gpu(index);
        OPEN.put(index, open);
      }
      return open;
    }
  }

  /** Which one, from 0. */
  public int index() {
    return index;
  }

  /** What it is. */
  public GpuProperties properties() {
    return properties;
  }

  /** Where kernels run. */
  public GpuStream compute() {
    return compute;
  }

  /** Where uploads run beside the kernels. */
  public GpuStream copies() {
    return copies;
  }

  /** Held while work is enqueued on {@link #compute()}. */
  public ReentrantLock lock() {
    return lock;
  }

  /** What was launched lately. */
  public LaunchLog log() {
    return log;
  }

  CUcontext context() {
    return context;
  }

  /** Makes its context the calling thread's; costs nothing if it is already. */
  public void activate() {
    if (CURRENT.get() != this) {
      reactivate();
    }
  }

  /** As {@link #activate()}, after a library may have changed the thread's context unseen. */
  public void reactivate() {
    Cuda.check(JCudaDriver.cuCtxSetCurrent(context), "cuCtxSetCurrent to " + this);
    CURRENT.set(this);
  }

  /**
   * Takes memory, usable by work enqueued on {@link #compute()} from now on; 256-byte aligned.
   *
   * @return the address, or 0 if the device has no more
   */
  public long allocate(long bytes) {
    activate();
    lock.lock();
    try {
      var address = new DevicePointer();
      String call = streamOrdered ? "cuMemAllocAsync" : "cuMemAlloc";
      int code =
          streamOrdered
              ? JCudaDriver.cuMemAllocAsync(address, bytes, compute.raw())
              : JCudaDriver.cuMemAlloc(address, bytes);
      if (code == Cuda.OUT_OF_MEMORY) {
        return 0;
      }
      Cuda.check(code, call + " of " + bytes + " bytes on " + this);
      return address.address();
    } finally {
      lock.unlock();
    }
  }

  /** Gives memory back, after all work enqueued on {@link #compute()} so far. */
  public void free(long address, long bytes) {
    activate();
    lock.lock();
    try {
      if (streamOrdered) {
        Cuda.check(
            JCudaDriver.cuMemFreeAsync(DevicePointer.of(address), compute.raw()),
            "cuMemFreeAsync of " + bytes + " bytes on " + this);
      } else {
        compute.synchronize();
        Cuda.check(
            JCudaDriver.cuMemFree(DevicePointer.of(address)),
            "cuMemFree of " + bytes + " bytes on " + this);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Bytes of device memory that nobody uses now. */
  public long freeMemory() {
    activate();
    long[] free = new long[1];
    long[] total = new long[1];
    Cuda.check(JCudaDriver.cuMemGetInfo(free, total), "cuMemGetInfo");
    return free[0];
  }

  /**
   * Loads kernels.
   *
   * @param ptx text of a module
   * @throws CudaException with what the driver's compiler says if it refuses the text
   */
  public GpuModule load(String ptx) {
    return GpuModule.load(this, ptx);
  }

  /** Lets this device reach another's memory directly where the machine can; asked once a pair. */
  public void reach(Gpu other) {
    synchronized (peers) {
      if (other == this || !peers.add(other)) {
        return;
      }
    }
    int[] can = new int[1];
    Cuda.check(
        JCudaDriver.cuDeviceCanAccessPeer(can, device, other.device),
        "cuDeviceCanAccessPeer from " + this + " to " + other);
    if (can[0] != 0) {
      activate();
      int code = JCudaDriver.cuCtxEnablePeerAccess(other.context, 0);
      if (code != Cuda.PEER_ACCESS_ALREADY_ENABLED) {
        Cuda.check(code, "cuCtxEnablePeerAccess from " + this + " to " + other);
      }
    }
  }

  /** As devices are written: {@code gpu:0}. */
  @Override
  public String toString() {
    return "gpu:" + index;
  }

  /** Whether kernels of this device have been allowed to reach the memory of another. */
  boolean reaches(Gpu other) {
    synchronized (peers) {
      return peers.contains(other);
    }
  }
}
