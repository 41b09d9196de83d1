package io.gluonj.backend.cuda;

import io.gluonj.backend.Kernel;
import io.gluonj.codegen.ConvolutionPlan;
import io.gluonj.codegen.GpuGemm;
import io.gluonj.codegen.GpuKernels;
import io.gluonj.llvm.Ptx;
import io.gluonj.ptx.PtxMachine;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Generated kernels and plans as kernels in host memory, run by a {@link PtxMachine}; a plan's
 * matrix products by the kernels of our own.
 */
final class PtxKernels {
  private static final String ARCHITECTURE = "sm_80";

  private PtxKernels() {}

  static Kernel of(PtxMachine machine, GpuKernels kernels) {
    return new Kernel() {
      @Override
      public void run(long[] addresses) {
        launchAll(machine, kernels, addresses);
      }

      @Override
      public long scratchBytes() {
        return kernels.scratchBytes();
      }
    };
  }

  static Kernel of(PtxMachine machine, ConvolutionPlan plan) {
    return new Kernel() {
      @Override
      public void run(long[] addresses) {
        String ptx = Ptx.compile(plan.ir(), ARCHITECTURE);
        for (ConvolutionPlan.Step step : plan.steps()) {
          switch (step) {
            case ConvolutionPlan.Kernel kernel ->
                launch(machine, ptx, kernel.launch(), kernel.offsets(), addresses);
            case ConvolutionPlan.Gemm gemm ->
                launchAll(
                    machine,
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

  private static void launchAll(PtxMachine machine, GpuKernels kernels, long[] addresses) {
    if (kernels.launches().isEmpty()) {
      return;
    }
    String ptx = Ptx.compile(kernels.ir(), ARCHITECTURE);
    for (GpuKernels.Launch launch : kernels.launches()) {
      List<Long> none = Collections.nCopies(launch.operands().size(), 0L);
      launch(machine, ptx, launch, none, addresses);
    }
  }

  private static void launch(
      PtxMachine machine,
      String ptx,
      GpuKernels.Launch launch,
      List<Long> offsets,
      long[] addresses) {
    long[] pointers =
        IntStream.range(0, offsets.size())
            .mapToLong(i -> address(launch.operands().get(i), addresses) + offsets.get(i))
            .toArray();
    machine.run(ptx, launch.function(), launch.blocks(), launch.threads(), pointers);
  }

  private static long at(ConvolutionPlan.Place place, long[] addresses) {
    return address(place.operand(), addresses) + place.offset();
  }

  private static long address(int operand, long[] addresses) {
    return addresses[operand == GpuKernels.SCRATCH ? addresses.length - 1 : operand];
  }
}
