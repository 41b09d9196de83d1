package io.gluonj.loss;

import io.gluonj.annotations.Block;
import io.gluonj.tensor.Tensor;
import java.util.List;

/**
 * Pulls an anchor to a positive and away from a negative example (Schroff, Kalenichenko, Philbin,
 * CVPR 2015): {@code max(0, sum((positive - anchor)² - (negative - anchor)²) + margin)}.
 *
 * <p>Called with anchors, positives, negatives and optionally sample weights of shape (samples,).
 */
@Block
public class TripletLoss extends WeightedLoss<TripletLoss> {
  private final double margin;

  /** The margin 1. */
  public TripletLoss() {
    this(1);
  }

  public TripletLoss(double margin) {
    super(List.of("anchors", "positives", "negatives"), List.of("sample weights"));
    this.margin = margin;
  }

  @Override
  protected Tensor evaluate(List<Tensor> inputs) {
    Tensor anchor = inputs.get(0);
    Tensor near = inputs.get(1).reshapeLike(anchor).sub(anchor).square();
    Tensor far = inputs.get(2).reshapeLike(anchor).sub(anchor).square();
    Tensor loss = sumOfSamples(near.sub(far)).add(margin).relu();
    return weighted(loss, optional(inputs, 3));
  }
}
