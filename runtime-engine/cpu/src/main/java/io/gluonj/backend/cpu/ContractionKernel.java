package io.gluonj.backend.cpu;

import io.gluonj.backend.Kernel;
import io.gluonj.codegen.Contraction;
import io.gluonj.codegen.Contraction.Factor;
import io.gluonj.codegen.HostContraction;
import io.gluonj.op.MatMul;
import io.gluonj.types.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link Contraction} in compiled code of our own. */
final class ContractionKernel implements Kernel {
  private static final int BIAS = 2;

  /**
   * What code is written for.
   *
   * @param vectorBits width of vectors
   * @param threads how many shares the work has
   */
  record Machine(int vectorBits, int threads) {
    static Machine of(CpuRuntime runtime) {
      return new Machine(runtime.jit().target().vectorBits(), runtime.pool().threads());
    }
  }

  private final CpuRuntime runtime;
  private final Machine machine;
  private final Contraction contraction;
  private final List<TensorType> in;
  private final boolean columnsPacked;
  private final NumberedLoops loops;
  private final long scratchBytes;

  ContractionKernel(CpuRuntime runtime, Contraction contraction, List<TensorType> in) {
    this(runtime, Machine.of(runtime), contraction, in, false);
  }

  ContractionKernel(
      CpuRuntime runtime,
      Machine machine,
      Contraction contraction,
      List<TensorType> in,
      boolean columnsPacked) {
    this.runtime = runtime;
    this.machine = machine;
    this.contraction = contraction;
    this.in = List.copyOf(in);
    this.columnsPacked = columnsPacked;
    HostContraction code =
        HostContraction.of(contraction, in, columnsPacked, machine.vectorBits(), machine.threads());
    this.loops = new NumberedLoops(runtime, code.loops(), code.numbers());
    this.scratchBytes = code.scratchBytes();
  }

  /** Matrix products as a contraction. */
  static Contraction of(MatMul op, List<TensorType> in) {
    MatMul.Extents e = op.extents(in.get(0).shape(), in.get(1).shape());
    return new Contraction(
        e.batch(),
        rows(e, op.transposeA()),
        columns(e, op.transposeB()),
        List.of(e.k()),
        op.bias() ? BIAS : Contraction.NONE,
        false);
  }

  private static Factor rows(MatMul.Extents e, boolean transposed) {
    return Factor.matrix(0, e.m() * e.k(), e.m(), transposed ? 1 : e.k(), transposed ? e.m() : 1);
  }

  private static Factor columns(MatMul.Extents e, boolean transposed) {
    return Factor.matrix(1, e.k() * e.n(), e.n(), transposed ? e.k() : 1, transposed ? 1 : e.n());
  }

  @Override
  public long scratchBytes() {
    return scratchBytes;
  }

  @Override
  public @Nullable Packed packed(int operand) {
    boolean possible =
        operand == contraction.columns().operand() && contraction.batch() == 1 && !columnsPacked;
    if (!possible) {
      return null;
    }
    HostContraction packing =
        HostContraction.packing(contraction, in, machine.vectorBits(), machine.threads());
    var code = new NumberedLoops(runtime, packing.loops(), packing.numbers());
    Kernel pack =
        addresses -> {
          long[] all = new long[in.size() + 2]; // the inputs, the packed form, nothing
          all[operand] = addresses[0];
          all[in.size()] = addresses[1];
          code.run(all);
        };
    return new Packed(
        pack,
        HostContraction.packedBytes(contraction, in, machine.vectorBits(), machine.threads()),
        new ContractionKernel(runtime, machine, contraction, in, true));
  }

  @Override
  public void run(long[] addresses) {
    loops.run(addresses);
  }

  @Override
  public String toString() {
    return columnsPacked ? "own products, packed" : "own products";
  }
}
