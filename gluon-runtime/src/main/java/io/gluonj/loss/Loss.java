package io.gluonj.loss;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.op.Activation;
import io.gluonj.op.Op;
import io.gluonj.op.Reduce;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.InvalidArgumentException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A loss: a block from predictions, labels and perhaps sample weights to how wrong the predictions
 * are. Subclasses state what they are given and {@link #evaluate} it.
 */
@Block
public abstract class Loss extends HybridBlock {
  private final List<String> required;
  private final List<String> optional;

  double weight = 1;
  int batchAxis = 0;

  /**
   * Makes a loss.
   *
   * @param required names of the inputs that must be given
   * @param optional names of the inputs that may follow
   */
  protected Loss(List<String> required, List<String> optional) {
    this.required = List.copyOf(required);
    this.optional = List.copyOf(optional);
  }

  /** The loss of inputs whose number has been checked. */
  protected abstract Tensor evaluate(List<Tensor> inputs);

  @Forward
  final Tensor forward(Tensor... inputs) {
    int most = required.size() + optional.size();
    if (inputs.length < required.size() || inputs.length > most) {
      throw new InvalidArgumentException(
          getClass().getSimpleName() + " was called with " + inputs.length + " inputs",
          "its inputs are "
              + String.join(", ", required)
              + (optional.isEmpty() ? "" : ", and optionally " + String.join(", ", optional)),
          "pass them in this order");
    }
    return evaluate(List.of(inputs));
  }

  /** The input at a position, or null if it was left out. */
  protected static @Nullable Tensor optional(List<Tensor> inputs, int position) {
    return position < inputs.size() ? inputs.get(position) : null;
  }

  /** Multiplies by the weights of the samples, if given, and by the weight of the loss. */
  protected final Tensor weighted(Tensor loss, @Nullable Tensor sampleWeight) {
    Tensor weighted = sampleWeight == null ? loss : loss.mul(sampleWeight);
    return weight == 1 ? weighted : weighted.mul(weight);
  }

  /** The mean over all axes but the batch axis. */
  protected final Tensor meanOfSamples(Tensor loss) {
    return Ops.call(new Reduce.Mean(List.of(batchAxis), false, true), loss);
  }

  /** The sum over all axes but the batch axis. */
  protected final Tensor sumOfSamples(Tensor loss) {
    return Ops.call(new Reduce.Sum(List.of(batchAxis), false, true), loss);
  }

  /** {@code batch_axis=0, w=1.0}, as in Gluon. */
  @Override
  protected String arguments() {
    return "batch_axis=" + batchAxis + ", w=" + weight;
  }

  /** {@code log(1 + exp(x))}. */
  static Tensor softrelu(Tensor x) {
    Op op = new Activation(Activation.Type.SOFTRELU);
    return Ops.call(op, x);
  }
}
