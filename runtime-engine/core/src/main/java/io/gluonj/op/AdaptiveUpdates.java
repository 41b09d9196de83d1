package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.types.Shape;
import java.util.List;
import java.util.Map;

/** Optimizer steps that adapt the rate of each weight, beside Adam. */
public sealed interface AdaptiveUpdates extends OptimizerUpdates {
  /** {@code clip(rescale * g + wd * w)}: these rules clip after the decay is added. */
  private static Scalar decayed(
      List<Scalar> in, double rescaleGrad, double wd, double clipGradient) {
    Scalar g = in.get(1).times(rescaleGrad).plus(in.get(0).times(wd));
    return OptimizerUpdates.clipped(g, clipGradient);
  }

  private static Scalar blend(Scalar old, double share, Scalar next) {
    return old.times(share).plus(next.times(1 - share));
  }

  private static Scalar root(Scalar x) {
    return x.map(Fn.SQRT);
  }

  /** RMSProp (Tieleman and Hinton, 2012). */
  record RmsPropUpdate(
      double lr,
      double gamma1,
      double epsilon,
      double wd,
      double rescaleGrad,
      double clipGradient,
      double clipWeights)
      implements AdaptiveUpdates {
    static final OpSchema<RmsPropUpdate> SCHEMA =
        define(new RmsPropUpdate(0, 0.95, 1e-8, 0, 1, -1, -1), "rmsprop_update")
            .inputs("weight", "grad", "n")
            .required("lr")
            .sample(
                new RmsPropUpdate(0.1, 0.95, 1e-8, 0.01, 0.5, 1, 5),
                0.1,
                2,
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      Scalar g = decayed(in, rescaleGrad, wd, clipGradient);
      Scalar n = blend(in.get(2), gamma1, g.times(g));
      Scalar w = in.get(0).minus(g.times(lr).over(root(n.plus(epsilon))));
      return List.of(OptimizerUpdates.clipped(w, clipWeights), n);
    }

    @Override
    public Map<Integer, Integer> updates() {
      return Map.of(0, 0, 2, 1);
    }
  }

  /** RMSProp, centred and with momentum (Graves, 2013, equations 38 to 45). */
  record RmsPropAlexUpdate(
      double lr,
      double gamma1,
      double gamma2,
      double epsilon,
      double wd,
      double rescaleGrad,
      double clipGradient,
      double clipWeights)
      implements AdaptiveUpdates {
    static final OpSchema<RmsPropAlexUpdate> SCHEMA =
        define(new RmsPropAlexUpdate(0, 0.95, 0.9, 1e-8, 0, 1, -1, -1), "rmspropalex_update")
            .inputs("weight", "grad", "n", "g", "delta")
            .required("lr")
            .sample(
                new RmsPropAlexUpdate(0.1, 0.95, 0.9, 2.5, 0.01, 0.5, 1, 5),
                0.1,
                2,
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      Scalar g = decayed(in, rescaleGrad, wd, clipGradient);
      Scalar n = blend(in.get(2), gamma1, g.times(g));
      Scalar mean = blend(in.get(3), gamma1, g);
      Scalar spread = root(n.minus(mean.times(mean)).plus(epsilon));
      Scalar delta = in.get(4).times(gamma2).minus(g.times(lr).over(spread));
      Scalar w = OptimizerUpdates.clipped(in.get(0).plus(delta), clipWeights);
      return List.of(w, n, mean, delta);
    }

    @Override
    public Map<Integer, Integer> updates() {
      return Map.of(0, 0, 2, 1, 3, 2, 4, 3);
    }
  }

  /** Follow the regularized leader (McMahan et al., KDD 2013). */
  record FtrlUpdate(
      double lr, double lamda1, double beta, double wd, double rescaleGrad, double clipGradient)
      implements AdaptiveUpdates {
    static final OpSchema<FtrlUpdate> SCHEMA =
        define(new FtrlUpdate(0, 0.01, 1, 0, 1, -1), "ftrl_update")
            .inputs("weight", "grad", "z", "n")
            .required("lr")
            .sample(
                new FtrlUpdate(0.1, 0.01, 1, 0.01, 0.5, 1),
                0.1,
                2,
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      Scalar g = OptimizerUpdates.clipped(in.get(1).times(rescaleGrad), clipGradient);
      Scalar n = in.get(3).plus(g.times(g));
      Scalar shift = root(n).minus(root(in.get(3))).times(in.get(0)).over(Scalar.of(lr));
      Scalar z = in.get(2).plus(g).minus(shift);
      Scalar rate = root(n).plus(beta).over(Scalar.of(lr)).plus(wd);
      Scalar w = z.map(Fn.SIGN).times(lamda1).minus(z).over(rate);
      Scalar active = z.map(Fn.ABS).with(Fn2.GT, Scalar.of(lamda1));
      return List.of(active.choose(w, Scalar.of(0)), z, n);
    }

    @Override
    public Map<Integer, Integer> updates() {
      return Map.of(0, 0, 2, 1, 3, 2);
    }
  }

