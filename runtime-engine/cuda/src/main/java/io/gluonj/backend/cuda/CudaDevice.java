package io.gluonj.backend.cuda;

import io.gluonj.backend.DeviceMemory;
import io.gluonj.backend.Kernel;
import io.gluonj.codegen.GpuKernels;
import io.gluonj.codegen.GpuLoops;
import io.gluonj.cuda.CudaException;
import io.gluonj.cuda.Gpu;
import io.gluonj.cuda.GpuEvent;
import io.gluonj.cuda.GpuModule;
import io.gluonj.cuda.StagingRing;
import io.gluonj.llvm.ObjectCache;
import io.gluonj.llvm.Ptx;
import io.gluonj.llvm.PtxCache;
import io.gluonj.op.LoopNest;
import io.gluonj.op.Op;
import io.gluonj.types.Device;
import io.gluonj.types.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the backend keeps of one GPU: its memory, its loaded kernels, and the order of its work.
 *
 * <p>All work is enqueued with {@link Gpu#lock()} held. A thread that holds it must not ask for
 * memory: the pool's lock comes first.
 */
final class CudaDevice implements DeviceMemory.Provider {
  private static final int BUFFERS = 2;
  private static final int BUFFER_BYTES = 4 << 20;

  /** Left to libraries, whose work space does not come from the pool: one part in so many. */
  private static final long RESERVED = 16;

  /** Beyond this many distinct nests their cache starts anew. */
  private static final int NESTS = 8192;

  private static final PtxCache PTX = new PtxCache(ObjectCache.standard());
  private static final Map<Integer, CudaDevice> OPEN = new ConcurrentHashMap<>();

  private final Gpu gpu;
  private final String architecture;
  private final Marks marks;
  private final Uploads uploads;
  private final DeviceMemory memory;
  private final Object downloading = new Object();
  private final StagingRing downloads;

  /** Loaded modules by their IR; they stay loaded, because kernels in use refer to them. */
  private final Map<String, GpuModule> modules = new ConcurrentHashMap<>();

  private final Map<NestKey, CudaKernel> nests = new ConcurrentHashMap<>();

  private final CudaLibrary library;

  private record NestKey(LoopNest nest, int inputs) {}

  private CudaDevice(int index) {
    this.gpu = Gpu.of(index);
    this.architecture = Ptx.architecture(gpu.properties().major(), gpu.properties().minor());
    this.marks = new Marks(gpu);
    this.uploads = new Uploads(gpu, marks);
    this.downloads = new StagingRing(gpu, BUFFERS, BUFFER_BYTES);
    this.library = new CudaLibrary(this);
    this.memory = new DeviceMemory(Device.gpu(index), this, limit(gpu));
  }

  /** The state of a device, opened on first use. */
  static CudaDevice of(Device device) {
    return OPEN.computeIfAbsent(device.index(), CudaDevice::new);
  }

  private static long limit(Gpu gpu) {
    Long stated = Long.getLong("gluonj.memory.limit");
    if (stated != null) {
      return stated;
    }
    long free = gpu.freeMemory();
    return free - free / RESERVED;
  }

  Gpu gpu() {
    return gpu;
  }

  /** The device in PTX's terms, for example {@code sm_80}. */
  String architecture() {
    return architecture;
  }

  DeviceMemory memory() {
    return memory;
  }

  /** Compiles and loads generated kernels, each module once. */
  CudaKernel kernel(GpuKernels kernels) {
    if (kernels.launches().isEmpty()) {
      return PtxKernel.nothing(gpu);
    }
    GpuModule module =
        modules.computeIfAbsent(kernels.ir(), ir -> gpu.load(PTX.compile(ir, architecture)));
    return PtxKernel.of(gpu, module, kernels.launches(), kernels.scratchBytes());
  }

  /** Compiles a loop nest, each one once. */
  CudaKernel loops(LoopNest nest, int inputs) {
    var key = new NestKey(nest, inputs);
    CudaKernel found = nests.get(key);
    if (found == null) {
      if (nests.size() >= NESTS) {
        nests.clear(); // kernels in use go on working
      }
      found = kernel(GpuLoops.of(nest, inputs));
      nests.put(key, found);
    }
    return found;
  }

  /** Compiles a library operator. */
  Kernel library(Op.Library op, List<TensorType> in, List<TensorType> out) {
    return library.kernel(op, in, out);
  }

  /** Compiles a recurrence. */
  Kernel recurrence(Op.Composite op, List<TensorType> in) {
    return library.recurrence(op, in);
  }

  /** Enqueues work in the order of the device, after what was uploaded to its operands. */
  void enqueue(long[][] addresses, Runnable work) {
    gpu.lock().lock();
    try {
      uploads.awaitUploads(addresses);
      try {
        work.run();
      } catch (RuntimeException | Error e) {
        markAfter(e);
        throw e;
      }
      marks.mark();
    } finally {
      gpu.lock().unlock();
    }
  }

  /** What was enqueued before the failure runs all the same. */
  private void markAfter(Throwable failure) {
    try {
      marks.mark();
    } catch (CudaException again) {
      failure.addSuppressed(again);
    }
  }

  @Override
  public long allocate(long bytes) {
    long address = gpu.allocate(bytes);
    if (address != 0) {
      gpu.lock().lock();
      try {
        marks.mark();
        uploads.allocated(address);
      } finally {
        gpu.lock().unlock();
      }
    }
    return address;
  }

  @Override
  public void free(long address, long bytes) {
    uploads.freed(address);
    gpu.free(address, bytes);
  }

  @Override
  public void released(long address) {
    uploads.released(address);
  }

  void upload(MemorySegment host, long address) {
    if (host.byteSize() > 0) {
      uploads.upload(host, address);
    }
  }

  void download(long address, MemorySegment host) {
    if (host.byteSize() > 0) {
      synchronized (downloading) {
        long launched;
        gpu.lock().lock();
        try {
          uploads.awaitAll();
          launched = gpu.log().count();
        } finally {
          gpu.lock().unlock();
        }
        downloads.out(gpu.compute(), address, host);
        gpu.log().finished(launched);
      }
    }
  }

  /** Copies within the device. */
  void copy(long source, long target, long bytes) {
    enqueue(new long[][] {{source, target}}, () -> gpu.compute().copy(source, target, bytes));
  }

  /** Copies to another device, after the work on both and before what is enqueued later. */
  void copyTo(CudaDevice other, long source, long target, long bytes) {
    gpu.reach(other.gpu);
    boolean first = gpu.index() < other.gpu.index();
    Gpu outer = first ? gpu : other.gpu;
    Gpu inner = first ? other.gpu : gpu;
    outer.lock().lock();
    inner.lock().lock();
    try {
      uploads.awaitAll();
      other.uploads.awaitAll();
      other.marks.mark();
      other.marks.await(gpu.compute(), other.marks.last());
      gpu.compute().copyTo(other.gpu, source, target, bytes);
      marks.mark();
      marks.await(other.gpu.compute(), marks.last());
      other.marks.mark();
    } finally {
      inner.lock().unlock();
      outer.lock().unlock();
    }
  }

  /**
   * Waits for all work enqueued so far. By an event: waiting for the stream itself would break the
   * capture that another thread may be at.
   */
  void synchronize() {
    gpu.copies().synchronize();
    long launched;
    GpuEvent reached;
    gpu.lock().lock();
    try {
      launched = gpu.log().count();
      reached = gpu.compute().record();
    } finally {
      gpu.lock().unlock();
    }
    try (reached) {
      reached.synchronize();
    }
    gpu.log().finished(launched);
  }
}
