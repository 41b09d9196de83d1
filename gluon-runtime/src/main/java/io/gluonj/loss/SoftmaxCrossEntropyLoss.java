package io.gluonj.loss;

import io.gluonj.annotations.Block;
import io.gluonj.op.Pick;
import io.gluonj.op.Reduce;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * Cross entropy of one choice among classes: {@code -log softmax(prediction)[label]}, computed
 * without overflow. The usual loss of classifiers.
 *
 * <p>Called with predictions (samples, classes), labels and optionally sample weights that
 * broadcast to (samples, 1). Labels are class numbers (samples,); with {@code sparseLabel(false)}
 * they are probabilities of the predictions' shape. Class numbers out of range count as the nearest
 * class, as in MXNet.
 */
@Block
public class SoftmaxCrossEntropyLoss extends WeightedLoss<SoftmaxCrossEntropyLoss> {
  private int axis = -1;
  private boolean sparseLabel = true;
  private boolean logProbabilities;

  public SoftmaxCrossEntropyLoss() {
    super(List.of("predictions", "labels"), List.of("sample weights"));
  }

  /** The axis that counts classes; the last by default. */
  public SoftmaxCrossEntropyLoss axis(int value) {
    axis = value;
    return this;
  }

  /** Whether labels are class numbers; true by default. */
  public SoftmaxCrossEntropyLoss sparseLabel(boolean value) {
    sparseLabel = value;
    return this;
  }

  /**
   * Whether predictions are logarithms of probabilities already; false by default. MXNet calls this
   * {@code from_logits}, although logits are what comes before the softmax.
   */
  public SoftmaxCrossEntropyLoss inputIsLogProbability(boolean value) {
    logProbabilities = value;
    return this;
  }

  @Override
  protected Tensor evaluate(List<Tensor> inputs) {
    Tensor given = inputs.get(0);
    Tensor labels = inputs.get(1);
    Tensor predictions = logProbabilities ? given : given.logSoftmax(axis);
    Tensor likelihood =
        sparseLabel
            ? Ops.call(new Pick(Optional.of(axis), true, Pick.Mode.CLIP), predictions, labels)
            : Ops.call(Reduce.sum(true, axis), predictions.mul(labels.reshapeLike(predictions)));
    return meanOfSamples(weighted(likelihood.neg(), optional(inputs, 2)));
  }
}
