package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Composite reductions. */
public sealed interface Statistics extends Op.Composite {
  /** The values, NaN replaced by {@code neutral}. */
  private static Tensor without(Tensor x, double neutral) {
    Scalar value = Scalar.arg(0);
    return Ops.call(new Fused(value.with(Fn2.EQ, value).choose(value, Scalar.of(neutral)), 1), x);
  }

  /** Sum that passes over NaN. */
  record NanSum(List<Integer> axis, boolean keepdims, boolean exclude) implements Statistics {
    static final OpSchema<NanSum> SCHEMA =
        define(new NanSum(List.of(), false, false), "nansum")
            .inputs("data")
            .sample(new NanSum(List.of(1), true, false), Shape.of(2, 3));

    private Reduce.Sum sum() {
      return new Reduce.Sum(axis, keepdims, exclude);
    }

    @Override
    public void infer(Infer s) {
      sum().infer(s);
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      return List.of(Ops.call(sum(), without(e.in(0), 0)));
    }
  }

  /** Product that passes over NaN. */
  record NanProd(List<Integer> axis, boolean keepdims, boolean exclude) implements Statistics {
    static final OpSchema<NanProd> SCHEMA =
        define(new NanProd(List.of(), false, false), "nanprod")
            .inputs("data")
            .sample(new NanProd(List.of(1), false, false), 0.5, 2, Shape.of(2, 3));

    private Reduce.Prod product() {
      return new Reduce.Prod(axis, keepdims, exclude);
    }

    @Override
    public void infer(Infer s) {
      product().infer(s);
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      return List.of(Ops.call(product(), without(e.in(0), 1)));
    }
  }

  /** Mean and (biased) variance over axes. */
  record Moments(List<Integer> axes, boolean keepdims) implements Statistics {
    static final OpSchema<Moments> SCHEMA =
        define(new Moments(List.of(), false), "moments")
            .inputs("data")
            .sample(new Moments(List.of(0), false), Shape.of(4, 3))
            .sample(new Moments(List.of(), true), Shape.of(4, 3));

    @Override
    public int outputs() {
      return 2;
    }

    @Override
    public int visibleOutputs() {
      return 2;
    }

    @Override
    public void infer(Infer s) {
      new Reduce.Mean(axes, keepdims, false).infer(s);
      s.out(1, s.out(0), "there is a variance for each mean");
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Op mean = new Reduce.Mean(axes, keepdims, false);
      Tensor kept = Ops.call(new Reduce.Mean(axes, true, false), e.in(0));
      return List.of(Ops.call(mean, e.in(0)), Ops.call(mean, e.in(0).sub(kept).square()));
    }
  }

  /** The sum of squares of each input, as one vector. */
  record MultiSumSq() implements Statistics {
    static final OpSchema<MultiSumSq> SCHEMA =
        define(new MultiSumSq(), "multi_sum_sq")
            .variadic("num_arrays")
            .sample(new MultiSumSq(), Shape.of(2, 3), Shape.of(4));

    @Override
    public void infer(Infer s) {
      s.out(0, Shape.of(s.inputs()), "there is one sum for each input");
      s.dtype(0, accumulator(IntStream.range(0, s.inputs()).mapToObj(s::dtype)));
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      var sums = new ArrayList<Tensor>();
      for (Tensor x : e.inputs()) {
        DType wide = DType.promote(x.dtype(), DType.FLOAT32);
        sums.add(x.cast(wide).square().sum().reshapeTo(Shape.of(1)));
      }
      return List.of(
          Ops.call(new Concat(0), sums.toArray(Tensor[]::new))
              .cast(accumulator(e.inputs().stream().map(Tensor::dtype))));
    }

    /** Sums are float32, or float64 if an input is. */
    private static DType accumulator(Stream<DType> types) {
      return types.reduce(DType.FLOAT32, DType::promote);
    }
  }

