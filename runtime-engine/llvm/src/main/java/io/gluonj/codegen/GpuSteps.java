package io.gluonj.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Kernels that run one after another, under construction. */
final class GpuSteps {
  private final GpuModule module;
  private final List<GpuKernels.Launch> launches = new ArrayList<>();

  GpuSteps(GpuModule module) {
    this.module = module;
  }

  /**
   * Adds a kernel with one thread for each task, unless there are none.
   *
   * @param extent upper bound of positions
   * @param reads names of the parameters it only reads
   * @param writes names of the parameters it writes
   * @param operands for these parameters, in order
   */
  GpuSteps add(
      String name,
      long tasks,
      long extent,
      FloatType compute,
      List<String> reads,
      List<String> writes,
      List<Integer> operands,
      BiConsumer<GpuCode, String> body) {
    return add(
        name,
        Grid.of(tasks),
        extent,
        compute,
        reads,
        writes,
        operands,
        code -> code.each(Grid.of(tasks), i -> body.accept(code, i)));
  }

  /** Adds a kernel that gives out its work itself. */
  GpuSteps add(
      String name,
      Grid grid,
      long extent,
      FloatType compute,
      List<String> reads,
      List<String> writes,
      List<Integer> operands,
      Consumer<GpuCode> body) {
    if (grid.count() > 0) {
      module.kernel(name, reads, writes, compute, extent + grid.size(), body);
      launches.add(new GpuKernels.Launch(name, operands, grid.blocks(), grid.threads()));
    }
    return this;
  }

  /** What was added. */
  GpuKernels kernels(long scratchBytes) {
    return new GpuKernels(launches.isEmpty() ? "" : module.ir(), launches, scratchBytes);
  }
}
