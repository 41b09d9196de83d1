package io.gluonj.codegen;

import io.gluonj.op.LoopNest;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Loop nests as kernels for a GPU. What is computed at one position is the same text as for the
 * processor ({@link NestBody}); here is how positions are given out to threads.
 *
 * <p>Without a reduction one thread computes a few neighbours, which it loads and stores at once. A
 * scan is a thread's for each row. Reductions are {@link GpuReduction}'s. Results depend on extents
 * only, never on the GPU.
 */
public final class GpuLoops {
  private static final String MAP = "map";

  private GpuLoops() {}

  /**
   * The kernels of a nest. All operands are aligned to 64 bytes, and none that is written overlaps
   * another one.
   *
   * @param inputs number of inputs of the operator: output {@code k} is operand {@code inputs + k}
   */
  public static GpuKernels of(LoopNest nest, int inputs) {
    if (nest.outer() == 0) {
      return new GpuKernels("", List.of(), 0);
    }
    GpuModule module = new GpuModule();
    GpuNest work = GpuNest.of(nest, inputs, -1);
    if (nest.scans() && !work.space().reduced().isEmpty()) {
      GpuKernels.Launch launch = scan(work, module);
      return new GpuKernels(module.ir(), List.of(launch), 0);
    }
    if (!work.space().reduced().isEmpty()) {
      return new GpuReduction(work).kernels(module);
    }
    GpuKernels.Launch launch = map(work, module);
    return new GpuKernels(module.ir(), List.of(launch), 0);
  }

  private static GpuKernels.Launch map(GpuNest work, GpuModule module) {
    var axes = work.space().parallel();
    long extent = axes.isEmpty() ? 1 : axes.getLast().extent();
    boolean line = axes.size() == 1;
    int vector = axes.isEmpty() ? 1 : work.vector(axes.getLast(), true);
    while (vector > 1 && (line ? extent < vector : extent % vector != 0)) {
      vector /= 2;
    }
    int together = vector;
    Grid grid = Grid.of(Math.ceilDiv(work.rows(), (long) vector));
    return work.kernel(
        module,
        MAP,
        grid,
        false,
        (code, body) ->
            code.each(
                grid,
                number -> {
                  var first = GpuNest.group(code, number, axes, together);
                  if (extent % together == 0) {
                    compute(work, body, first, together);
                    return;
                  }
                  String from = first.getLast();
                  long whole = extent - together;
                  code.when(
                      code.compare("sle", from, String.valueOf(whole)),
                      () -> compute(work, body, first, together));
                  code.when(
                      code.compare("sgt", from, String.valueOf(whole)),
                      () ->
                          code.loop(
                              from,
                              String.valueOf(extent),
                              1,
                              at -> compute(work, body, List.of(at), 1)));
                }));
  }

  /** One thread for each row, step by step: long rows are cut by whoever makes the nest. */
  private static GpuKernels.Launch scan(GpuNest work, GpuModule module) {
    Grid grid = Grid.of(work.rows());
    return work.kernel(
        module,
        "scan",
        grid,
        false,
        (code, body) ->
            code.each(
                grid,
                row -> {
                  List<String> at = GpuNest.positions(code, row, work.space().parallel());
                  GpuCode.Local acc = code.local(work.type().ir(), body.identity());
                  code.loop(
                      work.row(),
                      step -> {
                        List<String> r = GpuNest.positions(code, step, work.space().reduced());
                        NestBody.Position position = new NestBody.Position(at, r);
                        code.set(
                            acc, body.combine(code.get(acc), body.values(position).getFirst()));
                        body.store(position, List.of(code.get(acc)));
                      });
                }));
  }

  /** Neighbours: all loads first, then all stores, so that they are merged. */
  private static void compute(GpuNest work, NestBody body, List<String> first, int vector) {
    var positions =
        IntStream.range(0, vector)
            .mapToObj(k -> new NestBody.Position(first, List.of(), k))
            .toList();
    var values = positions.stream().map(body::values).toList();
    for (int k = 0; k < vector; k++) {
      var value = values.get(k);
      body.store(
          positions.get(k),
          work.nest().reduction() == LoopNest.Reduction.NONE
              ? value
              : List.of(body.combine(body.identity(), value.getFirst())));
    }
  }
}
