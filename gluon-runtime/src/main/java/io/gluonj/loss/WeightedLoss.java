package io.gluonj.loss;

import io.gluonj.annotations.Block;
import io.gluonj.types.InvalidArgumentException;
import java.util.List;

/**
 * A loss with Gluon's two options, set by chaining.
 *
 * @param <S> the loss itself
 */
@Block
public abstract class WeightedLoss<S extends WeightedLoss<S>> extends Loss {
  WeightedLoss(List<String> required, List<String> optional) {
    super(required, optional);
  }

  @SuppressWarnings("unchecked") // every subclass names itself as S
  private S self() {
    return (S) this;
  }

  /** A factor on the loss; 1 by default. */
  public S weight(double factor) {
    if (!Double.isFinite(factor)) {
      throw new InvalidArgumentException(
          getClass().getSimpleName() + ".weight(" + factor + ")",
          "the loss would not be a number",
          "use a finite number");
    }
    weight = factor;
    return self();
  }

  /** The axis that counts samples; 0 by default. */
  public S batchAxis(int axis) {
    batchAxis = axis;
    return self();
  }
}
