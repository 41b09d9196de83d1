package io.gluonj.gluon;

import io.gluonj.graph.LossScaling;
import io.gluonj.tensor.Autograd;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.TensorScope;
import io.gluonj.types.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;

/**
 * Scales losses, so that small gradients stay in the range of {@code float16}, and updates by the
 * gradients without the factor, or not at all if one of them is not finite. For loops that record;
 * a {@link TrainingStep} does it by itself.
 *
 * <pre>
 * LossScaler scaler = Amp.float16().lossScaler();
 * net.hybridize(Amp.float16());
 * for (Batch batch : batches) {
 *   NDArray scaled;
 *   try (var _ = Autograd.record()) {
 *     scaled = scaler.scale(loss.call(net.call(batch.data()), batch.label()));
 *   }
 *   scaled.backward();
 *   boolean updated = scaler.step(trainer, batchSize);
 * }
 * </pre>
 *
 * <p>Thread-confined, as the trainer is.
 */
public final class LossScaler {
  private final LossScaling rule;
  private LossScaling.State state;
  private boolean unscaled;

  LossScaler(LossScaling rule) {
    this.rule = rule;
    this.state = rule.first();
  }

  /** The factor on losses, until the next step. */
  public double factor() {
    return state.factor();
  }

  /** Number of steps that were skipped, because a gradient was not finite. */
  public long skippedSteps() {
    return state.skipped();
  }

  /**
   * The loss times the factor; to be called while recording, and {@code backward()} to be called on
   * the result.
   *
   * @param loss of any shape
   */
  public NDArray scale(NDArray loss) {
    if (!Autograd.isRecording()) {
      throw new InvalidArgumentException(
          "a loss was to be scaled outside of Autograd.record()",
          "nobody could go back from the scaled loss to the parameters",
          "call scale(loss) where the loss is computed, inside of try (var _ = Autograd.record())");
    }
    return loss.mul(state.factor());
  }

  /**
   * Divides all gradients by the factor in place, for example to clip them before {@link #step},
   * which then takes them as they are.
   *
   * @throws InvalidArgumentException if they have been divided since the last step
   */
  public void unscale(Trainer trainer) {
    if (unscaled) {
      throw new InvalidArgumentException(
          "gradients were to be divided by the factor on the loss a second time",
          "unscale(trainer) was called before, and there has been no step since",
          "call it once for each backward()");
    }
    try (var _ = Autograd.pause();
        var _ = TensorScope.open()) {
      gradients(trainer).forEach(g -> g.set(g.mul(1 / state.factor())));
    }
    unscaled = true;
  }

  /**
   * As {@link Trainer#step(int)} by the gradients without the factor; where one of them is not
   * finite it skips the update and halves the factor.
   *
   * @param batchSize number of samples the gradients were summed over, on all devices together
   * @return whether parameters were updated
   * @throws InvalidArgumentException if a parameter has no new gradient; nothing is changed then
   */
  public boolean step(Trainer trainer, int batchSize) {
    trainer.check(batchSize, false);
    trainer.allreduceGrads();
    boolean finite = isFinite(gradients(trainer));
    if (finite) {
      trainer.apply(unscaled ? batchSize : batchSize * state.factor());
    } else {
      trainer.skip();
    }
    state = rule.next(state, finite);
    unscaled = false;
    return finite;
  }

  private static List<NDArray> gradients(Trainer trainer) {
    var gradients = new ArrayList<NDArray>();
    for (Parameter parameter : trainer.trained()) {
      if (!parameter.isDeferred()) {
        gradients.addAll(parameter.listGrad());
      }
    }
    return gradients;
  }

  /** Of those on each device apart. */
  private static boolean isFinite(List<NDArray> gradients) {
    try (var _ = Autograd.pause();
        var _ = TensorScope.open()) {
      return gradients.stream()
          .map(NDArray::device)
          .distinct()
          .allMatch(device -> {
            var there = gradients.stream().filter(g -> g.device().equals(device)).toList();
            return ((NDArray) LossScaling.finite(there)).item() == 1;
          });
    }
  }
}
