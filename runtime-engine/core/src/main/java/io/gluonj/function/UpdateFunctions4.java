package io.gluonj.function;

import io.gluonj.op.MomentumUpdates;
import io.gluonj.op.MultiUpdates;
import io.gluonj.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class UpdateFunctions4 extends UpdateFunctions3 permits UpdateFunctions5 {
  UpdateFunctions4() {}

  /**
   * Weights, gradients, momenta and float32 weights.
   *
   * <p>MXNet {@code multi_mp_sgd_mom_update}.
   */
  public static <T extends Tensor> List<T> multiMpSgdMomUpdate(
      List<? extends T> data, Consumer<MultiMpSgdMomUpdateAttributes> attributes) {
    return all(set(new MultiMpSgdMomUpdateAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code multiMpSgdMomUpdate}. */
  public static final class MultiMpSgdMomUpdateAttributes extends Attributes {
    private List<Double> lrs = List.of();
    private List<Double> wds = List.of();
    private double momentum = 0;
    private double rescaleGrad = 1;
    private double clipGradient = -1;
    private int numWeights = 1;

    private MultiMpSgdMomUpdateAttributes() {}

    /** MXNet's {@code lrs}; must be given. */
    public MultiMpSgdMomUpdateAttributes lrs(double... lrs) {
      given("lrs");
      this.lrs = list(lrs);
      return this;
    }

    /** MXNet's {@code wds}; must be given. */
    public MultiMpSgdMomUpdateAttributes wds(double... wds) {
      given("wds");
      this.wds = list(wds);
      return this;
    }

    /** How much of the last step, or of the last statistics, is kept; 0 by default. */
    public MultiMpSgdMomUpdateAttributes momentum(double momentum) {
      this.momentum = momentum;
      return this;
    }

    /** What gradients are multiplied with first; 1 by default. */
    public MultiMpSgdMomUpdateAttributes rescaleGrad(double rescaleGrad) {
      this.rescaleGrad = rescaleGrad;
      return this;
    }

    /** Gradients are then limited to this absolute value; negative for no limit; -1 by default. */
    public MultiMpSgdMomUpdateAttributes clipGradient(double clipGradient) {
      this.clipGradient = clipGradient;
      return this;
    }

    /** MXNet's {@code num_weights}; 1 by default. */
    public MultiMpSgdMomUpdateAttributes numWeights(int numWeights) {
      this.numWeights = numWeights;
      return this;
    }

    private MultiUpdates.MpSgdMom op() {
      require("multiMpSgdMomUpdate", "lrs", "wds");
      return new MultiUpdates.MpSgdMom(lrs, wds, momentum, rescaleGrad, clipGradient, numWeights);
    }
  }

  /**
   * Weights, gradients and float32 weights.
   *
   * <p>MXNet {@code multi_mp_sgd_update}.
   */
  public static <T extends Tensor> List<T> multiMpSgdUpdate(
      List<? extends T> data, Consumer<MultiMpSgdUpdateAttributes> attributes) {
    return all(set(new MultiMpSgdUpdateAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code multiMpSgdUpdate}. */
  public static final class MultiMpSgdUpdateAttributes extends Attributes {
    private List<Double> lrs = List.of();
    private List<Double> wds = List.of();
    private double rescaleGrad = 1;
    private double clipGradient = -1;
    private int numWeights = 1;

    private MultiMpSgdUpdateAttributes() {}

    /** MXNet's {@code lrs}; must be given. */
    public MultiMpSgdUpdateAttributes lrs(double... lrs) {
      given("lrs");
      this.lrs = list(lrs);
      return this;
    }

    /** MXNet's {@code wds}; must be given. */
    public MultiMpSgdUpdateAttributes wds(double... wds) {
      given("wds");
      this.wds = list(wds);
      return this;
    }

    /** What gradients are multiplied with first; 1 by default. */
    public MultiMpSgdUpdateAttributes rescaleGrad(double rescaleGrad) {
      this.rescaleGrad = rescaleGrad;
      return this;
    }

    /** Gradients are then limited to this absolute value; negative for no limit; -1 by default. */
    public MultiMpSgdUpdateAttributes clipGradient(double clipGradient) {
      this.clipGradient = clipGradient;
      return this;
    }

    /** MXNet's {@code num_weights}; 1 by default. */
    public MultiMpSgdUpdateAttributes numWeights(int numWeights) {
      this.numWeights = numWeights;
      return this;
    }

    private MultiUpdates.MpSgd op() {
      require("multiMpSgdUpdate", "lrs", "wds");
      return new MultiUpdates.MpSgd(lrs, wds, rescaleGrad, clipGradient, numWeights);
    }
  }

  /**
   * Weights, gradients and momenta.
   *
   * <p>MXNet {@code multi_sgd_mom_update}.
   */
  public static <T extends Tensor> List<T> multiSgdMomUpdate(
      List<? extends T> data, Consumer<MultiSgdMomUpdateAttributes> attributes) {
    return all(set(new MultiSgdMomUpdateAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code multiSgdMomUpdate}. */
  public static final class MultiSgdMomUpdateAttributes extends Attributes {
    private List<Double> lrs = List.of();
    private List<Double> wds = List.of();
    private double momentum = 0;
    private double rescaleGrad = 1;
    private double clipGradient = -1;
    private int numWeights = 1;

    private MultiSgdMomUpdateAttributes() {}

    /** MXNet's {@code lrs}; must be given. */
    public MultiSgdMomUpdateAttributes lrs(double... lrs) {
      given("lrs");
      this.lrs = list(lrs);
      return this;
    }

    /** MXNet's {@code wds}; must be given. */
    public MultiSgdMomUpdateAttributes wds(double... wds) {
      given("wds");
      this.wds = list(wds);
      return this;
    }

    /** How much of the last step, or of the last statistics, is kept; 0 by default. */
    public MultiSgdMomUpdateAttributes momentum(double momentum) {
      this.momentum = momentum;
      return this;
    }

    /** What gradients are multiplied with first; 1 by default. */
    public MultiSgdMomUpdateAttributes rescaleGrad(double rescaleGrad) {
      this.rescaleGrad = rescaleGrad;
      return this;
    }

    /** Gradients are then limited to this absolute value; negative for no limit; -1 by default. */
    public MultiSgdMomUpdateAttributes clipGradient(double clipGradient) {
      this.clipGradient = clipGradient;
      return this;
    }

    /** MXNet's {@code num_weights}; 1 by default. */
    public MultiSgdMomUpdateAttributes numWeights(int numWeights) {
      this.numWeights = numWeights;
      return this;
    }

    private MultiUpdates.SgdMom op() {
      require("multiSgdMomUpdate", "lrs", "wds");
      return new MultiUpdates.SgdMom(lrs, wds, momentum, rescaleGrad, clipGradient, numWeights);
    }
  }

  /**
   * Weights and gradients.
   *
   * <p>MXNet {@code multi_sgd_update}.
   */
  public static <T extends Tensor> List<T> multiSgdUpdate(
      List<? extends T> data, Consumer<MultiSgdUpdateAttributes> attributes) {
    return all(set(new MultiSgdUpdateAttributes(), attributes).op(), data);
  }

  /** Attributes of {@code multiSgdUpdate}. */
  public static final class MultiSgdUpdateAttributes extends Attributes {
    private List<Double> lrs = List.of();
    private List<Double> wds = List.of();
    private double rescaleGrad = 1;
    private double clipGradient = -1;
    private int numWeights = 1;

    private MultiSgdUpdateAttributes() {}

    /** MXNet's {@code lrs}; must be given. */
    public MultiSgdUpdateAttributes lrs(double... lrs) {
      given("lrs");
      this.lrs = list(lrs);
      return this;
    }

    /** MXNet's {@code wds}; must be given. */
    public MultiSgdUpdateAttributes wds(double... wds) {
      given("wds");
      this.wds = list(wds);
      return this;
    }

    /** What gradients are multiplied with first; 1 by default. */
    public MultiSgdUpdateAttributes rescaleGrad(double rescaleGrad) {
      this.rescaleGrad = rescaleGrad;
      return this;
    }

    /** Gradients are then limited to this absolute value; negative for no limit; -1 by default. */
    public MultiSgdUpdateAttributes clipGradient(double clipGradient) {
      this.clipGradient = clipGradient;
      return this;
    }

    /** MXNet's {@code num_weights}; 1 by default. */
    public MultiSgdUpdateAttributes numWeights(int numWeights) {
      this.numWeights = numWeights;
      return this;
    }

    private MultiUpdates.Sgd op() {
      require("multiSgdUpdate", "lrs", "wds");
      return new MultiUpdates.Sgd(lrs, wds, rescaleGrad, clipGradient, numWeights);
    }
  }

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
}
