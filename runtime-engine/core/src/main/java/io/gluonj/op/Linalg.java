package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Products of matrices in the last two axes, of each element of the axes before (LAPACK's names).
 */
public sealed interface Linalg extends Op.Composite {
  /** {@code op(a) op(b)} for equal leading axes. */
  private static Tensor product(Tensor a, Tensor b, boolean ta, boolean tb) {
    Shape as = a.shape();
    Shape out = result(as, b.shape(), ta, tb);
    Op product = new MatMul(ta, tb, false);
    return as.rank() == 2
        ? Ops.call(product, a, b)
        : Ops.call(product, matrices(a), matrices(b)).reshapeTo(out);
  }

  private static Tensor matrices(Tensor x) {
    Shape s = x.shape();
    return x.reshapeTo(Shape.of(s.sizeTo(s.rank() - 2), s.dim(-2), s.dim(-1)));
  }

  private static Shape result(Shape a, Shape b, boolean ta, boolean tb) {
    return a.with(-2, a.dim(ta ? -1 : -2)).with(-1, b.dim(tb ? -2 : -1));
  }

  private static void requireMatrices(Infer s, int inputs) {
    for (int i = 0; i < inputs; i++) {
      if (s.in(i).hasRank() && s.in(i).rank() < 2) {
        throw s.error(
            "an operand of rank " + s.in(i).rank(),
            "the last two axes are the rows and columns of matrices",
            "reshape it to a matrix");
      }
    }
  }

  /** Checks both factors; leaves the product's shape, if known, in output 0. */
  private static void inferProduct(Infer s, boolean ta, boolean tb) {
    requireMatrices(s, 2);
    Shape a = s.in(0);
    Shape b = s.in(1);
    if (!a.isKnown() || !b.isKnown()) {
      return;
    }
    if (a.rank() != b.rank() || a.dim(ta ? -2 : -1) != b.dim(tb ? -1 : -2)) {
      throw s.error(
          "matrices of shapes " + a + " and " + b + " cannot be multiplied",
          "the inner extents and the leading axes are equal",
          "transpose or reshape an operand");
    }
    for (int i = 0; i < a.rank() - 2; i++) {
      s.in(1, b.with(i, a.dim(i)), "the leading axes are equal");
    }
    s.out(0, result(a, b, ta, tb), "the product has rows of the first and columns of the second");
  }

  /** Moves the axis that counts rows to the last but one place, or back. */
  private static Tensor rows(Tensor x, int axis, boolean back) {
    int rank = x.shape().rank();
    int at = x.shape().axis(axis);
    if (at == rank - 2) {
      return x;
    }
    List<Integer> rest =
        IntStream.range(0, rank).filter(i -> i != (back ? rank - 2 : at)).boxed().toList();
    var order = new ArrayList<>(rest);
    order.add(back ? at : rank - 2, back ? rank - 2 : at);
    return x.transpose(order.stream().mapToInt(i -> i).toArray());
  }

  /** {@code alpha op(A) op(B) + beta C}; {@code axis} is the axis of rows. */
  record Gemm(boolean transposeA, boolean transposeB, double alpha, double beta, int axis)
      implements Linalg {
    static final OpSchema<Gemm> SCHEMA =
        define(new Gemm(false, false, 1, 1, -2), "_linalg_gemm", "linalg_gemm")
            .inputs("A", "B", "C")
            .sample(
                new Gemm(false, true, 2, 0.5, -2), Shape.of(2, 3), Shape.of(4, 3), Shape.of(2, 4))
            .sample(
                new Gemm(true, false, 1, 1, 0),
                Shape.of(3, 2, 2),
                Shape.of(3, 2, 4),
                Shape.of(2, 2, 4));

    @Override
    public void infer(Infer s) {
      new Gemm2(transposeA, transposeB, alpha, axis).infer(s);
      s.in(2, s.out(0), "C is added to the product");
      s.out(0, s.in(2), "the sum has the shape of C");
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Op product = new Gemm2(transposeA, transposeB, alpha, axis);
      return List.of(Ops.call(product, e.in(0), e.in(1)).add(e.in(2).mul(beta)));
    }
  }

  /** {@code alpha op(A) op(B)}; {@code axis} is the axis of rows. */
  record Gemm2(boolean transposeA, boolean transposeB, double alpha, int axis) implements Linalg {
    static final OpSchema<Gemm2> SCHEMA =
        define(new Gemm2(false, false, 1, -2), "_linalg_gemm2", "linalg_gemm2")
            .inputs("A", "B")
            .sample(new Gemm2(true, false, 1.5, -2), Shape.of(2, 3, 2), Shape.of(2, 3, 2))
            .sample(new Gemm2(false, false, 1, -3), Shape.of(3, 2, 4), Shape.of(4, 2, 2));

    @Override
    public void infer(Infer s) {
      if (axis == -2) {
        inferProduct(s, transposeA, transposeB);
        return;
      }
      requireMatrices(s, 2);
      Shape a = s.in(0);
      Shape b = s.in(1);
      if (a.hasRank() && a.axis(axis) == a.rank() - 1) {
        throw s.error(
            "rows along axis " + axis + " of " + a,
            "the last axis counts columns",
            "choose an axis before it");
      }
      if (a.isKnown() && b.isKnown()) {
        if (a.rank() != b.rank()
            || a.dim(transposeA ? axis : -1) != b.dim(transposeB ? -1 : axis)) {
          throw s.error(
              "matrices of shapes " + a + " and " + b + " with rows along axis " + axis,
              "the inner extents and the other axes are equal",
              "transpose or reshape an operand");
        }
        Shape others = a.with(axis, b.dim(axis)).with(-1, b.dim(-1));
        s.in(1, others, "the axes but rows and columns are equal");
        s.out(
            0,
            a.with(axis, a.dim(transposeA ? -1 : axis)).with(-1, b.dim(transposeB ? axis : -1)),
            "the product has rows of the first and columns of the second");
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Tensor y =
          product(rows(e.in(0), axis, false), rows(e.in(1), axis, false), transposeA, transposeB);
      return List.of(rows(alpha == 1 ? y : y.mul(alpha), axis, true));
    }
  }

  /** {@code alpha A Aᵀ}, or {@code alpha Aᵀ A} if transposed. */
  record Syrk(boolean transpose, double alpha) implements Linalg {
    static final OpSchema<Syrk> SCHEMA =
        define(new Syrk(false, 1), "_linalg_syrk", "linalg_syrk")
            .inputs("A")
            .sample(new Syrk(false, 1), Shape.of(2, 3))
            .sample(new Syrk(true, 0.5), Shape.of(2, 3, 2));

    @Override
    public void infer(Infer s) {
      requireMatrices(s, 1);
      if (s.in(0).hasRank()) {
        long size = s.in(0).dim(transpose ? -1 : -2);
        s.out(0, s.in(0).with(-1, size).with(-2, size), "the product is square");
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      return List.of(product(e.in(0), e.in(0), transpose, !transpose).mul(alpha));
    }
  }

  /** {@code alpha op(A) B}, or {@code alpha B op(A)}, of A's lower or upper triangle. */
  record Trmm(boolean transpose, boolean rightside, boolean lower, double alpha) implements Linalg {
    static final OpSchema<Trmm> SCHEMA =
        define(new Trmm(false, false, true, 1), "_linalg_trmm", "linalg_trmm")
            .inputs("A", "B")
            .sample(new Trmm(false, false, true, 2), Shape.of(2, 2), Shape.of(2, 3))
            .sample(new Trmm(true, true, false, 1), Shape.of(2, 3, 3), Shape.of(2, 2, 3));

    @Override
    public void infer(Infer s) {
      requireMatrices(s, 2);
      Shape b = s.in(1);
      if (b.hasRank()) {
        long size = b.dim(rightside ? -1 : -2);
        s.in(0, b.with(-1, size).with(-2, size), "A is square and fits B");
        s.out(0, b, "the product has the shape of B");
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Tensor a = Ops.call(new Masks.Triangle(0, lower), e.in(0));
      Tensor y =
          rightside ? product(e.in(1), a, false, transpose) : product(a, e.in(1), transpose, false);
      return List.of(y.mul(alpha));
    }
  }

  /** The sum of the logarithms of the diagonal: log-determinant of a triangular matrix. */
  record SumLogDiag() implements Linalg {
    static final OpSchema<SumLogDiag> SCHEMA =
        define(new SumLogDiag(), "_linalg_sumlogdiag", "linalg_sumlogdiag")
            .inputs("A")
            .sample(new SumLogDiag(), 0.5, 2, Shape.of(2, 3, 3))
            .sample(new SumLogDiag(), 0.5, 2, Shape.of(3, 3));

    @Override
    public void infer(Infer s) {
      requireMatrices(s, 1);
      if (s.in(0).hasRank()) {
        Shape rest = s.in(0).remove(-1).remove(-1);
        s.out(0, rest.rank() == 0 ? Shape.of(1) : rest, "there is one sum for each matrix");
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      return List.of(Ops.call(new Diagonal.ExtractDiag(0), e.in(0)).log().sum(-1));
    }
  }

  /** The product of matrices with equal columns that has all products of their rows as rows. */
  record KhatriRao() implements Linalg {
    static final OpSchema<KhatriRao> SCHEMA =
        define(new KhatriRao(), "khatri_rao")
            .variadic()
            .sample(new KhatriRao(), Shape.of(2, 2), Shape.of(3, 2), Shape.of(2, 2));

    @Override
    public void infer(Infer s) {
      long rows = 1;
      for (int i = 0; i < s.inputs(); i++) {
        Shape x = s.in(i);
        if (!x.isKnown()) {
          return;
        }
        if (x.rank() != 2 || x.dim(1) != s.in(0).dim(-1)) {
          throw s.error(
              "operand " + i + " has shape " + x,
              "operands are matrices with the same number of columns",
              "reshape or transpose it");
        }
        rows *= x.dim(0);
      }
      s.out(0, Shape.of(rows, s.in(0).dim(1)), "rows are multiplied with one another");
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Tensor y = e.in(0);
      long columns = y.shape().dim(1);
      for (Tensor next : e.inputs().subList(1, e.inputs().size())) {
        long above = y.shape().dim(0);
        long below = next.shape().dim(0);
        y =
            y.reshapeTo(Shape.of(above, 1, columns))
                .mul(next.reshapeTo(Shape.of(1, below, columns)))
                .reshapeTo(Shape.of(above * below, columns));
      }
      return List.of(y);
    }
  }
}
