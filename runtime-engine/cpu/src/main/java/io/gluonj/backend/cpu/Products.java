package io.gluonj.backend.cpu;

import io.gluonj.backend.Kernel;
import io.gluonj.backend.cpu.Candidates.Candidate;
import io.gluonj.codegen.Contraction;
import io.gluonj.dnnl.Arg;
import io.gluonj.dnnl.Attributes;
import io.gluonj.dnnl.DataType;
import io.gluonj.dnnl.MatMul;
import io.gluonj.dnnl.MemoryDesc;
import io.gluonj.dnnl.PostOp;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Products of row-major float32 matrices (m, k) and (k, n) that are parts of larger kernels, by own
 * code or by oneDNN, whichever is faster.
 *
 * @param transposeA whether the left-hand side lies in memory as (k, m)
 * @param transposeB whether the right-hand side lies in memory as (n, k)
 * @param bias whether a row is added to each row of the result
 * @param adds whether results are added to what is there
 */
record Products(
    long m, long n, long k, boolean transposeA, boolean transposeB, boolean bias, boolean adds) {
  private static final int B = 1;
  private static final int BIAS = 2;

  /** A kernel of two matrices and the bias, if there is one. */
  Kernel kernel(CpuRuntime runtime) {
    return chosen(runtime, Candidates.NO_CONSTANT, false);
  }

  /**
   * The same for many products with one right-hand side, which is brought into a good order once.
   */
  Kernel.Packed packed(CpuRuntime runtime) {
    Kernel.Packed packed = chosen(runtime, B, true).packed(B);
    if (packed == null) {
      throw new IllegalStateException("the right-hand side of " + this + " is read as it lies");
    }
    return packed;
  }

  private Kernel chosen(CpuRuntime runtime, int constant, boolean any) {
    List<TensorType> in = in();
    List<TensorType> out = List.of(TensorType.float32(m, n));
    return Candidates.chosen(
        Problem.of(this + (any ? " packed" : ""), operand -> false, in, out),
        List.of(
            new Candidate("own", () -> new ContractionKernel(runtime, contraction(in), in)),
            new Candidate("oneDNN", () -> dnnl(any))),
        constant,
        in,
        out);
  }

  private List<TensorType> in() {
    var in = new ArrayList<TensorType>();
    in.add(transposeA ? TensorType.float32(k, m) : TensorType.float32(m, k));
    in.add(transposeB ? TensorType.float32(n, k) : TensorType.float32(k, n));
    if (bias) {
      in.add(new TensorType(Shape.of(n), DType.FLOAT32));
    }
    return in;
  }

  private Contraction contraction(List<TensorType> in) {
    Contraction plain =
        ContractionKernel.of(new io.gluonj.op.MatMul(transposeA, transposeB, bias), in);
    return new Contraction(
        plain.batch(), plain.rows(), plain.columns(), plain.depth(), plain.bias(), adds);
  }

  private DnnlKernel dnnl(boolean any) {
    MemoryDesc a = strided(m, k, transposeA);
    MemoryDesc b = strided(k, n, transposeB);
    MemoryDesc y = MemoryDesc.rowMajor(DataType.F32, m, n);
    MemoryDesc row = bias ? MemoryDesc.rowMajor(DataType.F32, 1, n) : null;
    Attributes attributes = adds ? Attributes.fused(new PostOp.Sum(1)) : Attributes.DEFAULT;
    var plan = new DnnlPlan().reads(Arg.SRC, 0, a).reads(Arg.WEIGHTS, B, b);
    if (row != null) {
      plan.reads(Arg.BIAS, BIAS, row);
    }
    MemoryDesc liked = any ? MemoryDesc.any(DataType.F32, k, n) : b;
    return plan.writes(Arg.DST, bias ? BIAS + 1 : BIAS, y)
        .build(new MatMul(a, liked, row, y, attributes));
  }

  private static MemoryDesc strided(long rows, long columns, boolean transposed) {
    return MemoryDesc.strided(
        DataType.F32,
        new long[] {rows, columns},
        transposed ? new long[] {1, rows} : new long[] {columns, 1});
  }
}
