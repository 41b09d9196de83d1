package io.gluonj.function;

import io.gluonj.op.MomentumUpdates;
import io.gluonj.op.OptimizerUpdates;
import io.gluonj.tensor.Tensor;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class UpdateFunctions5 extends UpdateFunctions4 permits F {
  UpdateFunctions5() {}

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
