package io.gluonj.op;

import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.op.Slicing.Range;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * All elements up to each one along an axis, combined by something other than a sum. Steps of
 * doubling width (Hillis and Steele, CACM 1986): their number is the logarithm of the extent, and
 * each is differentiable where the combination is, so that zeros and infinities need no care.
 */
public sealed interface Scans extends Op.Composite {
  int axis();

  /** What is known up to a position and what comes after it, as one. */
  Scalar combine(Scalar before, Scalar here);

  @Override
  default void infer(Infer s) {
    s.same();
    if (s.in(0).hasRank()) {
      s.in(0).axis(axis());
    }
  }

  @Override
  default List<Tensor> expand(Expansion e) {
    Shape x = e.shape(0);
    int at = x.axis(axis());
    Tensor y = e.in(0);
    for (long reach = 1; reach < x.dim(at); reach *= 2) {
      var part = new ArrayList<Range>();
      for (int i = 0; i < x.rank(); i++) {
        part.add(i == at ? new Range(reach, 1, x.dim(i) - reach) : new Range(0, 1, x.dim(i)));
      }
      Tensor before =
          Ops.call(new Slicing.IntoZeros(part, x), y.sliceAxis(at, 0, x.dim(at) - reach));
      Scalar reached = new Scalar.Iota(at).with(Fn2.GE, Scalar.of((double) reach));
      Scalar next = reached.choose(combine(Scalar.arg(0), Scalar.arg(1)), Scalar.arg(1));
      y = Ops.call(new Fused(next, 2), before, y);
    }
    return List.of(y);
  }

  /** Products. */
  record CumulativeProduct(int axis) implements Scans {
    static final OpSchema<CumulativeProduct> SCHEMA =
        OpSchema.internal(new CumulativeProduct(0), "cumprod")
            .inputs("data")
            .sample(new CumulativeProduct(1), Shape.of(2, 5))
            .sample(new CumulativeProduct(-2), Shape.of(3, 2));

    @Override
    public Scalar combine(Scalar before, Scalar here) {
      return before.times(here);
    }
  }

  /** Maxima; of equal ones the first receives the gradient. */
  record CumulativeMaximum(int axis) implements Scans {
    static final OpSchema<CumulativeMaximum> SCHEMA =
        OpSchema.internal(new CumulativeMaximum(0), "cummax")
            .inputs("data")
            .sample(new CumulativeMaximum(1), Shape.of(2, 5));

    @Override
    public Scalar combine(Scalar before, Scalar here) {
      return before.with(Fn2.MAX, here);
    }
  }

  /** Logarithms of the sums of exponentials, without overflow. */
  record LogCumulativeSumExp(int axis) implements Scans {
    static final OpSchema<LogCumulativeSumExp> SCHEMA =
        OpSchema.internal(new LogCumulativeSumExp(0), "logcumsumexp")
            .inputs("data")
            .sample(new LogCumulativeSumExp(1), Shape.of(2, 5));

    @Override
    public Scalar combine(Scalar before, Scalar here) {
      Scalar ahead = before.minus(here);
      Scalar larger = before.plus(ahead.map(Fn.NEG).map(Fn.EXP).map(Fn.LOG1P));
      Scalar smaller = here.plus(ahead.map(Fn.EXP).map(Fn.LOG1P));
      Scalar sum = ahead.with(Fn2.GT, Scalar.of(0)).choose(larger, smaller);
      // The difference of two infinities is no number.
      Scalar nothing = here.with(Fn2.EQ, Scalar.of(Double.NEGATIVE_INFINITY));
      return nothing.choose(before, sum);
    }
  }
}
