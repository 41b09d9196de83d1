package io.gluonj.metric;

import io.gluonj.tensor.NDArray;

/**
 * The mean of {@code -log(p + 1e-12)}, where p is the probability given to the label's class
 * (MXNet: {@code ce}). Predictions are probabilities along the last axis, not logits.
 */
public final class CrossEntropy implements Metric {
  private static final double EPSILON = 1e-12;

  private final RunningMean mean = new RunningMean();

  @Override
  public String name() {
    return "cross-entropy";
  }

  @Override
  public Direction direction() {
    return Direction.LOWER_IS_BETTER;
  }

  /**
   * Takes one batch into account.
   *
   * @param labels class numbers (samples,)
   * @param predictions probabilities (samples, classes)
   */
  @Override
  public void update(NDArray labels, NDArray predictions) {
    Batch batch = new Batch(name(), labels, predictions);
    batch.requireClasses(-1);
    if (labels.size() == 0) {
      return;
    }
    double sum =
        batch.reduce((label, probabilities) ->
            probabilities
                .reshape(-1, probabilities.shape().dim(-1))
                .pick(label.reshape(-1), 1)
                .add(EPSILON)
                .log()
                .sum()
                .item());
    mean.add(-sum, labels.size());
  }

  @Override
  public double get() {
    return mean.value();
  }

  @Override
  public void reset() {
    mean.reset();
  }

  @Override
  public String toString() {
    return RunningMean.print(this);
  }
}
