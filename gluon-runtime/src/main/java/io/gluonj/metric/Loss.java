package io.gluonj.metric;

import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.DType;

/** The mean of the values of a loss (MXNet: {@code loss}). */
public final class Loss implements Metric {
  private final RunningMean mean = new RunningMean();

  @Override
  public String name() {
    return "loss";
  }

  @Override
  public Direction direction() {
    return Direction.LOWER_IS_BETTER;
  }

  /** Takes the losses of one batch into account; each element counts once. */
  public void update(NDArray losses) {
    if (losses.size() == 0) {
      return;
    }
    try (var _ = TensorScope.open();
        var _ = Autograd.pause()) {
      NDArray wide = losses.dtype().bytes() < Float.BYTES ? losses.cast(DType.FLOAT32) : losses;
      mean.add(wide.sum().item(), losses.size());
    }
  }

  /** As {@link #update(NDArray)}; the labels do not matter. */
  @Override
  public void update(NDArray labels, NDArray losses) {
    update(losses);
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
