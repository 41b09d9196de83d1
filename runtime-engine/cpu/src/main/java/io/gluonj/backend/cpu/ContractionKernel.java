package io.gluonj.backend.cpu;

import io.gluonj.backend.Kernel;
import io.gluonj.codegen.Contraction;
import io.gluonj.codegen.Contraction.Factor;
import io.gluonj.codegen.HostContraction;
import io.gluonj.op.MatMul;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;

/** A {@link Contraction} in compiled code of our own. */
final class ContractionKernel implements Kernel {
  private static final int BIAS = 2;

  private final LoopKernel loops;
  private final long scratchBytes;

  /** What the code reads; freed with the kernel. */
  private final MemorySegment numbers;

  ContractionKernel(CpuRuntime runtime, Contraction contraction, List<TensorType> in) {
    HostContraction code =
        HostContraction.of(
            contraction, in, runtime.jit().target().vectorBits(), runtime.pool().threads());
    this.loops = new LoopKernel(runtime, code.loops());
    this.scratchBytes = code.scratchBytes();
    this.numbers = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_LONG, code.numbers());
  }

  /** Matrix products as a contraction. */
  static Contraction of(MatMul op, List<TensorType> in) {
    MatMul.Extents e = op.extents(in.get(0).shape(), in.get(1).shape());
    boolean ta = op.transposeA();
    boolean tb = op.transposeB();
    Factor rows =
        Factor.matrix(0, e.m() * e.k(), e.m(), ta ? 1 : e.k(), ta ? e.m() : 1);
    Factor columns =
        Factor.matrix(1, e.k() * e.n(), e.n(), tb ? e.k() : 1, tb ? 1 : e.n());
    return new Contraction(
        e.batch(), rows, columns, List.of(e.k()), op.bias() ? BIAS : Contraction.NONE, false);
  }

  @Override
  public long scratchBytes() {
    return scratchBytes;
  }

  @Override
  public void run(long[] addresses) {
    long[] all = Arrays.copyOf(addresses, addresses.length + 1);
    all[addresses.length] = numbers.address();
    loops.run(all);
    Reference.reachabilityFence(numbers);
  }

  @Override
  public String toString() {
    return "own products";
  }
}
