package io.gluonj.nn;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.initializer.Initializer;
import io.gluonj.op.FullyConnected;
import io.gluonj.op.Op;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fully connected layer: {@code activation(x Wᵀ + b)} (MXNet operator FullyConnected).
 *
 * <p>Shapes: (batch, …) to (batch, units), all axes but the first merged; with {@code
 * flatten(false)} (…, features) to (…, units). Parameters: weight (units, features), bias (units,).
 */
@Block(hint = "dense")
public class Dense extends HybridBlock {
  final int units;
  int inUnits;
  boolean useBias = true;
  private boolean flatten = true;
  @Nullable Activation act;
  @Nullable Initializer weightInitializer;
  @Nullable Initializer biasInitializer;

  @Param(
      shape = {"units", "inUnits"},
      initFrom = "weightInitializer")
  Parameter weight;

  @Param(shape = "units", init = "zeros", initFrom = "biasInitializer", condition = "useBias")
  @Nullable Parameter bias;

  /**
   * Makes a layer.
   *
   * @param units number of results for each sample, at least 1
   */
  public Dense(int units) {
    this.units = Options.atLeast(1, "Dense", "units", units);
  }

  /** The function applied to the result; none by default. */
  public Dense activation(io.gluonj.op.Activation.Type type) {
    checkUnbound("activation");
    act = Activation.childOf(type);
    return this;
  }

  /**
   * The function applied to the result, by MXNet's name: relu, sigmoid, tanh, softrelu, softsign.
   */
  public Dense activation(String name) {
    return activation(Activation.typeOf(name));
  }

  /** Whether a bias is added; true by default. */
  public Dense useBias(boolean value) {
    checkUnbound("useBias");
    useBias = value;
    return this;
  }

  /** Whether all axes but the first are merged first; true by default. */
  public Dense flatten(boolean value) {
    checkUnbound("flatten");
    flatten = value;
    return this;
  }

  /** Number of features of the input; 0, the default, takes it from the first input. */
  public Dense inUnits(int features) {
    checkUnbound("inUnits");
    inUnits = Options.atLeast(0, "Dense", "inUnits", features);
    return this;
  }

  /** First values of the weight; by default those of the network. */
  public Dense weightInitializer(Initializer initializer) {
    checkUnbound("weightInitializer");
    weightInitializer = initializer;
    return this;
  }

  /** First values of the weight by name. */
  public Dense weightInitializer(String spec) {
    return weightInitializer(Initializer.of(spec));
  }

  /** First values of the bias; zeros by default. */
  public Dense biasInitializer(Initializer initializer) {
    checkUnbound("biasInitializer");
    biasInitializer = initializer;
    return this;
  }

  /** First values of the bias by name. */
  public Dense biasInitializer(String spec) {
    return biasInitializer(Initializer.of(spec));
  }

  @Forward
  Tensor forward(Tensor x, Tensor weight, @Nullable Tensor bias) {
    Op op = new FullyConnected(units, bias == null, flatten);
    Tensor y = Ops.named("fwd", op, bias == null ? List.of(x, weight) : List.of(x, weight, bias));
    return act == null ? y : act.call(y);
  }

  /** {@code 784 -> 128, Activation(relu)}, with None for features not known yet. */
  @Override
  protected String arguments() {
    return Options.extent(weight, 1, inUnits)
        + " -> "
        + units
        + ", "
        + (act == null ? "linear" : act);
  }
}
