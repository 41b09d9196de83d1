package io.gluonj.backend.cpu;

import io.gluonj.backend.Kernel;
import io.gluonj.op.AttentionGrad;
import io.gluonj.op.ConvActivation;
import io.gluonj.op.Op;
import io.gluonj.op.Recurrence;
import io.gluonj.op.ScaledDotProductAttention;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Kernels of composite operators that are run as a whole, each one made once. */
final class WholeKernels {
  private record Key(Op.Composite op, List<TensorType> in, List<TensorType> out) {}

  /** Beyond this many distinct kernels the cache starts anew; kernels in use go on working. */
  private static final int CAPACITY = 512;

  /** Spatial data of more than three dimensions is beyond oneDNN. */
  private static final int MAX_RANK = 5;

  private final CpuRuntime runtime;
  private final LoopKernels loops;
  private final OwnConvolutions own;
  private final Map<Key, Kernel> kernels = new ConcurrentHashMap<>();

  WholeKernels(LoopKernels loops) {
    this.runtime = loops.runtime();
    this.loops = loops;
    this.own = new OwnConvolutions(loops);
  }

  /** Whether there is a kernel; second derivatives are left to the expansion. */
  static boolean runs(Op.Composite op, List<TensorType> in) {
    if (op instanceof ConvActivation && in.getFirst().shape().rank() > MAX_RANK) {
      return false;
    }
    if (AttentionKernel.runs(op, in)) {
      return true;
    }
    boolean one =
        op instanceof Recurrence
            || (op instanceof Recurrence.Grad g && !g.kept())
            || op instanceof ConvActivation;
    return one && in.stream().allMatch(t -> t.dtype() == DType.FLOAT32 && t.shape().size() > 0);
  }

  Kernel kernel(Op.Composite op, List<TensorType> in, List<TensorType> out) {
    if (kernels.size() >= CAPACITY) {
      kernels.clear();
    }
    return kernels.computeIfAbsent(new Key(op, List.copyOf(in), List.copyOf(out)), this::make);
  }

  private Kernel make(Key key) {
    if (key.op() instanceof Recurrence op) {
      Shape projected = key.in().get(Recurrence.PROJECTED).shape();
      Shape states = projected.with(2, projected.dim(2) / op.cell().gates());
      return RecurrenceKernel.of(op, states, loops);
    }
    if (key.op() instanceof Recurrence.Grad op) {
      return RecurrenceKernel.of(op, key.in().get(op.states()).shape(), loops);
    }
    if (key.op() instanceof ConvActivation op) {
      TensorType out = key.out().getFirst();
      return ConvKernels.activated(op, key.in(), key.out(), own.activated(op, key.in(), out));
    }
    if (key.op() instanceof ScaledDotProductAttention op) {
      return AttentionKernel.of(runtime, op, key.in(), runtime.pool().threads());
    }
    if (key.op() instanceof AttentionGrad op) {
      return AttentionKernel.of(runtime, op, key.in(), runtime.pool().threads());
    }
    throw new IllegalStateException(key.op() + " must be decomposed before it is compiled");
  }
}
