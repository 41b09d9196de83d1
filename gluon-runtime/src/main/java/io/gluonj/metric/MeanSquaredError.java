package io.gluonj.metric;

import io.gluonj.tensor.NDArray;

/** The mean of (prediction - label)² over all elements (MXNet: {@code mse}). */
public final class MeanSquaredError implements Metric {
  private final RunningMean mean = new RunningMean();

  @Override
  public String name() {
    return "mse";
  }

  @Override
  public Direction direction() {
    return Direction.LOWER_IS_BETTER;
  }

  @Override
  public void update(NDArray labels, NDArray predictions) {
    Batch batch = new Batch(name(), labels, predictions);
    batch.requireSameSize();
    if (labels.size() == 0) {
      return;
    }
    double sum =
        batch.reduce((label, predicted) ->
            predicted.reshape(-1).sub(label.reshape(-1)).square().sum().item());
    mean.add(sum, labels.size());
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
