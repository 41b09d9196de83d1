package io.gluonj.backend.cuda;

import io.gluonj.codegen.GpuKernels;
import io.gluonj.op.LoopNest;

/** Makes generated kernels run on a device. */
interface CudaCompiler {
  /** Kernels of one operator. */
  CudaKernel kernel(GpuKernels kernels);

  /** A loop nest of so many inputs, see {@link io.gluonj.backend.Backend#loops}. */
  CudaKernel loops(LoopNest nest, int inputs);
}
