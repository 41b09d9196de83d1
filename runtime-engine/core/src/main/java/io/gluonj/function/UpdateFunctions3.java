package io.gluonj.function;

import io.gluonj.op.LambUpdates;
import io.gluonj.op.MomentumUpdates;
import io.gluonj.tensor.Tensor;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class UpdateFunctions3 extends UpdateFunctions2 permits UpdateFunctions4 {
  UpdateFunctions3() {}

  /** The step of LAMB on a float32 copy of the weight, of which the weight is the rounding. */
  public static <T extends Tensor> T mpLambUpdatePhase2(
      T weight, T g, T r1, T r2, T weight32, double lr) {
    return one(new LambUpdates.MpLambPhase2(lr, -1, -1), weight, g, r1, r2, weight32);
  }

  /**
   * The step of LAMB on a float32 copy of the weight, of which the weight is the rounding.
   *
   * <p>MXNet {@code mp_lamb_update_phase2}.
   */
  public static <T extends Tensor> T mpLambUpdatePhase2(
      T weight, T g, T r1, T r2, T weight32, Consumer<MpLambUpdatePhase2Attributes> attributes) {
    return one(
        set(new MpLambUpdatePhase2Attributes(), attributes).op(), weight, g, r1, r2, weight32);
  }

  /** Attributes of {@code mpLambUpdatePhase2}. */
  public static final class MpLambUpdatePhase2Attributes extends Attributes {
    private double lr = 0;
    private double lowerBound = -1;
    private double upperBound = -1;

    private MpLambUpdatePhase2Attributes() {}

    /** The learning rate; must be given. */
    public MpLambUpdatePhase2Attributes lr(double lr) {
      given("lr");
      this.lr = lr;
      return this;
    }

    /** The least norm of weights; negative for no bound; -1 by default. */
    public MpLambUpdatePhase2Attributes lowerBound(double lowerBound) {
      this.lowerBound = lowerBound;
      return this;
    }

    /** The greatest norm of weights; negative for no bound; -1 by default. */
    public MpLambUpdatePhase2Attributes upperBound(double upperBound) {
      this.upperBound = upperBound;
      return this;
    }

    private LambUpdates.MpLambPhase2 op() {
      require("mpLambUpdatePhase2", "lr");
      return new LambUpdates.MpLambPhase2(lr, lowerBound, upperBound);
    }
  }

  /** SGD with Nesterov's momentum on a float32 copy of the weight. */
  public static <T extends Tensor> T mpNagMomUpdate(
      T weight, T grad, T mom, T weight32, double lr) {
    return one(new MomentumUpdates.MpNagMomUpdate(lr, 0, 0, 1, -1), weight, grad, mom, weight32);
  }

  /**
   * SGD with Nesterov's momentum on a float32 copy of the weight.
   *
   * <p>MXNet {@code mp_nag_mom_update}.
   */
  public static <T extends Tensor> T mpNagMomUpdate(
      T weight, T grad, T mom, T weight32, Consumer<MpNagMomUpdateAttributes> attributes) {
    return one(set(new MpNagMomUpdateAttributes(), attributes).op(), weight, grad, mom, weight32);
  }

  /** Attributes of {@code mpNagMomUpdate}. */
  public static final class MpNagMomUpdateAttributes extends Attributes {
    private double lr = 0;
    private double momentum = 0;
    private double wd = 0;
    private double rescaleGrad = 1;
    private double clipGradient = -1;

    private MpNagMomUpdateAttributes() {}

    /** The learning rate; must be given. */
    public MpNagMomUpdateAttributes lr(double lr) {
      given("lr");
      this.lr = lr;
      return this;
    }

    /** How much of the last step, or of the last statistics, is kept; 0 by default. */
    public MpNagMomUpdateAttributes momentum(double momentum) {
      this.momentum = momentum;
      return this;
    }

    /** The weight decay; 0 by default. */
    public MpNagMomUpdateAttributes wd(double wd) {
      this.wd = wd;
      return this;
    }

    /** What gradients are multiplied with first; 1 by default. */
    public MpNagMomUpdateAttributes rescaleGrad(double rescaleGrad) {
      this.rescaleGrad = rescaleGrad;
      return this;
    }

    /** Gradients are then limited to this absolute value; negative for no limit; -1 by default. */
    public MpNagMomUpdateAttributes clipGradient(double clipGradient) {
      this.clipGradient = clipGradient;
      return this;
    }

    private MomentumUpdates.MpNagMomUpdate op() {
      require("mpNagMomUpdate", "lr");
      return new MomentumUpdates.MpNagMomUpdate(lr, momentum, wd, rescaleGrad, clipGradient);
    }
  }

  /** SGD with momentum on a float32 copy of the weight. */
  public static <T extends Tensor> T mpSgdMomUpdate(
      T weight, T grad, T mom, T weight32, double lr) {
    return one(new MomentumUpdates.MpSgdMomUpdate(lr, 0, 0, 1, -1), weight, grad, mom, weight32);
  }

  /**
   * SGD with momentum on a float32 copy of the weight.
   *
   * <p>MXNet {@code mp_sgd_mom_update}.
   */
  public static <T extends Tensor> T mpSgdMomUpdate(
      T weight, T grad, T mom, T weight32, Consumer<MpSgdMomUpdateAttributes> attributes) {
    return one(set(new MpSgdMomUpdateAttributes(), attributes).op(), weight, grad, mom, weight32);
  }

  /** Attributes of {@code mpSgdMomUpdate}. */
  public static final class MpSgdMomUpdateAttributes extends Attributes {
    private double lr = 0;
    private double momentum = 0;
    private double wd = 0;
    private double rescaleGrad = 1;
    private double clipGradient = -1;

    private MpSgdMomUpdateAttributes() {}

    /** The learning rate; must be given. */
    public MpSgdMomUpdateAttributes lr(double lr) {
      given("lr");
      this.lr = lr;
      return this;
    }

    /** How much of the last step, or of the last statistics, is kept; 0 by default. */
    public MpSgdMomUpdateAttributes momentum(double momentum) {
      this.momentum = momentum;
      return this;
    }

    /** The weight decay; 0 by default. */
    public MpSgdMomUpdateAttributes wd(double wd) {
      this.wd = wd;
      return this;
    }

    /** What gradients are multiplied with first; 1 by default. */
    public MpSgdMomUpdateAttributes rescaleGrad(double rescaleGrad) {
      this.rescaleGrad = rescaleGrad;
      return this;
    }

    /** Gradients are then limited to this absolute value; negative for no limit; -1 by default. */
    public MpSgdMomUpdateAttributes clipGradient(double clipGradient) {
      this.clipGradient = clipGradient;
      return this;
    }

    private MomentumUpdates.MpSgdMomUpdate op() {
      require("mpSgdMomUpdate", "lr");
      return new MomentumUpdates.MpSgdMomUpdate(lr, momentum, wd, rescaleGrad, clipGradient);
    }
  }

  /** SGD on a float32 copy of the weight, of which the weight is the rounding. */
  public static <T extends Tensor> T mpSgdUpdate(T weight, T grad, T weight32, double lr) {
    return one(new MomentumUpdates.MpSgdUpdate(lr, 0, 1, -1), weight, grad, weight32);
  }

  /**
   * SGD on a float32 copy of the weight, of which the weight is the rounding.
   *
   * <p>MXNet {@code mp_sgd_update}.
   */
  public static <T extends Tensor> T mpSgdUpdate(
      T weight, T grad, T weight32, Consumer<MpSgdUpdateAttributes> attributes) {
    return one(set(new MpSgdUpdateAttributes(), attributes).op(), weight, grad, weight32);
  }

  /** Attributes of {@code mpSgdUpdate}. */
  public static final class MpSgdUpdateAttributes extends Attributes {
    private double lr = 0;
    private double wd = 0;
    private double rescaleGrad = 1;
    private double clipGradient = -1;

    private MpSgdUpdateAttributes() {}

    /** The learning rate; must be given. */
    public MpSgdUpdateAttributes lr(double lr) {
      given("lr");
      this.lr = lr;
      return this;
    }

    /** The weight decay; 0 by default. */
    public MpSgdUpdateAttributes wd(double wd) {
      this.wd = wd;
      return this;
    }

    /** What gradients are multiplied with first; 1 by default. */
    public MpSgdUpdateAttributes rescaleGrad(double rescaleGrad) {
      this.rescaleGrad = rescaleGrad;
      return this;
    }

    /** Gradients are then limited to this absolute value; negative for no limit; -1 by default. */
    public MpSgdUpdateAttributes clipGradient(double clipGradient) {
      this.clipGradient = clipGradient;
      return this;
    }

    private MomentumUpdates.MpSgdUpdate op() {
      require("mpSgdUpdate", "lr");
      return new MomentumUpdates.MpSgdUpdate(lr, wd, rescaleGrad, clipGradient);
    }
  }

  /**
   * The learning rates of LARS (You et al., 2017) for several weights from their sums of squares.
   */
  public static <T extends Tensor> T multiLars(
      T lrs, T weightsSumSq, T gradsSumSq, T wds, double eta, double eps) {
    return one(new LambUpdates.MultiLars(eta, eps, 1), lrs, weightsSumSq, gradsSumSq, wds);
  }

  /**
   * The learning rates of LARS (You et al., 2017) for several weights from their sums of squares.
   *
   * <p>MXNet {@code multi_lars}.
   */
  public static <T extends Tensor> T multiLars(
      T lrs, T weightsSumSq, T gradsSumSq, T wds, Consumer<MultiLarsAttributes> attributes) {
    return one(set(new MultiLarsAttributes(), attributes).op(), lrs, weightsSumSq, gradsSumSq, wds);
  }

  /** Attributes of {@code multiLars}. */
  public static final class MultiLarsAttributes extends Attributes {
    private double eta = 0;
    private double eps = 0;
    private double rescaleGrad = 1;

    private MultiLarsAttributes() {}

    /** The factor of the whole step; must be given. */
    public MultiLarsAttributes eta(double eta) {
      given("eta");
      this.eta = eta;
      return this;
    }

    /** A small number against a division by 0; must be given. */
    public MultiLarsAttributes eps(double eps) {
      given("eps");
      this.eps = eps;
      return this;
    }

    /** What gradients are multiplied with first; 1 by default. */
    public MultiLarsAttributes rescaleGrad(double rescaleGrad) {
      this.rescaleGrad = rescaleGrad;
      return this;
    }

    private LambUpdates.MultiLars op() {
      require("multiLars", "eta", "eps");
      return new LambUpdates.MultiLars(eta, eps, rescaleGrad);
    }
  }
}
