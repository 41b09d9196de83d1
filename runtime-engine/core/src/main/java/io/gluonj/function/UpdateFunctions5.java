package io.gluonj.function;

import io.gluonj.op.AdaptiveUpdates;
import io.gluonj.op.MultiUpdates;
import io.gluonj.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class UpdateFunctions5 extends UpdateFunctions4 permits UpdateFunctions6 {
  UpdateFunctions5() {}

  /** Weights, gradients, momenta and float32 weights; then rates and decays. */
  public static <T extends Tensor> List<T> preloadedMultiMpSgdMomUpdate(T first, Tensor... others) {
    return all(new MultiUpdates.PreloadedMpSgdMom(0, 1, -1, 1), first, others);
  }

  /** Weights, gradients, momenta and float32 weights; then rates and decays. */
  public static <T extends Tensor> List<T> preloadedMultiMpSgdMomUpdate(List<? extends T> data) {
    return all(new MultiUpdates.PreloadedMpSgdMom(0, 1, -1, 1), data);
  }

  /**
   * Weights, gradients, momenta and float32 weights; then rates and decays.
   *
   * <p>MXNet {@code preloaded_multi_mp_sgd_mom_update}.
   */
  public static <T extends Tensor> List<T> preloadedMultiMpSgdMomUpdate(
      List<? extends T> data, Consumer<PreloadedMultiMpSgdMomUpdateAttributes> attributes) {
    return all(set(new PreloadedMultiMpSgdMomUpdateAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code preloadedMultiMpSgdMomUpdate}. */
  public static final class PreloadedMultiMpSgdMomUpdateAttributes extends Attributes {
    private double momentum = 0;
    private double rescaleGrad = 1;
    private double clipGradient = -1;
    private int numWeights = 1;

    private PreloadedMultiMpSgdMomUpdateAttributes() {}

    /** How much of the last step, or of the last statistics, is kept; 0 by default. */
    public PreloadedMultiMpSgdMomUpdateAttributes momentum(double momentum) {
      this.momentum = momentum;
      return this;
    }

    /** What gradients are multiplied with first; 1 by default. */
    public PreloadedMultiMpSgdMomUpdateAttributes rescaleGrad(double rescaleGrad) {
      this.rescaleGrad = rescaleGrad;
      return this;
    }

    /** Gradients are then limited to this absolute value; negative for no limit; -1 by default. */
    public PreloadedMultiMpSgdMomUpdateAttributes clipGradient(double clipGradient) {
      this.clipGradient = clipGradient;
      return this;
    }

    /** MXNet's {@code num_weights}; 1 by default. */
    public PreloadedMultiMpSgdMomUpdateAttributes numWeights(int numWeights) {
      this.numWeights = numWeights;
      return this;
    }

    private MultiUpdates.PreloadedMpSgdMom op() {
      return new MultiUpdates.PreloadedMpSgdMom(momentum, rescaleGrad, clipGradient, numWeights);
    }
  }

  /** Weights, gradients and float32 weights; then rates and decays. */
  public static <T extends Tensor> List<T> preloadedMultiMpSgdUpdate(T first, Tensor... others) {
    return all(new MultiUpdates.PreloadedMpSgd(1, -1, 1), first, others);
  }

  /** Weights, gradients and float32 weights; then rates and decays. */
  public static <T extends Tensor> List<T> preloadedMultiMpSgdUpdate(List<? extends T> data) {
    return all(new MultiUpdates.PreloadedMpSgd(1, -1, 1), data);
  }

  /**
   * Weights, gradients and float32 weights; then rates and decays.
   *
   * <p>MXNet {@code preloaded_multi_mp_sgd_update}.
   */
  public static <T extends Tensor> List<T> preloadedMultiMpSgdUpdate(
      List<? extends T> data, Consumer<PreloadedMultiMpSgdUpdateAttributes> attributes) {
    return all(set(new PreloadedMultiMpSgdUpdateAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code preloadedMultiMpSgdUpdate}. */
  public static final class PreloadedMultiMpSgdUpdateAttributes extends Attributes {
    private double rescaleGrad = 1;
    private double clipGradient = -1;
    private int numWeights = 1;

    private PreloadedMultiMpSgdUpdateAttributes() {}

    /** What gradients are multiplied with first; 1 by default. */
    public PreloadedMultiMpSgdUpdateAttributes rescaleGrad(double rescaleGrad) {
      this.rescaleGrad = rescaleGrad;
      return this;
    }

    /** Gradients are then limited to this absolute value; negative for no limit; -1 by default. */
    public PreloadedMultiMpSgdUpdateAttributes clipGradient(double clipGradient) {
      this.clipGradient = clipGradient;
      return this;
    }

    /** MXNet's {@code num_weights}; 1 by default. */
    public PreloadedMultiMpSgdUpdateAttributes numWeights(int numWeights) {
      this.numWeights = numWeights;
      return this;
    }

    private MultiUpdates.PreloadedMpSgd op() {
      return new MultiUpdates.PreloadedMpSgd(rescaleGrad, clipGradient, numWeights);
    }
  }

  /** Weights, gradients and momenta; then rates and decays. */
  public static <T extends Tensor> List<T> preloadedMultiSgdMomUpdate(T first, Tensor... others) {
    return all(new MultiUpdates.PreloadedSgdMom(0, 1, -1, 1), first, others);
  }

  /** Weights, gradients and momenta; then rates and decays. */
  public static <T extends Tensor> List<T> preloadedMultiSgdMomUpdate(List<? extends T> data) {
    return all(new MultiUpdates.PreloadedSgdMom(0, 1, -1, 1), data);
  }

  /**
   * Weights, gradients and momenta; then rates and decays.
   *
   * <p>MXNet {@code preloaded_multi_sgd_mom_update}.
   */
  public static <T extends Tensor> List<T> preloadedMultiSgdMomUpdate(
      List<? extends T> data, Consumer<PreloadedMultiSgdMomUpdateAttributes> attributes) {
    return all(set(new PreloadedMultiSgdMomUpdateAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code preloadedMultiSgdMomUpdate}. */
  public static final class PreloadedMultiSgdMomUpdateAttributes extends Attributes {
    private double momentum = 0;
    private double rescaleGrad = 1;
    private double clipGradient = -1;
    private int numWeights = 1;

    private PreloadedMultiSgdMomUpdateAttributes() {}

    /** How much of the last step, or of the last statistics, is kept; 0 by default. */
    public PreloadedMultiSgdMomUpdateAttributes momentum(double momentum) {
      this.momentum = momentum;
      return this;
    }

    /** What gradients are multiplied with first; 1 by default. */
    public PreloadedMultiSgdMomUpdateAttributes rescaleGrad(double rescaleGrad) {
      this.rescaleGrad = rescaleGrad;
      return this;
    }

    /** Gradients are then limited to this absolute value; negative for no limit; -1 by default. */
    public PreloadedMultiSgdMomUpdateAttributes clipGradient(double clipGradient) {
      this.clipGradient = clipGradient;
      return this;
    }

    /** MXNet's {@code num_weights}; 1 by default. */
    public PreloadedMultiSgdMomUpdateAttributes numWeights(int numWeights) {
      this.numWeights = numWeights;
      return this;
    }

    private MultiUpdates.PreloadedSgdMom op() {
      return new MultiUpdates.PreloadedSgdMom(momentum, rescaleGrad, clipGradient, numWeights);
    }
  }

  /** Weights and gradients; then rates and decays. */
  public static <T extends Tensor> List<T> preloadedMultiSgdUpdate(T first, Tensor... others) {
    return all(new MultiUpdates.PreloadedSgd(1, -1, 1), first, others);
  }

  /** Weights and gradients; then rates and decays. */
  public static <T extends Tensor> List<T> preloadedMultiSgdUpdate(List<? extends T> data) {
    return all(new MultiUpdates.PreloadedSgd(1, -1, 1), data);
  }

  /**
   * Weights and gradients; then rates and decays.
   *
   * <p>MXNet {@code preloaded_multi_sgd_update}.
   */
  public static <T extends Tensor> List<T> preloadedMultiSgdUpdate(
      List<? extends T> data, Consumer<PreloadedMultiSgdUpdateAttributes> attributes) {
    return all(set(new PreloadedMultiSgdUpdateAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code preloadedMultiSgdUpdate}. */
  public static final class PreloadedMultiSgdUpdateAttributes extends Attributes {
    private double rescaleGrad = 1;
    private double clipGradient = -1;
    private int numWeights = 1;

    private PreloadedMultiSgdUpdateAttributes() {}

    /** What gradients are multiplied with first; 1 by default. */
    public PreloadedMultiSgdUpdateAttributes rescaleGrad(double rescaleGrad) {
      this.rescaleGrad = rescaleGrad;
      return this;
    }

    /** Gradients are then limited to this absolute value; negative for no limit; -1 by default. */
    public PreloadedMultiSgdUpdateAttributes clipGradient(double clipGradient) {
      this.clipGradient = clipGradient;
      return this;
    }

    /** MXNet's {@code num_weights}; 1 by default. */
    public PreloadedMultiSgdUpdateAttributes numWeights(int numWeights) {
      this.numWeights = numWeights;
      return this;
    }

    private MultiUpdates.PreloadedSgd op() {
      return new MultiUpdates.PreloadedSgd(rescaleGrad, clipGradient, numWeights);
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
}