  /** Follow the moving leader (Zheng and Kwok, ICML 2017). */
  record FtmlUpdate(
      double lr,
      double beta1,
      double beta2,
      double epsilon,
      int t,
      double wd,
      double rescaleGrad,
      double clipGrad)
      implements AdaptiveUpdates {
    static final OpSchema<FtmlUpdate> SCHEMA =
        define(new FtmlUpdate(0, 0.6, 0.999, 1e-8, 0, 0, 1, -1), "ftml_update")
            .inputs("weight", "grad", "d", "v", "z")
            .required("lr", "t")
            .sample(
                new FtmlUpdate(0.1, 0.6, 0.999, 1e-8, 2, 0.01, 0.5, 1),
                0.1,
                2,
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      Scalar g = decayed(in, rescaleGrad, wd, clipGrad);
      Scalar v = blend(in.get(3), beta2, g.times(g));
      Scalar size = root(v.over(Scalar.of(1 - Math.pow(beta2, t)))).plus(epsilon);
      Scalar d = size.times((1 - Math.pow(beta1, t)) / lr);
      Scalar sigma = d.minus(in.get(2).times(beta1));
      Scalar z = blend(in.get(4), beta1, g).minus(sigma.times(in.get(0)));
      return List.of(z.map(Fn.NEG).over(d), d, v, z);
    }

    @Override
    public Map<Integer, Integer> updates() {
      return Map.of(0, 0, 2, 1, 3, 2, 4, 3);
    }
  }

  /**
   * The results of AdamW (weight, mean, variance, scaled gradient), all unchanged where the
   * gradient's scale is 0 or not finite.
   */
  private static List<Scalar> adamW(Scalar w, List<Scalar> in, Scalar rescale, AdamWUpdate op) {
    Scalar scaled = in.get(1).times(rescale);
    Scalar g = OptimizerUpdates.clipped(scaled, op.clipGradient());
    Scalar mean = blend(in.get(2), op.beta1(), g);
    Scalar var = blend(in.get(3), op.beta2(), g.times(g));
    Scalar step = mean.times(op.lr()).over(root(var).plus(op.epsilon()));
    Scalar next = w.minus(step.plus(w.times(op.wd())).times(op.eta()));
    Scalar usable =
        rescale.minus(rescale).with(Fn2.EQ, Scalar.of(0)).times(rescale.with(Fn2.NE, Scalar.of(0)));
    return List.of(
        usable.choose(next, w),
        usable.choose(mean, in.get(2)),
        usable.choose(var, in.get(3)),
        usable.choose(scaled, in.get(1)));
  }

  /**
   * Adam with decoupled weight decay (Loshchilov and Hutter, ICLR 2019). The scale of the gradient
   * is an input; if it is 0 or not finite nothing changes (dynamic loss scaling). As in MXNet the
   * gradient is left scaled.
   */
  record AdamWUpdate(
      double lr,
      double beta1,
      double beta2,
      double epsilon,
      double wd,
      double eta,
      double clipGradient)
      implements AdaptiveUpdates {
    static final OpSchema<AdamWUpdate> SCHEMA =
        define(
                new AdamWUpdate(0, 0.9, 0.999, 1e-8, 0, 1, -1),
                "_adamw_update",
                "_contrib_adamw_update")
            .inputs("weight", "grad", "mean", "var", "rescale_grad")
            .required("lr", "eta")
            .sample(
                new AdamWUpdate(0.1, 0.9, 0.999, 1e-8, 0.01, 1, 1),
                0.1,
                2,
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(1));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      return adamW(in.get(0), in, in.get(4), this);
    }

    @Override
    public Map<Integer, Integer> updates() {
      return Map.of(0, 0, 2, 1, 3, 2, 1, 3);
    }
  }

  /** AdamW on a float32 copy of the weight, of which the weight is the rounding. */
  record MpAdamWUpdate(
      double lr,
      double beta1,
      double beta2,
      double epsilon,
      double wd,
      double eta,
      double clipGradient)
      implements AdaptiveUpdates {
    static final OpSchema<MpAdamWUpdate> SCHEMA =
        define(
                new MpAdamWUpdate(0, 0.9, 0.999, 1e-8, 0, 1, -1),
                "_mp_adamw_update",
                "_contrib_mp_adamw_update")
            .inputs("weight", "grad", "mean", "var", "weight32", "rescale_grad")
            .required("lr", "eta")
            .sample(
                new MpAdamWUpdate(0.1, 0.9, 0.999, 1e-8, 0.01, 1, 1),
                0.1,
                2,
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(2, 3),
                Shape.of(1));

    @Override
    public List<Scalar> apply(List<Scalar> in) {
      var plain = new AdamWUpdate(lr, beta1, beta2, epsilon, wd, eta, clipGradient);
      List<Scalar> next = adamW(in.get(4), in, in.get(5), plain);
      return List.of(next.get(0), next.get(1), next.get(2), next.get(0));
    }

    @Override
    public Map<Integer, Integer> updates() {
      return Map.of(0, 0, 2, 1, 3, 2, 4, 3);
    }
  }
}
