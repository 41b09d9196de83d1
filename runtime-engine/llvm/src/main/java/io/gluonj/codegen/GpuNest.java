package io.gluonj.codegen;

import io.gluonj.codegen.GpuKernels.Launch;
import io.gluonj.codegen.Space.Axis;
import io.gluonj.op.LoopNest;
import io.gluonj.op.LoopNest.Access;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A nest on its way to kernels: its space, what of its operands is used, and how large the integers
 * of positions are.
 *
 * @param inputs number of inputs of the operator
 * @param scratch number of the input that stands for scratch memory, or -1
 */
record GpuNest(LoopNest nest, Uses uses, Space space, int inputs, int scratch) {
  /** Name of the parameter for the scratch memory. */
  static final String SCRATCH = "%scratch";

  /** Bytes that a thread moves by one instruction. */
  private static final int VECTOR_BYTES = 16;

  private static final int MAX_VECTOR = 8;

  /** A position that takes longer is not worth much more code. */
  private static final double LONG_BODY_PICOSECONDS = 3000;

  static GpuNest of(LoopNest nest, int inputs, int scratch) {
    Uses uses = Uses.of(nest);
    return new GpuNest(nest, uses, Space.of(nest, uses), inputs, scratch);
  }

  /** Number of positions of the parallel axes. */
  long rows() {
    return Space.size(space.parallel());
  }

  /** Number of positions of the reduced axes. */
  long row() {
    return Space.size(space.reduced());
  }

  FloatType type() {
    return FloatType.of(nest.compute());
  }

  /**
   * Adds a kernel and gives its launch.
   *
   * @param partial whether it writes scratch memory instead of the outputs
   */
  Launch kernel(
      GpuModule module,
      String name,
      Grid grid,
      boolean partial,
      BiConsumer<GpuCode, NestBody> body) {
    var parameters = new ArrayList<String>();
    var operands = new ArrayList<Integer>();
    Set<Integer> read = new TreeSet<>();
    uses.loads().forEach(l -> read.add(nest.loads().get(l).operand()));
    for (int operand : read) {
      parameters.add("ptr noalias readonly align 64 " + NestBody.input(operand));
      operands.add(operand == scratch ? GpuKernels.SCRATCH : operand);
    }
    if (partial) {
      parameters.add("ptr noalias align 64 " + SCRATCH);
      operands.add(GpuKernels.SCRATCH);
    } else {
      Set<Integer> written = new TreeSet<>();
      nest.stores().forEach(s -> written.add(s.access().operand()));
      for (int operand : written) {
        parameters.add("ptr noalias align 64 " + NestBody.output(operand));
        operands.add(inputs + operand);
      }
    }
    module.kernel(
        name,
        parameters,
        type(),
        reach() + grid.size(),
        code ->
            body.accept(code, new NestBody(Target.GPU, nest, space, code.writer(), code.index())));
    return new Launch(name, operands, grid.blocks(), grid.threads());
  }

  /** An upper bound of everything that is computed from positions. */
  private long reach() {
    long most = Math.multiplyExact(Math.max(1, rows()), Math.max(1, row()));
    for (int load : uses.loads()) {
      most = Math.max(most, reach(nest.loads().get(load), axis -> axis.loads().get(load)));
    }
    for (int k = 0; k < nest.stores().size(); k++) {
      int store = k;
      Access access = nest.stores().get(k).access();
      most = Math.max(most, reach(access, axis -> axis.stores().get(store)));
    }
    return most;
  }

  private long reach(Access access, Function<Axis, Long> step) {
    return Math.abs(access.offset())
        + Stream.concat(space.parallel().stream(), space.reduced().stream())
            .mapToLong(axis -> Math.abs(step.apply(axis)) * axis.extent())
            .sum();
  }

  /** Whether a position takes so little that code for several at once is worth it. */
  boolean small() {
    return uses.picoseconds() <= LONG_BODY_PICOSECONDS;
  }

  /**
   * How many neighbours along an axis one thread computes so that they are moved together.
   *
   * @param stored whether results are written along it
   */
  int vector(Axis axis, boolean stored) {
    int bytes = 0;
    for (int load : uses.loads()) {
      long step = axis.loads().get(load);
      if (step == 1) {
        bytes = Math.max(bytes, nest.loads().get(load).dtype().bytes());
      } else if (step != 0) {
        return 1;
      }
    }
    for (int k = 0; stored && k < nest.stores().size(); k++) {
      long step = axis.stores().get(k);
      if (step == 1) {
        bytes = Math.max(bytes, nest.stores().get(k).access().dtype().bytes());
      } else if (step != 0) {
        return 1;
      }
    }
    if (bytes == 0 || !small()) {
      return 1;
    }
    return Math.min(MAX_VECTOR, VECTOR_BYTES / bytes);
  }

  /** The coordinates of a position among some axes, in row-major order. */
  static List<String> positions(GpuCode code, String position, List<Axis> axes) {
    String[] at = new String[axes.size()];
    String rest = position;
    for (int i = at.length - 1; i > 0; i--) {
      at[i] = code.modulo(rest, axes.get(i).extent());
      rest = code.over(rest, axes.get(i).extent());
    }
    if (at.length > 0) {
      at[0] = rest;
    }
    return Arrays.asList(at);
  }

  /** The first of some neighbours, whose group has a row-major number among some axes. */
  static List<String> group(GpuCode code, String number, List<Axis> axes, int vector) {
    if (vector == 1) {
      return positions(code, number, axes);
    }
    List<Axis> outer = axes.subList(0, axes.size() - 1);
    long groups = axes.getLast().extent() / vector;
    String last = outer.isEmpty() ? number : code.modulo(number, groups);
    String first = code.times(last, vector);
    return outer.isEmpty()
        ? List.of(first)
        : NestBody.with(positions(code, code.over(number, groups), outer), first);
  }
}
