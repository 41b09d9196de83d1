package io.gluonj.loss;

import io.gluonj.annotations.Block;
import io.gluonj.tensor.Tensor;
import java.util.List;

/**
 * A loss that compares each predicted value with the label at its place, and takes the mean over
 * each sample. Called with predictions, labels of as many elements, and optionally sample weights
 * that broadcast to the predictions.
 *
 * @param <S> the loss itself
 */
@Block
public abstract class PairLoss<S extends PairLoss<S>> extends WeightedLoss<S> {
  PairLoss() {
    super(List.of("predictions", "labels"), List.of("sample weights"));
  }

  /** The loss of each element; both tensors have the same shape. */
  abstract Tensor compare(Tensor predictions, Tensor labels);

  @Override
  protected final Tensor evaluate(List<Tensor> inputs) {
    Tensor predictions = inputs.get(0);
    Tensor loss = compare(predictions, inputs.get(1).reshapeLike(predictions));
    return meanOfSamples(weighted(loss, optional(inputs, 2)));
  }
}
