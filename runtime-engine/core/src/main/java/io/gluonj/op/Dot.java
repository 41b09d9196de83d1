package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.List;
import java.util.stream.LongStream;

/**
 * MXNet's dot: contracts the last axis of lhs with the first of rhs (not NumPy's matmul). With
 * {@code transposeA} the first axis of lhs, with {@code transposeB} the last of rhs is contracted.
 * Two vectors give shape (1,).
 */
public record Dot(boolean transposeA, boolean transposeB) implements Op.Composite {
  static final OpSchema<Dot> SCHEMA =
      define(new Dot(false, false), "dot")
          .inputs("lhs", "rhs")
          .method("dot")
          .onnx("MatMul")
          .ignored("forward_stype")
          .sample(new Dot(false, false), Shape.of(2, 3), Shape.of(3, 4))
          .sample(new Dot(false, false), Shape.of(2, 5, 3), Shape.of(3, 4))
          .sample(new Dot(true, false), Shape.of(3, 2), Shape.of(3, 4))
          .sample(new Dot(false, true), Shape.of(2, 3), Shape.of(4, 3))
          .sample(new Dot(false, false), Shape.of(3), Shape.of(3));

  private int contractedA(Shape a) {
    return transposeA && a.rank() > 1 ? 0 : a.rank() - 1;
  }

  private int contractedB(Shape b) {
    return transposeB && b.rank() > 1 ? b.rank() - 1 : 0;
  }

  @Override
  public void infer(Infer s) {
    Shape a = s.in(0);
    Shape b = s.in(1);
    if (!a.hasRank() || !b.hasRank()) {
      return;
    }
    if (a.rank() == 0 || b.rank() == 0) {
      throw s.error("a scalar operand", "dot contracts an axis of each operand", "use mul");
    }
    long inner = Math.max(a.dim(contractedA(a)), b.dim(contractedB(b)));
    s.in(0, a.with(contractedA(a), inner), "the contracted extents are equal");
    s.in(1, b.with(contractedB(b), inner), "the contracted extents are equal");
    s.out(
        0,
        a.rank() == 1 && b.rank() == 1
            ? Shape.of(1)
            : join(s.in(0).remove(contractedA(a)), s.in(1).remove(contractedB(b))),
        "the result has the remaining axes of lhs, then those of rhs");
  }

  private static Shape join(Shape a, Shape b) {
    return Shape.of(LongStream.concat(LongStream.of(a.dims()), LongStream.of(b.dims())).toArray());
  }

  @Override
  public List<Tensor> expand(Expansion e) {
    Shape a = e.shape(0);
    Shape b = e.shape(1);
    boolean firstOfA = contractedA(a) == 0 && a.rank() > 1;
    boolean lastOfB = contractedB(b) > 0;
    long k = a.dim(contractedA(a));
    long m = a.remove(contractedA(a)).size();
    long n = b.remove(contractedB(b)).size();
    Tensor left = e.in(0).reshapeTo(firstOfA ? Shape.of(k, m) : Shape.of(m, k));
    Tensor right = e.in(1).reshapeTo(lastOfB ? Shape.of(n, k) : Shape.of(k, n));
    Tensor product = Ops.call(new MatMul(firstOfA, lastOfB, false), left, right);
    Shape out =
        a.rank() == 1 && b.rank() == 1
            ? Shape.of(1)
            : join(a.remove(contractedA(a)), b.remove(contractedB(b)));
    return List.of(product.reshapeTo(out));
  }
}
