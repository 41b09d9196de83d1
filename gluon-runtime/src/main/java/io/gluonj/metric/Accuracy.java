package io.gluonj.metric;

import io.gluonj.tensor.NDArray;
import io.gluonj.types.InvalidArgumentException;

/**
 * The share of samples of which the predicted class is the label (MXNet: {@code acc}).
 *
 * <p>Predictions are scores with the classes along {@code axis}; the largest counts, the first of
 * equal ones. Predictions of the labels' own shape are class numbers already.
 */
public final class Accuracy implements Metric {
  private final int axis;
  private final RunningMean mean = new RunningMean();

  /** Classes along axis 1. */
  public Accuracy() {
    this(1);
  }

  public Accuracy(int axis) {
    this.axis = axis;
  }

  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public Direction direction() {
    return Direction.HIGHER_IS_BETTER;
  }

  @Override
  public void update(NDArray labels, NDArray predictions) {
    Batch batch = new Batch(name(), labels, predictions);
    boolean classes = labels.shape().equals(predictions.shape());
    if (!classes) {
      batch.requireClasses(axisOf(predictions));
    }
    if (labels.size() == 0) {
      return;
    }
    double correct =
        batch.reduce((label, scores) -> {
          NDArray chosen = classes ? scores : scores.argmax(axis);
          return chosen.reshape(-1).equal(label.reshape(-1)).sum().item();
        });
    mean.add(correct, labels.size());
  }

  private int axisOf(NDArray predictions) {
    int rank = predictions.shape().rank();
    if (axis < -rank || axis >= rank) {
      throw new InvalidArgumentException(
          "accuracy: predictions of shape " + predictions.shape(),
          "classes are counted along axis " + axis + ", which they do not have",
          "pass scores (samples, classes), or class numbers in the shape of the labels");
    }
    return axis;
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
