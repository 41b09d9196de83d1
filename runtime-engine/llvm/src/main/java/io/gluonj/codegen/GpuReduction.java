package io.gluonj.codegen;

import io.gluonj.codegen.GpuKernels.Launch;
import io.gluonj.op.LoopNest;
import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Store;
import io.gluonj.op.Scalar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reductions on a GPU. Where results are few and rows long, rows are cut into parts, whose values
 * go to scratch memory, and a second launch reduces those. Extents alone decide, and nothing is
 * added atomically, so results are the same on every GPU and in every run.
 */
final class GpuReduction {
  private final GpuNest work;
  private final ReductionPlan plan;
  private final long rows;

  GpuReduction(GpuNest work) {
    this.work = work;
    this.plan = ReductionPlan.of(work);
    this.rows = work.rows();
  }

  GpuKernels kernels(GpuModule module) {
    if (!plan.split()) {
      Launch launch = launch(module, "reduce");
      return new GpuKernels(module.ir(), List.of(launch), 0);
    }
    Launch partial = launch(module, "partial");
    GpuNest combine = GpuNest.of(combine(), work.inputs(), work.inputs());
    Launch last = new GpuReduction(combine).launch(module, "combine");
    long bytes = plan.parts() * rows * work.nest().compute().bytes();
    return new GpuKernels(module.ir(), List.of(partial, last), bytes);
  }

  /** Reduces the values of the parts; they are one more input. */
  private LoopNest combine() {
    LoopNest nest = work.nest();
    int axes = nest.parallel().size();
    var loads = new ArrayList<Access>();
    for (Access load : nest.loads()) { // keys of random numbers
      loads.add(
          new Access(
              load.operand(), load.dtype(), load.offset(), Collections.nCopies(axes + 1, 0L)));
    }
    var steps = new ArrayList<>(List.of(rows));
    long step = 1;
    for (long extent : nest.parallel().reversed()) {
      steps.addFirst(step);
      step *= extent;
    }
    loads.add(new Access(work.inputs(), nest.compute(), 0, steps));
    Store store = nest.stores().getFirst();
    var written = new ArrayList<>(store.access().strides().subList(0, axes));
    written.add(0L);
    Access result =
        new Access(
            store.access().operand(), store.access().dtype(), store.access().offset(), written);
    Scalar body = Scalar.arg(loads.size() - 1);
    return new LoopNest(
        nest.parallel(),
        List.of(plan.parts()),
        loads,
        List.of(new Store(result, body, store.epilogue())),
        nest.reduction());
  }

  private Launch launch(GpuModule module, String name) {
    return switch (plan.way()) {
      case LANES -> plan.lanes() == 1 ? threads(module, name) : lanes(module, name);
      case BLOCK -> block(module, name);
      case COLUMNS -> columns(module, name);
    };
  }

  private Launch kernel(GpuModule module, String name, Grid grid, Consumer<RowCode> body) {
    return work.kernel(
        module,
        name,
        grid,
        plan.split(),
        (code, at) -> body.accept(new RowCode(work, plan, code, at)));
  }

  private Launch threads(GpuModule module, String name) {
    Grid grid = Grid.of(rows);
    return kernel(
        module,
        name,
        grid,
        out ->
            out.code()
                .each(
                    grid,
                    row -> {
                      List<String> at = out.row(row);
                      out.finish(at, row, out.part(at, "0", "0"));
                    }));
  }

  /** Threads without a row of their own follow, since all of a warp must shuffle. */
  private Launch lanes(GpuModule module, String name) {
    int width = plan.width();
    boolean full = rows % width == 0;
    Grid grid = Grid.blocks(Math.ceilDiv(rows, (long) width), plan.threads());
    return kernel(
        module,
        name,
        grid,
        out ->
            out.code()
                .eachBlock(
                    grid,
                    block -> {
                      GpuCode code = out.code();
                      String thread = code.thread();
                      String lane = code.modulo(thread, plan.lanes());
                      String row =
                          code.add(code.times(block, width), code.over(thread, plan.lanes()));
                      String own = full ? GpuCode.TRUE : code.within(row, rows);
                      List<String> at = out.row(full ? row : code.min(row, rows - 1));
                      String all = out.fold().lanes(out.part(at, "0", lane), plan.lanes());
                      code.when(
                          code.and(code.compare("eq", lane, "0"), own),
                          () -> out.finish(at, row, all));
                    }));
  }

  private Launch block(GpuModule module, String name) {
    Grid grid = Grid.blocks(rows * plan.parts(), plan.threads());
    return kernel(
        module,
        name,
        grid,
        out ->
            out.code()
                .eachBlock(
                    grid,
                    unit -> {
                      GpuCode code = out.code();
                      String thread = code.thread();
                      List<String> at = out.row(plan.split() ? code.modulo(unit, rows) : unit);
                      String part = plan.split() ? code.over(unit, rows) : "0";
                      String all = out.fold().block(out.part(at, part, thread), plan.threads());
                      code.when(code.compare("eq", thread, "0"), () -> out.finish(at, unit, all));
                    }));
  }

  private Launch columns(GpuModule module, String name) {
    int width = plan.width();
    long columns = work.space().parallel().getLast().extent();
    boolean full = columns % width == 0;
    long tiles = Math.ceilDiv(columns, (long) width);
    long outer = rows / columns;
    Grid grid = Grid.blocks(tiles * outer * plan.parts(), plan.threads());
    return kernel(
        module,
        name,
        grid,
        out ->
            out.code()
                .eachBlock(
                    grid,
                    unit -> {
                      GpuCode code = out.code();
                      String thread = code.thread();
                      String rest = code.over(unit, tiles);
                      String major = plan.split() ? code.modulo(rest, outer) : rest;
                      String part = plan.split() ? code.over(rest, outer) : "0";
                      String column =
                          code.add(
                              code.times(code.modulo(unit, tiles), width),
                              code.modulo(thread, width));
                      String own = full ? GpuCode.TRUE : code.within(column, columns);
                      String near = full ? column : code.min(column, columns - 1);
                      String row = code.add(code.times(major, columns), near);
                      List<String> at = out.row(row);
                      String lane = code.over(thread, width);
                      String all =
                          out.fold().columns(out.part(at, part, lane), plan.lanes(), width);
                      String slot = code.add(code.times(part, rows), row);
                      code.when(
                          code.and(code.compare("eq", lane, "0"), own),
                          () -> out.finish(at, slot, all));
                    }));
  }
}
