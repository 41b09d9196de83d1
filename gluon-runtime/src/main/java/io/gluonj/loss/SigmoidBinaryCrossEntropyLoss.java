package io.gluonj.loss;

import io.gluonj.annotations.Block;
import io.gluonj.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cross entropy of independent yes-or-no questions: mean of {@code -(y log p + (1 - y) log(1 -
 * p))}, where p is the sigmoid of the prediction. Computed without overflow from the logits.
 *
 * <p>Called with predictions, labels in [0, 1], optionally sample weights, and optionally weights
 * of the positive answers that broadcast to the predictions.
 */
@Block
public class SigmoidBinaryCrossEntropyLoss extends WeightedLoss<SigmoidBinaryCrossEntropyLoss> {
  private static final double EPSILON = 1e-12;

  private boolean fromSigmoid;

  public SigmoidBinaryCrossEntropyLoss() {
    super(List.of("predictions", "labels"), List.of("sample weights", "positive weights"));
  }

  /** Whether predictions are probabilities already; false by default. */
  public SigmoidBinaryCrossEntropyLoss fromSigmoid(boolean value) {
    fromSigmoid = value;
    return this;
  }

  @Override
  protected Tensor evaluate(List<Tensor> inputs) {
    Tensor predictions = inputs.get(0);
    Tensor labels = inputs.get(1).reshapeLike(predictions);
    Tensor positive = optional(inputs, 3);
    Tensor loss =
        fromSigmoid
            ? ofProbabilities(predictions, labels, positive)
            : ofLogits(predictions, labels, positive);
    return meanOfSamples(weighted(loss, optional(inputs, 2)));
  }

  private static Tensor ofLogits(Tensor logits, Tensor labels, @Nullable Tensor positive) {
    Tensor tail = softrelu(logits.abs().neg());
    if (positive == null) {
      return logits.relu().sub(logits.mul(labels)).add(tail);
    }
    Tensor factor = labels.mul(positive.sub(1)).add(1);
    return logits.sub(logits.mul(labels)).add(factor.mul(tail.add(logits.neg().relu())));
  }

  private static Tensor ofProbabilities(Tensor p, Tensor labels, @Nullable Tensor positive) {
    Tensor yes = p.add(EPSILON).log().mul(labels);
    Tensor no = p.rsub(1).add(EPSILON).log().mul(labels.rsub(1));
    return (positive == null ? yes : yes.mul(positive)).add(no).neg();
  }
}
