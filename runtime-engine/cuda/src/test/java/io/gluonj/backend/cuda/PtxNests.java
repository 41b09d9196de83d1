package io.gluonj.backend.cuda;

import io.gluonj.codegen.GpuKernels;
import io.gluonj.llvm.Ptx;
import io.gluonj.ptx.PtxMachine;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Runs generated kernels as PTX on the host; they may touch their operands and nothing else. */
final class PtxNests {
  private final GpuKernels kernels;
  private final String ptx;

  PtxNests(GpuKernels kernels, String architecture) {
    this.kernels = kernels;
    this.ptx = kernels.launches().isEmpty() ? "" : Ptx.compile(kernels.ir(), architecture);
  }

  /** Runs all launches on the operator's inputs, then its outputs. */
  void run(List<MemorySegment> operands) {
    try (var machine = new PtxMachine()) {
      operands.forEach(machine::register);
      MemorySegment scratch = machine.allocate(kernels.scratchBytes());
      for (GpuKernels.Launch launch : kernels.launches()) {
        long[] pointers =
            launch.operands().stream()
                .map(o -> o == GpuKernels.SCRATCH ? scratch : operands.get(o))
                .mapToLong(MemorySegment::address)
                .toArray();
        machine.run(ptx, launch.function(), launch.blocks(), launch.threads(), pointers);
      }
    }
  }
}
