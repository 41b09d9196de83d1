package io.gluonj.loss;

import io.gluonj.annotations.Block;
import io.gluonj.tensor.Tensor;

/** The absolute difference: mean of {@code |label - prediction|}. */
@Block
public class L1Loss extends PairLoss<L1Loss> {
  @Override
  Tensor compare(Tensor predictions, Tensor labels) {
    return labels.sub(predictions).abs();
  }
}
