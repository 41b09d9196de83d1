package io.gluonj.nn;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.op.UnaryMath;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.InvalidArgumentException;
import java.util.Arrays;
import java.util.List;

/**
 * In training mode sets elements to 0 with probability {@code rate} and divides the others by
 * {@code 1 - rate} (MXNet operator Dropout; Srivastava et al., JMLR 2014); else does nothing.
 * Shapes: any to the same.
 */
@Block(hint = "dropout")
public class Dropout extends HybridBlock {
  private final double rate;
  private int[] axes = {};

  /**
   * Makes a layer.
   *
   * @param rate the share of elements dropped: at least 0, below 1
   */
  public Dropout(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new InvalidArgumentException(
          "Dropout: rate " + rate,
          "the share of dropped elements is at least 0 and below 1",
          "use 0.5 for half");
    }
    this.rate = rate;
  }

  /** Axes along which one decision serves all elements; none by default. */
  public Dropout axes(int... values) {
    checkUnbound("axes");
    axes = values.clone();
    return this;
  }

  @Forward
  Tensor forward(Tensor x) {
    if (rate == 0) {
      return Ops.call(new UnaryMath.Copy(), x);
    }
    return Ops.named(
        "fwd",
        new io.gluonj.op.Dropout(
            rate, io.gluonj.op.Dropout.Mode.TRAINING, Arrays.stream(axes).boxed().toList()),
        List.of(x));
  }

  /** {@code p = 0.5, axes=()}, as in Gluon. */
  @Override
  protected String arguments() {
    return "p = " + Options.python(rate) + ", axes=" + Options.tuple(axes);
  }
}
