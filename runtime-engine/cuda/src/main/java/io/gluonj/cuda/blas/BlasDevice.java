package io.gluonj.cuda.blas;

import io.gluonj.backend.Kernel;
import io.gluonj.codegen.GpuKernels;
import io.gluonj.cuda.Gpu;
import java.util.function.Function;

/**
 * What products run on.
 *
 * @param gpu the device
 * @param compiler makes generated kernels of the engine run on it
 */
public record BlasDevice(Gpu gpu, Function<GpuKernels, Kernel> compiler) {
  @Override
  public String toString() {
    return gpu.toString();
  }
}
