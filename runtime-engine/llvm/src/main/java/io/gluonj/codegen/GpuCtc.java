package io.gluonj.codegen;

import io.gluonj.op.CtcPaths;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * {@link CtcPaths} as GPU kernels, in double precision. Two blocks take a sequence, one forward and
 * one backward through its steps, with the states shared by the block's threads; scratch memory
 * keeps the weights of the ways to and from each state. Then one thread for each sequence finds its
 * loss, and one thread for each step and class of a label adds up the class's share, in the order
 * of the states: every run gives equal bits.
 */
public final class GpuCtc {
  private static final int SHARES_OPERAND = 5;

  /** Operands that every kernel reads, in the operator's order. */
  private static final List<String> INPUTS =
      List.of(CtcTrellis.WEIGHTS, CtcTrellis.LABEL, CtcTrellis.STEPS, CtcTrellis.LABELS);

  private final CtcSizes sizes;
  private final GpuModule module = new GpuModule();
  private final List<GpuKernels.Launch> launches = new ArrayList<>();

  private GpuCtc(CtcSizes sizes) {
    this.sizes = sizes;
  }

  /**
   * The kernels: operands are the operator's inputs and outputs.
   *
   * @param in types of the inputs; the outputs have the type of the weights
   */
  public static GpuKernels of(CtcPaths op, List<TensorType> in) {
    return new GpuCtc(new CtcSizes(op, in)).kernels();
  }

  private GpuKernels kernels() {
    int threads = Grid.threadsFor(sizes.states());
    if (sizes.table() > 0) {
      Grid ways = Grid.blocks(2 * sizes.batch(), threads);
      add(
          "ctc_ways",
          ways,
          "",
          GpuKernels.SCRATCH,
          code ->
              code.eachBlock(
                  ways,
                  task -> {
                    CtcTrellis trellis = new CtcTrellis(sizes, code, code.over(task, 2));
                    String direction = code.modulo(task, 2);
                    code.when(code.compare("eq", direction, "0"), trellis::forward);
                    code.when(code.compare("eq", direction, "1"), trellis::backward);
                  }));
    }
    each(
        "ctc_loss",
        sizes.batch(),
        CtcTrellis.LOSS,
        4,
        (code, n) -> new CtcTrellis(sizes, code, n).loss());
    each("ctc_clear", sizes.shares(), CtcTrellis.SHARES, SHARES_OPERAND, this::clear);
    each("ctc_shares", sizes.table(), CtcTrellis.SHARES, SHARES_OPERAND, this::share);
    long scratch = (2 * sizes.table() + sizes.batch()) * Double.BYTES;
    return new GpuKernels(launches.isEmpty() ? "" : module.ir(), launches, scratch);
  }

  private void each(
      String name, long tasks, String output, int operand, BiConsumer<GpuCode, String> body) {
    if (tasks > 0) {
      Grid grid = Grid.of(tasks);
      add(name, grid, output, operand, code -> code.each(grid, i -> body.accept(code, i)));
    }
  }

  /**
   * Adds a kernel. Threads read in the scratch memory what others wrote before a barrier, which
   * forbids to call it free of aliases.
   */
  private void add(String name, Grid grid, String output, int operand, Consumer<GpuCode> body) {
    boolean plain = output.isEmpty();
    List<String> parameters =
        Stream.of(
                INPUTS.stream().map(input -> "ptr noalias readonly " + input),
                Stream.of("ptr " + CtcTrellis.SCRATCH),
                plain ? Stream.<String>of() : Stream.of("ptr noalias " + output))
            .flatMap(p -> p)
            .toList();
    long extent = Math.max(2 * sizes.table() + sizes.batch(), sizes.shares()) + grid.size();
    module.kernel(name, parameters, FloatType.F64, extent, body);
    List<Integer> operands =
        plain
            ? List.of(0, 1, 2, 3, GpuKernels.SCRATCH)
            : List.of(0, 1, 2, 3, GpuKernels.SCRATCH, operand);
    launches.add(new GpuKernels.Launch(name, operands, grid.blocks(), grid.threads()));
  }

  private void clear(GpuCode code, String i) {
    String row = code.over(i, sizes.classes());
    String n = code.modulo(row, sizes.batch());
    new CtcTrellis(sizes, code, n).clear(code.over(row, sizes.batch()), i);
  }

  private void share(GpuCode code, String i) {
    String row = code.over(i, sizes.states());
    new CtcTrellis(sizes, code, code.over(row, sizes.steps()))
        .share(code.modulo(row, sizes.steps()), code.modulo(i, sizes.states()));
  }
}
