package io.gluonj.function;

import io.gluonj.op.AdaptiveUpdates;
import io.gluonj.op.OptimizerUpdates;
import io.gluonj.tensor.Tensor;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class UpdateFunctions extends RandomFunctions3 permits UpdateFunctions2 {
  UpdateFunctions() {}

  /** Adam (Kingma and Ba, 2015) as MXNet has it: no bias correction here, eps outside the root. */
  public static <T extends Tensor> T adamUpdate(T weight, T grad, T mean, T var, double lr) {
    return one(
        new OptimizerUpdates.AdamUpdate(lr, 0.9, 0.999, 1.0E-8, 0, 1, -1), weight, grad, mean, var);
  }

  /**
   * Adam (Kingma and Ba, 2015) as MXNet has it: no bias correction here, eps outside the root.
   *
   * <p>MXNet {@code adam_update}.
   */
  public static <T extends Tensor> T adamUpdate(
      T weight, T grad, T mean, T var, Consumer<AdamUpdateAttributes> attributes) {
    return one(set(new AdamUpdateAttributes(), attributes).op(), weight, grad, mean, var);
  }

  /** Attributes of {@code adamUpdate}. */
  public static final class AdamUpdateAttributes extends Attributes {
    private double lr = 0;
    private double beta1 = 0.9;
    private double beta2 = 0.999;
    private double epsilon = 1.0E-8;
    private double wd = 0;
    private double rescaleGrad = 1;
    private double clipGradient = -1;

    private AdamUpdateAttributes() {}

    /** The learning rate; must be given. */
    public AdamUpdateAttributes lr(double lr) {
      given("lr");
      this.lr = lr;
      return this;
    }

    /** The decay of the mean of gradients; 0.9 by default. */
    public AdamUpdateAttributes beta1(double beta1) {
      this.beta1 = beta1;
      return this;
    }

    /** The decay of the mean of squared gradients; 0.999 by default. */
    public AdamUpdateAttributes beta2(double beta2) {
      this.beta2 = beta2;
      return this;
    }

    /** A small number against a division by 0; 1.0E-8 by default. */
    public AdamUpdateAttributes epsilon(double epsilon) {
      this.epsilon = epsilon;
      return this;
    }

    /** The weight decay; 0 by default. */
    public AdamUpdateAttributes wd(double wd) {
      this.wd = wd;
      return this;
    }

    /** What gradients are multiplied with first; 1 by default. */
    public AdamUpdateAttributes rescaleGrad(double rescaleGrad) {
      this.rescaleGrad = rescaleGrad;
      return this;
    }

    /** Gradients are then limited to this absolute value; negative for no limit; -1 by default. */
    public AdamUpdateAttributes clipGradient(double clipGradient) {
      this.clipGradient = clipGradient;
      return this;
    }

    private OptimizerUpdates.AdamUpdate op() {
      require("adamUpdate", "lr");
      return new OptimizerUpdates.AdamUpdate(
          lr, beta1, beta2, epsilon, wd, rescaleGrad, clipGradient);
    }
  }

  /** Adam with decoupled weight decay (Loshchilov and Hutter, ICLR 2019). */
  public static <T extends Tensor> T adamwUpdate(
      T weight, T grad, T mean, T var, T rescaleGrad, double lr, double eta) {
    return one(
        new AdaptiveUpdates.AdamWUpdate(lr, 0.9, 0.999, 1.0E-8, 0, eta, -1),
        weight,
        grad,
        mean,
        var,
        rescaleGrad);
  }

  /**
   * Adam with decoupled weight decay (Loshchilov and Hutter, ICLR 2019). The scale of the gradient
   * is an input; if it is 0 or not finite nothing changes (dynamic loss scaling). As in MXNet the
   * gradient is left scaled.
   *
   * <p>MXNet {@code _adamw_update}.
   */
  public static <T extends Tensor> T adamwUpdate(
      T weight, T grad, T mean, T var, T rescaleGrad, Consumer<AdamwUpdateAttributes> attributes) {
    return one(
        set(new AdamwUpdateAttributes(), attributes).op(), weight, grad, mean, var, rescaleGrad);
  }

  /** Attributes of {@code adamwUpdate}. */
  public static final class AdamwUpdateAttributes extends Attributes {
    private double lr = 0;
    private double beta1 = 0.9;
    private double beta2 = 0.999;
    private double epsilon = 1.0E-8;
    private double wd = 0;
    private double eta = 1;
    private double clipGradient = -1;

    private AdamwUpdateAttributes() {}

    /** The learning rate; must be given. */
    public AdamwUpdateAttributes lr(double lr) {
      given("lr");
      this.lr = lr;
      return this;
    }

    /** The decay of the mean of gradients; 0.9 by default. */
    public AdamwUpdateAttributes beta1(double beta1) {
      this.beta1 = beta1;
      return this;
    }

    /** The decay of the mean of squared gradients; 0.999 by default. */
    public AdamwUpdateAttributes beta2(double beta2) {
      this.beta2 = beta2;
      return this;
    }

    /** A small number against a division by 0; 1.0E-8 by default. */
    public AdamwUpdateAttributes epsilon(double epsilon) {
      this.epsilon = epsilon;
      return this;
    }

    /** The weight decay; 0 by default. */
    public AdamwUpdateAttributes wd(double wd) {
      this.wd = wd;
      return this;
    }

    /** The factor of the whole step; must be given. */
    public AdamwUpdateAttributes eta(double eta) {
      given("eta");
      this.eta = eta;
      return this;
    }

    /** Gradients are then limited to this absolute value; negative for no limit; -1 by default. */
    public AdamwUpdateAttributes clipGradient(double clipGradient) {
      this.clipGradient = clipGradient;
      return this;
    }

    private AdaptiveUpdates.AdamWUpdate op() {
      require("adamwUpdate", "lr", "eta");
      return new AdaptiveUpdates.AdamWUpdate(lr, beta1, beta2, epsilon, wd, eta, clipGradient);
    }
  }

  /** Follow the moving leader (Zheng and Kwok, ICML 2017). */
  public static <T extends Tensor> T ftmlUpdate(T weight, T grad, T d, T v, T z, double lr, int t) {
    return one(
        new AdaptiveUpdates.FtmlUpdate(lr, 0.6, 0.999, 1.0E-8, t, 0, 1, -1), weight, grad, d, v, z);
  }

  /**
   * Follow the moving leader (Zheng and Kwok, ICML 2017).
   *
   * <p>MXNet {@code ftml_update}.
   */
  public static <T extends Tensor> T ftmlUpdate(
      T weight, T grad, T d, T v, T z, Consumer<FtmlUpdateAttributes> attributes) {
    return one(set(new FtmlUpdateAttributes(), attributes).op(), weight, grad, d, v, z);
  }

  /** Attributes of {@code ftmlUpdate}. */
  public static final class FtmlUpdateAttributes extends Attributes {
    private double lr = 0;
    private double beta1 = 0.6;
    private double beta2 = 0.999;
    private double epsilon = 1.0E-8;
    private int t = 0;
    private double wd = 0;
    private double rescaleGrad = 1;
    private double clipGrad = -1;

    private FtmlUpdateAttributes() {}

    /** The learning rate; must be given. */
    public FtmlUpdateAttributes lr(double lr) {
      given("lr");
      this.lr = lr;
      return this;
    }

    /** The decay of the mean of gradients; 0.6 by default. */
    public FtmlUpdateAttributes beta1(double beta1) {
      this.beta1 = beta1;
      return this;
    }

    /** The decay of the mean of squared gradients; 0.999 by default. */
    public FtmlUpdateAttributes beta2(double beta2) {
      this.beta2 = beta2;
      return this;
    }

    /** A small number against a division by 0; 1.0E-8 by default. */
    public FtmlUpdateAttributes epsilon(double epsilon) {
      this.epsilon = epsilon;
      return this;
    }

    /** The number of this step, from 1; must be given. */
    public FtmlUpdateAttributes t(int t) {
      given("t");
      this.t = t;
      return this;
    }

    /** The weight decay; 0 by default. */
    public FtmlUpdateAttributes wd(double wd) {
      this.wd = wd;
      return this;
    }

    /** What gradients are multiplied with first; 1 by default. */
    public FtmlUpdateAttributes rescaleGrad(double rescaleGrad) {
      this.rescaleGrad = rescaleGrad;
      return this;
    }

    /** Gradients are then limited to this absolute value; negative for no limit; -1 by default. */
    public FtmlUpdateAttributes clipGrad(double clipGrad) {
      this.clipGrad = clipGrad;
      return this;
    }

    private AdaptiveUpdates.FtmlUpdate op() {
      require("ftmlUpdate", "lr", "t");
      return new AdaptiveUpdates.FtmlUpdate(
          lr, beta1, beta2, epsilon, t, wd, rescaleGrad, clipGrad);
    }
  }

  /** Follow the regularized leader (McMahan et al., KDD 2013). */
  public static <T extends Tensor> T ftrlUpdate(T weight, T grad, T z, T n, double lr) {
    return one(new AdaptiveUpdates.FtrlUpdate(lr, 0.01, 1, 0, 1, -1), weight, grad, z, n);
  }

  /**
   * Follow the regularized leader (McMahan et al., KDD 2013).
   *
   * <p>MXNet {@code ftrl_update}.
   */
  public static <T extends Tensor> T ftrlUpdate(
      T weight, T grad, T z, T n, Consumer<FtrlUpdateAttributes> attributes) {
    return one(set(new FtrlUpdateAttributes(), attributes).op(), weight, grad, z, n);
  }

  /** Attributes of {@code ftrlUpdate}. */
  public static final class FtrlUpdateAttributes extends Attributes {
    private double lr = 0;
    private double lamda1 = 0.01;
    private double beta = 1;
    private double wd = 0;
    private double rescaleGrad = 1;
    private double clipGradient = -1;

    private FtrlUpdateAttributes() {}

    /** The learning rate; must be given. */
    public FtrlUpdateAttributes lr(double lr) {
      given("lr");
      this.lr = lr;
      return this;
    }

    /** The factor of the 1-norm; 0.01 by default. */
    public FtrlUpdateAttributes lamda1(double lamda1) {
      this.lamda1 = lamda1;
      return this;
    }

    /** The factor of, or what is added to, the result; 1 by default. */
    public FtrlUpdateAttributes beta(double beta) {
      this.beta = beta;
      return this;
    }

    /** The weight decay; 0 by default. */
    public FtrlUpdateAttributes wd(double wd) {
      this.wd = wd;
      return this;
    }

    /** What gradients are multiplied with first; 1 by default. */
    public FtrlUpdateAttributes rescaleGrad(double rescaleGrad) {
      this.rescaleGrad = rescaleGrad;
      return this;
    }

    /** Gradients are then limited to this absolute value; negative for no limit; -1 by default. */
    public FtrlUpdateAttributes clipGradient(double clipGradient) {
      this.clipGradient = clipGradient;
      return this;
    }

    private AdaptiveUpdates.FtrlUpdate op() {
      require("ftrlUpdate", "lr");
      return new AdaptiveUpdates.FtrlUpdate(lr, lamda1, beta, wd, rescaleGrad, clipGradient);
    }
  }
}
