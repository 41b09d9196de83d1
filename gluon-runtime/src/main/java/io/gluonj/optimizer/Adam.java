package io.gluonj.optimizer;

import io.gluonj.op.Op;
import io.gluonj.op.OptimizerUpdates;
import io.gluonj.tensor.NDArray;
import java.util.List;
import java.util.Map;

/**
 * Adam (Kingma and Ba, 2015) as MXNet has it: {@code g = clip(rescale * g + wd * w); m = b1 * m +
 * (1 - b1) * g; v = b2 * v + (1 - b2) * g²; w -= lr * sqrt(1 - b2^t) / (1 - b1^t) * m / (sqrt(v) +
 * eps)}. The epsilon is added to the uncorrected root, unlike PyTorch's.
 */
public final class Adam extends Optimizer {
  private double beta1 = 0.9;
  private double beta2 = 0.999;
  private double epsilon = 1e-8;

  /** With MXNet's learning rate 0.001. */
  public Adam() {
    this(0.001);
  }

  public Adam(double learningRate) {
    super(learningRate);
  }

  /** Decay rates of the mean and of the variance (default 0.9 and 0.999). */
  public Adam betas(double first, double second) {
    beta1 = first;
    beta2 = second;
    return this;
  }

  /** What keeps the denominator from zero (default 1e-8). */
  public Adam epsilon(double value) {
    epsilon = value;
    return this;
  }

  public double beta1() {
    return beta1;
  }

  public double beta2() {
    return beta2;
  }

  public double epsilon() {
    return epsilon;
  }

  @Override
  public Adam learningRate(double rate) {
    super.learningRate(rate);
    return this;
  }

  @Override
  public Adam weightDecay(double factor) {
    super.weightDecay(factor);
    return this;
  }

  @Override
  public Adam clipGradient(double bound) {
    super.clipGradient(bound);
    return this;
  }

  @Override
  public String name() {
    return "adam";
  }

  @Override
  protected Map<String, Setting> settings() {
    Map<String, Setting> settings = super.settings();
    settings.put("beta1", new Setting(this::beta1, b -> betas(b, beta2)));
    settings.put("beta2", new Setting(this::beta2, b -> betas(beta1, b)));
    settings.put("epsilon", new Setting(this::epsilon, this::epsilon));
    return settings;
  }

  @Override
  public List<NDArray> createState(NDArray weight) {
    return List.of(Updates.zeros(weight), Updates.zeros(weight));
  }

  @Override
  public Op operator(int states) {
    return new OptimizerUpdates.AdamStep(beta1, beta2, epsilon, clipGradient());
  }

  @Override
  public List<Double> numbers(long count, double learningRate, double weightDecay, double rescale) {
    double corrected =
        learningRate
            * Math.sqrt(1 - Math.pow(beta2, (double) count))
            / (1 - Math.pow(beta1, (double) count));
    return List.of(corrected, weightDecay, rescale);
  }
}
