package io.gluonj.optimizer;

import io.gluonj.op.Op;
import io.gluonj.op.OptimizerUpdates;
import io.gluonj.tensor.NDArray;
import java.util.List;
import java.util.Map;

/**
 * Stochastic gradient descent (MXNet: {@code sgd}): {@code m = momentum * m - lr * (wd * w +
 * clip(rescale * g)); w += m}. The weight decay is not clipped.
 */
public final class Sgd extends Optimizer {
  private double momentum;

  /** With MXNet's learning rate 0.01. */
  public Sgd() {
    this(0.01);
  }

  public Sgd(double learningRate) {
    super(learningRate);
  }

  public double momentum() {
    return momentum;
  }

  /** Part of the last step that is done again (default 0). To be set before the first step. */
  public Sgd momentum(double factor) {
    momentum = factor;
    return this;
  }

  @Override
  public Sgd learningRate(double rate) {
    super.learningRate(rate);
    return this;
  }

  @Override
  public Sgd weightDecay(double factor) {
    super.weightDecay(factor);
    return this;
  }

  @Override
  public Sgd clipGradient(double bound) {
    super.clipGradient(bound);
    return this;
  }

  @Override
  public String name() {
    return "sgd";
  }

  @Override
  protected Map<String, Setting> settings() {
    Map<String, Setting> settings = super.settings();
    settings.put("momentum", new Setting(this::momentum, this::momentum));
    return settings;
  }

  @Override
  public List<NDArray> createState(NDArray weight) {
    return momentum == 0 ? List.of() : List.of(Updates.zeros(weight));
  }

  @Override
  public Op operator(int states) {
    return states == 0
        ? new OptimizerUpdates.PlainSgdStep(clipGradient())
        : new OptimizerUpdates.SgdStep(momentum, clipGradient());
  }

  @Override
  public List<Double> numbers(long count, double learningRate, double weightDecay, double rescale) {
    return List.of(learningRate, weightDecay, rescale);
  }
}
