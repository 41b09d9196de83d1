package io.gluonj.llvm;

import java.util.List;

/**
 * Compiles IR text to PTX, the assembler language of NVIDIA GPUs.
 *
 * <p>PTX is written in version 8.0, the newest that the static PTX compiler of CUDA 12.0 accepts
 * and that every driver from CUDA 12.0 on loads. Version 8.0 knows GPUs up to {@code sm_90}; a
 * newer GPU runs the code of {@code sm_90}, which its driver translates.
 */
public final class Ptx {
  private static final String TRIPLE = "nvptx64-nvidia-cuda";
  private static final String FEATURES = "+ptx80";

  /**
   * Compute capabilities that PTX 8.0 knows and CUDA 12 still supports, ascending, major times ten
   * plus minor.
   */
  private static final List<Integer> CAPABILITIES =
      List.of(50, 52, 53, 60, 61, 62, 70, 72, 75, 80, 86, 87, 89, 90);

  private Ptx() {}

  /**
   * The newest architecture whose code runs on a GPU.
   *
   * @param major compute capability before the dot
   * @param minor compute capability after the dot
   * @return for example {@code sm_89}
   * @throws IllegalArgumentException if the GPU is older than compute capability 5.0
   */
  public static String architecture(int major, int minor) {
    int wanted = 10 * major + minor;
    return "sm_"
        + CAPABILITIES.stream()
            .filter(known -> known <= wanted)
            .reduce((older, newer) -> newer)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "Gpu: compute capability "
                        + major
                        + "."
                        + minor
                        + " was found, 5.0 or newer is needed"));
  }

  /**
   * Compiles IR text whose kernels have the calling convention {@code ptx_kernel}.
   *
   * @param ir text of LLVM IR; triple and data layout are set here
   * @param architecture as {@link #architecture} gives it
   * @return PTX text
   * @throws IrException if LLVM does not accept the text
   */
  public static String compile(String ir, String architecture) {
    boolean known =
        CAPABILITIES.stream().anyMatch(capability -> architecture.equals("sm_" + capability));
    if (!known) {
      throw new IllegalArgumentException(
          "Ptx: architecture '" + architecture + "' is not one of sm_" + CAPABILITIES);
    }
    LlvmLibrary.require();
    try (IrModule module = IrModule.parse(ir);
        TargetMachine machine = TargetMachine.gpu(TRIPLE, architecture, FEATURES)) {
      module.target(machine);
      module.optimize(machine, "default<O3>");
      return module.assembly(machine);
    }
  }
}
