package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.types.Shape;
import java.util.List;
import java.util.Map;

/**
 * One optimizer step on one parameter, in place. Each rule exists twice: under MXNet's name with
 * all numbers as attributes, and as a step whose changing numbers (learning rate, weight decay,
 * gradient scale) are scalar inputs, so that one kernel serves the whole training.
 */
public sealed interface OptimizerUpdates extends Op.Pointwise
    permits OptimizerUpdates.SgdUpdate,
        OptimizerUpdates.SgdMomUpdate,
        OptimizerUpdates.AdamUpdate,
        OptimizerUpdates.SgdStep,
        OptimizerUpdates.PlainSgdStep,
        OptimizerUpdates.AdamStep,
        MomentumUpdates,
        AdaptiveUpdates,
        LambUpdates {
  /** What is changed, unless stated otherwise. */
  @Override
  default int outputs() {
    return updates().size();
  }

  /** A new weight has the type of the old one, other results the precision of the sums. */
  @Override
  default void infer(Infer s) {
    s.broadcast();
    if (updates().containsKey(0)) {
      s.dtype(updates().get(0), s.dtype(0));
    }
  }

  @Override
  default void vjp(Vjp g) {
    for (int i = 0; i < g.inputs(); i++) {
      g.none(i, "an optimizer step is not part of the differentiated computation");
    }
  }

  /** {@code clip(rescale * gradient)}; not clipped if the bound is not positive. */
  static Scalar clipped(Scalar gradient, double bound) {
    return bound <= 0
        ? gradient
        : gradient.with(Fn2.MAX, Scalar.of(-bound)).with(Fn2.MIN, Scalar.of(bound));
  }

  /** Results weight and momentum of SGD: {@code m = µm - lr*wd*w - lr*clip(g); w += m}. */
  private static List<Scalar> sgd(
      Scalar w, Scalar g, Scalar m, Scalar lr, Scalar wd, Scalar rescale, double mu, double clip) {
    Scalar next =
        m.times(mu).minus(lr.times(wd).times(w)).minus(lr.times(clipped(rescale.times(g), clip)));
    return List.of(w.plus(next), next);
  }

  /** Results weight, mean and variance of Adam with {@code lr} already bias-corrected. */
  private static List<Scalar> adam(
      List<Scalar> in,
      Scalar lr,
      Scalar wd,
      Scalar rescale,
      double b1,
      double b2,
      double eps,
      double clip) {
    Scalar w = in.get(0);
    Scalar g = clipped(rescale.times(in.get(1)).plus(wd.times(w)), clip);
    Scalar mean = in.get(2).times(b1).plus(g.times(1 - b1));
    Scalar var = in.get(3).times(b2).plus(g.times(g).times(1 - b2));
    return List.of(w.minus(lr.times(mean).over(var.map(Fn.SQRT).plus(eps))), mean, var);
  }

  /** {@code w -= lr * (clip(rescale*g) + wd*w)}. */
  record SgdUpdate(double lr, double wd, double rescaleGrad, double clipGradient)
      implements OptimizerUpdates {
    static final OpSchema<SgdUpdate> SCHEMA =
        define(new SgdUpdate(0, 0, 1, -1), "sgd_update")
            .inputs("weight", "grad")
            .required("lr")
            .ignored("lazy_update")
            .sample(new SgdUpdate(0.1, 0.01, 0.5, 1), Shape.of(2, 3), Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return List.of(
          sgd(
                  in.get(0),
                  in.get(1),
                  Scalar.of(0),
                  Scalar.of(lr),
                  Scalar.of(wd),
                  Scalar.of(rescaleGrad),
                  0,
                  clipGradient)
              .getFirst());
    }

    @Override
    public Map<Integer, Integer> updates() {
      return Map.of(0, 0);
    }
  }

  /** SGD with momentum; the momentum is the third input and changed too. */
  record SgdMomUpdate(
      double lr, double momentum, double wd, double rescaleGrad, double clipGradient)
      implements OptimizerUpdates {
    static final OpSchema<SgdMomUpdate> SCHEMA =
        define(new SgdMomUpdate(0, 0, 0, 1, -1), "sgd_mom_update")
            .inputs("weight", "grad", "mom")
            .required("lr")
            .ignored("lazy_update")
            .sample(
                new SgdMomUpdate(0.1, 0.9, 0.01, 0.5, 1),
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return sgd(
          in.get(0),
          in.get(1),
          in.get(2),
          Scalar.of(lr),
          Scalar.of(wd),
          Scalar.of(rescaleGrad),
          momentum,
          clipGradient);
    }

    @Override
    public Map<Integer, Integer> updates() {
      return Map.of(0, 0, 2, 1);
    }
  }

  /** Adam (Kingma and Ba, 2015) as MXNet has it: no bias correction here, eps outside the root. */
  record AdamUpdate(
      double lr,
      double beta1,
      double beta2,
      double epsilon,
      double wd,
      double rescaleGrad,
      double clipGradient)
      implements OptimizerUpdates {
    static final OpSchema<AdamUpdate> SCHEMA =
        define(new AdamUpdate(0, 0.9, 0.999, 1e-8, 0, 1, -1), "adam_update")
            .inputs("weight", "grad", "mean", "var")
            .required("lr")
            .ignored("lazy_update")
            .sample(
                new AdamUpdate(0.1, 0.9, 0.999, 1e-8, 0.01, 0.5, 1),
                0.1,
                2,
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return adam(
          in,
          Scalar.of(lr),
          Scalar.of(wd),
          Scalar.of(rescaleGrad),
          beta1,
          beta2,
          epsilon,
          clipGradient);
    }

    @Override
    public Map<Integer, Integer> updates() {
      return Map.of(0, 0, 2, 1, 3, 2);
    }
  }

  /**
   * SGD with momentum and scalar inputs (lr, wd, rescale); momentum 0 needs the state all the same.
   */
  record SgdStep(double momentum, double clipGradient) implements OptimizerUpdates {
    static final OpSchema<SgdStep> SCHEMA =
        OpSchema.internal(new SgdStep(0, -1), "_sgd_step")
            .inputs("weight", "grad", "mom", "lr", "wd", "rescale")
            .sample(
                new SgdStep(0.9, -1),
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.scalar(),
                Shape.scalar(),
                Shape.scalar());

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return sgd(
          in.get(0), in.get(1), in.get(2), in.get(3), in.get(4), in.get(5), momentum, clipGradient);
    }

    @Override
    public Map<Integer, Integer> updates() {
      return Map.of(0, 0, 2, 1);
    }
  }

  /** SGD without momentum and with scalar inputs (lr, wd, rescale). */
  record PlainSgdStep(double clipGradient) implements OptimizerUpdates {
    static final OpSchema<PlainSgdStep> SCHEMA =
        OpSchema.internal(new PlainSgdStep(-1), "_plain_sgd_step")
            .inputs("weight", "grad", "lr", "wd", "rescale")
            .sample(
                new PlainSgdStep(-1),
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.scalar(),
                Shape.scalar(),
                Shape.scalar());

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      Scalar none = Scalar.of(0);
      return List.of(
          sgd(in.get(0), in.get(1), none, in.get(2), in.get(3), in.get(4), 0, clipGradient)
              .getFirst());
    }

    @Override
    public Map<Integer, Integer> updates() {
      return Map.of(0, 0);
    }
  }

  /** Adam with scalar inputs (bias-corrected lr, wd, rescale). */
  record AdamStep(double beta1, double beta2, double epsilon, double clipGradient)
      implements OptimizerUpdates {
    static final OpSchema<AdamStep> SCHEMA =
        OpSchema.internal(new AdamStep(0.9, 0.999, 1e-8, -1), "_adam_step")
            .inputs("weight", "grad", "mean", "var", "lr", "wd", "rescale")
            .sample(
                new AdamStep(0.9, 0.999, 1e-8, -1),
                0.1,
                2,
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.scalar(),
                Shape.scalar(),
                Shape.scalar());

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return adam(in, in.get(4), in.get(5), in.get(6), beta1, beta2, epsilon, clipGradient);
    }

    @Override
    public Map<Integer, Integer> updates() {
      return Map.of(0, 0, 2, 1, 3, 2);
    }
  }
}
