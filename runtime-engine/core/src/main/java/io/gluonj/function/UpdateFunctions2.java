package io.gluonj.function;

import io.gluonj.op.AdaptiveUpdates;
import io.gluonj.op.LambUpdates;
import io.gluonj.tensor.Tensor;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class UpdateFunctions2 extends UpdateFunctions permits UpdateFunctions3 {
  UpdateFunctions2() {}

  /** The direction of LAMB (You et al., ICLR 2020); mean and variance are changed. */
  public static <T extends Tensor> T lambUpdatePhase1(
      T weight, T grad, T mean, T var, int t, double wd) {
    return one(
        new LambUpdates.LambPhase1(0.9, 0.999, 1.0E-6, t, true, wd, 1, -1),
        weight,
        grad,
        mean,
        var);
  }

  /**
   * The direction of LAMB (You et al., ICLR 2020); mean and variance are changed.
   *
   * <p>MXNet {@code lamb_update_phase1}.
   */
  public static <T extends Tensor> T lambUpdatePhase1(
      T weight, T grad, T mean, T var, Consumer<LambUpdatePhase1Attributes> attributes) {
    return one(set(new LambUpdatePhase1Attributes(), attributes).op(), weight, grad, mean, var);
  }

  /** Attributes of {@code lambUpdatePhase1}. */
  public static final class LambUpdatePhase1Attributes extends Attributes {
    private double beta1 = 0.9;
    private double beta2 = 0.999;
    private double epsilon = 1.0E-6;
    private int t = 0;
    private boolean biasCorrection = true;
    private double wd = 0;
    private double rescaleGrad = 1;
    private double clipGradient = -1;

    private LambUpdatePhase1Attributes() {}

    /** The decay of the mean of gradients; 0.9 by default. */
    public LambUpdatePhase1Attributes beta1(double beta1) {
      this.beta1 = beta1;
      return this;
    }

    /** The decay of the mean of squared gradients; 0.999 by default. */
    public LambUpdatePhase1Attributes beta2(double beta2) {
      this.beta2 = beta2;
      return this;
    }

    /** A small number against a division by 0; 1.0E-6 by default. */
    public LambUpdatePhase1Attributes epsilon(double epsilon) {
      this.epsilon = epsilon;
      return this;
    }

    /** The number of this step, from 1; must be given. */
    public LambUpdatePhase1Attributes t(int t) {
      given("t");
      this.t = t;
      return this;
    }

    /** Whether means are divided by what is missing in early steps; true by default. */
    public LambUpdatePhase1Attributes biasCorrection(boolean biasCorrection) {
      this.biasCorrection = biasCorrection;
      return this;
    }

    /** The weight decay; must be given. */
    public LambUpdatePhase1Attributes wd(double wd) {
      given("wd");
      this.wd = wd;
      return this;
    }

    /** What gradients are multiplied with first; 1 by default. */
    public LambUpdatePhase1Attributes rescaleGrad(double rescaleGrad) {
      this.rescaleGrad = rescaleGrad;
      return this;
    }

    /** Gradients are then limited to this absolute value; negative for no limit; -1 by default. */
    public LambUpdatePhase1Attributes clipGradient(double clipGradient) {
      this.clipGradient = clipGradient;
      return this;
    }

    private LambUpdates.LambPhase1 op() {
      require("lambUpdatePhase1", "t", "wd");
      return new LambUpdates.LambPhase1(
          beta1, beta2, epsilon, t, biasCorrection, wd, rescaleGrad, clipGradient);
    }
  }

  /**
   * The weight moved along a direction {@code g} by {@code lr * r1 / r2}, the norms of weight and
   * direction.
   */
  public static <T extends Tensor> T lambUpdatePhase2(T weight, T g, T r1, T r2, double lr) {
    return one(new LambUpdates.LambPhase2(lr, -1, -1), weight, g, r1, r2);
  }

  /**
   * The weight moved along a direction {@code g} by {@code lr * r1 / r2}, the norms of weight and
   * direction.
   *
   * <p>MXNet {@code lamb_update_phase2}.
   */
  public static <T extends Tensor> T lambUpdatePhase2(
      T weight, T g, T r1, T r2, Consumer<LambUpdatePhase2Attributes> attributes) {
    return one(set(new LambUpdatePhase2Attributes(), attributes).op(), weight, g, r1, r2);
  }

  /** Attributes of {@code lambUpdatePhase2}. */
  public static final class LambUpdatePhase2Attributes extends Attributes {
    private double lr = 0;
    private double lowerBound = -1;
    private double upperBound = -1;

    private LambUpdatePhase2Attributes() {}

    /** The learning rate; must be given. */
    public LambUpdatePhase2Attributes lr(double lr) {
      given("lr");
      this.lr = lr;
      return this;
    }

    /** The least norm of weights; negative for no bound; -1 by default. */
    public LambUpdatePhase2Attributes lowerBound(double lowerBound) {
      this.lowerBound = lowerBound;
      return this;
    }

    /** The greatest norm of weights; negative for no bound; -1 by default. */
    public LambUpdatePhase2Attributes upperBound(double upperBound) {
      this.upperBound = upperBound;
      return this;
    }

    private LambUpdates.LambPhase2 op() {
      require("lambUpdatePhase2", "lr");
      return new LambUpdates.LambPhase2(lr, lowerBound, upperBound);
    }
  }

  /** AdamW on a float32 copy of the weight, of which the weight is the rounding. */
  public static <T extends Tensor> T mpAdamwUpdate(
      T weight, T grad, T mean, T var, T weight32, T rescaleGrad, double lr, double eta) {
    return one(
        new AdaptiveUpdates.MpAdamWUpdate(lr, 0.9, 0.999, 1.0E-8, 0, eta, -1),
        weight,
        grad,
        mean,
        var,
        weight32,
        rescaleGrad);
  }

  /**
   * AdamW on a float32 copy of the weight, of which the weight is the rounding.
   *
   * <p>MXNet {@code _mp_adamw_update}.
   */
  public static <T extends Tensor> T mpAdamwUpdate(
      T weight,
      T grad,
      T mean,
      T var,
      T weight32,
      T rescaleGrad,
      Consumer<MpAdamwUpdateAttributes> attributes) {
    return one(
        set(new MpAdamwUpdateAttributes(), attributes).op(),
        weight,
        grad,
        mean,
        var,
        weight32,
        rescaleGrad);
  }

  /** Attributes of {@code mpAdamwUpdate}. */
  public static final class MpAdamwUpdateAttributes extends Attributes {
    private double lr = 0;
    private double beta1 = 0.9;
    private double beta2 = 0.999;
    private double epsilon = 1.0E-8;
    private double wd = 0;
    private double eta = 1;
    private double clipGradient = -1;

    private MpAdamwUpdateAttributes() {}

    /** The learning rate; must be given. */
    public MpAdamwUpdateAttributes lr(double lr) {
      given("lr");
      this.lr = lr;
      return this;
    }

    /** The decay of the mean of gradients; 0.9 by default. */
    public MpAdamwUpdateAttributes beta1(double beta1) {
      this.beta1 = beta1;
      return this;
    }

    /** The decay of the mean of squared gradients; 0.999 by default. */
    public MpAdamwUpdateAttributes beta2(double beta2) {
      this.beta2 = beta2;
      return this;
    }

    /** A small number against a division by 0; 1.0E-8 by default. */
    public MpAdamwUpdateAttributes epsilon(double epsilon) {
      this.epsilon = epsilon;
      return this;
    }

    /** The weight decay; 0 by default. */
    public MpAdamwUpdateAttributes wd(double wd) {
      this.wd = wd;
      return this;
    }

    /** The factor of the whole step; must be given. */
    public MpAdamwUpdateAttributes eta(double eta) {
      given("eta");
      this.eta = eta;
      return this;
    }

    /** Gradients are then limited to this absolute value; negative for no limit; -1 by default. */
    public MpAdamwUpdateAttributes clipGradient(double clipGradient) {
      this.clipGradient = clipGradient;
      return this;
    }

    private AdaptiveUpdates.MpAdamWUpdate op() {
      require("mpAdamwUpdate", "lr", "eta");
      return new AdaptiveUpdates.MpAdamWUpdate(lr, beta1, beta2, epsilon, wd, eta, clipGradient);
    }
  }

  /** The direction of LAMB from a float32 copy of the weight. */
  public static <T extends Tensor> T mpLambUpdatePhase1(
      T weight, T grad, T mean, T var, T weight32, int t, double wd) {
    return one(
        new LambUpdates.MpLambPhase1(0.9, 0.999, 1.0E-6, t, true, wd, 1, -1),
        weight,
        grad,
        mean,
        var,
        weight32);
  }

  /**
   * The direction of LAMB from a float32 copy of the weight.
   *
   * <p>MXNet {@code mp_lamb_update_phase1}.
   */
  public static <T extends Tensor> T mpLambUpdatePhase1(
      T weight,
      T grad,
      T mean,
      T var,
      T weight32,
      Consumer<MpLambUpdatePhase1Attributes> attributes) {
    return one(
        set(new MpLambUpdatePhase1Attributes(), attributes).op(),
        weight,
        grad,
        mean,
        var,
        weight32);
  }

  /** Attributes of {@code mpLambUpdatePhase1}. */
  public static final class MpLambUpdatePhase1Attributes extends Attributes {
    private double beta1 = 0.9;
    private double beta2 = 0.999;
    private double epsilon = 1.0E-6;
    private int t = 0;
    private boolean biasCorrection = true;
    private double wd = 0;
    private double rescaleGrad = 1;
    private double clipGradient = -1;

    private MpLambUpdatePhase1Attributes() {}

    /** The decay of the mean of gradients; 0.9 by default. */
    public MpLambUpdatePhase1Attributes beta1(double beta1) {
      this.beta1 = beta1;
      return this;
    }

    /** The decay of the mean of squared gradients; 0.999 by default. */
    public MpLambUpdatePhase1Attributes beta2(double beta2) {
      this.beta2 = beta2;
      return this;
    }

    /** A small number against a division by 0; 1.0E-6 by default. */
    public MpLambUpdatePhase1Attributes epsilon(double epsilon) {
      this.epsilon = epsilon;
      return this;
    }

    /** The number of this step, from 1; must be given. */
    public MpLambUpdatePhase1Attributes t(int t) {
      given("t");
      this.t = t;
      return this;
    }

    /** Whether means are divided by what is missing in early steps; true by default. */
    public MpLambUpdatePhase1Attributes biasCorrection(boolean biasCorrection) {
      this.biasCorrection = biasCorrection;
      return this;
    }

    /** The weight decay; must be given. */
    public MpLambUpdatePhase1Attributes wd(double wd) {
      given("wd");
      this.wd = wd;
      return this;
    }

    /** What gradients are multiplied with first; 1 by default. */
    public MpLambUpdatePhase1Attributes rescaleGrad(double rescaleGrad) {
      this.rescaleGrad = rescaleGrad;
      return this;
    }

    /** Gradients are then limited to this absolute value; negative for no limit; -1 by default. */
    public MpLambUpdatePhase1Attributes clipGradient(double clipGradient) {
      this.clipGradient = clipGradient;
      return this;
    }

    private LambUpdates.MpLambPhase1 op() {
      require("mpLambUpdatePhase1", "t", "wd");
      return new LambUpdates.MpLambPhase1(
          beta1, beta2, epsilon, t, biasCorrection, wd, rescaleGrad, clipGradient);
    }
  }
}
