package io.gluonj.codegen;

import java.util.List;

/**
 * Kernels for an NVIDIA GPU as LLVM IR, and how they are launched one after another. Every emitter
 * for GPUs ends here, whatever it computes; the backend compiles the text to PTX and launches.
 *
 * @param ir text of one module with the calling convention {@code ptx_kernel}; equal work gives
 *     equal text, so that it is a key for caches
 * @param launches in order; empty where there is nothing to compute
 * @param scratchBytes memory needed between launches; 0 if none
 */
public record GpuKernels(String ir, List<Launch> launches, long scratchBytes) {
  /** Stands for the scratch memory among a launch's operands. */
  public static final int SCRATCH = -1;

  /**
   * One launch of a kernel.
   *
   * @param function name in the module
   * @param operands the kernel's parameters in order, all of them pointers: positions among the
   *     addresses of the operator's inputs, then its outputs; or {@link #SCRATCH}
   * @param blocks thread blocks in x, at least 1 and below 2^31; kernels stride over what is left
   * @param threads threads in each block, a multiple of 32, at most 1024
   */
  public record Launch(String function, List<Integer> operands, long blocks, int threads) {
    /** Copies the operands. */
    public Launch {
      operands = List.copyOf(operands);
    }
  }

  /** Copies the launches. */
  public GpuKernels {
    launches = List.copyOf(launches);
  }
}
