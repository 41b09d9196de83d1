package io.gluonj.loss;

import io.gluonj.annotations.Block;
import io.gluonj.tensor.Tensor;

/** Half the squared difference: mean of {@code (label - prediction)² / 2}. */
@Block
public class L2Loss extends PairLoss<L2Loss> {
  @Override
  Tensor compare(Tensor predictions, Tensor labels) {
    return labels.sub(predictions).square().mul(0.5);
  }
}
