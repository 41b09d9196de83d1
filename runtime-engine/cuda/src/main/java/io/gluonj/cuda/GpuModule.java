package io.gluonj.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jcuda.driver.CUmodule;
import jcuda.driver.JCudaDriver;

/** Kernels loaded on a device. */
public final class GpuModule implements AutoCloseable {
  /** {@code CUjit_option} in {@code cuda.h}. */
  private static final int[] OPTIONS = {5, 6}; // CU_JIT_ERROR_LOG_BUFFER, …_SIZE_BYTES

  private static final int LOG_BYTES = 8192;

  private final Gpu gpu;
  private final CUmodule module = new CUmodule();
  private final Map<String, GpuFunction> functions = new ConcurrentHashMap<>();

  private GpuModule(Gpu gpu) {
    this.gpu = gpu;
  }

  static GpuModule load(Gpu gpu, String ptx) {
    var loaded = new GpuModule(gpu);
    gpu.activate();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment image = arena.allocateFrom(ptx);
      MemorySegment log = arena.allocate(LOG_BYTES);
      MemorySegment values = arena.allocate(ValueLayout.JAVA_LONG, 2);
      values.setAtIndex(ValueLayout.JAVA_LONG, 0, log.address());
      values.setAtIndex(
          ValueLayout.JAVA_LONG, 1, LOG_BYTES); // an unsigned int in a pointer's place
      int code =
          JCudaDriver.cuModuleLoadDataEx(
              loaded.module,
              DevicePointer.of(image.address()),
              OPTIONS.length,
              OPTIONS,
              DevicePointer.of(values.address()));
      if (code != Cuda.SUCCESS) {
        String said = log.getString(0).strip();
        Cuda.check(
            code, "cuModuleLoadDataEx" + (said.isEmpty() ? "" : ", whose compiler says: " + said));
      }
    }
    return loaded;
  }

  /**
   * A kernel of the module.
   *
   * @throws CudaException if there is none of that name
   */
  public GpuFunction function(String name) {
    return functions.computeIfAbsent(name, n -> GpuFunction.of(gpu, module, n));
  }

  /** Unloads it; none of its kernels may run any more. */
  @Override
  public void close() {
    gpu.activate();
    Cuda.check(JCudaDriver.cuModuleUnload(module), "cuModuleUnload");
  }
}
