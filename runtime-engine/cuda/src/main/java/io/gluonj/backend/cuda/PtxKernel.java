package io.gluonj.backend.cuda;

import io.gluonj.codegen.GpuKernels;
import io.gluonj.cuda.Gpu;
import io.gluonj.cuda.GpuFunction;
import io.gluonj.cuda.GpuModule;
import java.util.List;

/** Launches generated kernels. */
final class PtxKernel implements CudaKernel {
  private static final class Launch {
    final GpuFunction function;
    final int[] operands;
    final long blocks;
    final int threads;

    Launch(GpuFunction function, GpuKernels.Launch launch) {
      this.function = function;
      this.operands = launch.operands().stream().mapToInt(Integer::intValue).toArray();
      this.blocks = launch.blocks();
      this.threads = launch.threads();
    }
  }

  private final Gpu gpu;
  private final Launch[] launches;
  private final long scratchBytes;

  private PtxKernel(Gpu gpu, Launch[] launches, long scratchBytes) {
    this.gpu = gpu;
    this.launches = launches;
    this.scratchBytes = scratchBytes;
  }

  /** Kernels of a loaded module. */
  static PtxKernel of(Gpu gpu, GpuModule module, List<GpuKernels.Launch> launches, long scratch) {
    Launch[] prepared =
        launches.stream()
            .map(launch -> new Launch(module.function(launch.function()), launch))
            .toArray(Launch[]::new);
    return new PtxKernel(gpu, prepared, scratch);
  }

  /** Where there is nothing to compute. */
  static PtxKernel nothing(Gpu gpu) {
    return new PtxKernel(gpu, new Launch[0], 0);
  }

  @Override
  public long scratchBytes() {
    return scratchBytes;
  }

  @Override
  public void run(long[] addresses) {
    for (Launch launch : launches) {
      int[] operands = launch.operands;
      long[] pointers = new long[operands.length];
      for (int i = 0; i < pointers.length; i++) {
        pointers[i] =
            operands[i] == GpuKernels.SCRATCH
                ? addresses[addresses.length - 1]
                : addresses[operands[i]];
      }
      gpu.compute().launch(launch.function, launch.blocks, launch.threads, pointers);
    }
  }
}
