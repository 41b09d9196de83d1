package io.gluonj.metric;

import io.gluonj.tensor.NDArray;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;

/**
 * The share of samples of which the label is among the {@code k} highest scores (MXNet: {@code
 * top_k_acc}). Of equal scores the one of the lower class comes first, so that a net that gives all
 * classes the same score gains nothing by it.
 */
public final class TopKAccuracy implements Metric {
  private final int k;
  private final RunningMean mean = new RunningMean();

  /**
   * Makes the metric.
   *
   * @param k how many scores count, at least 1
   */
  public TopKAccuracy(int k) {
    if (k < 1) {
      throw new InvalidArgumentException(
          "TopKAccuracy of the " + k + " highest scores",
          "at least one score has to count",
          "use 5, or Accuracy for the highest only");
    }
    this.k = k;
  }

  @Override
  public String name() {
    return "top_k_accuracy_" + k;
  }

  @Override
  public Direction direction() {
    return Direction.HIGHER_IS_BETTER;
  }

  /**
   * Takes one batch into account.
   *
   * @param labels class numbers (samples,)
   * @param predictions scores (samples, classes)
   */
  @Override
  public void update(NDArray labels, NDArray predictions) {
    Batch batch = new Batch(name(), labels, predictions);
    batch.requireClasses(-1);
    if (labels.size() == 0) {
      return;
    }
    double hits =
        batch.reduce((label, given) -> {
          int classes = Math.toIntExact(given.shape().dim(-1));
          NDArray scores = given.reshape(-1, classes);
          NDArray column = label.reshape(-1, 1);
          NDArray own = scores.pick(label.reshape(-1), 1).reshape(-1, 1);
          NDArray numbers = numbers(classes, given.device());
          NDArray before = scores.greater(own).add(scores.equal(own).mul(numbers.lesser(column)));
          NDArray rank = before.sum(1).reshape(-1, 1);
          // A score that is not a number equals nothing, not even itself, and is no hit.
          NDArray isNumber = own.equal(own);
          return rank.rsub(k).greater(0).mul(isNumber).sum().item();
        });
    mean.add(hits, labels.size());
  }

  /** 0, 1, …, as a row. */
  private static NDArray numbers(int count, Device device) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i;
    }
    return NDArray.of(values, Shape.of(1, count), device);
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
