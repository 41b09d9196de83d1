package io.gluonj.cuda.blas;

import io.gluonj.cuda.CudaException;
import io.gluonj.cuda.Gpu;

/**
 * Memory for cuBLAS on one stream. With memory of ours a product allocates nothing, so that it can
 * be captured, and gives equal bits each time (cublasSetWorkspace). cublasSetStream takes the
 * memory away again, so it is set after the stream.
 *
 * @param bytes 32 MiB from compute capability 9.0 on and 4 MiB before, as NVIDIA recommends
 */
record CublasWorkspace(Gpu gpu, long address, long bytes) {
  private static final long MIB = 1L << 20;

  static CublasWorkspace of(Gpu gpu) {
    long bytes = (gpu.properties().major() >= 9 ? 32 : 4) * MIB;
    long address = gpu.allocate(bytes);
    if (address == 0) {
      throw new CudaException(
          2,
          bytes + " bytes of workspace for cuBLAS were asked for on " + gpu,
          "the device has no memory left",
          "end other programs on the GPU (nvidia-smi lists them)");
    }
    return new CublasWorkspace(gpu, address, bytes);
  }

  void free() {
    gpu.free(address, bytes);
  }
}
