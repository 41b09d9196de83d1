package io.gluonj.backend.cuda;

import io.gluonj.backend.Kernel;
import io.gluonj.codegen.ConvolutionPlan;
import io.gluonj.codegen.GpuGemm;
import io.gluonj.codegen.GpuKernels;
import io.gluonj.llvm.Ptx;
import io.gluonj.ptx.Dim;
import io.gluonj.ptx.PtxMachine;
import io.gluonj.ptx.PtxModule;
import java.lang.foreign.Arena;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Generated kernels and plans as PTX, run in host memory by a {@link PtxMachine}; a plan's matrix
 * products by the kernels of our own.
 */
final class PtxKernels {
  private static final String ARCHITECTURE = "sm_80";

  private final PtxMachine machine;
  private final Map<String, PtxModule> modules = new HashMap<>();
  private final Arena arena;

  /**
   * A cache of modules.
   *
   * @param arena for as long as they run
   */
  PtxKernels(PtxMachine machine, Arena arena) {
    this.machine = machine;
    this.arena = arena;
  }

  Kernel of(GpuKernels kernels) {
    return new Kernel() {
      @Override
      public void run(long[] addresses) {
        launchAll(kernels, addresses);
      }

      @Override
      public long scratchBytes() {
        return kernels.scratchBytes();
      }
    };
  }

  Kernel of(ConvolutionPlan plan) {
    return new Kernel() {
      @Override
      public void run(long[] addresses) {
        for (ConvolutionPlan.Step step : plan.steps()) {
          switch (step) {
            case ConvolutionPlan.Kernel kernel ->
                launch(plan.ir(), kernel.launch(), kernel.offsets(), addresses);
            case ConvolutionPlan.Gemm gemm ->
                launchAll(
                    GpuGemm.of(gemm.product()),
                    LongStream.of(
                            at(gemm.a(), addresses),
                            at(gemm.b(), addresses),
                            at(gemm.c(), addresses))
                        .toArray());
          }
        }
      }

      @Override
      public long scratchBytes() {
        return plan.scratchBytes();
      }
    };
  }

  private void launchAll(GpuKernels kernels, long[] addresses) {
    for (GpuKernels.Launch launch : kernels.launches()) {
      List<Long> none = Collections.nCopies(launch.operands().size(), 0L);
      launch(kernels.ir(), launch, none, addresses);
    }
  }

  private void launch(String ir, GpuKernels.Launch launch, List<Long> offsets, long[] addresses) {
    PtxModule module =
        modules.computeIfAbsent(ir, text -> new PtxModule(Ptx.compile(text, ARCHITECTURE), arena));
    long[] pointers =
        IntStream.range(0, offsets.size())
            .mapToLong(i -> address(launch.operands().get(i), addresses) + offsets.get(i))
            .toArray();
    machine.launch(
        module,
        launch.function(),
        Dim.of(Math.toIntExact(launch.blocks())),
        Dim.of(launch.threads()),
        0,
        pointers);
  }

  private static long at(ConvolutionPlan.Place place, long[] addresses) {
    return address(place.operand(), addresses) + place.offset();
  }

  private static long address(int operand, long[] addresses) {
    return addresses[operand == GpuKernels.SCRATCH ? addresses.length - 1 : operand];
  }
}
