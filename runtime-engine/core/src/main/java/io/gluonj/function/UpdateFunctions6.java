package io.gluonj.function;

import io.gluonj.op.AdaptiveUpdates;
import io.gluonj.op.MomentumUpdates;
import io.gluonj.op.OptimizerUpdates;
import io.gluonj.tensor.Tensor;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class UpdateFunctions6 extends UpdateFunctions5 permits F {
  UpdateFunctions6() {}

  /** RMSProp, centred and with momentum (Graves, 2013, equations 38 to 45). */
  public static <T extends Tensor> T rmspropalexUpdate(
      T weight, T grad, T n, T g, T delta, double lr) {
    return one(
        new AdaptiveUpdates.RmsPropAlexUpdate(lr, 0.95, 0.9, 1.0E-8, 0, 1, -1, -1),
        weight,
        grad,
        n,
        g,
        delta);
  }

  /**
   * RMSProp, centred and with momentum (Graves, 2013, equations 38 to 45).
   *
   * <p>MXNet {@code rmspropalex_update}.
   */
  public static <T extends Tensor> T rmspropalexUpdate(
      T weight, T grad, T n, T g, T delta, Consumer<RmspropalexUpdateAttributes> attributes) {
    return one(set(new RmspropalexUpdateAttributes(), attributes).op(), weight, grad, n, g, delta);
  }

  /** Attributes of {@code rmspropalexUpdate}. */
  public static final class RmspropalexUpdateAttributes extends Attributes {
    private double lr = 0;
    private double gamma1 = 0.95;
    private double gamma2 = 0.9;
    private double epsilon = 1.0E-8;
    private double wd = 0;
    private double rescaleGrad = 1;
    private double clipGradient = -1;
    private double clipWeights = -1;

    private RmspropalexUpdateAttributes() {}

    /** The learning rate; must be given. */
    public RmspropalexUpdateAttributes lr(double lr) {
      given("lr");
      this.lr = lr;
      return this;
    }

    /** The decay of the mean of squared gradients; 0.95 by default. */
    public RmspropalexUpdateAttributes gamma1(double gamma1) {
      this.gamma1 = gamma1;
      return this;
    }

    /** The momentum; 0.9 by default. */
    public RmspropalexUpdateAttributes gamma2(double gamma2) {
      this.gamma2 = gamma2;
      return this;
    }

    /** A small number against a division by 0; 1.0E-8 by default. */
    public RmspropalexUpdateAttributes epsilon(double epsilon) {
      this.epsilon = epsilon;
      return this;
    }

    /** The weight decay; 0 by default. */
    public RmspropalexUpdateAttributes wd(double wd) {
      this.wd = wd;
      return this;
    }

    /** What gradients are multiplied with first; 1 by default. */
    public RmspropalexUpdateAttributes rescaleGrad(double rescaleGrad) {
      this.rescaleGrad = rescaleGrad;
      return this;
    }

    /** Gradients are then limited to this absolute value; negative for no limit; -1 by default. */
    public RmspropalexUpdateAttributes clipGradient(double clipGradient) {
      this.clipGradient = clipGradient;
      return this;
    }

    /** Weights are limited to this absolute value; negative for no limit; -1 by default. */
    public RmspropalexUpdateAttributes clipWeights(double clipWeights) {
      this.clipWeights = clipWeights;
      return this;
    }

    private AdaptiveUpdates.RmsPropAlexUpdate op() {
      require("rmspropalexUpdate", "lr");
      return new AdaptiveUpdates.RmsPropAlexUpdate(
          lr, gamma1, gamma2, epsilon, wd, rescaleGrad, clipGradient, clipWeights);
    }
  }

  /** SGD with momentum; the momentum is the third input and changed too. */
  public static <T extends Tensor> T sgdMomUpdate(T weight, T grad, T mom, double lr) {
    return one(new OptimizerUpdates.SgdMomUpdate(lr, 0, 0, 1, -1), weight, grad, mom);
  }

  /**
   * SGD with momentum; the momentum is the third input and changed too.
   *
   * <p>MXNet {@code sgd_mom_update}.
   */
  public static <T extends Tensor> T sgdMomUpdate(
      T weight, T grad, T mom, Consumer<SgdMomUpdateAttributes> attributes) {
    return one(set(new SgdMomUpdateAttributes(), attributes).op(), weight, grad, mom);
  }

  /** Attributes of {@code sgdMomUpdate}. */
  public static final class SgdMomUpdateAttributes extends Attributes {
    private double lr = 0;
    private double momentum = 0;
    private double wd = 0;
    private double rescaleGrad = 1;
    private double clipGradient = -1;

    private SgdMomUpdateAttributes() {}

    /** The learning rate; must be given. */
    public SgdMomUpdateAttributes lr(double lr) {
      given("lr");
      this.lr = lr;
      return this;
    }

    /** How much of the last step, or of the last statistics, is kept; 0 by default. */
    public SgdMomUpdateAttributes momentum(double momentum) {
      this.momentum = momentum;
      return this;
    }

    /** The weight decay; 0 by default. */
    public SgdMomUpdateAttributes wd(double wd) {
      this.wd = wd;
      return this;
    }

    /** What gradients are multiplied with first; 1 by default. */
    public SgdMomUpdateAttributes rescaleGrad(double rescaleGrad) {
      this.rescaleGrad = rescaleGrad;
      return this;
    }

    /** Gradients are then limited to this absolute value; negative for no limit; -1 by default. */
    public SgdMomUpdateAttributes clipGradient(double clipGradient) {
      this.clipGradient = clipGradient;
      return this;
    }

    private OptimizerUpdates.SgdMomUpdate op() {
      require("sgdMomUpdate", "lr");
      return new OptimizerUpdates.SgdMomUpdate(lr, momentum, wd, rescaleGrad, clipGradient);
    }
  }

  /** {@code w -= lr * (clip(rescale*g) + wd*w)}. */
  public static <T extends Tensor> T sgdUpdate(T weight, T grad, double lr) {
    return one(new OptimizerUpdates.SgdUpdate(lr, 0, 1, -1), weight, grad);
  }

  /**
   * {@code w -= lr * (clip(rescale*g) + wd*w)}.
   *
   * <p>MXNet {@code sgd_update}.
   */
  public static <T extends Tensor> T sgdUpdate(
      T weight, T grad, Consumer<SgdUpdateAttributes> attributes) {
    return one(set(new SgdUpdateAttributes(), attributes).op(), weight, grad);
  }

  /** Attributes of {@code sgdUpdate}. */
  public static final class SgdUpdateAttributes extends Attributes {
    private double lr = 0;
    private double wd = 0;
    private double rescaleGrad = 1;
    private double clipGradient = -1;

    private SgdUpdateAttributes() {}

    /** The learning rate; must be given. */
    public SgdUpdateAttributes lr(double lr) {
      given("lr");
      this.lr = lr;
      return this;
    }

    /** The weight decay; 0 by default. */
    public SgdUpdateAttributes wd(double wd) {
      this.wd = wd;
      return this;
    }

    /** What gradients are multiplied with first; 1 by default. */
    public SgdUpdateAttributes rescaleGrad(double rescaleGrad) {
      this.rescaleGrad = rescaleGrad;
      return this;
    }

    /** Gradients are then limited to this absolute value; negative for no limit; -1 by default. */
    public SgdUpdateAttributes clipGradient(double clipGradient) {
      this.clipGradient = clipGradient;
      return this;
    }

    private OptimizerUpdates.SgdUpdate op() {
      require("sgdUpdate", "lr");
      return new OptimizerUpdates.SgdUpdate(lr, wd, rescaleGrad, clipGradient);
    }
  }

  /** {@code w -= lr * (sign(g) + wd*w)} (Bernstein et al., ICML 2018). */
  public static <T extends Tensor> T signsgdUpdate(T weight, T grad, double lr) {
    return one(new MomentumUpdates.SignSgdUpdate(lr, 0, 1, -1), weight, grad);
  }

  /**
   * {@code w -= lr * (sign(g) + wd*w)} (Bernstein et al., ICML 2018).
   *
   * <p>MXNet {@code signsgd_update}.
   */
  public static <T extends Tensor> T signsgdUpdate(
      T weight, T grad, Consumer<SignsgdUpdateAttributes> attributes) {
    return one(set(new SignsgdUpdateAttributes(), attributes).op(), weight, grad);
  }

  /** Attributes of {@code signsgdUpdate}. */
  public static final class SignsgdUpdateAttributes extends Attributes {
    private double lr = 0;
    private double wd = 0;
    private double rescaleGrad = 1;
    private double clipGradient = -1;

    private SignsgdUpdateAttributes() {}

    /** The learning rate; must be given. */
    public SignsgdUpdateAttributes lr(double lr) {
      given("lr");
      this.lr = lr;
      return this;
    }

    /** The weight decay; 0 by default. */
    public SignsgdUpdateAttributes wd(double wd) {
      this.wd = wd;
      return this;
    }

    /** What gradients are multiplied with first; 1 by default. */
    public SignsgdUpdateAttributes rescaleGrad(double rescaleGrad) {
      this.rescaleGrad = rescaleGrad;
      return this;
    }

    /** Gradients are then limited to this absolute value; negative for no limit; -1 by default. */
    public SignsgdUpdateAttributes clipGradient(double clipGradient) {
      this.clipGradient = clipGradient;
      return this;
    }

    private MomentumUpdates.SignSgdUpdate op() {
      require("signsgdUpdate", "lr");
      return new MomentumUpdates.SignSgdUpdate(lr, wd, rescaleGrad, clipGradient);
    }
  }

  /**
   * SGD by the sign of the momentum; {@code wdLh} is a decay beside the momentum (Loshchilov and
   * Hutter).
   */
  public static <T extends Tensor> T signumUpdate(T weight, T grad, T mom, double lr) {
    return one(new MomentumUpdates.SignumUpdate(lr, 0, 0, 1, -1, 0), weight, grad, mom);
  }

  /**
   * SGD by the sign of the momentum; {@code wdLh} is a decay beside the momentum (Loshchilov and
   * Hutter).
   *
   * <p>MXNet {@code signum_update}.
   */
  public static <T extends Tensor> T signumUpdate(
      T weight, T grad, T mom, Consumer<SignumUpdateAttributes> attributes) {
    return one(set(new SignumUpdateAttributes(), attributes).op(), weight, grad, mom);
  }

  /** Attributes of {@code signumUpdate}. */
  public static final class SignumUpdateAttributes extends Attributes {
    private double lr = 0;
    private double momentum = 0;
    private double wd = 0;
    private double rescaleGrad = 1;
    private double clipGradient = -1;
    private double wdLh = 0;

    private SignumUpdateAttributes() {}

    /** The learning rate; must be given. */
    public SignumUpdateAttributes lr(double lr) {
      given("lr");
      this.lr = lr;
      return this;
    }

    /** How much of the last step, or of the last statistics, is kept; 0 by default. */
    public SignumUpdateAttributes momentum(double momentum) {
      this.momentum = momentum;
      return this;
    }

    /** The weight decay; 0 by default. */
    public SignumUpdateAttributes wd(double wd) {
      this.wd = wd;
      return this;
    }

    /** What gradients are multiplied with first; 1 by default. */
    public SignumUpdateAttributes rescaleGrad(double rescaleGrad) {
      this.rescaleGrad = rescaleGrad;
      return this;
    }

    /** Gradients are then limited to this absolute value; negative for no limit; -1 by default. */
    public SignumUpdateAttributes clipGradient(double clipGradient) {
      this.clipGradient = clipGradient;
      return this;
    }

    /** The weight decay that the momentum does not see; 0 by default. */
    public SignumUpdateAttributes wdLh(double wdLh) {
      this.wdLh = wdLh;
      return this;
    }

    private MomentumUpdates.SignumUpdate op() {
      require("signumUpdate", "lr");
      return new MomentumUpdates.SignumUpdate(lr, momentum, wd, rescaleGrad, clipGradient, wdLh);
    }
  }
}
