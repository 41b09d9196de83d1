package io.gluonj.backend.cpu;

import io.gluonj.backend.Kernel;
import io.gluonj.codegen.Attention;
import io.gluonj.codegen.HostAttention;
import io.gluonj.codegen.HostAttentionGrad;
import io.gluonj.codegen.HostLoops;
import io.gluonj.op.AttentionGrad;
import io.gluonj.op.AttentionShape;
import io.gluonj.op.Op;
import io.gluonj.op.ScaledDotProductAttention;
import io.gluonj.types.DType;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.Optional;

/** Attention or its gradient in compiled code of our own, without a matrix of all scores. */
final class AttentionKernel implements Kernel {
  private static final int MASK = 3;

  /**
   * The gradient for fewer queries is not worth the packing of keys and values: with 4 it takes 1.2
   * times as long as its expansion.
   */
  private static final int LEAST_QUERIES_OF_GRADIENT = 16;

  /**
   * Where there are so few scores that they stay in the cache, and so few features that the rows
   * between the products take most of the time, the expansion is up to a third faster.
   */
  private static final long FEW_SCORES = 1 << 16;

  private static final int FEW_FEATURES = 64;

  private final NumberedLoops loops;
  private final long scratchBytes;
  private final String name;

  private AttentionKernel(
      CpuRuntime runtime, HostLoops code, long scratchBytes, List<Long> numbers, String name) {
    this.loops = new NumberedLoops(runtime, code, numbers);
    this.scratchBytes = scratchBytes;
    this.name = name;
  }

  /** Whether there is a kernel for an operator on such inputs that is faster than its expansion. */
  static boolean runs(Op.Composite op, List<TensorType> in) {
    if (op instanceof ScaledDotProductAttention attention) {
      Optional<AttentionShape> shape = shape(attention, in);
      return shape.isPresent() && !isSmall(shape.get());
    }
    if (op instanceof AttentionGrad grad && !grad.statistics()) {
      Optional<AttentionShape> shape = shape(grad.forward(), in);
      return shape.isPresent() && shape.get().queries() >= LEAST_QUERIES_OF_GRADIENT;
    }
    return false;
  }

  private static boolean isSmall(AttentionShape shape) {
    long scores = shape.batch() * shape.heads() * shape.queries() * shape.keys();
    return scores < FEW_SCORES && shape.features() + shape.values() < FEW_FEATURES;
  }

  /** The extents of an attention that the code can compute. */
  private static Optional<AttentionShape> shape(ScaledDotProductAttention op, List<TensorType> in) {
    for (int i = 0; i < in.size(); i++) {
      boolean free = i == MASK && op.mask() == ScaledDotProductAttention.Mask.BOOLEAN;
      if (in.get(i).shape().size() == 0 || (!free && in.get(i).dtype() != DType.FLOAT32)) {
        return Optional.empty();
      }
    }
    return Attention.of(op, in).map(Attention::shape);
  }

  /**
   * The kernel of an attention.
   *
   * @param threads how many shares the work has
   */
  static Kernel of(
      CpuRuntime runtime, ScaledDotProductAttention op, List<TensorType> in, int threads) {
    Attention attention = Attention.of(op, in).orElseThrow();
    int bits = runtime.jit().target().vectorBits();
    HostAttention code = HostAttention.of(attention, bits, threads);
    return new AttentionKernel(
        runtime, code.loops(), code.scratchBytes(), code.numbers(), name(attention.shape()));
  }

  /** The kernel of a gradient. */
  static Kernel of(CpuRuntime runtime, AttentionGrad op, List<TensorType> in, int threads) {
    Attention attention = Attention.of(op.forward(), in).orElseThrow();
    int bits = runtime.jit().target().vectorBits();
    HostAttentionGrad code = HostAttentionGrad.of(attention, bits, threads);
    return new AttentionKernel(
        runtime,
        code.loops(),
        code.scratchBytes(),
        code.numbers(),
        "gradient of " + name(attention.shape()));
  }

  private static String name(AttentionShape shape) {
    return "attention of %d x %d heads, %d queries and %d keys"
        .formatted(shape.batch(), shape.heads(), shape.queries(), shape.keys());
  }

  @Override
  public long scratchBytes() {
    return scratchBytes;
  }

  @Override
  public void run(long[] addresses) {
    loops.run(addresses);
  }

  @Override
  public String toString() {
    return name;
  }
}
