package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Scalar.Fn;
import io.gluonj.types.Shape;
import java.util.List;
import java.util.Map;

/** Optimizer steps built on SGD: momentum, signs and wider copies of the weight. */
public sealed interface MomentumUpdates extends OptimizerUpdates {
  /** The results of SGD with momentum: weight and momentum. */
  private static List<Scalar> sgd(
      Scalar w, Scalar g, Scalar m, double lr, double momentum, double wd) {
    Scalar next = m.times(momentum).minus(w.times(lr * wd)).minus(g.times(lr));
    return List.of(w.plus(next), next);
  }

  /** The results of SGD with Nesterov's momentum: weight and momentum. */
  private static List<Scalar> nesterov(
      Scalar w, Scalar g, Scalar m, double lr, double momentum, double wd) {
    Scalar step = g.plus(w.times(wd)).times(lr);
    Scalar next = m.times(momentum).minus(step);
    return List.of(w.plus(next.times(momentum)).minus(step), next);
  }

  /** SGD with Nesterov's momentum; the momentum is changed too. */
  record NagMomUpdate(
      double lr, double momentum, double wd, double rescaleGrad, double clipGradient)
      implements MomentumUpdates {
    static final OpSchema<NagMomUpdate> SCHEMA =
        define(new NagMomUpdate(0, 0, 0, 1, -1), "nag_mom_update")
            .inputs("weight", "grad", "mom")
            .required("lr")
            .sample(
                new NagMomUpdate(0.1, 0.9, 0.01, 0.5, 1),
                0.1,
                2,
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      Scalar g = OptimizerUpdates.clipped(in.get(1).times(rescaleGrad), clipGradient);
      return nesterov(in.get(0), g, in.get(2), lr, momentum, wd);
    }

    @Override
    public Map<Integer, Integer> updates() {
      return Map.of(0, 0, 2, 1);
    }
  }

  /** {@code w -= lr * (sign(g) + wd*w)} (Bernstein et al., ICML 2018). */
  record SignSgdUpdate(double lr, double wd, double rescaleGrad, double clipGradient)
      implements MomentumUpdates {
    static final OpSchema<SignSgdUpdate> SCHEMA =
        define(new SignSgdUpdate(0, 0, 1, -1), "signsgd_update")
            .inputs("weight", "grad")
            .required("lr")
            .sample(new SignSgdUpdate(0.1, 0.01, 0.5, 1), 0.1, 2, Shape.of(2, 3), Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      Scalar g = OptimizerUpdates.clipped(in.get(1).times(rescaleGrad), clipGradient);
      Scalar w = in.get(0);
      return List.of(w.times(1 - lr * wd).minus(g.map(Fn.SIGN).times(lr)));
    }

    @Override
    public Map<Integer, Integer> updates() {
      return Map.of(0, 0);
    }
  }

  /**
   * SGD by the sign of the momentum; {@code wdLh} is a decay beside the momentum (Loshchilov and
   * Hutter).
   */
  record SignumUpdate(
      double lr, double momentum, double wd, double rescaleGrad, double clipGradient, double wdLh)
      implements MomentumUpdates {
    static final OpSchema<SignumUpdate> SCHEMA =
        define(new SignumUpdate(0, 0, 0, 1, -1, 0), "signum_update")
            .inputs("weight", "grad", "mom")
            .required("lr")
            .sample(
                new SignumUpdate(0.1, 0.9, 0.01, 0.5, 1, 0.001),
                0.1,
                2,
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      Scalar g = OptimizerUpdates.clipped(in.get(1).times(rescaleGrad), clipGradient);
      Scalar w = in.get(0);
      Scalar next = in.get(2).times(momentum).minus(g.plus(w.times(wd)).times(1 - momentum));
      return List.of(w.times(1 - lr * wdLh).plus(next.map(Fn.SIGN).times(lr)), next);
    }

    @Override
    public Map<Integer, Integer> updates() {
      return Map.of(0, 0, 2, 1);
    }
  }

  /** SGD on a float32 copy of the weight, of which the weight is the rounding. */
  record MpSgdUpdate(double lr, double wd, double rescaleGrad, double clipGradient)
      implements MomentumUpdates {
    static final OpSchema<MpSgdUpdate> SCHEMA =
        define(new MpSgdUpdate(0, 0, 1, -1), "mp_sgd_update")
            .inputs("weight", "grad", "weight32")
            .required("lr")
            .ignored("lazy_update")
            .sample(
                new MpSgdUpdate(0.1, 0.01, 0.5, 1),
                0.1,
                2,
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      Scalar g = OptimizerUpdates.clipped(in.get(1).times(rescaleGrad), clipGradient);
      Scalar w = in.get(2).times(1 - lr * wd).minus(g.times(lr));
      return List.of(w, w);
    }

    @Override
    public Map<Integer, Integer> updates() {
      return Map.of(0, 0, 2, 1);
    }
  }

  /** SGD with momentum on a float32 copy of the weight. */
  record MpSgdMomUpdate(
      double lr, double momentum, double wd, double rescaleGrad, double clipGradient)
      implements MomentumUpdates {
    static final OpSchema<MpSgdMomUpdate> SCHEMA =
        define(new MpSgdMomUpdate(0, 0, 0, 1, -1), "mp_sgd_mom_update")
            .inputs("weight", "grad", "mom", "weight32")
            .required("lr")
            .ignored("lazy_update")
            .sample(
                new MpSgdMomUpdate(0.1, 0.9, 0.01, 0.5, 1),
                0.1,
                2,
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      Scalar g = OptimizerUpdates.clipped(in.get(1).times(rescaleGrad), clipGradient);
      List<Scalar> next = sgd(in.get(3), g, in.get(2), lr, momentum, wd);
      return List.of(next.get(0), next.get(1), next.get(0));
    }

    @Override
    public Map<Integer, Integer> updates() {
      return Map.of(0, 0, 2, 1, 3, 2);
    }
  }

  /** SGD with Nesterov's momentum on a float32 copy of the weight. */
  record MpNagMomUpdate(
      double lr, double momentum, double wd, double rescaleGrad, double clipGradient)
      implements MomentumUpdates {
    static final OpSchema<MpNagMomUpdate> SCHEMA =
        define(new MpNagMomUpdate(0, 0, 0, 1, -1), "mp_nag_mom_update")
            .inputs("weight", "grad", "mom", "weight32")
            .required("lr")
            .sample(
                new MpNagMomUpdate(0.1, 0.9, 0.01, 0.5, 1),
                0.1,
                2,
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      Scalar g = OptimizerUpdates.clipped(in.get(1).times(rescaleGrad), clipGradient);
      List<Scalar> next = nesterov(in.get(3), g, in.get(2), lr, momentum, wd);
      return List.of(next.get(0), next.get(1), next.get(0));
    }

    @Override
    public Map<Integer, Integer> updates() {
      return Map.of(0, 0, 2, 1, 3, 2);
    }
  }
}
