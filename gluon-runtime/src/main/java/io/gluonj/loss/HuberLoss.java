package io.gluonj.loss;

import io.gluonj.annotations.Block;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.InvalidArgumentException;

/**
 * Quadratic for small differences, linear for large ones (Huber, 1964): with {@code d = |label -
 * prediction|}, {@code d² / (2 rho)} up to rho and {@code d - rho / 2} beyond.
 */
@Block
public class HuberLoss extends PairLoss<HuberLoss> {
  private final double rho;

  /** The threshold 1. */
  public HuberLoss() {
    this(1);
  }

  /**
   * Makes the loss.
   *
   * @param rho the difference from which on the loss is linear, above 0
   */
  public HuberLoss(double rho) {
    if (!(rho > 0 && rho < Double.POSITIVE_INFINITY)) {
      throw new InvalidArgumentException(
          "HuberLoss with rho " + rho,
          "the loss is quadratic up to rho and divides by it",
          "use a number above 0, such as 1");
    }
    this.rho = rho;
  }

  @Override
  Tensor compare(Tensor predictions, Tensor labels) {
    Tensor difference = labels.sub(predictions).abs();
    Tensor linear = difference.sub(0.5 * rho);
    Tensor quadratic = difference.square().mul(0.5 / rho);
    return linear.where(difference.greater(rho), quadratic);
  }
}
