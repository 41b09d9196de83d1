package io.gluonj.cuda;

import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.JCudaDriver;

/** A kernel of a loaded module. */
public final class GpuFunction {
  /** {@code CUfunction_attribute} in {@code cuda.h}. */
  private static final int MAX_THREADS_PER_BLOCK = 0;

  private static final int SHARED_SIZE_BYTES = 1;
  private static final int LOCAL_SIZE_BYTES = 3;
  private static final int NUM_REGS = 4;

  private final Gpu gpu;
  private final String name;
  private final CUfunction function = new CUfunction();

  private GpuFunction(Gpu gpu, String name) {
    this.gpu = gpu;
    this.name = name;
  }

  static GpuFunction of(Gpu gpu, CUmodule module, String name) {
    var found = new GpuFunction(gpu, name);
    gpu.activate();
    Cuda.check(
        JCudaDriver.cuModuleGetFunction(found.function, module, name),
        "cuModuleGetFunction for '" + name + "'");
    return found;
  }

  CUfunction raw() {
    return function;
  }

  /** Name in the module. */
  public String name() {
    return name;
  }

  /** Registers of each thread. */
  public int registers() {
    return attribute(NUM_REGS);
  }

  /** Bytes of local memory of each thread: where registers are spilled to. */
  public int localBytes() {
    return attribute(LOCAL_SIZE_BYTES);
  }

  /** Bytes of shared memory of each block. */
  public int sharedBytes() {
    return attribute(SHARED_SIZE_BYTES);
  }

  /** Largest block that fits the device with these registers. */
  public int maxThreads() {
    return attribute(MAX_THREADS_PER_BLOCK);
  }

  private int attribute(int which) {
    gpu.activate();
    int[] value = new int[1];
    Cuda.check(JCudaDriver.cuFuncGetAttribute(value, which, function), "cuFuncGetAttribute");
    return value[0];
  }
}
