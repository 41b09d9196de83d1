package io.gluonj.codegen;

import io.gluonj.codegen.GpuKernels.Launch;
import io.gluonj.op.RowNest;
import java.util.List;

/**
 * Row nests as kernels for a GPU: one launch, in which some threads of a warp or a block share a
 * row. Short rows stay in registers between the passes, longer ones are read again, which finds
 * most of them in the caches. What is reduced does not depend on the GPU.
 */
public final class GpuRows {
  private GpuRows() {}

  /**
   * The kernel of a row nest. All operands are aligned to 64 bytes, and none that is written
   * overlaps another one.
   *
   * @param inputs number of inputs of the operator: output {@code k} is operand {@code inputs + k}
   */
  public static GpuKernels of(RowNest nest, int inputs) {
    boolean nothing = nest.results().isEmpty() && (nest.stores().isEmpty() || nest.inner() == 0);
    if (nest.outer() == 0 || nothing) {
      return new GpuKernels("", List.of(), 0);
    }
    GpuModule module = new GpuModule();
    GpuNest work = GpuNest.of(nest.space(), inputs, -1);
    RowPlan plan = RowPlan.of(work);
    long rows = work.rows();
    int width = plan.width();
    boolean full = rows % width == 0;
    Grid grid = Grid.blocks(Math.ceilDiv(rows, (long) width), Grid.THREADS);
    Launch launch =
        work.kernel(
            module,
            "rows",
            grid,
            false,
            (code, body) ->
                code.eachBlock(
                    grid,
                    block -> {
                      String thread = code.thread();
                      String lane = code.modulo(thread, plan.lanes());
                      String row =
                          code.add(code.times(block, width), code.over(thread, plan.lanes()));
                      // threads without a row of their own follow, since all of a warp must shuffle
                      String own = full ? GpuCode.TRUE : code.within(row, rows);
                      String near = full ? row : code.min(row, rows - 1);
                      List<String> at = GpuNest.positions(code, near, work.space().parallel());
                      new RowPass(nest, work.space(), plan, code, body, at, lane).write(own);
                    }));
    return new GpuKernels(module.ir(), List.of(launch), 0);
  }
}
