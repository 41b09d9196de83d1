package io.gluonj.backend.cpu;

import io.gluonj.backend.Kernel;
import io.gluonj.backend.cpu.Candidates.Candidate;
import io.gluonj.dnnl.Arg;
import io.gluonj.dnnl.Attributes;
import io.gluonj.dnnl.MemoryDesc;
import io.gluonj.op.MatMul;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.List;

/** Matrix products by {@code dnnl_matmul}; a transposed operand is one with exchanged strides. */
final class MatMulKernel {
  private static final int BIAS = 2;

  private MatMulKernel() {}

  /** Own code or oneDNN's, whichever is faster. */
  static Kernel fastest(MatMul op, List<TensorType> in, List<TensorType> out, CpuRuntime runtime) {
    if (in.getFirst().dtype() != DType.FLOAT32) {
      return of(op, in, out);
    }
    return Candidates.chosen(
        Problem.of(op.toString(), operand -> grows(op, operand, in), in, out),
        List.of(
            new Candidate(
                "own", () -> new ContractionKernel(runtime, ContractionKernel.of(op, in), in)),
            new Candidate("oneDNN", () -> of(op, in, out))),
        Candidates.NO_CONSTANT,
        in,
        out);
  }

  /** Whether an operand's first axis counts samples, as far as the product tells. */
  private static boolean grows(MatMul op, int operand, List<TensorType> in) {
    if (in.getFirst().shape().rank() > 2) {
      return !op.bias() || operand != BIAS;
    }
    if (op.transposeA()) {
      return operand < BIAS && !op.transposeB(); // a gradient of weights: a sum over samples
    }
    return operand == 0 || operand == in.size();
  }

  static Kernel of(MatMul op, List<TensorType> in, List<TensorType> out) {
    MemoryDesc a = matrix(in.get(0), op.transposeA());
    MemoryDesc b = matrix(in.get(1), op.transposeB());
    Shape result = out.getFirst().shape();
    MemoryDesc y = matrix(out.getFirst(), false);
    DnnlPlan plan = new DnnlPlan().reads(Arg.SRC, 0, a).reads(Arg.WEIGHTS, 1, b);
    MemoryDesc bias = null;
    if (op.bias()) {
      long[] dims = new long[result.rank()];
      java.util.Arrays.fill(dims, 1);
      dims[dims.length - 1] = result.dim(-1);
      bias = MemoryDesc.rowMajor(DnnlPlan.type(in.get(BIAS)), dims);
      plan.reads(Arg.BIAS, BIAS, bias);
    }
    return plan.writes(Arg.DST, op.bias() ? BIAS + 1 : BIAS, y)
        .build(new io.gluonj.dnnl.MatMul(a, b, bias, y, Attributes.DEFAULT));
  }

  private static MemoryDesc matrix(TensorType type, boolean transposed) {
    long[] dims = type.shape().dims();
    long[] strides = type.shape().strides();
    if (transposed) {
      swapLast(dims);
      swapLast(strides);
    }
    return MemoryDesc.strided(DnnlPlan.type(type), dims, strides);
  }

  private static void swapLast(long[] values) {
    int n = values.length;
    long last = values[n - 1];
    values[n - 1] = values[n - 2];
    values[n - 2] = last;
  }
}
