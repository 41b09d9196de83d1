package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.types.Shape;
import java.util.List;
import java.util.Map;

/** Steps for large batches, whose size depends on the norms of whole weights. */
public sealed interface LambUpdates extends OptimizerUpdates {
  /** The direction, mean and variance of LAMB's first phase. */
  private static List<Scalar> direction(Scalar w, List<Scalar> in, LambPhase1 op) {
    Scalar scaled = in.get(1).times(op.rescaleGrad());
    Scalar g = OptimizerUpdates.clipped(scaled, op.clipGradient());
    Scalar mean = in.get(2).times(op.beta1()).plus(g.times(1 - op.beta1()));
    Scalar var = in.get(3).times(op.beta2()).plus(g.times(g).times(1 - op.beta2()));
    double meanShare = op.biasCorrection() ? 1 - Math.pow(op.beta1(), op.t()) : 1;
    double varShare = op.biasCorrection() ? 1 - Math.pow(op.beta2(), op.t()) : 1;
    Scalar size = var.over(Scalar.of(varShare)).map(Fn.SQRT).plus(op.epsilon());
    Scalar step = mean.over(Scalar.of(meanShare)).over(size);
    return List.of(step.plus(w.times(op.wd())), mean, var);
  }

  /** The weight after a step in a direction, scaled by the ratio of the two norms. */
  private static Scalar moved(
      Scalar w, Scalar g, Scalar r1, Scalar r2, double lr, double lower, double upper) {
    Scalar norm = lower >= 0 ? r1.with(Fn2.MAX, Scalar.of(lower)) : r1;
    norm = upper >= 0 ? norm.with(Fn2.MIN, Scalar.of(upper)) : norm;
    Scalar none = norm.with(Fn2.EQ, Scalar.of(0)).with(Fn2.MAX, r2.with(Fn2.EQ, Scalar.of(0)));
    Scalar ratio = none.choose(Scalar.of(1), norm.over(r2));
    return w.minus(ratio.times(lr).times(g));
  }

  /** The direction of LAMB (You et al., ICLR 2020); mean and variance are changed. */
  record LambPhase1(
      double beta1,
      double beta2,
      double epsilon,
      int t,
      boolean biasCorrection,
      double wd,
      double rescaleGrad,
      double clipGradient)
      implements LambUpdates {
    static final OpSchema<LambPhase1> SCHEMA =
        define(new LambPhase1(0.9, 0.999, 1e-6, 0, true, 0, 1, -1), "lamb_update_phase1")
            .inputs("weight", "grad", "mean", "var")
            .required("t", "wd")
            .sample(
                new LambPhase1(0.9, 0.999, 1e-6, 2, true, 0.01, 0.5, 1),
                0.1,
                2,
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return direction(in.get(0), in, this);
    }

    @Override
    public int outputs() {
      return 3;
    }

    @Override
    public Map<Integer, Integer> updates() {
      return Map.of(2, 1, 3, 2);
    }
  }

  /**
   * The weight moved along a direction {@code g} by {@code lr * r1 / r2}, the norms of weight and
   * direction.
   */
  record LambPhase2(double lr, double lowerBound, double upperBound) implements LambUpdates {
    static final OpSchema<LambPhase2> SCHEMA =
        define(new LambPhase2(0, -1, -1), "lamb_update_phase2")
            .inputs("weight", "g", "r1", "r2")
            .required("lr")
            .sample(
                new LambPhase2(0.1, 0.2, 10),
                0.1,
                2,
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(1),
                Shape.of(1));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return List.of(moved(in.get(0), in.get(1), in.get(2), in.get(3), lr, lowerBound, upperBound));
    }

    @Override
    public Map<Integer, Integer> updates() {
      return Map.of(0, 0);
    }
  }

  /** The direction of LAMB from a float32 copy of the weight. */
  record MpLambPhase1(
      double beta1,
      double beta2,
      double epsilon,
      int t,
      boolean biasCorrection,
      double wd,
      double rescaleGrad,
      double clipGradient)
      implements LambUpdates {
    static final OpSchema<MpLambPhase1> SCHEMA =
        define(new MpLambPhase1(0.9, 0.999, 1e-6, 0, true, 0, 1, -1), "mp_lamb_update_phase1")
            .inputs("weight", "grad", "mean", "var", "weight32")
            .required("t", "wd")
            .sample(
                new MpLambPhase1(0.9, 0.999, 1e-6, 2, true, 0.01, 0.5, 1),
                0.1,
                2,
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return direction(
          in.get(4),
          in,
          new LambPhase1(beta1, beta2, epsilon, t, biasCorrection, wd, rescaleGrad, clipGradient));
    }

    @Override
    public int outputs() {
      return 3;
    }

    @Override
    public Map<Integer, Integer> updates() {
      return Map.of(2, 1, 3, 2);
    }
  }

  /** The step of LAMB on a float32 copy of the weight, of which the weight is the rounding. */
  record MpLambPhase2(double lr, double lowerBound, double upperBound) implements LambUpdates {
    static final OpSchema<MpLambPhase2> SCHEMA =
        define(new MpLambPhase2(0, -1, -1), "mp_lamb_update_phase2")
            .inputs("weight", "g", "r1", "r2", "weight32")
            .required("lr")
            .sample(
                new MpLambPhase2(0.1, 0.2, 10),
                0.1,
                2,
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(1),
                Shape.of(1),
                Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      Scalar w = moved(in.get(4), in.get(1), in.get(2), in.get(3), lr, lowerBound, upperBound);
      return List.of(w, w);
    }

    @Override
    public Map<Integer, Integer> updates() {
      return Map.of(0, 0, 4, 1);
    }
  }

  /**
   * The learning rates of LARS (You et al., 2017) for several weights from their sums of squares.
   */
  record MultiLars(double eta, double eps, double rescaleGrad) implements LambUpdates {
    static final OpSchema<MultiLars> SCHEMA =
        define(new MultiLars(0, 0, 1), "multi_lars")
            .inputs("lrs", "weights_sum_sq", "grads_sum_sq", "wds")
            .required("eta", "eps")
            .sample(
                new MultiLars(0.001, 1e-9, 0.5),
                0.1,
                2,
                Shape.of(3),
                Shape.of(3),
                Shape.of(3),
                Shape.of(3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      Scalar weights = in.get(1).map(Fn.SQRT);
      Scalar grads = in.get(2).map(Fn.SQRT).times(rescaleGrad);
      Scalar scale = grads.plus(in.get(3).times(weights)).plus(eps);
      Scalar adapted = in.get(0).times(eta).times(weights).over(scale);
      Scalar known = weights.with(Fn2.GT, Scalar.of(0)).times(grads.with(Fn2.GT, Scalar.of(0)));
      return List.of(known.choose(adapted, in.get(0)));
    }

    @Override
    public int outputs() {
      return 1;
    }
  }
}