  /** 1 if no element of any input is NaN or infinite, else 0; shape (1,). */
  private static Tensor finite(List<Tensor> inputs) {
    Scalar x = Scalar.arg(0);
    // x - x is 0 for finite numbers alone.
    Op check = new Fused(x.minus(x).with(Fn2.EQ, Scalar.of(0)), 1);
    Tensor all = null;
    for (Tensor input : inputs) {
      Tensor one = Ops.call(check, input).cast(DType.FLOAT32).min();
      all = all == null ? one : all.mul(one);
    }
    return java.util.Objects.requireNonNull(all);
  }

  private static void oneFlag(Infer s) {
    s.out(0, Shape.of(1), "the answer is one number");
    s.dtype(0, DType.FLOAT32);
  }

  /** Whether all elements are finite. */
  record AllFinite() implements Statistics {
    static final OpSchema<AllFinite> SCHEMA =
        define(new AllFinite(), "all_finite")
            .inputs("data")
            .ignored("init_output")
            .sample(new AllFinite(), Shape.of(2, 3));

    @Override
    public void infer(Infer s) {
      oneFlag(s);
    }

    @Override
    public boolean ownGradient() {
      return true;
    }

    @Override
    public void vjp(Vjp g) {
      g.none(0, "an answer is piecewise constant");
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      return List.of(finite(e.inputs()));
    }
  }

  /** Whether all elements of all inputs are finite. */
  record MultiAllFinite() implements Statistics {
    static final OpSchema<MultiAllFinite> SCHEMA =
        define(new MultiAllFinite(), "multi_all_finite")
            .variadic("num_arrays")
            .ignored("init_output")
            .sample(new MultiAllFinite(), Shape.of(2, 3), Shape.of(4));

    @Override
    public void infer(Infer s) {
      oneFlag(s);
    }

    @Override
    public boolean ownGradient() {
      return true;
    }

    @Override
    public void vjp(Vjp g) {
      for (int i = 0; i < g.inputs(); i++) {
        g.none(i, "an answer is piecewise constant");
      }
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      return List.of(finite(e.inputs()));
    }
  }

  /** Whether {@code |a - b| <= atol + rtol * |b|} everywhere, uint8, rank 0. */
  record AllClose(double rtol, double atol, boolean equalNan) implements Statistics {
    static final OpSchema<AllClose> SCHEMA =
        define(new AllClose(1e-5, 1e-8, true), "_contrib_allclose")
            .inputs("a", "b")
            .sample(new AllClose(1e-5, 1e-8, true), Shape.of(2, 3), Shape.of(2, 3));

    @Override
    public void infer(Infer s) {
      s.in(0, s.in(1), "both have the same shape");
      s.in(1, s.in(0), "both have the same shape");
      s.out(0, Shape.scalar(), "the answer is one number");
      s.dtype(0, DType.UINT8);
    }

    @Override
    public boolean ownGradient() {
      return true;
    }

    @Override
    public void vjp(Vjp g) {
      g.none(0, "an answer is piecewise constant");
      g.none(1, "an answer is piecewise constant");
    }

    @Override
    public List<Tensor> expand(Expansion e) {
      Scalar a = Scalar.arg(0);
      Scalar b = Scalar.arg(1);
      Scalar bound = b.map(Scalar.Fn.ABS).times(rtol).plus(atol);
      Scalar near = a.minus(b).map(Scalar.Fn.ABS).with(Fn2.LE, bound);
      Scalar close = near.with(Fn2.MAX, a.with(Fn2.EQ, b));
      if (equalNan) {
        close = close.with(Fn2.MAX, a.with(Fn2.NE, a).times(b.with(Fn2.NE, b)));
      }
      Tensor all = Ops.call(new Fused(close, 2), e.in(0), e.in(1)).min();
      return List.of(all.reshapeTo(Shape.scalar()).cast(DType.UINT8));
    }
  }
}
