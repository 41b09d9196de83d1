package io.gluonj.op;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.function.Supplier;

/**
 * Matrix product {@code op(A) op(B) [+ bias]} of rank 2, or of rank 3 with a common batch axis in
 * front; {@code op} transposes the last two axes. oneDNN: {@code dnnl_matmul}; cuBLAS: gemm.
 */
public record MatMul(boolean transposeA, boolean transposeB, boolean bias) implements Op.Library {
  private static final int A = 0;
  private static final int B = 1;
  private static final int BIAS = 2;

  static final OpSchema<MatMul> SCHEMA =
      OpSchema.internal(new MatMul(false, false, false), "_matmul")
          .inputs("lhs", "rhs")
          .inputUnless(m -> !m.bias(), "bias")
          .sample(new MatMul(false, false, false), Shape.of(2, 3), Shape.of(3, 4))
          .sample(new MatMul(false, true, true), Shape.of(2, 3), Shape.of(4, 3), Shape.of(4))
          .sample(new MatMul(true, false, false), Shape.of(5, 3, 2), Shape.of(5, 3, 4))
          .sample(new MatMul(true, true, false), Shape.of(3, 2), Shape.of(4, 3));

  /** Rows, columns and inner extent of the product, and how many products there are. */
  public record Extents(long batch, long m, long n, long k) {}

  /** The extents for operands of these shapes. */
  public Extents extents(Shape a, Shape b) {
    return new Extents(
        a.rank() == 3 ? a.dim(0) : 1,
        a.dim(transposeA ? -1 : -2),
        b.dim(transposeB ? -2 : -1),
        a.dim(transposeA ? -2 : -1));
  }

  @Override
  public void infer(Infer s) {
    Shape a = s.in(A);
    Shape b = s.in(B);
    int rank = a.hasRank() ? a.rank() : b.hasRank() ? b.rank() : 0;
    if (rank == 0) {
      return;
    }
    if (rank != 2 && rank != 3) {
      throw s.error(
          "operands of rank " + rank, "matrices have rank 2, batches of them 3", "reshape first");
    }
    if (!a.hasRank()) {
      a = unknown(rank);
    }
    if (!b.hasRank()) {
      b = unknown(rank);
    }
    long inner = Math.max(a.dim(transposeA ? -2 : -1), b.dim(transposeB ? -1 : -2));
    s.in(A, unknown(rank).with(transposeA ? -2 : -1, inner), "inner extents are equal");
    s.in(B, unknown(rank).with(transposeB ? -1 : -2, inner), "inner extents are equal");
    if (rank == 3) {
      long batch = Math.max(a.dim(0), b.dim(0));
      s.in(A, unknown(3).with(0, batch), "batch extents are equal");
      s.in(B, unknown(3).with(0, batch), "batch extents are equal");
    }
    Extents e = extents(s.in(A), s.in(B));
    if (bias) {
      s.in(BIAS, Shape.of(e.n()), "one bias for each column");
    }
    s.out(
        0,
        rank == 3 ? Shape.of(s.in(A).dim(0), e.m(), e.n()) : Shape.of(e.m(), e.n()),
        "the product has the rows of lhs and the columns of rhs");
  }

  private static Shape unknown(int rank) {
    long[] dims = new long[rank];
    java.util.Arrays.fill(dims, Shape.UNKNOWN);
    return Shape.of(dims);
  }

  @Override
  public void vjp(Vjp g) {
    Supplier<Tensor> a = () -> g.in(A);
    Supplier<Tensor> b = () -> g.in(B);
    g.grad(
        A,
        () ->
            transposeA
                ? product(transposeB, true, b.get(), g.dy())
                : product(false, !transposeB, g.dy(), b.get()));
    g.grad(
        B,
        () ->
            transposeB
                ? product(true, transposeA, g.dy(), a.get())
                : product(!transposeA, false, a.get(), g.dy()));
    if (bias) {
      g.grad(BIAS, () -> g.dy().sumTo(g.in(BIAS).shape()));
    }
  }

  private static Tensor product(boolean ta, boolean tb, Tensor a, Tensor b) {
    return Ops.call(new MatMul(ta, tb, false), a, b);
  }

  @Override
  public void reference(Reference r) {
    Extents e = extents(r.inShape(A), r.inShape(B));
    int m = (int) e.m();
    int n = (int) e.n();
    int k = (int) e.k();
    for (int batch = 0; batch < e.batch(); batch++) {
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          double sum = bias ? r.in(BIAS)[j] : 0;
          for (int p = 0; p < k; p++) {
            sum +=
                r.in(A)[batch * m * k + (transposeA ? p * m + i : i * k + p)]
                    * r.in(B)[batch * k * n + (transposeB ? j * k + p : p * n + j)];
          }
          r.out(0)[(batch * m + i) * n + j] = sum;
        }
      }
    }
  }
}
