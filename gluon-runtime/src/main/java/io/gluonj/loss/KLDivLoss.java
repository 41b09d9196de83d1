package io.gluonj.loss;

import io.gluonj.annotations.Block;
import io.gluonj.tensor.Tensor;
import java.util.List;

/**
 * The Kullback-Leibler divergence of the labels from the predictions: the <b>sum</b> over each
 * sample of {@code y * (log(y + 1e-12) - log p)}, as in MXNet 1.9.
 *
 * <p>Called with predictions, labels of the same shape (probabilities) and optionally sample
 * weights.
 */
@Block
public class KLDivLoss extends WeightedLoss<KLDivLoss> {
  private static final double EPSILON = 1e-12;

  private int axis = -1;
  private boolean logProbabilities = true;

  public KLDivLoss() {
    super(List.of("predictions", "labels"), List.of("sample weights"));
  }

  /** The axis of the softmax, where predictions are not log-probabilities; the last by default. */
  public KLDivLoss axis(int value) {
    axis = value;
    return this;
  }

  /**
   * Whether predictions are logarithms of probabilities already; true by default. MXNet calls this
   * {@code from_logits}.
   */
  public KLDivLoss inputIsLogProbability(boolean value) {
    logProbabilities = value;
    return this;
  }

  @Override
  protected Tensor evaluate(List<Tensor> inputs) {
    Tensor given = inputs.get(0);
    Tensor labels = inputs.get(1);
    Tensor predictions = logProbabilities ? given : given.logSoftmax(axis);
    Tensor loss = labels.mul(labels.add(EPSILON).log().sub(predictions));
    return sumOfSamples(weighted(loss, optional(inputs, 2)));
  }
}
