package io.gluonj.graph;

import io.gluonj.op.Fused;
import io.gluonj.op.Scalar;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.op.Scalars;
import io.gluonj.op.Statistics;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import java.util.List;

/**
 * How the factor on the loss changes that keeps small gradients in the range of {@code float16}
 * (Micikevicius et al., ICLR 2018): it doubles after so many steps in a row whose gradients were
 * all finite, and is halved, and the step skipped, whenever one was not.
 *
 * @param initial the first factor
 * @param window number of good steps in a row after which the factor doubles
 */
public record LossScaling(double initial, int window) {
  /** The largest factor, 2^24, as in MXNet. */
  public static final double LARGEST = 1 << 24;

  /** The least factor: above 0, so that a run of bad steps leaves something to double. */
  public static final double LEAST = 1.0 / (1 << 16);

  /** MXNet's: 2^16, doubled every 2000 steps. */
  public static final LossScaling DEFAULT = new LossScaling(1 << 16, 2000);

  public LossScaling {
    if (!(initial >= LEAST && initial <= LARGEST)) {
      throw new InvalidArgumentException(
          "losses were to be scaled by " + initial + " at first",
          "the factor stays between 2^-16 and 2^24",
          "use 65536, or less if the first steps are all skipped");
    }
    if (window < 1) {
      throw new InvalidArgumentException(
          "the factor on the loss was to double after " + window + " good steps",
          "there is at least one step between two changes",
          "use 2000, or another number above 0");
    }
  }

  /**
   * What changes from step to step.
   *
   * @param factor on the loss
   * @param good number of good steps in a row since the factor last changed
   * @param skipped number of skipped steps
   */
  public record State(double factor, long good, long skipped) {}

  /** Before the first step. */
  public State first() {
    return new State(initial, 0, 0);
  }

  /** 1 if all elements of all gradients are finite, else 0; float32 of rank 0. */
  public static Tensor finite(List<? extends Tensor> gradients) {
    return Ops.call(new Statistics.MultiAllFinite(), gradients.toArray(Tensor[]::new))
        .reshapeTo(Shape.scalar());
  }

  /**
   * The rule: factor, good and skipped steps after a step, from the three before it and 1 or 0 for
   * whether its gradients were finite.
   */
  private List<Scalar> rule() {
    Scalar factor = Scalar.arg(0);
    Scalar count = Scalar.arg(1);
    Scalar skipped = Scalar.arg(2);
    Scalar fine = Scalar.arg(3);
    Scalar full = count.plus(1).with(Fn2.GE, Scalar.of(window));
    Scalar doubled = factor.times(2).with(Fn2.MIN, Scalar.of(LARGEST));
    Scalar halved = factor.times(0.5).with(Fn2.MAX, Scalar.of(LEAST));
    return List.of(
        fine.choose(full.choose(doubled, factor), halved),
        fine.choose(full.choose(Scalar.of(0), count.plus(1)), Scalar.of(0)),
        skipped.plus(1).minus(fine));
  }

  /** What a step changes, given whether its gradients were all finite. */
  public State next(State before, boolean finite) {
    double[] values = {before.factor(), before.good(), before.skipped(), finite ? 1 : 0};
    double[] after = rule().stream().mapToDouble(e -> Scalars.evaluate(e, values)).toArray();
    return new State(after[0], (long) after[1], (long) after[2]);
  }

  /**
   * The same for a compiled step, whose gradients nobody has looked at yet.
   *
   * @param state factor, good and skipped steps, float32 of rank 0
   * @param finite 1 if the step's gradients were all finite, else 0
   */
  List<Tensor> next(List<? extends Tensor> state, Tensor finite) {
    Tensor[] operands = {state.get(0), state.get(1), state.get(2), finite};
    return rule().stream().map(e -> Ops.call(new Fused(e, operands.length), operands)).toList();
  }
}
