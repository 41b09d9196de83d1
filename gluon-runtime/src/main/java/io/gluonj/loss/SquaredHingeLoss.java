package io.gluonj.loss;

import io.gluonj.annotations.Block;
import io.gluonj.tensor.Tensor;

/** For labels -1 and 1: mean of {@code max(0, margin - prediction * label)²}. */
@Block
public class SquaredHingeLoss extends PairLoss<SquaredHingeLoss> {
  private final double margin;

  /** The margin 1. */
  public SquaredHingeLoss() {
    this(1);
  }

  public SquaredHingeLoss(double margin) {
    this.margin = margin;
  }

  @Override
  Tensor compare(Tensor predictions, Tensor labels) {
    return predictions.mul(labels).rsub(margin).relu().square();
  }
}
