package io.gluonj.loss;

import io.gluonj.annotations.Block;
import io.gluonj.tensor.Tensor;
import java.util.List;

/**
 * The negative logarithm of a Poisson likelihood of counts: {@code exp(x) - count * x}, the mean
 * over <b>all</b> elements, of shape (1,), as in MXNet.
 *
 * <p>Called with predictions, counts of as many elements and optionally sample weights.
 */
@Block
public class PoissonNLLLoss extends WeightedLoss<PoissonNLLLoss> {
  private static final double EPSILON = 1e-8;

  private boolean logRate = true;
  private boolean full;

  public PoissonNLLLoss() {
    super(List.of("predictions", "counts"), List.of("sample weights"));
  }

  /**
   * Whether predictions are logarithms of the expected counts, or else those counts themselves;
   * true by default. MXNet calls this {@code from_logits}.
   */
  public PoissonNLLLoss inputIsLogRate(boolean value) {
    logRate = value;
    return this;
  }

  /** Whether Stirling's approximation of {@code log(count!)} is added; false by default. */
  public PoissonNLLLoss computeFull(boolean value) {
    full = value;
    return this;
  }

  @Override
  protected Tensor evaluate(List<Tensor> inputs) {
    Tensor predictions = inputs.get(0);
    Tensor counts = inputs.get(1).reshapeLike(predictions);
    Tensor loss =
        logRate
            ? predictions.exp().sub(counts.mul(predictions))
            : predictions.sub(counts.mul(predictions.add(EPSILON).log()));
    if (full) {
      // Counts of 0 and 1 add nothing; 1 in their place keeps the logarithm finite.
      Tensor large = counts.maximum(1);
      Tensor stirling =
          large.mul(large.log()).sub(large).add(large.mul(2 * Math.PI).log().mul(0.5));
      loss = loss.add(stirling.mul(counts.greater(1)));
    }
    return weighted(loss, optional(inputs, 2)).mean();
  }
}
