package io.gluonj.function;

import io.gluonj.op.AdaptiveUpdates;
import io.gluonj.op.MomentumUpdates;
import io.gluonj.op.OptimizerUpdates;
import io.gluonj.tensor.Tensor;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class UpdateFunctions4 extends UpdateFunctions3 permits UpdateFunctions5 {
  UpdateFunctions4() {}

  /** SGD with Nesterov's momentum; the momentum is changed too. */
  public static <T extends Tensor> T nagMomUpdate(T weight, T grad, T mom, double lr) {
    return one(new MomentumUpdates.NagMomUpdate(lr, 0, 0, 1, -1), weight, grad, mom);
  }

  /**
   * SGD with Nesterov's momentum; the momentum is changed too.
   *
   * <p>MXNet {@code nag_mom_update}.
   */
  public static <T extends Tensor> T nagMomUpdate(
      T weight, T grad, T mom, Consumer<NagMomUpdateAttributes> attributes) {
    return one(set(new NagMomUpdateAttributes(), attributes).op(), weight, grad, mom);
  }

  /** Attributes of {@code nagMomUpdate}. */
  public static final class NagMomUpdateAttributes extends Attributes {
    private double lr = 0;
    private double momentum = 0;
    private double wd = 0;
    private double rescaleGrad = 1;
    private double clipGradient = -1;

    private NagMomUpdateAttributes() {}

    /** The learning rate; must be given. */
    public NagMomUpdateAttributes lr(double lr) {
      given("lr");
      this.lr = lr;
      return this;
    }

    /** How much of the last step, or of the last statistics, is kept; 0 by default. */
    public NagMomUpdateAttributes momentum(double momentum) {
      this.momentum = momentum;
      return this;
    }

    /** The weight decay; 0 by default. */
    public NagMomUpdateAttributes wd(double wd) {
      this.wd = wd;
      return this;
    }

    /** What gradients are multiplied with first; 1 by default. */
    public NagMomUpdateAttributes rescaleGrad(double rescaleGrad) {
      this.rescaleGrad = rescaleGrad;
      return this;
    }

    /** Gradients are then limited to this absolute value; negative for no limit; -1 by default. */
    public NagMomUpdateAttributes clipGradient(double clipGradient) {
      this.clipGradient = clipGradient;
      return this;
    }

    private MomentumUpdates.NagMomUpdate op() {
      require("nagMomUpdate", "lr");
      return new MomentumUpdates.NagMomUpdate(lr, momentum, wd, rescaleGrad, clipGradient);
    }
  }

  /** RMSProp (Tieleman and Hinton, 2012). */
  public static <T extends Tensor> T rmspropUpdate(T weight, T grad, T n, double lr) {
    return one(new AdaptiveUpdates.RmsPropUpdate(lr, 0.95, 1.0E-8, 0, 1, -1, -1), weight, grad, n);
  }

  /**
   * RMSProp (Tieleman and Hinton, 2012).
   *
   * <p>MXNet {@code rmsprop_update}.
   */
  public static <T extends Tensor> T rmspropUpdate(
      T weight, T grad, T n, Consumer<RmspropUpdateAttributes> attributes) {
    return one(set(new RmspropUpdateAttributes(), attributes).op(), weight, grad, n);
  }

  /** Attributes of {@code rmspropUpdate}. */
  public static final class RmspropUpdateAttributes extends Attributes {
    private double lr = 0;
    private double gamma1 = 0.95;
    private double epsilon = 1.0E-8;
    private double wd = 0;
    private double rescaleGrad = 1;
    private double clipGradient = -1;
    private double clipWeights = -1;

    private RmspropUpdateAttributes() {}

    /** The learning rate; must be given. */
    public RmspropUpdateAttributes lr(double lr) {
      given("lr");
      this.lr = lr;
      return this;
    }

    /** The decay of the mean of squared gradients; 0.95 by default. */
    public RmspropUpdateAttributes gamma1(double gamma1) {
      this.gamma1 = gamma1;
      return this;
    }

    /** A small number against a division by 0; 1.0E-8 by default. */
    public RmspropUpdateAttributes epsilon(double epsilon) {
      this.epsilon = epsilon;
      return this;
    }

    /** The weight decay; 0 by default. */
    public RmspropUpdateAttributes wd(double wd) {
      this.wd = wd;
      return this;
    }

    /** What gradients are multiplied with first; 1 by default. */
    public RmspropUpdateAttributes rescaleGrad(double rescaleGrad) {
      this.rescaleGrad = rescaleGrad;
      return this;
    }

    /** Gradients are then limited to this absolute value; negative for no limit; -1 by default. */
    public RmspropUpdateAttributes clipGradient(double clipGradient) {
      this.clipGradient = clipGradient;
      return this;
    }

    /** Weights are limited to this absolute value; negative for no limit; -1 by default. */
    public RmspropUpdateAttributes clipWeights(double clipWeights) {
      this.clipWeights = clipWeights;
      return this;
    }

    private AdaptiveUpdates.RmsPropUpdate op() {
      require("rmspropUpdate", "lr");
      return new AdaptiveUpdates.RmsPropUpdate(
          lr, gamma1, epsilon, wd, rescaleGrad, clipGradient, clipWeights);
    }
  }

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
}
