package io.gluonj.backend.cuda;

import io.gluonj.backend.HostMemory;
import io.gluonj.backend.Kernel;
import io.gluonj.codegen.ConvolutionPlan;
import io.gluonj.codegen.GpuKernels;
import io.gluonj.types.DType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;

/** Generated kernels and plans as kernels in host memory, run by a {@link HostGrid}. */
final class HostKernels {
  private HostKernels() {}

  static Kernel of(GpuKernels kernels) {
    return new Kernel() {
      @Override
      public void run(long[] addresses) {
        try (HostGrid grid = new HostGrid(kernels.ir())) {
          for (GpuKernels.Launch launch : kernels.launches()) {
            List<Long> none = launch.operands().stream().map(o -> 0L).toList();
            launch(grid, launch, none, addresses);
          }
        }
      }

      @Override
      public long scratchBytes() {
        return kernels.scratchBytes();
      }
    };
  }

  static Kernel of(ConvolutionPlan plan) {
    return new Kernel() {
      @Override
      public void run(long[] addresses) {
        try (HostGrid grid = new HostGrid(plan.ir())) {
          for (ConvolutionPlan.Step step : plan.steps()) {
            switch (step) {
              case ConvolutionPlan.Kernel kernel ->
                  launch(grid, kernel.launch(), kernel.offsets(), addresses);
              case ConvolutionPlan.Gemm gemm -> multiply(gemm, addresses);
            }
          }
        }
      }

      @Override
      public long scratchBytes() {
        return plan.scratchBytes();
      }
    };
  }

  private static void launch(
      HostGrid grid, GpuKernels.Launch launch, List<Long> offsets, long[] addresses) {
    long[] pointers =
        IntStream.range(0, offsets.size())
            .mapToLong(i -> address(launch.operands().get(i), addresses) + offsets.get(i))
            .toArray();
    grid.launch(launch.function(), pointers, launch.blocks(), launch.threads());
  }

  private static long address(int operand, long[] addresses) {
    return addresses[operand == GpuKernels.SCRATCH ? addresses.length - 1 : operand];
  }

  /** The definition of a plan's matrix products. */
  private static void multiply(ConvolutionPlan.Gemm g, long[] addresses) {
    MemorySegment a =
        operand(g.a(), g.type(), (g.batch() - 1) * g.strideA() + g.m() * g.k(), addresses);
    MemorySegment b =
        operand(g.b(), g.type(), (g.batch() - 1) * g.strideB() + g.k() * g.n(), addresses);
    MemorySegment c =
        operand(g.c(), g.result(), (g.batch() - 1) * g.strideC() + g.m() * g.n(), addresses);
    for (long batch = 0; batch < g.batch(); batch++) {
      for (long i = 0; i < g.m(); i++) {
        for (long j = 0; j < g.n(); j++) {
          long at = batch * g.strideC() + i * g.n() + j;
          double sum = g.beta() == 0 ? 0 : g.beta() * g.result().read(c, at);
          for (long p = 0; p < g.k(); p++) {
            long left = g.transposeA() ? p * g.m() + i : i * g.k() + p;
            long right = g.transposeB() ? j * g.k() + p : p * g.n() + j;
            sum +=
                g.type().read(a, batch * g.strideA() + left)
                    * g.type().read(b, batch * g.strideB() + right);
          }
          g.result().write(c, at, sum);
        }
      }
    }
  }

  private static MemorySegment operand(
      ConvolutionPlan.Place place, DType type, long elements, long[] addresses) {
    return HostMemory.view(
        address(place.operand(), addresses) + place.offset(), elements * type.bytes());
  }
}
